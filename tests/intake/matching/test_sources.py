"""Which source a table feeds, by headers and by cells."""

from collections.abc import Mapping, Sequence

import pytest

from kpicli.intake.matching.feed import Feed
from kpicli.intake.matching.fit import Declared
from kpicli.intake.matching.known import declared_sources, vocabulary
from kpicli.intake.matching.sources import feeds_of
from kpicli.intake.profiling.columns import column_of
from kpicli.intake.profiling.tables import Table

DAYS = [f"2025/{month}/{day}" for month in range(4, 10) for day in (3, 9, 21)]
COUNT = len(DAYS)


@pytest.fixture(scope="module")
def sources() -> list[Declared]:
    """Return the sources of all packs."""
    return declared_sources()


def table(columns: Mapping[str, Sequence[str]], file: str = "a.csv") -> Table:
    """Return a table of columns."""
    made = tuple(
        column_of(place, header, cells, vocabulary())
        for place, (header, cells) in enumerate(columns.items())
    )
    return Table(file, file, COUNT, 1, made)


def voices(**headers: str) -> dict[str, Sequence[str]]:
    """Return the columns of voices under other headers than these names."""
    cells = {
        "number": [f"V{n:03}" for n in range(COUNT)],
        "day": DAYS,
        "line": ["生保", "損保", "団体"] * (COUNT // 3),
        "kind": ["感謝", "不満", "要望"] * (COUNT // 3),
    }
    return {headers.get(name, name): own for name, own in cells.items()}


def only(tables: Sequence[Table], sources: Sequence[Declared]) -> Feed:
    """Return what the first table feeds."""
    feed = feeds_of(tables, sources)[0]
    assert feed is not None
    return feed


def test_by_declared_headers(sources: Sequence[Declared]) -> None:
    """Declared headers with cells that fit are no guess."""
    names = {"number": "受付番号", "day": "受付日", "line": "商品区分", "kind": "声の区分"}
    feed = only([table(voices(**names))], sources)
    assert (feed.source.id, feed.sure) == ("voices", True)
    assert {match.name for match in feed.matches} == {"voice_id", "received_on", "line", "category"}


def test_by_cells_alone_is_a_guess(sources: Sequence[Declared]) -> None:
    """Where headers say nothing, words of a code table and unique ids may, but as a guess."""
    names = {"number": "x1", "day": "x2", "line": "x3", "kind": "x4"}
    feed = feeds_of([table(voices(**names))], sources)[0]
    assert feed is None or not feed.sure


def test_dates_that_cannot_be_told_apart(sources: Sequence[Declared]) -> None:
    """Of two dates under headers that say nothing none is taken for the date that counts."""
    columns = voices(number="受付番号", day="x1", line="商品区分", kind="声の区分") | {"x2": DAYS}
    feed = feeds_of([table(columns)], sources)[0]
    assert feed is None or (feed.match("received_on") is None) or not feed.sure


def test_headers_against_cells(sources: Sequence[Declared]) -> None:
    """A header whose cells cannot be such is not believed: 区分 full of dates is no code."""
    columns = voices(number="受付番号", day="受付日", line="声の区分", kind="種別の控え")
    columns["声の区分"] = DAYS
    feed = only([table(columns)], sources)
    category = feed.match("category")
    assert category is None or not category.sure


def test_the_pack_of_the_others(sources: Sequence[Declared]) -> None:
    """Where two sources fit alike, the one of the pack that the other tables feed is taken."""
    roster = {
        "職員番号": [f"S{n:03}" for n in range(COUNT)],
        "チーム": ["生保", "損保"] * (COUNT // 2),
        "在籍開始日": DAYS,
        "在籍終了日": [*([""] * (COUNT - 1)), "2025/9/30"],
    }
    names = {"number": "受付番号", "day": "受付日", "line": "商品区分", "kind": "声の区分"}
    other = table(voices(**names), "b.csv")
    assert only([table(roster), other, other], sources).declared.pack == "insurance_agency"


def test_nothing_known(sources: Sequence[Declared]) -> None:
    """A table that no source is like feeds none."""
    columns = {"品名": ["鉛筆", "消しゴム"] * (COUNT // 2), "在庫": [str(n) for n in range(COUNT)]}
    assert feeds_of([table(columns)], sources) == [None]


def test_needed_columns_by_the_letter_go_before_more_columns(sources: Sequence[Declared]) -> None:
    """A ledger of 事故受付番号 is one of accidents, though voices have a place for each column.

    That each of its sheets would feed the same says nothing.
    """
    columns = {
        "事故受付番号": [f"A{n:03}" for n in range(COUNT)],
        "受付日": DAYS,
        "種目": ["自動車保険", "火災保険"] * (COUNT // 2),
        "店舗": ["本店", "支店"] * (COUNT // 2),
        "担当者": ["S001", "S002", "S003"] * (COUNT // 3),
        "初回連絡日": DAYS,
        "完了日": DAYS,
    }
    sheets = [
        Table("台帳.xlsx", "x", COUNT, 1, own.columns, sheet=name, sheets=("4月", "5月"))
        for name in ("4月", "5月")
        for own in [table(columns)]
    ]
    for feed in feeds_of(sheets, sources):
        assert feed is not None
        assert (feed.source.id, feed.undecided) == ("accidents", False)
        assert all(match.name != "shared_on" for match in feed.matches)


def cells_of_form() -> dict[str, Sequence[str]]:
    """Return the answers of a form: no number, and questions for headers."""
    return {
        "タイムスタンプ": [f"{day} 14:05:{n:02}" for n, day in enumerate(DAYS)],
        "本日の対応にご満足いただけましたか": ["満足", "とても満足", "不満"] * (COUNT // 3),
        "ご友人に当社を勧めたいと思いますか(0～10)": ["9", "10", "3"] * (COUNT // 3),
        "ご来店のきっかけ(複数選択可)": ["チラシ", "紹介, チラシ"] * (COUNT // 2),
        "ご意見・ご感想をお聞かせください": ["", "丁寧でした"] * (COUNT // 2),
    }


def test_forms(sources: Sequence[Declared]) -> None:
    """The answers of a form are survey answers, each line one of them; people are asked."""
    feed = only([table(cells_of_form())], sources)
    assert {m.name: m.column.place for m in feed.matches} == {
        "answered_on": 0,
        "satisfaction": 1,
        "recommend": 2,
    }
    assert (feed.source.id, feed.by_row, feed.is_complete) == ("survey_answers", True, True)
    assert feed.is_asked
    assert not feed.sure


def test_forms_about_something_else(sources: Sequence[Declared]) -> None:
    """A form that asks nothing of what a survey counts feeds none, stamps or no stamps."""
    columns = {
        "タイムスタンプ": DAYS,
        "本日の業務を教えてください": [f"訪問した記録です{n}" for n in range(COUNT)],
        "体調はいかがですか": ["良い", "普通"] * (COUNT // 2),
    }
    assert feeds_of([table(columns)], sources) == [None]


def test_lines_count_only_where_no_table_has_ids(sources: Sequence[Declared]) -> None:
    """Beside answers that have their number, those without are left aside: both may be the same."""
    numbered = {"回答番号": [f"A{n}" for n in range(COUNT)], **cells_of_form()}
    numbered["回答日"] = numbered.pop("タイムスタンプ")
    numbered["満足度"] = numbered.pop("本日の対応にご満足いただけましたか")
    first, second = feeds_of([table(numbered), table(cells_of_form())], sources)
    assert first is not None
    assert (first.source.id, first.by_row, second) == ("survey_answers", False, None)


@pytest.mark.parametrize("other", ["お客様番号", "契約者番号"])
def test_customers_beside_record_numbers(sources: Sequence[Declared], other: str) -> None:
    """The number that kintone gives is a record's own; customers may each be there once."""
    columns: dict[str, Sequence[str]] = {
        "レコード番号": [str(n) for n in range(1, COUNT + 1)],
        "受付日": DAYS,
        other: [f"C{n:04}" for n in range(COUNT)],
        "声の区分": ["感謝", "不満", "要望"] * (COUNT // 3),
    }
    feed = only([table(columns)], sources)
    key = feed.match(feed.source.lone_key or "")
    assert key is not None
    assert (key.column.header, key.sure, feed.doubtful) == ("レコード番号", True, {})


@pytest.mark.parametrize(
    "fields",
    [
        ("Case Number", "Date/Time Opened", "Type", "Subject", "Date/Time Closed"),
        ("ケース番号", "オープン日時", "種別", "件名", "クローズ日時"),
    ],
)
def test_cases_of_salesforce(sources: Sequence[Declared], fields: Sequence[str]) -> None:
    """Cases whose type says 苦情 or 要望 are voices of customers; the subject is what they said."""
    number, opened, kind, subject, closed = fields
    columns: dict[str, Sequence[str]] = {
        number: [f"{n:08}" for n in range(1000, 1000 + COUNT)],
        opened: DAYS,
        kind: ["苦情", "要望", "お褒め"] * (COUNT // 3),
        "Status": ["New", "Closed"] * (COUNT // 2),
        subject: [f"件名の文章です。{n}" for n in range(COUNT)],
        closed: ["", "2025/09/30"] * (COUNT // 2),
    }
    feed = only([table(columns)], sources)
    assert feed.source.id == "voice_log"
    assert {match.name: match.column.header for match in feed.matches} == {
        "number": number,
        "received_on": opened,
        "kind": kind,
        "content": subject,
        "answered_on": closed,
    }


def test_cases_of_other_kinds_are_no_voices(sources: Sequence[Declared]) -> None:
    """Cases whose type has no word of voices are never taken for them without asking."""
    columns: dict[str, Sequence[str]] = {
        "Case Number": [f"{n:08}" for n in range(1000, 1000 + COUNT)],
        "Date/Time Opened": DAYS,
        "Type": ["契約照会", "住所変更", "事故"] * (COUNT // 3),
        "Status": ["New", "Closed"] * (COUNT // 2),
    }
    (feed,) = feeds_of([table(columns)], sources)
    assert feed is None or feed.undecided
