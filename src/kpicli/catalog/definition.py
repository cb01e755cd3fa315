"""A KPI's definition in plain words, and as a digest."""

import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kpicli.base.wording import Text, listed, quantity
from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi, Shown
from kpicli.catalog.kpis.parts import Parts
from kpicli.catalog.labels import labels_of
from kpicli.catalog.sources.source import Source
from kpicli.catalog.sources.tables import SourceTables
from kpicli.catalog.targets import Target
from kpicli.catalog.texts import SCALES, beside_id
from kpicli.catalog.words import (
    derived_words,
    exclusion_words,
    filter_words,
    header_words,
    joined_headers,
)
from kpicli.model.bounds import bound_words, of_every

if TYPE_CHECKING:
    from kpicli.catalog.catalog import Catalog

_NOT_COUNTING = {
    *("id", "title", "principles", "unit", "version", "targets"),
    *("note", "public", "better", "own_version"),
}
"""Fields of a KPI that do not decide which rows count."""


_FIRST_WORDS = frozenset(
    (
        *("source", "date", "where", "alternatives", "column", "operator", "operands", "exclude"),
        *("parts", "by", "values", "total", "measure", "of", "at_first_date", "numerator"),
        *("rules", "memos", "label", "until_as_of", "carried_in"),
    )
)
"""The words of definitions in the first version that wrote records: they count though unused."""


def definition_hash(kpi: Kpi | ComposedKpi) -> str:
    """Return a digest of what decides which rows count and how; a new title changes nothing.

    Nor does a word that kpicli has learned since, as long as the definition does not use it: else
    every record would tell of another definition with each new version. That of a composed KPI
    follows the definitions of all its components.
    """
    if isinstance(kpi, ComposedKpi):
        own = kpi.model_dump(mode="json", exclude=_NOT_COUNTING, exclude_defaults=True)
        digests = [
            None if isinstance(each.kpi, EnteredKpi) else definition_hash(each.kpi)
            for each in kpi.components
        ]
        return digest_of({**own, "components": digests})
    whole = kpi.model_dump(mode="json", exclude=_NOT_COUNTING)
    used = kpi.model_dump(mode="json", exclude=_NOT_COUNTING, exclude_defaults=True)
    return digest_of(_without_unused(whole, used))


def _without_unused(whole: object, used: object) -> object:
    """Return a definition without the later words that have their default; `used` lacks those."""
    if isinstance(whole, list) and isinstance(used, list) and len(whole) == len(used):
        return [_without_unused(*pair) for pair in zip(whole, used, strict=True)]
    if not isinstance(whole, dict) or not isinstance(used, dict):
        return whole
    return {
        key: _without_unused(value, used.get(key))
        for key, value in whole.items()
        if key in _FIRST_WORDS or key in used
    }


def digest_of(content: object) -> str:
    """Return 16 hexadecimal digits, equal where plain values are."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def define(kpi: Kpi | ComposedKpi | EnteredKpi, tables: SourceTables) -> tuple[Text, ...]:
    """Return the definition, a line each: measure, rows, date, split, targets."""
    lines = [*_how(kpi, tables), *(_target(target, kpi, tables) for target in kpi.targets)]
    if not isinstance(kpi, EnteredKpi):
        version = kpi.version
        lines.append(Text(f"定義の版: {version}", f"Version of the definition: {version}"))
    return tuple(lines)


def _how(kpi: Kpi | ComposedKpi | EnteredKpi, tables: SourceTables) -> Iterator[Text]:
    """Yield what a KPI's value comes from, targets and version aside."""
    match kpi:
        case EnteredKpi():
            yield _entered(kpi)
        case ComposedKpi():
            yield from _composed(kpi, tables)
        case Kpi():
            yield from _counted(kpi, tables)


def _counted(kpi: Kpi, tables: SourceTables) -> list[Text]:
    source = tables.source[kpi.source]
    english = beside_id(source.title.en, source.id)
    lines = [Text(f"出力: {source.title.ja}", f"Source: {english}")]
    if source.of is not None:
        base, per = tables.source[source.of].title, joined_headers(source, source.per)
        lines.append(
            Text(
                f"行: 「{base.ja}」の行を {per.ja} ごとにまとめたもの",
                f"Rows: those of {base.en} with the same {per.en} are one",
            )
        )
    lines.append(kpi.measure_words(tables))
    lines += kpi.date_words(source)
    if kpi.where.tests:
        where = filter_words(kpi.where, source, tables)
        lines.append(Text(f"対象の行: {where.ja}", f"Rows: {where.en}"))
    lines += exclusion_words(kpi.excluded, source, tables)
    if kpi.top is not None:
        top = kpi.top.words(source)
        lines.append(Text(f"上位: {top.ja}", f"Top: {top.en}"))
    lines += _shortening_words(kpi)
    lines += kpi.rule_words(tables)
    lines += [
        derived_words(tables.source[of], name, tables)
        for of, names in kpi.used_by_source.items()
        for name in tables.source[of].with_bases(names)
        if name in tables.source[of].derived
    ]
    lines += _part_words(kpi.parts, source, tables)
    return lines


