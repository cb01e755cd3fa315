"""A report before it is laid out: the same for the page, the text and the workbook."""

from collections.abc import Mapping

from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.model.figures import Summary


class Section(Struct, frozen=True):
    """The texts on one principle, in Markdown, their placeholders filled.

    `planned` are the measures planned (取り組み課題), `facts` goes before the figures (数値・事実),
    `assessment` is the 評価, `next_steps` what comes next. A text that was not written is empty.
    """

    principle: str
    title: str
    planned: str = ""
    facts: str = ""
    assessment: str = ""
    next_steps: str = ""


class Report(Struct, frozen=True):
    """A report on the period of `summary`, which is grouped by month and compared.

    The figures of a section are those whose KPI has its principle among its own. `definitions` are
    what each KPI counts, in words.
    """

    title: str
    introduction: str
    sections: tuple[Section, ...]
    summary: Summary
    definitions: Mapping[str, tuple[Text, ...]] = {}
