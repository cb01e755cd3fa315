"""The English words of a report lie beside the Japanese ones."""

import pytest

from kpicli.settings.tables.report import english_narrative


@pytest.mark.parametrize(
    ("japanese", "english"),
    [
        ("narrative/2025H1.md", "narrative/2025H1.en.md"),
        ("narrative/{period}.md", "narrative/{period}.en.md"),
        ("words", "words.en"),
    ],
)
def test_the_language_stands_before_the_suffix(japanese: str, english: str) -> None:
    """So that files sort together and editors know the kind."""
    assert english_narrative(japanese) == english
