"""What is wrong with targets: the parts, members and KPIs that are held to them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kpicli.base.problems import Problem, misnamed, problem
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.problems import no_source, unknown_columns
from kpicli.model.figures import LEVELS, UNFILLED

if TYPE_CHECKING:
    from kpicli.catalog.catalog import Catalog
    from kpicli.catalog.composed import ComposedKpi
    from kpicli.catalog.kpis.kpi import EnteredKpi
    from kpicli.catalog.kpis.parts import Parts
    from kpicli.catalog.sources.source import Source
    from kpicli.catalog.sources.tables import SourceTables
    from kpicli.catalog.targets import EachMember, JointTarget


def entered_problems(kpi: "EnteredKpi") -> Iterator[Problem]:
    """Yield what is wrong with the targets of a KPI that is entered by hand."""
    if any(target.each is not None for target in kpi.targets):
        yield problem(
            f"entered.{kpi.id}.targets.each",
            "入力した数値には、店や人ごとの行がありません",
            "what is entered has no rows of members",
        )


def joint_problems(catalog: "Catalog", target: "JointTarget") -> Iterator[Problem]:
    """Yield what is wrong with the KPIs of which any reaches a target."""
    path, known = f"target.{target.id}.any", catalog.ids
    for option in target.any:
        kpi = catalog.kpi.get(option.kpi)
        if option.kpi not in known:
            ja, en = f"「{option.kpi}」という指標はありません", f"no KPI {option.kpi!r}"
            yield misnamed(f"{path}.kpi", ja, en, option.kpi, known)
        elif kpi is not None and kpi.parts is not None and not kpi.parts.total:
            yield problem(
                f"{path}.kpi",
                f"{option.kpi} には内訳だけがあり、判定する合計がありません",
                f"{option.kpi} has parts alone, there is no total to judge",
            )


def composed_targets(catalog: "Catalog", kpi: "ComposedKpi") -> Iterator[Problem]:
    """Yield what is wrong with the targets of a composed KPI, whose parts are its components'."""
    path = f"kpi.{kpi.id}"
    if any(target.each is not None for target in kpi.targets):
        yield problem(
            f"{path}.targets.each",
            "ほかの指標から作る数値には、店や人ごとの行がありません",
            "what is made of other KPIs has no rows of members",
        )
    source = catalog.source[kpi.counted[0].source] if kpi.counted else None
    yield from target_problems(catalog, source, kpi, path)


def target_problems(
    catalog: "Catalog", source: "Source | None", kpi: "Kpi | ComposedKpi", path: str
) -> Iterator[Problem]:
    """Yield what is wrong with the targets of a KPI, whose `source` and parts exist."""
    for target in kpi.targets:
        if target.each is not None and source is not None and isinstance(kpi, Kpi):
            yield from _member_problems(catalog, kpi, target.each, f"{path}.targets.each")
        if target.part is None and not target.each_part:
            if kpi.parts is not None and not kpi.parts.total:
                yield problem(
                    f"{path}.targets",
                    "判定する合計がありません。part か each_part を書いてください",
                    "there is no total to judge, write `part` or `each_part`",
                )
            continue
        if kpi.parts is not None and target.part in kpi.parts.labels:
            continue
        if source is None or kpi.parts is None or kpi.parts.by in ("month", None):
            yield problem(
                f"{path}.targets",
                "part と each_part には、列による内訳(parts)が要ります",
                "`part` and `each_part` need parts by a column",
            )
            continue
        if target.part is None:
            continue
        known = _names_of_parts(catalog, source, kpi.parts, target.part)
        if known is None or target.part in known:
            continue
        yield misnamed(
            f"{path}.targets.part",
            f"「{target.part}」という内訳はありません",
            f"no part {target.part!r}",
            target.part,
            [name for name in known if UNFILLED not in name],
        )


def _names_of_parts(
    catalog: "Catalog", source: "Source", parts: "Parts", name: str
) -> tuple[str, ...] | None:
    """Return the names that `name` may be one of; None where it is of an open code table.

    They are those of parts, of parts of which, and of parts of the part that it begins with.
    """
    tables = [catalog.codes_of(source, column) for column in parts.columns]
    first, *second = [None if t is None or t.open else (*t.values, UNFILLED) for t in tables]
    if first is None:
        return None
    above = [each for each in first if second and name.startswith(f"{each}{LEVELS}")]
    if above and second[0] is None:
        return None
    below = (f"{each}{LEVELS}{own}" for each in above for own in second[0] or ())
    return (*first, *parts.labels, *below)


def _member_problems(
    tables: "SourceTables", kpi: "Kpi", each: "EachMember", path: str
) -> Iterator[Problem]:
    """Yield the problems of a register whose every member is held to a target of a KPI."""
    own, register = tables.source[kpi.source], tables.source.get(each.source)
    if register is None:
        yield no_source(f"{path}.source", each.source, tables.source)
        return
    if not register.is_state:
        yield problem(
            f"{path}.source",
            f"{register.id} の行はいつからいつまで有効か分かりません。[source.{register.id}] に "
            'rhythm = "register" と in_force(または rhythm = "snapshot")を書いてください',
            f"{register.id} says of no row from when to when it is in force: write "
            f'`rhythm = "register"` and `in_force` (or `rhythm = "snapshot"`) under '
            f"[source.{register.id}]",
        )
    unknown = [
        *unknown_columns(register, (each.by,), f"{path}.by"),
        *unknown_columns(own, (each.by,), f"{path}.by"),
    ]
    yield from unknown
    if unknown:
        return
    there, here = register.known[each.by], own.known[each.by]
    if here.type not in ("id", "text", "code") or (here.type, here.codes) != (
        there.type,
        there.codes,
    ):
        yield problem(
            f"{path}.by",
            f"「{each.by}」は両方の出力で同じ型(id、text、同じコード表の code)にします。"
            f"{own.id} では {here.type}、{register.id} では {there.type} です",
            f"{each.by!r} is of one type in both sources: id, text, or code of one "
            f"table; in {own.id} it is {here.type}, in {register.id} {there.type}",
        )
