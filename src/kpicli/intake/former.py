"""What earlier settings, or a saved profile, say of exports like these; and what has drifted."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.intake.exports.entry import Spellings
from kpicli.intake.proposal import YEAR, Proposal
from kpicli.values.folding import header_key

if TYPE_CHECKING:
    from kpicli.settings.settings import Settings

_RENAMED = Text(
    "{source}: 「{column}」の見出しが変わりました({former} → {header})",
    "{source}: the header of {column} has changed ({former} -> {header})",
)
_GONE = Text(
    "{source}: 「{column}」の列({former})が見つかりません",
    "{source}: the column {column} ({former}) is gone",
)
_NO_TABLE = Text("{source}: 出力が見つかりません", "{source}: there is no export of it")


class Former(Struct, frozen=True):
    """What was said before: per source the headers of its columns, what words of cells stand for.

    Columns that went by a declared header need not be among the headers.
    """

    packs: tuple[str, ...] = ()
    fiscal_start: int = 4
    headers: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    synonyms: Mapping[str, Mapping[str, Spellings]] = {}
    blanks: Mapping[str, tuple[str, ...]] = {}


def former_of(settings: "Settings") -> Former:
    """Return what settings say of their exports."""
    headers: dict[str, dict[str, tuple[str, ...]]] = {}
    synonyms: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
    blanks: dict[str, tuple[str, ...]] = {}
    for source, entries in settings.values.exports.items():
        named = headers.setdefault(source, {})
        for entry in entries:
            for name, own in entry.headers.items():
                named[name] = tuple(dict.fromkeys((*named.get(name, ()), *own)))
            for name, values in entry.synonyms.items():
                merged = synonyms.setdefault(source, {}).setdefault(name, {})
                for value, words in values.items():
                    merged[value] = tuple(dict.fromkeys((*merged.get(value, ()), *words)))
            if entry.blanks:
                blanks[source] = tuple(dict.fromkeys((*blanks.get(source, ()), *entry.blanks)))
    year = settings.values.fiscal_year.starts
    return Former(settings.values.catalogue, year, headers, synonyms, blanks)


def with_former(proposal: Proposal, former: Former) -> Proposal:
    """Return the proposal with all that was said before; it is not asked for again."""
    synonyms = {
        (source, name): values
        for source, columns in former.synonyms.items()
        for name, values in columns.items()
    }
    return replace(
        proposal,
        fiscal_start=former.fiscal_start,
        synonyms=synonyms,
        blanks=former.blanks,
        settled=proposal.settled | {YEAR},
    )


def drifts(proposal: Proposal, former: Former) -> Iterator[Text]:
    """Yield what is otherwise than before: exports and columns that are gone or renamed."""
    fed = {feed.source.id: feed for feed in proposal.exported}
    for source, named in former.headers.items():
        feed = fed.get(source)
        if feed is None:
            title = Text(source, source)
            if source in proposal.catalog.source:
                title = proposal.catalog.source[source].title
            yield _filled(_NO_TABLE, source=title)
            continue
        for name, column in feed.source.columns.items():
            known = named.get(name, column.headers)
            match = feed.match(name)
            headers = Text(known[0], known[0])
            if match is None:
                if name in named:
                    yield _filled(
                        _GONE,
                        source=feed.source.title,
                        column=feed.source.heading(name),
                        former=headers,
                    )
            elif header_key(match.column.header) not in map(header_key, known):
                yield _filled(
                    _RENAMED,
                    source=feed.source.title,
                    column=feed.source.heading(name),
                    former=headers,
                    header=Text(match.column.header, match.column.header),
                )


def _filled(words: Text, **values: Text) -> Text:
    """Return words filled with others, each in its own language."""
    return Text(
        words.ja.format(**{name: value.ja for name, value in values.items()}),
        words.en.format(**{name: value.en for name, value in values.items()}),
    )
