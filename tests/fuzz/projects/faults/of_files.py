"""Faults of lines, files and settings: what exports have in common, lack, or say of themselves."""

import random
from collections.abc import Callable
from datetime import date
from itertools import pairwise

from fuzz.projects.catalogue import CASES, CODES, PEOPLE, VOICES, Source
from fuzz.projects.draft import Draft, Export, Line, Thing
from fuzz.projects.faults.planting import pick, untouched

_DATE_LOST = {"f_voices": "improved", "f_cases": "done"}


def _keyed(rng: random.Random, draft: Draft) -> Source:
    return rng.choice([source for source in draft.sources if source.key is not None])


def _codes(source: Source) -> list[str]:
    return [n for n, c in source.columns.items() if c.kind == "code" and n != "method"]


def _other_content(rng: random.Random, source: Source, line: Line) -> dict[str, object]:
    column = rng.choice(_codes(source))
    own = line.record[column]
    spec = source.columns[column].codes or ""
    return {**line.record, column: rng.choice([v for v in CODES[spec].values if v != own])}


def two_contents(rng: random.Random, draft: Draft) -> bool:
    """Let one file have two lines of one number that differ."""
    source = _keyed(rng, draft)
    thing = pick(rng, draft, source)
    if thing is None:
        return False
    export, line = list(draft.lines(source.id, thing))[-1]
    record = _other_content(rng, source, line)
    export.lines.append(Line(thing, record))  # type: ignore[arg-type] # cells all the same
    thing.worlds.append((record,))  # type: ignore[arg-type]
    return True


def tie(rng: random.Random, draft: Draft) -> bool:
    """Give a file twice, one row of the second being changed: neither is the later."""
    source = _keyed(rng, draft)
    thing = pick(rng, draft, source)
    if thing is None or source is PEOPLE:
        return False
    export, _ = list(draft.lines(source.id, thing))[-1]
    suffix = export.name.rpartition(".")[2]
    lines = [Line(line.thing, dict(line.record), dict(line.raw)) for line in export.lines]
    changed = [line for line in lines if line.thing is thing]
    record = _other_content(rng, source, changed[0])
    for line in changed:
        line.record = dict(record)  # type: ignore[arg-type]
    twin = Export(source, f"{source.id}_tie{len(draft.faults)}.{suffix}", export.codec, lines)
    twin.options, twin.absent, twin.serials = (
        dict(export.options),
        set(export.absent),
        export.serials,
    )
    twin.merged, twin.headers = dict(export.merged), dict(export.headers)
    draft.exports[source.id].append(twin)
    thing.worlds.append((record,))  # type: ignore[arg-type]
    return True


def lost_date(rng: random.Random, draft: Draft) -> bool:
    """Let a later export have a blank where an earlier one has a date."""
    fit = [source for source in draft.sources if source.id in _DATE_LOST]
    if "tie" in draft.faults:
        return False  # of two exports of one reach none is the later
    source = rng.choice(fit) if fit else None
    if source is None:
        return False
    column = _DATE_LOST[source.id]

    def wanted(thing: Thing) -> bool:
        lines = list(draft.lines(source.id, thing))
        return thing.record[column] is not None and lines[0][0] is not lines[-1][0]

    thing = pick(rng, draft, source, wanted)
    if thing is None:
        return False
    lines = list(draft.lines(source.id, thing))
    for export, line in lines:
        line.record[column] = None if export is lines[-1][0] else thing.record[column]
    thing.worlds.append(({**thing.record, column: None},))
    return True


