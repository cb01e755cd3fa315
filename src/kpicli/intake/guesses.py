"""What nobody has confirmed: the questions left open, and the figures that rest on a guess."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.catalog.kpis import Kpi
from kpicli.intake.proposal import Entry, Proposal
from kpicli.intake.questions import NEITHER, YEAR, Question, answered, months_question
from kpicli.intake.writing import GUESS
from kpicli.model.figures import Summary

_ANSWER = Text("{question} → {answer}", "{question} -> {answer}")
_EVERY = Text("{words}(すべての数値)", "{words} (every figure)")
_TITLE = Text("{title}({guess})", "{title} ({guess})")
_REMARK = Text("推測です: {question}", "a guess: {question}")
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

    `guessed` says whether that is an answer, not that nothing is taken. `kpis` are those whose
    figures rest on it; none for what is so of all of them, or moves none.
    """

    words: Text
    guessed: bool
    kpis: tuple[str, ...] = ()


def open_questions(proposal: Proposal) -> tuple[Open, ...]:
    """Return what is open where nobody answers: a question for every line marked as a guess."""
    _, asked = answered(proposal, lambda question: question.choices[0])
    ids = {question.id for question in asked}
    opens = [_open(proposal, question) for question in asked]
    opens += (each for entry in proposal.entries for each in _unasked(proposal, entry, ids))
    return tuple({each.words.ja: each for each in opens}.values())


def marked(summary: Summary, opens: Iterable[Open]) -> Summary:
    """Return a summary in which the titles of guessed KPIs say so, the questions as remarks."""
    heads = dict(summary.kpis)
    for name, head in summary.kpis.items():
        own = [each for each in opens if each.guessed and name in each.kpis]
        if own:
            title = Text(
                _TITLE.ja.format(title=head.title.ja, guess=GUESS.ja),
                _TITLE.en.format(title=head.title.en, guess=GUESS.en),
            )
            remarks = tuple(
                Text(_REMARK.ja.format(question=o.words.ja), _REMARK.en.format(question=o.words.en))
                for o in own
            )
            heads[name] = replace(head, title=title, remarks=(*head.remarks, *remarks))
    return replace(summary, kpis=heads)


def guessed_kpis(opens: Iterable[Open]) -> frozenset[str]:
    """Return the KPIs whose figures rest on a guess of their own."""
    return frozenset(name for each in opens if each.guessed for name in each.kpis)


def _open(proposal: Proposal, question: Question) -> Open:
    first = question.choices[0]
    words = Text(
        _ANSWER.ja.format(question=question.words.ja, answer=first.words.ja),
        _ANSWER.en.format(question=question.words.en, answer=first.words.en),
    )
    if question.id == YEAR:
        return Open(_of_all(words), guessed=True)
    guessed = first.key != NEITHER
    return Open(words, guessed, tuple(_resting(proposal, question)) if guessed else ())


def _of_all(words: Text) -> Text:
    return Text(_EVERY.ja.format(words=words.ja), _EVERY.en.format(words=words.en))


def _resting(proposal: Proposal, question: Question) -> Iterator[str]:
    """Yield the KPIs that the first answer of a question moves."""
    kind, _, subject = question.id.partition(" ")
    if kind == "source":
        subject = question.choices[0].key.rpartition(".")[2]
    source, _, column = subject.partition(".")
    yield from _using(proposal, source, column)


def _using(proposal: Proposal, source: str, column: str = "") -> tuple[str, ...]:
    """Return the KPIs of a source, or of sources made of it, and of a column where one is named."""
    catalog = proposal.catalog
    own = {name for name, spec in catalog.source.items() if source in (name, spec.of)}

    def rests(kpi: Kpi) -> bool:
        if not column:
            return not own.isdisjoint(kpi.sources)
        dated = any(column in catalog.source[name].dating for name in own & set(kpi.sources))
        return dated or any((name, column) in kpi.used for name in own)

    return tuple(kpi.id for kpi in proposal.kpis if rests(kpi))


def _unasked(proposal: Proposal, entry: Entry, asked: set[str]) -> Iterator[Open]:
    """Yield the guesses of an entry that are no question of their own: the files say enough."""
    source = entry.feeds[0].source
    if entry.covers is not None and f"months {source.id}" not in asked:
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
        yield Open(named, guessed=True, kpis=_using(proposal, source.id, name))


def _about(proposal: Proposal, entry: Entry, name: str, words: Text, **values: str) -> Text:
    source = proposal.catalog.source[entry.source]
    usual, heading = source.columns[name].headers[0], source.heading(name)
    return Text(
        words.ja.format(source=source.title.ja, column=usual, **values),
        words.en.format(source=source.title.en, column=heading.en, **values),
    )
