"""No English message says `1 files`: numbers get their nouns from one function."""

import re

from kpicli.base.wording import quantity
from support.root import ROOT

NOUNS = (
    "KPI|cell|column|day|edge|fault|figure|file|group|month|page|period|question|relation|row|"
    "setting|sheet|source|table|value"
)
PLURAL = re.compile(rf"\}} (?:more |other |different )?(?:{NOUNS})s\b")
SEVERAL = {
    "there are {times} periods": "two at least",
    "rows of {several} days by {header.en} are taken together: if they are states, give ": "two",
    "{shown}: too large for a published table ({rows:,} × {width:,} cells)": "millions",
    "there are no {number} periods up to {own.name}": "two at least",
    "{number} periods are too many": "more than sixty",
    "-o - takes one message, but {len(months)} months are due: {names}": "two at least",
    "{fault.count:,} rows, the first: ": "two at least",
    " ({fault.count} rows)": "two at least",
    "equal values of {by.en}: {rows} rows are among the {top.most} largest": "two at least",
    "the column {header} ({column}) has {len(codes):,} values; figures are split into ": "hundreds",
    "{file.label} [{sheet.name}]: the first {SEARCHED_ROWS} rows hold no header ": "fixed",
    "{len(records.rows):,} rows do not fit into a sheet of xlsx": "more than a million",
}
"""Texts whose number is never one, and why."""


def test_numbers_get_their_nouns() -> None:
    """One is one file, all others are files."""
    numbers = (0, 1, 2, 1500)
    assert [quantity(n, "file") for n in numbers] == ["0 files", "1 file", "2 files", "1,500 files"]


def test_no_message_spells_a_plural_after_a_number() -> None:
    """Source by source; a text that is exempt stands there, and its number is never one."""
    spelled = {
        text
        for file in (ROOT / "src/kpicli").rglob("*.py")
        for text in re.findall(r'f"([^"\n]*)"', file.read_text(encoding="utf-8"))
        if PLURAL.search(text)
    }
    assert spelled == set(SEVERAL)
