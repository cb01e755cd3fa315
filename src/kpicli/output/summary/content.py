"""A Summary as the object that json holds: all of it, for programs and for reconciliation."""

from collections.abc import Sequence

from msgspec.structs import asdict

from kpicli.base.wording import Language
from kpicli.model.accounting import KpiAccounting
from kpicli.model.figures import Comparison, ComponentValue, Definition, Figure, KpiHead
from kpicli.model.judgements import Every, JointTarget, OptionJudgement, Reached, TargetJudgement
from kpicli.model.measured import ShownDates
from kpicli.model.summary import Series, Summary
from kpicli.model.value import Origin, Value
from kpicli.output.data.json_parts import (
    faults_object,
    file_object,
    json_cell,
    period_object,
    source_object,
)
from kpicli.output.interface import Json, Options
from kpicli.output.page.blocks import Cluster, KpiBlock, kpi_blocks
from kpicli.output.page.words import exclusion_words, group_name, item_name
from kpicli.values.numbers import exact


def summary_content(summary: Summary, options: Options) -> dict[str, Json]:
    """Return the summary as an object, keys in a fixed order.

    Counts are integers; percentages, means and sums are decimal strings; what is not there is
    null. A faulty cell's value is there only with `options.show_values`.
    """
    language = options.language
    fiscal = summary.period.fiscal
    return {
        "kpicli_version": summary.version,
        "catalogue_hash": summary.catalogue_hash,
        "fiscal_year": {
            "starts": fiscal.starts,
            "named_by": fiscal.named_by,
            "halves": list(fiscal.halves),
        },
        "period": period_object(summary.period, language),
        "as_of": summary.as_of.isoformat(),
        "by": summary.by,
        "compared": list(summary.compared),
        "left_out": summary.left_out,
        "kpis": [_kpi(block, summary, language) for block in kpi_blocks(summary)],
        "sources": [source_object(source, language) for source in summary.sources],
        "files": [file_object(file) for file in summary.files],
        **faults_object(summary.faults, options),
        "trend": _trend(summary, language),
        "targets": [_joint(target, summary, language) for target in summary.joint_targets],
    }


def _trend(summary: Summary, language: Language) -> Json:
    """Return the figures in several periods, a series each; null where none were asked for."""
    if not summary.trend:
        return None
    return {
        "periods": [period_object(period, language) for period in summary.trend_periods],
        "series": [_series(series, summary, language) for series in summary.trend],
    }


def _series(series: Series, summary: Summary, language: Language) -> Json:
    head = summary.kpis[series.own.kpi]
    own, new = series.own, [new for _, new in series.breaks]
    return {
        "kpi": own.kpi,
        "kind": own.kind,
        "by": own.by,
        "group": group_name(own, head, language),
        "part": own.part,
        "item": item_name(own, head, language),
        "points": [
            {
                "period": figure.period.name,
                **_value(figure.value, language),
                "origin": _origin(figure.origin),
                "definition": _definition(figure.definition),
                "breaks": any(figure is each for each in new),
            }
            for figure in series.figures
        ],
    }


def _definition(definition: Definition | None) -> Json:
    return None if definition is None else asdict(definition)


def _kpi(block: KpiBlock, summary: Summary, language: Language) -> Json:
    head = block.head
    return {
        "id": head.id,
        "title": head.title.in_language(language),
        "principles": list(head.principles),
        "unit": head.unit.in_language(language),
        "measure": head.measure,
        "version": head.version,
        "note": None if head.note is None else head.note.in_language(language),
        "public": head.public,
        "better": head.better,
        "additive": head.additive,
        "remarks": [remark.in_language(language) for remark in head.remarks],
        "figures": {
            **_cluster(block.whole, head, language),
            "groups": [_group(group, head, language) for group in block.groups],
        },
        "accounting": [
            accounting_object(a, head, language) for a in summary.accounting if a.kpi == head.id
        ],
    }


def _cluster(cluster: Cluster | None, head: KpiHead, language: Language) -> dict[str, Json]:
    total = None if cluster is None else cluster.total
    lines = () if cluster is None else cluster.lines
    return {
        "total": None if total is None else figure_object(total, language),
        "parts": [
            _part(figure, lines, head, language) for figure in lines if figure.kind == "part"
        ],
        "of_which": [_line(f, head, language) for f in lines if f.kind == "of_which"],
        "rules": [_line(figure, head, language) for figure in lines if figure.kind == "rule"],
        "memos": [_line(figure, head, language) for figure in lines if figure.kind == "memo"],
    }


def _part(figure: Figure, lines: Sequence[Figure], head: KpiHead, language: Language) -> Json:
    """Return a part with the parts that it has itself, if any."""
    own = [each for each in lines if each.kind == "subpart" and each.under == figure.item]
    line = _line(figure, head, language)
    return {**line, "parts": [_line(each, head, language) for each in own]} if own else line


