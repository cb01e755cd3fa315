"""A period as it is now, in the shape in which a record writes it down."""

from datetime import date

from msgspec.structs import asdict

from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.definition import define, definition_hash, digest_of, joint_words
from kpicli.model.figures import Comparison, ComponentValue, Figure
from kpicli.model.judgements import JointTarget, TargetJudgement
from kpicli.model.periods import Period
from kpicli.model.summary import InputFile, Summary
from kpicli.model.value import Origin
from kpicli.published.frozen_values import FrozenValue
from kpicli.published.record import KIND, VERSION_WHOLE, EarlierEdition, KnownRecord, Record
from kpicli.published.secret import Secret
from kpicli.reconcile.observation import Observation, Observed, reading_hash


def record_of(
    observation: Observation,
    secret: Secret,
    today: date,
    *,
    note: str,
    as_of_given: bool,
    not_final: tuple[str, ...],
    earlier: EarlierEdition | None = None,
    others: tuple[KnownRecord, ...] = (),
) -> Record:
    """Return the record of what was observed, frozen `today`, as it is before it is sealed.

    `earlier` is the edition before, `others` are the other periods that are frozen by now.
    """
    summary, catalog = observation.summary, observation.settings.catalog
    composed = [kpi for name, kpi in catalog.composed.items() if name in summary.kpis]
    return Record.model_validate(
        {
            "kind": KIND,
            "schema_version": VERSION_WHOLE,
            "period": _period(summary.period),
            "edition": 1 if earlier is None else earlier.edition + 1,
            "frozen_on": today,
            "note": note,
            "final": not not_final,
            "not_final": not_final,
            "as_of": summary.as_of,
            "as_of_given": as_of_given,
            "kpicli_version": summary.version,
            "catalogue_hash": summary.catalogue_hash,
            "secret_check": secret.check,
            "earlier": earlier,
            "others": others,
            "files": [_file(file) for file in summary.files],
            "sources": [_source(observation, secret, name) for name in observation.datasets],
            "kpis": [
                *(_kpi(observation, secret, each) for each in observation.kpis.values()),
                *(_composed(observation, kpi) for kpi in composed),
                *(_entered(summary, name) for name in summary.kpis if name in catalog.entered),
            ],
            "targets": [_joint(target) for target in summary.joint_targets],
        }
    )


def _period(period: Period) -> dict[str, object]:
    return {"name": period.name, "start": period.start, "end": period.end}


def _file(file: InputFile) -> dict[str, object]:
    return asdict(file) | {"accounting": asdict(file.accounting)}


def _source(observation: Observation, secret: Secret, name: str) -> dict[str, object]:
    trace = observation.source(name, secret)
    return {
        "id": name,
        "title": observation.datasets[name].source.title.ja,
        "key": trace.key,
        "columns": trace.columns,
        "rows": trace.rows,
    }


def _kpi(observation: Observation, secret: Secret, observed: Observed) -> dict[str, object]:
    settings, kpi = observation.settings, observed.kpi
    trace = observed.trace(secret.of_kpi(kpi.id))
    head: dict[str, object] = {
        **_head(observation.summary, kpi.id),
        "version": kpi.version,
        "definition": [
            asdict(line)
            for line in (*define(kpi, settings.catalog), *joint_words(settings.catalog, kpi.id))
        ],
        "definition_hash": definition_hash(kpi),
        "reading_hash": reading_hash(settings, kpi),
        "amount": kpi.amount,
        "weight": kpi.weighed_by,
        "dated": kpi.dated,
        "shown_as": kpi.date_shown_as,
        **asdict(kpi.shortening),
        "figures": [_figure(figure) for figure in observed.figures],
    }
    if trace is None:
        return head
    others = None
    if trace.other_source is not None:
        others = {
            "source": trace.other_source,
            "columns": trace.other_columns,
            "rows": trace.others,
        }
    return {
        **head,
        "source": kpi.source,
        "states": trace.states,
        "columns": trace.columns,
        "rows": trace.rows,
        "roster": others,
    }


def _composed(observation: Observation, kpi: ComposedKpi) -> dict[str, object]:
    settings, figures = observation.settings, observation.composed(kpi)
    return {
        **_head(observation.summary, kpi.id),
        "version": kpi.version,
        "definition": [asdict(line) for line in define(kpi, settings.catalog)],
        "definition_hash": definition_hash(kpi),
        "reading_hash": digest_of([reading_hash(settings, each) for each in kpi.counted]),
        **asdict(kpi.shortening),
        "figures": [_figure(figure) for figure in figures],
        "composition": {
            "times": kpi.factor,
            "figures": [[_component(each) for each in figure.components] for figure in figures],
        },
    }


def _component(component: ComponentValue) -> dict[str, object]:
    return {
        "kpi": component.kpi,
        "period": _period(component.period),
        **FrozenValue.written(component.value),
        "scale": component.scale,
        "origin": _origin(component.origin),
    }


def _entered(summary: Summary, name: str) -> dict[str, object]:
    return {
        **_head(summary, name),
        "version": 1,
        "definition": [],
        "definition_hash": "",
        "reading_hash": "",
        "figures": [_figure(figure) for figure in summary.figures if figure.kpi == name],
    }


def _head(summary: Summary, name: str) -> dict[str, object]:
    head = summary.kpis[name]
    return {
        "id": name,
        "title": head.title.ja,
        "principles": head.principles,
        "unit": head.unit.ja,
        "measure": head.measure,
    }


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "kind": figure.kind,
        "part": figure.part,
        "item": figure.item,
        **FrozenValue.written(figure.value),
        "origin": _origin(figure.origin),
        "target": None if figure.target is None else _target(figure.target),
        "comparisons": [_comparison(each) for each in figure.comparisons],
    }


def _comparison(comparison: Comparison) -> dict[str, object]:
    return {
        "kind": comparison.kind,
        "period": _period(comparison.period),
        **FrozenValue.written(comparison.value),
        "change": comparison.change,
        "origin": _origin(comparison.origin),
    }


def _target(target: TargetJudgement) -> dict[str, object]:
    fields = {name: getattr(target, name) for name in ("direction", "bound", "per", "status")}
    return dict(fields)


def _joint(target: JointTarget) -> dict[str, object]:
    return {"id": target.id, "title": target.title.ja, "status": target.status}


def _origin(origin: Origin) -> dict[str, object]:
    return asdict(origin)
