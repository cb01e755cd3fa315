"""The declaration of an export: its columns and key, and when its rows happened or are in force."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from kpicli.base.problems import InvalidValue, Problem, invalid, misnamed
from kpicli.base.wording import Text
from kpicli.catalog.declared import Names, Titled
from kpicli.catalog.derivations import DerivationField
from kpicli.catalog.sources.columns import Column, Key, columns_apart
from kpicli.catalog.texts import Matching
from kpicli.values.folding import header_key

_DAYS = Matching(
    r"^[0-9]{1,3} days?$",
    Text('日数を "3 days" のように書いてください', 'a number of days, such as "3 days"'),
)


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
            return {**raw, **columns_apart(raw["columns"])}
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
