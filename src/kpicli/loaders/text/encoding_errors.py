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
