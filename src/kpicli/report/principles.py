"""The correspondence of principles (対応関係表): each with its 注, and where it is answered.

principles.toml, or the user's own -> Principles -+
[report.correspondence]: address or reason -------+-> answers -> rows: page, table, workbook
sections of the narrative: links to the results --+
"""

import pkgutil
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from kpicli.base.problems import misnamed, problem
from kpicli.base.wording import Language, Text
from kpicli.catalog.declared import Definition, Names
from kpicli.catalog.texts import TextField
from kpicli.catalog.validation.problems import InvalidSettings, invalid_settings
from kpicli.output.data.records import Records, columns
from kpicli.output.interface import Answer
from kpicli.output.page.document import Column, Document, Entry, Line, Listing
from kpicli.output.page.document import Section as DocumentSection
from kpicli.output.sentences import day_words
from kpicli.report import labels
from kpicli.report.model import Correspondence, Link
from kpicli.report.narrative.model import Section
from kpicli.report.narrative.safe_markdown import allowed_address
from kpicli.settings.settings import Settings
from kpicli.settings.toml.reading import TomlFiles

BUILT_IN = "principles.toml"
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")
_NO_POLICY = Text(
    "対応関係表に、方針の箇所も理由もない原則があります: {ja}"
    "(設定の [report.correspondence] に書く)",
    "nothing says where the policy answers these principles, or why it does not: {en} "
    "([report.correspondence] in the settings)",
)
_NO_RESULTS = Text(
    "対応関係表に、文章に節がなく理由もない原則があります: {ja}"
    "(「## 原則…」の節か、設定の [report.correspondence] に reason を書く)",
    "no section of the words speaks of these principles, and nothing says why: {en} "
    "(write a section '## Principle ...', or a reason in [report.correspondence])",
)


class Principle(Definition):
    """A principle: its number, a short name of our own, and its 注 by their names."""

    number: Annotated[str, Field(min_length=1)]
    name: TextField
    notes: Names = ()


class Principles(Definition):
    """The principles in an edition of the authority's."""

    title: TextField
    revised: date
    principle: Annotated[tuple[Principle, ...], Field(min_length=1)]

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the principles and their 注 in order: `5`, `5(注1)`, `5(注2)`."""
        return tuple(key for each in self.principle for key in (each.number, *_note_keys(each)))


def read_principles(settings: Settings) -> Principles:
    """Return the principles that the settings name, else those that kpicli knows.

    Raises `SettingsError` for a file that cannot be read or is no such list, for an answer to a
    principle that is not in it, and for an address that a page does not lead to.
    """
    own = settings.values.report.principles
    if own is None:
        raw = tomllib.loads((pkgutil.get_data("kpicli.report", BUILT_IN) or b"").decode())
        principles = Principles.model_validate(raw)
    else:
        files, file = TomlFiles(), settings.folder / own
        try:
            principles = _read(file, files)
        except InvalidSettings as error:
            from kpicli.settings.toml.corrections import with_lines  # loads a parser of its own

            raise with_lines(error, files, lambda corrected: _read(file, corrected)) from None
    _check(settings, principles)
    return principles


def _read(file: Path, files: TomlFiles) -> Principles:
    raw = files.tables(file)
    try:
        return Principles.model_validate(raw)
    except ValidationError as error:
        raise invalid_settings(error, str(file), raw) from None


def _check(settings: Settings, principles: Principles) -> None:
    file = str(settings.file or settings.folder)
    known = principles.keys
    answers = settings.values.report.correspondence
    problems = [
        misnamed(
            "report.correspondence",
            f"「{key}」という原則はありません",
            f"no principle {key!r}",
            key,
            known,
        )
        for key in answers
        if key not in known
    ]
    problems += [
        problem(
            f"report.correspondence.{key}",
            f"ページから {answer.policy} へのリンクは張れません",
            f"a page does not lead to {answer.policy}",
        )
        for key, answer in answers.items()
        if answer.policy is not None and not allowed_address(answer.policy)
    ]
    if problems:
        raise InvalidSettings(file, problems)


def correspondence(
    settings: Settings,
    principles: Principles,
    results: Mapping[str, Sequence[Link]],
    language: Language,
) -> tuple[Correspondence, ...]:
    """Return the table; `results` are links to the sections by the principles they speak of.

    A 注 is answered where its principle is, unless the settings give a reason why it is not.
    """
    return tuple(_lines(settings, principles, results, language))


def _lines(
    settings: Settings,
    principles: Principles,
    results: Mapping[str, Sequence[Link]],
    language: Language,
) -> Iterator[Correspondence]:
    answers = settings.values.report.correspondence
    for principle in principles.principle:
        for key in (principle.number, *_note_keys(principle)):
            answer = answers.get(key)
            reason = None if answer is None else answer.reason
            policy = None
            if answer is not None and answer.policy is not None:
                at = labels.POLICY if answer.at is None else answer.at
                policy = Link(at.in_language(language), answer.policy)
            places = () if reason is not None else tuple(results.get(principle.number, ()))
            done = "" if reason is None else reason.in_language(language)
            if policy is not None and places:
                done = "○"
            name = principle.name.in_language(language) if key == principle.number else ""
            shown = labels.PRINCIPLE_KEY.filled(ja=key, en=_in_english(key))
            yield Correspondence(key, shown.in_language(language), name, policy, places, done)


def results_of(
    sections: Sequence[Section], addresses: Sequence[str]
) -> Mapping[str, tuple[Link, ...]]:
    """Return links to the sections that speak of each principle, each to its address.

    A figure that a heading is still to be filled with is an ellipsis.
    """
    found: dict[str, tuple[Link, ...]] = {}
    for section, address in zip(sections, addresses, strict=True):
        for number in section.principles:
            link = Link(_PLACEHOLDER.sub("…", section.heading.text), address)
            found[number] = (*found.get(number, ()), link)
    return found


def _in_english(key: str) -> str:
    """Return `5 (Note 1)` of `5(注1)`, `1 (Note)` of `1(注)`."""
    return key.replace("(注", " (Note ").replace(" )", ")")


def _note_keys(principle: Principle) -> tuple[str, ...]:
    return tuple(f"{principle.number}({note})" for note in principle.notes)


def missing_answers(lines: Sequence[Correspondence]) -> Text | None:
    """Return what lint says of principles that nothing answers; None where all are answered."""
    gone = [line for line in lines if line.missing]
    by_policy = [line.key for line in gone if line.policy is None]
    by_results = [line.key for line in gone if line.policy is not None]
    said = []
    if by_policy:
        said.append(_NO_POLICY.filled(ja="、".join(by_policy), en=", ".join(by_policy)))
    if by_results:
        said.append(_NO_RESULTS.filled(ja="、".join(by_results), en=", ".join(by_results)))
    if not said:
        return None
    return Text("。".join(text.ja for text in said), "; ".join(text.en for text in said))


def title_of(principles: Principles) -> Text:
    """Return the title of the table, with the day of the principles' edition."""
    title, day = principles.title, principles.revised
    return labels.CORRESPONDENCE_TITLE.filled(
        ja=title.ja, en=title.en, ja_day=day_words(day, "ja"), en_day=day_words(day, "en")
    )


