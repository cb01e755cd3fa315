"""What `kpicli check` found, for programs: one record a finding, or the whole as json."""

from kpicli.base.faults import Fault
from kpicli.checks.inspection import LEVELS, Inspection
from kpicli.checks.render import place_phrase
from kpicli.output.data.json_parts import (
    Json,
    dumped,
    fault_object,
    file_object,
    period_object,
    source_object,
)
from kpicli.output.data.records import Field, Records
from kpicli.output.interface import Options

SCHEMA_VERSION = 1
"""Raised when a key or column changes its meaning or goes; a new one does not raise it."""

COLUMNS = (
    "code",
    "level",
    "title",
    "source",
    "file",
    "sheet",
    "row",
    "line",
    "column",
    "other",
    "count",
    "detail",
    "message",
    "advice",
)


def records_of(inspection: Inspection, options: Options) -> Records:
    """Return a record per finding; with `options.show_values` the cell stands in a last column."""
    columns = (*COLUMNS, "value") if options.show_values else COLUMNS
    rows = (_record(fault, options) for fault in inspection.faults)
    return Records(columns, tuple(row[: len(columns)] for row in rows))


def _record(fault: Fault, options: Options) -> tuple[Field, ...]:
    kind, place, language = fault.kind, fault.place, options.language
    return (
        kind.code,
        kind.level,
        kind.title.in_language(language),
        fault.source,
        place.file,
        place.sheet,
        place.row,
        place.line,
        place.column,
        None if fault.other is None else place_phrase(fault.other, language),
        fault.count,
        fault.detail,
        kind.message.in_language(language),
        kind.advice.in_language(language),
        fault.value,
    )


def render_json(inspection: Inspection, options: Options) -> str:
    """Return everything that was read and found; keys as in the json of `summarize`."""
    language = options.language
    found: list[Json] = [fault_object(fault, options) for fault in inspection.faults]
    period = inspection.period
    return dumped(
        {
            "schema_version": SCHEMA_VERSION,
            "kpicli_version": inspection.version,
            "period": None if period is None else period_object(period, language),
            "counts": {level: len(inspection.of(level)) for level in LEVELS},
            "sources": [source_object(source) for source in inspection.sources],
            "files": [file_object(file) for file in inspection.files],
            "faults": found,
        }
    )
