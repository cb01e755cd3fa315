"""The rows of a record as a file of Parquet: everything that lists of JSON say comes back."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.errors import InternalError
from kpicli.published.record import KIND, Record
from kpicli.published.rows import row_file
from kpicli.published.rows.read_rows import read_rows
from kpicli.published.rows.row_file import write_rows

Raw = dict[str, Any]
DIGESTS = [f"{number:024x}" for number in (0, 1, 2**95, 2**96 - 1)]
LINES, DAYS = ["生保", "損保", None, ""], ["2025-04-01", "2025-05-01", None]


def kpi(name: str, source: str | None, columns: Sequence[str], **fields: object) -> Raw:
    """Return a KPI of three figures, as JSON has it."""
    value = {"value": 1, "numerator": None, "denominator": None, "status": "ok", "faulty_rows": 0}
    return {
        "id": name,
        "title": name,
        "principles": [],
        "unit": "件",
        "measure": "count",
        "version": 1,
        "definition": [],
        "definition_hash": "",
        "reading_hash": "",
        "source": source,
        "columns": columns,
        "figures": [
            {**value, "kind": "part", "item": str(n), "origin": {"kind": "computed"}}
            for n in range(3)
        ],
        **fields,
    }


def record(sources: list[Raw], kpis: list[Raw]) -> Record:
    """Return a record of sources and KPIs."""
    head = {"source": "", "path": "x.csv", "sha256": "ab", "encoding": None, "sheet": None}
    return Record.model_validate(
        {
            "kind": KIND,
            "schema_version": 2,
            "edition": 1,
            "frozen_on": date(2025, 10, 1),
            "period": {"name": "2025H1", "start": date(2025, 4, 1), "end": date(2025, 9, 30)},
            "final": True,
            "as_of": date(2025, 9, 30),
            "as_of_given": False,
            "kpicli_version": "0",
            "catalogue_hash": "",
            "secret_check": "",
            "files": [{**head, "source": each["id"], "accounting": {}} for each in sources] * 3,
            "sources": sources,
            "kpis": kpis,
        }
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Draw a record of two sources, whose KPIs show the same cell of a row as each other."""
    sources, cells = [], {}
    for name in ("voices", "staff"):
        keys = draw(st.lists(st.integers(0, 2**96 - 1), unique=True, max_size=9))
        shown = [{"line": draw(st.sampled_from(LINES)), "on": draw(st.sampled_from(DAYS))}
                 for _ in keys]  # fmt: skip
        cells[name] = shown
        rows = [[f"{key:024x}", draw(st.integers(0, 2)), f"{draw(st.integers(0, 9)):012x}"]
                for key in keys]  # fmt: skip
        sources.append({"id": name, "title": name, "key": ["k"], "columns": [], "rows": rows})

    def some(source: str, columns: Sequence[str], figures: st.SearchStrategy[list[int]]) -> Any:  # noqa: ANN401 - rows of JSON
        numbers = [n for n in range(len(cells[source])) if draw(st.booleans())]
        return [
            [n, draw(figures), [cells[source][n][name] for name in columns], draw(st.booleans()),
             draw(st.none() | st.sampled_from(DIGESTS))]
            for n in numbers
        ]  # fmt: skip

    figures = st.lists(st.integers(0, 2), max_size=3, unique=True).map(sorted)
    letters = st.sampled_from("cndoulx")
    kpis = [kpi("entered", None, [])]
    for name, source, columns in (
        ("all", "voices", ["line", "on"]), ("lines", "voices", ["line"]), ("staff", "staff", []),
    ):  # fmt: skip
        states = "".join(draw(letters) for _ in cells[source])
        rows = some(source, columns, figures)
        roster = None
        if name == "lines":
            others = some("staff", ["on"], st.just([]))
            roster = {"source": "staff", "columns": ["on"], "rows": others}
        kpis.append(kpi(name, source, columns, states=states, rows=rows, roster=roster))
    return record(sources, kpis)


def content(made: Record) -> pa.Buffer:
    """Return the file of a record's rows."""
    stream = io.BytesIO()
    write_rows(made, stream)
    return pa.py_buffer(stream.getvalue())


@pytest.mark.parametrize("at_once", [2, 1 << 18])
@given(made=records())
def test_nothing_is_lost(at_once: int, made: Record) -> None:
    """Rows, states and what another source has are read as they were, in parts or at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_file, "ROWS_AT_ONCE", at_once)
        read = read_rows(content(made), made)
    for source in made.sources:
        assert read.sources[source.id].listed() == source.rows.listed()
    for each in made.kpis:
        assert read.states[each.id] == each.states
        if each.source is not None:
            assert read.figures[f"kpis.{each.id}"].listed() == each.rows.listed()
        if each.roster is not None:
            others = read.figures[f"kpis.{each.id}.others"]
            assert others.listed() == each.roster.rows.listed()


SOURCE = {
    "id": "voices",
    "title": "声",
    "key": ["k"],
    "columns": [],
    "rows": [[digest, 0, "00" * 6] for digest in DIGESTS[:3]],
}
ROWS = [[0, [0, 2], ["生保"], True, None], [2, [0], [None], False, DIGESTS[3]]]


def test_what_stands_in_the_file() -> None:
    """A row a row of the source, under names that say what is what; digests are bytes."""
    own = kpi("lines", "voices", ["line"], states="cnc", rows=ROWS)
    rows = pq.read_table(pa.BufferReader(content(record([SOURCE], [own])))).to_pylist()
    blank = {"source": "voices", "file": 0, "cells": bytes(6)}
    assert rows == [
        {
            **blank, "key": bytes(12), "kpis.lines.state": "c", "kpis.lines.figures": "0 2",
            "kpis.lines.numerator": True, "kpis.lines.who": None, "values.line": "生保",
        },
        {
            **blank, "key": bytes(11) + b"\1", "kpis.lines.state": "n", "kpis.lines.figures": None,
            "kpis.lines.numerator": None, "kpis.lines.who": None, "values.line": None,
        },
        {
            **blank, "key": b"\x80" + bytes(11), "kpis.lines.state": "c",
            "kpis.lines.figures": "0", "kpis.lines.numerator": False,
            "kpis.lines.who": b"\xff" * 12, "values.line": None,
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "told"),
    [(ROWS[::-1], "in no order"), ([[0, [0], ["損保"], True, None]], "different values")],
)
def test_what_cannot_be_written_so(rows: list[list[object]], told: str) -> None:
    """Rows out of order, or a cell that two KPIs show otherwise, are an error of the program."""
    kpis = [kpi("a", "voices", ["line"], states="cnc", rows=ROWS),
            kpi("b", "voices", ["line"], states="cnc", rows=rows)]  # fmt: skip
    with pytest.raises(InternalError, match=told):
        content(record([SOURCE], kpis))
