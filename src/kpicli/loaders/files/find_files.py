"""Finding the files of an export, each content once."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from kpicli.base import faults
from kpicli.base.faults import Fault, Place
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.files.file_patterns import Match, expand
from kpicli.loaders.files.remote import RemoteMatch, expand_url, is_url


class FoundFiles(Struct, frozen=True):
    """The files of an entry, in the order of their first mention, and a fault for each repetition.

    A file is repeated when its content, and the sheet asked for, were named before.
    """

    files: tuple[ExportFile, ...]
    repeated: tuple[Fault, ...] = ()


def find_files(
    patterns: Sequence[str],
    folder: Path,
    source: str,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    headers: Mapping[str, tuple[str, ...]] | None = None,
    known: Sequence[ExportFile] = (),
) -> FoundFiles:
    """Return the files that `patterns` name, their bytes not read yet.

    A pattern is a URL, or a path relative to `folder`.

    `encoding`, `sheet` and `headers` are passed on with each file. `known` are the files that other
    entries of the same source have named: they are not returned again, but listed as repeated.
    Raises `InputError` for a pattern that names nothing, and for what cannot be read as a file:
    a folder, a device, a pipe, a file without permission; `SettingsError` for a URL that nothing
    installed can read.
    """
    by_path = {(file.path, file.sheet): file.label for file in known}
    files: list[ExportFile] = []
    repeated: list[Fault] = []
    for match in (match for pattern in patterns for match in _matches(pattern, folder)):
        path = match.identity
        if (path, sheet) not in by_path:
            covers = match.covers if isinstance(match, Match) else ""
            file = ExportFile(path, match.label, match.content(), encoding, sheet, headers, covers)
            twin = _twin(file, (*known, *files))
            by_path[path, sheet] = file.label if twin is None else twin.label
            if twin is None:
                files.append(file)
                continue
        place, other = Place(match.label), Place(by_path[path, sheet])
        repeated.append(Fault(faults.REPEATED_FILE, source, place, other=other))
    return FoundFiles(tuple(files), tuple(repeated))


def _matches(pattern: str, folder: Path) -> Sequence[Match | RemoteMatch]:
    return expand_url(pattern) if is_url(pattern) else expand(pattern, folder)


def _twin(file: ExportFile, others: Iterable[ExportFile]) -> ExportFile | None:
    """Return the file that has the same content, of which the same sheet is asked for.

    Only files of one length are read for it.
    """
    for other in others:
        if (
            other.sheet == file.sheet
            and other.content.size == file.content.size
            and other.content.sha256 == file.content.sha256
        ):
            return other
    return None
