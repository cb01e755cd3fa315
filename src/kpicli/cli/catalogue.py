"""`kpicli kpis` and `kpicli sources`: the catalogue, listed."""

import typer

from kpicli.cli.language import say
from kpicli.cli.listing import show_list
from kpicli.cli.options import common


def kpis(context: typer.Context) -> None:
    """List the KPIs."""
    catalog = common(context).settings().catalog
    header = say(
        "id,名称,原則,単位,測り方,出力,版", "id,title,principles,unit,measure,source,version"
    )
    rows = [
        (
            name,
            kpi.title,
            " ".join(kpi.principles),
            kpi.unit,
            kpi.measure,
            kpi.source,
            str(kpi.version),
        )
        for name, kpi in catalog.kpi.items()
    ]
    show_list(header.split(","), rows)


def sources(context: typer.Context) -> None:
    """List the sources, their columns and the files that the settings name."""
    settings = common(context).settings()
    header = say("出力,名称,列,見出し,型,ファイル", "source,title,column,headers,type,files")
    rows: list[tuple[str, ...]] = []
    for name, source in settings.catalog.source.items():
        exports = settings.values.exports.get(name, ())
        files = " ".join(pattern for export in exports for pattern in export.files)
        rows += [
            (name, source.title, column, " / ".join(spec.headers), spec.type, files)
            for column, spec in source.columns.items()
        ]
    show_list(header.split(","), rows)
