"""A report before it is laid out: the same for the page, the text and the workbook."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.model.summary import Summary
from kpicli.report.narrative.model import Block, Section

Edition = Literal["public", "internal"]
"""Whom a report is for: everybody, or the desk that made it."""


class Link(Struct, frozen=True):
    """A link in the frame of a page; what it reads is in the language of the page."""

    text: str
    address: str


class Frame(Struct, frozen=True):
    """What stands around a report: who publishes it, when, and where to read on.

    `logo` is a picture as a `data:` address. `top` and `end` are the user's own links, `editions`
    those of earlier periods. `style` is a style sheet of the user's that follows ours, `template`
    the path of a page template that takes the place of ours.
    """

    organisation: str = ""
    logo: str = ""
    published_on: date | None = None
    contact: str = ""
    top: tuple[Link, ...] = ()
    end: tuple[Link, ...] = ()
    editions: tuple[Link, ...] = ()
    contents: bool = True
    style: str = ""
    template: str = ""


class Correspondence(Struct, frozen=True):
    """A line of the table: a principle or a 注 of it, where it is answered, or why it is not.

    `done` is `○` where both policy and results speak of it, the reason where one is given, and ""
    where something is missing.
    """

    key: str
    number: str
    name: str
    policy: Link | None
    results: tuple[Link, ...]
    done: str

    @property
    def missing(self) -> bool:
        """Return whether nothing says where it is answered or why it is not."""
        return not self.done


class Report(Struct, frozen=True):
    """A report on the period of `summary`, which is grouped by months or other spans.

    Placeholders are filled, and every directive names its KPIs: those are the figures that are
    shown. `definitions` are what each KPI counts, in words. A public report holds public KPIs
    alone, and no account of rows or files.
    """

    title: str
    introduction: tuple[Block, ...]
    sections: tuple[Section, ...]
    summary: Summary
    definitions: Mapping[str, tuple[Text, ...]] = {}
    edition: Edition = "internal"
    frame: Frame = Frame()
    by_principle: bool = True
    """Whether figures stand in the sections of their principles, and not where the author says."""
    correspondence: tuple[Correspondence, ...] = ()
    """Where each principle is answered; empty where no directive asks for it."""
    trend: tuple[str, ...] = ()
    """The KPIs whose trend follows the sections; none where a directive puts one."""
