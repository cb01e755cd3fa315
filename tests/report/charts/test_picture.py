"""Pictures of charts as files."""

import struct

import pytest

from kpicli.base.errors import SettingsError
from kpicli.output.page.blocks import kpi_blocks
from kpicli.report.charts import picture as pictures
from kpicli.report.charts.chart_data import Chart, section_charts
from kpicli.report.charts.picture import picture, require_picture
from support.reported import sample_summary


@pytest.fixture
def chart() -> Chart:
    """Return the chart of the sample's voices."""
    return next(section_charts(kpi_blocks(sample_summary()), ("voices",), "ja"))


def test_an_svg_file_is_the_same_each_time(chart: Chart) -> None:
    """It holds the words of the chart."""
    made = picture(chart, "svg")
    assert made == picture(chart, "svg")
    assert "お客様の声は4月が最多の157件" in made.decode()


def test_a_png_file_is_as_large_as_the_svg(chart: Chart) -> None:
    """It is drawn at the size that the SVG names, so that letters are sharp."""
    made = picture(chart, "png")
    assert made.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", made[16:24])
    svg = picture(chart, "svg").decode()
    assert f'width="{width}" height="{height}"' in svg


def test_png_without_what_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused with the command that installs it; SVG needs nothing."""
    monkeypatch.setattr(pictures, "find_spec", lambda _: None)
    require_picture("svg")
    with pytest.raises(SettingsError) as error:
        require_picture("png")
    assert error.value.hint is not None
    assert "pip install 'kpicli[report]'" in error.value.hint.en