def _composed(kpi: ComposedKpi, tables: SourceTables) -> Iterator[Text]:
    """Yield how its components are put together, and what each of them is."""
    yield kpi.measure_words
    yield from _shortening_words(kpi)
    if kpi.parts is not None:
        yield from _part_words(kpi.parts, tables.source[kpi.counted[0].source], tables)
    for each in {each.kpi.id: each.kpi for each in kpi.components}.values():
        for line in _how(each, tables):
            yield Text(f"「{each.title.ja}」 {line.ja}", f'"{each.title.en}": {line.en}')


def _part_words(parts: Parts | None, source: Source, tables: SourceTables) -> Iterator[Text]:
    """Yield the line that says by what the KPI is split, and one for each part of which."""
    if parts is None:
        return
    levels = [_level(source, each) for each in (parts, parts.within) if each and each.by]
    if levels:
        ja = "、その中を ".join(each.ja for each in levels)
        en = ", of each ".join(each.en for each in levels)
        yield Text(f"内訳: {ja}", f"Parts: {en}")
    for name, where in parts.labels.items():
        words = filter_words(where, source, tables)
        en = parts.en.get(name, name)
        yield Text(
            f"うち数「{name}」(足し合わせない): {words.ja}",
            f"Of which {en!r} (never added): {words.en}",
        )


def _level(source: Source, parts: Parts) -> Text:
    month = parts.by == "month"
    by = Text("月", "month") if month else header_words(source, parts.columns[:1])
    share = Text("(構成比も)", ", with their shares") if parts.share else Text("", "")
    return Text(f"{by.ja}{share.ja}", f"{by.en}{share.en}")


def _shortening_words(kpi: Shown) -> Iterator[Text]:
    """Yield the line that says how values are shortened, where that is said."""
    ja, en = [], []
    if kpi.scale is not None:
        name = SCALES[kpi.scale].name
        ja, en = [f"{name.ja}単位"], [f"in units of a {name.en}"]
    if kpi.decimals is not None:
        ja.append(f"小数 {kpi.decimals} 桁")
        en.append(quantity(kpi.decimals, "decimal"))
    if kpi.rounding == "down":
        ja.append("切り捨て")
        en.append("rounded down")
    if ja:
        yield Text(f"表示: {'、'.join(ja)}", f"Shown: {', '.join(en)}")


def _entered(kpi: EnteredKpi) -> Text:
    """Return what stands for the definition of a KPI that no export holds."""
    ja, en = ("比率(%)", "ratio (%)") if kpi.ratio else ("値", "value")
    return Text(
        f"数え方: 出力にないので、人が入力した{ja}。出典と入力日は注記にある",
        f"Measure: {en} entered by hand, as no export holds it; notes name source and day",
    )


def joint_words(catalog: "Catalog", kpi_id: str) -> Iterator[Text]:
    """Yield, for each target that the KPI is one of several to reach, what each of them has to."""
    kpis = {name: catalog.any_kpi(name) for name in catalog.ids}
    titles = {name: kpi.title for name, kpi in kpis.items()}
    for target in catalog.target.values():
        if all(name != kpi_id for name, _ in target.asked):
            continue
        ways = []
        for name, asked in target.asked:
            bound = bound_words(asked, kpis[name].unit, percentage=kpis[name].percentage)
            ways.append(Text(f"{titles[name].ja}が{bound.ja}", f"{titles[name].en} {bound.en}"))
        title, ways_in_words = target.called(titles), listed(ways, "、", "; ")
        yield Text(
            f"目標: 「{title.ja}」はいずれか: {ways_in_words.ja}",
            f"Target: {title.en} is any of: {ways_in_words.en}",
        )


def _part_in_english(item: str, kpi: Kpi | ComposedKpi | EnteredKpi, tables: SourceTables) -> str:
    """Return what a part is called in English; itself where nothing says."""
    if isinstance(kpi, EnteredKpi) or kpi.parts is None:
        return item
    named = labels_of(kpi, tables)
    return next((own[item] for own in named.values() if item in own), item)


def _target(target: Target, kpi: Kpi | ComposedKpi | EnteredKpi, tables: SourceTables) -> Text:
    bound = bound_words(target, kpi.unit, percentage=kpi.percentage)
    if target.each is not None:
        bound = of_every(tables.source[target.each.source].title, bound)
    if target.part is not None:
        bound = Text(
            f"{target.part}は{bound.ja}",
            f"{_part_in_english(target.part, kpi, tables)}: {bound.en}",
        )
    if target.each_part:
        bound = Text(f"内訳ごとに、{bound.ja}", f"each part: {bound.en}")
    since, until = target.since, target.until
    ja = "、".join((*((f"{since} から",) if since else ()), *((f"{until} まで",) if until else ())))
    return Text(
        f"目標: {bound.ja}{f'({ja})' if ja else ''}",
        f"Target: {bound.en}"
        f"{f' from {since}' if since else ''}{f' until {until}' if until else ''}",
    )
