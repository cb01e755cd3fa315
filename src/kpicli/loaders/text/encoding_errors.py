"""The errors of the encoding ladder: which byte of which file, what was tried, what to do next."""

from collections.abc import Sequence

from kpicli.base.errors import EncodingError, InputError, SettingsError
from kpicli.base.wording import Text

_PERMITTED = "utf-8, cp932, utf-16, utf-16-le, utf-16-be, euc_jp, iso2022_jp"


def undecodable(
    label: str, encoding: str, offset: int, line: int, tried: Sequence[str], *, cut: bool
) -> EncodingError:
    """Return the error for a byte at `offset` that is not valid in `encoding`."""
    example = "cp932" if encoding == "euc_jp" else "euc_jp"
    names = ", ".join(tried)
    return EncodingError(
        Text(
            f"{label}: {line} 行目(先頭から数えて {offset} バイトの後)"
            + (
                f"で、ファイルが {encoding} の文字の途中で切れています。"
                if cut
                else f"に、{encoding} の文字として読めないバイトがあります。"
            )
            + f"試した文字コード: {names}",
            f"{label}: "
            + (
                f"the file ends in the middle of a character of {encoding}"
                if cut
                else f"a byte is not valid {encoding}"
            )
            + f" (byte offset {offset}, line {line}). Encodings tried: {names}",
        ),
        Text(
            "UTF-8 で出力し直してください。別の文字コードのファイルなら、kpicli.toml の "
            f'[exports] でこのファイルに encoding = "{example}" のように書いてください',
            "export the file again as UTF-8; if it is in another encoding, declare it for this "
            f'file in [exports] of kpicli.toml, such as encoding = "{example}"',
        ),
    )


def other_encoding(label: str, encoding: str) -> EncodingError:
    """Return the error for a header that only `encoding`, not the one chosen, makes readable."""
    return EncodingError(
        Text(
            f"{label}: 見出しの行は {encoding} としてなら読めます。"
            f"ファイルの文字コードは {encoding} のようです",
            f"{label}: the header row is readable only as {encoding}, "
            "which seems to be the encoding of the file",
        ),
        Text(
            f'kpicli.toml の [exports] でこのファイルに encoding = "{encoding}" と書くか、'
            "UTF-8 で出力し直してください",
            f'declare encoding = "{encoding}" for this file in [exports] of kpicli.toml, '
            "or export it again as UTF-8",
        ),
    )


_EXPORT_AS_UTF8 = Text(
    "CRM から UTF-8 でもう一度出力してください", "export it again from the CRM as UTF-8"
)


def utf8_among_cp932(label: str, line: int) -> EncodingError:
    """Return the error for a line in UTF-8 among those of a cp932 file."""
    return EncodingError(
        Text(
            f"{label}: {line} 行目は UTF-8 ですが、ファイルのほかの行は cp932 です"
            "(このまま読むと文字化けします)",
            f"{label}: line {line} is UTF-8, the rest of the file cp932 (it would be garbled)",
        ),
        Text(
            "文字コードの違うファイルをつないだのなら、分けて files に並べてください。"
            f"そうでなければ、{_EXPORT_AS_UTF8.ja}",
            "if files of two encodings were joined, part them and name both in `files`; otherwise "
            f"{_EXPORT_AS_UTF8.en}",
        ),
    )


def utf_32(label: str) -> EncodingError:
    """Return the error for a file with the mark of UTF-32."""
    return EncodingError(
        Text(f"{label}: 文字コードが UTF-32 です", f"{label}: it is in UTF-32"), _EXPORT_AS_UTF8
    )


def marked_wrongly(label: str, encoding: str) -> EncodingError:
    """Return the error for a byte-order mark that the bytes after it, in `encoding`, belie."""
    return EncodingError(
        Text(
            f"{label}: 先頭のバイト順マーク (BOM) と違い、中身は {encoding} のようです",
            f"{label}: the byte-order mark is wrong: the content seems to be {encoding}",
        ),
        Text(
            f"encoding の指定では読めません。{_EXPORT_AS_UTF8.ja}"
            "(または、先頭の BOM を取り除いてください)",
            f"no `encoding` can mend that: {_EXPORT_AS_UTF8.en} (or take the mark away)",
        ),
    )


def empty(label: str) -> InputError:
    """Return the error for a file without a byte of text."""
    return InputError(
        Text(f"{label}: ファイルが空です", f"{label}: the file is empty"),
        Text(
            "CRM からもう一度出力してください。0 件でも見出しの行が必要です",
            "export it again from the CRM; even without rows it needs its header row",
        ),
    )


def not_permitted(name: str, label: str) -> SettingsError:
    """Return the error for a configured encoding that is not in the list of permitted ones."""
    squeezed = name.lower().replace("-", "").replace("_", "")
    is_sjis = squeezed in {"shiftjis", "sjis"}
    return SettingsError(
        Text(
            f"{label}: encoding = {name!r} は使えません",
            f"{label}: encoding = {name!r} is not permitted",
        ),
        Text(
            'encoding = "cp932" と書いてください(shift_jis には ①㈱髙 がありません)'
            if is_sjis
            else f"使える文字コード: {_PERMITTED}",
            'write encoding = "cp932" (shift_jis lacks ①㈱髙)'
            if is_sjis
            else f"permitted: {_PERMITTED}",
        ),
    )


def no_mark(label: str) -> EncodingError:
    """Return the error for a file declared as UTF-16 that does not say its byte order."""
    return EncodingError(
        Text(
            f"{label}: encoding に utf-16 とありますが、先頭にバイト順マークがありません",
            f"{label}: encoding says utf-16, but the file has no byte-order mark",
        ),
        Text(
            'encoding = "utf-16-le" または "utf-16-be" と書いてください',
            'write encoding = "utf-16-le" or "utf-16-be"',
        ),
    )


def against_mark(name: str, marked: str, label: str) -> EncodingError:
    """Return the error for a configured encoding that the byte-order mark contradicts."""
    return EncodingError(
        Text(
            f"{label}: encoding に {name} とありますが、先頭のバイト順マークは {marked} を示します",
            f"{label}: encoding says {name}, but the byte-order mark says {marked}",
        ),
        Text(
            "kpicli.toml からこのファイルの encoding を消してください",
            "remove the `encoding` of this file from kpicli.toml",
        ),
    )
