"""The catalogue as TOML."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from fuzz.projects.catalogue import ALL, CODES, NUMERALS, Kpi, Source, Where


def toml(value: object) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(k))} = {toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _key(text: str) -> str:
    return (
        text
        if text.isascii() and text.replace("_", "").isalnum()
        else json.dumps(text, ensure_ascii=False)
    )


def _where(where: Where) -> object:
    tables: list[dict[str, object]] = []
    for alternative in where:
        table: dict[str, object] = {}
        for column, word, operands in alternative:
            if word == "in":
                table[column] = operands
            else:
                own = table.setdefault(column, {})
                assert isinstance(own, dict)
                own[word] = operands if word == "not" else operands[0]
        tables.append(table)
    return tables[0] if len(tables) == 1 else tables


def _reads_like_a_stock(where: Where) -> bool:
    """Return whether a filter asks for what has no end or a later one: it has to say its date."""
    tests = [test for alternative in where for test in alternative]
    unended = {column for column, word, operands in tests if word == "missing" and operands[0]}
    later = {
        column
        for column, word, operands in tests
        if word in ("after", "on_or_after") and operands[0] in ("@end", "@as_of")
    }
    return len(where) > 1 and bool(unended & later)


def _settings(kpi: Kpi) -> dict[str, object]:
    words: dict[str, object] = {"title": kpi.id, "source": kpi.source.id, "measure": kpi.measure}
    if kpi.register is not None:
        return _share_of(kpi, kpi.register)
    if kpi.where != ALL:
        words["where"] = _where(kpi.where)
    if kpi.numerator != ALL:
        words["numerator"] = _where(kpi.numerator)
    if kpi.of:
        words["of"] = kpi.of[0] if kpi.measure in ("sum", "mean", "median") else kpi.of
    if kpi.parts is not None:
        words["parts"] = {"by": kpi.parts}
    own_date = (kpi.source.base,) if _reads_like_a_stock(kpi.where) else ()
    optional = {
        "date": kpi.date or own_date,
        "exclude": kpi.exclude,
        "at_first_date": kpi.at_first_date,
    }
    words |= {name: value for name, value in optional.items() if value}
    if kpi.targets:
        words["targets"] = [
            {t.word: t.bound, "per": t.per}
            | ({"since": t.since} if t.since else {})
            | ({"until": t.until} if t.until else {})
            for t in kpi.targets
        ]
    if kpi.rules:
        words["rules"] = [
            {"label": r.label, "date": r.date, "where": _where(r.where)}
            | ({"exclude": r.exclude} if r.exclude else {})
            | ({"until_as_of": True} if r.until_as_of else {})
            for r in kpi.rules
        ]
    return words


def _share_of(kpi: Kpi, register: Source) -> dict[str, object]:
    """Return the words of a ratio on a register whose numerator stands in the KPI's own source."""
    elsewhere: dict[str, object] = {"source": kpi.source.id, "by": "staff"}
    elsewhere |= {"where": _where(kpi.where)} if kpi.where != ALL else {}
    own = {"where": _where(kpi.register_where)} if kpi.register_where != ALL else {}
    words = {"title": kpi.id, "source": register.id, "measure": kpi.measure}
    return {**words, **own, "numerator_in": elsewhere}


def catalogue_toml(sources: Sequence[Source], kpis: Sequence[Kpi]) -> str:
    """Return the tables of sources, codes and KPIs."""
    lines: list[str] = []
    tables = {c.codes for s in sources for c in s.columns.values() if c.codes is not None}
    for name in sorted(tables):
        table = CODES[name]
        lines += [f"[codes.{name}]", f"values = {toml(table.values)}"]
        lines += [f"{key} = true" for key in ("open", "blank") if getattr(table, key)]
        if name == "f_method":
            spans = [
                ({"since": since} if since else {})
                | ({"until": until} if until else {})
                | {"meanings": meanings}
                for since, until, meanings in NUMERALS
            ]
            lines.append(f"numerals = {toml(spans)}")
    for source in sources:
        key: object = "row" if source.key is None else source.key
        lines += [
            f"[source.{source.id}]",
            f"title = {toml(source.title)}",
            f"rhythm = {toml(source.rhythm)}",
        ]
        if source.rhythm == "register":
            lines += ['in_force = ["joined", "left"]', 'until = "last_day_in"']
        lines += [f"key = {toml(key)}", f"[source.{source.id}.columns]"]
        for name, column in source.columns.items():
            spec: dict[str, object] = {"headers": column.headers, "type": column.kind}
            optional = {
                "codes": column.codes,
                "required": column.required,
                "personal": column.personal,
            }
            lines.append(f"{name} = {toml(spec | {k: v for k, v in optional.items() if v})}")
    for kpi in kpis:
        lines.append(f"[kpi.{kpi.id}]")
        lines += [f"{name} = {toml(value)}" for name, value in _settings(kpi).items()]
    return "\n".join([*lines, ""])
