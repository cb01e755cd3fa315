"""Finding the files of an export, each content once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base import faults
from kpicli.base.errors import InputError
from kpicli.base.faults import Fault, Place
from kpicli.base.folders import in_zip
from kpicli.loaders.files.archives import Member, is_zip, members_of, no_member
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.files.file_patterns import Match, expand
from kpicli.loaders.files.remote import RemoteMatch, expand_url, is_url

if TYPE_CHECKING:
    from kpicli.settings.tables.shapes import Shape


class FoundFiles(Struct, frozen=True):
    """The files of an entry, in the order of their first mention, and what is to be said of them.

    A file is repeated when its content, and the sheet asked for, were named before: a finding.
    Another is what a zip, named as a whole, holds besides.
    """

    files: tuple[ExportFile, ...]
    findings: tuple[Fault, ...] = ()


def find_files(
    patterns: Sequence[str],
    folder: Path,
    source: str,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    headers: Mapping[str, tuple[str, ...]] | None = None,
    shape: "Shape | None" = None,
    constants: Mapping[str, str] = MappingProxyType({}),
    known: Sequence[ExportFile] = (),
) -> FoundFiles:
    """Return the files that `patterns` name, their bytes not read yet.

    A pattern is a URL, or a path relative to `folder`; a zip in it is read as a folder, and alone
    stands for all tables in it.

    `encoding`, `sheet`, `headers`, `shape` and `constants` are passed on with each file. `known`
    are the files that other entries of the same source have named: they are not returned again, but
    told, unless constants make other rows of them.
    Raises `InputError` for a pattern that names nothing, and for what cannot be read as a file:
    a folder, a device, a pipe, a file without permission; `SettingsError` for a URL that nothing
    installed can read.
    """
    files: list[ExportFile] = []
    findings: list[Fault] = []
    for match in (match for pattern in patterns for match in _matches(pattern, folder)):
        if isinstance(match, _Left):
            place, detail = Place(match.label), "、".join(match.names)
            count = len(match.names)
            findings.append(
                Fault(faults.MEMBERS_NOT_READ, source, place, count=count, detail=detail)
            )
            continue
        covers = "" if isinstance(match, RemoteMatch) else match.covers
        file = ExportFile(
            match.identity,
            match.label,
            match.content(),
            encoding,
            sheet,
            headers,
            covers,
            shape,
            constants,
        )
        twin = _twin(file, (*known, *files))
        if twin is None:
            files.append(file)
            continue
        place, other = Place(match.label), Place(twin.label)
        findings.append(Fault(faults.REPEATED_FILE, source, place, other=other))
    return FoundFiles(tuple(files), tuple(findings))


class _Left(Struct, frozen=True):
    """What a zip that is named as a whole holds besides what is read."""

    label: str
    names: tuple[str, ...]


def _matches(pattern: str, folder: Path) -> Iterator[Match | RemoteMatch | Member | _Left]:
    """Yield what a pattern names, the members of a zip in the zip's place.

    Of several zips some may lack what is named in them, but not all.
    """
    outer, inner = in_zip(pattern)
    if not is_url(pattern) and (folder / outer).is_dir():  # a folder of such a name
        outer, inner = pattern, ""
    lacking: list[InputError] = []
    named = False
    for match in expand_url(outer) if is_url(outer) else expand(outer, folder):
        if not inner and not is_zip(match.label):
            yield match
            continue
        covers = "" if isinstance(match, RemoteMatch) else match.covers
        members = members_of(match.content(), match.identity, match.label, inner, covers)
        if not members.read:
            lacking.append(no_member(match.label, inner, members.others))
        elif members.others and not inner:
            yield _Left(match.label, members.others)
        named |= bool(members.read)
        yield from members.read
    if lacking and not (inner and named):
        raise lacking[0]


def _twin(file: ExportFile, others: Iterable[ExportFile]) -> ExportFile | None:
    """Return the file that has the same content, of which the same rows are asked for.

    Only files of one length are read for it.
    """
    for other in others:
        if file.is_read_as(other) and (
            other.path == file.path
            or (
                other.content.size == file.content.size
                and other.content.sha256 == file.content.sha256
            )
        ):
            return other
    return None
