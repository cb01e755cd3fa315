"""Concerns, which a reader must see first: doubts, missed targets, gaps, a period not over."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.model.figures import Figure
from kpicli.model.judgements import JointTarget, TargetStatus
from kpicli.model.summary import SourceReport, Summary
from kpicli.model.value import Status
from kpicli.output.page.phrases import (
    doubt_phrase,
    place_phrase,
    status_phrase,
    target_phrase,
    value_phrase,
)

DOUBTFUL = Text("要確認", "to check")
MISSED = Text("未達", "missed")
INCOMPLETE = Text("データ不足", "data missing")
INTERIM = Text("途中経過", "interim")
GOES_ON = Text(
    "期間は {end} までで、まだ終わっていません({as_of} 時点)",
    "the period is not over until {end} (as of {as_of})",
)
MOST_PLACES = 3
"""So many faulty places are named of a KPI."""
INCOMPLETE_STATES = (Status.PARTIAL, Status.NO_DATA)


class Concerns(Struct, frozen=True):
    """The titles of the KPIs that each kind of concern touches, and each concern as a line."""

    doubtful: tuple[str, ...]
    missed: tuple[str, ...]
    incomplete: tuple[str, ...]
    interim: bool
    """Whether the period is not over."""
    lines: tuple[str, ...]
    gaps: tuple[str, ...]
    """Those of the lines that are about gaps in the exports."""

    def marks(self, language: Language) -> str:
        """Return what stands in the subject, `[要確認1・未達2]`; empty where all is well."""
        counts = ((DOUBTFUL, self.doubtful), (MISSED, self.missed), (INCOMPLETE, self.incomplete))
        gap, separator = ("", "・") if language == "ja" else (" ", ", ")
        marks = [INTERIM.in_language(language)] if self.interim else []
        for word, titles in counts:
            if titles:
                marks.append(f"{word.in_language(language)}{gap}{len(titles)}")
        return f"[{separator.join(marks)}]" if marks else ""


def concerns(summary: Summary, catalog: Catalog, language: Language) -> Concerns:
    """Return the concerns about a summary.

    A KPI whose source is exported, but not for the whole period, is incomplete. One whose source
    is not exported at all is the settings' own choice and no concern, and one that is entered by
    hand has no exports that could lack anything. A composed one has the concerns of its components.
    """
    summary = summary.without_members
    exported = {source.id: source for source in summary.sources}
    by_kind: dict[str, dict[str, str]] = {"doubtful": {}, "missed": {}, "incomplete": {}}
    for figure in summary.figures:
        kpis = catalog.counted(figure.kpi)
        known = [exported[kpi.source] for kpi in kpis if kpi.source in exported]
        if not known or len(known) < len(kpis):
            continue
        for kind, line in _of_figure(figure, summary, known, language):
            where = _places(kpis, catalog, summary, language) if kind == "doubtful" else ""
            by_kind[kind].setdefault(figure.kpi, line + where)
    for target in summary.joint_targets:
        if target.status is TargetStatus.MISSED:
            by_kind["missed"][f"target.{target.id}"] = _of_joint(target, language)
    named = {f"target.{target.id}": target.title for target in summary.joint_targets}
    named |= summary.titles
    titles = {
        kind: tuple(named[name].in_language(language) for name in lines)
        for kind, lines in by_kind.items()
    }
    lines = [line for lines in by_kind.values() for line in lines.values()]
    for head in summary.kpis.values():
        title = head.title.in_language(language)
        lines += [f"{title}: {text.in_language(language)}" for text in head.warnings]
    interim = summary.as_of < summary.period.end
    if interim:
        lines.insert(0, _goes_on(summary, language))
    return Concerns(
        titles["doubtful"],
        titles["missed"],
        titles["incomplete"],
        interim,
        tuple(lines),
        tuple(by_kind["incomplete"].values()),
    )


def _places(kpis: Sequence[Kpi], catalog: Catalog, summary: Summary, language: Language) -> str:
    """Return where the faults are that KPIs may meet, the first ones; "" where none is known.

    Those of rows as a whole, and of the cells that the KPIs read.
    """
    read: set[tuple[str, str | None]] = {(kpi.source, None) for kpi in kpis}
    for kpi in kpis:
        source = catalog.source[kpi.source]
        read |= {
            (kpi.source, header)
            for name in (*kpi.columns, *source.key, *source.dating)
            if name in source.columns
            for header in source.columns[name].headers
        }
    places = [
        fault.place
        for fault in summary.faults
        if fault.level == "fault"
        and fault.place.row is not None
        and (fault.source, fault.place.column) in read
    ]
    if not places:
        return ""
    shown = "、".join(place_phrase(place, language) for place in places[:MOST_PLACES])
    more = len(places) - MOST_PLACES
    left = Text(f" ほか{more}か所", f" and {more} more").in_language(language) if more > 0 else ""
    return f" ({shown}{left})"


def _goes_on(summary: Summary, language: Language) -> str:
    words = GOES_ON.filled(end=summary.period.end, as_of=summary.as_of)
    return f"{INTERIM.in_language(language)}: {words.in_language(language)}"


def _of_joint(target: JointTarget, language: Language) -> str:
    return f"{MISSED.in_language(language)}: {target.title.in_language(language)}"


def _of_figure(
    figure: Figure, summary: Summary, sources: Sequence[SourceReport], language: Language
) -> Iterator[tuple[str, str]]:
    head = summary.kpis[figure.kpi]
    title = head.title.in_language(language)
    value = value_phrase(figure.value, head, language)
    if figure.value.in_doubt:
        phrase = doubt_phrase(figure.value.faulty_rows, language)
        yield "doubtful", f"{phrase}: {title} {value}"
    if figure.target is not None and figure.target.status is TargetStatus.MISSED:
        word = MISSED.in_language(language)
        target = target_phrase(figure, head, language)
        yield "missed", f"{word}: {title} {value} ({target})"
    if figure.value.status in INCOMPLETE_STATES or any(
        _hides_a_gap(figure, source) for source in sources
    ):
        word, state = INCOMPLETE.in_language(language), status_phrase(figure.value, language)
        yield "incomplete", f"{word}: {title} {value} {state}"


def _hides_a_gap(figure: Figure, source: SourceReport) -> bool:
    """Return whether rows in doubt, which are named before gaps, stand in front of one."""
    if figure.value.status is not Status.PROVISIONAL or not source.covered:
        return False
    start, end = figure.period.start, figure.period.end
    return not any(span.start <= start and end <= span.end for span in source.covered)
