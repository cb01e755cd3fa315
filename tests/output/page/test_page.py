"""A summary as a document: what stands where, before any format lays it out."""

from msgspec.structs import replace

from kpicli.model.summary import Summary
from kpicli.output.page.blocks import compared_period
from kpicli.output.page.document import Figures, Line, Listing, Notes
from kpicli.output.page.page import summary_document


def figures_of(summary: Summary) -> Figures:
    """Return the block of figures, in English."""
    (block,) = (b for b in summary_document(summary, "en").blocks if isinstance(b, Figures))
    return block


def test_figures_stand_under_their_principles(summary: Summary) -> None:
    """Each KPI once, its parts a level deeper, with the other principles beside its name."""
    sections = {each.heading: each.lines for each in figures_of(summary).sections}
    assert list(sections) == ["Principle 1", "Principle 2", "Principle 3", "Principle 6"]
    assert [(line.depth, line.name) for line in sections["Principle 2"]][2:7] == [
        (0, "お客様の声 (also 7)"),
        (1, "感謝"),
        (1, "不満"),
        (1, "(blank)"),
        (0, "対応漏れ"),
    ]
    assert sections["Principle 6"][0] == Line(
        0, "制度を説明し成約した顧客 (not additive)", ("", "", "", "", "")
    )


def test_each_line_has_a_cell_for_each_column(summary: Summary) -> None:
    """Value, both comparisons with their change, target and state."""
    block = figures_of(summary)
    assert [(column.key, column.under[:1]) for column in block.columns] == [
        ("value", ()),
        ("previous", ("FY2024H2",)),
        ("year_ago", ("FY2024H1",)),
        ("target", ()),
        ("status", ()),
    ]
    talks = block.sections[1].lines[0]
    assert talks == Line(
        0,
        "自動車保険の継続案内前の対話",
        (
            *("178/252 cases 70.6%", "1,650/2,400 cases 68.8% (+1.8pt)"),
            *("0/0 cases - undefined", "at least 80% every half-year: missed", ""),
        ),
        "missed",
    )


def test_columns_are_there_only_where_something_stands_in_them(summary: Summary) -> None:
    """A total without comparison, target or doubt has its value alone."""
    plain = replace(summary.figures[0], targets=())
    kpis = {"meetings": summary.kpis["meetings"]}
    alone = replace(summary, kpis=kpis, figures=(plain,), compared=())
    assert [column.key for column in figures_of(alone).columns] == ["value"]


def test_what_is_in_doubt_has_its_tone(summary: Summary) -> None:
    """A line is met, missed or doubtful, so that a format can show it without its words."""
    tones = {line.name: line.tone for s in figures_of(summary).sections for line in s.lines}
    assert tones["コンプライアンス会議"] == "met"
    assert tones["対応漏れ"] == "doubtful"
    assert tones["感謝"] == ""


def test_notes_and_rows_follow(summary: Summary) -> None:
    """What is missing, what the states mean, and where the rows of each source went."""
    document = summary_document(summary, "en")
    assert [type(block) for block in document.blocks] == [Figures, Notes, Listing]
    notes, rows = document.blocks[1:]
    assert isinstance(notes, Notes)
    assert notes.lines[0] == "意向確認ナビの使用(生保): the column 意向確認ナビ is missing"
    assert isinstance(rows, Listing)
    assert rows.sections[0].lines == (
        Line(0, "対応記録", ("12,345", "12,000", "300", "40", "3", "2")),
    )


def test_the_period_that_is_compared_with(summary: Summary, by_month: Summary) -> None:
    """That of the summary's own period; none where nothing is compared."""
    previous = compared_period(summary, "previous")
    assert previous is not None
    assert previous.name == "2024H2"
    assert compared_period(by_month, "previous") is None
