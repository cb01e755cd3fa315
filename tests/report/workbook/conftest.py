"""The report workbook of the sample project, made once and only read."""

import pytest
from openpyxl.workbook import Workbook

from kpicli.model.summary import Summary
from support.reported import opened, rendered, report_on


@pytest.fixture(scope="session")
def content(sample: Summary) -> bytes:
    """Return the sample's workbook."""
    return rendered(report_on(sample, "**本文**です。\n\n- =1+1"))


@pytest.fixture(scope="session")
def book(content: bytes) -> Workbook:
    """Return the workbook with the results that its formulas carry."""
    return opened(content)


@pytest.fixture(scope="session")
def formulas(content: bytes) -> Workbook:
    """Return the workbook with its formulas, and its charts."""
    return opened(content, formulas=True)
