"""The rules of the domain that docstrings cite stand in docs/domain.md."""

import re
from collections.abc import Iterator

from support.root import ROOT

CITATION = re.compile(r'domain\s+rules?((?:(?:,|\s+and)?\s+"[^"]+")+)')


def cited() -> Iterator[tuple[str, str]]:
    """Give every citation in the source: the file, and the name of the rule."""
    for file in sorted((ROOT / "src").rglob("*.py")):
        for names in CITATION.findall(file.read_text(encoding="utf-8")):
            yield from ((file.name, name) for name in re.findall(r'"([^"]+)"', names))


def test_every_rule_that_is_cited_is_written_down() -> None:
    """A name in a docstring is a heading of docs/domain.md, letter by letter."""
    document = (ROOT / "docs" / "domain.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", document, re.MULTILINE)
    assert [(file, name) for file, name in cited() if name not in headings] == []


def test_citations_have_one_form() -> None:
    """Whatever speaks of a domain rule or page cites it by name, and so is seen by this test."""
    names = {name for _, name in cited()}
    assert {"対応漏れ", "Duplicates", "Coverage", "Values", "Circled numerals"} <= names
    for file in sorted((ROOT / "src").rglob("*.py")):
        content = file.read_text(encoding="utf-8")
        spoken = len(re.findall(r"domain\s+(?:rule|page)", content))
        assert (file.name, spoken) == (file.name, len(CITATION.findall(content)))
