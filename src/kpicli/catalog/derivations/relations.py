"""How sources refer to each other: which columns of others a column is taken from."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kpicli.base.problems import Problem, misnamed, problem
from kpicli.catalog.derivations import Derivation
from kpicli.catalog.derivations.gathered import ROWS
from kpicli.catalog.problems import not_dates, unknown_columns, unusable_columns

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import DerivedColumn, Source
    from kpicli.catalog.sources.tables import SourceTables

Pair = tuple[str, str]
"""A source and one of its columns."""


def related(tables: "SourceTables", pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return the columns of other sources that columns are taken from, each once.

    With those that are asked for come the key, the dates by which a register's rows are in force,
    and what they are taken from themselves.
    """
    every: dict[Pair, None] = {}
    seen: set[Pair] = set()
    to_ask = list(pairs)
    while to_ask:
        pair = to_ask.pop(0)
        made = _derivation(tables, pair)
        source = tables.source.get(pair[0])
        if pair in seen or source is None:
            continue
        seen.add(pair)
        if source.of is not None and source.of in tables.source:
            behind = [(source.of, name) for name in _behind(source, made)]
            every.update(dict.fromkeys(behind))
            to_ask += behind
        if made is None:
            continue
        to_ask += [(pair[0], name) for name in made.columns]
        other = None if made.looks_in is None else tables.source.get(made.looks_in)
        if other is not None:
            asked = [(other.id, name) for name in (*made.taken, *other.in_force)]
            every.update(dict.fromkeys(asked))
            to_ask += asked
    return tuple(every)


def _behind(source: "Source", made: Derivation | None) -> tuple[str, ...]:
    """Return the columns of the rows behind a row that a column of it needs."""
    gathered = () if made is None or made.gathers is None else made.gathers[1:]
    return (*source.per, *(name for name in gathered if name != ROWS))


def looked_up(tables: "SourceTables", sources: Iterable[str]) -> tuple[str, ...]:
    """Return the sources from which any column of some sources is taken."""
    pairs = [(name, column) for name in sources for column in tables.source[name].derived]
    return tuple(dict.fromkeys(source for source, _ in related(tables, pairs)))


def _derivation(tables: "SourceTables", pair: Pair) -> Derivation | None:
    source = tables.source.get(pair[0])
    column = None if source is None else source.derived.get(pair[1])
    return None if column is None else column.derivation


def linked(tables: "SourceTables", joins: Iterable[Pair]) -> "dict[str, Source]":
    """Return the sources as they are once each knows of the others.

    `joins` are the columns that figures of two sources compare.

    A key by which others find rows can be asked for; what is taken from a personal column is
    personal.
    """
    keys: dict[str, set[str]] = {name: set() for name in tables.source}
    for of, name in joins:
        keys.setdefault(of, set()).add(name)
    for source in tables.source.values():
        for column in source.derived.values():
            made = column.derivation
            if made.looks_in is not None:
                keys[source.id].update(made.columns)
                keys.setdefault(made.looks_in, set()).update(made.taken)
            if source.of is not None:
                keys.setdefault(source.of, set()).update(_behind(source, made))
    return {
        source.id: source.joined(
            keys[source.id], [n for n in source.derived if _is_personal(tables, (source.id, n))]
        )
        for source in tables.source.values()
    }


def _is_personal(tables: "SourceTables", asked: Pair) -> bool:
    """Return whether a column shows, at whatever remove, cells of a personal one."""
    seen: set[Pair] = set()
    to_ask = [asked]
    while to_ask:
        pair = to_ask.pop()
        source = tables.source.get(pair[0])
        if pair in seen or source is None:
            continue
        seen.add(pair)
        column = source.columns.get(pair[1], source.derived.get(pair[1]))
        if column is not None and column.personal:
            return True
        made = _derivation(tables, pair)
        if made is not None:
            to_ask += [(pair[0], name) for name in made.shown]
            to_ask += [(made.looks_in or "", name) for name in made.taken[-1:]]
        if source.of is not None and made is not None and made.gathers is not None:
            to_ask.append((source.of, made.gathers[1]))
    return False


