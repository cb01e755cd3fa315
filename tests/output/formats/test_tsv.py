"""tsv: the records of csv with tabs between."""

import csv
import io

from kpicli.model.summary import Summary
from kpicli.output.formats import Options
from kpicli.output.formats.csv import render as render_csv
from kpicli.output.formats.tsv import FORMAT, render
from kpicli.output.summary.answer import summary_answer


def test_cell_for_cell_it_is_the_csv(summary: Summary) -> None:
    """Every line has the same cells; Excel opens it by its mark and its suffix."""
    answer = summary_answer(summary)
    tabs = list(csv.reader(io.StringIO(render(answer, Options())), delimiter="\t"))
    assert tabs == list(csv.reader(io.StringIO(render_csv(answer, Options()))))
    assert (FORMAT.suffixes, FORMAT.byte_order_mark) == ((".tsv",), True)


def test_a_tab_in_a_cell_parts_nothing(hostile: Summary) -> None:
    """Names that attack a spreadsheet keep their place; each line has as many cells as the head."""
    lines = list(
        csv.reader(io.StringIO(render(summary_answer(hostile), Options())), delimiter="\t")
    )
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(lines) == len(hostile.figures) + 1
