"""Remarks: what a reader of a figure must know besides its number."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kpicli.base.wording import Text, quantity
from kpicli.calculators.coarse import why_no_answer
from kpicli.calculators.interface import Calculation, Stock
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.words import header_words
from kpicli.checks.unheld_values import unheld_values
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.figures import Figure
from kpicli.model.periods import Period, is_span_kind
from kpicli.run.counting import groupable
from kpicli.values.distinct_values import distinct_values

if TYPE_CHECKING:
    from kpicli.run.kpi_run import KpiRun, Run


def remark(kpi_run: "KpiRun", figures: Sequence[Figure]) -> tuple[Text, ...]:
    """Return the remarks on a KPI.

    They name gaps in coverage, exports that reach back too little, a dimension that the KPI cannot
    be grouped by, remarks of its measure, and published and entered values that differ.
    """
    published = kpi_run.run.published.remarks(kpi_run.kpi, figures)
    return (*counted_remarks(kpi_run), *_ungroupable(kpi_run), *published)


def counted_remarks(kpi_run: "KpiRun") -> tuple[Text, ...]:
    """Return the remarks on what a KPI counts in the run's own period."""
    calculation = kpi_run.calculation
    return () if calculation is None else tuple(_counted(kpi_run, calculation))


def _counted(kpi_run: "KpiRun", calculation: Calculation) -> Iterator[Text]:
    run, kpi = kpi_run.run, kpi_run.kpi
    yield from calculation.remarks
    yield from _not_yet_due(run, calculation)
    yield from _states_added(kpi, calculation)
    yield from _covered(run, kpi, calculation)
    for (_, own), other in zip(kpi.companions, calculation.others, strict=True):
        title = other.dataset.source.title
        for text in _covered(run, own, other):
            yield Text(f"「{title.ja}」: {text.ja}", f"{title.en}: {text.en}")
    yield from _unheld(run, kpi)
    yield from _counted_under_each(run, kpi, calculation)


def _ungroupable(kpi_run: "KpiRun") -> Iterator[Text]:
    """Yield the dimensions that are asked for by which the KPI cannot be grouped."""
    if kpi_run.calculation is None:
        return
    dataset = kpi_run.calculation.dataset
    for by in kpi_run.run.request.dimensions:
        if not (is_span_kind(by) or groupable(dataset, by)):
            yield ungroupable(by)


def ungroupable(by: str) -> Text:
    """Return that a KPI cannot be grouped by a dimension."""
    return Text(f"「{by}」では分けられません", f"cannot be grouped by {by!r}")


_STATE = re.compile(r"基準日|時点|現在|末日|残高|保有|在籍|在庫|as of|balance|holdings?", re.I)


def _states_added(kpi: Kpi, calculation: Calculation) -> Iterator[Text]:
    """Yield that states of several days are added, as where a snapshot is taken for a log.

    By its headers the table says how things were on a day; a KPI that says its `date` is left.
    """
    source, days = calculation.dataset.source, calculation.days[calculation.counted]
    base = source.base_date
    if source.is_state or base not in source.key or kpi.dates or not len(days):
        return
    headers = [source.known[name].headers[0] for name in (base, *kpi.amount_columns)]
    several = len(distinct_values(days))
    if several > 1 and any(map(_STATE.search, headers)):
        header = source.heading(base)
        yield Text(
            f"「{header.ja}」の違う {several} 日の行を合わせています。ある日の状態の表なら、出力に "
            'rhythm = "snapshot" と書くと、期末の日の行だけを数えます',
            f"rows of {several} days by {header.en} are taken together: if they are states, give "
            'the source rhythm = "snapshot", and those of the last day alone count',
        )


def _counted_under_each(run: "Run", kpi: Kpi, calculation: Calculation) -> Iterator[Text]:
    """Yield how many the parts add up to, where a row counts under each of its values."""
    dataset, asked = calculation.dataset, (() if kpi.parts is None else kpi.parts.columns)
    for name in dict.fromkeys((*asked, *run.request.dimensions)):
        if name not in dataset.columns:
            continue
        table = run.catalog.codes_of(dataset.source, name)
        if table is None or not table.each:
            continue
        coded, counted = dataset.column(name), calculation.counted
        many = np.array([*(len(table.among(str(value))) for value in coded.values), 1])
        rows, times = len(counted), int(many[coded.codes[counted]].sum())
        if times > rows:
            header = dataset.source.heading(name)
            yield Text(
                f"{header.ja} は 1 行に複数の値があります: 実数 {rows} 行、内訳の和は延べ {times}",
                f"rows have several values of {header.en}: {quantity(rows, 'row')}, "
                f"{times} in all parts",
            )


