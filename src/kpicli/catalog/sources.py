"""The declaration of an export: its columns, their headers and types, and its key."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from kpicli.base.problems import InvalidValue, Problem, invalid, misnamed
from kpicli.base.wording import Text
from kpicli.catalog.declared import Definition, Names, Titled
from kpicli.catalog.derivations import DerivationField
from kpicli.catalog.problems import no_column
from kpicli.catalog.texts import Before, Matching, TextField, or_text
from kpicli.values.codes import SEVERAL
from kpicli.values.fiscal import YearKind, end_of_months, range_between
from kpicli.values.folding import fold, header_key
from kpicli.values.moments import WEEKDAYS, WorkingDays


def _as_key(value: object) -> object:
    return (value,) if isinstance(value, str) and value != "row" else value


_DAYS = Matching(
    r"^[0-9]{1,3} days?$",
    Text('日数を "3 days" のように書いてください', 'a number of days, such as "3 days"'),
)

Key = Annotated[
    Annotated[tuple[str, ...], Field(min_length=1)] | Literal["row"], Before(_as_key, or_text)
]
"""The name of one column, a list of names, or `"row"`."""

ColumnType = Literal["id", "text", "free_text", "date", "month", "year", "code", "number"]
_MONTHS_OPEN: Mapping[ColumnType, int] = {"date": 0, "month": 1, "year": 12}
"""The types that date a row."""


class Column(Definition):
    """One column of a source.

    `type` says how a cell is read: `id` (text kept to the letter, zeros too), `text`
    (folded), `free_text` (never grouped by, never shown), `date`, `month` or `year` (where no day
    is known), `code` (a value of the code table `codes`) or `number`. A `required` column must be
    in every export of its source; a column that is not required may be absent, and then a KPI that
    needs it has no data.
    `blanks` are words by which its cells say that there is nothing. `order` declares that dates
    may end in their year, and whether the month or the day comes first then; `year` what a year
    with nothing behind it (`2025`) is in a column of years. Numbers that are
    `labelled` may have what they are called behind them (`5:とても満足`). `title` is what
    definitions call it, where that is not its usual header, or in English its name here.
    """

    headers: Annotated[Names, Field(min_length=1)]
    type: ColumnType
    codes: str | None = None
    required: bool = False
    personal: bool = False
    blanks: Names = ()
    order: Literal["mdy", "dmy"] | None = None
    year: YearKind | None = None
    labelled: bool = False
    title: TextField | None = None

    @model_validator(mode="after")
    def _codes_belong_to_code_columns(self) -> Self:
        if (self.type == "code") != (self.codes is not None):
            raise invalid(
                '型が "code" の列はコード表を codes に書き、ほかの型の列は書きません',
                'a column of type "code" names its code table in `codes`, others do not',
            )
        return self

    @model_validator(mode="after")
    def _dates_alone_have_an_order(self) -> Self:
        if self.order is not None and self.type != "date":
            raise invalid(
                'order は型が "date" の列だけに書けます',
                'only a column of type "date" has an `order`',
            )
        if self.year is not None and self.type != "year":
            raise invalid(
                'year は型が "year" の列だけに書けます',
                'only a column of type "year" says what kind of `year` it holds',
            )
        if self.labelled and self.type != "number":
            raise invalid(
                'labelled は型が "number" の列だけに書けます。'
                "コード表なら `5:満足` の 5 を値にします",
                'only a column of type "number" is `labelled`; a code table lists 5 for `5:満足`',
            )
        return self

    @property
    def is_dating(self) -> bool:
        """Return whether its cells are days, months or years."""
        return self.type in _MONTHS_OPEN

    @property
    def months_open(self) -> int:
        """Return how many months its cells leave open: 1 or 12, 0 where they are days or no dates.

        A value is the first day of them.
        """
        return _MONTHS_OPEN.get(self.type, 0)

    def written(self, value: object) -> str:
        """Return a value that was read from its cells as text: a month is 2025-04.

        A year is named by its months, as it may be fiscal or not: 2024-04..2025-03.
        """
        if isinstance(value, Decimal):
            return format(value, "f")
        if not isinstance(value, date):
            return str(value)
        if self.type == "year":
            return range_between(value, end_of_months(value, 12)).name
        return value.strftime("%Y-%m" if self.type == "month" else "%Y-%m-%d")


class DerivedColumn(Column):
    """A column that no file has: it is made of others, as `from` declares.

    Its `headers` name it where people read it; by default that is its name.
    """

    derivation: DerivationField = Field(alias="from")


class Source(Titled):
    """One kind of export.

    `key` names the columns that make a row unique; `"row"` says that none do, and each line of a
    file is a row of its own. `rhythm` says what a month without rows means:
    in a `continuous` source the exports reach from their first to their last month; a `sparse` one
    is known to be covered only where the settings declare it.
    The base date is the first date column, or the one that `base_date` names.

    Rows of a `register` last: from the first date of `in_force` to the second, where `until` says
    whether that is the last day in force or the first out of it. Rows of a `snapshot` are the state
    on a day; a day without rows is answered for by the last one before it, at most `within` of it.

    A source that is made `of` another has no exports: the rows of that one with the same cells in
    the columns of `per` are one row of it.
    """

    declared_key: Key = Field(alias="key")
    rhythm: Literal["continuous", "sparse", "register", "snapshot"]
    declared_base: str | None = Field(None, alias="base_date")
    in_force: Annotated[tuple[str, ...], Field(max_length=2)] = ()
    until: Literal["last_day_in", "first_day_out"] | None = None
    within: Annotated[str, _DAYS] = "0 days"
    of: str | None = None
    per: Names = ()
    columns: Annotated[dict[str, Column], Field(min_length=1)]
    """Those that stand in files."""
    derived: dict[str, DerivedColumn] = {}
    """Those that are made of them; in the settings they stand among the others."""
    _joined_by: frozenset[str] = PrivateAttr(frozenset())
    """The columns by which other sources, or figures of several, find its rows."""

    @model_validator(mode="before")
    @classmethod
    def _derived_apart(cls, raw: object) -> object:
        if isinstance(raw, dict) and isinstance(raw.get("columns"), dict):
            if "derived" in raw:
                raise invalid(
                    "「derived」というキーはありません。ほかの列から作る列も columns に書きます",
                    "no key 'derived': a column that is made of others stands in columns",
                )
            return {**raw, **_apart(raw["columns"])}
        return raw

    @cached_property
    def known(self) -> Mapping[str, Column]:
        """Return all columns, those that files have first; made of a personal one, one is, too."""
        known: dict[str, Column] = {**self.columns, **self.derived}
        for name in self.derived:
            bases = self.with_bases((name,), shown=True)
            if any(known[base].personal for base in bases if base in known):
                known[name] = known[name].model_copy(update={"personal": True})
        return known

    def with_bases(self, names: Iterable[str], *, shown: bool = False) -> tuple[str, ...]:
        """Return columns with all that derived ones among them are made of, each once.

        With `shown` they are those alone whose cells the columns show.
        """
        every: dict[str, None] = {}
        open_names = list(names)
        while open_names:
            name = open_names.pop(0)
            if name not in every:
                every[name] = None
                if name in self.derived:
                    made = self.derived[name].derivation
                    open_names += made.shown if shown else made.columns
        return tuple(every)

    @property
    def by_row(self) -> bool:
        """Return whether each line of a file is a row of its own."""
        return self.declared_key == "row"

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Return the columns that tell rows apart: where none do, all but free text."""
        if self.declared_key != "row":
            return self.declared_key
        return tuple(name for name, column in self.columns.items() if column.type != "free_text")

    def heading(self, name: str) -> Text:
        """Return what a column is called: its title, else its usual header.

        In English that is its name where the header is not of ASCII.
        """
        header = self.known[name].headers[0]
        english = header if header.isascii() else name.replace("_", " ")
        return self.known[name].title or Text(header, english)

    def usual_header(self, name: str) -> Text:
        """Return the header by which a column stands in the files, in English after its title."""
        header, title = self.known[name].headers[0], self.heading(name).en
        return Text(header, header if title == header else f"{title}: {header}")

    @property
    def base_date(self) -> str | None:
        """Return the name of the column that dates a row; None for a register."""
        if not self.is_dated:
            return None
        if self.declared_base is not None:
            return self.declared_base
        return next(name for name, column in self.columns.items() if column.is_dating)

    def months_open(self, dates: Iterable[str] = ()) -> int:
        """Return how many months are open where rows are dated by columns, or the base date."""
        own = tuple(dates) or ((self.base_date,) if self.base_date is not None else ())
        return max((self.known[name].months_open for name in own), default=0)

    @property
    def is_dated(self) -> bool:
        """Return whether each row happened on a day."""
        return self.rhythm != "register"

    @property
    def is_state(self) -> bool:
        """Return whether its rows are in force on a day rather than happen on one."""
        return self.rhythm in ("register", "snapshot")

    @property
    def dating(self) -> tuple[str, ...]:
        """Return the columns that say when a row is in force, or happened."""
        return self.in_force if self.base_date is None else (self.base_date,)

    @property
    def reach(self) -> timedelta:
        """Return how long before a day the last rows of a snapshot may lie."""
        return timedelta(days=int(self.within.split()[0]))

    @cached_property
    def spellings(self) -> dict[str, tuple[str, ...]]:
        """Return the names of the columns for every declared header, by its key.

        Two columns may be read from one column of the file: one header is then of both.
        """
        names: dict[str, tuple[str, ...]] = {}
        for name, column in self.columns.items():
            for key in dict.fromkeys(map(header_key, column.headers)):
                names[key] = (*names.get(key, ()), name)
        return names

    @property
    def lone_key(self) -> str | None:
        """Return the id that is each row's own; None where the key is another, or a register's.

        No figure can use it: it only tells rows apart, unless other sources find rows by it. A
        register's key names the people or contracts.
        """
        alone = not self.by_row and len(self.key) == 1 and self.columns[self.key[0]].type == "id"
        if not alone or not self.is_dated or self.key[0] in self._joined_by:
            return None
        return self.key[0]

    def joined(self, keys: Iterable[str], personal: Iterable[str]) -> Self:
        """Return the source once `keys` find its rows, and columns made of others are personal."""
        marked = {
            name: self.derived[name].model_copy(update={"personal": True}) for name in personal
        }
        source = self.model_copy(update={"derived": {**self.derived, **marked}})
        source._joined_by = frozenset(keys)
        return source

    def of_lines(self, columns: Mapping[str, Column], key: Key, base: bool) -> Self:
        """Return the source as its files have it where a line is not a row.

        They have other columns; `key` are those that tell lines apart. Without a `base` lines have
        no base date of their own.
        """
        changed: dict[str, object] = {"columns": columns, "declared_key": key}
        if base:
            changed["declared_base"] = self.base_date
        else:
            changed["rhythm"] = "register"
        lines = self.model_copy(update=changed)
        for computed in ("known", "key", "spellings"):  # of the columns that it had
            lines.__dict__.pop(computed, None)
        return lines

    def with_columns(
        self, columns: dict[str, Column], instead: Mapping[str, tuple[str, ...]]
    ) -> Self:
        """Return the source with other columns of files, some `instead` of one that it has."""
        key: Key = "row"
        if self.declared_key != "row":
            key = tuple(own for name in self.declared_key for own in instead.get(name, (name,)))
        base = self.base_date
        anew = {
            "columns": columns,
            "declared_key": key,
            "declared_base": None if base is None else instead.get(base, (base,))[0],
        }
        source = self.model_copy(update=anew)
        for name in ("known", "key", "spellings"):
            source.__dict__.pop(name, None)
        return source

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        for name in self.key:
            if name not in self.columns:
                raise InvalidValue(
                    misnamed(
                        "key",
                        f"「{name}」という列は columns にありません",
                        f"the key names the column {name!r}, which is not declared",
                        name,
                        self.columns,
                    )
                )
        dates = [name for name, column in self.columns.items() if column.is_dating]
        if self.is_dated and not dates:
            raise invalid(
                "台帳(register)でない出力には、日付の列が要ります",
                "a source that is no register needs a date column",
            )
        if self.declared_base is not None and self.declared_base not in dates:
            raise InvalidValue(_no_date("base_date", self.declared_base, dates))
        return self

    @model_validator(mode="after")
    def _made_rows_have_a_day(self) -> Self:
        if (self.of is None) != (not self.per):
            raise invalid(
                "of には元にする出力を、per には一行にまとめる列を、両方書いてください",
                "`of` names the source that it is made of, and `per` what makes a row",
            )
        if self.of is not None and not self.is_dated:
            raise invalid(
                "台帳には日がないので、記録か時点の出力(snapshot)から作ってください",
                "a register has no day: take a log or a snapshot",
                "of",
            )
        return self

    @model_validator(mode="after")
    def _registers_are_in_force(self) -> Self:
        if self.rhythm != "register":
            if self.in_force or self.until is not None:
                raise invalid(
                    'in_force と until は rhythm = "register" のときだけ書きます',
                    '`in_force` and `until` belong to rhythm = "register"',
                )
            return self
        if len(self.in_force) != 2 or self.until is None:
            raise invalid(
                '台帳は行がいつ有効かを書きます: in_force = ["started_on", "ended_on"] と、'
                '二つめが有効な最後の日なら until = "last_day_in"、'
                '有効でなくなる日なら "first_day_out"',
                'a register says when a row is in force: in_force = ["started_on", "ended_on"], '
                'and until = "last_day_in" or "first_day_out", what the second of them is',
            )
        for name in self.in_force:
            if name not in self.columns or self.columns[name].type != "date":
                raise invalid(
                    f"「{name}」はファイルの日付の列ではありません。月や年ではいつからか分かりません",
                    f"{name!r} is no date column of the files; a month or a year does "
                    "not say from which day on",
                    "in_force",
                )
        return self


