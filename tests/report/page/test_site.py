"""The pages of a site that belong to no single period."""

from datetime import date

from kpicli.model.periods import Period
from kpicli.report.model import Frame, Link
from kpicli.report.page.site import Entry, data_name, index_page, page_name, site_frame

TODAY = date(2026, 4, 1)
H1 = Entry(Period.parse("2025H1", today=TODAY), date(2025, 12, 12), ("ja", "en"))
H2 = Entry(Period.parse("2024H2", today=TODAY))


def test_files_are_named_after_period_and_language() -> None:
    """Japanese is the language that is not named."""
    assert page_name("index", "ja") == "index.html"
    assert page_name("2025H1", "en") == "2025H1.en.html"
    assert data_name(H1.period, "csv", "en") == "2025H1.en.csv"


def test_links_of_the_site_stand_before_those_of_the_settings() -> None:
    """Index, trend, data, the other language; earlier periods in the language of the page."""
    frame = Frame(top=(Link("方針", "https://example.jp/"),))
    made = site_frame(frame, (H1, H2), H1, "2025H1", "ja")
    assert [link.address for link in made.top] == [
        *("index.html", "trend.html", "2025H1.csv", "2025H1.xlsx", "2025H1.json"),
        *("2025H1.en.html", "https://example.jp/"),
    ]
    assert made.editions == (Link("2024年度下期", "2024H2.html"),)
    assert site_frame(frame, (H1, H2), H1, "2025H1", "en").editions == ()


def test_the_index_in_english_leads_to_japanese_pages_where_there_are_no_others() -> None:
    """A period without English words is not left out."""
    page = index_page((H1, H2), Frame(), "en")
    assert '<a href="2025H1.en.html">FY2025H1</a>' in page
    assert '<a href="2024H2.html">FY2024H2</a>' in page
    assert 'href="2024H2.csv"' in page
