"""Calculations: from a KPI and datasets to the rows behind it, and how they are measured.

Kpi, datasets, Scope of scope -> filters -> selection -> row_accounting
                                               |- stocks: what is in force on a day
                                               |- coarse: rows that know no day
                                               `-> measures/<kind> (of numbers by amounts)
                                                      -> Calculation of interface
Calculation -> top (only the largest count)
            -> own_coverage -> split (months, columns) -> subsets of rows -> Measured
                            `-> drops, against the periods before
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import cast

import numpy as np
from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.calculators.filters import evaluate
from kpicli.calculators.interface import Calculation, Calculator, Disposition
from kpicli.calculators.scope import Scope
from kpicli.calculators.top import among_top
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.rows.dataset import Dataset


def calculate(
    kpi: Kpi, datasets: Mapping[str, Dataset], tables: SourceTables, scope: Scope
) -> Calculation:
    """Return the rows behind a KPI, by the module that is named as its kind is."""
    module = import_module(f"{__name__}.measures.{kpi.measure}")
    calculation = cast("Calculator", module.calculate)(kpi, datasets, tables, scope)
    if kpi.top is not None:
        calculation = among_top(kpi.top, calculation)
    measure, shortening = calculation.measure, kpi.shortening
    labels = {} if kpi.parts is None else kpi.parts.labels
    return replace(
        calculation,
        measure=lambda rows: shortening.of(measure(rows)),
        of_which=tuple(
            (name, evaluate(where, calculation.dataset, tables, scope))
            for name, where in labels.items()
        ),
        remarks=(*calculation.remarks, *_found_nowhere(kpi, calculation)),
    )


def _found_nowhere(kpi: Kpi, calculation: Calculation) -> Iterator[Text]:
    """Yield, per source, how many rows that count or may count have no row there to look up."""
    dataset, state = calculation.dataset, calculation.state
    for name in dataset.source.with_bases(kpi.columns):
        if name not in dataset.looked_up:
            continue
        looked_up = dataset.looked_up[name]
        own = state[looked_up.nowhere]
        counts = (own == Disposition.COUNTED) | (own == Disposition.UNDETERMINED)
        rows = int(np.count_nonzero(counts))
        if rows:
            title, column = looked_up.other.source.title, dataset.source.heading(name)
            yield Text(
                f"{rows} 行は「{title.ja}」に該当する行がなく、{column.ja} を空欄としました",
                f"rows without a row in {title.en}: {rows}; their {column.en} is blank",
            )
