"""Filters, columns and exclusions of a definition in plain words."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kpicli.base.wording import Text, listed, quantity
from kpicli.catalog.conditions import Operand, Test, Where
from kpicli.values.moments import Moment, column_of

if TYPE_CHECKING:
    from kpicli.catalog.sources.code_tables import CodeTable
    from kpicli.catalog.sources.source import Source
    from kpicli.catalog.sources.tables import SourceTables


MASK = "*"
"""Stands for a value of a personal column."""

_REFERENCES = {
    "@as_of": Text("時点日", "the as-of date"),
    "@start": Text("期間の初日", "the period's first day"),
    "@end": Text("期間の末日", "the period's last day"),
}
_UNITS = {
    "days": Text("日", "days"),
    "months": Text("か月", "months"),
    "years": Text("年", "years"),
    "business days": Text("営業日", "business days"),
}
_OPERATORS = {
    "in": Text("{column} が {values}", "{column} is {values}"),
    "not_in": Text("{column} が {values} でない", "{column} is not {values}"),
    "before": Text("{column} が {values} より前", "{column} is before {values}"),
    "on_or_before": Text("{column} が {values} 以前", "{column} is on or before {values}"),
    "after": Text("{column} が {values} より後", "{column} is after {values}"),
    "on_or_after": Text("{column} が {values} 以後", "{column} is on or after {values}"),
    "at_least": Text("{column} が {values} 以上", "{column} is at least {values}"),
    "at_most": Text("{column} が {values} 以下", "{column} is at most {values}"),
    "above": Text("{column} が {values} を超える", "{column} is above {values}"),
    "below": Text("{column} が {values} 未満", "{column} is below {values}"),
}


def filter_words(where: Where, source: "Source", tables: "SourceTables") -> Text:
    """Return a filter in words; alternatives are joined with *or*, tests with *and*."""
    alternatives = [[_test(test, source, tables) for test in tests] for tests in where.alternatives]
    ja = [" かつ ".join(test.ja for test in tests) for tests in alternatives]
    en = [" and ".join(test.en for test in tests) for tests in alternatives]
    if len(ja) == 1:
        return Text(ja[0], en[0])
    return Text(" または ".join(f"({a})" for a in ja), " or ".join(f"({a})" for a in en))


def _test(test: Test, source: "Source", tables: "SourceTables") -> Text:
    header = source.heading(test.column)
    if test.operator == "missing":
        blank = bool(test.operands[0])
        return Text(
            f"{header.ja} が{'空欄' if blank else '空欄でない'}",
            f"{header.en} is {'blank' if blank else 'filled'}",
        )
    table = tables.codes_of(source, test.column)
    operands = [_operand(operand, source, table) for operand in test.operands]
    if source.known[test.column].personal and test.operator in ("in", "not_in"):
        operands = [Text(MASK, MASK)]
    values = listed(operands, "・", " or ")
    words = _OPERATORS[test.operator]
    return Text(
        words.ja.format(column=header.ja, values=values.ja),
        words.en.format(column=header.en, values=values.en),
    )


def moment_words(moment: Moment, base: Text) -> Text:
    """Return a shifted moment in words, its base given as words."""
    unit, many = _UNITS[moment.unit], abs(moment.count)
    en = unit.en if many != 1 else unit.en.removesuffix("s")
    if moment.count < 0:
        return Text(f"{base.ja}の{many}{unit.ja}前", f"{many} {en} before {base.en}")
    return Text(f"{base.ja}の{many}{unit.ja}後", f"{many} {en} after {base.en}")


def _operand(operand: Operand, source: "Source", table: "CodeTable | None") -> Text:
    if isinstance(operand, Moment):
        return moment_words(operand, _operand(operand.base, source, None))
    if isinstance(operand, str) and operand in _REFERENCES:
        return _REFERENCES[operand]
    if isinstance(operand, str) and operand.startswith("@"):
        return header_words(source, (operand[1:],))
    return Text(str(operand), str(operand)) if table is None else table.label(str(operand))


def dating_words(source: "Source", datings: Sequence[str | Moment]) -> Text:
    """Return in words by what a row is dated: columns of which the first filled one is meant."""
    words = [_dating(source, dating) for dating in datings if dating]
    return listed(words, "、空欄なら ", ", else ")


def _dating(source: "Source", dating: str | Moment) -> Text:
    words = source.heading(column_of(dating))
    return moment_words(dating, words) if isinstance(dating, Moment) else words


def stock_words(source: "Source", at: str) -> Text:
    """Return in words on which day rows are counted, and how it is known that they are in force."""
    day = Text("期間の初日", "the period's first day")
    if at == "end":
        day = Text("期間の末日", "the period's last day")
    if source.rhythm == "snapshot":
        header, days = source.heading(source.dating[0]), source.reach.days
        return Text(
            f"時点: {day.ja}。{header.ja} がその日以前で最後の日の行(最長 {days} 日前)",
            f"As of: {day.en}; the rows of the last {header.en} on or up to "
            f"{quantity(days, 'day')} before it",
        )
    first, last = (source.heading(name) for name in source.in_force)
    out = source.until == "first_day_out"
    end = Text("の前日", "the day before ") if out else Text("", "")
    return Text(
        f"時点: {day.ja}。{first.ja} から {last.ja} {end.ja}まで有効な行",
        f"As of: {day.en}; rows in force from {first.en} to {end.en}{last.en}",
    )


def header_words(source: "Source", names: Sequence[str]) -> Text:
    """Return the usual headers of columns, of which the first filled one is meant."""
    headers = [source.heading(name) for name in names if name]
    return listed(headers, "、空欄なら ", ", else ")


def derived_words(source: "Source", name: str, tables: "SourceTables") -> Text:
    """Return the line that says of what a column is made."""
    headings = {each: source.heading(each) for each in source.known}
    derivation, own = source.derived[name].derivation, headings[name]
    if derivation.looks_in is not None:
        other = tables.source[derivation.looks_in]
        headings[other.id] = other.title
        headings |= {f"{other.id}.{each}": other.heading(each) for each in derivation.taken}
    if source.of is not None:
        base = tables.source[source.of]
        headings |= {f"of.{each}": base.heading(each) for each in base.known}
    made_ja = derivation.words({each: text.ja for each, text in headings.items()}).ja
    made_en = derivation.words({each: text.en for each, text in headings.items()}).en
    return Text(f"列「{own.ja}」: {made_ja}", f"Column {own.en!r}: {made_en}")


def joined_headers(source: "Source", names: Sequence[str]) -> Text:
    """Return the usual headers of columns that are meant together."""
    return listed([source.heading(name) for name in names], "・", " and ")


def exclusion_words(
    rules: Mapping[str, Sequence[str]], source: "Source", tables: "SourceTables"
) -> list[Text]:
    """Return a line for each column by whose values rows are excluded."""
    lines: list[Text] = []
    for name, values in rules.items():
        header, table = source.heading(name), tables.codes_of(source, name)
        shown = [Text(v, v) if table is None else table.label(v) for v in values]
        if source.known[name].personal:
            shown = [Text(MASK, MASK)]
        lines.append(
            Text(
                f"除外: {header.ja} が {'・'.join(value.ja for value in shown)}",
                f"Excluded: {header.en} is {' or '.join(value.en for value in shown)}",
            )
        )
    return lines