def _group(group: Cluster, head: KpiHead, language: Language) -> Json:
    first = group.first
    return {
        "by": first.by,
        "group": group_name(first, head, language),
        "period": period_object(first.period, language),
        **_cluster(group, head, language),
    }


def _line(figure: Figure, head: KpiHead, language: Language) -> dict[str, Json]:
    period = period_object(figure.period, language)
    return {
        "part": figure.part,
        "item": item_name(figure, head, language),
        "period": period,
        **figure_object(figure, language),
    }


def figure_object(figure: Figure, language: Language) -> dict[str, Json]:
    """Return a figure's value with its origin, comparisons and targets, the worst one first."""
    target = figure.target
    return {
        **_value(figure.value, language),
        "share": json_cell(figure.share),
        "origin": _origin(figure.origin),
        "components": [_component(each, language) for each in figure.components],
        "comparisons": [_comparison(c, language) for c in figure.comparisons],
        "target": None if target is None else _target(target, language),
        "targets": [_target(each, language) for each in figure.targets],
    }


def _value(value: Value, language: Language) -> dict[str, Json]:
    return {
        "value": json_cell(value.number),
        "numerator": json_cell(value.numerator),
        "denominator": json_cell(value.denominator),
        "status": value.status.value,
        "faulty_rows": value.faulty_rows,
        "dates": None if value.dates is None else dates_object(value.dates, language),
    }


def dates_object(dates: ShownDates, language: Language) -> Json:
    """Return the days or months that are a value, with what stands beside each; null for yes/no."""
    if dates.shown_as == "yes_no":
        return None
    return [
        {"date": day, "with": [text.in_language(language) for text in entry.beside]}
        for day, entry in zip(dates.written, dates.entries, strict=True)
    ]


def _comparison(comparison: Comparison, language: Language) -> Json:
    return {
        "kind": comparison.kind,
        "period": period_object(comparison.period, language),
        **_value(comparison.value, language),
        "change": json_cell(comparison.change),
        "origin": _origin(comparison.origin),
    }


def _component(component: ComponentValue, language: Language) -> Json:
    return {
        "kpi": component.kpi,
        "period": period_object(component.period, language),
        **_value(component.value, language),
        "origin": _origin(component.origin),
    }


def _origin(origin: Origin) -> Json:
    return {
        "kind": origin.kind,
        "source": origin.source or None,
        "on": None if origin.on is None else origin.on.isoformat(),
        "edition": origin.edition,
        "note": origin.note or None,
    }


def _target(target: TargetJudgement, language: Language) -> Json:
    return {
        "direction": target.direction,
        "bound": exact(target.bound),
        "per": target.per,
        "status": target.status.value,
        "missed": [period_object(period, language) for period in target.missed],
        "spans": [period_object(period, language) for period in target.spans],
        "value": None if target.value is None else _value(target.value, language),
        "so_far": None if target.so_far is None else period_object(target.so_far, language),
        "each": None if target.every is None else _every(target.every, language),
        "reached": [_reached(each, language) for each in target.reached],
    }


def _every(every: Every, language: Language) -> Json:
    title = every.title.in_language(language)
    return {"source": every.source, "by": every.by, "title": title}


def _reached(reached: Reached, language: Language) -> Json:
    return {
        "span": period_object(reached.span, language),
        "members": reached.members,
        "reached": None if reached.members is None else reached.reached,
        "undecided": reached.undecided,
        "not_reached": [name.in_language(language) for name in reached.missing],
        "rows_of_no_member": reached.others,
    }


def _joint(target: JointTarget, summary: Summary, language: Language) -> Json:
    """Return a target that any of several KPIs reaches, span by span."""
    return {
        "id": target.id,
        "title": target.title.in_language(language),
        "per": target.per,
        "status": target.status.value,
        "spans": [
            {
                "span": period_object(each.span, language),
                "so_far": None if each.so_far is None else period_object(each.so_far, language),
                "status": each.status.value,
                "any": [_option(option, summary, language) for option in each.options],
            }
            for each in target.spans
        ],
    }


def _option(option: OptionJudgement, summary: Summary, language: Language) -> Json:
    return {
        "kpi": option.kpi,
        "title": summary.kpis[option.kpi].title.in_language(language),
        "direction": option.direction,
        "bound": exact(option.bound),
        **_value(option.value, language),
        "target_status": option.status.value,
    }


def accounting_object(accounting: KpiAccounting, head: KpiHead, language: Language) -> Json:
    """Return where every candidate row of a KPI went."""
    return {
        "kpi": accounting.of or accounting.kpi,
        "source": accounting.source,
        "usable": accounting.usable,
        "faulty": accounting.faulty,
        "counted": accounting.counted,
        "not_selected": accounting.not_selected,
        "no_date": accounting.no_date,
        "out_of_period": accounting.out_of_period,
        "not_yet_due": accounting.not_yet_due,
        "excluded": [
            {"rule": exclusion_words(rule, head, language), "rows": rows}
            for rule, rows in accounting.excluded
        ],
        "undetermined": accounting.undetermined,
    }
