"""The recount's harder rules: missed responses, and the ways to attend to elderly customers."""

import re
from datetime import date

from recount.dates import read_day
from recount.files import Row

METHODS = ("親族同席", "複数人募集", "複数回募集", "電話確認", "書面確認")
"""In the order in which they count until 2025-09-30, when the numerals are ① to ④."""
SWITCH = date(2025, 10, 1)
NUMERALS = dict(zip("①②③④", METHODS, strict=False))
SHORT = {"複数人": "複数人募集", "複数回": "複数回募集", "電話": "電話確認", "書面": "書面確認"}


def found_on(row: Row) -> date | None:
    """Return the day to which a case found by inspection belongs; None for any other case."""
    if row["点検結果"] != "漏れ":
        return None
    return read_day(row["発覚日"]) or read_day(row["対応期限"])


def overdue(row: Row, as_of: date) -> bool:
    """Tell whether a case due by `as_of` was not completed by the end of that day."""
    due, completed = read_day(row["対応期限"]), read_day(row["完了日"])
    if row["ステータス"] == "取消" or due is None or due > as_of:
        return False
    return row["ステータス"] != "済" if completed is None else completed > as_of


def carried_due(row: Row) -> date | None:
    """Return the day of a case marked 済 without a completion: its deadline, else 受付日."""
    return read_day(row["対応期限"]) or read_day(row["受付日"])


def method_of(row: Row) -> str:
    """Return the one method that a cell counts under: of several, the first in order."""
    day = read_day(row["対応日"])
    if day is None or day >= SWITCH:
        raise ValueError("the numerals of this day mean something else")
    parts: list[tuple[str, str]] = re.findall(r"([①-④]?)([^①-④・、,/+; ]*)", row["対応方法"])
    found = [
        SHORT.get(word, word) if word else NUMERALS[sign] for sign, word in parts if sign or word
    ]
    if found == ["該当なし"]:
        return found[0]
    return min(found, key=METHODS.index)
