"""The words of the program are those of docs/glossary.md, in both languages."""

import ast
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from kpicli.settings.schema.document import descriptions
from support.root import ROOT

SOURCE = ROOT / "src" / "kpicli"
MADE = {"Text", "Unit", "say", "invalid"}
"""What takes a Japanese and an English wording as its first two arguments."""
CODE = re.compile(
    r"`[^`]*`|--[\w-]+|\[[^\]]*\]|\{[^}]*\}|\"[^\"]*\"|kpicli \w+(?: KPI)?|[\w.]+ = \S+"
    r"|[\w/-]*\.\w+|style sheet|headers? (?:or|and) footers?"
)
"""What is no prose: options, keys, names and places to be filled; and two terms of offices."""


class Term(NamedTuple):
    """A term of the glossary: the words for it in each language, and those that are not used."""

    japanese: list[str]
    english: re.Pattern[str]
    never: list[str]


def terms() -> list[Term]:
    """Return the rows of the glossary."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| (.+?) \| .+? \| .+? \|(.*)\|$", text, re.MULTILINE)[1:]
    return [
        Term(
            japanese.split(" / "),
            re.compile(rf"\b(?:{english.replace(' / ', '|')})s?\b", re.IGNORECASE),
            never.split(),
        )
        for japanese, english, never in rows
        if not japanese.startswith("-")
    ]


def literal(node: ast.expr) -> str | None:
    """Return a string of the source, `{}` for what is filled in; None where it is no literal."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(part) or "{}" for part in node.values)
    return None


def sentences() -> Iterator[tuple[str, str, str]]:
    """Give every wording for people: where it stands, in Japanese, in English."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) > 1:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                ja, en = literal(node.args[0]), literal(node.args[1])
                if name in MADE and ja and en:
                    yield f"{file.relative_to(SOURCE)}:{node.lineno}", ja, en
    for model, keys in descriptions().items():
        yield from ((f"keys.toml {model}.{key}", ja, en) for key, (ja, en) in keys.items())
    yield from in_json(json.loads((SOURCE / "base" / "faults.json").read_text(encoding="utf-8")))


def in_json(value: object) -> Iterator[tuple[str, str, str]]:
    """Give every pair of `ja` and `en` in JSON, at any depth."""
    if isinstance(value, dict):
        ja, en = value.get("ja"), value.get("en")
        if isinstance(ja, str) and isinstance(en, str):
            yield "faults.json", ja, en
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from in_json(each)


def prose(text: str) -> str:
    """Return a wording without what is code."""
    return CODE.sub(" ", text)


def unlike(term: Term, ja: str, en: str) -> bool:
    """Return whether the English has the term, and the Japanese none of its words."""
    return bool(term.english.search(prose(en))) and not any(word in ja for word in term.japanese)


def test_a_term_has_its_counterpart() -> None:
    """Where the English of a wording has a term, the Japanese has one of the words for it."""
    every = list(sentences())
    assert len(every) > 2000
    found = [(term.japanese, each) for term in terms() for each in every if unlike(term, *each[1:])]
    assert found == []
    used = [term for term in terms() if any(term.english.search(prose(en)) for *_, en in every)]
    assert used == terms()


def test_no_other_word_is_used() -> None:
    """What the glossary bans stands in no wording, and in no page in Japanese."""
    pages = [ROOT / "README.ja.md", *(ROOT / "docs" / "ja").glob("*.md")]
    texts = [(where, ja) for where, ja, _ in sentences()]
    texts += [(page.name, page.read_text(encoding="utf-8")) for page in pages]
    never = [word for term in terms() for word in term.never]
    assert len(never) > 12
    assert [(where, word) for where, text in texts for word in never if word in text] == []


def test_japanese_wordings_say_no_kpi() -> None:
    """指標 is the word for it; KPI stands in commands, options and places to be filled alone."""
    said = [(where, ja) for where, ja, _ in sentences() if re.search("KPI(?!CLI)", prose(ja))]
    assert said == []


def test_a_wording_that_is_unlike_would_be_found() -> None:
    """A term of its own in code, an option or a place to be filled is no term."""
    (target,) = [term for term in terms() if term.japanese == ["目標"]]
    assert unlike(target, "ねらいは未達です", "the targets are missed")
    assert not unlike(target, "目標は未達です", "the target is missed")
    assert not unlike(target, "形式が違います", "--target and `target` and {target}")


def test_no_term_stands_twice() -> None:
    """A word of the glossary is one term."""
    words = [word for term in terms() for word in term.japanese]
    assert len(words) == len(set(words))
    assert len(terms()) > 25