def _no_date(key: str, name: str, dates: Iterable[str]) -> Problem:
    ja, en = (
        f"「{name}」はファイルの日付の列ではありません",
        f"{name!r} is no date column of the files",
    )
    return misnamed(key, ja, en, name, dates)


def _apart(columns: Mapping[str, object]) -> dict[str, object]:
    """Return the columns of a source as they are written, the derived ones apart.

    A `copy` is a column of files, too, read once more under the headers of the other. The boxes of
    `options` are columns by the names of their headers.
    """
    own: dict[str, object] = {}
    derived: dict[str, object] = {}
    for name, spec in columns.items():
        made = spec.get("from") if isinstance(spec, dict) else None
        if not isinstance(spec, dict) or made is None:
            own[name] = spec
        elif isinstance(made, dict) and "copy" in made:
            own[name] = _copied(name, spec, made, columns)
        else:
            derived[name] = {"headers": (name,), **spec}
            boxes = made.get("options") if isinstance(made, dict) else None
            for header in boxes.values() if isinstance(boxes, dict) else ():
                own.setdefault(str(header), {"headers": (header,), "type": "text"})
    return {"columns": own, "derived": derived}


def _copied(
    name: str,
    spec: Mapping[str, object],
    made: Mapping[str, object],
    columns: Mapping[str, object],
) -> object:
    plain = {key: value for key, value in spec.items() if key != "from"}
    copied = columns.get(str(made["copy"]))
    if not isinstance(copied, dict) or "headers" not in copied or len(made) != 1:
        raise invalid(
            "copy には、ほかの列の名前だけを書きます",
            "`copy` names another column, and stands alone",
            f"columns.{name}.from",
        )
    return {"headers": copied["headers"], **plain}


