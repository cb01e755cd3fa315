"""What nobody has answered: the questions left open, with what is taken for each meanwhile."""

from collections.abc import Iterator

from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.intake.asking.question import NEITHER, Question
from kpicli.intake.asking.questions import answered
from kpicli.intake.asking.spans import months_question
from kpicli.intake.exports.entry import Entry
from kpicli.intake.proposal import YEAR, Proposal, months_id

_ANSWER = Text("{question} → {answer}", "{question} -> {answer}")
_EVERY = Text("{words}(すべての数値)", "{words} (every figure)")
_BOXES = Text(
    "{source}の「{column}」は {boxes} のチェック欄ですか → はい",
    "{source}: are {boxes} the boxes of {column}? -> yes",
)
_HEADER = Text(
    "{source}の「{column}」はどの列ですか → {header}",
    "{source}: which column is {column}? -> {header}",
)


class Open(Struct, frozen=True):
    """A question that nobody has answered, with what is taken meanwhile.

    `guessed` says whether that is an answer, not that nothing is taken.
    """

    words: Text
    guessed: bool


def open_questions(proposal: Proposal) -> tuple[Open, ...]:
    """Return what nobody has answered: a question for every line marked as a guess."""
    _, asked = answered(proposal, lambda question: question.choices[0])
    ids = {question.id for question in asked} | proposal.settled
    opens = [_open(question) for question in asked]
    opens += (each for entry in proposal.entries for each in _unasked(proposal, entry, ids))
    return tuple({each.words.ja: each for each in opens}.values())


def _open(question: Question) -> Open:
    first = question.choices[0]
    words = Text(
        _ANSWER.ja.format(question=question.words.ja, answer=first.words.ja),
        _ANSWER.en.format(question=question.words.en, answer=first.words.en),
    )
    if question.id == YEAR:
        return Open(_of_all(words), guessed=True)
    return Open(words, guessed=first.key != NEITHER)


def _of_all(words: Text) -> Text:
    return Text(_EVERY.ja.format(words=words.ja), _EVERY.en.format(words=words.en))


def _unasked(proposal: Proposal, entry: Entry, asked: set[str]) -> Iterator[Open]:
    """Yield the guesses of an entry that are no question of their own: the files say enough."""
    source = entry.feeds[0].source
    if entry.covers is not None and not entry.unpivot and months_id(source.id) not in asked:
        words = months_question(source)
        answer = Text(
            _ANSWER.ja.format(question=words.ja, answer=entry.covers),
            _ANSWER.en.format(question=words.en, answer=entry.covers),
        )
        yield Open(answer, guessed=True)
    for name, header in entry.headers.items():
        matches = [feed.match(name) for feed in entry.feeds]
        sure = all(match is not None and match.sure for match in matches)
        if not sure and f"column {source.id}.{name}" not in asked:
            yield Open(_about(proposal, entry, name, _HEADER, header=header), guessed=True)
    for name, boxes in proposal.ticks(source.id).items():
        named = _about(proposal, entry, name, _BOXES, boxes=", ".join(boxes.values()))
        yield Open(named, guessed=True)


def _about(proposal: Proposal, entry: Entry, name: str, words: Text, **values: str) -> Text:
    source = proposal.catalog.source[entry.source]
    usual, heading = source.columns[name].headers[0], source.heading(name)
    return Text(
        words.ja.format(source=source.title.ja, column=usual, **values),
        words.en.format(source=source.title.en, column=heading.en, **values),
    )
