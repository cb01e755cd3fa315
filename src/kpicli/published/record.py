"""A frozen record as it is written down: validated data, one JSON file a period and edition."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import (
    Field,
    model_validator,
)

from kpicli.base.problems import invalid
from kpicli.base.wording import Text
from kpicli.catalog.composed import COMPOSED
from kpicli.catalog.kpis.kpi import ENTERED, ENTERED_RATIO
from kpicli.model.judgements import TargetStatus
from kpicli.model.measured import Shortening, ShownAs
from kpicli.published.frozen_values import (
    FrozenComposition,
    FrozenFigure,
    FrozenPeriod,
    FrozenText,
    Part,
    Places,
)
from kpicli.published.kinds import KINDS_OF_RECORDS
from kpicli.published.rows.columns import (
    NO_ROWS,
)
from kpicli.published.rows.digests import Codes
from kpicli.published.rows.fields import Count, RowsOfFigures, RowsOfSource, States
from kpicli.values.numbers import Rounding

KIND = "kpicli frozen record"
VERSION_WHOLE, VERSION_APART = 2, 3
"""2: sealed, and with a key of its own for the persons of each KPI; 3: its rows in another file.

Records of 1 can be read.
"""
SCHEMA_VERSION = VERSION_APART
"""The newest that there is."""
Edition = Annotated[int, Field(ge=1, le=9999)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]+$", max_length=64)]


class FrozenFile(Part):
    """A file that was read."""

    source: str
    path: str
    sha256: str
    encoding: str | None
    sheet: str | None
    accounting: dict[str, Count]


class FrozenSource(Part):
    """The rows of a source: `columns` are those whose cells a row's last digest is made of."""

    id: str
    title: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: RowsOfSource


class FrozenOtherRows(Part):
    """The rows of another source that a ratio needs.

    Values of its numerator stand in them; of a `roster_ratio` they are the denominator.
    """

    source: str
    columns: tuple[str, ...]
    rows: RowsOfFigures


class FrozenKpi(Part):
    """A KPI as it was published: definition, figures, and the rows that they count.

    `states` says with a letter per row of the source where the KPI put it: `c`ounted, `n`ot
    selected, no `d`ate, `o`ut of the period, `u`ndetermined, not due until `l`ater, e`x`cluded.
    `decimals`, `rounding` and `scale` (a power of ten) say how values were shown; of dates it is
    `shown_as`, and `dated` are their columns.
    """

    id: str
    title: str
    principles: tuple[str, ...]
    unit: str
    measure: str
    version: Annotated[int, Field(ge=1)]
    definition: tuple[FrozenText, ...]
    definition_hash: str
    reading_hash: str
    amount: str | None = None
    weight: str | None = None
    dated: tuple[str, ...] = ()
    shown_as: ShownAs | None = None
    decimals: Places | None = None
    rounding: Rounding = "half_up"
    scale: Places = 0
    source: str | None = None
    figures: tuple[FrozenFigure, ...]
    states: States = ""
    columns: tuple[str, ...] = ()
    rows: RowsOfFigures = NO_ROWS
    roster: FrozenOtherRows | None = None
    composition: FrozenComposition | None = None

    @model_validator(mode="after")
    def _rows_fit(self) -> Self:
        for code, places in enumerate(self.rows.memberships):
            if any(place >= len(self.figures) for place in places):
                ja, en = "ない数値を指しています", "names a figure that is not there"
                raise invalid(ja, en, f"rows.{np.flatnonzero(self.rows.figures == code)[0]}")
        if len({figure.key for figure in self.figures}) < len(self.figures):
            raise invalid("同じものが二つあります", "one stands twice", "figures")
        if self.measure not in (*KINDS_OF_RECORDS, *COMPOSED, ENTERED, ENTERED_RATIO):
            ja = f"この版は {self.measure!r} を知りません"
            raise invalid(ja, f"this kpicli knows no {self.measure!r}", "measure")
        kind = KINDS_OF_RECORDS.get(self.measure)
        none = Text(f"{self.measure} にはありません", f"a {self.measure} has none")
        if self.amount is not None and not (kind is not None and kind.amounts):
            raise invalid(none.ja, none.en, "amount")
        if self.weight is not None and not (kind is not None and "weight" in kind.model_fields):
            raise invalid(none.ja, none.en, "weight")
        return self

    @model_validator(mode="after")
    def _composition_fits(self) -> Self:
        if (self.composition is not None) != (self.measure in COMPOSED):
            raise invalid(
                f"{self.measure} にはないはずか、欠けています",
                f"a {self.measure} has none, or lacks it",
                "composition",
            )
        if self.composition is None:
            return self
        if self.source is not None:
            ja = "ほかの指標から作るものにはありません"
            raise invalid(ja, "what is made of other KPIs has none", "source")
        if len(self.composition.figures) != len(self.figures):
            ja, en = "figures と数が合いません", "not as many as figures"
            raise invalid(ja, en, "composition.figures")
        for place, components in enumerate(self.composition.figures):
            if components and len(components) < 2:
                ja, en = "元の指標が一つだけです", "one component alone"
                raise invalid(ja, en, f"composition.figures.{place}")
        return self

    @property
    def shortening(self) -> Shortening:
        """Return how its values were shown."""
        return Shortening(self.decimals, self.rounding, self.scale)


