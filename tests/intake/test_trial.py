"""Reading what is proposed before it is proposed."""

import random
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from kpicli.intake.matching.feed import Feed
from kpicli.intake.trial import is_readable
from kpicli.intake.understanding import understand
from support.dialects import pack_exports
from support.shape_dialects import record_lines, records


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    """Return voices in records with a table, as they are proposed."""
    (export,) = pack_exports("voices", 40)
    records(export, tmp_path / "a", random.Random(1))
    (own,) = understand([tmp_path], tmp_path)[1].exported
    return own


def test_as_many_rows(tmp_path: Path, feed: Feed) -> None:
    """The rows that the loaders make are as many as the profile has, or nothing is proposed."""
    assert feed.table.rows == 40
    assert is_readable(feed, tmp_path)
    for rows in (39, 41):
        assert not is_readable(replace(feed, table=replace(feed.table, rows=rows)), tmp_path)


def test_faulty_rows(tmp_path: Path, feed: Feed) -> None:
    """Rows most of whose keys cannot be read are not proposed, however many there are."""
    file = tmp_path / "a.csv"
    text = file.read_text(encoding="utf-8-sig")
    for number in range(30):
        text = text.replace(f",N{6000 + number:05},", ",,")
    file.write_text(text, encoding="utf-8-sig")
    assert not is_readable(feed, tmp_path)


def test_a_file_that_cannot_be_read(tmp_path: Path, feed: Feed) -> None:
    """A file that is gone is not proposed, and raises nothing."""
    (tmp_path / "a.csv").unlink()
    assert not is_readable(feed, tmp_path)


def test_rows_as_lines_need_no_trial(tmp_path: Path, feed: Feed) -> None:
    """A table whose lines are its rows is not read once more."""
    plain = replace(feed, table=replace(feed.table, parents=None))
    (tmp_path / "a.csv").unlink()
    assert is_readable(plain, tmp_path)


def test_lines_of_records(tmp_path: Path) -> None:
    """Rows of the table in a record are read as such, with the cells of their record."""
    export = pack_exports("training", 60)[0]
    record_lines(export, tmp_path / "a", random.Random(1))
    (feed,) = understand([tmp_path], tmp_path)[1].exported
    assert (feed.source.id, feed.table.rows) == ("attendance", 60)
    assert is_readable(feed, tmp_path)


def test_numbers_by_month(tmp_path: Path) -> None:
    """Numbers by month are proposed where the loaders make as many, of the same sum."""
    text = "種目,4月,5月,6月\n自動車,3,,5\n火災,-,2,2\n"
    (tmp_path / "件数_2025年度.csv").write_text(text, encoding="utf-8")
    (feed,) = understand([tmp_path], tmp_path)[1].feeds
    months = feed.table.months
    assert months is not None
    assert (months.filled, months.total) == (4, Decimal(12))
    assert is_readable(feed, tmp_path)
    for other in (replace(months, filled=5), replace(months, total=Decimal(13))):
        assert not is_readable(replace(feed, table=replace(feed.table, months=other)), tmp_path)