class NumeralTable(Definition):
    """The meaning of the circled numerals from `since` to `until` (both inclusive; None: open)."""

    since: date | None = None
    until: date | None = None
    meanings: Annotated[dict[str, str], Field(min_length=1)]


class CodeTable(Definition):
    """The values of a code column, each with the synonyms that merge into it, in declared order.

    A value outside a closed table is a fault; an `open` table takes any value and merges only
    the listed synonyms. `blank` says that an empty cell is itself a value (not undetermined).
    `several` allows more than one value in a cell: it counts under the first in the order of the
    numerals in force, then in declared order, or with `"each"` under each of them. `excluded`
    values take a row out by name. `en` has the English of values.
    """

    id: str = ""
    values: dict[str, tuple[str, ...]] = {}
    open: bool = False
    blank: bool = False
    several: bool | Literal["each"] = False
    excluded: tuple[str, ...] = ()
    numerals: tuple[NumeralTable, ...] = ()
    en: dict[str, str] = {}

    @model_validator(mode="after")
    def _values_exist(self) -> Self:
        named = [*self.excluded, *(v for table in self.numerals for v in table.meanings.values())]
        for value in named:
            if value not in self.values:
                ja, en = f"「{value}」は表の値にありません", f"{value!r} is not among the values"
                raise InvalidValue(misnamed("", ja, en, value, self.values))
        for value in () if self.open else self.en:
            if value not in self.values:
                ja, en = f"「{value}」という値はありません", f"no value {value!r}"
                raise InvalidValue(misnamed("en", ja, en, value, self.values))
        if not self.open and not self.values:
            raise invalid(
                "コード表には値が要ります(open = true なら要りません)",
                "a closed code table needs values",
            )
        mark = SEVERAL.strip()
        for value in self.values if self.each else ():
            if mark in value:
                raise invalid(
                    f'several = "each" の表では、値「{value}」に {mark!r} は使えません',
                    f'{value!r}: with several = "each" no value holds {mark!r}',
                )
        meant: dict[str, str] = {}
        for value, synonyms in self.values.items():
            for spelling in (value, *synonyms):
                other = meant.setdefault(fold(spelling), value)
                if other != value:
                    raise invalid(
                        f"「{spelling}」が「{other}」にも「{value}」にもあります",
                        f"{spelling!r} stands under {other!r} and under {value!r}",
                        "values",
                    )
        return self

    @property
    def each(self) -> bool:
        """Return whether a cell counts under each of its values."""
        return self.several == "each"

    def among(self, cell: str) -> tuple[str, ...]:
        """Return the values that a cell holds: more than one only where it counts under each."""
        return tuple(cell.split(SEVERAL)) if self.each else (cell,)

    def label(self, value: str) -> Text:
        """Return what a value is called; one without English is its Japanese in both."""
        own = self.among(value)
        return Text(value, SEVERAL.join(self.en.get(each, each) for each in own))

    def canonical(self, value: str) -> str | None:
        """Return the value that `value` is or is a synonym of; None if it is neither."""
        folded = fold(value)
        for name, synonyms in self.values.items():
            if folded in (fold(name), *(fold(synonym) for synonym in synonyms)):
                return name
        return None


