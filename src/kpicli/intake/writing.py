"""The proposed settings as a commented kpicli.toml."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from kpicli.base.toml_values import array, quoted
from kpicli.base.wording import Language, Text
from kpicli.intake.exports.entry import Entry
from kpicli.intake.matching.feed import Feed
from kpicli.intake.profiling.phrases import ORDERS
from kpicli.intake.proposal import YEAR, Proposal, matters, months_id, source_id

GUESS = Text("推測", "guess")
_BEGIN = Text(
    "kpicli init が作った設定です。「# 推測」の行は、確かめてから(違えば直して)、"
    "guesses の一覧から消してください。",
    "Settings made by kpicli init. Check the lines marked `# guess`, correct what is wrong, then "
    "remove them from the list `guesses`.",
)
_SETTLED = Text("kpicli init が作った設定です。", "Settings made by kpicli init.")
_PATHS = Text("ファイルの場所は、このファイルから見たもの", "Paths are relative to this file")
_YEAR = Text("年度の始まる月。年度は始まる年で呼ぶ", "The month in which the year begins")
_MERGED = Text("結合セルか、グループの見出し", "merged cells, or names of groups")
_BOXES = Text("チェック欄の列を一つの区分に", "boxes that are one column together")
_BY_ROW = Text("番号の列がないので、1 行を 1 件とする", "no ids: each line is a row of its own")
_RECORDS = Text(
    "1 件は表のあるレコード。表の行は数えない", "a row is a record, not a line of its table"
)
_LINES = Text("1 件はレコードの中の表の行", "a row is a line of the table in a record")
_MONTHS = Text("月ごとの表: 各月の数を合計する", "a table by month: its numbers are added up")
_UNPIVOT = Text("月の列を 1 行ずつに", "a row for each month")
_NAMED = Text("期間はファイル名のとおり", "what each covers stands in its name")
_PACKS = Text("使う指標の組", "The packs in use")
_KPIS = Text("出す指標、出す順", "The KPIs, in the order of showing")
_LACKING = Text("列や出力がなく、出せない指標", "KPIs that these exports cannot feed")
_GUESSES = Text(
    "推測のままの設定。消した行は確定になる", "What is still a guess; a line removed is confirmed"
)
_OPEN = Text("まだ決まっていないこと", "What is still open")
_FILES = Text("{files} ファイル、{rows:,} 行", "{files} files, {rows:,} rows")
_NOT_READ = Text("使わなかったファイル", "Files that are not used")
YEAR_KEY = "fiscal_year.starts"


def settings_text(
    proposal: Proposal,
    language: Language,
    remarks: Sequence[Text] = (),
    unused: Iterable[tuple[str, Text]] = (),
    *,
    guessed: bool = True,
) -> str:
    """Return the settings, each line with what it is; guesses are marked and listed, if `guessed`.

    `remarks` are questions that nobody has answered, `unused` files that feed nothing, with why.
    """
    guesses = guessed_keys(proposal) if guessed else ()
    lines = [
        *_begin(proposal, language, guesses),
        *_kpis(proposal, language),
        *_guesses(guesses, language),
        *_open(remarks, unused, language),
        *_otherwise(proposal, language, guesses),
    ]
    lines += exports_lines(proposal, language, guesses)
    return "\n".join(lines) + "\n"


def guessed_keys(proposal: Proposal) -> tuple[str, ...]:
    """Return the keys of the settings whose values nobody has said, in their order."""
    year = () if YEAR in proposal.settled else (YEAR_KEY,)
    return (*year, *dict.fromkeys(_guessed_exports(proposal)))


def _guessed_exports(proposal: Proposal) -> Iterator[str]:
    by_source = {entry.source: entry.feeds[0] for entry in proposal.entries}
    for source, feed in by_source.items():
        if feed.by_row and _is_open(proposal, feed):
            yield f"source.{source}.key"
        yield from (f"source.{source}.columns.{name}" for name in proposal.ticks(source))
    for entry in proposal.entries:
        path = f"exports.{entry.source}"
        doubled = entry.source in doubled_sources(proposal)
        if doubled or any(_is_open(proposal, feed) for feed in entry.feeds):
            yield path
        said = entry.covers is None or bool(entry.unpivot)  # the headers of months say it
        if not said and months_id(entry.source) not in proposal.settled:
            yield f"{path}.covers"
        yield from (f"{path}.headers.{name}" for name in _unsure(entry))


def doubled_sources(proposal: Proposal) -> frozenset[str]:
    """Return the sources of which a table is left out, as another one has its cases, too."""
    labels = proposal.doubles
    return frozenset(feed.source.id for feed in proposal.feeds if feed.table.label in labels)


def _is_open(proposal: Proposal, feed: Feed) -> bool:
    """Return whether only people can say of what source a table is, and nobody has."""
    return feed.is_asked and source_id(feed) not in proposal.settled


def _unsure(entry: Entry) -> dict[str, str]:
    """Return the headers of the columns of which one table at least may have another.

    A usual header that nothing is counted by is left to the loaders, which know it.
    """
    return {
        match.name: match.column.header
        for feed in entry.feeds
        for match in feed.matches
        if not match.sure and (match.name in entry.headers or matters(feed, match.name))
    }


def exports_lines(
    proposal: Proposal,
    language: Language,
    guesses: Collection[str],
    declared: frozenset[str] = frozenset(),
) -> list[str]:
    """Return the tables of the exports, which can stand behind all else in a settings file.

    Sources of no pack stand before them, but for those that are `declared` already. What is at a
    key of `guesses` is marked.
    """
    lines: list[str] = []
    for (source, text), entries in groupby(proposal.entries, _own):
        if text and source not in declared:
            mark = _mark(language, guess=f"exports.{source}" in guesses)
            lines += ["", f"# {_MONTHS.in_language(language)}{mark}", *text.split("\n")]
        for entry in entries:
            lines += ["", *_entry(entry, language, guesses)]
    return lines


def _own(entry: Entry) -> tuple[str, str]:
    """Return a source, and the text that declares it where no pack does."""
    return entry.source, entry.feeds[0].declared.text


def _begin(proposal: Proposal, language: Language, guesses: Collection[str]) -> Iterator[str]:
    yield f"# {(_BEGIN if guesses else _SETTLED).in_language(language)}"
    yield f"# {_PATHS.in_language(language)}"
    yield ""
    mark = _mark(language, guess=YEAR_KEY in guesses)
    year = f"fiscal_year = {{ starts = {proposal.fiscal_start} }}"
    yield f"{year} # {_YEAR.in_language(language)}{mark}"
    yield f"catalogue = {array(proposal.packs)} # {_PACKS.in_language(language)}"


def _guesses(guesses: Sequence[str], language: Language) -> Iterator[str]:
    if guesses:
        yield f"guesses = [ # {_GUESSES.in_language(language)}"
        yield from (f"  {quoted(path)}," for path in guesses)
        yield "]"


def _kpis(proposal: Proposal, language: Language) -> Iterator[str]:
    yield f"kpis = [ # {_KPIS.in_language(language)}"
    for kpi in proposal.kpis:
        note = "" if kpi.note is None else f": {kpi.note.in_language(language)}"
        yield f"  {quoted(kpi.id)}, # {kpi.title.in_language(language)}{note}"
    yield "]"
    lacking = [
        (kpi, names) for kpi in proposal.catalog.kpi.values() if (names := proposal.lacking(kpi))
    ]
    if lacking or proposal.left_out:
        yield f"# {_LACKING.in_language(language)}:"
    for kpi, names in lacking:
        needs = ", ".join(_needed(proposal, source, name, language) for source, name in names)
        yield f"#   {kpi.id} {kpi.title.in_language(language)} <- {needs}"
    for unheld in proposal.left_out:
        needs = _needed(proposal, unheld.source, unheld.column, language)
        for name in unheld.kpis:
            title = proposal.catalog.kpi[name].title.in_language(language)
            yield f"#   {name} {title} <- {needs} = {', '.join(unheld.missing)}"


def _needed(proposal: Proposal, source: str, name: str | None, language: Language) -> str:
    spec = proposal.catalog.source[source]
    title = spec.title.in_language(language)
    return title if name is None else f"{title}: {spec.heading(name).in_language(language)}"


def _open(
    remarks: Sequence[Text], unused: Iterable[tuple[str, Text]], language: Language
) -> Iterator[str]:
    if remarks:
        yield ""
        yield f"# {_OPEN.in_language(language)}:"
        yield from (f"#   {_one_line(remark.in_language(language))}" for remark in remarks)
    lines = [
        f"#   {_one_line(label)} - {_one_line(reason.in_language(language))}"
        for label, reason in unused
    ]
    if lines:
        yield ""
        yield f"# {_NOT_READ.in_language(language)}:"
        yield from lines


def _otherwise(proposal: Proposal, language: Language, guesses: Collection[str]) -> Iterator[str]:
    """Yield what sources have otherwise than their packs say: boxes, orders, rows without an id."""
    by_source = {entry.source: entry.feeds[0] for entry in proposal.entries}
    for source, feed in by_source.items():
        ticks, orders = proposal.ticks(source), proposal.orders(source)
        if not ticks and not orders and not feed.by_row:
            continue
        yield ""
        yield f"[source.{source}]"
        yield "extends = true"
        if feed.by_row:
            mark = _mark(language, guess=f"source.{source}.key" in guesses)
            yield f'key = "row" # {_BY_ROW.in_language(language)}{mark}'
            yield f"[source.{source}.columns.{feed.source.lone_key}]"
            yield "required = false"
        for name, order in orders.items():
            yield f"[source.{source}.columns.{name}]"
            yield f"order = {quoted(order)} # {ORDERS[order].in_language(language)}"
        for name, boxes in ticks.items():
            spec = proposal.catalog.source[source].columns[name]
            options = ", ".join(f"{quoted(value)} = {quoted(own)}" for value, own in boxes.items())
            path = f"source.{source}.columns.{name}"
            mark = _mark(language, guess=path in guesses)
            yield f"[{path}] # {_BOXES.in_language(language)}{mark}"
            yield f'type = "code"\ncodes = {quoted(spec.codes or "")}'
            yield f"from = {{ options = {{ {options} }} }}"


def _entry(entry: Entry, language: Language, guesses: Collection[str]) -> Iterator[str]:
    source, path = entry.feeds[0].source, f"exports.{entry.source}"
    title = source.title.in_language(language)
    size = _FILES.filled(files=len(entry.files), rows=entry.rows).in_language(language)
    yield f"[[{path}]] # {title} ({size}){_mark(language, guess=path in guesses)}"
    if entry.pattern is not None:
        yield f"files = {quoted(entry.pattern)} # {_NAMED.in_language(language)}"
    else:
        yield f"files = {array(entry.files)}"
    if entry.sheets:
        one = len(entry.sheets) == 1
        yield f"sheet = {quoted(entry.sheets[0]) if one else array(entry.sheets)}"
    if entry.covers is not None:
        mark = _mark(language, guess=f"{path}.covers" in guesses)
        yield f"covers = {quoted(entry.covers)}{mark}"
    if entry.fill_down:
        yield f"fill_down = {array(entry.fill_down)} # {_MERGED.in_language(language)}"
    if entry.parents:
        note = _RECORDS if entry.feeds[0].table.is_of_records else _LINES
        yield f"explode = {{ parent = {array(entry.parents)} }} # {note.in_language(language)}"
    if entry.unpivot:
        name, value = map(quoted, entry.feeds[0].made)
        shape = f"columns = {array(entry.unpivot)}, name = {name}, value = {value}"
        yield f"unpivot = {{ {shape} }} # {_UNPIVOT.in_language(language)}"
    if entry.blanks:
        yield f"blanks = {array(entry.blanks)}"
    unsure = {n: h for n, h in _unsure(entry).items() if f"{path}.headers.{n}" in guesses}
    headers = {**unsure, **entry.headers}  # a guess stands there by its usual header, too
    if headers:
        yield f"[{path}.headers]"
    for name, header in headers.items():
        usual = source.heading(name).in_language(language)
        mark = _mark(language, guess=name in unsure)
        yield f"{name} = [{quoted(header)}] # {usual}{mark}"
    for name, values in entry.synonyms.items():
        yield f"[{path}.synonyms.{name}]"
        yield from (f"{quoted(value)} = {array(own)}" for value, own in values.items())


def _mark(language: Language, *, guess: bool) -> str:
    return f" # {GUESS.in_language(language)}" if guess else ""


def _one_line(text: str) -> str:
    """Return a text that cannot leave its comment."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
