"""The page as PDF; what it looks like is asked of a real one in tests/system."""

from importlib.machinery import ModuleSpec

import pytest

from kpicli.base.errors import SettingsError
from kpicli.report import formats
from kpicli.report.page import pdf
from support.command_line import PROJECT, Run


def test_without_what_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused with the commands that install it; other formats need nothing."""

    def gone(name: str) -> ModuleSpec | None:
        assert name == "weasyprint"
        return None

    monkeypatch.setattr(pdf, "find_spec", gone)
    formats.require("html")
    with pytest.raises(SettingsError) as error:
        formats.require("pdf")
    assert error.value.hint is not None
    assert "pip install 'kpicli[pdf]'" in error.value.hint.en
    assert "libpango" in error.value.hint.ja


def test_no_other_command_has_it(run_kpicli: Run) -> None:
    """A table as PDF is a usage error that names what there is."""
    outcome = run_kpicli(PROJECT, "summarize", "--period", "2025H1", "-o", "kpi.pdf")
    assert outcome.code == 2
    assert ".xlsx" in outcome.err
    assert ".pdf を" not in outcome.err
