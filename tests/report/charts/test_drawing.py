"""Charts are drawn as pictures with words, the same bytes for the same chart."""

import re
from decimal import Decimal
from xml.etree import ElementTree as Xml

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from kpicli.model.judgements import TargetStatus
from kpicli.report.charts.chart_data import Chart, Mark, Panel
from kpicli.report.charts.drawing import CELL, SLIVER, SVG, WIDTH, draw
from support.report_fixtures import TOP, Make, html

MONTHS = ("4月", "5月", "6月")


def chart(*panels: Panel, kind: str = "bars", categories: tuple[str, ...] = MONTHS) -> Chart:
    """Return a chart of some panels."""
    shown = {"bars": "bars", "lines": "lines", "targets": "targets"}[kind]
    return Chart("fd-x", "x", shown, "題 <1>", "副題", "説明 & 数", categories, panels)  # type: ignore[arg-type]  # one of the kinds


def panel(*sizes: float | None, name: str = "計") -> Panel:
    """Return a panel of some values."""
    marks = (Mark(None) if s is None else Mark(Decimal(str(s)), f"{s:,}") for s in sizes)
    return Panel(name, tuple(marks))


def drawn(made: Chart, *, alone: bool = False) -> Xml.Element:
    """Return the drawing, read back."""
    return Xml.fromstring(draw(made, alone=alone))


def bars(root: Xml.Element) -> list[float]:
    """Return the heights of the bars, in their order."""
    rects = list(root.iter(f"{{{SVG}}}rect"))[1:]
    return [float(rect.get("height", "0")) for rect in rects]


def texts(root: Xml.Element) -> list[str]:
    """Return the words of a drawing."""
    return [element.text or "" for element in root.iter(f"{{{SVG}}}text")]


def test_a_chart_has_words(make: Make) -> None:
    """Each is one picture with title and description, its letters are text in Japanese fonts."""
    page = html(make(TOP))
    drawing = page[page.index("<svg") : page.index("</svg>")]
    head = drawing[: drawing.index(">")]
    assert 'role="img"' in head
    assert 'aria-labelledby="fd-chart-1-title fd-chart-1-desc"' in head
    assert "Noto Sans CJK JP" in head
    assert '<title id="fd-chart-1-title">お客様の声は5月が最多の2件</title>' in drawing
    assert "感謝 2件" in drawing[drawing.index("<desc") : drawing.index("</desc>")]
    assert re.search(r"<text[^>]*>感謝 計2件</text>", drawing)
    assert "role=" not in drawing[len(head) :]


def test_bars_are_as_high_as_their_values() -> None:
    """All panels share a scale, so that a part is as high as it is in the total."""
    total, part = bars(drawn(chart(panel(40, 20, 10), panel(20, 10, 5))))[:3], [20, 10, 5]
    heights = bars(drawn(chart(panel(40, 20, 10), panel(*part))))
    assert heights[:3] == total
    assert heights[3:] == [total[1], total[2], total[2] / 2]


def test_one_of_a_thousand_stays_visible() -> None:
    """The smallest bar has two pixels and no stripe; zero has none, but its label."""
    root = drawn(chart(panel(1000, 1, 0)))
    assert bars(root)[1:] == [SLIVER]
    assert texts(root)[:3] == ["1,000", "1", "0"]
    assert list(root.iter(f"{{{SVG}}}pattern")) == []


def test_values_below_nothing_hang_down() -> None:
    """A sum may be negative: its bar begins where the others end."""
    root = drawn(chart(panel(10, -10, 0)))
    up, down = list(root.iter(f"{{{SVG}}}rect"))[1:]
    base = float(up.get("y", "")) + float(up.get("height", ""))
    assert float(down.get("y", "")) == base
    assert up.get("height") == down.get("height")


