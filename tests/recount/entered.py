"""The sample's entered values, read by the standard library alone."""

import csv
from pathlib import Path

from recount.tallies import Counts, Value


def entered_of(folder: Path, half: str) -> Counts:
    """Return what was entered of a half: counts, and of ratios numerator and denominator."""
    values: dict[tuple[str, str], Value] = {}
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["period"] == half:
                    value: Value = (
                        int(row["value"])
                        if not row["denominator"]
                        else (int(row["numerator"]), int(row["denominator"]))
                    )
                    values[row["kpi"], row["item"]] = value
    return values
