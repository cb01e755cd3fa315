"""From a narrative and the figures of a run to a report."""

from collections.abc import Iterator, Mapping

from kpicli.base.wording import Language, Text
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.definition import define, define_entered
from kpicli.model.figures import Summary
from kpicli.report.model import Report, Section
from kpicli.report.narrative.figure_values import template_values
from kpicli.report.narrative.lint import missing_sections, typed_numbers
from kpicli.report.narrative.model import Narrative, Problem, WrittenSection, refused
from kpicli.report.narrative.nodes import Node
from kpicli.report.narrative.placeholders import fill
from kpicli.settings.settings import Settings


def build_report(
    settings: Settings,
    narrative: Narrative,
    summary: Summary,
    language: Language,
    *,
    lint: bool = False,
) -> Report:
    """Return the report: the words with their figures filled in, and the figures.

    Sections come in the order of the narrative; a principle that has figures but no words follows,
    so that no figure is lost. Raises `SettingsError` naming file and line of every placeholder that
    cannot be filled and, with `lint`, of every typed number that is no figure.
    """
    values = template_values(summary, language)
    problems: list[Problem] = []
    title = fill(narrative.title, values, problems)
    introduction = fill(narrative.introduction, values, problems)
    sections = tuple(_section(section, values, problems) for section in narrative.sections)
    if lint:
        problems += [*typed_numbers(narrative, summary), *missing_sections(narrative, summary)]
    if problems:
        raise refused(narrative.file, problems)
    return Report(
        title=title.strip(),
        introduction=introduction.strip(),
        sections=(*sections, *_without_words(sections, summary)),
        summary=summary,
        definitions={name: _definition(settings.catalog, name) for name in summary.kpis},
    )


def _definition(catalog: Catalog, name: str) -> tuple[Text, ...]:
    if name in catalog.entered:
        return define_entered(catalog.entered[name])
    return define(catalog.kpi[name], catalog)


def _section(
    section: WrittenSection, values: Mapping[str, Node], problems: list[Problem]
) -> Section:
    filled = {name: fill(each, values, problems) for name, each in section.passages.items()}
    title = fill(section.title, values, problems)
    texts = {name: text.strip() for name, text in filled.items()}
    return Section(section.principle, title.strip(), **texts)


def _without_words(sections: tuple[Section, ...], summary: Summary) -> Iterator[Section]:
    written = {section.principle for section in sections}
    heads = summary.kpis.values()
    wanted = dict.fromkeys(name for head in heads for name in head.principles or ("",))
    for name in wanted:
        if name not in written:
            yield Section(name, "")
