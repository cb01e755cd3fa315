"""json: the whole Summary, for programs and for reconciliation."""

import json
from dataclasses import asdict
from decimal import Decimal

from kpicli.faults import Fault, Place
from kpicli.figures import (
    Comparison,
    Figure,
    InputFile,
    KpiAccounting,
    SourceReport,
    Summary,
    TargetJudgement,
    Value,
)
from kpicli.periods import Period
from kpicli.renderers.blocks import Cluster, KpiBlock, kpi_blocks
from kpicli.renderers.interface import Options
from kpicli.renderers.phrases import period_phrase
from kpicli.renderers.safety import hidden
from kpicli.renderers.tidy import exact, named
from kpicli.wording import Language

SCHEMA_VERSION = 1
"""Raised when a key changes its meaning or goes; a new key does not raise it."""

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def render(summary: Summary, options: Options) -> str:
    r"""Return the summary as JSON, keys in a fixed order, two spaces deep, ending with a newline.

    Counts are integers; percentages, means and sums are decimal strings; what is not there is
    null. Japanese stands as it is, while characters that control a terminal or hide are `\u`
    escapes, so that the text reads back unchanged. A faulty cell's value is there only with
    `options.show_values`.
    """
    text = json.dumps(_summary(summary, options), ensure_ascii=False, indent=2)
    return "".join(_escape(c) if c != "\n" and hidden(c) else c for c in text) + "\n"


def _escape(character: str) -> str:
    """Return the JSON escape of one character, a pair of surrogates where it lies beyond U+FFFF."""
    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"


def _summary(summary: Summary, options: Options) -> dict[str, Json]:
    language = options.language
    fiscal = summary.period.fiscal
    return {
        "schema_version": SCHEMA_VERSION,
        "kpicli_version": summary.version,
        "catalogue_hash": summary.catalogue_hash,
        "fiscal_year": {"starts": fiscal.starts, "named_by": fiscal.named_by},
        "period": _period(summary.period, language),
        "as_of": summary.as_of.isoformat(),
        "by": summary.by,
        "compared": list(summary.compared),
        "kpis": [_kpi(block, summary, language) for block in kpi_blocks(summary)],
        "sources": [_source(source) for source in summary.sources],
        "files": [_file(file) for file in summary.files],
        "faults": [_fault(fault, options) for fault in summary.faults],
    }


def _period(period: Period, language: Language) -> Json:
    return {
        "name": period.name,
        "label": period_phrase(period, language),
        "kind": period.kind,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }


def _kpi(block: KpiBlock, summary: Summary, language: Language) -> Json:
    head = block.head
    return {
        "id": head.id,
        "title": head.title,
        "principles": list(head.principles),
        "unit": head.unit,
        "measure": head.measure,
        "version": head.version,
        "additive": head.additive,
        "remarks": [remark.in_language(language) for remark in head.remarks],
        "figures": {
            **_cluster(block.whole, language),
            "groups": [_group(group, language) for group in block.groups],
        },
        "accounting": [_accounting(a) for a in summary.accounting if a.kpi == head.id],
    }


def _cluster(cluster: Cluster | None, language: Language) -> dict[str, Json]:
    total = None if cluster is None else cluster.total
    lines = () if cluster is None else cluster.lines
    return {
        "total": None if total is None else _figure(total, language),
        "parts": [_line(figure, language) for figure in lines if figure.kind == "part"],
        "rules": [_line(figure, language) for figure in lines if figure.kind == "rule"],
        "memos": [_line(figure, language) for figure in lines if figure.kind == "memo"],
    }


def _group(group: Cluster, language: Language) -> Json:
    first = group.first
    return {
        "by": first.by,
        "group": named(first.group),
        "period": _period(first.period, language),
        **_cluster(group, language),
    }


def _line(figure: Figure, language: Language) -> Json:
    period = _period(figure.period, language)
    return {
        "part": figure.part,
        "item": named(figure.item),
        "period": period,
        **_figure(figure, language),
    }


def _figure(figure: Figure, language: Language) -> dict[str, Json]:
    target = figure.target
    return {
        **_value(figure.value),
        "comparisons": [_comparison(c, language) for c in figure.comparisons],
        "target": None if target is None else _target(target, language),
    }


def _value(value: Value) -> dict[str, Json]:
    return {
        "value": _number(value.number),
        "numerator": value.numerator,
        "denominator": value.denominator,
        "status": value.status.value,
        "faulty_rows": value.faulty_rows,
    }


def _number(number: int | Decimal | None) -> str | int | None:
    return exact(number) if isinstance(number, Decimal) else number


def _comparison(comparison: Comparison, language: Language) -> Json:
    return {
        "kind": comparison.kind,
        "period": _period(comparison.period, language),
        **_value(comparison.value),
        "change": _number(comparison.change),
    }


def _target(target: TargetJudgement, language: Language) -> Json:
    return {
        "direction": target.direction,
        "bound": exact(target.bound),
        "per": target.per,
        "status": target.status.value,
        "missed": [_period(period, language) for period in target.missed],
    }


def _accounting(accounting: KpiAccounting) -> Json:
    return {
        "source": accounting.source,
        "usable": accounting.usable,
        "faulty": accounting.faulty,
        "counted": accounting.counted,
        "not_selected": accounting.not_selected,
        "no_date": accounting.no_date,
        "out_of_period": accounting.out_of_period,
        "excluded": [{"rule": rule, "rows": rows} for rule, rows in accounting.excluded],
        "undetermined": accounting.undetermined,
    }


def _source(source: SourceReport) -> Json:
    return {
        "id": source.id,
        "title": source.title,
        "accounting": asdict(source.accounting),
        "covered": [month.name for month in source.covered],
    }


def _file(file: InputFile) -> Json:
    return {
        "source": file.source,
        "path": file.path,
        "sha256": file.sha256,
        "encoding": file.encoding,
        "sheet": file.sheet,
        "accounting": asdict(file.accounting),
    }


def _fault(fault: Fault, options: Options) -> Json:
    language, kind = options.language, fault.kind
    told: dict[str, Json] = {
        "code": kind.code,
        "level": fault.level,
        "title": kind.title.in_language(language),
        "message": kind.message.in_language(language),
        "advice": kind.advice.in_language(language),
        "detail": fault.detail,
        "source": fault.source,
        "place": _place(fault.place),
        "other": None if fault.other is None else _place(fault.other),
        "count": fault.count,
    }
    return {**told, "value": fault.value} if options.show_values else told


def _place(place: Place) -> Json:
    return asdict(place)
