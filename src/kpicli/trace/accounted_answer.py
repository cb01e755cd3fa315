"""The answer of `rows --all`: where every row went, and what it adds to the figure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.errors import UsageError
from kpicli.base.wording import Language, Text
from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.labels import labels_of
from kpicli.loaders.load import load
from kpicli.model.periods import Period, is_span_kind
from kpicli.output.data.batches import Batches
from kpicli.output.data.json_parts import record_objects
from kpicli.output.data.records import Column, Records
from kpicli.output.interface import Answer, Json
from kpicli.output.page.document import Column as TableColumn
from kpicli.output.page.document import Document, Entry, Line, Listing, Section
from kpicli.output.page.words import item_words
from kpicli.run.composed import ComposedRun, Runs
from kpicli.run.counting import groupable
from kpicli.run.kpi_run import KpiRun, Run
from kpicli.settings.requested import named_kpi
from kpicli.settings.settings import Settings
from kpicli.trace.accounted_columns import batches_of, schema_of
from kpicli.trace.accounted_rows import (
    DISPOSITIONS,
    AccountedRows,
    accounted_rows,
)
from kpicli.trace.rows_request import RowsRequest, no_data

if TYPE_CHECKING:
    import pyarrow as pa

    from kpicli.calculators.interface import Calculation
    from kpicli.loaders.engines.interface import Engine

NAMES = {
    "counted": Text("数えた", "counted"),
    "not_selected": Text("対象外", "not selected"),
    "no_date": Text("日付なし", "no date"),
    "out_of_period": Text("期間外", "out of period"),
    "undetermined": Text("要確認", "in doubt"),
    "not_yet_due": Text("未到来", "not yet due"),
    "excluded": Text("除外", "excluded"),
    "duplicate": Text("重複", "duplicate"),
    "superseded": Text("差し替え", "superseded"),
    "not_data": Text("空行・合計など", "no data"),
    "gathered": Text("前の行とまとめた", "gathered"),
}
_FILE = Text("ファイル", "File")
_HEADING = Text("{title}: 全 {rows} 行の行き先", "{title}: where all {rows} rows went")


class Counting(Struct, frozen=True):
    """A KPI with rows of its own, calculated in a period."""

    kpi: Kpi
    period: Period
    calculation: "Calculation"


class Accounting(Struct, frozen=True):
    """The calculations behind a figure, of which all rows are asked for."""

    kpi: Kpi | ComposedKpi
    period: Period
    own: tuple[Counting, ...]
    settings: Settings
    by: str | None
    show_personal: bool

    def rows(self, language: Language) -> list[AccountedRows]:
        """Return the rows of each calculation, with names in a language."""
        catalog = self.settings.catalog
        dimensions = () if self.by is None else (self.by,)
        labels = labels_of(self.kpi, catalog, dimensions)

        def words(name: str, split: str) -> str:
            return item_words(name, split, labels, language)

        return [
            accounted_rows(
                each.kpi,
                each.calculation,
                each.period,
                catalog,
                words,
                self.by,
                show_personal=self.show_personal,
            )
            for each in self.own
        ]


def find_accounting(
    settings: Settings,
    asked: RowsRequest,
    today: date,
    engine: "Engine | None" = None,
    *,
    show_personal: bool,
) -> Accounting:
    """Load what the KPI needs and return its calculation, or those of what it is made of.

    Which `engine` reads changes nothing.

    Raises `UnknownName` for a KPI that does not exist, and `UsageError` where it has no data, or
    rows do not split by the dimension.
    """
    kpi = named_kpi(settings.catalog, asked.request.kpis)
    run = Run(settings, asked.request, today, load(settings, kpi.sources, today, engine=engine))
    own: list[Counting] = []
    if isinstance(kpi, Kpi):
        own += _counted(KpiRun(run, kpi), asked.period)
    else:
        every = _components(Runs(run).composed(kpi), asked.period)
        own += {(each.kpi.id, each.period): each for each in every}.values()
    if not own:
        raise no_data(kpi, asked.period)
    for each in own:
        _require_splits(each.kpi, each.calculation, asked.request.by)
    return Accounting(kpi, asked.period, tuple(own), settings, asked.request.by, show_personal)


def _require_splits(kpi: Kpi, calculation: "Calculation", by: str | None) -> None:
    """Raise `UsageError` where the rows do not say to which group of a dimension they belong."""
    if by is None:
        return
    if is_span_kind(by):
        possible = not (kpi.top is not None or calculation.needs_its_period)
    else:
        possible = groupable(calculation.dataset, by)
    if not possible:
        raise UsageError(
            Text(
                f"{kpi.id} の行を {by} で分けることはできません",
                f"the rows of {kpi.id} do not split by {by}",
            ),
            Text(
                "--by を外すか、その期間だけを --period で指定してください",
                "leave --by out, or ask for each period by --period",
            ),
        )


def _components(run: ComposedRun, period: Period) -> Iterator[Counting]:
    for each in run.components:
        own = each.fixed or period
        if isinstance(each.own, ComposedRun):
            yield from _components(each.own, own)
        elif isinstance(each.own, KpiRun):
            yield from _counted(each.own, own)


def _counted(run: KpiRun, period: Period) -> Iterator[Counting]:
    if run.readable:
        yield Counting(run.kpi, period, run.calculate(period))


def accounted_answer(accounting: Accounting) -> Answer:
    """Return all rows as an answer; people read how many of each file went where."""
    return Answer(
        title=Text("すべての行", "All rows"),
        records=lambda options: accounted_records(accounting, options.language),
        document=lambda options: _document(accounting, options.language),
        content=lambda options: _content(accounting, options.language),
        day=accounting.period.end,
    )


def accounted_records(accounting: Accounting, language: Language) -> Records:
    """Return a record a row, of all calculations one after the other, in batches."""
    parts = accounting.rows(language)
    types = {name: own.type for part in parts for name, own in part.columns.items()}

    def make() -> "Iterator[pa.RecordBatch]":
        schema = schema_of(types, [part.columns for part in parts])
        for part in parts:
            yield from batches_of(part.rows, part.columns, schema)

    declared = tuple(Column(name, kind) for name, kind in types.items())
    return Records(declared, Batches(sum(part.rows for part in parts), make))


def _content(accounting: Accounting, language: Language) -> dict[str, Json]:
    return {
        "kpi": accounting.kpi.id,
        "period": accounting.period.name,
        "start": accounting.period.start.isoformat(),
        "end": accounting.period.end.isoformat(),
        "rows": list(record_objects(accounted_records(accounting, language))),
    }


def _document(accounting: Accounting, language: Language) -> Document:
    parts = accounting.rows(language)
    tallies = [part.tally() for part in parts]
    there = {name for tally in tallies for _, own in tally for name in own}
    shown = [name for name in DISPOSITIONS if name in there]
    heads = [TableColumn(n, NAMES[n].in_language(language), right=True) for n in shown]
    title = accounting.kpi.title.in_language(language)
    rows = f"{sum(part.rows for part in parts):,}"
    opening = (
        Entry(_HEADING.filled(title=title, rows=rows).in_language(language)),
        Entry(accounting.period.described(language)),
    )
    sections = tuple(
        Section(
            "" if len(parts) == 1 else part.kpi.title.in_language(language),
            tuple(_line(file, own, shown) for file, own in tally),
        )
        for part, tally in zip(parts, tallies, strict=True)
    )
    return Document(opening, (Listing(_FILE.in_language(language), tuple(heads), sections),))


def _line(file: str, own: Mapping[str, int], shown: Sequence[str]) -> Line:
    return Line(0, file, tuple(f"{own[name]:,}" if name in own else "" for name in shown))