def _covered(run: "Run", kpi: Kpi, calculation: Calculation) -> Iterator[Text]:
    """Yield how far the exports answer for the period, or for the day of a stock."""
    if calculation.stock is not None:
        yield from _stock(calculation.stock, calculation.dataset)
    else:
        yield from _coverage(run.request.period, kpi, calculation.dataset)
        yield from _reach(run, kpi, calculation.dataset)


def _unheld(run: "Run", kpi: Kpi) -> Iterator[Text]:
    """Yield the values of its filters that no row of any export has."""
    for unheld in unheld_values(kpi, run.datasets, run.catalog):
        source = run.catalog.source[unheld.source]
        words = unheld.words(source.known[unheld.column].headers[0])
        yield Text(
            f"指標の条件の値がどの行にもありません: {words.ja}",
            f"no row has a value that the KPI asks for: {words.en}",
        )


def _not_yet_due(run: "Run", calculation: Calculation) -> Iterator[Text]:
    """Yield, per source, how many rows of the period are dated after the last day that counts."""
    last = run.scope(run.request.period).until
    for accounting in calculation.accounting:
        rows, title = accounting.not_yet_due, run.catalog.source[accounting.source].title
        if rows:
            yield Text(
                f"「{title.ja}」の {rows} 行は日付が {last} より後なので、まだ数えていません",
                f"rows of {title.en} in the period that are dated after {last}, "
                f"so not counted yet: {rows}",
            )


def _coverage(period: Period, kpi: Kpi, dataset: Dataset) -> list[Text]:
    if not dataset.coverage.answers(period):
        header = header_words(dataset.source, kpi.dates or dataset.source.dating)
        return [why_no_answer(dataset.coverage, header)]
    covered = dataset.coverage.of(period)
    moment = kpi.date_words(dataset.source)[0] if kpi.shift is not None else None
    by = Text("", "") if moment is None else Text(f"({moment.ja})", f" ({moment.en})")
    missing = dataset.coverage.missing
    remarks = []
    if covered == "partial" and missing:
        values = ", ".join(missing)
        remarks.append(
            Text(
                f"holds によると、どの出力にもない値があります: {values}",
                f"by `holds` no export has these values: {values}",
            )
        )
    if covered == "partial" and dataset.coverage.missing_months(period):
        months = ", ".join(month.name for month in dataset.coverage.missing_months(period))
        remarks.append(
            Text(
                f"出力に含まれない月があります: {months}{by.ja}",
                f"the exports do not cover these months in full: {months}{by.en}",
            )
        )
    if covered == "none":
        return [
            Text(
                f"出力がこの期間を含みません{by.ja}", f"the exports do not cover this period{by.en}"
            )
        ]
    if covered == "unknown":
        return [
            Text(
                "covers の指定がないので、0 件と「データなし」を区別できません",
                "without `covers` a zero cannot be told from missing data",
            )
        ]
    return remarks


def _stock(stock: Stock, dataset: Dataset) -> Iterator[Text]:
    """Yield what a reader must know of the day for which rows are counted."""
    title, day, read_on = dataset.source.title.ja, stock.day, stock.read_on
    if stock.covered != "none" and read_on in (day, None):
        return
    if dataset.source.rhythm == "snapshot" and stock.covered != "none":
        yield Text(
            f"{day} の数値は {read_on} 現在の行によります", f"of {day}: the rows of {read_on}"
        )
    elif dataset.source.rhythm == "snapshot":
        within = dataset.source.reach.days
        yield Text(
            f"「{title}」には {day} までの {within} 日以内の行がありません",
            f"{dataset.source.id} has no rows of {day} or the {quantity(within, 'day')} before it",
        )
    elif stock.covered == "none":
        yield Text(
            f"「{title}」は {read_on} の出力で、{day} の数値を答えられません",
            f"{dataset.source.id} was written on {read_on} and does not answer for {day}",
        )


def _reach(run: "Run", kpi: Kpi, dataset: Dataset) -> list[Text]:
    period, months = run.request.period, run.settings.values.reach_back_months
    if set(kpi.dates) <= {dataset.source.base_date} or dataset.coverage.of(period) == "none":
        return []
    if dataset.coverage.reaches_back(period, months):
        return []
    return [
        Text(
            f"出力が期間の {months} か月前まで遡っていないので、古い記録が漏れている恐れがあります",
            f"the exports reach back less than {quantity(months, 'month')} before the period: "
            "older records may be missing",
        )
    ]
