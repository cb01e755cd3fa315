"""What exports can be: the sources of all built-in packs, and the words of their code tables."""

import tomllib
from collections.abc import Mapping
from functools import cache

from kpicli.catalog.catalog import Catalog
from kpicli.catalog.read import pack_names, read_catalog
from kpicli.intake.matching.fit import Declared
from kpicli.values.folding import fold


@cache
def packs() -> Mapping[str, Catalog]:
    """Return every built-in pack by its name, the seed agency's first."""
    from kpicli.catalog.read import SEED

    names = sorted(pack_names(), key=lambda name: (name != SEED, name))
    return {name: read_catalog(packs=(name,)) for name in names}


@cache
def catalog_of(names: tuple[str, ...], text: str = "") -> Catalog:
    """Return the catalogue that some built-in packs make, with the tables of a text of TOML."""
    return read_catalog(tomllib.loads(text), packs=names)


def declared_sources(
    former: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
) -> list[Declared]:
    """Return the sources that stand in files, those of the seed agency first.

    `former` are headers by which columns went before, by source and column.
    """
    return [
        Declared(name, source, catalog, (former or {}).get(source.id))
        for name, catalog in packs().items()
        for source in catalog.source.values()
        if source.of is None
    ]


def vocabulary() -> frozenset[str]:
    """Return every word, folded, that a code table lists: such words are nobody's name.

    Numbers are no words: a 1 may as well be a score or a tick.
    """
    return frozenset(
        fold(spelling)
        for catalog in packs().values()
        for table in catalog.codes.values()
        for value, synonyms in table.values.items()
        for spelling in (value, *synonyms)
        if not spelling.isdecimal()
    )
