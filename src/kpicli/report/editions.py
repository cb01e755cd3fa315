"""The public edition of a report: what it leaves out, and when it is refused."""

from collections.abc import Iterator

from msgspec.structs import replace

from kpicli.base.errors import NotFinal
from kpicli.base.wording import Language, Text
from kpicli.model.figures import Figure
from kpicli.model.summary import Series, Summary
from kpicli.model.value import Origin, Status, Value
from kpicli.output.page import words
from kpicli.output.page.phrases import status_phrase

_PUBLIC = ("total", "part", "subpart", "of_which")
_AND_MORE = Text("ほか{number}指標", "and {number} more")
MOST_NAMED = 8
"""As many doubts are named: of a period that goes on, every figure is one."""
_DOUBTFUL = (Status.PARTIAL, Status.PROVISIONAL)


def public_summary(summary: Summary) -> Summary:
    """Return what everybody may see: public KPIs and their figures, without any account of rows.

    Labelled rules and memos, files, sources, findings and remarks on exports are gone, and so is
    what a run is known by, and the names of members. A target of several KPIs stays where all of
    them do.
    """
    summary = summary.without_members
    kpis = {
        name: replace(head, remarks=(), warnings=(), components={})
        for name, head in summary.kpis.items()
        if head.public
    }
    return replace(
        summary,
        kpis=kpis,
        figures=tuple(
            _without_places(f) for f in summary.figures if f.kpi in kpis and f.kind in _PUBLIC
        ),
        trend=tuple(
            Series(tuple(map(_without_places, series.figures)))
            for series in summary.trend
            if series.own.kpi in kpis and series.own.kind in _PUBLIC
        ),
        joint_targets=tuple(t for t in summary.joint_targets if t.kpis <= kpis.keys()),
        accounting=(),
        sources=(),
        files=(),
        faults=(),
        catalogue_hash="",
        version="",
    )


def _without_places(figure: Figure) -> Figure:
    """Return a figure that says of its values whether they were counted, but no file or note.

    Nor does it say what it is made of: that may not be public.
    """
    comparisons = (replace(c, origin=Origin(c.origin.kind)) for c in figure.comparisons)
    return replace(
        figure, origin=Origin(figure.origin.kind), comparisons=tuple(comparisons), components=()
    )


def require_final(summary: Summary) -> None:
    """Raise `NotFinal` where a figure, or one that it is compared with, may still move."""
    ja, en = ("、".join(_doubts(summary, "ja")), ", ".join(_doubts(summary, "en")))
    if not ja:
        return
    raise NotFinal(
        Text(
            f"確定していない数値があるので、公表用の報告は作りません: {ja}",
            f"no public report is made of figures that are not final: {en}",
        ),
        Text(
            "kpicli check が挙げる不備を直し、推測した設定を確かめるか、"
            "状態を記して公表するなら --allow-doubt、"
            "社内用なら --edition internal を付けてください",
            "mend the faults that kpicli check lists and confirm guessed settings, or add "
            "--allow-doubt to publish them with their states, or --edition internal",
        ),
    )


def _doubts(summary: Summary, language: Language) -> tuple[str, ...]:
    """Return the KPIs in doubt, each once with the first of its states; of many, the first ones.

    Those that rest on a guess of the settings come first.
    """
    doubts: dict[str, str] = {
        name: summary.kpis[name].title.in_language(language) for name in summary.guessed
    }
    for kpi, when, value in _values(summary, language):
        if value.status in _DOUBTFUL or value.faulty_rows:
            title = summary.kpis[kpi].title.in_language(language)
            doubts.setdefault(kpi, f"{title}{when} {status_phrase(value, language)}")
    said = tuple(doubts.values())
    left = _AND_MORE.filled(number=len(said) - MOST_NAMED).in_language(language)
    return said if len(said) <= MOST_NAMED else (*said[:MOST_NAMED], left)


def _values(summary: Summary, language: Language) -> Iterator[tuple[str, str, Value]]:
    """Yield every value that a report can show: its KPI, the other period it is of, and itself."""
    for figure in summary.figures:
        yield figure.kpi, "", figure.value
        for other in figure.comparisons:
            yield figure.kpi, f"({words.COMPARED[other.kind].in_language(language)})", other.value
    for series in summary.trend:
        for figure in series.figures[:-1]:
            yield figure.kpi, f"({figure.period.label(language)})", figure.value
