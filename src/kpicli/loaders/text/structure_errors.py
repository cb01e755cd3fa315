"""The errors of a text file's structure: the line where it breaks, and what to do next."""

from typing import TYPE_CHECKING

from kpicli.base.errors import InputError
from kpicli.base.wording import Text, quantity

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source

_EXPORT_AGAIN = Text(
    "その行を直すか、CRM からもう一度出力してください。区切り文字、改行、引用符を含むセルは "
    '"…" で囲み、中の " は "" と書きます',
    "correct that line or export again from the CRM: a cell that holds the delimiter, a line break "
    'or a quote stands between quotes, and a quote inside is written ""',
)


def nul(label: str, line: int) -> InputError:
    """Return the error for a NUL byte, which no text holds."""
    return InputError(
        Text(
            f"{label}: {line} 行目に NUL(値 0 のバイト)があります",
            f"{label}: line {line} holds a NUL byte",
        ),
        Text(
            "ファイルが壊れているか、マークのない UTF-16 です。CRM から UTF-8 で出力し直すか、"
            'kpicli.toml に encoding = "utf-16-le" と書いてください',
            "the file is damaged, or UTF-16 without its mark: export it again as UTF-8, or "
            'declare encoding = "utf-16-le" in kpicli.toml',
        ),
    )


def width(label: str, line: int, row: int, cells: int, expected: int) -> InputError:
    """Return the error for a row with more or fewer cells than the header."""
    return InputError(
        Text(
            f"{label}: {line} 行目({row} 件目のレコード)のセルの数が見出しと違います"
            f"({cells} 個、見出しは {expected} 個)",
            f"{label}: line {line} (record {row}) has {quantity(cells, 'cell')}, "
            f"the header has {expected}",
        ),
        _EXPORT_AGAIN,
    )


def empty_lines(label: str) -> InputError:
    """Return the error for a file of millions of empty lines."""
    return InputError(
        Text(
            f"{label}: 空の行が異常に多いため、読みません",
            f"{label}: refused, since it has an abnormal number of empty lines",
        ),
        Text("CRM からもう一度出力してください", "export it again from the CRM"),
    )


def unclosed(label: str, opened: int) -> InputError:
    """Return the error for a quote that opens a cell and is never closed."""
    return InputError(
        Text(
            f"{label}: {opened} 行目で始まる引用符が閉じていません",
            f"{label}: the quote that opens on line {opened} is never closed",
        ),
        _EXPORT_AGAIN,
    )


def too_long(label: str, line: int) -> InputError:
    """Return the error for a cell longer than any that is read, by far."""
    return InputError(
        Text(
            f"{label}: {line} 行目で始まるセルが長すぎます(6,700 万文字を超えています)。"
            "引用符が閉じていないのかもしれません",
            f"{label}: the cell that begins on line {line} is too long (beyond 67 million "
            "characters); perhaps its quote is never closed",
        ),
        _EXPORT_AGAIN,
    )


def too_many_lines(label: str, line: int) -> InputError:
    """Return the error for a record that goes over more lines than any does, by far."""
    return InputError(
        Text(
            f"{label}: {line} 行目で始まるレコードが 10 万行を超えて続きます。"
            "引用符が閉じていないのかもしれません",
            f"{label}: the record that begins on line {line} goes on for more than 100,000 lines; "
            "perhaps a quote is never closed",
        ),
        _EXPORT_AGAIN,
    )


def too_long_line(label: str, line: int) -> InputError:
    """Return the error for a line longer than any record that is read, by far."""
    return InputError(
        Text(
            f"{label}: {line} 行目が長すぎます(1 億バイトを超えています)",
            f"{label}: line {line} is too long (beyond 100 million bytes)",
        ),
        Text(
            "CSV でないか、壊れています。CRM からもう一度出力してください",
            "it is no CSV, or damaged: export it again from the CRM",
        ),
    )


def after_quote(label: str, line: int, opened: int) -> InputError:
    """Return the error for text between a closing quote and the next delimiter."""
    return InputError(
        Text(
            f"{label}: {line} 行目で、閉じる引用符の後に文字が続いています"
            f"(引用符は {opened} 行目で始まります)",
            f"{label}: text follows a closing quote on line {line} "
            f"(the quoted cell opens on line {opened})",
        ),
        _EXPORT_AGAIN,
    )


def no_header(label: str, source: "Source") -> InputError:
    """Return the error for a file without any known header: no cell is shown, it may be data."""
    wanted = "、".join(c.headers[0] for c in source.columns.values() if c.required)
    return InputError(
        Text(
            f"{label}: {source.title.ja}の見出しの行がありません",
            f"{label}: there is no header row of {source.title.en}",
        ),
        Text(
            f"必要な見出し: {wanted}。別の見出しなら、kpicli.toml の headers に書いてください",
            f"required: {wanted}. If they go by other headers, add these under `headers` "
            "in kpicli.toml",
        ),
    )
