"""A project for a seed: the same seed gives the same files."""

import random
from datetime import date
from itertools import pairwise

from fuzz.projects.catalogue import MEETINGS, PEOPLE, SOURCES, VOICES, Source
from fuzz.projects.draft import Draft, Export, Thing
from fuzz.projects.exports import share_out
from fuzz.projects.faults.of_cells import CELL_FAULTS
from fuzz.projects.faults.of_files import FILE_FAULTS
from fuzz.projects.random_kpis import random_kpis
from fuzz.projects.records import Record, random_records

FAULTS = {**CELL_FAULTS, **FILE_FAULTS}
COVERS = "2024-04..2025-09"
CLEAN = 0.3
"""The share of projects that are messy and without a fault."""
TODAYS = (date(2025, 11, 1), date(2026, 2, 10))


def random_draft(seed: int) -> Draft:
    """Return the project of a seed, its faults planted."""
    rng = random.Random(seed)
    sources = sorted(rng.sample(SOURCES, rng.choice((2, 3))), key=SOURCES.index)
    if sources == [MEETINGS, PEOPLE]:
        sources = [VOICES, *sources]
    style = rng.choice(("digits", "letters")) + rng.choice(("", " long"))
    things = {s.id: [Thing((record,)) for record in _records(rng, s, style)] for s in sources}
    undeclared = {s.id for s in sources if s.rhythm == "continuous" and rng.random() < 0.3}
    exports = {s.id: _exports(rng, s, things[s.id], s.id not in undeclared) for s in sources}
    columns = {
        n
        for s in sources
        if s is not PEOPLE
        for n, c in s.columns.items()
        if c.kind in ("code", "id")
    }
    groups = (None, None, "month", *(sorted(columns - {"no", "method"})))
    draft = Draft(
        seed=seed,
        sources=sources,
        kpis=random_kpis(rng, sources),
        things=things,
        exports=exports,
        today=rng.choice(TODAYS),
        by=rng.choice(groups),
        as_of=date(2025, rng.randint(5, 9), 20) if rng.random() < 0.12 else None,
        undeclared=undeclared,
    )
    if rng.random() >= CLEAN:
        for name in rng.choices([*FAULTS], k=rng.choice((1, 1, 2, 3, 5))):
            if not draft.refusable and not draft.must_refuse and FAULTS[name](rng, draft):
                draft.faults.append(name)
    return draft


def _records(rng: random.Random, source: Source, style: str) -> list[Record]:
    """Return the rows of a source; no two have one key."""
    while True:
        records = random_records(rng, source.id, style)
        keys = [tuple(record[name] for name in source.key or ()) for record in records]
        if source.key is None or len(set(keys)) == len(keys):
            return records


def _exports(
    rng: random.Random, source: Source, things: list[Thing], declared: bool
) -> list[Export]:
    """Return the exports; each reaches further than the one before."""
    covers = COVERS if declared and source is not PEOPLE else None
    while True:
        exports = share_out(rng, source, things, covers)
        if source is PEOPLE or all(a.reach < b.reach for a, b in pairwise(exports)):
            return exports
