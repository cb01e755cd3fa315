"""What is said of a composed figure: which component it is, each once, and nothing twice."""

from pathlib import Path

import kpicli
from support.composed_project import RATE, composed_project
from support.small_project import TODAY, Project

ROWS = ["C1,2025-04-03,自動車,A店,1", "C2,2025-05-01,火災,A店,1"]
POLICIES = ["P1,2020-04-01,,自動車", "P2,2020-04-01,,火災"]
NESTED = """
[kpi.all]
title = { ja = "合計", en = "All" }
measure = "total"
figures = ["complaints", "in_force"]
"""


def remarks(own: Project, *kpis: str) -> dict[str, list[str]]:
    """Return the Japanese remarks by KPI."""
    summary = kpicli.summarize("2025H1", kpis=kpis, config=own.config, today=TODAY)
    return {name: [text.ja for text in head.remarks] for name, head in summary.kpis.items()}


def test_what_is_final_has_no_remark(tmp_path: Path) -> None:
    """Nothing is said of a figure that needs nothing to be said."""
    assert remarks(composed_project(tmp_path, ROWS, POLICIES), "rate") == {"rate": []}


def test_a_component_speaks_for_itself_where_it_is_shown(tmp_path: Path) -> None:
    """Asked for alone the composed KPI tells of its components; beside them it does not again."""
    own = composed_project(tmp_path, ROWS, POLICIES, covers="2025-05..2025-09")
    months = "出力に含まれない月があります: 2025-04"
    not_final = "「苦情」 が確定していない(期間の一部だけ)ので、確定していません"
    alone = remarks(own, "rate")["rate"]
    assert alone == [not_final, *_of_parts(not_final), f"「苦情」: {months}"]
    both = remarks(own, "rate", "complaints")
    assert both["complaints"] == [months]
    assert both["rate"] == alone[:-1]


def _of_parts(text: str) -> list[str]:
    return [f"{line}: {text}" for line in ("自動車", "火災")]


def test_a_part_without_divisor_is_named(tmp_path: Path) -> None:
    """Where one line has no policies its quotient is blank, and that is said of it alone."""
    own = composed_project(tmp_path, ROWS, POLICIES[:1])
    assert remarks(own, "rate")["rate"] == ["火災: 「保有契約」 が 0 なので、割れません"]


def test_a_nested_component_is_named_with_the_way_to_it(tmp_path: Path) -> None:
    """The component that is not final, by way of the one that is made of it."""
    nested = RATE.replace('"complaints", "in_force"', '"all", "in_force"') + NESTED
    own = composed_project(tmp_path, [*ROWS, "C3,x,火災,A店,1"], POLICIES, nested)
    told = remarks(own, "rate")["rate"]
    assert told[0] == "「合計」 が確定していない(要確認の行がある 1 行)ので、確定していません"
    said = "「合計」: 「苦情」 が確定していない(要確認の行がある 1 行)ので、確定していません"
    assert said in told
    assert len(told) == len(set(told))


def test_what_is_not_exported_is_a_warning(tmp_path: Path) -> None:
    """The export that a component lacks is named, with the component, also to who wants quiet."""
    own = composed_project(tmp_path, ROWS, POLICIES)
    own.exports.pop("policies")
    summary = kpicli.summarize("2025H1", kpis=["rate"], config=own.config, today=TODAY)
    (warning,) = summary.kpis["rate"].warnings
    assert warning.ja == "「保有契約」: 「契約台帳」の出力が kpicli.toml の [exports] にありません"
