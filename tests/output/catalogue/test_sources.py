"""The list of sources: every column, the words of its codes, the files."""

import csv
import json

from kpicli.settings.settings import read_settings
from support.command_line import PROJECT, Run


def test_sources(run_kpicli: Run) -> None:
    """In a pipe every column of every source is listed, with the files of the settings."""
    outcome = run_kpicli(PROJECT, "sources")
    header, *rows = csv.reader(outcome.text.splitlines())
    assert header == [
        *("source", "title", "files", "column", "type", "headers"),
        *("required", "values", "other_values"),
    ]
    assert rows[1][:5] == ["voices", "お客様の声", "voices.csv", "received_on", "date"]
    assert rows[1][5].startswith("受付日 / ")
    listed = {(row[0], row[3]) for row in rows}
    catalog = read_settings(None).catalog
    assert listed == {(name, c) for name, source in catalog.source.items() for c in source.columns}


def test_required_columns_and_values(run_kpicli: Run) -> None:
    """Who writes an export sees which columns it must have, and the words of its codes."""
    rows = csv.DictReader(run_kpicli(PROJECT, "sources").text.splitlines())
    voices = {row["column"]: row for row in rows if row["source"] == "voices"}
    assert (voices["voice_id"]["required"], voices["team"]["required"]) == ("true", "false")
    assert voices["line"]["values"] == "生保 / 損保 / 団体"
    assert (voices["line"]["other_values"], voices["team"]["other_values"]) == ("false", "true")
    content = json.loads(run_kpicli(PROJECT, "sources", "-f", "json").text)["sources"]
    catalog = read_settings(None).catalog
    for source in content:
        declared = catalog.source[source["id"]]
        for column in source["columns"]:
            spec = declared.columns[column["id"]]
            table = catalog.codes_of(declared, column["id"])
            assert column["required"] == spec.required
            assert column["values"] == ([] if table is None else [*table.values])


def test_nothing_is_cut_at_80_columns(run_kpicli: Run) -> None:
    """On a narrow terminal long cells go on in the next line: all of their words are there."""
    catalog = read_settings(None).catalog
    printed = run_kpicli({}, "sources", "-f", "text").text
    folded = "".join(printed.split())
    for source in catalog.source.values():
        for name, column in source.columns.items():
            assert "".join("/".join(column.headers).split()) in folded
            table = catalog.codes_of(source, name)
            for value in () if table is None else table.values:
                assert "".join(value.split()) in folded
