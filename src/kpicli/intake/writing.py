"""The proposed settings as a commented kpicli.toml."""

import json
from collections.abc import Iterator, Sequence

from kpicli.base.wording import Language, Text
from kpicli.intake.matching.sources import Match
from kpicli.intake.proposal import Entry, Proposal

GUESS = Text("推測", "guess")
_BEGIN = Text(
    "kpicli init が作った設定です。「# 推測」の行は、確かめてから印を消してください。",
    "Settings made by kpicli init. Check the lines marked `# guess`, then remove the mark.",
)
_PATHS = Text("ファイルの場所は、このファイルから見たもの", "Paths are relative to this file")
_YEAR = Text("年度の始まる月。年度は始まる年で呼ぶ", "The month in which the year begins")
_MERGED = Text("結合セルか、グループの見出し", "merged cells, or names of groups")
_BOXES = Text("チェック欄の列を一つの区分に", "boxes that are one column together")
_BY_ROW = Text("番号の列がないので、1 行を 1 件とする", "no ids: each line is a row of its own")
_RECORDS = Text(
    "1 件は表のあるレコード。表の行は数えない", "a row is a record, not a line of its table"
)
_LINES = Text("1 件はレコードの中の表の行", "a row is a line of the table in a record")
_PACKS = Text("使う指標の組", "The packs in use")
_KPIS = Text("出す指標、出す順", "The KPIs, in the order of showing")
_LACKING = Text("列や出力がなく、出せない指標", "KPIs that these exports cannot feed")
_OPEN = Text("まだ決まっていないこと", "What is still open")
_FILES = Text("{files} ファイル、{rows:,} 行", "{files} files, {rows:,} rows")
_NOT_READ = Text("使わなかったファイル", "Files that are not used")


def settings_text(
    proposal: Proposal, language: Language, remarks: Sequence[Text] = (), *, guessed: bool = True
) -> str:
    """Return the settings, each line with what it is; guesses are marked if they are still such.

    `remarks` are questions that nobody has answered.
    """
    lines = [
        *_begin(proposal, language, guessed=guessed),
        *_kpis(proposal, language),
        *_open(proposal, remarks, language),
        *_otherwise(proposal, language, guessed=guessed),
    ]
    lines += exports_lines(proposal, language, guessed=guessed)
    return "\n".join(lines) + "\n"


def exports_lines(proposal: Proposal, language: Language, *, guessed: bool) -> list[str]:
    """Return the tables of the exports, which can stand behind all else in a settings file."""
    return [
        line
        for entry in proposal.entries
        for line in ("", *_entry(entry, language, guessed=guessed))
    ]


def _begin(proposal: Proposal, language: Language, *, guessed: bool) -> Iterator[str]:
    yield f"# {_BEGIN.in_language(language)}"
    yield f"# {_PATHS.in_language(language)}"
    yield ""
    mark = _mark(language, guess=guessed)
    year = f"fiscal_year = {{ starts = {proposal.fiscal_start} }}"
    yield f"{year} # {_YEAR.in_language(language)}{mark}"
    yield f"catalogue = {array(proposal.packs)} # {_PACKS.in_language(language)}"


def _kpis(proposal: Proposal, language: Language) -> Iterator[str]:
    yield f"kpis = [ # {_KPIS.in_language(language)}"
    for kpi in proposal.kpis:
        note = "" if kpi.note is None else f": {kpi.note.in_language(language)}"
        yield f"  {quoted(kpi.id)}, # {kpi.title.in_language(language)}{note}"
    yield "]"
    lacking = [
        (kpi, names) for kpi in proposal.catalog.kpi.values() if (names := proposal.lacking(kpi))
    ]
    if lacking:
        yield f"# {_LACKING.in_language(language)}:"
    for kpi, names in lacking:
        needs = ", ".join(_needed(proposal, source, name, language) for source, name in names)
        yield f"#   {kpi.id} {kpi.title.in_language(language)} <- {needs}"


