"""Every row of every file of a KPI's source: where it went, and what it adds to the figure.

All of it comes out of the calculation's arrays, column by column; no row is an object.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
from msgspec import Struct

from kpicli.base.errors import InternalError
from kpicli.base.wording import Text, quantity
from kpicli.calculators.interface import TRUE, Calculation, Disposition, within
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.cells.column_codes import BLANK, NO_DAY
from kpicli.loaders.rows.dataset import Dataset
from kpicli.loaders.rows.resolution import State
from kpicli.model.figures import UNFILLED
from kpicli.model.periods import Period, is_span_kind
from kpicli.trace.accounted_amounts import amounts_of
from kpicli.trace.accounted_columns import AccountedColumn, Codes, Mask, Numbers, Whole, spread
from kpicli.values.codes import SEVERAL

Words = Callable[[str, str], str]
"""Returns what a name is called, given the column that splits."""

GATHERED = "gathered"
"""A row that is made into one with an earlier row, where rows of a source are."""
DISPOSITIONS = (
    *(each.name.lower() for each in Disposition),
    *(each.name.lower() for each in (State.DUPLICATE, State.SUPERSEDED, State.NOT_DATA)),
    GATHERED,
)
"""Where a row went: as the KPI counted it, or why it was no row of its own before that."""


class AccountedRows(Struct, frozen=True):
    """All rows of the files of a KPI's source, by file and row; `disposition` is in `columns`."""

    kpi: Kpi
    period: Period
    dataset: Dataset
    disposition: Codes
    columns: Mapping[str, AccountedColumn]

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return len(self.disposition.codes)

    def tally(self) -> list[tuple[str, Mapping[str, int]]]:
        """Return, per file, how many of its rows went where."""
        counts: list[tuple[str, Mapping[str, int]]] = []
        borders = pairwise(self.dataset.firsts.tolist())
        for file, (first, stop) in zip(self.dataset.files, borders, strict=True):
            own = np.bincount(self.disposition.codes[first:stop], minlength=len(DISPOSITIONS))
            named = dict(zip(DISPOSITIONS, own.tolist(), strict=True))
            counts.append((file.path, {name: rows for name, rows in named.items() if rows}))
        return counts


def accounted_rows(
    kpi: Kpi,
    calculation: Calculation,
    period: Period,
    tables: SourceTables,
    words: Words,
    by: str | None = None,
    *,
    show_personal: bool = False,
) -> AccountedRows:
    """Return every row of the files behind a calculation of a KPI in a period.

    `words` names values as people do, `by` a dimension that is to be the column `group`. Personal
    values are numbered (`*1`) unless they are to be shown. Raises `UsageError` for a dimension by
    which rows cannot be told apart, and `InternalError` where the rows do not make up the
    accounting.
    """
    made = _Made(kpi, calculation, period, tables, words, show_personal)
    columns: dict[str, AccountedColumn] = {
        **made.places(),
        "disposition": made.disposition,
        "rule": made.rules(),
        "faults": made.faults(),
        "day": Whole.days(made.spread(calculation.days.array(), NO_DAY)),
        "group": made.split(by),
        "part": made.split(None if kpi.parts is None else kpi.parts.by),
        "subpart": made.split(kpi.parts.within.by if kpi.parts and kpi.parts.within else None),
        "of_which": made.marks(
            [(name, truth == TRUE) for name, truth in calculation.of_which], "of_which"
        ),
        "memo": made.marks(
            [(own.label, made.marked(own.rows)) for own in calculation.memos], "memo"
        ),
        "measure": Codes.same(kpi.measure, made.rows),
        **{name: own.among(made.own) for name, own in amounts_of(kpi, calculation).items()},
    }
    return AccountedRows(kpi, period, calculation.dataset, made.disposition, columns | made.cells())


