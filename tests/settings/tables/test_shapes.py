"""Shapes as an entry of the settings declares them."""

from pathlib import Path

from kpicli.settings.settings import Settings, read_settings
from kpicli.settings.tables.shapes import Shape
from support.small_project import Project
from support.wide_tables import UNPIVOT, monthly


def shape(settings: Settings) -> Shape | None:
    """Return the shape of the first entry."""
    return settings.values.exports["monthly"][0].shape(settings.catalog.source["monthly"])


def test_columns_go_by_name_or_header(tmp_path: Path) -> None:
    """A header of the catalogue, one of the entry's own, and the name are the same column."""
    for named in ("area", "地　区", "エリア"):
        options = f'{UNPIVOT}, headers = {{ area = ["エリア"] }}, fill_down = "{named}"'
        read = shape(read_settings(monthly(Project(tmp_path), "月次.csv", b"", options).config))
        assert read is not None
        assert read.filled == ("area",)
        assert read.made == ("on", "count")


def test_without_a_word_there_is_no_shape(tmp_path: Path) -> None:
    """Ordinary exports have none, so that they are read as ever."""
    assert shape(read_settings(monthly(Project(tmp_path), "月次.csv", b"", "").config)) is None
