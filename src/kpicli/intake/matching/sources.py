"""Which source of which pack a table feeds, and which column is which."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from kpicli.catalog.sources.source import Source
from kpicli.intake.matching.assign import assign
from kpicli.intake.matching.base_date import base_and_rival
from kpicli.intake.matching.feed import SAME, SURE, TAKEN, Feed, Match
from kpicli.intake.matching.fit import NONE, Declared, Fit
from kpicli.intake.matching.ticks import tick_groups
from kpicli.intake.profiling.columns import Column
from kpicli.intake.profiling.tables import Table
from kpicli.intake.profiling.words import (
    is_case_number,
    is_question,
    is_record_number,
    is_system,
    likeness,
    names_people,
)

_DECLARED = 0.98
"""From here on it is a declared header to the letter."""
_NEAR = 0.12
_FEEDS = 0.45
"""A table feeds a source from this score on."""
_APART = 0.06
"""Two sources are as likely as each other where their scores are not further apart."""
_ALIKE = 0.03
"""Of two columns no further apart neither is taken for one without which nothing counts."""
_TIED, _NAMED = 0.02, 0.5
_EXPLAINED, _KNOWN, _TITLE = 0.7, 0.24, 0.06
_SAME_PACK, _BEFORE = 0.06, 0.12
"""What it counts that other tables feed the same pack, and that there was such an export before."""
_TO_THE_LETTER = 0.06
"""What it counts that the columns without which nothing counts go by declared headers."""
_FULL_DATES = 0.95


def feeds_of(tables: Sequence[Table], sources: Sequence[Declared]) -> list[Feed | None]:
    """Return each table as the export of the source that fits best; None where none does.

    Where two fit alike, that of the pack which the other tables feed is taken: an agency counts by
    one catalogue.
    """
    every = [
        [
            feed
            for own in table.rows_as or (table,)
            for declared in sources
            if (feed := _as_source(own, declared)) is not None
        ]
        for table in tables
    ]
    best = [max(feeds, key=_by_itself, default=None) for feeds in every]
    packs = Counter(feed.declared.pack for feed in best if feed is not None)
    chosen = [_best(feeds, packs) for feeds in every]
    by_id = {feed.source.id for feed in chosen if feed is not None and not feed.by_row}
    return [
        None if feed is not None and feed.by_row and feed.source.id in by_id else feed
        for feed in chosen
    ]


def _best(feeds: Sequence[Feed], packs: Counter[str]) -> Feed | None:
    def score(feed: Feed) -> float:
        own, others = packs[feed.declared.pack], packs.total()
        before = _BEFORE if feed.declared.former is not None else 0.0
        return _by_itself(feed) + (_SAME_PACK * own / others if others else 0.0) + before

    ordered = sorted((feed for feed in feeds if feed.score >= _FEEDS), key=score, reverse=True)
    if not ordered:
        return None
    best = ordered[0]
    near = tuple(feed for feed in ordered[1:] if score(best) - score(feed) < _APART)
    tied = any(score(best) - score(feed) < _TIED for feed in near)
    undecided = tied or not _is_named(best) or _is_any_case(best)
    return replace(best, others=near, undecided=undecided)


def _by_itself(feed: Feed) -> float:
    """Return how well a table fits a source, whatever other tables there are."""
    needed = [name for name in feed.source.columns if _is_needed(feed.source, name)]
    named = {match.name for match in feed.matches if match.fit.header >= _DECLARED}
    return feed.score + (_TO_THE_LETTER if named.issuperset(needed) else 0.0)


def _is_named(feed: Feed) -> bool:
    """Return whether the headers of the columns that the source needs speak for it."""
    named = [
        match.fit.header
        for match in feed.matches
        if feed.source.columns[match.name].required or match.name == feed.source.base_date
    ]
    return sum(named) >= _NAMED * len(named)


def _is_any_case(feed: Feed) -> bool:
    """Return whether a table holds cases of Salesforce, and none of their kinds is the source's.

    Whatever people ask of an agency may be a case: the words of a closed list alone say what.
    """
    if not any(is_case_number(match.column.header) for match in feed.matches):
        return False
    tables = ((feed.declared.table(match.name), match.fit) for match in feed.matches)
    return not any(
        codes is not None and not codes.open and fit.cells >= TAKEN for codes, fit in tables
    )


def _as_source(table: Table, declared: Declared) -> Feed | None:
    source = declared.source
    names = list(source.columns)
    fits = _fits(table, declared, names)
    taken = assign([[fit.score for fit in own] for own in fits])
    matches: list[Match] = []
    doubtful: dict[str, tuple[Column, ...]] = {}
    for row, place in sorted(taken.items()):
        name, fit = names[row], fits[row][place]
        near = _near(fits, row, place, taken)
        rival = None if near is None else table.columns[near]
        if fit.score < TAKEN:
            continue
        meant = max(range(len(table.columns)), key=lambda n: fits[row][n].header)
        if fit.header < TAKEN and fits[row][meant].header >= SURE:
            doubtful[name] = (table.columns[place], table.columns[meant])
            continue
        if _is_any_date(source, name, fit):
            doubtful[name] = (table.columns[place],)
            continue
        if near is not None and rival is not None:
            alike = fit.header < SAME and fit.score - fits[row][near].score < _ALIKE
            if fit.header < TAKEN or (alike and _is_needed(source, name)):
                doubtful[name] = (table.columns[place], rival)
                continue
        column = table.columns[place]
        alone = name == source.lone_key and rival is None and is_record_number(column.header)
        matches.append(Match(name, column, fit, rival, alone))
    matches += _by_header_alone(table, names, fits, matches)
    matches = _with_base_date(table, source, matches)
    ticks = tick_groups(
        table, declared, {m.column.place for m in matches}, {m.name for m in matches}
    )
    named = {match.name for match in matches} | set(doubtful) | set(ticks)
    lacking = {name for name, own in source.columns.items() if own.required} - named
    by_row = lacking == {source.lone_key} and _is_without_ids(table, source, matches)
    if (lacking and not by_row) or not _are_rows(table, source, matches):
        return None
    score = _score(table, source, matches, ticks)
    return Feed(table, declared, score, tuple(matches), doubtful, ticks, by_row=by_row)


def _is_any_date(source: Source, name: str, fit: Fit) -> bool:
    """Return whether nothing but its dates makes a column a further date of its rows."""
    is_date = source.columns[name].type == "date" and name not in source.dating
    return is_date and fit.header < TAKEN


def _with_base_date(table: Table, source: Source, matches: list[Match]) -> list[Match]:
    """Return the matches with the date that counts, beside the one that it may also be."""
    base = next((match for match in matches if match.name == source.base_date), None)
    if base is None:
        return matches
    others = [match for match in matches if match is not base]
    used = {match.column.place for match in others if match.fit.header >= TAKEN}
    free = [c for c in table.columns if c.place not in used | {base.column.place}]
    column, rival = base_and_rival(table, source, base.column, free)
    if rival is None:
        return matches
    kept = [match for match in others if match.column.place != column.place]
    return [*kept, replace(base, column=column, rival=rival)]


def _are_rows(table: Table, source: Source, matches: Sequence[Match]) -> bool:
    """Return whether lines of a record are rows: something that tells rows apart is their own."""
    if table.parents is None or table.is_of_records:
        return True
    own = {match.name for match in matches if match.column.place not in table.parents}
    return not source.by_row and not own.isdisjoint(source.key)


def _is_without_ids(table: Table, source: Source, matches: Sequence[Match]) -> bool:
    """Return whether a table has no ids of rows, and is of the source all the same.

    Its base date goes by a declared header, and one of its code columns has the words of the
    source.
    """
    known = {match.name: match.fit for match in matches}
    base = known.get(source.base_date or "", NONE)
    if any(_may_be_ids(column) for column in table.columns) or base.header < TAKEN:
        return False
    scales = [known[name] for name, own in source.columns.items() if name in known and own.codes]
    scales += [fit for name, fit in known.items() if source.columns[name].type == "number"]
    return any(fit.score >= SURE and fit.cells >= TAKEN and not fit.doubt for fit in scales)


def _may_be_ids(column: Column) -> bool:
    """Return whether a column may tell rows apart: no ids of people, who may come again."""
    return column.kind == "id" and column.tells_rows_apart and not names_people(column.header)


def _by_header_alone(
    table: Table, names: Sequence[str], fits: Sequence[Sequence[Fit]], matches: Sequence[Match]
) -> list[Match]:
    """Return the columns that the loaders take by their headers, whatever their cells say."""
    taken, named = {match.column.place for match in matches}, {match.name for match in matches}
    return [
        Match(name, column, fit)
        for name, own in zip(names, fits, strict=True)
        for column, fit in zip(table.columns, own, strict=True)
        if name not in named and column.place not in taken and fit.header >= _DECLARED
    ]


def _fits(table: Table, declared: Declared, names: Sequence[str]) -> list[list[Fit]]:
    unique = [
        c
        for c in table.columns
        if c.kind in ("id", "person") and c.tells_rows_apart and not names_people(c.header)
    ]
    full = [c for c in table.columns if c.kind == "date" and c.share >= _FULL_DATES]
    return [
        [
            NONE
            if not column.header
            else declared.fit(
                column, name, lone_unique=unique == [column], lone_date=full == [column]
            )
            for column in table.columns
        ]
        for name in names
    ]


def _near(
    fits: Sequence[Sequence[Fit]], row: int, place: int, taken: Mapping[int, int]
) -> int | None:
    """Return the place of a column that fits nearly as well and has no better use; None if none."""
    own = fits[row][place].score
    used = {column: other for other, column in taken.items() if other != row}
    for column, fit in enumerate(fits[row]):
        if column == place or own - fit.score > _NEAR or fit.score < TAKEN / 2:
            continue
        if column in used and fits[used[column]][column].score - fit.score > _NEAR:
            continue
        return column
    return None


def _is_needed(source: Source, name: str) -> bool:
    """Return whether nothing can be counted without a column, or at another time."""
    return source.columns[name].required or name in source.dating


def _score(
    table: Table,
    source: Source,
    matches: Sequence[Match],
    ticks: Mapping[str, Mapping[str, Column]],
) -> float:
    """Return how well a table fits a source: above all by what its columns are explained by.

    Columns that the source knows and the table lacks count less, and those that are blank, or that
    a program adds to every table, not at all.
    """
    weights = {
        name: 2.0 if column.required or name == source.base_date else 1.0
        for name, column in source.columns.items()
    }
    by_name = {match.name: match.fit.score for match in matches} | dict.fromkeys(ticks, SURE)
    boxes = {box.place for own in ticks.values() for box in own.values()}
    known = sum(weights[name] * score for name, score in by_name.items()) / sum(weights.values())
    taken = {match.column.place for match in matches} | boxes
    telling = [c for c in table.columns if c.place in taken or not _says_nothing(c)]
    explained = sum(match.fit.score for match in matches) + SURE * len(boxes)
    explained /= max(len(telling), 1)
    title = max(likeness(name, source.title.ja) for name in (_stem(table), table.sheet or ""))
    return _EXPLAINED * explained + _KNOWN * known + _TITLE * title


def _says_nothing(column: Column) -> bool:
    """Return whether a column that is not matched says nothing of what the table is.

    Forms have questions of all kinds.
    """
    return column.kind == "blank" or is_system(column.header) or is_question(column.header)


def _stem(table: Table) -> str:
    name = table.file.rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[0]
