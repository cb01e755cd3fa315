"""How a wrong line of entered values is told: file, row, column, what is wrong, what to do."""

from kpicli.base.errors import InputError
from kpicli.base.wording import Text

COLUMNS = (
    "period", "kpi", "item", "value", "numerator", "denominator", "source", "entered_on", "note",
)  # fmt: skip
"""The header of such a file, in any order; columns that may stay blank may be missing."""

_JAPANESE = {"header": "見出し", "file": "ファイル", "encoding": "文字コード"}
"""What is no column of the file, and is not called by its key."""


def wrong(place: Text, key: str, found: Text, hint: Text | None = None) -> InputError:
    """Return the error that a column (`key`) at a place is wrong.

    Without `hint` the reader is told which columns there are.
    """
    return InputError(
        Text(
            f"入力値 {place.ja} の{_JAPANESE.get(key, f' {key} ')}が正しくありません: {found.ja}",
            f"entered values, {place.en}, {key}: {found.en}",
        ),
        hint
        or Text(
            f"列: {', '.join(COLUMNS)}(docs/publishing.md)",
            f"columns: {', '.join(COLUMNS)} (docs/publishing.md)",
        ),
    )