def correspondence_answer(
    principles: Principles, lines: Callable[[Language], tuple[Correspondence, ...]]
) -> Answer:
    """Return the table as an answer in every format; `lines` gives those of a language."""
    title = title_of(principles)
    return Answer(
        title=labels.CORRESPONDENCE_TABLE,
        records=lambda options: _records(lines(options.language)),
        document=lambda options: _document(title, lines(options.language), options.language),
        content=lambda options: {
            "title": principles.title.in_language(options.language),
            "revised": principles.revised.isoformat(),
            "principles": [
                {
                    "principle": line.key,
                    "name": line.name,
                    "policy": None if line.policy is None else line.policy.address,
                    "results": [link.text for link in line.results],
                    "done": line.done,
                }
                for line in lines(options.language)
            ],
        },
        day=principles.revised,
    )


def _records(lines: Sequence[Correspondence]) -> Records:
    heads = columns(
        principle="text", name="text", policy="text", address="text", results="text", done="text"
    )
    rows = (
        (
            line.number,
            line.name,
            None if line.policy is None else line.policy.text,
            None if line.policy is None else line.policy.address,
            "; ".join(link.text for link in line.results),
            line.done,
        )
        for line in lines
    )
    return Records(heads, tuple(rows))


def _document(title: Text, lines: Sequence[Correspondence], language: Language) -> Document:
    heads = (labels.IN_POLICY, labels.IN_RESULTS, labels.DONE)
    made = [
        Line(
            0,
            f"{line.number} {line.name}".strip(),
            (
                "" if line.policy is None else line.policy.text,
                "; ".join(link.text for link in line.results),
                line.done,
            ),
        )
        for line in lines
    ]
    shown = tuple(
        Column(f"c{number}", head.in_language(language), prose=True)
        for number, head in enumerate(heads)
    )
    item = labels.PRINCIPLES.in_language(language)
    listing = Listing(item, shown, (DocumentSection("", tuple(made)),))
    return Document((Entry(title.in_language(language)),), (listing,))