class _Made:
    """The columns of one calculation: of each row among all rows, by its place among the kept."""

    def __init__(
        self,
        kpi: Kpi,
        calculation: Calculation,
        period: Period,
        tables: SourceTables,
        words: Words,
        show_personal: bool,
    ) -> None:
        self.kpi, self.calculation, self.tables = kpi, calculation, tables
        self.period, self.words, self.show_personal = period, words, show_personal
        self.dataset = calculation.dataset
        self.rows = int(self.dataset.firsts[-1])
        self.own: Numbers = np.full(self.rows, -1, np.int32)
        """The place of each row among those of the dataset, -1 where it is none of them."""
        self.own[self.dataset.kept.array()] = np.arange(len(self.dataset), dtype=np.int32)
        self.disposition = Codes(self._dispositions(), DISPOSITIONS)

    def spread(self, codes: Numbers, missing: int = BLANK) -> Numbers:
        """Return the code of each row, given those of the dataset's."""
        return spread(self.own, codes, missing)

    def marked(self, rows: Numbers) -> Mask:
        """Return marks of some rows of the dataset."""
        marks = np.zeros(len(self.dataset), np.bool_)
        marks[rows] = True
        return marks

    def _dispositions(self) -> Numbers:
        """Return the place of each row's disposition among all of them."""
        names = {name: place for place, name in enumerate(DISPOSITIONS)}
        codes = np.full(self.rows, names[GATHERED], np.int8)  # kept by the loader, but no row here
        for state in (State.DUPLICATE, State.SUPERSEDED, State.NOT_DATA):
            codes[self.dataset.states == state] = names[state.name.lower()]
        codes[self.dataset.kept.array()] = np.minimum(self.calculation.state, Disposition.EXCLUDED)
        self._require_accounted(codes)
        return codes

    def _require_accounted(self, codes: Numbers) -> None:
        counts = np.bincount(codes, minlength=len(DISPOSITIONS)).tolist()
        mine = dict(zip(DISPOSITIONS, counts, strict=True))
        own, read = self.calculation.accounting[0], self.dataset.accounting
        theirs = {
            "counted": own.counted,
            "not_selected": own.not_selected,
            "no_date": own.no_date,
            "out_of_period": own.out_of_period,
            "undetermined": own.undetermined,
            "not_yet_due": own.not_yet_due,
            "excluded": sum(rows for _, rows in own.excluded),
        }
        if self.dataset.gathered is None:
            titles = sum(table.title_rows for table in self.dataset.tables)
            theirs |= {
                "duplicate": read.duplicate,
                "superseded": read.superseded,
                "not_data": read.not_data - titles,
                GATHERED: 0,
            }
        for name, rows in theirs.items():
            if mine[name] != rows:
                ja = f"行 {mine[name]} が、行の内訳の {rows} と合いません({name})"
                en = f"{quantity(mine[name], 'row')}, but {rows} accounted for ({name})"
                raise InternalError(Text(f"{self.kpi.id}: {ja}", f"{self.kpi.id}: {en}"))

    def places(self) -> dict[str, AccountedColumn]:
        """Return whose row each is, and where it stands."""
        files = self.dataset.files
        numbers = np.repeat(np.arange(len(files)), np.diff(self.dataset.firsts))
        rows, lines = [], []
        for table in self.dataset.tables:
            own, own_lines = table.numbers()
            rows.append(own)
            lines.append(np.zeros(len(own), np.int64) if own_lines is None else own_lines)
        nothing = np.zeros(0, np.int64)
        sheets = list(dict.fromkeys(file.sheet for file in files if file.sheet is not None))
        of_sheet = [-1 if file.sheet is None else sheets.index(file.sheet) for file in files]
        return {
            "kpi": Codes.same(self.kpi.id, self.rows),
            "period": Codes.same(self.period.name, self.rows),
            "source": Codes.same(self.dataset.source.id, self.rows),
            "file": Codes(numbers, [file.path for file in files]),
            "sheet": Codes(np.array([*of_sheet, -1])[numbers], sheets),
            "row": Whole(np.concatenate([nothing, *rows]), 0),
            "line": Whole(np.concatenate([nothing, *lines]), 0),
        }

    def rules(self) -> Codes:
        """Return the exclusion that took a row out, or the labelled rule by which it counts."""
        names = [name for name, _ in self.calculation.accounting[0].excluded]
        codes = self.calculation.state.astype(np.int64) - Disposition.EXCLUDED
        codes[codes < 0] = BLANK
        texts = [self.words(name, "excluded") for name in names]
        for rule in self.calculation.rules:
            codes[rule.rows] = len(texts)
            texts.append(self.words(rule.label, "rule"))
        return Codes(self.spread(codes), texts)

    def faults(self) -> Codes:
        """Return the codes of what is faulty in a row, wherever in it."""
        known: dict[tuple[str, str | None], dict[int, dict[str, None]]] = {}
        for fault in self.dataset.faults:
            at = fault.place
            if fault.level == "fault" and at.row is not None:
                of_file = known.setdefault((at.file, at.sheet), {})
                of_file.setdefault(at.row, {})[fault.kind.code] = None
        codes, texts = np.full(self.rows, BLANK, np.int32), dict[str, int]()
        for number, file in enumerate(self.dataset.files):
            own = known.get((file.path, file.sheet), {})
            if own:
                first = int(self.dataset.firsts[number])
                rows, _ = self.dataset.tables[number].numbers()
                for place in np.flatnonzero(np.isin(rows, list(own))).tolist():
                    text = " ".join(own[int(rows[place])])
                    codes[first + place] = texts.setdefault(text, len(texts))
        return Codes(codes, list(texts))

    def split(self, by: str | None) -> Codes:
        """Return the group or part of each row: a span of time, or the value of a column.

        A blank cell is of its own group; nothing where the cell cannot be read.
        """
        if by is None:
            return Codes.same(None, self.rows)
        if is_span_kind(by):
            codes = np.full(len(self.dataset), BLANK, np.int64)
            spans = self.period.split(by)
            for place, span in enumerate(spans):
                codes[self.calculation.days.marks(partial(within, period=span))] = place
            return Codes(self.spread(codes), [span.name for span in spans])
        coded = self.dataset.column(by)
        table = self.tables.codes_of(self.dataset.source, by)
        texts = [
            SEVERAL.join(self.words(each, by) for each in (table.among(cell) if table else (cell,)))
            for cell in map(self.dataset.source.known[by].written, coded.values)
        ]
        codes = coded.codes.astype(np.int64)
        codes[codes < 0] = len(texts)
        if by in self.dataset.unreadable:
            codes[self.dataset.unreadable[by]] = BLANK
        return Codes(self.spread(codes), [*self._masked(by, texts), self.words(UNFILLED, by)])

    def _masked(self, column: str, texts: Sequence[str]) -> Sequence[str]:
        if self.show_personal or not self.dataset.source.known[column].personal:
            return texts
        return [f"*{number}" for number in range(1, len(texts) + 1)]

    def marks(self, named: Iterable[tuple[str, Mask]], by: str) -> Codes:
        """Return, of each row, the names of all marks that it has."""
        named, numbers = tuple(named), np.zeros(len(self.dataset), np.int64)
        for place, (_, marks) in enumerate(named):
            numbers += marks.astype(np.int64) << place
        distinct, codes = np.unique(numbers, return_inverse=True)
        words = [self.words(name, by) for name, _ in named]
        texts = [
            SEVERAL.join(word for place, word in enumerate(words) if number >> place & 1)
            for number in distinct.tolist()
        ]
        codes[numbers == 0] = BLANK
        return Codes(self.spread(codes), texts)

    def cells(self) -> dict[str, AccountedColumn]:
        """Return the columns that the KPI used, as they were read."""
        source = self.dataset.source
        names = source.with_bases((*source.key, *source.dating, *self.kpi.columns))
        columns: dict[str, AccountedColumn] = {}
        for name in dict.fromkeys(names):
            if name in self.dataset.columns:
                coded = self.dataset.column(name)
                texts = self._masked(name, [source.known[name].written(v) for v in coded.values])
                columns[f"{name}_read"] = Codes(self.spread(coded.codes), texts)
        return columns