def _needed(proposal: Proposal, source: str, name: str | None, language: Language) -> str:
    spec = proposal.catalog.source[source]
    title = spec.title.in_language(language)
    return title if name is None else f"{title}: {spec.heading(name).in_language(language)}"


def _open(proposal: Proposal, remarks: Sequence[Text], language: Language) -> Iterator[str]:
    if remarks:
        yield ""
        yield f"# {_OPEN.in_language(language)}:"
        yield from (f"#   {_one_line(remark.in_language(language))}" for remark in remarks)
    unused = [table.label for table in proposal.unused] + [each.file for each in proposal.unread]
    if unused:
        yield ""
        yield f"# {_NOT_READ.in_language(language)}:"
        yield from (f"#   {_one_line(label)}" for label in unused)


def _otherwise(proposal: Proposal, language: Language, *, guessed: bool) -> Iterator[str]:
    """Yield what sources have otherwise than their packs say: boxes, and rows without an id."""
    by_source = {entry.source: entry.feeds[0] for entry in proposal.entries}
    for source, feed in by_source.items():
        ticks = proposal.ticks(source)
        if not ticks and not feed.by_row:
            continue
        note = (_BY_ROW if feed.by_row else _BOXES).in_language(language)
        yield ""
        yield f"[source.{source}] # {note}{_mark(language, guess=guessed)}"
        yield "extends = true"
        if feed.by_row:
            yield 'key = "row"'
            yield f"[source.{source}.columns.{feed.source.lone_key}]"
            yield "required = false"
        for name, boxes in ticks.items():
            spec = proposal.catalog.source[source].columns[name]
            options = ", ".join(f"{quoted(value)} = {quoted(own)}" for value, own in boxes.items())
            yield f"[source.{source}.columns.{name}] # {_BOXES.in_language(language)}"
            yield f'type = "code"\ncodes = {quoted(spec.codes or "")}'
            yield f"from = {{ options = {{ {options} }} }}"


def _entry(entry: Entry, language: Language, *, guessed: bool) -> Iterator[str]:
    title = entry.feeds[0].source.title.in_language(language)
    size = _FILES.filled(files=len(entry.files), rows=entry.rows).in_language(language)
    guess = guessed and not all(feed.sure for feed in entry.feeds)
    yield f"[[exports.{entry.source}]] # {title} ({size}){_mark(language, guess=guess)}"
    yield f"files = {array(entry.files)}"
    if entry.sheets:
        one = len(entry.sheets) == 1
        yield f"sheet = {quoted(entry.sheets[0]) if one else array(entry.sheets)}"
    if entry.covers is not None:
        yield f"covers = {quoted(entry.covers)}{_mark(language, guess=guessed)}"
    if entry.fill_down:
        yield f"fill_down = {array(entry.fill_down)} # {_MERGED.in_language(language)}"
    if entry.parents:
        note = _RECORDS if entry.feeds[0].table.is_of_records else _LINES
        yield f"explode = {{ parent = {array(entry.parents)} }} # {note.in_language(language)}"
    if entry.blanks:
        yield f"blanks = {array(entry.blanks)}"
    if entry.headers:
        yield f"[exports.{entry.source}.headers]"
    source = entry.feeds[0].source
    for name, header in entry.headers.items():
        usual = source.heading(name).in_language(language)
        guess = guessed and not all(_is_sure(feed.match(name)) for feed in entry.feeds)
        yield f"{name} = [{quoted(header)}] # {usual}{_mark(language, guess=guess)}"
    for name, values in entry.synonyms.items():
        yield f"[exports.{entry.source}.synonyms.{name}]"
        yield from (f"{quoted(value)} = {array(own)}" for value, own in values.items())


def _is_sure(match: Match | None) -> bool:
    return match is not None and match.sure


def _mark(language: Language, *, guess: bool) -> str:
    return f" # {GUESS.in_language(language)}" if guess else ""


def array(values: Sequence[str]) -> str:
    """Return texts as an array of TOML."""
    return "[" + ", ".join(map(quoted, values)) + "]"


def quoted(text: str) -> str:
    """Return a text as a TOML string; JSON's are such, but for the character DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    """Return a text that cannot leave its comment."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
