"""A value that a KPI asks for and no row has: no figure until somebody says that it is 0."""

import tomllib
from pathlib import Path

from kpicli.intake.guesses import open_questions
from kpicli.intake.offering import consequences, offer
from kpicli.intake.understanding import understand
from kpicli.intake.writing import settings_text
from support.asked import HALF, asked

HEADER = "対応番号,対応日,商品区分,対応方法,公的保険制度の説明,提案理由の説明"
METHODS = ("親族同席", "電話確認", "複数人募集")


def export(folder: Path, lines: tuple[str, ...], extra: str = "") -> None:
    """Write dealings with elderly customers of some lines of business, 24 in all."""
    rows = [
        f"T{n:03},2025/{4 + n % 6}/{1 + n},{lines[n % len(lines)]},{METHODS[n % 3]},有,有"
        for n in range(24)
    ]
    text = "\n".join((HEADER, *rows, *([extra] if extra else []), ""))
    (folder / "高齢者対応.csv").write_text(text, encoding="utf-8")


def total(text: str, folder: Path, kpi: str) -> object:
    """Return the figure of a KPI of the half."""
    summary = offer(text, folder, period=HALF).summary
    (own,) = (f for f in summary.figures if f.kind == "total" and f.kpi == kpi)
    return own.value.number


def test_it_is_left_out_until_somebody_says_zero(tmp_path: Path) -> None:
    """Enter leaves the KPI out, with why, and moves no other figure; or people say it is 0."""
    export(tmp_path, ("生保", "損保"))
    proposal = understand([tmp_path], tmp_path)[1]
    question = asked(proposal)["held elderly.line"]
    assert "「団体」" in question.words.ja
    assert "group" in question.words.en
    missing, zero = (settings_text(choice.proposal, "ja") for choice in question.choices)
    names = [tomllib.loads(text)["kpis"] for text in (missing, zero)]
    assert set(names[1]) - set(names[0]) == {"elderly_cases_group"}
    assert "elderly_cases_group 高齢者対応(団体) <- 高齢者対応: 商品区分 = 団体" in missing
    assert total(zero, tmp_path, "elderly_cases_group") == 0
    for text in (missing, zero):
        assert total(text, tmp_path, "elderly_cases") == 24
    assert dict(consequences(question, tmp_path, "ja").rows) == {"高齢者対応(団体)": ("-", "0件")}
    assert any(
        "「団体」" in each.words.ja and not each.guessed for each in open_questions(proposal)
    )


def test_what_rows_have_is_not_asked_about(tmp_path: Path) -> None:
    """One row of the value is enough: the figure is that of a count."""
    export(tmp_path, ("生保", "損保"), "T999,2025/9/1,団体,電話確認,有,有")
    proposal = understand([tmp_path], tmp_path)[1]
    assert "held elderly.line" not in asked(proposal)
    text = settings_text(proposal, "ja")
    assert total(text, tmp_path, "elderly_cases_group") == 1


def test_a_word_that_may_stand_for_it_is_asked_about_first(tmp_path: Path) -> None:
    """While a word is unknown nothing is missing; once it is said what it is, rows have that."""
    export(tmp_path, ("生保", "損保", "職域"))
    proposal = understand([tmp_path], tmp_path)[1]
    questions = asked(proposal)
    assert "held elderly.line" not in questions
    word = questions["value elderly.line 職域"]
    group, life = word.choice("団体"), word.choice("生保")
    assert group is not None
    assert life is not None
    assert "held elderly.line" not in asked(group.proposal)
    assert "held elderly.line" in asked(life.proposal)
    assert total(settings_text(group.proposal, "ja"), tmp_path, "elderly_cases_group") == 8
