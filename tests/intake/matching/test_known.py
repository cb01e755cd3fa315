"""What exports can be: the sources and words of all packs."""

from kpicli.catalog.read import pack_names
from kpicli.intake.matching.known import declared_sources, packs, vocabulary


def test_every_pack() -> None:
    """Every built-in pack is known, the seed agency's first, and each of its sources in files."""
    assert set(packs()) == set(pack_names())
    assert next(iter(packs())) == "insurance_agency"
    named = [(own.pack, own.source.id) for own in declared_sources()]
    assert ("renewals", "maturities") in named
    assert len(named) == len(set(named))


def test_words() -> None:
    """Values and synonyms of all code tables are known, folded."""
    assert {"感謝", "ご不満", "更改", "FP1級"} <= vocabulary()
    assert "山" not in vocabulary()
