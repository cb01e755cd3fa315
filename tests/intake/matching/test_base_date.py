"""Which of several dates counts: by words, then by what happened first; and what is asked."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kpicli.intake.asking.question import Question
from kpicli.intake.asking.questions import answered
from kpicli.intake.guesses import open_questions
from kpicli.intake.offering import consequences
from kpicli.intake.proposal import Proposal
from kpicli.intake.understanding import understand

DAYS = [date(2025, 4, 1) + timedelta(days=7 * n) for n in range(26)]
KINDS = ("感謝", "不満", "要望")
ASKED = "column voices.received_on"


def proposal_of(folder: Path, first: str, second: str, shift: int = 1) -> Proposal:
    """Return what is proposed for voices of two dates, the first up to eight days later."""
    rows = [
        f"V{n:03},{day + timedelta(days=n % 9 * shift):%Y/%m/%d},{day:%Y/%m/%d} 10:00,生保,"
        f"{KINDS[n % 3]}"
        for n, day in enumerate(DAYS)
    ]
    lines = (f"受付番号,{first},{second},商品区分,声の区分", *rows, "")
    (folder / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    return understand([folder], folder)[1]


def questions(proposal: Proposal) -> dict[str, Question]:
    """Return all questions by their ids, each answered by Enter."""
    return {own.id: own for own in answered(proposal, lambda question: question.choices[0])[1]}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("登録日", "受付日時", "受付日時"),
        ("登録日時", "受付日時", "受付日時"),
        ("受付日時", "登録日", "受付日時"),
        ("登録日", "発生日", "発生日"),
        ("登録日", "お申出日時", "お申出日時"),
    ],
)
def test_which_date_counts(tmp_path: Path, first: str, second: str, expected: str) -> None:
    """受付 goes before 登録, then what is never after; of both is asked, and it is a guess."""
    proposal = proposal_of(tmp_path, first, second)
    (entry,) = proposal.entries
    match = entry.feeds[0].match("received_on")
    assert match is not None
    assert (match.column.header, match.sure) == (expected, False)
    asked = questions(proposal)[ASKED]
    others = {first, second} - {expected}
    assert [choice.key for choice in asked.choices] == [expected, *others, "-"]
    assert any("受付日" in each.words.ja and each.guessed for each in open_questions(proposal))


@pytest.mark.parametrize(
    ("first", "second"), [("対応日", "受付日"), ("作成日時", "受付日時"), ("受付日", "発生日")]
)
def test_what_leaves_nothing_to_ask(tmp_path: Path, first: str, second: str) -> None:
    """The usual header, and a date of the system or a later one beside it, leave no question."""
    assert ASKED not in questions(proposal_of(tmp_path, first, second))


def test_figures_side_by_side(tmp_path: Path) -> None:
    """Months that differ stand beside each other, as a recount of both columns has them."""
    asked = questions(proposal_of(tmp_path, "登録日", "受付日時"))[ASKED]
    shown = dict(consequences(asked, tmp_path, "ja").rows)
    later = [day + timedelta(days=n % 9) for n, day in enumerate(DAYS)]
    expected = {}
    for month in range(4, 10):
        both = [sum(day.month == month for day in days) for days in (DAYS, later)]
        if both[0] != both[1]:
            expected[f"2025-{month:02} お客様の声"] = (f"{both[0]}件", f"{both[1]}件", "-")
    assert shown == dict(list(expected.items())[:4])
    assert "ほかの日付より後にならない" in asked.choices[0].words.ja
    assert "never after" in asked.choices[0].words.en
    assert "ほかの日付" not in asked.choices[1].words.ja


def test_any_date_is_no_further_date(tmp_path: Path) -> None:
    """A column that is nothing but dates is not taken for the day of an improvement: it is asked.

    Nothing is taken where nobody answers.
    """
    proposal = proposal_of(tmp_path, "入力日", "受付日")
    (entry,) = proposal.entries
    assert entry.feeds[0].match("improved_on") is None
    asked = questions(proposal)["column voices.improved_on"]
    assert [choice.key for choice in asked.choices] == ["-", "入力日"]
    assert [kpi.id for kpi in proposal.kpis if ("voices", "improved_on") in kpi.used] == []
