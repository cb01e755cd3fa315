"""`kpicli kpis` and `kpicli sources`: the catalogue, listed."""

import typer

from kpicli.cli.shared.context import common
from kpicli.cli.shared.language import say
from kpicli.cli.shared.listing import show_list


def kpis(context: typer.Context) -> None:
    """List the KPIs."""
    catalog = common(context).settings().catalog
    header = say(
        "id,名称,原則,単位,出力,測り方,版", "id,title,principles,unit,source,measure,version"
    ).split(",")
    rows = [
        (
            name,
            kpi.title,
            " ".join(kpi.principles),
            kpi.unit,
            kpi.source,
            kpi.measure,
            str(kpi.version),
        )
        for name, kpi in catalog.kpi.items()
    ]
    show_list(header, rows, prose=header[1:2])


def sources(context: typer.Context) -> None:
    """List the sources, their columns and the files that the settings name."""
    settings = common(context).settings()
    header = say("出力,名称,ファイル,列,型,見出し", "source,title,files,column,type,headers").split(
        ","
    )
    rows: list[tuple[str, ...]] = []
    for name, source in settings.catalog.source.items():
        exports = settings.values.exports.get(name, ())
        files = " ".join(pattern for export in exports for pattern in export.files)
        rows += [
            (name, source.title, files, column, spec.type, " / ".join(spec.headers))
            for column, spec in source.columns.items()
        ]
    show_list(header, rows, prose=header[5:], heading=3)