def spelled_ids(rng: random.Random, draft: Draft) -> bool:
    """Let a spreadsheet eat the zeros of all ids of an export that overlaps another."""
    exports = draft.exports.get("f_voices", [])
    if len(exports) < 2 or any(e.codec == "xlsx" for e in exports) or VOICES not in draft.sources:
        return False
    if not all(str(t.record["no"]).isdecimal() for t in draft.things["f_voices"]):
        return False
    export = rng.choice(exports)
    form = rng.choice(("{}", "{}.0"))
    shared: list[Thing] = []
    for line in export.lines:
        if "no" in line.raw:
            continue
        line.raw["no"] = form.format(str(line.record["no"]).lstrip("0"))
        if any(own is not export for own, _ in draft.lines("f_voices", line.thing)):
            shared.append(line.thing)
    for thing in {id(own): own for own in shared}.values():
        for _, line in draft.lines("f_voices", thing):
            for column in ("on", *(n for n, c in VOICES.columns.items() if c.kind == "code")):
                line.record[column] = thing.record[column]
        records = [dict(line.record) for _, line in draft.lines("f_voices", thing)]
        thing.worlds += [(*world, own) for world in ((thing.record,),) for own in records]
        thing.worlds += [(own,) for own in records if own != thing.record]
    return bool(shared)


def forgotten_export(rng: random.Random, draft: Draft) -> bool:
    """Share a source out by line, and forget the export of one."""
    if VOICES not in draft.sources or draft.faults:
        return False
    if any(thing.record["line"] is None for thing in draft.things["f_voices"]):
        return False
    first = draft.exports["f_voices"][0]
    exports: list[Export] = []
    held = rng.sample(("生保", "損保", "団体"), 2)
    for number, value in enumerate(held):
        things = [t for t in draft.things["f_voices"] if t.record["line"] == value]
        lines = [Line(thing, dict(thing.record)) for thing in things]
        options: dict[str, object] = {"covers": "2024-04..2025-09", "holds": {"line": value}}
        exports.append(Export(VOICES, f"f_voices_h{number}.csv", "utf-8", lines, options))
    draft.undeclared.discard("f_voices")
    draft.exports["f_voices"] = exports
    draft.things["f_voices"] = [t for t in draft.things["f_voices"] if t.record["line"] in held]
    missing = {"生保", "損保", "団体"} - set(held)
    draft.missing_values["f_voices"] = {"line": missing}
    assert first.source is VOICES
    return True


def mixed_encodings(rng: random.Random, draft: Draft) -> bool:
    """Write a line of a cp932 file in UTF-8."""
    exports = [e for own in draft.exports.values() for e in own if e.codec == "cp932"]
    if not exports:
        return False
    rng.choice(exports).mangled = (rng.randint(0, 50), "utf-8")
    draft.refusable = True
    return True


def half_fitting_sheet(rng: random.Random, draft: Draft) -> bool:
    """Put half of the rows onto a second sheet, one required header of which is another."""
    exports = [
        e for own in draft.exports.values() for e in own if e.codec == "xlsx" and not e.merged
    ]
    if not exports:
        return False
    export = rng.choice(exports)
    required = [n for n, c in export.source.columns.items() if c.required]
    half = len(export.lines) // 2
    export.lines, moved = export.lines[:half], export.lines[half:]
    export.more_sheets.append(("続き", moved, {rng.choice(required): "別の見出し"}))
    draft.refusable = True
    return True


def lacking_column(rng: random.Random, draft: Draft) -> bool:
    """Leave a column out of an export."""
    source = rng.choice(draft.sources)
    export = rng.choice(draft.exports[source.id])
    fit = [n for n in source.columns if n not in export.absent and n not in export.headers]
    column = rng.choice(fit)
    if source.columns[column].required or (source.id, column) in draft.absent:
        return False
    export.absent.add(column)
    draft.absent.add((source.id, column))
    return True


def undeclared_serials(rng: random.Random, draft: Draft) -> bool:
    """Write all base dates of a text file as serials, without saying from which year they count."""
    fit = [
        e
        for own in draft.exports.values()
        for e in own
        if e.codec != "xlsx"
        and e.source is not PEOPLE
        and e.serials is None
        and "serials" not in e.options
    ]
    if not fit or draft.faults:
        return False
    export = rng.choice(fit)
    export.serials = rng.choice((1900, 1904))
    draft.forgiven.add(export.source.id)
    return True


