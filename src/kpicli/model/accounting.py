"""Row accounting: where every row of a source, and every candidate row of a KPI, went."""

from msgspec import Struct

from kpicli.base.errors import InternalError
from kpicli.base.wording import Text, quantity


class SourceAccounting(Struct, frozen=True):
    """Where every row read of one file or source went.

    `read` is the sum of all the others; `InternalError` where it is not.
    """

    read: int
    usable: int
    duplicate: int
    superseded: int
    not_data: int
    faulty: int

    def __post_init__(self) -> None:
        parts = self.usable + self.duplicate + self.superseded + self.not_data + self.faulty
        if self.read != parts:
            raise InternalError(
                Text(
                    f"行の内訳の和 {parts} が、読んだ行数 {self.read} と合いません",
                    f"{quantity(self.read, 'row')} read, but {parts:,} accounted for",
                )
            )


class KpiAccounting(Struct, frozen=True):
    """Where every candidate row of one KPI went, in one source and one period.

    usable + faulty is the sum of the others, `InternalError` where it is not; `excluded` names
    each rule with its rows, and `not_yet_due` are rows in the period whose day has not come.
    """

    kpi: str
    source: str
    usable: int
    faulty: int
    counted: int
    not_selected: int
    no_date: int
    out_of_period: int
    excluded: tuple[tuple[str, int], ...]
    undetermined: int
    not_yet_due: int = 0
    of: str | None = None
    """The KPI that counts the rows, where `kpi` is made of others."""

    def __post_init__(self) -> None:
        parts = self.counted + self.not_selected + self.no_date + self.out_of_period
        parts += sum(rows for _, rows in self.excluded) + self.undetermined + self.not_yet_due
        rows = self.usable + self.faulty
        if rows != parts:
            raise InternalError(
                Text(
                    f"{self.kpi} の行の内訳の和 {parts} が、行数 {rows} と合いません",
                    f"{self.kpi}: of {quantity(rows, 'row')} {parts:,} accounted for",
                )
            )
