"""A small report: a few rows, real settings, a narrative that a test writes."""

from pathlib import Path

import pytest

from kpicli.base.wording import Language
from kpicli.model.summary import Summary
from kpicli.report.build import build_report
from kpicli.report.model import Edition, Report
from kpicli.report.narrative.parse import parse_narrative
from kpicli.settings.settings import read_settings
from support.report_fixtures import RENEWALS, VOICES, Make, small_summary
from support.reported import sample_summary
from support.small_project import Project


@pytest.fixture(scope="session")
def sample() -> Summary:
    """Return the sample's figures."""
    return sample_summary()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project of some voices and notices of renewal."""
    return Project(tmp_path).export("voices", VOICES).export("renewals", RENEWALS)


@pytest.fixture
def make(project: Project) -> Make:
    """Return a maker of reports on voices and renewals from the text of a narrative."""

    def made(
        text: str,
        *,
        lint: bool = False,
        language: Language = "ja",
        edition: Edition = "internal",
        kpis: tuple[str, ...] = ("voices", "voices_nonlife", "renewal_talks", "navi_uses"),
    ) -> Report:
        summary = small_summary(project, kpis)
        narrative = parse_narrative(text, Path("narrative/2025H1.md"))
        settings = read_settings(project.config)
        return build_report(settings, narrative, summary, language, edition=edition, lint=lint)

    return made
