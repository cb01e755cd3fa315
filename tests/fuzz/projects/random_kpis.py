"""KPIs drawn word by word from what the settings can say."""

import random
from collections.abc import Sequence
from datetime import date

from fuzz.projects.catalogue import (
    ALL,
    CODES,
    PEOPLE,
    VOICES,
    Kpi,
    Operand,
    Rule,
    Source,
    Target,
    Test,
    Where,
)


def _random_test(rng: random.Random, source: Source) -> tuple[Test, ...]:
    column = rng.choice([n for n, c in source.columns.items() if c.kind in ("code", "date")])
    spec = source.columns[column]
    if spec.codes is not None:
        values = [*CODES[spec.codes].values]
        wanted = tuple(rng.sample(values, min(len(values), rng.choice((1, 1, 2)))))
        return ((column, rng.choice(("in", "in", "not")), wanted),)
    if rng.random() < 0.4:
        return ((column, "missing", (rng.random() < 0.5,)),)
    others = [f"@{n}" for n, c in source.columns.items() if c.kind == "date" and n != column]
    days: list[Operand] = [date(2025, rng.randint(1, 9), 15), "@as_of", "@end", "@start"]
    operand = rng.choice([*days, *others])
    word = rng.choice(("before", "on_or_before", "after", "on_or_after"))
    compared: Test = (column, word, (operand,))
    decided: Test = (column, "missing", (False,))
    return (compared, decided) if rng.random() < 0.3 else (compared,)


def _random_where(rng: random.Random, source: Source, most: int = 2) -> Where:
    alternatives: list[tuple[Test, ...]] = []
    for _ in range(rng.choice((1, 1, 1, 2))):
        tests: dict[str, tuple[Test, ...]] = {}
        for _ in range(rng.randint(1, most)):
            drawn = _random_test(rng, source)
            tests[drawn[0][0]] = drawn
        alternatives.append(tuple(test for own in tests.values() for test in own))
    return tuple(alternatives)


def _random_targets(rng: random.Random) -> tuple[Target, ...]:
    def one() -> Target:
        since = date(2025, rng.choice((4, 7, 8)), 1) if rng.random() < 0.4 else None
        until = date(2025, 8, 31) if rng.random() < 0.2 else None
        word = rng.choice(("at_least", "at_most", "equal"))
        return Target(
            word,
            rng.choice((0, 1, 3, 10, 50)),
            rng.choice(("month", "quarter", "half")),
            since,
            until,
        )

    return tuple(one() for _ in range(rng.choice((0, 0, 1, 2))))


def _names(source: Source, kind: str) -> list[str]:
    return [name for name, column in source.columns.items() if column.kind == kind]


def _random_rules(rng: random.Random, source: Source) -> tuple[Rule, ...]:
    dates = _names(source, "date")
    return tuple(
        Rule(
            f"規則{number}",
            tuple(rng.sample(dates, min(len(dates), rng.choice((1, 1, 2))))),
            _random_where(rng, source),
            {"status": "取消"} if "status" in source.columns and rng.random() < 0.3 else {},
            rng.random() < 0.3,
        )
        for number in range(1, rng.choice((2, 2, 3)) + 1)
    )


def _random_kpi(rng: random.Random, number: int, source: Source) -> Kpi:
    ids = [name for name in _names(source, "id") if name == "staff"]
    numbers = _names(source, "number")
    measures = ["count", "count", "ratio", "rules"]
    measures += ["distinct", "ratio_of"] * len(ids) + ["sum", "mean", "median"] * len(numbers)
    measure = rng.choice(measures)
    codes = [n for n in _names(source, "code") if n != "method"]
    plain = measure != "rules"
    later = [name for name in _names(source, "date") if name not in (source.base, "born")]
    first = measure == "distinct" and rng.random() < 0.3
    return Kpi(
        f"k{number}",
        source,
        measure.removesuffix("_of"),
        where=_random_where(rng, source) if plain and rng.random() < 0.6 else ALL,
        date=tuple(rng.sample(later, 1)) if plain and later and rng.random() < 0.25 else (),
        exclude={"status": "取消"}
        if plain and not first and "status" in source.columns and rng.random() < 0.3
        else {},
        of=(
            ("staff",)
            if measure in ("distinct", "ratio_of")
            else (rng.choice(numbers),)
            if measure in ("sum", "mean", "median")
            else ()
        ),
        at_first_date=first,
        numerator=_random_where(rng, source) if measure.startswith("ratio") else ALL,
        parts=rng.choice(
            [None, "month", *codes, *(["method"] if "method" in source.columns else [])]
        )
        if codes
        else None,
        rules=() if plain else _random_rules(rng, source),
        targets=_random_targets(rng),
    )


def random_kpis(rng: random.Random, sources: Sequence[Source]) -> list[Kpi]:
    """Return some KPIs over the sources, each drawn word by word."""
    kpis: list[Kpi] = []
    for source in sources:
        if source is not PEOPLE:
            kpis.append(Kpi(f"all_{source.id}", source, "count", parts=_usual_part(source)))
            kpis += [_random_kpi(rng, len(kpis) + n, source) for n in range(rng.choice((2, 3, 4)))]
    if PEOPLE in sources and VOICES in sources:
        where: Where = ((("team", "in", ("営業一課",)),),) if rng.random() < 0.5 else ALL
        kpis.append(
            Kpi("people", VOICES, "ratio", of=("staff",), register=PEOPLE, register_where=where)
        )
    return kpis


def _usual_part(source: Source) -> str | None:
    return {"f_voices": "category", "f_cases": "kind", "f_talks": "channel"}.get(source.id)
