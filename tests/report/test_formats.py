"""The forms of a report: each is what its name says."""

import subprocess
import sys

import pytest

from kpicli.report.formats import FORMATS, Layout, render_report
from support.report_fixtures import TOP, Make

BEGINNINGS = {"html": "<!doctype html>", "markdown": "# 報告", "xlsx": b"PK"}


def test_every_form_is_told() -> None:
    """Those here, and the one that needs a program of its own (tests/system)."""
    assert set(FORMATS) == {*BEGINNINGS, "pdf"}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_every_form_can_be_told_by_its_beginning(make: Make, form: str) -> None:
    """Text is text and a workbook is bytes."""
    rendered = render_report(make(TOP), form, Layout("ja", ()))
    beginning = BEGINNINGS[form]
    assert type(rendered) is type(beginning)
    assert rendered[: len(beginning)] == beginning


def test_the_names_of_the_forms_load_none_of_them() -> None:
    """To know that there is a page, vl_convert, openpyxl and jinja2 are not needed."""
    code = (
        f"import sys; sys.path[:0] = {sys.path!r}; import kpicli.report.formats;"
        "print([m for m in ('vl_convert', 'openpyxl', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
