"""What moved since a period was frozen, and which rows moved it."""

from collections.abc import Iterator
from datetime import date

from kpicli.base.errors import InputError, KpicliError, UsageError
from kpicli.base.faults import Fault
from kpicli.base.wording import Text
from kpicli.catalog.texts import parse_text
from kpicli.loaders.engines.interface import Engine
from kpicli.loaders.reading import Reporter
from kpicli.model.periods import Period
from kpicli.published.editions import worded
from kpicli.published.record import Record
from kpicli.published.secret import Secret
from kpicli.published.store import RecordFolder, record_path, shown
from kpicli.reconcile.changes import PeriodDiff
from kpicli.reconcile.current import observe
from kpicli.reconcile.explaining import Explainer, stands_otherwise
from kpicli.reconcile.matching import match
from kpicli.reconcile.observation import Observation
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings


def diff(
    settings: Settings,
    request: Request,
    today: date,
    report: Reporter | None = None,
    engine: Engine | None = None,
) -> PeriodDiff:
    """Return what moved in the request's period since it was frozen, by figure and by row.

    The as-of date is the record's, where one was given. Raises `UsageError` where the period was
    never frozen, `InputError` where it was but the record is missing, and what reading and loading
    raise.
    """
    period, folder = request.period, RecordFolder(settings)
    stored = folder.read(period, rows=False)
    if stored is None:
        raise _never_frozen(settings, period, folder.missing(period))
    record, secret = stored.record, folder.secret
    usable = secret is not None and secret.check == record.secret_check
    as_of = record.as_of if record.as_of_given else None
    frozen = [kpi.id for kpi in record.kpis]
    now = Request(
        period,
        kpis=tuple(name for name in settings.catalog.ids if name in frozen),  # shown today or not
        as_of=as_of,
        show_personal=True,  # of persons only digests are seen
    )
    observation = observe(settings, now, today, report, engine)
    stored = folder.read(period) or stored  # rows only now: reading the exports takes most room
    record = stored.record
    explainer = Explainer(
        record,
        observation,
        {} if secret is None or not usable else match(record, observation, secret),
        secret or Secret(bytes(32)),
        request.allow_definition_change,
    )
    kpis = [explainer.kpi(frozen) for frozen in record.kpis]
    return PeriodDiff(
        period=period,
        file=stored.file,
        edition=record.edition,
        frozen_on=record.frozen_on,
        note=record.note,
        final=record.final,
        as_of=(record.as_of, observation.summary.as_of),
        figures=sum(len(kpi.figures) for kpi in record.kpis),
        kpis=tuple(kpi for kpi in kpis if kpi.changed or kpi.notes),
        notes=(
            *map(worded, stored.findings),
            *_notes(record, observation, secret, usable),
        ),
    )


def _never_frozen(settings: Settings, period: Period, missing: Fault | None) -> KpicliError:
    if missing is not None:
        return InputError(worded(missing), missing.kind.advice)
    name = shown(settings, record_path(settings, period))
    return UsageError(
        Text(f"{period.name} は凍結されていません({name} がありません)",
             f"{period.name} was never frozen: there is no {name}"),
        Text(f"kpicli freeze --period {period.name}", f"kpicli freeze --period {period.name}"),
    )  # fmt: skip


def _notes(
    record: Record, observation: Observation, secret: Secret | None, usable: bool
) -> Iterator[Text]:
    if not usable:
        ja, en = "が見つからない", "is missing"
        if secret is not None:
            ja, en = "が凍結したときのものと違う", "is not the one that the record was frozen with"
        yield Text(
            f"秘密{ja}ので、行ごとの突き合わせはできません。数値だけを比べました",
            f"the secret {en}: rows cannot be matched, only figures are compared",
        )
    if record.catalogue_hash != observation.summary.catalogue_hash:
        yield Text("カタログが凍結時と違います", "the catalogue is not as it was")
    if record.as_of != observation.summary.as_of:
        yield Text(
            f"時点日が {record.as_of} から {observation.summary.as_of} に変わりました",
            f"the as-of date was {record.as_of}, now it is {observation.summary.as_of}",
        )
    now = {target.id: target for target in observation.summary.joint_targets}
    for target in record.targets:
        stands = None if target.id not in now else now[target.id].status
        if stands is not target.status:
            yield stands_otherwise(parse_text(target.title), target.status, stands)
    new = [name for name in observation.summary.kpis if name not in record.by_id]
    if new:
        names = ", ".join(new)
        yield Text(f"凍結後に増えた指標: {names}", f"KPIs that were not frozen: {names}")
