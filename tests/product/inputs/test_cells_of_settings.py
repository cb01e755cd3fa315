"""The examples of docs/settings.md on how cells are read, run as they stand there."""

import re
from decimal import Decimal
from pathlib import Path

import kpicli
from kpicli.model.figures import Figure
from support.root import ROOT
from support.small_project import TODAY


def example(folder: Path, source: str) -> Path:
    """Write the settings of the example that declares a source, and return their file."""
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (own,) = (block for block in blocks if f"[source.{source}]" in block)
    file = folder / "kpicli.toml"
    file.write_text(own, encoding="utf-8")
    return file


def figures(config: Path, period: str, *kpis: str) -> list[Figure]:
    """Return the figures of KPIs."""
    return list(kpicli.summarize(period, kpis=list(kpis), config=config, today=TODAY).figures)


def test_words_for_nothing_orders_labels_lists_and_ids(tmp_path: Path) -> None:
    """Each word counted by hand: three visits, of which one stands in both exports."""
    (tmp_path / "訪問1.csv").write_text(
        "番号,訪問日,完了日,方法,満足度\n"
        "00012,1/4/2025,2025/4/3,TEL;面談,5:とても満足\n"
        "00013,30/9/2025,－,でんわ,未入力\n",
        encoding="utf-8",
    )
    (tmp_path / "訪問2.csv").write_text(
        "番号,訪問日,完了日,方法,満足度\n"
        "13,30/9/2025,－,でんわ,未入力\n"
        "14,2025-05-01,2999/12/31,未定,2.不満\n",
        encoding="utf-8",
    )
    own = figures(example(tmp_path, "visits"), "2025H1", "visits", "visits_open", "visit_score")
    assert {(f.kpi, f.item): f.value.number for f in own} == {
        ("visits", None): 3,
        ("visits", "電話"): 2,
        ("visits", "面談"): 1,
        ("visits", "未記入"): 1,
        ("visits_open", None): 2,
        ("visit_score", None): Decimal("3.5"),
    }
    assert {str(f.value.status) for f in own} == {"ok"}


def test_months_and_years(tmp_path: Path) -> None:
    """202504 and R7.5 are months; 2024 is a fiscal year, as the column says."""
    config = example(tmp_path, "month_counts")
    table = "年月,区分,件数\n202504,苦情,3\nR7.5,苦情,4\n2025/06,要望,5\n"
    (tmp_path / "m.csv").write_text(table, encoding="utf-8")
    settings = config.read_text(encoding="utf-8")
    config.write_text(f'[exports]\nmonth_counts = "m.csv"\n{settings}', encoding="utf-8")
    assert [f.value.number for f in figures(config, "2025Q1", "monthly_cases")] == [12]
    config = example(tmp_path, "yearly")
    (tmp_path / "y.csv").write_text("年度,件数\n2023,30\n2024,40\n令和7年度,50\n", encoding="utf-8")
    settings = config.read_text(encoding="utf-8")
    config.write_text(f'[exports]\nyearly = "y.csv"\n{settings}', encoding="utf-8")
    assert [f.value.number for f in figures(config, "2024", "yearly_cases")] == [40]
    assert [f.value.number for f in figures(config, "2024H1", "yearly_cases")] == [None]


def test_a_date_apart(tmp_path: Path) -> None:
    """Three columns are the day, four with their era another."""
    config = example(tmp_path, "claims")
    (tmp_path / "c.csv").write_text(
        "番号,年,月,日,完了元号,完了年,完了月,完了日\n1,2025,4,1,令和,7,5,1\n2,2025,6,30,,,,\n",
        encoding="utf-8",
    )
    settings = config.read_text(encoding="utf-8")
    config.write_text(f'[exports]\nclaims = "c.csv"\n{settings}', encoding="utf-8")
    assert [f.value.number for f in figures(config, "2025Q1", "claims")] == [2]
    frame = kpicli.load("claims", config=config, today=TODAY)["claims"].frame
    assert [f"{day:%Y-%m-%d}" for day in frame["closed_on"].dropna()] == ["2025-05-01"]
