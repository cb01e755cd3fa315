"""Which months an export holds, and where the year begins."""

from pathlib import Path

from kpicli.intake.understanding import understand
from support.asked import HEADER, asked, proposal_of


def test_a_year_begins_in_april_unless_people_say_otherwise(tmp_path: Path) -> None:
    """Of a clear export the year is asked for, beside a line without a row; Enter is April."""
    proposal = proposal_of(tmp_path, HEADER)
    questions = asked(proposal)
    assert list(questions) == ["held voices.line", "fiscal year"]
    choice = questions["fiscal year"].choice("10")
    assert choice is not None
    assert choice.proposal.fiscal_start == 10
    assert proposal.fiscal_start == 4


def test_few_rows_say_little_of_months(tmp_path: Path) -> None:
    """Of an export with few rows people are asked which months it holds in full."""
    rows = [f"M{n},2025/{4 + n}/5,コンプライアンス会議" for n in range(6)]
    (tmp_path / "m.csv").write_text(
        "\n".join(("会議番号,開催日,会議名", *rows, "")), encoding="utf-8"
    )
    question = asked(understand([tmp_path], tmp_path)[1])["months meetings"]
    assert [choice.key for choice in question.choices] == ["2025-04..2025-09", "-"]
    (entry,) = question.choices[1].proposal.entries
    assert entry.covers is None


def test_a_month_without_rows_may_be_a_missing_file(tmp_path: Path) -> None:
    """A gap in a log that goes on is not taken for 0: Enter declares no months at all."""
    days = [f"2025/{month}/{day}" for month in (4, 5, 8, 9) for day in (2, 12, 25)]
    rows = [f"V{n:03},{day},生保,感謝" for n, day in enumerate(days)]
    (tmp_path / "a.csv").write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    (entry,) = proposal.entries
    assert entry.covers is None
    assert [choice.key for choice in asked(proposal)["months voices"].choices] == [
        "-",
        "2025-04..2025-09",
    ]
