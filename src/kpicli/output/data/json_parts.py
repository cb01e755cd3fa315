"""JSON: how it is written down, and the objects that several answers hold."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import asdict

from kpicli.base.faults import Fault, Place
from kpicli.base.wording import Language
from kpicli.model.periods import Period
from kpicli.model.summary import InputFile, SourceReport
from kpicli.output.data.records import Cell, Records
from kpicli.output.interface import Json, Options
from kpicli.output.page.safety import hidden
from kpicli.values.numbers import exact


def dumped(content: Mapping[str, Json]) -> str:
    r"""Return an object as JSON, two spaces deep, ending with a newline.

    Japanese stands as it is, while characters that control a terminal or hide are `\u` escapes, so
    that the text reads back unchanged.
    """
    text = json.dumps(content, ensure_ascii=False, indent=2)
    escapes = {ord(c): _escape(c) for c in set(text) - {"\n"} if hidden(c)}
    return (text.translate(escapes) if escapes else text) + "\n"


def _escape(character: str) -> str:
    """Return the JSON escape of one character, a pair of surrogates where it lies beyond U+FFFF."""
    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"


def json_cell(cell: Cell) -> str | int | None:
    """Return a cell for json: decimals as strings in plain digits, dates as ISO days."""
    if isinstance(cell, Decimal):
        return exact(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def record_objects(records: Records) -> list[Json]:
    """Return an object a record, its keys the columns."""
    names = records.names
    return [
        {name: json_cell(cell) for name, cell in zip(names, row, strict=True)}
        for row in records.rows
    ]


def period_object(period: Period, language: Language) -> Json:
    """Return a period with its label and its dates."""
    return {
        "name": period.name,
        "label": period.label(language),
        "kind": period.kind,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }


def source_object(source: SourceReport, language: Language) -> Json:
    """Return a source with its row accounting and covered months."""
    return {
        "id": source.id,
        "title": source.title.in_language(language),
        "accounting": asdict(source.accounting),
        "covered": [month.name for month in source.covered],
    }


def file_object(file: InputFile) -> Json:
    """Return a file with its digest, encoding and row accounting."""
    return {
        "source": file.source,
        "path": file.path,
        "sha256": file.sha256,
        "encoding": file.encoding,
        "sheet": file.sheet,
        "accounting": asdict(file.accounting),
    }


MOST_FAULTS = 100_000
"""As many findings stand in one object; of more, each object would take gigabytes."""


def faults_object(faults: Sequence[Fault], options: Options) -> dict[str, Json]:
    """Return the findings under `faults`, and under `faults_left_out` how many more there are."""
    return {
        "faults": [fault_object(fault, options) for fault in faults[:MOST_FAULTS]],
        "faults_left_out": max(0, len(faults) - MOST_FAULTS),
    }


def fault_object(fault: Fault, options: Options) -> Json:
    """Return a finding with its place; the cell only with `options.show_values`."""
    language, kind = options.language, fault.kind
    told: dict[str, Json] = {
        "code": kind.code,
        "cause": kind.cause,
        "level": fault.level,
        "title": kind.title.in_language(language),
        "message": kind.message.in_language(language),
        "advice": kind.advice.in_language(language),
        "detail": fault.detail_in(language),
        "source": fault.source,
        "place": _place(fault.place),
        "other": None if fault.other is None else _place(fault.other),
        "count": fault.count,
    }
    return {**told, "value": fault.value} if options.show_values else told


def _place(place: Place) -> Json:
    return asdict(place)
