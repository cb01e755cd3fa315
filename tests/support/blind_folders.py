"""Folders of exports that nobody has described, and the truth about them."""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from kpicli.intake.guesses import open_questions
from kpicli.intake.matching.feed import Feed
from kpicli.intake.offering import settings_of
from kpicli.intake.proposal import Proposal
from kpicli.intake.understanding import understand
from kpicli.intake.writing import settings_text
from kpicli.model.periods import Period
from kpicli.model.value import NOTHING
from kpicli.run.summary import summarize
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings
from support.dialects import DIALECTS, Export, pack_exports, table_of, text_of
from support.packs import TODAY

PERIOD = Period.parse("2025H1", today=TODAY)

Exports = Mapping[str, Export]
"""Exports by the stems of the names of their files."""


def blind(folder: Path, pack: str, dialect: str, seed: int = 1, rows: int = 120) -> Exports:
    """Write the exports of a pack in a dialect, and return them with the headers that they have."""
    chance = random.Random(f"{pack} {dialect} {seed}")
    return {
        f"f{number:02}": DIALECTS[dialect](export, folder / f"f{number:02}", chance)
        for number, export in enumerate(pack_exports(pack, rows, seed))
    }


def by_stem(proposal: Proposal) -> dict[str, list[Feed]]:
    """Return the tables that feed something by the stems of the names of their files."""
    fed: dict[str, list[Feed]] = {}
    for feed in proposal.feeds:
        fed.setdefault(Path(feed.table.file.split("/", 1)[0]).stem, []).append(feed)
    return fed


def silently_wrong(proposal: Proposal, truth: Exports) -> Iterator[str]:
    """Yield what is wrong and called sure: sources, and columns."""
    for stem, feeds in by_stem(proposal).items():
        export = truth[stem]
        for feed in feeds:
            if feed.source.id != export.source.id:
                if feed.sure:
                    yield f"{export.source.id} is taken for {feed.source.id}"
                continue
            yield from (
                f"{export.source.id}.{match.name} is taken for {match.column.header}"
                for match in feed.matches
                if match.sure and export.headers.get(match.name) != match.column.header
            )


def wrong_figures(folder: Path, known: Path, pack: str, exports: Exports) -> Iterator[str]:
    """Yield the KPIs whose figures after `--yes` are neither the truth nor named as lacking.

    Where it stays open which months an export holds a figure may be blank.

    The truth is what settings by hand give for the same rows, written into `known`.
    """
    _, proposal = understand([folder], folder)
    opens = open_questions(proposal)
    remarks = [each.words for each in opens if not each.guessed]
    text = settings_text(proposal, "en", [each.words for each in opens])
    counted = figures(settings_of(text, folder)) if proposal.entries else {}
    offered = {kpi.id for kpi in proposal.kpis}
    unknown = [NOTHING.measured] if any("in full" in remark.en for remark in remarks) else []
    for (kpi, item), number in figures(by_hand(known, pack, exports)).items():
        if kpi in offered:
            if counted[kpi, item] not in (number, *unknown):
                yield f"{kpi} {item}: {counted[kpi, item]}, not {number}"
        elif pack not in proposal.packs:
            if not remarks and len(proposal.unused) < len(exports):
                yield f"{kpi} {item}: nothing says why it is not there"
        elif f"#   {kpi} " not in text:
            yield f"{kpi} {item}: nothing says what it lacks"


def figures(settings: Settings) -> dict[tuple[str, str | None], object]:
    """Return the numbers of all KPIs that are shown, by KPI and item."""
    summary = summarize(settings, Request(PERIOD), TODAY)
    return {(figure.kpi, figure.item): figure.value.measured for figure in summary.figures}


def by_hand(folder: Path, pack: str, exports: Exports) -> Settings:
    """Return settings written by hand for the same rows under the usual headers."""
    entries = []
    for stem, export in exports.items():
        usual = {name: column.headers[0] for name, column in export.source.columns.items()}
        plain = Export(export.source, export.columns, usual)
        (folder / f"{stem}.csv").write_text(text_of(table_of(plain)), encoding="utf-8")
        dated = export.source.rhythm in ("continuous", "sparse")
        covers = ', covers = "2025-04..2025-09"' if dated else ""
        entries.append(f'{export.source.id} = {{ files = "{stem}.csv"{covers} }}')
    text = "\n".join((f'catalogue = ["{pack}"]', "[exports]", *entries, ""))
    return settings_of(text, folder)
