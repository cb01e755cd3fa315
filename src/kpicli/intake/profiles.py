"""Profiles: what was said of an agency's exports, kept by name for other folders of theirs."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kpicli.base.errors import OutputError, SettingsError, UsageError
from kpicli.base.folders import user_folder
from kpicli.base.storage import cannot_write, private_folder, write_whole
from kpicli.base.toml_values import array, quoted
from kpicli.base.wording import Text
from kpicli.intake.former import Former
from kpicli.intake.proposal import Proposal

_NAME = re.compile(r"[\w-]{1,60}")


def read_profile(name: str) -> Former | None:
    """Return a profile; None where there is none of that name.

    Raises `UsageError` for what can be no name, and `SettingsError` for a file that is none of
    ours.
    """
    file = profile_file(name)
    if not file.is_file():
        return None
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Former)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError):
        raise SettingsError(
            Text(f"{file} はプロファイルとして読めません", f"{file} cannot be read as a profile"),
            Text("消して、作り直してください", "remove it, and make it again"),
        ) from None


def write_profile(name: str, proposal: Proposal) -> Path:
    """Keep what is known of the exports of a proposal under a name, and return where."""
    file = profile_file(name)
    try:
        private_folder(file.parent)
        write_whole(file, ("\n".join(_lines(proposal)) + "\n").encode(), private=True)
    except OSError as error:
        raise cannot_write(str(file), error) from None
    return file


def profile_file(name: str) -> Path:
    """Return where the profile of a name lies, or would."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            Text(f"--profile: 「{name}」は名前にできません", f"--profile: {name!r} is no name"),
            Text("文字、数字、- と _ だけにしてください", "use letters, digits, - and _ alone"),
        )
    folder = user_folder("config")
    if folder is None:
        raise OutputError(
            Text("ホームフォルダーが不明です", "no home folder is known"),
            Text("HOME を設定してください", "set HOME"),
        )
    return folder / "profiles" / f"{name}.toml"


def _lines(proposal: Proposal) -> Iterator[str]:
    yield f"packs = {array(proposal.packs)}"
    yield f"fiscal_start = {proposal.fiscal_start}"
    if proposal.blanks:
        yield "[blanks]"
        yield from (f"{source} = {array(words)}" for source, words in proposal.blanks.items())
    headers: dict[str, dict[str, list[str]]] = {}
    for feed in proposal.exported:
        for match in feed.matches:
            named = headers.setdefault(feed.source.id, {}).setdefault(match.name, [])
            if match.column.header not in named:
                named.append(match.column.header)
    for source, columns in headers.items():
        yield f"[headers.{source}]"
        yield from (f"{quoted(name)} = {array(own)}" for name, own in columns.items())
    for (source, name), values in proposal.synonyms.items():
        yield f"[synonyms.{source}.{quoted(name)}]"
        yield from (f"{quoted(value)} = {array(own)}" for value, own in values.items())
