"""A sentence in both languages for every type of error that pydantic reports of our models."""

from collections.abc import Mapping

from kpicli.base.problems import Remedy
from kpicli.base.wording import Text

_NUMBER = Text("数を書いてください", "a number is wanted")
_WHOLE = Text("整数を書いてください", "a whole number is wanted")
_TEXT = Text('文字列を "…" の形で書いてください', 'a text is wanted, in quotes: "…"')
_FLAG = Text("true か false を書いてください", "true or false is wanted")
_DATE = Text("日付を 2025-04-01 の形で書いてください", "a date is wanted, such as 2025-04-01")
_TABLE = Text("表を {{ … }} の形で書いてください", "a table is wanted: {{ … }}")
_LIST = Text("一覧を [ … ] の形で書いてください", "a list is wanted: [ … ]")

OTHER = Text("ここに書けない値です", "this value cannot stand here")
"""What is said of an error that none of our models can give."""

WORDS: Mapping[str, Text] = {
    "missing": Text("必須のキーがありません", "the key is missing"),
    "extra_forbidden": Text("このキーはありません", "there is no such key"),
    "string_type": _TEXT,
    "string_too_short": Text("空にはできません", "it cannot be empty"),
    "string_pattern_mismatch": Text("書き方が違います", "it does not have the form that it must"),
    "path_type": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": Text("桁が多すぎます", "it has too many digits"),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": Text("inf や nan は使えません", "inf and nan are no numbers here"),
    "bool_type": _FLAG,
    "bool_parsing": _FLAG,
    "date_type": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": Text(
        "時刻のない日付を 2025-04-01 の形で書いてください",
        "a date without a time is wanted, such as 2025-04-01",
    ),
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "tuple_type": _LIST,
    "too_short": Text(
        "{min_length} つ以上書いてください({actual_length} つしかありません)",
        "at least {min_length} are wanted, not {actual_length}",
    ),
    "too_long": Text(
        "{max_length} つまでです({actual_length} つあります)",
        "at most {max_length} are wanted, not {actual_length}",
    ),
    "greater_than": Text("{gt} より大きい数を書いてください", "a number above {gt} is wanted"),
    "greater_than_equal": Text(
        "{ge} 以上の数を書いてください", "a number of at least {ge} is wanted"
    ),
    "less_than_equal": Text("{le} 以下の数を書いてください", "a number of at most {le} is wanted"),
    "literal_error": Text("この値はありません", "there is no such value"),
    "enum": Text("この値はありません", "there is no such value"),
    "union_tag_not_found": Text("必須のキーがありません", "the key is missing"),
    "union_tag_invalid": Text("「{tag}」はありません", "no {discriminator} '{tag}'"),
}
"""What is wanted, by the type of the error; the places are filled from its context."""


def words_of(kind: str, context: Mapping[str, object]) -> Text:
    """Return the sentence for a type of error; `OTHER` for one that our models do not give."""
    words = WORDS.get(kind, OTHER)
    plain = {key: str(value).strip("'") for key, value in context.items()}
    return words.filled(**plain)


def remedy_of(kind: str, written: object) -> Remedy:
    """Return what may make a value of another type the one that is wanted."""
    if isinstance(written, list):
        return "unlist" if len(written) == 1 and not kind.startswith(("too", "tuple")) else ""
    wanted = WORDS.get(kind)
    if wanted is _LIST:
        return "list"
    if isinstance(written, str):
        return "unquote"
    return "quote" if wanted is _TEXT and not isinstance(written, dict) else ""
