from decimal import Decimal
from pathlib import Path

import pytest

from support.small_project import Project


def scores(folder: Path, measure: str, *cells: str) -> Project:
    """Return a project with a KPI over 点数."""
    rows = [f"T1,2025/4/1,介護,講義,S{n:03},1,{cell},合格" for n, cell in enumerate(cells)]
    project = Project(folder).export("trainings", rows)
    return project.toml(
        f'[kpi.own]\ntitle = "点数"\nsource = "trainings"\nmeasure = "{measure}"\nof = "score"'
    )


def test_a_sum_is_exact(tmp_path: Path) -> None:
    """Decimals are added as decimals; full width digits and commas in threes are read."""
    result = scores(tmp_path, "sum", "0.1", "0.2", "１，２３４", "-4").summarize("own")
    assert result.number() == Decimal("1230.3")


def test_a_sum_over_no_rows_is_zero(tmp_path: Path) -> None:
    """In a covered period without rows the sum is 0."""
    assert scores(tmp_path, "sum", "5").summarize("own", "2024H2").number() == 0


@pytest.mark.parametrize(
    ("cells", "shown"), [(("1", "2"), "1.5"), (("0", "0", "0.15"), "0.1"), (("0.25",), "0.3")]
)
def test_a_mean_is_rounded_half_up(cells: tuple[str, ...], shown: str, tmp_path: Path) -> None:
    """A mean has one decimal and tells over how many rows it is."""
    value = scores(tmp_path, "mean", *cells).summarize("own").value()
    assert (str(value.number), value.denominator) == (shown, len(cells))


def test_a_mean_over_nothing_is_undefined(tmp_path: Path) -> None:
    """Without rows there is no mean, and it is not 0."""
    value = scores(tmp_path, "mean", "5").summarize("own", "2024H2").value()
    assert (value.number, value.status) == (None, "undefined")


@pytest.mark.parametrize("cell", ["", "80点", "1,2", "1_000", "1.2E+05", "NaN", "--"])
def test_a_blank_or_unreadable_number_is_undetermined(cell: str, tmp_path: Path) -> None:
    """A number that is not there, or could mean several things, is added nowhere."""
    result = scores(tmp_path, "sum", '"' + cell + '"', "7").summarize("own")
    assert (result.number(), result.value().status) == (7, "provisional")
    assert result.value().faulty_rows == 1
