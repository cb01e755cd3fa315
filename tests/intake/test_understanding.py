"""From folders to a proposal."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from kpicli.intake.offering import offer
from kpicli.intake.proposal import Proposal
from kpicli.intake.understanding import understand
from kpicli.intake.unused import unused_files
from kpicli.intake.writing import settings_text
from kpicli.model.periods import FiscalYear, Period
from support.strange_folders import OTHER_WORDS, scrambled_sample

USUAL = {other: usual for usual, other in OTHER_WORDS.items()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Proposal]:
    """Return which source each strange export feeds, and what is proposed for their folder."""
    folder = tmp_path_factory.mktemp("strange")
    sources = scrambled_sample(folder, seed=7)
    return sources, understand([folder], folder)[1]


def test_every_source(made: tuple[dict[str, str], Proposal]) -> None:
    """Each export feeds the source that it was written from."""
    sources, proposal = made
    fed = {file: entry.source for entry in proposal.entries for file in entry.files}
    assert fed == sources


def test_every_column(made: tuple[dict[str, str], Proposal]) -> None:
    """Each column is taken for the one that the sample has under its usual header."""
    _, proposal = made
    taken = 0
    for entry in proposal.entries:
        for feed in entry.feeds:
            assert len(feed.matches) == len(feed.table.columns)
            for match in feed.matches:
                usual = feed.source.columns[match.name].headers[0]
                assert USUAL[match.column.header] == usual, feed.table.file
                taken += 1
    assert taken > 100


def test_files_of_one_source_in_the_order_of_their_dates(
    made: tuple[dict[str, str], Proposal],
) -> None:
    """Exports of one source with one header are one entry, the earliest file first."""
    _, proposal = made
    (voices,) = [entry for entry in proposal.entries if entry.source == "voices"]
    ends = [feed.match("received_on") for feed in voices.feeds]
    days = [match.column.dates.last for match in ends if match and match.column.dates]
    assert len(days) == 3
    assert days == sorted(days)
    assert voices.covers == "2024-04..2025-09"


def test_what_is_not_used(made: tuple[dict[str, str], Proposal]) -> None:
    """A sheet of totals feeds nothing, and is named."""
    _, proposal = made
    assert [table.sheet for table in proposal.unused] == ["集計"]


def test_the_same_file_twice(tmp_path: Path) -> None:
    """A copy under another name is no second export."""
    rows = "\n".join(f"V{n},2025/4/{n},生保,感謝" for n in range(1, 20))
    text = f"受付番号,受付日,商品区分,声の区分\n{rows}\n"
    for name in ("a.csv", "below/b.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    _, proposal = understand([tmp_path], tmp_path)
    assert [entry.files for entry in proposal.entries] == [("a.csv",)]


def test_what_cannot_be_read_hides_nothing_else(tmp_path: Path) -> None:
    """A damaged file of a zip, and a workbook of the old kind, are named; the others are read."""
    days = [f"2025/{month}/{day}" for month in range(4, 10) for day in (2, 12, 25)]
    rows = [f"V{n:03},{day},生保,感謝" for n, day in enumerate(days)]
    text = "\n".join(("受付番号,受付日,商品区分,声の区分", *rows, ""))
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("a.xlsx", b"PK\x03\x04 damaged")
        archive.writestr("b.csv", text)
    (tmp_path / "old.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1024))
    folder, proposal = understand([tmp_path], tmp_path)
    assert [table.file for table in folder.tables] == ["all.zip/b.csv"]
    assert [own.file for own in folder.unread] == ["all.zip/a.xlsx", "old.xls"]
    assert [entry.source for entry in proposal.entries] == ["voices"]


SPANS: dict[str, tuple[list[date] | list[str], list[str] | None]] = {
    "来店件数の日付": ([date(2025, month, 1) for month in range(4, 10)], None),
    "来店件数の日々": ([date(2025, 4, day) for day in range(1, 31)], None),
    "来店件数の二段": (["4月", "5月", "6月"] * 2, ["2024年度", "", "", "2025年度", "", ""]),
    "来店件数の年": (["10月", "11月", "12月", "1月"], ["2025年", "", "", "2026年"]),
}


@pytest.mark.parametrize("name", SPANS)
def test_periods_as_headers_of_a_sheet(tmp_path: Path, name: str) -> None:
    """Of dates, days and two rows of headers it is said what to do; nothing is counted."""
    headers, above = SPANS[name]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    if above is not None:
        sheet.append(["店舗", *(year or None for year in above)])
    sheet.append([None if above else "店舗", *headers])
    for shop in ("東店", "西店"):
        sheet.append([shop, *range(1, len(headers) + 1)])
    book.save(tmp_path / f"{name}.xlsx")
    (tmp_path / "在庫.csv").write_text("品名,在庫\n鉛筆,10\n消しゴム,12\n", encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    assert proposal.entries == ()
    reasons = {label: why.ja for label, why in unused_files(proposal)}
    expected = "月ごとの表" if name == "来店件数の日々" else "「2025年4月」のよう"
    assert expected in reasons[f"{name}.xlsx"]


def test_what_is_advised_of_months_can_be_added_up(tmp_path: Path) -> None:
    """With headers as advised the table is proposed, and its figure is that of a recount."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["店舗", *(f"2025年{month}月" for month in range(4, 10))])
    for own in (2, 3):
        sheet.append([f"{own}号店", *(own * month for month in range(4, 10))])
    book.save(tmp_path / "来店件数.xlsx")
    proposal = understand([tmp_path], tmp_path)[1]
    (entry,) = proposal.entries
    assert entry.unpivot
    period = Period.parse("2025H1", fiscal=FiscalYear(4), today=date(2026, 1, 1))
    summary = offer(settings_text(proposal, "ja"), tmp_path, ("monthly",), period).summary
    (total,) = (figure for figure in summary.figures if figure.kind == "total")
    assert total.value.number == 5 * sum(range(4, 10))
