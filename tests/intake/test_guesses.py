"""What is open after `--yes`: every guess is named, and its figures are marked."""

import re
from pathlib import Path

import pytest

from kpicli.intake.guesses import open_questions
from kpicli.intake.offering import offer
from kpicli.intake.proposal import Proposal
from kpicli.intake.understanding import understand
from kpicli.intake.writing import settings_text
from support.blind_folders import blind

HEADER = "受付番号,受付日,商品区分,声の区分"
DAYS = [f"2025/{month}/{day}" for month in range(4, 10) for day in (2, 12, 25)]


def proposal_of(folder: Path, header: str, rows: list[str]) -> Proposal:
    """Return what is proposed for a file of these rows."""
    (folder / "a.csv").write_text("\n".join((header, *rows, "")), encoding="utf-8")
    return understand([folder], folder)[1]


def unsure_date(folder: Path) -> Proposal:
    """Return what is proposed where two dates of voices may be the one that counts."""
    rows = [f"V{n:03},{day},損保,感謝,{day}" for n, day in enumerate(DAYS)]
    return proposal_of(folder, f"{HEADER},登録日", rows)


def test_open_questions(tmp_path: Path) -> None:
    """A word that no table lists is open, and no guess: nothing is taken for it."""
    rows = [f"V{n:03},{day},損保,感謝" for n, day in enumerate(DAYS)]
    proposal = proposal_of(tmp_path, HEADER, [*rows, "X1,2025/4/3,損保,苦情"])
    named = {each.words.ja: each.guessed for each in open_questions(proposal)}
    assert named == {
        "お客様の声の列「声の区分」の「苦情」(1 行) は何として数えますか → "
        "知らない値のまま(要確認になる)": False,
        "年度は何月に始まりますか → 4 月(すべての数値)": True,
        "お客様の声の出力は、どの月をもれなく含みますか → 2025-04..2025-09": True,
    }
    assert offer(settings_text(proposal, "ja"), tmp_path).summary.guessed == ()


def test_a_guessed_column_marks_its_figures(tmp_path: Path) -> None:
    """Whatever counts by a guessed column says so in title and remark; the value is as counted."""
    proposal = unsure_date(tmp_path)
    plain = offer(settings_text(proposal, "ja", guessed=False), tmp_path).summary
    summary = offer(settings_text(proposal, "ja"), tmp_path).summary
    head = summary.kpis["voices"]
    assert (head.title.ja, head.title.en) == (
        plain.kpis["voices"].title.ja + "(推測)",
        plain.kpis["voices"].title.en + " (guess)",
    )
    assert head.guesses == ("exports.voices.headers.received_on",)
    assert any("exports.voices.headers.received_on" in remark.ja for remark in head.remarks)
    assert summary.figures == plain.figures
    words = [each.words.ja for each in open_questions(proposal)]
    assert any("「受付日」は a.csv のどの列ですか" in each for each in words)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", ["opaque", "decoys", "boxes", "renamed"])
@pytest.mark.parametrize("pack", ["insurance_agency", "renewals"])
def test_every_marked_line_is_named(tmp_path: Path, pack: str, dialect: str) -> None:
    """Whatever line of the settings is marked, a question names its source and its answer."""
    blind(tmp_path, pack, dialect)
    proposal = understand([tmp_path], tmp_path)[1]
    named = [each.words.ja for each in open_questions(proposal) if each.guessed]
    title, lines = "", settings_text(proposal, "ja").splitlines()
    assert any(line.endswith("# 推測") for line in lines)
    for line in lines:
        if line.startswith("["):
            source = re.sub(r"^\[+(exports|source)\.|[].].*", "", line)
            title = proposal.catalog.source[source].title.ja
        if not line.endswith("# 推測"):
            continue
        if line.startswith("fiscal_year"):
            assert "年度は何月に始まりますか → 4 月(すべての数値)" in named
            continue
        said = re.findall(r'"([^"]*)"', line)[:1] if "=" in line else []
        assert any(title in each and all(own in each for own in said) for each in named), line
