"""Figures as cards: the number large, the rest of it small."""

from kpicli.model.summary import Summary
from kpicli.report.page.cards import Card, cards
from kpicli.report.page.table import Cell
from kpicli.report.page.tables import Tables
from support.report_fixtures import TOP, Make
from support.reported import only, report_on


def made(summary: Summary, *names: str) -> dict[str, Card]:
    """Return the cards of some KPIs by their titles."""
    row = cards(Tables(report_on(summary), "ja", {}), names)
    assert row is not None
    return {card.title: card for card in row.cards}


def test_a_count_has_its_change_and_its_months(sample: Summary) -> None:
    """The tallest bar is that of the month with the most."""
    (card,) = made(only(sample, "voices"), "voices").values()
    assert (card.number, card.unit, card.rest) == ("841", "件", "")
    assert (card.compared, card.change) == ("前期比", Cell("↑ 435件増", card.change.tone))
    assert (len(card.bars), max(card.bars), card.span) == (6, 28, "4月～9月")


def test_a_share_stands_before_its_counts(sample: Summary) -> None:
    """What does not add up over months has no bars."""
    (card,) = made(only(sample, "renewal_talks"), "renewal_talks").values()
    assert (card.number, card.unit, card.rest) == ("70.6", "%", "252件中178件")
    assert (card.bars, card.change.text) == ((), "↑ 6.1ポイント増")


def test_a_card_has_the_badges_of_its_targets(sample: Summary) -> None:
    """As the tables have."""
    (card,) = made(only(sample, "roleplay_sessions"), "roleplay_sessions").values()
    assert [badge.word for badge in card.badges] == ["× 未達"]


def test_what_has_no_number_has_no_card(make: Make, sample: Summary) -> None:
    """A KPI without data, and one of which only the parts are figures."""
    assert cards(Tables(make(TOP), "ja", {}), ("navi_uses",)) is None
    report = report_on(only(sample, "scheme_explanations"))
    assert cards(Tables(report, "ja", {}), ("scheme_explanations",)) is None
