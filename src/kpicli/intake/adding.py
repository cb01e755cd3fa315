"""Further exports in settings that are there: their tables are put at the end of the file."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from msgspec.structs import replace

from kpicli.base.errors import InputError, SettingsError
from kpicli.base.toml_values import array, quoted
from kpicli.base.wording import Language, Text
from kpicli.intake.proposal import Proposal
from kpicli.intake.writing import exports_lines, guessed_keys
from kpicli.loaders.files.find_files import find_files
from kpicli.settings.settings import Settings

_LIST = re.compile(r"^guesses\s*=\s*\[([^\S\n]*(?:#[^\n]*)?\n)?", re.MULTILINE)
"""The head of the list of guesses, with the end of its line where the keys stand below it."""
_COMMENTS = re.compile(r"(?:[^\S\n]*(?:#[^\n]*)?\n)*")


def without_known(proposal: Proposal, settings: Settings) -> tuple[Proposal, Sequence[str]]:
    """Return the proposal without the tables that the settings read already, and their files."""
    named = set(_named(settings))
    known = [feed for feed in proposal.feeds if feed.table.file in named]
    kept = tuple(feed for feed in proposal.feeds if feed not in known)
    return replace(proposal, feeds=kept), [feed.table.label for feed in known]


def _named(settings: Settings) -> Iterator[str]:
    """Yield the labels of the files that the settings name; of those that are there."""
    for pattern in settings.patterns:
        with suppress(InputError):
            yield from (file.label for file in find_files((pattern,), settings.folder, "").files)


def added_text(
    text: str, proposal: Proposal, settings: Settings, language: Language, *, guessed: bool
) -> str:
    """Return the text of a settings file with the exports of a proposal at its end.

    What stands there stays as it is; what is guessed is listed with the other guesses. Raises
    `SettingsError` where a source, or `exports` as a whole, is written in a way to which nothing
    can be added, with what to write by hand, and where its pack is not among the settings'.
    """
    guesses = [key for key in guessed_keys(proposal) if key.startswith("exports.")]
    declared = frozenset(_declared(proposal, settings))
    lines = exports_lines(proposal, language, guesses if guessed else (), declared)
    for entry in proposal.entries:
        table = re.compile(rf"^\s*\[\[\s*exports\s*\.\s*{entry.source}\s*\]\]", re.MULTILINE)
        if entry.source in settings.values.exports and not table.search(text):
            raise _by_hand(entry.source, "\n".join(lines))
        pack = entry.feeds[0].declared.pack
        if not entry.unpivot and pack not in settings.values.catalogue:
            known = ", ".join(f'"{name}"' for name in (*settings.values.catalogue, pack))
            raise SettingsError(
                Text(
                    f"{entry.files[0]} は、設定にない組 {pack} の出力です",
                    f"{entry.files[0]} is an export of {pack}, a pack that the settings lack",
                ),
                Text(f"catalogue = [{known}] としてください", f"write catalogue = [{known}]"),
            )
    if guessed:
        text = _with_guesses(text, [key for key in guesses if key not in settings.values.guesses])
    return text.rstrip("\n") + "\n" + "\n".join(lines) + "\n"


def _with_guesses(text: str, guesses: Sequence[str]) -> str:
    """Return the text of a settings file with further keys in its list of guesses."""
    if not guesses:
        return text
    there = _LIST.search(text)
    if there is not None:
        sign, end = ("  ", ",\n") if there[1] else ("", ", ")
        added = "".join(f"{sign}{quoted(key)}{end}" for key in guesses)
        return text[: there.end()] + added + text[there.end() :]
    start = _COMMENTS.match(text)
    place = 0 if start is None else start.end()
    return f"{text[:place]}guesses = {array(guesses)}\n{text[place:]}"


def _declared(proposal: Proposal, settings: Settings) -> Iterator[str]:
    """Yield the sources of no pack that the settings declare already, as the proposal does.

    Raises `SettingsError` where they declare another one under its id.
    """
    for entry in proposal.entries:
        known = settings.catalog.source.get(entry.source) if entry.unpivot else None
        if known is None:
            continue
        own = entry.feeds[0].source
        if (known.title, known.columns) != (own.title, own.columns):
            raise SettingsError(
                Text(
                    f"設定には別の [source.{entry.source}] があるので、{entry.files[0]} を"
                    "書き足せません",
                    f"the settings declare another [source.{entry.source}]: "
                    f"{entry.files[0]} is not added",
                ),
                Text(
                    "設定の id を、[exports] と [kpi] の source でも、別の名前に変えてください",
                    "rename theirs, in [exports] and in the source of [kpi], too",
                ),
            )
        yield entry.source


def _by_hand(source: str, lines: str) -> SettingsError:
    return SettingsError(
        Text(
            f"設定の {source} は [[exports.{source}]] の形ではないので、書き足せません",
            f"{source} in the settings is not of the form [[exports.{source}]]: nothing is added",
        ),
        Text(
            f"その形に直してから、次を書き足してください:\n{lines}",
            f"write it in that form, then add:\n{lines}",
        ),
    )
