"""A chart as a picture file: SVG as it is, or PNG, which vl-convert makes of it."""

from importlib.util import find_spec
from typing import Literal

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text
from kpicli.report.charts.chart_data import Chart
from kpicli.report.charts.drawing import draw

PICTURES = ("svg", "png")


def require_picture(form: Literal["svg", "png"]) -> None:
    """Raise `SettingsError` where what makes PNG is not installed."""
    if form == "png" and find_spec("vl_convert") is None:
        raise SettingsError(
            Text(
                "PNG を作るライブラリー(vl-convert-python)がありません",
                "what makes PNG (vl-convert-python) is not installed",
            ),
            Text(
                "pip install 'kpicli[report]' で入れるか、.svg で書いてください",
                "pip install 'kpicli[report]', or write .svg",
            ),
        )


def picture(chart: Chart, form: Literal["svg", "png"]) -> bytes:
    """Return the chart, its words in it, as the bytes of a file."""
    drawn = draw(chart, alone=True)
    if form == "svg":
        return f"{drawn}\n".encode()
    require_picture(form)
    import vl_convert

    made: bytes = vl_convert.svg_to_png(drawn)
    return made
