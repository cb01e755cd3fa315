"""A project with values entered by hand."""

from pathlib import Path

import kpicli
from kpicli.model.summary import Summary
from support.frozen_project import FrozenProject
from support.small_project import TODAY, Project

HEADER = "period,kpi,item,value,numerator,denominator,source,entered_on,note"
VOICES = ["V1,2025/4/1,生保,感謝,,", "V2,2025/5/1,損保,不満,,2025/6/1"]
NPS = '[entered.nps]\ntitle = "NPS"\nprinciples = ["2"]\nunit = "点"'


def project(folder: Path, *lines: str, header: str = HEADER) -> FrozenProject:
    """Return a project of two voices with lines of entered values."""
    small = Project(folder).export("voices", VOICES, covers="2025-04..2025-09").toml(NPS)
    small.toml('[entered.share]\ntitle = "割合"\nunit = "名"\nratio = true')
    small.export("trainings", [], covers="2025-04..2025-09")
    (folder / "published").mkdir()
    text = "\n".join((header, *lines, ""))
    (folder / "published" / "他.csv").write_text(text, encoding="utf-8")
    return FrozenProject.of(small)


def summarized(found: FrozenProject, *kpis: str, period: str = "2025H1") -> Summary:
    """Return the summary of some KPIs with both comparisons."""
    return kpicli.summarize(
        period, kpis=kpis or None, compare=["previous", "year_ago"], today=TODAY,
        config=found.folder / "kpicli.toml",
    )  # fmt: skip
