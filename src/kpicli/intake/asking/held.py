"""Questions whether exports hold values that no row of theirs has, or there was none of them."""

from collections.abc import Iterator

from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.intake.asking.question import NEITHER, Choice, Question
from kpicli.intake.exports.held import Unheld
from kpicli.intake.proposal import Proposal

_WHICH = Text(
    "{source}の列「{header}」に「{values}」の行がありません。どちらですか",
    "{source}: no row has {values} in {header}. Which is it?",
)
_NOT_HELD = Text("含まれない(その指標は出さない)", "they do not hold it (its KPIs are left out)")
_ZERO = Text("含まれていて、1 件もない(0)", "they hold it, and there was none (0)")


def held_questions(proposal: Proposal) -> Iterator[Question]:
    """Yield a question for each column without a row of a value that a KPI asks for.

    Where nobody answers these KPIs are left out: a 0 would say that there was none.
    """
    for unheld in proposal.unheld:
        spec = proposal.catalog.source[unheld.source]
        zeros = proposal.zeros | {(unheld.source, unheld.column)}
        choices = (
            Choice(NEITHER, _NOT_HELD, proposal),
            Choice("zero", _ZERO, replace(proposal, zeros=zeros)),
        )
        words = _words(spec.title, spec.columns[unheld.column].headers[0], proposal, unheld)
        yield Question(f"held {unheld.source}.{unheld.column}", words, choices, unheld.kpis)


def _words(title: Text, header: str, proposal: Proposal, unheld: Unheld) -> Text:
    table = proposal.catalog.codes_of(proposal.catalog.source[unheld.source], unheld.column)
    labels = [
        Text(value, value) if table is None else table.label(value) for value in unheld.missing
    ]
    return Text(
        _WHICH.ja.format(
            source=title.ja, header=header, values="・".join(label.ja for label in labels)
        ),
        _WHICH.en.format(
            source=title.en, header=header, values=", ".join(label.en for label in labels)
        ),
    )
