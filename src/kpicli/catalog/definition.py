"""A KPI's definition in plain words."""

from collections.abc import Iterator, Mapping, Sequence

from kpicli.base.wording import Text
from kpicli.catalog.conditions import Operand, Test, Where
from kpicli.catalog.kpis import (
    DistinctKpi,
    EnteredKpi,
    Kpi,
    MeanKpi,
    RatioKpi,
    RosterRatioKpi,
    Rule,
    RulesKpi,
    SumKpi,
    Target,
)
from kpicli.catalog.sources import Source

MASK = "*"
"""What stands for a value of a personal column."""

_REFERENCES = {
    "@as_of": Text("時点日", "the as-of date"),
    "@start": Text("期間の初日", "the period's first day"),
    "@end": Text("期間の末日", "the period's last day"),
}
_OPERATORS = {
    "in": Text("{column} が {values}", "{column} is {values}"),
    "not_in": Text("{column} が {values} でない", "{column} is not {values}"),
    "before": Text("{column} が {values} より前", "{column} is before {values}"),
    "on_or_before": Text("{column} が {values} 以前", "{column} is on or before {values}"),
    "after": Text("{column} が {values} より後", "{column} is after {values}"),
    "on_or_after": Text("{column} が {values} 以後", "{column} is on or after {values}"),
}
_SPANS = {
    "month": Text("毎月", "every month"),
    "quarter": Text("四半期ごと", "every quarter"),
    "half": Text("半期ごと", "every half"),
    "year": Text("年度ごと", "every year"),
}
_BOUNDS = {
    "at_least": Text("{bound} 以上", "at least {bound}"),
    "at_most": Text("{bound} 以下", "at most {bound}"),
    "equal": Text("{bound}", "exactly {bound}"),
}


def define(kpi: Kpi, sources: Mapping[str, Source]) -> tuple[Text, ...]:
    """Return what is counted, of which rows, by which date, and how it splits, a line each."""
    source = sources[kpi.source]
    lines = [Text(f"出力: {source.title}", f"Source: {source.title} ({source.id})")]
    lines.append(_measure(kpi, source, sources))
    if not isinstance(kpi, RulesKpi):
        dates = kpi.date or (source.base_date or "",)
        named = _headers(source, dates)
        lines.append(Text(f"日付: {named.ja}(期間の両端を含む)", f"Date: {named.en} (both ends)"))
    if kpi.where.tests:
        where = words_of(kpi.where, source)
        lines.append(Text(f"対象の行: {where.ja}", f"Rows: {where.en}"))
    lines += _exclusions(kpi.exclude, source)
    if isinstance(kpi, RulesKpi):
        lines += [line for rule in kpi.rules for line in _rule(rule, source, memo=False)]
        lines += [line for rule in kpi.memos for line in _rule(rule, source, memo=True)]
    if kpi.parts is not None:
        month = kpi.parts.by == "month"
        by = Text("月", "month") if month else _headers(source, (kpi.parts.by,))
        lines.append(Text(f"内訳: {by.ja}", f"Parts: {by.en}"))
    lines += [_target(target) for target in kpi.targets]
    lines.append(Text(f"定義の版: {kpi.version}", f"Version of the definition: {kpi.version}"))
    return tuple(lines)


def define_entered(kpi: EnteredKpi) -> tuple[Text, ...]:
    """Return what stands for the definition of a KPI that no export holds."""
    ja, en = ("比率(%)", "ratio (%)") if kpi.ratio else ("値", "value")
    return (
        Text(
            f"数え方: エクスポートにないので、人が入力した{ja}。出典と入力日は注記にある",
            f"Measure: {en} entered by hand, as no export holds it; notes name source and day",
        ),
    )


def words_of(where: Where, source: Source) -> Text:
    """Return a filter in words; alternatives are joined with *or*, tests with *and*."""
    alternatives = [[_test(test, source) for test in tests] for tests in where.alternatives]
    ja = [" かつ ".join(test.ja for test in tests) for tests in alternatives]
    en = [" and ".join(test.en for test in tests) for tests in alternatives]
    if len(ja) == 1:
        return Text(ja[0], en[0])
    return Text(" または ".join(f"({a})" for a in ja), " or ".join(f"({a})" for a in en))


