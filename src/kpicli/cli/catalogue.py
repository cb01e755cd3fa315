"""`kpicli kpis`, `kpicli sources` and `kpicli principles`: what is declared, listed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.cli.shared.completion import complete_period
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import Destination, choose_destination, refuse_inputs
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_message
from kpicli.cli.shared.options import EncodingOption, FormatOption, OutputOption
from kpicli.cli.shared.output import write_answer
from kpicli.output.interface import Answer

if TYPE_CHECKING:
    from kpicli.catalog.composed import ComposedKpi
    from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
    from kpicli.catalog.sources.source import Source
    from kpicli.output.data.json_parts import Json
    from kpicli.output.data.records import Records
    from kpicli.output.page.document import Document, Line
    from kpicli.report.model import Correspondence
    from kpicli.settings.settings import Settings

LEFT_OUT = Text("省いた理由", "Left out")
NOT_PUBLIC = Text(
    "公表する版に出ない(public = false)", "not in published editions (public = false)"
)
REQUIRED = Text("必須", "Required")
KPIS, SOURCES = Text("指標の一覧", "KPIs"), Text("元データの一覧", "Sources")


AllOption = Annotated[
    bool,
    typer.Option(
        "--all",
        help=say("省いた指標も、理由とともに一覧にする", "List the KPIs left out too, and why"),
    ),
]


def _listing(
    context: typer.Context, format_name: str | None, output: Path | None, encoding: str | None
) -> "tuple[Settings, Destination]":
    """Return the settings, and where a list of what they declare goes; onto no input of theirs."""
    destination = choose_destination(format_name, output, encoding)
    settings = common(context).settings()
    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    return settings, destination


def kpis(
    context: typer.Context,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    everything: AllOption = False,
) -> None:
    """List the KPIs that are shown."""
    settings, destination = _listing(context, format_name, output, encoding)
    write_answer(kpis_answer(settings, everything=everything), destination)


def sources(
    context: typer.Context,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
) -> None:
    """List the sources, their columns and the files that the settings name."""
    settings, destination = _listing(context, format_name, output, encoding)
    write_answer(sources_answer(settings), destination)


PrinciplesPeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        "-p",
        metavar="P",
        autocompletion=complete_period,
        help=say("報告の期間(既定: 文章のある最後の期間)", "Period of the report (the last one)"),
    ),
]


def principles(
    context: typer.Context,
    period: PrinciplesPeriodOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
) -> None:
    """List the principles with their notes, and where policy and results answer them."""
    settings, destination = _listing(context, format_name, output, encoding)
    from kpicli.report import principles as table
    from kpicli.report.narrative.parse import last_narrative

    known = table.read_principles(settings)
    narrative = last_narrative(settings, period, today(settings), LANGUAGE)
    sections = () if narrative is None else narrative.sections
    results = table.results_of(sections, [""] * len(sections))

    def lines(language: Language) -> "tuple[Correspondence, ...]":
        return table.correspondence(settings, known, results, language)

    write_answer(table.correspondence_answer(known, lines), destination)
    missing = table.missing_answers(lines(LANGUAGE))
    if missing is not None:
        show_message(say("注意 ", "warning ") + missing.in_language(LANGUAGE))


class _Listed(Struct, frozen=True):
    """A KPI of the list; `left_out` is why it is not shown, or not where figures are published."""

    kpi: "Kpi | ComposedKpi | EnteredKpi"
    left_out: Text | None = None

    @property
    def source(self) -> str | None:
        """Return its source; None where it is made of other KPIs or entered by hand."""
        return getattr(self.kpi, "source", None)

    @property
    def figures(self) -> tuple[str, ...]:
        """Return the KPIs that it is made of; none where it has a source or is entered by hand."""
        figures: tuple[str, ...] = getattr(self.kpi, "figures", ())
        return figures

    @property
    def version(self) -> int:
        """Return the version of its definition."""
        version: int = getattr(self.kpi, "version", 1)
        return version

    def reason(self, language: Language) -> str | None:
        """Return why it is not shown; None where it is."""
        return None if self.left_out is None else self.left_out.in_language(language)


def _kpis(settings: "Settings", *, everything: bool) -> tuple[_Listed, ...]:
    """Return the KPIs in the order of showing, after them, if asked for, those left out."""
    from kpicli.settings.shown import left_out, shown_kpis

    kpi_of = settings.catalog.any_kpi
    gone = left_out(settings) if everything else {}
    shown = [_shown(kpi_of(name), everything=everything) for name in shown_kpis(settings)]
    return (*shown, *(_Listed(kpi_of(name), why) for name, why in gone.items()))


def _shown(kpi: "Kpi | ComposedKpi | EnteredKpi", *, everything: bool) -> _Listed:
    return _Listed(kpi, NOT_PUBLIC if everything and not kpi.public else None)


def kpis_answer(settings: "Settings", *, everything: bool = False) -> Answer:
    """Return the KPIs that are shown as an answer; with `everything` also those left out."""
    listed = _kpis(settings, everything=everything)
    return Answer(
        title=KPIS,
        records=lambda options: _kpi_records(listed, options.language),
        document=lambda options: _kpi_document(listed, options.language),
        content=lambda options: {"kpis": [_kpi_object(each, options.language) for each in listed]},
    )


def _kpi_object(listed: _Listed, language: Language) -> "Json":
    kpi = listed.kpi
    return {
        "id": kpi.id,
        "title": kpi.title.in_language(language),
        "principles": list(kpi.principles),
        "unit": kpi.unit.in_language(language),
        "source": listed.source,
        "measure": kpi.measure,
        "version": listed.version,
        "note": None if kpi.note is None else kpi.note.in_language(language),
        "public": kpi.public,
        "better": kpi.better,
        "left_out": listed.reason(language),
        "figures": list(listed.figures),
    }


def _kpi_records(listed: Sequence[_Listed], language: Language) -> "Records":
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
        left_out="text",
        figures="text",
    )
    rows = (
        (
            kpi.id,
            kpi.title.in_language(language),
            ";".join(kpi.principles),
            kpi.unit.in_language(language),
            each.source,
            kpi.measure,
            each.version,
            None if kpi.note is None else kpi.note.in_language(language),
            "true" if kpi.public else "false",
            kpi.better,
            each.reason(language),
            ";".join(each.figures) or None,
        )
        for each in listed
        for kpi in (each.kpi,)
    )
    return Records(heads, tuple(rows))


def _kpi_document(listed: Sequence[_Listed], language: Language) -> "Document":
    from kpicli.output.page.document import Line

    names = (
        Text("id", "id"),
        Text("原則", "Principles"),
        Text("単位", "Unit"),
        Text("出力", "Source"),
        Text("測り方", "Measure"),
        Text("版", "Version"),
    )
    left_out = any(each.left_out is not None for each in listed)
    lines = [
        Line(
            0,
            kpi.title.in_language(language),
            (
                kpi.id,
                ",".join(kpi.principles),
                kpi.unit.in_language(language),
                each.source or ",".join(each.figures),
                kpi.measure,
                str(each.version),
                *((each.reason(language) or "",) if left_out else ()),
            ),
        )
        for each in listed
        for kpi in (each.kpi,)
    ]
    heads = (*names, LEFT_OUT) if left_out else names
    return _listed(Text("名称", "Title"), heads, [("", lines)], language)


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
                        {
                            "id": column,
                            "type": spec.type,
                            "headers": list(spec.headers),
                            "required": spec.required,
                            "values": list(_values(settings, source, column)),
                            "other_values": _is_open(settings, source, column),
                        }
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


def _values(settings: "Settings", source: "Source", column: str) -> tuple[str, ...]:
    """Return the values that a code column takes, in the order of its table."""
    table = settings.catalog.codes_of(source, column)
    return () if table is None else tuple(table.values)


def _is_open(settings: "Settings", source: "Source", column: str) -> bool:
    """Return whether a code column takes other values, too."""
    table = settings.catalog.codes_of(source, column)
    return table is not None and table.open


def _spelled(settings: "Settings", source: "Source", column: str) -> Text:
    """Return the headers of a column, and the values that it takes where it is a code."""
    headers, values = (
        " / ".join(source.columns[column].headers),
        " / ".join(_values(settings, source, column)),
    )
    others = _is_open(settings, source, column)
    if not values:
        return Text(headers, headers)
    return Text(
        f"{headers}; 値: {values}" + (" (ほかの値も可)" if others else ""),
        f"{headers}; values: {values}" + (" (others, too)" if others else ""),
    )


def _source_records(settings: "Settings", language: Language) -> "Records":
    from kpicli.output.data.records import Records, columns

    heads = columns(
        source="text",
        title="text",
        files="text",
        column="text",
        type="text",
        headers="text",
        required="text",
        values="text",
        other_values="text",
    )
    rows = (
        (
            name,
            source.title.in_language(language),
            " ".join(_patterns(settings, name)),
            column,
            spec.type,
            " / ".join(spec.headers),
            "true" if spec.required else "false",
            " / ".join(_values(settings, source, column)),
            "true" if _is_open(settings, source, column) else "false",
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
                Line(
                    0,
                    column,
                    (
                        spec.type,
                        REQUIRED.in_language(language) if spec.required else "",
                        _spelled(settings, source, column).in_language(language),
                    ),
                )
                for column, spec in source.columns.items()
            ],
        )
        for name, source in settings.catalog.source.items()
    ]
    names = (Text("型", "Type"), REQUIRED, Text("見出しと値", "Headers and values"))
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
