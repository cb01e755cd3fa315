"""Which values may be shown, and that no other is: in lines, questions, workbooks, settings."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.errors import KpicliError
from kpicli.base.wording import Language
from kpicli.intake.asking.question import Question
from kpicli.intake.asking.questions import answered
from kpicli.intake.guesses import open_questions
from kpicli.intake.mapping_book import mapping_book
from kpicli.intake.offering import consequences, offer
from kpicli.intake.profiles import write_profile
from kpicli.intake.profiling.disclosure import is_plain, showable
from kpicli.intake.showing import folder_lines, offer_lines, question_lines
from kpicli.intake.understanding import understand
from kpicli.intake.unused import unused_files
from kpicli.intake.writing import settings_text

LANGUAGES: tuple[Language, ...] = ("ja", "en")
WORDS = frozenset({"感謝", "不満", "要望", "○"})
SECRET = "漏洩"
"""Stands in cells that nobody may see."""
HEADER = "受付番号,受付日,商品区分,声の区分"
CELLS = [
    [f"V{n:03}", f"2025/{4 + n // 4}/{1 + n % 4 * 7}", "生保", "不満" if n % 2 else "感謝"]
    for n in range(24)
]
ROWS = [",".join(own) for own in CELLS]
FOOTER = [f"作成者: {SECRET}太郎", f"{SECRET}", "機密情報 - 複製禁止"]


def further(header: str, cell: Callable[[int], str]) -> list[str]:
    """Return the usual rows with a further column."""
    return [f"{HEADER},{header}", *(f"{row},{cell(n)}" for n, row in enumerate(ROWS))]


def first_is_kind(*, once: bool) -> list[str]:
    """Return a report whose first column is the kind; of each group in its first row alone."""
    rows = [[own[3], *own[:3]] for own in sorted(CELLS, key=lambda own: own[3])]
    for n, row in enumerate(rows):
        row[0] = row[0] if not once or n in (0, 12) else ""
    sign = "  ↑" if once else ""
    head = f"声の区分{sign},受付番号,受付日,商品区分"
    return [head, *map(",".join, rows), "合計,24,,", "", *FOOTER]


FILES = {
    "report": first_is_kind(once=False),
    "grouped report": first_is_kind(once=True),
    "footer of two cells": [HEADER, *ROWS, f"作成者,{SECRET}太郎", f"{SECRET}様,確認済"],
    "footer below a kind": [HEADER, *ROWS, f",,,{SECRET} 太郎より"],
    "title": [f"出力,{SECRET}太郎,部署,{SECRET}", HEADER, *ROWS],
    "title of a narrow table": [
        f"作成者,{SECRET}太郎",
        "受付日,声の区分",
        *(f"{own[1]},感謝" for own in CELLS),
    ],
    "titles": [f"表題,{SECRET},,,", f"出力者: {SECRET},出力,部署,声", "", HEADER, *ROWS],
    "no header": [f"S{n:03},{SECRET}{n}太郎,本店,研修" for n in range(20)],
    "names": further("相手", lambda n: f"{SECRET}{n % 3} Taro"),
    "lists of names": further("メンバー", lambda n: f"{SECRET}太郎;某{n % 2}"),
    "mail": further("宛先", lambda n: f"{SECRET}{n % 4}@example.com"),
    "telephone": further("連絡先", lambda n: f"090-{1000 + n % 4}-{SECRET}"),
    "texts": further("件名", lambda n: f"{SECRET}様の件{n}"),
    "texts that repeat": further("要約", lambda n: f"{SECRET}お礼{n % 9}"),
    "kana": further("フリガナ", lambda n: f"ロウエイ{'アイウエ'[n % 4]} {SECRET}"),
    "address": further("住所", lambda n: f"{SECRET}県某市{n % 3}-1-2"),
    "shop of a name": further("店舗", lambda n: f"{SECRET}{'太郎' if n % 2 else '花子'}"),
    "kind of one row": further("分類", lambda n: f"{SECRET}の件" if n == 5 else "苦情"),
    "tick with a name": further("済", lambda n: "○" if n % 2 else f"○{SECRET}"),
    "months of people": ["担当者,4月,5月,合計,6月", *(f"{SECRET}{n},1,2,6,3" for n in "甲乙丙")],
    "months of names": ["項目,4月,5月,6月", *(f"{SECRET}{n} Taro,1,2,3" for n in "甲乙丙")],
    "no months": ["項目,4月,5月,6月", f"甲,{SECRET},2,3", "乙,1,2,3"],
}


def shown_of(folder: Path) -> Iterator[str]:
    """Yield all that init shows, asks and writes of a folder, whatever is answered."""
    home = folder.parent
    try:
        understood, proposal = understand([folder], home)
    except KpicliError as error:
        yield repr(error.message) + repr(error.hint)
        return
    for language in LANGUAGES:
        yield from folder_lines(understood.tables, proposal, language)
        asked: list[Question] = []
        _, asked[:] = answered(proposal, lambda question: question.choices[0])
        for question in asked:
            yield question.id
            rows = consequences(question, home, language).rows
            yield from question_lines(question, rows, language)
            for choice in question.choices:
                yield choice.key
                yield settings_text(choice.proposal, language)
        opens = open_questions(proposal)
        text = settings_text(
            proposal, language, [each.words for each in opens], unused_files(proposal)
        )
        yield text
        book = openpyxl.load_workbook(io.BytesIO(mapping_book(proposal, home, language)))
        yield from (str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        if proposal.entries:
            summary = offer(text, home).summary
            yield from offer_lines(summary, language)
            yield from (str(figure.key) for figure in summary.figures)
    yield write_profile("attack", proposal).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_what_nobody_may_see(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """No cell of people, of a text or of a line that is no row is in anything that init shows."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (folder := tmp_path / "in").mkdir()
    (folder / "来店件数_2025年度.csv").write_text("\n".join((*FILES[name], "")), encoding="utf-8")
    shown = list(shown_of(folder))
    assert len(shown) > (0 if name == "no header" else 50)
    assert [line for line in shown if SECRET in line] == []


