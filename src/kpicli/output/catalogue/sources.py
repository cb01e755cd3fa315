"""The answer of `sources`: their columns, values, and the files that the settings name."""

from typing import TYPE_CHECKING

from kpicli.base.wording import Language, Text
from kpicli.output.interface import Answer

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source
    from kpicli.output.data.records import Records
    from kpicli.output.page.document import Document
    from kpicli.settings.settings import Settings

SOURCES = Text("元データの一覧", "Sources")
REQUIRED = Text("必須", "Required")


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
    from kpicli.output.page.document import Line, one_listing

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
    item, columns = Text("列", "Column"), [name.in_language(language) for name in names]
    return one_listing(item.in_language(language), columns, sections, ids=True)