def test_what_is_missing_or_in_doubt_looks_unlike_the_rest() -> None:
    """A gap is a dash, a value in doubt hollow with a dashed edge; the others are filled."""
    marks = (Mark(None), Mark(Decimal(3), "3", doubtful=True), Mark(Decimal(3), "3"))
    root = drawn(chart(Panel("計", marks)))
    hollow, filled = list(root.iter(f"{{{SVG}}}rect"))[1:]
    assert (hollow.get("fill"), filled.get("fill")) == ("#fff", "#1f4e79")
    assert hollow.get("stroke-dasharray") == "3 2"
    assert texts(root)[0] == "-"


def test_a_line_has_no_stretch_over_a_gap_or_a_break() -> None:
    """Four periods: a gap at the second, another definition from the fourth."""
    marks = (
        Mark(Decimal(1), "1"),
        Mark(None),
        Mark(Decimal(2), "2"),
        Mark(Decimal(3), "3", broken=True),
    )
    root = drawn(chart(Panel("計", marks), kind="lines", categories=("a", "b", "c", "d")))
    paths = list(root.iter(f"{{{SVG}}}path"))
    assert [p for p in paths if p.get("stroke") == "#1f4e79"] == []
    assert len([p for p in paths if p.get("stroke-dasharray")]) == 1
    joined = drawn(chart(panel(1, 2, 3), kind="lines"))
    stretches = [p for p in joined.iter(f"{{{SVG}}}path") if p.get("stroke") == "#1f4e79"]
    assert len(stretches) == 2


def test_targets_are_bars_up_to_the_mark_of_their_goal() -> None:
    """Half of a target is half as long as the way to the goal; a missed one has its own colour."""
    met = Panel("会議", (Mark(Decimal(100), "達成"),), TargetStatus.MET)
    missed = Panel("研修", (Mark(Decimal(50), "未達"),), TargetStatus.MISSED)
    root = drawn(chart(met, missed, kind="targets", categories=()))
    one, two = list(root.iter(f"{{{SVG}}}rect"))[1:]
    assert float(two.get("width", "")) * 2 == float(one.get("width", ""))
    assert (one.get("fill"), two.get("fill")) == ("#1f4e79", "#b3541e")
    assert texts(root) == ["会議", "達成", "研修", "未達"]


def test_standing_alone_it_has_its_words_and_a_size() -> None:
    """A file says title and subtitle itself; on a page these are the page's."""
    alone, within = drawn(chart(panel(1, 2, 3)), alone=True), drawn(chart(panel(1, 2, 3)))
    assert texts(alone)[:2] == ["題 <1>", "副題"]
    assert "副題" not in texts(within)
    assert alone.get("width") == str(2 * WIDTH)
    assert within.get("width") is None


@given(
    st.lists(
        st.lists(st.integers(-(10**6), 10**6) | st.none(), min_size=2, max_size=12),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["bars", "lines"]),
)
@example([[-10000, None, None, 0, None, 0, 0, None, 0, 54022, None]], "lines")
def test_nothing_lies_outside_the_picture(numbers: list[list[int | None]], kind: str) -> None:
    """Whatever the values, every mark and every letter is inside, and no two labels overlap."""
    columns = min(map(len, numbers))
    panels = [panel(*row[:columns]) for row in numbers]
    made = chart(*panels, kind=kind, categories=tuple(f"{n}月" for n in range(1, columns + 1)))
    root = drawn(made)
    height = float(root.get("viewBox", "").split()[3])
    boxes = []
    for element in root.iter(f"{{{SVG}}}text"):
        x, y = float(element.get("x", "")), float(element.get("y", ""))
        size = float(element.get("font-size", root.get("font-size", "")))
        width = cell_len(element.text or "") * size * CELL
        left = x if element.get("text-anchor") == "start" else x - width / 2
        assert left >= -1
        assert left + width <= WIDTH + 1
        assert 0 < y <= height
        boxes.append((left, left + width, y - size, y))
    for rect in list(root.iter(f"{{{SVG}}}rect"))[1:]:
        top = float(rect.get("y", ""))
        assert top >= 0
        assert top + float(rect.get("height", "")) <= height
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = one[1] <= other[0] + 1 or other[1] <= one[0] + 1
            assert apart or one[3] <= other[2] + 2 or other[3] <= one[2] + 2
