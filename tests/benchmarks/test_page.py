"""Tables put between the markers of a page."""

from pathlib import Path

import pytest

from benchmarks.page import NoMarkers, replaced, write_into

PAGE = """# Page
<!-- start: begin: output of `python -m benchmarks start` -->
old
<!-- start: end -->
between
<!-- sizes: begin -->
<!-- sizes: end -->
"""


def test_only_what_stands_between_the_markers_is_replaced(tmp_path: Path) -> None:
    """Everything else keeps its bytes; a second time changes nothing."""
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    for _ in range(2):
        write_into(page, "start", "| new \\1 |\n")
    assert page.read_text(encoding="utf-8") == PAGE.replace("old\n", "\n| new \\1 |\n\n")


@pytest.mark.parametrize("page", [PAGE.replace("sizes: end", ""), PAGE + PAGE])
def test_a_page_without_one_place_is_refused(page: str) -> None:
    """A marker that is missing or stands twice is named."""
    with pytest.raises(NoMarkers, match="sizes"):
        replaced(page, "sizes", "| new |")