class FrozenJoint(Part):
    """How a target stood that any of several KPIs reaches."""

    id: str
    title: str
    status: TargetStatus


class EarlierEdition(Part):
    """The edition before, by its content."""

    edition: Edition
    sha256: Digest


class KnownRecord(EarlierEdition):
    """Another period that was frozen at the time: its newest edition, by its content."""

    period: str


class Seal(Part):
    """Keyed digests: of the whole record, and short ones of its parts.

    The parts are the fields of the `record`, the `files` by number, and the fields of each source
    and KPI.
    """

    whole: Digest
    parts: dict[str, dict[str, Digest]]


class RowFile(Part):
    """The file beside the record that holds its rows, by its content; `rows` are all of sources."""

    name: str
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    rows: Count


class Record(Part):
    """What was published of a period, in one edition.

    `final` is False where figures were frozen on purpose before they were; `not_final` names them.
    `as_of_given` says that the as-of date was asked for, and so holds for a recount too.
    """

    kind: Literal["kpicli frozen record"]
    schema_version: Literal[1, 2, 3]
    period: FrozenPeriod
    edition: Edition
    frozen_on: date
    note: str = ""
    final: bool
    not_final: tuple[str, ...] = ()
    as_of: date
    as_of_given: bool
    kpicli_version: str
    catalogue_hash: str
    secret_check: str
    earlier: EarlierEdition | None = None
    others: tuple[KnownRecord, ...] = ()
    row_file: RowFile | None = None
    seal: Seal | None = None
    files: tuple[FrozenFile, ...]
    sources: tuple[FrozenSource, ...]
    kpis: tuple[FrozenKpi, ...]
    targets: tuple[FrozenJoint, ...] = ()

    @model_validator(mode="after")
    def _seal_fits(self) -> Self:
        if self.schema_version == 1 and (self.seal or self.earlier or self.others):
            raise invalid(
                "版 1 の記録に封印はありません",
                "a record of version 1 has no seal",
                "schema_version",
            )
        if (self.row_file is not None) != (self.schema_version == VERSION_APART):
            raise invalid(
                "行を別のファイルに置くのは版 3 の記録だけです",
                "rows are in another file in records of version 3, and in no others",
                "row_file",
            )
        if self.earlier is not None and self.earlier.edition >= self.edition:
            raise invalid("前の版ではありません", "is no earlier edition", "earlier")
        return self

    @model_validator(mode="after")
    def _numbers_fit(self) -> Self:
        if len(self.by_id) < len(self.kpis):
            raise invalid("同じものが二つあります", "one stands twice", "kpis")
        for source in self.sources:
            files = sum(file.source == source.id for file in self.files)
            if source.rows.files.max(initial=-1) >= files:
                ja, en = "ないファイルを指す行があります", "a row names a file that is not there"
                raise invalid(ja, en, f"sources.{source.id}.rows")
        keys = {source.id: source.rows.key_numbers() for source in self.sources}
        for kpi in self.kpis:
            _check_rows(kpi, keys)
        return self

    @property
    def by_id(self) -> dict[str, FrozenKpi]:
        """Return the KPIs by id."""
        return {kpi.id: kpi for kpi in self.kpis}


_NO_KEYS = np.empty(0, np.int32)


def _check_rows(kpi: FrozenKpi, keys: Mapping[str, Codes]) -> None:
    """Raise `InvalidValue` unless the rows that count are rows of their source, each once.

    `keys` has, per source, a number for the key of each row.
    """
    others = () if kpi.roster is None else ((kpi.roster.source, kpi.roster.rows),)
    for source, rows in ((kpi.source, kpi.rows), *others):
        if source is not None and source not in keys:
            ja, en = f"{source!r} という出力はありません", f"there is no source {source!r}"
            raise invalid(ja, en, f"kpis.{kpi.id}")
        own = keys.get(source or "", _NO_KEYS)
        if rows.numbers.max(initial=-1) >= len(own):
            ja, en = "ない行を指しています", "names a row that is not there"
            raise invalid(ja, en, f"kpis.{kpi.id}.rows")
        if _stands_twice(own[rows.numbers]):
            raise invalid("二度数えた行があります", "a row counts twice", f"kpis.{kpi.id}.rows")
    if len(kpi.states) != len(keys.get(kpi.source or "", _NO_KEYS)):
        ja, en = "出力の行と文字の数が合いません", "not one letter per row of the source"
        raise invalid(ja, en, f"kpis.{kpi.id}.states")


def _stands_twice(numbers: Codes) -> bool:
    ordered = np.sort(numbers)
    return bool((ordered[1:] == ordered[:-1]).any())