class Calendar(Definition):
    """The days on which the office is closed: weekdays such as `土`, and holidays by date."""

    closed: Annotated[Names, Field(max_length=6)] = ("土", "日")
    holidays: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _weekdays_exist(self) -> Self:
        for name in self.closed:
            if name not in WEEKDAYS or len(name) != 1:
                days = "、".join(WEEKDAYS)
                raise invalid(
                    f"「{name}」は曜日ではありません。使えるもの: {days}",
                    f"{name!r} is no weekday; there are: {days}",
                    "closed",
                )
        return self

    @cached_property
    def working_days(self) -> WorkingDays:
        """Return the days on which it is open."""
        return WorkingDays(frozenset(map(WEEKDAYS.index, self.closed)), frozenset(self.holidays))


def _made_of(name: str, sources: Mapping[str, object]) -> object:
    """Return a source as it is written; one `of` another has its rhythm and the columns `per`.

    Where a part of it is of another type than it must be, it is left to the checks of types.
    """
    table = sources[name]
    if not isinstance(table, dict) or not isinstance(table.get("of"), str):
        return table
    base, per = sources.get(table["of"]), table.get("per", ())
    if not isinstance(base, dict) or "of" in base:
        known = [n for n, each in sources.items() if isinstance(each, dict) and "of" not in each]
        ja, en = f"「{table['of']}」というファイルの出力はありません", "no source of files"
        raise InvalidValue(
            misnamed(f"source.{name}.of", ja, f"{en} {table['of']!r}", table["of"], known)
        )
    per = [per] if isinstance(per, str) else per
    columns, own = base.get("columns", {}), table.get("columns", {})
    names = isinstance(per, list | tuple) and all(isinstance(column, str) for column in per)
    if not names or not isinstance(columns, dict) or not isinstance(own, dict):
        return table
    for column in per:
        if not isinstance(columns.get(column), dict):
            raise InvalidValue(no_column(f"source.{name}.per", str(table["of"]), column, columns))
    inherited = {
        column: {
            "headers": (column,),
            **{key: value for key, value in columns[column].items() if key != "from"},
        }
        for column in per
    }
    passed_on = {key: base[key] for key in ("rhythm", "within") if key in base}
    return {"key": tuple(per), **passed_on, **table, "columns": {**inherited, **own}}


class SourceTables(Definition):
    """The sources and code tables that everything else in the catalogue refers to.

    `blanks` are words by which cells of any column say that there is nothing. Without a `calendar`
    nothing can be counted in business days.
    """

    source: dict[str, Source] = {}
    codes: dict[str, CodeTable] = {}
    blanks: Names = ()
    calendar: Calendar | None = None

    @model_validator(mode="before")
    @classmethod
    def _rows_of_rows(cls, raw: object) -> object:
        sources = raw.get("source") if isinstance(raw, dict) else None
        if not isinstance(raw, dict) or not isinstance(sources, dict):
            return raw
        return {**raw, "source": {name: _made_of(name, sources) for name in sources}}

    @property
    def working_days(self) -> WorkingDays:
        """Return the days of the calendar; all but Saturday and Sunday without one."""
        return WorkingDays() if self.calendar is None else self.calendar.working_days

    def codes_of(self, source: Source, column: str) -> CodeTable | None:
        """Return the code table of a source's column; None where it is no code column."""
        name = source.known[column].codes
        return None if name is None else self.codes[name]