def test_a_report_is_read_all_the_same(tmp_path: Path) -> None:
    """The footer of a report hides nothing of its rows: kinds and the number of rows are right."""
    for once in (False, True):
        (folder := tmp_path / str(once)).mkdir()
        lines = (*first_is_kind(once=once), "")
        (folder / "a.csv").write_text("\n".join(lines), encoding="utf-8")
        (table,) = understand([folder], tmp_path)[0].tables
        assert table.rows == 24
        assert table.columns[0].shown_values == {"感謝": 12, "不満": 12}


@pytest.mark.parametrize(
    ("values", "of_kinds", "expected"),
    [
        ({"感謝": 2, "要望": 1}, False, {"感謝", "要望"}),
        ({"感謝": 9, "お叱り": 3, "ある者": 2}, False, {"感謝", "お叱り"}),
        ({"感謝": 2, "お叱り": 3}, False, {"感謝"}),
        ({"お叱り": 3, "お褒め": 9, "珍しい": 1}, True, {"お叱り", "お褒め"}),
        ({"○": 9, "ある者": 3}, False, {"○"}),
        ({"感謝": 9, "ある者様": 8, "一 郎": 8, "0901234": 8, "a@b": 8}, True, {"感謝"}),
    ],
)
def test_words_that_may_be_shown(
    values: dict[str, int], *, of_kinds: bool, expected: set[str]
) -> None:
    """Words of code tables, and such as come often among them or under a header of kinds."""
    assert showable(values, WORDS, of_kinds=of_kinds) == expected


@given(
    values=st.dictionaries(st.text(min_size=1, max_size=20), st.integers(1, 9), max_size=9),
    of_kinds=st.booleans(),
)
def test_what_is_shown_is_known_or_plain(values: dict[str, int], *, of_kinds: bool) -> None:
    """No value is shown that is neither listed nor a plain word of three rows at least."""
    shown = showable(values, WORDS, of_kinds=of_kinds)
    assert shown <= values.keys()
    assert all(own in WORDS or (values[own] >= 3 and is_plain(own)) for own in shown)
