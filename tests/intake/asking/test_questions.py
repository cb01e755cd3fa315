"""All questions, one after the other."""

from pathlib import Path

from kpicli.intake.asking.questions import next_question, settled
from support.asked import HEADER, proposal_of


def test_an_answer_is_asked_for_once(tmp_path: Path) -> None:
    """A question that is answered does not come again, whatever else is asked."""
    proposal = proposal_of(tmp_path, HEADER, "X1,2025/4/3,生保,苦情")
    question = next_question(proposal)
    assert question is not None
    following = next_question(settled(question, question.choices[0]))
    assert following is not None
    assert following.id != question.id
