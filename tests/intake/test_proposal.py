"""What is proposed: headers to name, packs and KPIs."""

from pathlib import Path

from kpicli.intake.asking.questions import answered
from kpicli.intake.offering import settings_of
from kpicli.intake.proposal import Proposal
from kpicli.intake.understanding import understand
from kpicli.intake.writing import settings_text
from kpicli.loaders.load import load
from support.packs import TODAY


def proposed(folder: Path, header: str, rows: str) -> Proposal:
    """Return what is proposed for a folder of one export with some twenty rows."""
    lines = [rows.format(n=n, day=f"2025/{4 + n % 6}/{1 + n}") for n in range(1, 25)]
    (folder / "a.csv").write_text("\n".join((header, *lines, "")), encoding="utf-8")
    return understand([folder], folder)[1]


def test_declared_headers_need_no_naming(tmp_path: Path) -> None:
    """Headers that the loaders know are not written into the settings."""
    proposal = proposed(tmp_path, "受付番号,受付日,商品区分,声の区分", "V{n},{day},損保,感謝")
    assert [entry.headers for entry in proposal.entries] == [{}]


def test_one_header_twice(tmp_path: Path) -> None:
    """Of two columns with one header the one that is meant is named with its number."""
    header = "受付番号,受付日,商品区分,声の区分,改善日,改善日"
    proposal = proposed(tmp_path, header, "V{n},{day},損保,不満,{day},")
    (entry,) = proposal.entries
    assert "improved_on" not in entry.headers or entry.headers["improved_on"].startswith("改善日#")


def test_kpis_that_can_be_fed(tmp_path: Path) -> None:
    """A KPI is offered where its source and all its columns are there; else it says what lacks."""
    proposal = proposed(tmp_path, "受付番号,受付日,商品区分,声の区分", "V{n},{day},損保,感謝")
    offered = [kpi.id for kpi in proposal.kpis]
    assert offered == ["voices", "voices_nonlife"]
    lacking = {kpi.id: proposal.lacking(kpi) for kpi in proposal.catalog.kpi.values()}
    assert lacking["voices"] == ()
    assert lacking["insurer_reports"] == (("voices", "reported_on"),)
    assert lacking["followups"] == (("followups", None),)


def test_packs_in_use(tmp_path: Path) -> None:
    """Only packs whose sources are fed are named."""
    header = "証券番号,満期日,種目,更改結果,手続完了日"
    proposal = proposed(tmp_path, header, "P{n},{day},自動車,更改,{day}")
    assert proposal.packs == ("renewals",)
    assert [kpi.id for kpi in proposal.kpis] == [
        "renewal_rate",
        "early_renewal_28",
        "early_renewal_7",
    ]


def test_files_named_by_their_months(tmp_path: Path) -> None:
    """Files that are named by the months they hold are found by a pattern, and asked about no more.

    A month whose file is missing is then no month without rows.
    """
    for month in (4, 5, 7):
        rows = [f"V{month}{n:02},2025/{month}/{1 + n},損保,感謝" for n in range(1, 25)]
        text = "\n".join(("受付番号,受付日,商品区分,声の区分", *rows, ""))
        (tmp_path / f"声_2025-{month:02}.csv").write_text(text, encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    (entry,) = proposal.entries
    assert (entry.pattern, entry.covers) == ("声_{covers}.csv", None)
    _, asked = answered(proposal, lambda question: question.choices[0])
    assert [question.id for question in asked] == ["fiscal year"]
    text = settings_text(proposal, "en")
    assert 'files = "声_{covers}.csv" # what each covers stands in its name\n' in text
    settings = settings_of(text, tmp_path)
    (dataset,) = load(settings, ["voices"], TODAY).values()
    spans = [(span[0].month, span[1].month) for span in dataset.coverage.spans]
    assert (len(dataset), spans) == (72, [(4, 5), (7, 7)])


def test_files_named_otherwise(tmp_path: Path) -> None:
    """Files that are named by the day of their export keep their names."""
    for month in (5, 6):
        rows = [f"V{month}{n:02},2025/{month - 1}/{1 + n},損保,感謝" for n in range(1, 25)]
        text = "\n".join(("受付番号,受付日,商品区分,声の区分", *rows, ""))
        (tmp_path / f"声_2025-{month:02}.csv").write_text(text, encoding="utf-8")
    (entry,) = understand([tmp_path], tmp_path)[1].entries
    assert (entry.pattern, entry.covers) == (None, "2025-04..2025-05")


def test_columns_that_others_are_made_of(tmp_path: Path) -> None:
    """A KPI of a column that is made of one which is not there says which one it lacks."""
    header = "回答番号,回答日,満足度"
    proposal = proposed(tmp_path, header, "A{n},{day},満足")
    assert proposal.packs == ("survey",)
    assert "satisfaction_mean" in [kpi.id for kpi in proposal.kpis]
    nps = proposal.catalog.kpi["net_promoter_score"]
    assert proposal.lacking(nps) == (("survey_answers", "recommend"),)
