"""Charts as static SVG, drawn by altair (Vega-Lite) and vl-convert, with text alternatives."""

from importlib.util import find_spec
from typing import Any

from msgspec.structs import replace

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text
from kpicli.output.page.safety import plain
from kpicli.report.charts.chart_data import Chart
from kpicli.report.charts.svg import accessible

FONT = "'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic',Meiryo,sans-serif"
"""Fonts with Japanese letters, one of which is on every usual system."""

COLOURS = ("#1f4e79", "#b3541e", "#2e6b4f", "#6b3d7a", "#5b5b5b", "#8a6d00")
"""Each has a contrast of at least 4.5 to white; patterns tell them apart without colour."""

WIDTH, LABEL, SMALL = 330, 12, 11
"""Width of the plot and sizes of letters: as large as a phone shows them without scaling much."""

SHORT = 3
"""Names up to so many letters stand four in a row in a legend."""

MET, MISSED, PENDING = COLOURS[0], COLOURS[1], COLOURS[4]

_AXIS: dict[str, Any] = {
    "labelFontSize": LABEL,
    "titleFontSize": LABEL,
    "titleFontWeight": "normal",
    "labelColor": "#1a1a1a",
    "titleColor": "#1a1a1a",
    "domainColor": "#595959",
    "tickColor": "#595959",
    "gridColor": "#d9d9d9",
}
_LEGEND: dict[str, Any] = {
    "orient": "top",
    "title": None,
    "labelFontSize": LABEL,
    "labelColor": "#1a1a1a",
    "labelLimit": 0,
    "symbolType": "square",
    "symbolSize": 160,
    "columnPadding": 12,
}


def require_charts() -> None:
    """Raise `SettingsError` where what draws charts is not installed."""
    if find_spec("altair") is None or find_spec("vl_convert") is None:
        raise SettingsError(
            Text(
                "グラフを描くライブラリー(altair, vl-convert-python)がありません",
                "what draws the charts (altair, vl-convert-python) is not installed",
            ),
            Text(
                "pip install 'kpicli[report]' で入れるか、kpicli.toml の [report] に"
                " charts = [] と書いてください",
                "pip install 'kpicli[report]', or write charts = [] under [report]",
            ),
        )


def draw(chart: Chart) -> str:
    """Return the chart as an SVG element with title and description, its text as text."""
    import altair
    import vl_convert

    chart = _safe(chart)
    made = _targets(chart) if chart.kind == "targets" else _bars(chart)
    made = made.configure(font=FONT, aria=False, background="white")
    made = made.configure_view(stroke=None).configure_axis(**_AXIS)
    made = made.configure_legend(columns=_legend_columns(chart), **_LEGEND)
    version = "_".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    svg = vl_convert.vegalite_to_svg(made.to_dict(), vl_version=version)
    colours = dict(zip(_colours(chart), range(len(COLOURS)), strict=False))
    return accessible(svg, chart.id, chart.title, chart.description, colours)


def _safe(chart: Chart) -> Chart:
    """Return the chart with every text fit for XML."""
    bars = tuple(
        replace(bar, category=plain(bar.category), series=plain(bar.series), note=plain(bar.note))
        for bar in chart.bars
    )
    return replace(
        chart,
        title=plain(chart.title),
        description=plain(chart.description),
        unit=plain(chart.unit),
        categories=tuple(map(plain, chart.categories)),
        series=tuple(map(plain, chart.series)),
        bars=bars,
    )


def _colours(chart: Chart) -> tuple[str, ...]:
    if chart.kind == "targets":
        return (MET, MISSED, PENDING)
    return tuple(COLOURS[i % len(COLOURS)] for i in range(min(len(chart.series), len(COLOURS))))


def _legend_columns(chart: Chart) -> int:
    return 4 if all(len(name) <= SHORT for name in chart.series) else 2


def _bars(chart: Chart) -> Any:  # noqa: ANN401 - altair's charts share no narrower public type
    import altair as alt

    rows = [
        {"category": bar.category, "series": bar.series, "size": float(bar.size), "order": order}
        for bar in chart.bars
        for order in [chart.series.index(bar.series)]
    ]
    shades = [COLOURS[i % len(COLOURS)] for i in range(len(chart.series))]
    legend = alt.Legend() if len(chart.series) > 1 else None
    angle = -45 if len(chart.categories) > 6 else 0
    made = alt.Chart(alt.InlineData(values=rows)).mark_bar(stroke="white", strokeWidth=1).encode(
        x=alt.X("category:N", sort=list(chart.categories), title=None,
                scale=alt.Scale(domain=list(chart.categories)),
                axis=alt.Axis(labelAngle=angle, labelOverlap=False)),
        y=alt.Y("size:Q", title=chart.unit, stack="zero" if chart.kind == "stacked" else None,
                axis=alt.Axis(titleAngle=0, titleAlign="left", titleY=-8, titleX=-28,
                              tickCount=5, format=",d")),
        color=alt.Color("series:N", legend=legend,
                        scale=alt.Scale(domain=list(chart.series), range=shades)),
        order=alt.Order("order:Q"),
    )  # fmt: skip
    if chart.kind == "grouped":
        made = made.encode(xOffset=alt.XOffset("series:N", sort=list(chart.series)))
    return made.properties(width=WIDTH, height=220)


def _targets(chart: Chart) -> Any:  # noqa: ANN401 - altair's charts share no narrower public type
    import altair as alt

    rows = [
        {"category": bar.category, "series": bar.series, "size": float(bar.size), "note": bar.note}
        for bar in chart.bars
    ]
    most = max(100.0, *(float(bar.size) for bar in chart.bars))
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("category:N", sort=list(chart.categories), axis=None)
    )
    scale = alt.Scale(domain=[0, most], nice=False)
    axis = alt.Axis(title=chart.unit, tickCount=5, grid=False)
    colour = alt.Color(
        "series:N",
        legend=None,
        scale=alt.Scale(domain=list(chart.series), range=[MET, MISSED, PENDING]),
    )
    bars = base.mark_bar(size=12, yOffset=16).encode(
        x=alt.X("size:Q", scale=scale, axis=axis), color=colour
    )
    title = base.mark_text(align="left", dy=-18, fontSize=LABEL, limit=WIDTH + 20, color="#1a1a1a")
    note = base.mark_text(align="left", dy=-1, fontSize=SMALL, limit=WIDTH + 20, color="#1a1a1a")
    goal = alt.Chart(alt.InlineData(values=[{"goal": 100}])).mark_rule(
        color="#1a1a1a", strokeDash=[4, 3], strokeWidth=1.5
    )
    layers = alt.layer(
        goal.encode(x=alt.X("goal:Q", scale=scale, axis=axis)),
        bars,
        title.encode(x=alt.value(0), text="category:N"),
        note.encode(x=alt.value(0), text="note:N"),
    )
    return layers.properties(width=WIDTH, height=58 * len(chart.bars))
