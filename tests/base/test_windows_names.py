"""Names that no file can have on Windows are refused there, and nowhere else."""

import sys
from pathlib import Path

import pytest

from kpicli.base.errors import UsageError
from kpicli.base.windows_names import refuse_windows_names

REFUSED = {
    "nul.csv": "デバイス",
    "out/CON": "デバイス",
    "Com1.2025.xlsx": "デバイス",
    "LPT\u00b2.txt": "デバイス",
    "aux .csv": "デバイス",
    "aux/kpi.csv": "デバイス",
    "conout$": "デバイス",
    "kpi:2025.csv": "':'",
    "kpi?.csv": "'?'",
    "a|b.csv": "'|'",
    "kpi\n.csv": r"'\n'",
    "kpi.csv.": "終わり",
    "kpi.csv ": "終わり",
    "2025 /kpi.csv": "終わり",
    r"C:\fd\nul.csv": "デバイス",
    r"\\server\share\con.xlsx": "デバイス",
}
KEPT = (
    *("nul", "NUL", "kpi.csv", "nulls.csv", "console.csv", "com10.csv", "com.csv", "a.nul"),
    *("../kpi.csv", "./a/../kpi.csv", "集計.2025.xlsx", ".kpicli", r"C:\fd\kpi.csv"),
    *(r"\\server\share\kpi.csv", "C:kpi.csv", "/dev/null"),
)


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_file_is_called_there(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path stands in the message, with the reason and what to do; elsewhere it is a name."""
    refuse_windows_names(Path(name))
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(UsageError) as refused:
        refuse_windows_names(Path(name))
    assert name in refused.value.message.ja
    assert REFUSED[name] in refused.value.message.ja
    assert refused.value.hint is not None


@pytest.mark.parametrize("name", KEPT)
def test_other_names_are_kept(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever resembles a device, drives, shares, and the device that keeps nothing."""
    monkeypatch.setattr(sys, "platform", "win32")
    refuse_windows_names(Path(name))