def _test(test: Test, source: Source) -> Text:
    header = source.columns[test.column].headers[0]
    if test.operator == "missing":
        blank = bool(test.operands[0])
        return Text(
            f"{header} が{'空欄' if blank else '空欄でない'}",
            f"{header} is {'blank' if blank else 'filled'}",
        )
    operands = [_operand(operand, source) for operand in test.operands]
    if source.columns[test.column].personal and test.operator in ("in", "not_in"):
        operands = [Text(MASK, MASK)]
    values = Text("・".join(o.ja for o in operands), " or ".join(o.en for o in operands))
    words = _OPERATORS[test.operator]
    return Text(
        words.ja.format(column=header, values=values.ja),
        words.en.format(column=header, values=values.en),
    )


def _operand(operand: Operand, source: Source) -> Text:
    if isinstance(operand, str) and operand in _REFERENCES:
        return _REFERENCES[operand]
    if isinstance(operand, str) and operand.startswith("@"):
        return _headers(source, (operand[1:],))
    return Text(str(operand), str(operand))


def _headers(source: Source, names: Sequence[str]) -> Text:
    """Return the usual headers of columns, of which the first filled one is meant."""
    headers = [source.columns[name].headers[0] for name in names if name]
    return Text("、空欄なら ".join(headers), ", else ".join(headers))


def _measure(kpi: Kpi, source: Source, sources: Mapping[str, Source]) -> Text:
    if isinstance(kpi, DistinctKpi):
        of = "・".join(source.columns[name].headers[0] for name in kpi.of)
        first = kpi.at_first_date
        return Text(
            f"数え方: {of} の重複を除いた数{'(初日で 1 回)' if first else ''}",
            f"Measure: distinct {of}{', each at its first date' if first else ''}",
        )
    if isinstance(kpi, RatioKpi):
        top = words_of(kpi.numerator, source)
        of = "・".join(source.columns[name].headers[0] for name in kpi.of)
        unit = Text(f"{of} の重複を除いた数" if of else "行数", f"distinct {of}" if of else "rows")
        return Text(
            f"数え方: 比率({unit.ja})。分子は {top.ja}、分母は対象の行すべて",
            f"Measure: ratio of {unit.en}; numerator: {top.en}; denominator: all selected rows",
        )
    if isinstance(kpi, RosterRatioKpi):
        roster = sources[kpi.roster.source]
        members = words_of(kpi.roster.where, roster)
        return Text(
            f"数え方: 比率。分母は{roster.title}で {members.ja}、期間末に在籍の人。"
            "分子はそのうち記録のある人",
            f"Measure: ratio; denominator: people in {roster.title} with {members.en}, in service "
            "at the period's end; numerator: those of them with a row",
        )
    if isinstance(kpi, SumKpi | MeanKpi):
        header = source.columns[kpi.of].headers[0]
        kind = Text("合計", "sum") if isinstance(kpi, SumKpi) else Text("平均", "mean")
        return Text(f"数え方: {header} の{kind.ja}", f"Measure: {kind.en} of {header}")
    if isinstance(kpi, RulesKpi):
        return Text(
            "数え方: 次の規則の最初に当たるもので 1 行 1 回",
            "Measure: a row counts once, under the first rule that holds",
        )
    return Text("数え方: 行数", "Measure: number of rows")


def _rule(rule: Rule, source: Source, *, memo: bool) -> Iterator[Text]:
    where, dates = words_of(rule.where, source), _headers(source, rule.date)
    when = Text("期間内", "in the period")
    if rule.until_as_of:
        when = Text("期間内で時点日まで", "in the period, up to the as-of date")
    if rule.carried_in:
        when = Text("期間より前", "before the period")
    kind = Text("参考(合計に入れない)", "Memo (never added)") if memo else Text("規則", "Rule")
    yield Text(
        f"{kind.ja}「{rule.label}」: {where.ja}。日付は {dates.ja}({when.ja})",
        f"{kind.en} {rule.label!r}: {where.en}; dated by {dates.en} ({when.en})",
    )
    yield from _exclusions(rule.exclude, source)


def _exclusions(rules: Mapping[str, Sequence[str]], source: Source) -> list[Text]:
    found: list[Text] = []
    for name, values in rules.items():
        column = source.columns[name]
        shown = (MASK,) if column.personal else values
        found.append(
            Text(
                f"除外: {column.headers[0]} が {'・'.join(shown)}",
                f"Excluded: {column.headers[0]} is {' or '.join(shown)}",
            )
        )
    return found


def _target(target: Target) -> Text:
    bound = _BOUNDS[target.direction].filled(bound=target.bound)
    since = target.since
    return Text(
        f"目標: {_SPANS[target.per].ja}{bound.ja}{f'({since} から)' if since else ''}",
        f"Target: {bound.en} {_SPANS[target.per].en}{f' from {since}' if since else ''}",
    )