def gathering_problems(
    tables: "SourceTables", source: "Source", name: str, column: "DerivedColumn"
) -> Iterator[Problem]:
    """Yield what is wrong with a column that is gathered from the rows behind a row."""
    path, made = f"source.{source.id}.columns.{name}", column.derivation
    word, of = made.gathers or ("", "")
    base = tables.source.get(source.of or "")
    if base is None:
        yield problem(
            f"{path}.from",
            f"{word} は、ほかの出力から作る(of のある)出力で使います",
            f"{word!r} belongs to a source that is made `of` another",
        )
        return
    if (word, of) == ("count", ROWS):
        kind, codes = "number", None
    else:
        unknown = list(unknown_columns(base, [of], f"{path}.from.{word}"))
        yield from unknown
        if unknown:
            return
        yield from unusable_columns(base, [of], f"{path}.from.{word}")
        kind, codes = str(base.known[of].type), base.known[of].codes
        if kind != "number" and (
            word == "sum" or (word in ("min", "max") and not base.known[of].is_dating)
        ):
            yield problem(
                f"{path}.from.{word}",
                f"{base.id} の列「{of}」の型は {kind} です",
                f"{of!r} of {base.id} is of type {kind!r}",
            )
        if word == "count":
            kind, codes = "number", None
    if (column.type, column.codes) != (kind, codes):
        yield made_otherwise(path, kind, codes)


def look_up_problems(
    tables: "SourceTables", source: "Source", name: str, column: "DerivedColumn"
) -> Iterator[Problem]:
    """Yield what is wrong with a column that is looked up; its own key exists."""
    path, made = f"source.{source.id}.columns.{name}.from", column.derivation
    other = tables.source.get(made.looks_in or "")
    if other is None or other is source:
        yield misnamed(
            f"{path}.look_up",
            f"「{made.looks_in}」というほかの出力はありません",
            f"no other source {made.looks_in!r}",
            made.looks_in,
            (each for each in tables.source if each != source.id),
        )
        return
    unknown = list(unknown_columns(other, made.taken, path))
    yield from unknown
    if unknown:
        return
    by, take = (other.known[each] for each in made.taken)
    own = source.known[made.columns[0]]
    if own.type not in ("id", "text", "code") or (own.type, own.codes) != (by.type, by.codes):
        yield problem(
            f"{path}.by",
            f"「{made.taken[0]}」は両方の出力で同じ型(id、text、同じコード表の code)にします。"
            f"ここでは {own.type}、{other.id} では {by.type} です",
            f"{made.taken[0]!r} is of one type in both sources: id, text, or code of "
            f"one table; here it is {own.type}, in {other.id} {by.type}",
        )
    yield from unusable_columns(other, made.taken[1:], path)
    if (column.type, column.codes) != (take.type, take.codes):
        codes = "" if take.codes is None else f' and codes = "{take.codes}"'
        yield problem(
            f"source.{source.id}.columns.{name}.type",
            f'{other.id} と同じにしてください: "{take.type}"'
            + ("" if take.codes is None else f' と codes = "{take.codes}"'),
            f'as in {other.id}: "{take.type}"{codes}',
        )
    yield from not_dates(source, made.columns[1:], f"{path}.on")
    if other.rhythm == "register" and source.base_date is None and len(made.columns) == 1:
        yield problem(
            f"{path}.on",
            f'{source.id} の行には基準日がありません。日付の列を on = "…" で書いてください',
            f'rows of {source.id} have no base date: name a date column, on = "…"',
        )
    if (source.id, name) in related(tables, [(source.id, name)]):
        yield made_of_itself(path)


def made_of_itself(path: str) -> Problem:
    """Return the problem of a column that, at whatever remove, is made of itself."""
    return problem(path, "その列自身から作られています", "the column is made of itself")


def made_otherwise(path: str, kind: str, codes: str | None) -> Problem:
    """Return the problem of a column whose declared type is not what it is made to."""
    ja, en = f'from から作ると "{kind}"', f'`from` makes it a "{kind}"'
    if codes is not None:
        ja, en = f'{ja} で codes = "{codes}"', f'{en} and codes = "{codes}"'
    return problem(f"{path}.type", f"{ja} になります", en)