def cut_short(rng: random.Random, draft: Draft) -> bool:
    """Let the exports of a source end in August, without saying what they cover."""
    fit = [s for s in draft.sources if s.rhythm == "continuous"]
    source = rng.choice(fit)
    if draft.faults:
        return False
    end = date(2025, rng.choice((6, 8)), rng.randint(10, 28))
    for export in draft.exports[source.id]:
        export.options.pop("covers", None)
        export.lines = [line for line in export.lines if _until(line, source, end)]
    draft.exports[source.id] = [e for e in draft.exports[source.id] if len(e.lines) > 3]
    alive = {id(line.thing) for e in draft.exports[source.id] for line in e.lines}
    draft.things[source.id] = [t for t in draft.things[source.id] if id(t) in alive]
    draft.undeclared.add(source.id)
    return all(a.reach < b.reach for a, b in pairwise(draft.exports[source.id]))


def _until(line: Line, source: Source, end: date) -> bool:
    day = line.record[source.base]
    return not isinstance(day, date) or day <= end


def merged_code(rng: random.Random, draft: Draft) -> bool:
    """Merge equal cells of a column of codes over three rows of a workbook."""
    return _merged(rng, draft, _codes)


def merged_base_date(rng: random.Random, draft: Draft) -> bool:
    """Merge equal base dates over three rows of a workbook: they count for all three."""
    return _merged(rng, draft, lambda source: [source.base])


def _merged(rng: random.Random, draft: Draft, columns: Callable[[Source], list[str]]) -> bool:
    fit = [
        e
        for own in draft.exports.values()
        for e in own
        if e.codec == "xlsx" and not e.merged and not e.more_sheets and e.source in (VOICES, CASES)
    ]
    if not fit:
        return False
    export = rng.choice(fit)
    source = export.source
    column = rng.choice(columns(source))
    alone = [t for t in untouched(draft, source) if len(list(draft.lines(source.id, t))) == 1]
    alone = [t for t in alone if next(iter(draft.lines(source.id, t)))[0] is export]
    if len(alone) < 3 or (column == source.base and source is CASES) or column in export.absent:
        return False
    things = rng.sample(alone, 3)
    value = next((t.record[column] for t in things if t.record[column] is not None), None)
    if value is None:
        return False
    lines = [line for thing in things for _, line in draft.lines(source.id, thing)]
    for thing, line in zip(things, lines, strict=True):
        thing.true = ({**thing.record, column: value},)
        line.record[column] = value
    if column != source.base:
        for thing in things[1:]:
            thing.worlds.append(({**thing.record, column: None},))
    rest = [line for line in export.lines if not any(line is own for own in lines)]
    export.lines, export.ordered = [*lines, *rest], True
    export.headers[column] = source.columns[column].headers[0]
    export.merged[column] = [(0, 2)]
    for line in lines[1:]:
        line.raw[column] = ""
    return True


def refused_settings(rng: random.Random, draft: Draft) -> bool:
    """Declare what cannot be meant: it must be refused."""
    if VOICES not in draft.sources:
        return False
    kpi = '[kpi.odd]\ntitle = "誤り"\nsource = "f_voices"\n'
    draft.extra_settings = rng.choice(
        (
            f'{kpi}measure = "distinct"\nof = "premium"\n',
            f'{kpi}measure = "ratio"\nof = "premium"\nnumerator = {{ line = "生保" }}\n',
            f'{kpi}measure = "sum"\nof = "staff"\n',
            '[codes.twice]\nvalues = { "甲" = ["丙"], "乙" = ["丙"] }\n',
            '[kpi.voices]\ntitle = "声"\nsource = "f_voices"\nmeasure = "count"\n',
        )
    )
    draft.must_refuse = True
    return True


FILE_FAULTS: dict[str, Callable[[random.Random, Draft], bool]] = {
    own.__name__: own
    for own in (
        two_contents,
        tie,
        lost_date,
        spelled_ids,
        forgotten_export,
        mixed_encodings,
        half_fitting_sheet,
        lacking_column,
        undeclared_serials,
        cut_short,
        merged_code,
        merged_base_date,
        refused_settings,
    )
}
