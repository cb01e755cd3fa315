"""`kpicli kpis` and `kpicli sources`: the catalogue, listed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from kpicli.base.wording import Language, Text
from kpicli.cli.shared.context import common
from kpicli.cli.shared.destination import choose_destination, refuse_inputs
from kpicli.cli.shared.options import EncodingOption, FormatOption, OutputOption
from kpicli.cli.shared.output import write_answer
from kpicli.output.interface import Answer

if TYPE_CHECKING:
    from kpicli.catalog.kpis import Kpi
    from kpicli.output.data.json_parts import Json
    from kpicli.output.data.records import Records
    from kpicli.output.page.document import Document, Line
    from kpicli.settings.settings import Settings

KPIS, SOURCES = Text("指標の一覧", "KPIs"), Text("元データの一覧", "Sources")


def kpis(
    context: typer.Context,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
) -> None:
    """List the KPIs."""
    destination = choose_destination(format_name, output, encoding)
    settings = common(context).settings()
    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    write_answer(kpis_answer(settings), destination)


def sources(
    context: typer.Context,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
) -> None:
    """List the sources, their columns and the files that the settings name."""
    destination = choose_destination(format_name, output, encoding)
    settings = common(context).settings()
    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    write_answer(sources_answer(settings), destination)


def kpis_answer(settings: "Settings") -> Answer:
    """Return the KPIs of the catalogue as an answer."""
    return Answer(
        title=KPIS,
        records=lambda options: _kpi_records(settings, options.language),
        document=lambda options: _kpi_document(settings, options.language),
        content=lambda options: {
            "kpis": [_kpi_object(kpi, options.language) for kpi in settings.catalog.kpi.values()]
        },
    )


def _kpi_object(kpi: "Kpi", language: Language) -> "Json":
    return {
        "id": kpi.id,
        "title": kpi.title.in_language(language),
        "principles": list(kpi.principles),
        "unit": kpi.unit.in_language(language),
        "source": kpi.source,
        "measure": kpi.measure,
        "version": kpi.version,
        "note": None if kpi.note is None else kpi.note.in_language(language),
        "public": kpi.public,
        "better": kpi.better,
    }


def _kpi_records(settings: "Settings", language: Language) -> "Records":
    from kpicli.output.data.records import Records, columns

    heads = columns(
        id="text",
        title="text",
        principles="text",
        unit="text",
        source="text",
        measure="text",
        version="integer",
        note="text",
        public="text",
        better="text",
    )
    rows = (
        (
            name,
            kpi.title.in_language(language),
            ";".join(kpi.principles),
            kpi.unit.in_language(language),
            kpi.source,
            kpi.measure,
            kpi.version,
            None if kpi.note is None else kpi.note.in_language(language),
            "true" if kpi.public else "false",
            kpi.better,
        )
        for name, kpi in settings.catalog.kpi.items()
    )
    return Records(heads, tuple(rows))


def _kpi_document(settings: "Settings", language: Language) -> "Document":
    from kpicli.output.page.document import Line

    names = (
        Text("id", "id"),
        Text("原則", "Principles"),
        Text("単位", "Unit"),
        Text("出力", "Source"),
        Text("測り方", "Measure"),
        Text("版", "Version"),
    )
    lines = [
        Line(
            0,
            kpi.title.in_language(language),
            (
                name,
                ",".join(kpi.principles),
                kpi.unit.in_language(language),
                kpi.source,
                kpi.measure,
                str(kpi.version),
            ),
        )
        for name, kpi in settings.catalog.kpi.items()
    ]
    return _listed(Text("名称", "Title"), names, [("", lines)], language)


def sources_answer(settings: "Settings") -> Answer:
    """Return the sources, their columns and the files that the settings name as an answer."""
    return Answer(
        title=SOURCES,
        records=lambda options: _source_records(settings, options.language),
        document=lambda options: _source_document(settings, options.language),
        content=lambda options: {
            "sources": [
                {
                    "id": name,
                    "title": source.title.in_language(options.language),
                    "files": list(_patterns(settings, name)),
                    "columns": [
                        {"id": column, "type": spec.type, "headers": list(spec.headers)}
                        for column, spec in source.columns.items()
                    ],
                }
                for name, source in settings.catalog.source.items()
            ]
        },
    )


def _patterns(settings: "Settings", source: str) -> tuple[str, ...]:
    """Return what the settings name as files of a source."""
    exports = settings.values.exports.get(source, ())
    return tuple(pattern for export in exports for pattern in export.files)


def _source_records(settings: "Settings", language: Language) -> "Records":
    from kpicli.output.data.records import Records, columns

    heads = columns(
        source="text", title="text", files="text", column="text", type="text", headers="text"
    )
    rows = (
        (
            name,
            source.title.in_language(language),
            " ".join(_patterns(settings, name)),
            column,
            spec.type,
            " / ".join(spec.headers),
        )
        for name, source in settings.catalog.source.items()
        for column, spec in source.columns.items()
    )
    return Records(heads, tuple(rows))


def _source_document(settings: "Settings", language: Language) -> "Document":
    from kpicli.output.page.document import Line

    sections = [
        (
            "  ".join(
                filter(None, (name, source.title.in_language(language), *_patterns(settings, name)))
            ),
            [
                Line(0, column, (spec.type, " / ".join(spec.headers)))
                for column, spec in source.columns.items()
            ],
        )
        for name, source in settings.catalog.source.items()
    ]
    names = (Text("型", "Type"), Text("見出し", "Headers"))
    return _listed(Text("列", "Column"), names, sections, language, ids=True)


def _listed(
    item: Text,
    names: Sequence[Text],
    sections: "Sequence[tuple[str, Sequence[Line]]]",
    language: Language,
    *,
    ids: bool = False,
) -> "Document":
    """Return a document of one table; its last column is prose where the first one holds ids."""
    from kpicli.output.page.document import Column, Document, Listing, Section

    columns = tuple(
        Column(f"c{place}", name.in_language(language), prose=ids and name is names[-1])
        for place, name in enumerate(names)
    )
    made = tuple(Section(heading, tuple(lines)) for heading, lines in sections)
    return Document(
        (), (Listing(item.in_language(language), columns, made, ids=ids),), titled=False
    )
