"""From a narrative and the figures of a run to a report."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from kpicli.base.wording import Language, Text, suggestion
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.definition import define, joint_words
from kpicli.model.summary import Summary
from kpicli.output.page import words
from kpicli.report import labels
from kpicli.report.editions import public_summary, require_final
from kpicli.report.model import Correspondence, Edition, Frame, Report
from kpicli.report.narrative.figure_values import template_values
from kpicli.report.narrative.lint import lint_problems
from kpicli.report.narrative.model import (
    PRINCIPLES,
    Directive,
    Narrative,
    Passage,
    Problem,
    Section,
    mapped,
    refused,
)
from kpicli.report.narrative.nodes import HiddenNode, not_public
from kpicli.report.narrative.placeholders import fill
from kpicli.report.placing import anchor, placed
from kpicli.report.principles import (
    correspondence,
    missing_answers,
    read_principles,
    results_of,
)
from kpicli.settings.settings import Settings
from kpicli.settings.shown import left_out, left_out_problem


def build_report(
    settings: Settings,
    narrative: Narrative,
    summary: Summary,
    language: Language,
    *,
    edition: Edition = "internal",
    frame: Frame = Frame(),  # noqa: B008 - it is frozen
    lint: bool = False,
    allow_doubt: bool = False,
    with_trend: bool = False,
) -> Report:
    """Return the report: the words with their figures filled in, and the figures.

    Sections come in the order of the narrative. Without any directive in it, the tables and charts
    of each principle stand in its section, and a principle that has figures but no words follows,
    so that no figure is lost. `with_trend`, and without a directive for one, the trend of all that
    the sections show follows them.

    Raises `SettingsError` naming file and line of all that cannot be filled or shown and, with
    `lint`, of all that lint finds; `NotFinal` for a public report on figures in doubt, unless
    `allow_doubt`.
    """
    shown = public_summary(summary) if edition == "public" else summary
    values = template_values(replace(summary, kpis=shown.kpis), language)
    hidden = dict(_hidden(settings, summary, shown))
    values |= {name: HiddenNode(reason) for name, reason in hidden.items()}
    problems: list[Problem] = []

    def passage(written: Passage) -> Passage:
        return fill(written, values, problems)

    def directive(written: Directive) -> Directive:
        problems.extend(_directive_problems(written, shown, hidden))
        return written

    if lint:
        numbers = [each.number for each in read_principles(settings).principle]
        problems += lint_problems(narrative, shown, numbers)
    sections = tuple(
        mapped(section, passage, directive) for section in placed(narrative, shown, language)
    )
    asked = [each for each in narrative.directives if each.kind == PRINCIPLES]
    answers = _answers(settings, sections, language) if asked else ()
    gone = missing_answers(answers) if asked and lint else None
    problems += [] if gone is None else [Problem(asked[0].line, gone)]
    report = Report(
        title=fill(narrative.title, values, problems).text.strip() or _title(summary, language),
        introduction=tuple(
            passage(b) if isinstance(b, Passage) else directive(b) for b in narrative.introduction
        ),
        sections=sections,
        summary=shown,
        definitions=_definitions(settings.catalog, shown) if edition == "internal" else {},
        edition=edition,
        frame=frame,
        correspondence=answers,
        by_principle=not narrative.places_figures,
        trend=_without_place(narrative, sections, shown) if with_trend else (),
    )
    if problems:
        raise refused(narrative.file, problems)
    if edition == "public" and not allow_doubt:
        require_final(shown)
    return report


def _answers(
    settings: Settings, sections: Sequence[Section], language: Language
) -> tuple[Correspondence, ...]:
    """Return where the sections, and the policy, answer each principle."""
    results = results_of(sections, [f"#{anchor(sections, each)}" for each in sections])
    return correspondence(settings, read_principles(settings), results, language)


def _without_place(
    narrative: Narrative, sections: Sequence[Section], shown: Summary
) -> tuple[str, ...]:
    """Return the KPIs that a report shows, in their order; none where a directive has a trend."""
    directives = [*narrative.directives, *(d for each in sections for d in each.directives)]
    if any(directive.kind == "trend" for directive in directives):
        return ()
    named = {name for directive in directives for name in directive.names}
    return tuple(name for name in shown.kpis if name in named)


def _title(summary: Summary, language: Language) -> str:
    period = summary.period.label(language)
    return labels.TITLE.filled(period=period).in_language(language)


def _hidden(settings: Settings, summary: Summary, shown: Summary) -> Iterator[tuple[str, Text]]:
    """Yield the ids of the KPIs that the report cannot show, each with what is said of it."""
    for name, reason in left_out(settings).items():
        if name not in summary.kpis:
            yield name, left_out_problem(settings, name, reason)
    for name, head in summary.kpis.items():
        if name not in shown.kpis:
            yield name, not_public(head.title)


def _directive_problems(
    directive: Directive, shown: Summary, hidden: Mapping[str, Text]
) -> Iterator[Problem]:
    """Yield the names of a directive that are no KPIs, not shown, or missing altogether."""
    if not directive.names and directive.kind not in ("figures", PRINCIPLES):
        text = Text(
            f"「::: {directive.kind}」の後に指標の id がいります",
            f"name a KPI after '::: {directive.kind}'",
        )
        yield Problem(directive.line, text)
    for name in directive.names:
        if name in hidden:
            yield Problem(directive.line, hidden[name])
        elif name not in shown.kpis and name not in words.COMPARED:
            near = suggestion(name, [*shown.kpis, *words.COMPARED])
            text = Text(f"「{name}」はありません。{near.ja}", f"there is no {name!r}; {near.en}")
            yield Problem(directive.line, text)


def _definitions(catalog: Catalog, summary: Summary) -> dict[str, tuple[Text, ...]]:
    return {
        name: (*define(catalog.any_kpi(name), catalog), *joint_words(catalog, name))
        for name in summary.kpis
    }
