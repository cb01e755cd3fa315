"""Questions what words of cells stand for that no code table lists."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.intake.asking.question import NEITHER, Choice, Question
from kpicli.intake.matching.feed import SURE
from kpicli.intake.profiling.disclosure import is_word
from kpicli.intake.proposal import Proposal, using

_WORDS = 8
"""Of so many unknown words of a column is asked; the others stay faults."""
_NOTHING = re.compile(r"[-ー*./]+|未定|未入力|不明|空欄|なし|無し|該当なし|N/?A", re.IGNORECASE)
_WHICH_VALUE = Text(
    "{source}の列「{header}」の「{word}」({rows} 行) は何として数えますか",
    "{source}: what does {word} in column {header} ({rows} rows) count as?",
)
_UNKNOWN = Text("知らない値のまま(要確認になる)", "unknown (the figures say so)")
_BLANK = Text("空欄と同じ", "as a blank")


def value_questions(proposal: Proposal) -> Iterator[Question]:
    """Yield a question for every word that a closed code table does not list, and may be shown."""
    for (source, name), words in _unknown_words(proposal).items():
        spec = proposal.catalog.source[source]
        table = proposal.catalog.codes_of(spec, name)
        kpis = using(proposal.catalog, source, name)
        if table is None or not kpis:
            continue
        for word, rows in words.most_common(_WORDS):
            if "," in word or word in proposal.blanks.get(source, ()):
                continue
            as_unknown = Choice(NEITHER, _UNKNOWN, proposal)
            as_blank = Choice("blank", _BLANK, _with_blank(proposal, source, word))
            as_values = [
                Choice(
                    value, table.label(value), _with_synonym(proposal, source, name, value, word)
                )
                for value in table.values
            ]
            nothing = _NOTHING.fullmatch(word) is not None
            choices = (as_unknown, *as_values, *((as_blank,) if nothing else ()))
            header = spec.columns[name].headers[0]
            asked = Text(
                _WHICH_VALUE.ja.format(source=spec.title.ja, header=header, word=word, rows=rows),
                _WHICH_VALUE.en.format(source=spec.title.en, header=header, word=word, rows=rows),
            )
            yield Question(f"value {source}.{name} {word}", asked, choices, kpis)


def _unknown_words(proposal: Proposal) -> Mapping[tuple[str, str], Counter[str]]:
    unknown: dict[tuple[str, str], Counter[str]] = {}
    for feed in proposal.exported:
        for match in feed.matches:
            reader, table = feed.declared.readers.get(match.name), feed.declared.table(match.name)
            if reader is None or table is None or table.open:
                continue
            numerals = table.numerals[0] if table.numerals else None
            said = proposal.synonyms.get((feed.source.id, match.name), {})
            known = {word for words in said.values() for word in words}
            declared = match.column.kind == "code" and match.fit.header >= SURE
            words = {
                word: rows
                for word, rows in match.column.values.items()
                if (word in match.column.showable or (declared and is_word(word, rows)))
                and word not in known
                and reader.read(word, numerals).problem == "unknown"
            }
            if words:
                unknown.setdefault((feed.source.id, match.name), Counter()).update(words)
    return unknown


def _with_synonym(proposal: Proposal, source: str, name: str, value: str, word: str) -> Proposal:
    own = dict(proposal.synonyms.get((source, name), {}))
    own[value] = (*own.get(value, ()), word)
    return replace(proposal, synonyms={**proposal.synonyms, (source, name): own})


def _with_blank(proposal: Proposal, source: str, word: str) -> Proposal:
    own = (*proposal.blanks.get(source, ()), word)
    return replace(proposal, blanks={**proposal.blanks, source: own})
