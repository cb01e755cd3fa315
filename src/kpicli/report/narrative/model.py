"""The words of a report as they were written, and what is wrong on a line of them."""

from pathlib import Path

from msgspec import Struct

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text


class Passage(Struct, frozen=True):
    """A text as it was written, and the line of the file (from 1) on which it begins."""

    text: str = ""
    line: int = 1


class WrittenSection(Struct, frozen=True):
    """The words on one principle as they were written; passages by the fields of `Section`."""

    principle: str
    title: Passage
    passages: dict[str, Passage]


class Narrative(Struct, frozen=True):
    """A narrative as it was written, its placeholders not yet filled."""

    file: Path
    title: Passage
    introduction: Passage
    sections: tuple[WrittenSection, ...]


class Problem(Struct, frozen=True):
    """Something wrong on a line of a narrative."""

    line: int
    message: Text


def refused(file: Path, problems: list[Problem]) -> SettingsError:
    """Return the error that names file and line of every problem, in the order of lines."""
    ordered = sorted(problems, key=lambda problem: problem.line)
    ja = "\n".join(f"  {file}:{each.line}: {each.message.ja}" for each in ordered)
    en = "\n".join(f"  {file}:{each.line}: {each.message.en}" for each in ordered)
    return SettingsError(
        Text(f"報告の文章に誤りがあります:\n{ja}", f"the words of the report are not valid:\n{en}"),
        Text(
            "上の行を直してください(書き方: docs/report.md)", "correct these lines (docs/report.md)"
        ),
    )
