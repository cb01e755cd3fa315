"""Placeholders in the runs of a paragraph."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.wording import Text
from kpicli.report.narrative.nodes import TextNode
from kpicli.report.office.markup import edited
from kpicli.report.office.paragraphs import filled_runs, paragraph_edits
from kpicli.report.office.values import Figures, Problem

FIGURES = Figures({"a": TextNode("841"), "b": TextNode(r"\*<")})
PLACE = Text("ここ", "here")


@given(st.lists(st.integers(0, 30), max_size=4))
def test_wherever_a_text_is_cut_its_placeholders_are_filled(cuts: list[int]) -> None:
    """The joined result does not depend on the runs, and each run keeps what was its own."""
    text = "前{{ a }}中{{b}} {{ a }}後 { {c}} }}"
    ends = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    runs = [text[start:end] for start, end in pairwise(ends)]
    problems: list[Problem] = []
    filled = filled_runs(runs, PLACE, FIGURES, problems)
    assert len(filled) == len(runs)
    assert "".join(filled) == "前841中*< 841後 { {c}} }}"
    assert problems == []


def test_an_inner_paragraph_is_its_own() -> None:
    """That of a text box lies within a run of the outer one."""
    part = "<w:p><w:t>{{ a</w:t><w:box><w:p><w:t>{{ b }} </w:t></w:p></w:box><w:t> }} z</w:t></w:p>"
    whole = f'<w:r xmlns:w="u">{part}</w:r>'.encode()
    edits = paragraph_edits(whole, "p", PLACE, FIGURES, [])
    assert edited(whole, edits).decode() == (
        '<w:r xmlns:w="u"><w:p><w:t>841</w:t><w:box><w:p><w:t xml:space="preserve">*&lt; </w:t>'
        '</w:p></w:box><w:t xml:space="preserve"> z</w:t></w:p></w:r>'
    )


@pytest.mark.parametrize("written", ["{{ c }}", "{{ a", "{{ a|upper }}", "{{ }}", "{% if a %}"])
def test_what_names_nothing_stays_and_is_a_problem(written: str) -> None:
    """One that is never closed, or a statement, is no placeholder: text as any other."""
    problems: list[Problem] = []
    assert filled_runs([written], PLACE, FIGURES, problems) == [written]
    assert len(problems) == ("}}" in written)
