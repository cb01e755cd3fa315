"""The files that settings do not use, each with the reason why."""

from collections.abc import Iterator

from kpicli.base.wording import Text, listed
from kpicli.intake.matching.feed import Feed
from kpicli.intake.profiling.months import MonthColumns
from kpicli.intake.profiling.tables import Table
from kpicli.intake.proposal import Proposal

_UNKNOWN = Text("使う指標が見つかりません", "no source that is known fits")
_COPY = Text("{file} と同じ内容です", "the same as {file}")
_DOUBLE = Text(
    "{file} と同じ件を別の番号で持つようです", "it seems to hold the cases of {file} once more"
)
_RECORDS = Text("1 行が 1 件ではない表です", "a line of it is not a case")
_MONTHS = Text("月が列になった表です", "months are columns of it")
_REFUSED = Text("使わないと答えました", "it was answered that it is not used")
_APART = Text(
    "{source}が複数あり、どれが今のものか決まっていません",
    "of several of {source} none is known to be in force",
)
_UNDECIDED = Text(
    "何の表か決まっていません({sources})", "what it is has not been decided ({sources})"
)
_LACKS = Text(
    "{source}に似ていますが、{columns}がありません", "it is like {source}, but lacks {columns}"
)
_CANNOT = Text("読めません: {why}", "cannot be read: {why}")


def unused_files(proposal: Proposal) -> Iterator[tuple[str, Text]]:
    """Yield the label of every table that feeds nothing, and of every file unread, with the reason.

    A file that is there under another name is not used either.
    """
    used = {(feed.table.file, feed.table.sheet) for feed in proposal.exported}
    for table in proposal.tables:
        if (table.file, table.sheet) not in used:
            yield table.label, reason_of(proposal, table)
    for unread in proposal.unread:
        why = unread.error.message
        yield unread.file, Text(_CANNOT.ja.format(why=why.ja), _CANNOT.en.format(why=why.en))


def reason_of(proposal: Proposal, table: Table) -> Text:
    """Return why a table feeds nothing."""
    feeds = [own for own in proposal.exported if own.table.digest == table.digest]
    original = next((own.table for own in feeds if own.table.sheet == table.sheet), None)
    if original is not None:
        return _COPY.filled(file=original.label)
    place = table.file, table.sheet
    own = (each for each in proposal.feeds if (each.table.file, each.table.sheet) == place)
    feed = next(own, None)
    if feed is not None:
        return _of_feed(proposal, feed)
    if table.has_record_lines:
        return _RECORDS
    if f"source {table.label}" in proposal.settled:
        return _REFUSED
    return _UNKNOWN if table.months is None else _of_months(table.months)


def _of_months(months: MonthColumns) -> Text:
    """Return why numbers by month are not added up; the loaders may not read what seems right."""
    why = months.problem
    if why is None:
        return _MONTHS
    return Text(f"{_MONTHS.ja}: {why.ja}", f"{_MONTHS.en}: {why.en}")


def _of_feed(proposal: Proposal, feed: Feed) -> Text:
    """Return why a table feeds nothing though it is like the export of a source."""
    source = feed.source
    if feed.undecided:
        titles = listed([own.source.title for own in (feed, *feed.others)], "、")
        return Text(
            _UNDECIDED.ja.format(sources=titles.ja), _UNDECIDED.en.format(sources=titles.en)
        )
    if source.id in proposal.registers_apart:
        return Text(
            _APART.ja.format(source=source.title.ja), _APART.en.format(source=source.title.en)
        )
    if feed.table.label in proposal.doubles:
        return _DOUBLE.filled(file=proposal.doubles[feed.table.label])
    there = {match.name for match in feed.matches}
    missing = [name for name in source.columns if name in feed.needed and name not in there]
    columns = listed([source.heading(name) for name in missing], "、")
    return Text(
        _LACKS.ja.format(source=source.title.ja, columns=columns.ja),
        _LACKS.en.format(source=source.title.en, columns=columns.en),
    )
