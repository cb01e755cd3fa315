"""From folders to a proposal: find the files, profile them, match them with sources."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from unicodedata import normalize

from msgspec import Struct

from kpicli.base.errors import InputError
from kpicli.base.faults import NO_HEADER_ROW
from kpicli.base.wording import Text
from kpicli.intake.former import Former, with_former
from kpicli.intake.matching.known import declared_sources, vocabulary
from kpicli.intake.matching.months import month_feeds
from kpicli.intake.matching.sources import feeds_of
from kpicli.intake.profiling.grids import contents_of, grids_of, tables_of
from kpicli.intake.profiling.months import without_header
from kpicli.intake.profiling.tables import Table, Unread
from kpicli.intake.proposal import Proposal, propose
from kpicli.intake.trial import is_readable
from kpicli.loaders.files.candidates import SUFFIXES, files_in
from kpicli.loaders.files.content import Content

Progress = Callable[[str, int, int], None]
"""Is called with each file, its number and how many there are."""


class Folder(Struct, frozen=True):
    """What is in folders: the tables of their files, and the files that none can be read of."""

    tables: tuple[Table, ...]
    unread: tuple[Unread, ...]


def understand(
    named: Sequence[Path],
    home: Path,
    progress: Progress = lambda *_: None,
    former: Former | None = None,
    beside: Sequence[Path] = (),
) -> tuple[Folder, Proposal]:
    """Return what folders and files hold, and the settings that are proposed for them in `home`.

    `former` is what was said of exports like these before; files `beside` them are none.
    Raises `InputError` where a path does not exist, and where there is no table at all.
    """
    others = {path.resolve() for path in beside}
    every = (file for path in named for file in files_in(path))
    files = list(dict.fromkeys(file for file in every if file.resolve() not in others))
    words = vocabulary()
    tables: list[Table] = []
    unread: list[Unread] = []
    for number, file in enumerate(files, 1):
        label = _label(file, home)
        progress(label, number, len(files))
        try:
            for content, name in contents_of(file, label):
                try:
                    own = tables_of(content, name, words)
                except InputError as error:
                    unread.append(Unread(name, error))
                    continue
                tables += own
                if not own:
                    unread.append(Unread(name, _no_header(content, name)))
        except InputError as error:
            unread.append(Unread(label, error))
    if not tables:
        raise _nothing(named, unread)
    feeds = feeds_of(tables, declared_sources(None if former is None else former.headers))
    folder = Folder(tuple(tables), tuple(unread))
    by_month = month_feeds(t for t, feed in zip(tables, feeds, strict=True) if feed is None)
    known = [*(feed for feed in feeds if feed is not None), *by_month]
    readable = (feed for feed in known if is_readable(feed, home))
    proposal = propose(readable, tables, unread)
    return folder, proposal if former is None else with_former(proposal, former)


def _no_header(content: Content, label: str) -> InputError:
    """Return why a file without any table is not read; its first row may be one of data."""
    reasons = (without_header(grid.rows) for grid in grids_of(content, label))
    why = next((reason for reason in reasons if reason is not None), None)
    if why is not None:
        return InputError(Text(f"{label}: {why.ja}", f"{label}: {why.en}"))
    message, advice = NO_HEADER_ROW.message, NO_HEADER_ROW.advice
    return InputError(Text(f"{label}: {message.ja}", f"{label}: {message.en}"), advice)


def _label(file: Path, home: Path) -> str:
    """Return a path as the settings in `home` name it: in NFC, unless that is another file."""
    try:
        name = Path(os.path.relpath(file, home)).as_posix()
    except ValueError:  # on another drive
        name = file.absolute().as_posix()
    composed = normalize("NFC", name)
    other = home / composed
    return name if other.exists() and not other.samefile(file) else composed


def _nothing(named: Iterable[Path], unread: Sequence[Unread]) -> InputError:
    if unread:
        return unread[0].error
    where = ", ".join(map(str, named))
    kinds = " ".join((*SUFFIXES, ".zip"))
    return InputError(
        Text(f"{where} に表がありません", f"there is no table in {where}"),
        Text(f"見るファイル: {kinds}", f"files that are looked at: {kinds}"),
    )
