"""What small reports are made of: a few rows, and the summary that a report needs."""

from collections.abc import Callable

import kpicli
from kpicli.model.summary import Summary
from kpicli.report.formats import Layout, render_report
from kpicli.report.model import Report
from kpicli.report.narrative.model import Passage
from support.small_project import TODAY, Project

VOICES = [
    "V1,2025/4/1,損保,感謝,損保-1課,",
    "V2,2025/5/2,損保,感謝,損保-1課,",
    "V3,2025/5/3,生保,不満,,",
    "V4,2024/10/3,生保,不満,,",
    "V5,2024/11/3,生保,感謝,,",
    "V6,2024/4/3,生保,感謝,,",
]
RENEWALS = [
    "P1,2025/4/1,自動車,有,有",
    "P2,2025/4/2,自動車,有,有",
    "P3,2025/4/3,自動車,無,有",
]
TOP = "# 報告\n\n"
ALL = ("targets", "voices")
"""The charts that a page draws where nothing else is said."""

Make = Callable[..., Report]


def words_of(report: Report) -> str:
    """Return the text before the first section, its placeholders filled."""
    texts = [block.text for block in report.introduction if isinstance(block, Passage)]
    return "\n".join(texts).strip()


def small_summary(project: Project, kpis: tuple[str, ...]) -> Summary:
    """Return the compared summary by month that a report is made of."""
    return kpicli.summarize(
        "2025H1",
        kpis=kpis,
        by="month",
        compare=("previous", "year_ago"),
        config=project.config,
        today=TODAY,
    )


def html(report: Report, *, fragment: bool = False, chosen: tuple[str, ...] = ALL) -> str:
    """Return the report as a page."""
    text = render_report(report, "html", Layout("ja", chosen, fragment))
    assert isinstance(text, str)
    return text


def markdown(report: Report) -> str:
    """Return the report as Markdown."""
    text = render_report(report, "markdown", Layout("ja", ALL))
    assert isinstance(text, str)
    return text
