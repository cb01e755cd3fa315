"""What is wrong with the parts of a KPI: the columns that split it, and the parts of which."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kpicli.base.problems import Problem, misnamed, problem
from kpicli.catalog.problems import filter_problems, no_value

if TYPE_CHECKING:
    from kpicli.catalog.kpis.kpi import Kpi
    from kpicli.catalog.kpis.parts import Parts
    from kpicli.catalog.sources.source import Source
    from kpicli.catalog.sources.tables import SourceTables


def part_problems(
    tables: "SourceTables", source: "Source", kpi: "Kpi", path: str
) -> Iterator[Problem]:
    """Yield the problems of a KPI's parts, whose columns exist."""
    parts, path = kpi.parts, f"{path}.parts"
    if parts is None:
        return
    if parts.share and not (kpi.has_shares and parts.total):
        yield problem(
            f"{path}.share",
            "構成比になるのは、数えたり足したりした合計の内訳だけです",
            "only parts of a total that is counted or added are shares of it",
        )
    yield from _label_problems(tables, source, parts, f"{path}.labels")
    if parts.by == "month":
        if kpi.is_stock(tables):
            yield problem(
                f"{path}.by",
                "ある日の数に月の内訳はありません。--by month なら月末ごとに数えます",
                "a stock has no months: take --by month, each at its own end",
            )
        if parts.within is not None:
            yield problem(
                path,
                "月をさらに内訳に分けられません。列で分け、月は --by month で求めてください",
                "months have no parts of their own: split by the column, ask --by month",
            )
        return
    if parts.by is not None:
        yield from _split_problems(tables, source, parts, path)
    elif parts.values or parts.within is not None or not parts.total:
        yield problem(
            f"{path}.by",
            "行を分けるコードの列を書いてください",
            "name the code column that splits the rows",
        )
    elif not parts.labels:
        yield problem(
            path,
            "by にコードの列を書くか、labels に条件を書いてください",
            "name a code column by `by`, or filters by `labels`",
        )
    if parts.within is not None:
        yield from _second_problems(tables, source, kpi, parts, f"{path}.1")


def _split_problems(
    tables: "SourceTables", source: "Source", parts: "Parts", path: str
) -> Iterator[Problem]:
    table = None if parts.by is None else tables.codes_of(source, parts.by)
    if table is None:
        yield problem(
            f"{path}.by",
            f"「{parts.by}」はコードの列ではありません",
            f"{parts.by!r} is no code column",
        )
        return
    for value in parts.values:
        if value not in table.values:
            yield no_value(f"{path}.values", value, table.values)


def _second_problems(
    tables: "SourceTables", source: "Source", kpi: "Kpi", parts: "Parts", path: str
) -> Iterator[Problem]:
    """Yield the problems of the second level."""
    second = parts.within
    if second is None:
        return
    if second.within is not None:
        yield problem(
            path,
            "内訳は二段までです。三段めは --by で求めるか、別の指標にしてください",
            "parts have two levels at most; for a third ask --by, or declare another KPI",
        )
    if second.labels or second.en:
        yield problem(
            f"{path}.labels",
            "合計の内訳なので、一つめの表に書いてください",
            "they are parts of the total: write them into the first table",
        )
    if not second.total:
        yield problem(
            f"{path}.total",
            "一段めの内訳は、二段めの上に必ず出ます",
            "the parts of the first level stand above those of the second",
        )
    if second.share and not kpi.has_shares:
        yield problem(
            f"{path}.share",
            "構成比になるのは、数えたり足したりしたものの内訳だけです",
            "only parts of what is counted or added are shares of it",
        )
    if second.by is None:
        yield problem(
            f"{path}.by",
            "内訳を分けるコードの列を書いてください",
            "name the code column that splits the parts",
        )
    elif second.by == "month":
        yield problem(
            f"{path}.by",
            "内訳を月に分けることはできません。--by month で求めてください",
            "months are no parts of parts: ask --by month",
        )
    elif second.by == parts.by:
        yield problem(
            f"{path}.by",
            f"「{second.by}」は一段めですでに分けています",
            f"{second.by!r} splits the first level already",
        )
    else:
        yield from _split_problems(tables, source, second, path)


def _label_problems(
    tables: "SourceTables", source: "Source", parts: "Parts", path: str
) -> Iterator[Problem]:
    """Yield the problems of parts of which."""
    table = next((tables.codes_of(source, name) for name in parts.columns), None)
    for name, where in parts.labels.items():
        if not name.strip():
            yield problem(path, "名前が空です", "a name is blank")
        elif table is not None and name in table.values:
            yield problem(
                path,
                f"「{name}」は {parts.by} の内訳にもうあります。別の名前にしてください",
                f"{name!r} is a part already, by {parts.by!r}: take another name",
            )
        if not where.tests:
            yield problem(
                f"{path}.{name}",
                "どの行も当てはまります。条件を書いてください",
                "every row fits, write what its rows have",
            )
        yield from filter_problems(tables, source, where, f"{path}.{name}")
    for name in parts.en:
        if name not in parts.labels:
            ja, en = f"「{name}」という labels はありません", f"no label {name!r}"
            yield misnamed(f"{path.removesuffix('.labels')}.en", ja, en, name, parts.labels)
