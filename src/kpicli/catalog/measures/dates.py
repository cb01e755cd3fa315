"""Kind `dates`: the days or months themselves, or whether there is any."""

from collections.abc import Collection, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator

from kpicli.base.problems import Problem, problem
from kpicli.base.wording import Text
from kpicli.catalog.declared import Names
from kpicli.catalog.kpis.kpi import Kpi, Sums
from kpicli.catalog.problems import not_dates
from kpicli.catalog.sources.tables import SourceTables
from kpicli.catalog.words import joined_headers
from kpicli.model.measured import CountedRow, Measured, ShownAs, ShownDates, number_of_dates

_SHOWN_AS: dict[ShownAs, Text] = {
    "day": Text("日付そのもの", "the days themselves"),
    "month": Text("年月そのもの", "the months themselves"),
    "yes_no": Text("有無", "whether there is any"),
}
_MONTHS_OPEN: dict[ShownAs, int] = {"day": 0, "month": 1, "yes_no": 12}
"""How many months the cells may leave open."""


class DatesKpi(Kpi):
    """The days of the column `of`, each once, as they are; its number is how many there are.

    `shown_as` makes them months, or says but whether there is any; the columns `with` stand beside
    each. Without `date` a row is dated by `of`. A blank `of` is undetermined.
    """

    sums = Sums.NONE
    sums_over_periods = False

    measure: Literal["dates"]
    of: str
    shown_as: ShownAs = "day"
    beside: Annotated[Names, Field(alias="with")] = ()

    @model_validator(mode="before")
    @classmethod
    def _dated_by_what_is_shown(cls, raw: object) -> object:
        if isinstance(raw, dict) and "of" in raw and not raw.get("date"):
            return {**raw, "date": raw["of"]}
        return raw

    @classmethod
    def count(cls, rows: Collection[CountedRow], members: Collection[CountedRow] = ()) -> Measured:
        """Return how many different dates are shown."""
        return Measured(number_of_dates(rows))

    @classmethod
    def over_nothing(cls, shown_as: ShownAs | None = None) -> Measured:
        """Return that there is no date."""
        return Measured(0, dates=ShownDates(shown_as or "day"))

    @classmethod
    def dated_by(cls, shown_as: ShownAs | None, cells: Sequence[str]) -> tuple[str, ...]:
        """Return the day or month and the texts beside it; rows with the same are shown as one."""
        day, *beside = cells
        if shown_as == "yes_no":
            return ()
        return (day[: len("2025-04")] if shown_as == "month" else day, *beside)

    @property
    def dated(self) -> tuple[str, ...]:
        """Return the date column and those beside it."""
        return (self.of, *self.beside)

    @property
    def date_shown_as(self) -> ShownAs:
        """Return how the dates are shown."""
        return self.shown_as

    def problems(self, tables: SourceTables) -> Iterator[Problem]:
        """Yield columns that are no dates, no texts, or personal."""
        source, path = tables.source[self.source], f"kpi.{self.id}"
        column = source.known[self.of]
        if not column.is_dating:
            yield from not_dates(source, (self.of,), f"{path}.of")
        elif column.months_open > _MONTHS_OPEN[self.shown_as]:
            meant = "month" if column.type == "month" else "yes_no"
            yield problem(
                f"{path}.shown_as",
                f'「{self.of}」に日はありません。shown_as = "{meant}" と書いてください',
                f'{self.of!r} knows no more than the {column.type}: write shown_as = "{meant}"',
            )
        if self.scale is not None:
            yield problem(f"{path}.scale", "日付に単位はありません", "dates have no scale")
        if self.beside and self.shown_as == "yes_no":
            yield problem(
                f"{path}.with",
                "有無に添えるものはありません。with を外してください",
                "nothing stands beside yes or no, leave `with` out",
            )
        for name in self.beside:
            if source.known[name].type not in ("code", "text", "id"):
                yield problem(
                    f"{path}.with",
                    f"「{name}」は文字の列ではありません。code、text、id の列を書いてください",
                    f"{name!r} is no text: name columns of type code, text or id",
                )
        for key, names in (("of", (self.of,)), ("with", self.beside)):
            for name in names:
                if source.known[name].personal:
                    yield problem(
                        f"{path}.{key}",
                        f"「{name}」は個人情報の列で、そのまま公表されます。別の列を書いてください",
                        f"{name!r} is personal and would be published: name another column",
                    )

    def measure_words(self, tables: SourceTables) -> Text:
        """Return which dates are shown, and what stands beside them."""
        source, shown = tables.source[self.source], _SHOWN_AS[self.shown_as]
        of, beside = source.heading(self.of), joined_headers(source, self.beside)
        ja, en = ("", "") if not self.beside else (f"({beside.ja} を添える)", f" with {beside.en}")
        return Text(f"数え方: {of.ja} の{shown.ja}{ja}", f"Measure: {shown.en} of {of.en}{en}")
