"""The part that kinds over the numbers of a column share: what they read, check and say."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from kpicli.base.problems import Problem
from kpicli.base.wording import Text
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.problems import not_number
from kpicli.catalog.sources.tables import SourceTables


class AmountKpi(Kpi):
    """A KPI made of the numbers in the column `of`; blank cells are undetermined."""

    amounts = True
    result: ClassVar[Text]
    """What is made of the numbers: 合計, 平均 …"""

    if TYPE_CHECKING:
        of: str  # each kind declares it behind its `measure`

    @property
    def amount(self) -> str:
        """Return the number column."""
        return self.of

    def problems(self, tables: SourceTables) -> Iterator[Problem]:
        """Yield `of` where it is no number column."""
        yield from not_number(tables.source[self.source], self.of, f"kpi.{self.id}.of")

    def measure_words(self, tables: SourceTables) -> Text:
        """Return what is made of which column's numbers."""
        header = tables.source[self.source].heading(self.of)
        made = self.result
        return Text(f"数え方: {header.ja} の{made.ja}", f"Measure: {made.en} of {header.en}")
