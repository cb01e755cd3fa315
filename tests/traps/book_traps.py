"""The traps that are workbooks, or claim to be."""

import zlib

from traps.books import Cell, Sheet, Xml, book, day, error, formula, packed, parts
from traps.text_traps import PLAIN

HEADER: tuple[Cell, ...] = ("受付番号", "受付日", "商品区分", "声の区分")
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("V1", day(45748), "生保", "感謝"),
    ("V2", day(45779), "損保", "不満"),
    ("V3", day(45931), "生保", "要望"),
)
"""The voices of the text traps: 2025-04-01, 2025-05-02, 2025-10-01."""
VOICES = Sheet("声", (HEADER, *ROWS))
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
HTML = "<html><table><tr><th>受付番号</th><th>受付日</th></tr></table></html>"


def _sheets() -> dict[str, bytes]:
    other = Sheet("集計", (("月", "件数"), ("4月", 1)))
    hidden = Sheet("旧", (HEADER, *ROWS), state="hidden")
    deep = Sheet("極秘", (HEADER, *ROWS), state="veryHidden")
    return {
        "plain.xlsx": book(VOICES),
        "other-sheet.xlsx": book(other, VOICES),
        "two-sheets-fit.xlsx": book(VOICES, Sheet("声2", VOICES.rows)),
        "hidden-sheet-fits-too.xlsx": book(VOICES, hidden),
        "very-hidden-sheet-fits-too.xlsx": book(VOICES, deep),
        "only-hidden.xlsx": book(other, hidden),
        "only-very-hidden.xlsx": book(other, deep),
        "no-sheet-fits.xlsx": book(other),
        "empty-sheet.xlsx": book(Sheet("声", ())),
        "header-only.xlsx": book(Sheet("声", (HEADER,))),
    }


def _layouts() -> dict[str, bytes]:
    parents: tuple[Cell, ...] = ("受付", None, "内容", None)
    under: tuple[Cell, ...] = ("番号", "日", "商品区分", "声の区分")
    tall: tuple[Cell, ...] = ("受付番号", "受付日", "区分け", None)
    below: tuple[Cell, ...] = (None, None, "商品区分", "声の区分")
    total: tuple[Cell, ...] = ("合計", None, None, formula("COUNTA(A2:A4)", "3"))
    return {
        "titles.xlsx": book(Sheet("声", (("一覧",), (), HEADER, *ROWS), merges=("A1:D1",))),
        "two-row-header.xlsx": book(
            Sheet("声", (parents, under, *ROWS), merges=("A1:B1", "C1:D1"))
        ),
        "merged-header.xlsx": book(
            Sheet("声", (tall, below, *ROWS), merges=("A1:A2", "B1:B2", "C1:D1"))
        ),
        "header-twice.xlsx": book(Sheet("声", ((*HEADER, "受付日"), *ROWS))),
        "total-row.xlsx": book(Sheet("声", (HEADER, *ROWS, total))),
        "hidden-row.xlsx": book(Sheet("声", VOICES.rows, hidden=(3,))),
        "merged-data.xlsx": book(Sheet("声", VOICES.rows, merges=("C2:C3",))),
        "overlapping-merges.xlsx": book(Sheet("声", VOICES.rows, merges=("A1:XFD34",) * 2)),
        "row-twice.xlsx": _changed(VOICES, '<row r="3"', '<row r="2"'),
    }


def _cells() -> dict[str, bytes]:
    first: tuple[Cell, ...] = ("V1", 45748, "生保", "感謝")
    mac: tuple[tuple[Cell, ...], ...] = (
        ("V1", day(45748 - 1462), "生保", "感謝"),
        ("V2", 45779 - 1462, "損保", "不満"),
    )
    return {
        "error-cell.xlsx": _row("V4", day(45780), "損保", error("#N/A")),
        "error-key.xlsx": _row(error("#REF!"), day(45780), "損保", "不満"),
        "formula-kept.xlsx": _row("V4", day(45780), "損保", formula("D3", "不満")),
        "formula-not-calculated.xlsx": _row("V4", day(45780), "損保", formula("D3")),
        "japanese-format.xlsx": _row("V4", day(45780, style=2), "損保", "不満"),
        "serial-unformatted.xlsx": book(Sheet("声", (HEADER, first))),
        "epoch-1904.xlsx": book(Sheet("声", (HEADER, *mac)), epoch_1904=True),
        "text-date.xlsx": _row("V4", "令和7年5月3日", "損保", "不満"),
        "number-id-lost.xlsx": _row(Xml("<c><v>1.234567890123456E+18</v></c>"), day(45780), "", ""),
        "index-out-of-range.xlsx": _row(Xml('<c t="s"><v>7</v></c>'), day(45780), "損保", "不満"),
    }


def _row(*cells: Cell) -> bytes:
    return book(Sheet("声", (HEADER, *ROWS, cells)))


def _changed(sheet: Sheet, old: str, new: str, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    files = parts(sheet)
    assert old in files[part]
    return packed({**files, part: files[part].replace(old, new, 1)})


def _bombs() -> dict[str, bytes]:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    laughs = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'
    outside = '<!DOCTYPE x [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>'
    used = Sheet("声", (HEADER, (Xml('<c t="inlineStr"><is><t>&e9;</t></is></c>'),)))
    return {
        "entity-bomb.xlsx": _changed(used, "<worksheet", laughs + "<worksheet"),
        "outside-entity.xlsx": _changed(used, "<worksheet", outside + "<worksheet"),
        "entity-bomb-in-styles.xlsx": _changed(
            VOICES, "<styleSheet", laughs + "<styleSheet", "xl/styles.xml"
        ),
    }


def _other_formats() -> dict[str, bytes]:
    plain = book(VOICES)
    return {
        "html.xls": HTML.encode("cp932"),
        "html.csv": HTML.encode(),
        "text.xls": PLAIN.encode("cp932"),
        "csv.xlsx": PLAIN.encode(),
        "workbook.csv": plain,
        "workbook.xls": plain,
        "legacy.xls": OLE2 + "Workbook".encode("utf-16-le"),
        "encrypted.xlsx": OLE2 + "EncryptedPackage".encode("utf-16-le"),
        "encrypted-zip.xlsx": _marked_encrypted(plain),
        "archive.csv": packed({"voices.csv": PLAIN.encode()}),
        "document.xlsx": packed({"word/document.xml": "<x/>"}),
        "binary.xlsb": packed({"xl/workbook.bin": b"\0"}),
        "opendocument.xlsx": packed({"mimetype": "x", "content.xml": "<x/>"}),
        "packed.csv": zlib.compress(PLAIN.encode(), 9, wbits=31),  # gzip, without clock or system
        "paper.csv": b"%PDF-1.7\n",
        "cut.xlsx": plain[: len(plain) // 2],
        "spoilt.xlsx": plain.replace("声の区分".encode(), "声の区別".encode(), 1),
        "empty.xlsx": b"",
    }


def _marked_encrypted(content: bytes) -> bytes:
    """Set the flag that says "encrypted" for the first part, in its entry of the zip's list."""
    entry = content.index(b"PK\x01\x02") + 8
    return content[:entry] + bytes([content[entry] | 1]) + content[entry + 1 :]


def book_traps() -> dict[str, bytes]:
    """Return the workbooks, and what only claims to be one, by name."""
    return {**_sheets(), **_layouts(), **_cells(), **_bombs(), **_other_formats()}
