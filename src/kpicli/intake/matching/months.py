"""Tables of numbers by month, of which no pack has a source: each is declared as one of its own."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence

from kpicli.base.toml_values import array, quoted
from kpicli.catalog.read import read_catalog
from kpicli.intake.matching.feed import Feed, Match
from kpicli.intake.matching.fit import Declared, Fit
from kpicli.intake.profiling.columns import Column
from kpicli.intake.profiling.disclosure import is_plain
from kpicli.intake.profiling.tables import Table

NAME, VALUE = "month", "value"
"""The columns that a header and a cell of such a table make."""
_SURE = Fit(1.0, 1.0, 1.0)
_YEARS = re.compile(
    r"(?:令和|(?<![A-Za-z])R)(?:元|[0-9]{1,2})年?度?|(?:FY)?20[0-9]{2}(?:年度?|[HQ][1-4])?"
    r"|[上下]半?期|(?:1[0-2]|0?[1-9])月",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\s_・.,、()（）\[\]【】~～\u301c-]+")
_SHEETS = re.compile(r"(?:sheet|シート)\s*[0-9]*", re.IGNORECASE)
_STOCKS = re.compile(
    "残高|保有|在籍|現在|時点|月末|期末|累計|率|割合|比|平均|単価|目標|予算|計画|偏差|指数|%|％"
)
"""Words for what does not add up over months, or has not happened."""
_FLOWS = re.compile("件数|回数|人数|枚数|来店|受付|新規|成約|発生|開催|実施|参加|申込|解約")
_MEASURES = re.compile("件数|回数|人数|率|割合|金額|残高|平均|指標|[%％]")
_UNITS = (("円", "円"), ("人数", "名"), ("参加", "名"), ("回数", "回"))
"""What a title says, and the unit that its numbers are in; others are in 件."""
_UNTITLED = "月ごとの数"


def month_feeds(tables: Iterable[Table]) -> list[Feed]:
    """Return tables of numbers by month as exports of sources that are made for them.

    Tables of one title under the same headers, such as those of two years, are of one source.
    """
    sources: dict[tuple[str, tuple[str, ...]], Declared] = {}
    feeds: list[Feed] = []
    for table in tables:
        months = table.months
        if months is None or months.problem is not None:
            continue
        labels = [column for column in table.columns if column.place in months.labels]
        title = _title(table)
        key = (title, tuple(column.header for column in labels))
        if key not in sources:
            sources[key] = _declared(len(sources) + 1, title, labels)
        named = zip(_names(labels), labels, strict=True)
        matches = tuple(Match(name, column, _SURE) for name, column in named)
        undecided = not _adds_up(table, title, labels)
        feeds.append(Feed(table, sources[key], 1.0, matches, undecided=undecided))
    return feeds


def _title(table: Table) -> str:
    """Return what a table is of: its sheet's name, or its file's, without years and months."""
    stem = table.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    named = table.sheet if table.sheet and len(table.sheets) > 1 else ""
    for text in (named or "", stem):
        bare = _SIGNS.sub(" ", _YEARS.sub(" ", _SHEETS.sub(" ", text))).strip()
        if bare:
            return bare
    return _UNTITLED


def _adds_up(table: Table, title: str, labels: Sequence[Column]) -> bool:
    """Return whether numbers may be added up over months and rows, as far as anything says it.

    Totals that are there and are right say it, or a title of things that happen. Rows of several
    measures, and states at the end of a month, are no such numbers, whatever the totals are.
    """
    words = " ".join((title, *(column.header for column in labels)))
    rows = [value for column in labels for value in column.values]
    if _STOCKS.search(words) or any(map(_MEASURES.search, rows)):
        return False
    return bool(table.months and table.months.checked) or _FLOWS.search(title) is not None


def _names(labels: Sequence[Column]) -> list[str]:
    return ["item" if n == 1 else f"item_{n}" for n in range(1, len(labels) + 1)]


def _declared(number: int, title: str, labels: Sequence[Column]) -> Declared:
    id_ = "monthly" if number == 1 else f"monthly_{number}"
    text = _text(id_, title, dict(zip(_names(labels), labels, strict=True)))
    catalog = read_catalog(tomllib.loads(text), packs=())
    return Declared("", catalog.source[id_], catalog, text=text)


def _text(id_: str, title: str, labels: Mapping[str, Column]) -> str:
    """Return the source, its list of names and the KPI that adds up its numbers."""
    unit = next((unit for word, unit in _UNITS if word in title), "件")
    lines = [
        f"[source.{id_}]",
        f"title = {quoted(title)}",
        'rhythm = "continuous"',
        f"key = {array([*labels, NAME])}",
        f"[source.{id_}.columns]",
    ]
    by_name = bool(labels) and all(map(_are_kinds, labels.values()))
    held = f'type = "code", codes = "{id_}_names"' if by_name else 'type = "id", personal = true'
    lines += [
        f"{name} = {{ headers = {array([column.header])}, {held}, required = true }}"
        for name, column in labels.items()
    ]
    lines += [
        f'{NAME} = {{ headers = ["月"], type = "month", required = true }}',
        f'{VALUE} = {{ headers = ["値"], type = "number" }}',
        *([f"[codes.{id_}_names]", "open = true"] if by_name else []),
        f"[kpi.{id_}]",
        f"title = {quoted(title)}",
        'note = { ja = "月ごとの表の数の合計", en = "Sum of the numbers of the table by month" }',
        f'source = "{id_}"',
        'measure = "sum"',
        f'of = "{VALUE}"',
        f"unit = {quoted(unit)}",
    ]
    lines += ['parts = { by = "item" }'] if by_name else []
    return "\n".join(lines)


def _are_kinds(column: Column) -> bool:
    """Return whether names of rows are kinds: those of people are no parts that are published."""
    return column.kind == "code" and all(map(is_plain, column.values))
