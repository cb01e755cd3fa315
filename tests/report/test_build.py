"""From words and figures to a report."""

from kpicli.report.model import Section
from support.report_fixtures import Make


def test_the_order_of_the_narrative_is_kept(make: Make) -> None:
    """Sections come as they were written; a principle without words follows."""
    report = make("# a\n\n## 原則7 y\n\n## 原則2 x\n")
    assert [section.principle for section in report.sections] == ["7", "2", "3", "4"]
    assert report.sections[2] == Section("3", "")
