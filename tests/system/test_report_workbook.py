"""A real spreadsheet program opens the report workbook, calculates it anew and prints it."""

import io
import re
import subprocess
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from kpicli.settings.settings import read_settings
from support.reported import cells, opened, rendered, report_on, sample_summary

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture(scope="module")
def content() -> bytes:
    """Return the sample's report workbook."""
    return rendered(report_on(sample_summary(), "お客様の声を**毎月**の会議で確かめます。"))


def converted(content: bytes, folder: Path, form: str) -> bytes:
    """Return the workbook as LibreOffice saves it in another format, after calculating it."""
    (folder / "profile/user").mkdir(parents=True)
    settings = folder / "profile/user/registrymodifications.xcu"
    settings.write_text(RECALCULATE, encoding="utf-8")
    source, target = folder / "report.xlsx", folder / "out"
    source.write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", form, "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (target / f"report.{form}").read_bytes()


def with_wrong_results(content: bytes) -> bytes:
    """Return the workbook with every formula's result replaced by a wrong one."""
    changed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(changed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if name.startswith("xl/worksheets/"):
                text = re.sub(rb"</f><v>[^<]*</v>", b"</f><v>98765</v>", text)
            target.writestr(name, text)
    return changed.getvalue()


@pytest.fixture(scope="module")
def recalculated(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the workbook as LibreOffice calculates it, from results that were wrong."""
    return converted(with_wrong_results(content), tmp_path_factory.mktemp("calculated"), "xlsx")


def test_libreoffice_calculates_the_same_numbers(content: bytes, recalculated: bytes) -> None:
    """Every cell of every sheet is what kpicli wrote; no cell is an error."""
    ours, theirs = opened(content), opened(recalculated)
    assert theirs.sheetnames == ours.sheetnames
    for sheet in ours.worksheets:
        shown = cells(theirs[sheet.title])
        assert not [v for v in shown.values() if str(v).startswith(("#", "Err:"))], sheet.title
        for address, value in cells(sheet).items():
            found = shown[address]
            if isinstance(value, int | float):
                assert found == pytest.approx(value, abs=1e-12), (sheet.title, address)
            else:
                assert found == value, (sheet.title, address)


def test_libreoffice_keeps_the_charts(recalculated: bytes) -> None:
    """Each KPI has a chart that LibreOffice reads, with its numbers."""
    with ZipFile(io.BytesIO(recalculated)) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        texts = [archive.read(name).decode() for name in charts]
    assert len(charts) == len(read_settings(None).catalog.kpi)
    assert all("<c:v>" in text for text in texts)
    assert len([text for text in texts if "<c:lineChart>" in text]) == 7


def test_libreoffice_prints_it_one_page_wide(content: bytes, tmp_path: Path) -> None:
    """A sheet a KPI is a page; the report and the appendix take a few, none is cut sideways."""
    pdf = converted(content, tmp_path, "pdf")
    pages = [int(count) for count in re.findall(rb"/Type/Pages[^>]*?/Count (\d+)", pdf)]
    assert pdf.startswith(b"%PDF")
    kpis = len(read_settings(None).catalog.kpi)
    assert kpis + 5 <= max(pages) <= kpis + 20
