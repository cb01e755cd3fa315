"""Every question of a proposal, one after the other, until nothing is left to ask."""

from collections.abc import Callable

from msgspec.structs import replace

from kpicli.intake.asking.columns import column_questions
from kpicli.intake.asking.held import held_questions
from kpicli.intake.asking.orders import order_questions
from kpicli.intake.asking.question import Choice, Question
from kpicli.intake.asking.spans import months_questions, year_questions
from kpicli.intake.asking.tables import doubles_questions, register_questions, source_questions
from kpicli.intake.asking.values import value_questions
from kpicli.intake.proposal import Proposal

_KINDS = (
    source_questions,
    column_questions,
    order_questions,
    register_questions,
    doubles_questions,
    value_questions,
    held_questions,
    months_questions,
    year_questions,
)
"""The kinds of questions in their order: an answer may raise others of a later kind, or its own."""


def next_question(proposal: Proposal) -> Question | None:
    """Return the first question that is not settled; None where nothing is left to ask."""
    return next((q for ask in _KINDS for q in ask(proposal) if q.id not in proposal.settled), None)


def settled(question: Question, choice: Choice) -> Proposal:
    """Return what is proposed once a question is answered."""
    proposal = choice.proposal
    return replace(proposal, settled=proposal.settled | {question.id})


def answered(
    proposal: Proposal,
    answer: Callable[[Question], Choice | None],
    weigh: Callable[[Question], Question | None] = lambda question: question,
) -> tuple[Proposal, tuple[Question, ...]]:
    """Return what is proposed once every question is answered, and the questions in order.

    What nobody answers (None) stays as it is proposed, and open. `weigh` takes away the answers
    that make no difference: a question of which one is left is not asked, but answered by it.
    """
    asked: list[Question] = []
    skipped: set[str] = set()
    while (question := next_question(proposal)) is not None:
        weighed = weigh(question)
        if weighed is None:
            proposal = settled(question, question.choices[0])
            continue
        asked.append(weighed)
        choice = answer(weighed)
        if choice is None:
            skipped.add(question.id)
            proposal = replace(proposal, settled=proposal.settled | {question.id})
        else:
            proposal = settled(question, choice)
    return replace(proposal, settled=proposal.settled - skipped), tuple(asked)
