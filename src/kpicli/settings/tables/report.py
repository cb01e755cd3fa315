"""`[report]`: where the words of a report are, what it draws, and its frame."""

from datetime import date
from typing import Annotated

from pydantic import Field

from kpicli.catalog.declared import Definition, Names
from kpicli.catalog.texts import TextField
from kpicli.settings.several_periods import MOST

TARGETS_CHART = "targets"
"""The chart that is no KPI's: the bars of all targets."""


class LinkSetting(Definition):
    """A link in the frame of a page: what it reads, and where it leads."""

    text: TextField
    to: Annotated[str, Field(min_length=1)]


class AnswerSetting(Definition):
    """Where a principle or a 注 of it is answered: the policy's address, or the reason why not.

    `at` is what the link reads, such as 方針2(1).
    """

    policy: Annotated[str, Field(min_length=1)] | None = None
    at: TextField | None = None
    reason: TextField | None = None


class ReportSetting(Definition):
    """`[report]`: where the words of a report are, which figures it draws, and its frame.

    `{period}` in the path of the `narrative` stands for the period's name. `charts` are ids of
    KPIs, drawn month by month, and `targets`, the bars of all targets. `published_on` are days by
    the names of periods. `editions` is the address of the page of an earlier period that is frozen,
    `{period}` in it. `trend` is how many periods stand beside each other, up to the report's. Paths
    are relative to the settings file. `principles` is a list that takes the place of the built-in
    one, `correspondence` the answers to its principles and 注 (`2`, `5(注1)`).
    """

    narrative: Annotated[str, Field(min_length=1)] = "narrative/{period}.md"
    trend: Annotated[int, Field(ge=1, le=MOST)] | None = None
    charts: Names = (TARGETS_CHART, "voices", "elderly_cases", "unclear_reasons")
    organisation: TextField | None = None
    logo: str | None = None
    published_on: dict[str, date] = {}
    contact: TextField | None = None
    links: tuple[LinkSetting, ...] = ()
    links_at_end: tuple[LinkSetting, ...] = ()
    editions: str | None = None
    contents: bool = True
    css: str | None = None
    template: str | None = None
    principles: str | None = None
    correspondence: dict[str, AnswerSetting] = {}


def english_narrative(path: str) -> str:
    """Return the path of the English words beside the Japanese ones: `2025H1.en.md`."""
    stem, dot, suffix = path.rpartition(".")
    return f"{stem}.en.{suffix}" if dot else f"{path}.en"
