"""Freezing: what a period's figures are, and which rows they count, written down for good."""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from kpicli.base.errors import NotFinal, OutputError
from kpicli.base.wording import Text, listed
from kpicli.loaders.engines.interface import Engine
from kpicli.loaders.reading import Reporter
from kpicli.model.periods import Period
from kpicli.model.summary import Summary
from kpicli.model.value import Status
from kpicli.published.editions import others_of, read_editions, record_name, worded
from kpicli.published.record import EarlierEdition, Record
from kpicli.published.secret import check_secret_place, make_secret
from kpicli.published.store import RecordFolder, StoredRecord, record_path, shown
from kpicli.published.writing import write_record
from kpicli.reconcile.current import observe
from kpicli.reconcile.observation import Observation
from kpicli.reconcile.recording import record_of
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings

DOUBTFUL = (Status.PARTIAL, Status.PROVISIONAL)


class Frozen(Struct, frozen=True):
    """A record that was written, and what to tell of it."""

    record: Record
    file: str
    summary: Summary
    warnings: tuple[Text, ...]


def freeze(
    settings: Settings,
    request: Request,
    today: date,
    report: Reporter | None = None,
    engine: Engine | None = None,
    *,
    note: str = "",
    revise: bool = False,
    not_final: bool = False,
) -> Frozen:
    """Freeze the period of a request, as of its as-of date, and return the record.

    Raises `OutputError` where it is frozen already and not to be revised (`revise` makes a new
    edition), `NotFinal` where figures may still move (`not_final` freezes them as such), and what
    loading and writing raise. A secret is made if there is none; digests are made here, whichever
    `engine` reads.
    """
    period, folder = request.period, RecordFolder(settings)
    older = folder.read(period, rows=False, may_lack_rows=True)
    earlier = _earlier(folder, period, older)
    if earlier is not None and not revise:
        raise _exists(settings, period, older, earlier.edition)
    secret = folder.secret
    if secret is None:
        check_secret_place(settings)
    request = Request(
        period,
        compare=("previous", "year_ago"),
        as_of=request.as_of,
        show_personal=True,  # parts by persons are left out of records
    )
    observation = observe(settings, request, today, report, engine)
    doubts = _not_final(observation, period, today)
    if doubts and not not_final:
        raise _refused(observation.summary, doubts, today)
    secret = secret or make_secret(settings)  # nobody's folder is touched before all is well
    record = record_of(
        observation,
        secret,
        today,
        note=note,
        as_of_given=request.as_of is not None,
        not_final=doubts,
        earlier=earlier,
        others=others_of(folder.editions, period.name),
    )
    record = write_record(settings, period, record, secret, older)
    warnings = tuple(_warnings(folder, period, older, record))
    file = shown(settings, record_path(settings, period))
    return Frozen(record, file, observation.summary, warnings)


def _earlier(
    folder: RecordFolder, period: Period, older: StoredRecord | None
) -> EarlierEdition | None:
    """Return the edition before the one to be frozen: of the record, or else what others know."""
    if older is not None:
        return EarlierEdition(edition=older.record.edition, sha256=older.sha256)
    naming = folder.editions.newest_named(period.name)
    if naming is None:
        return None
    sha256 = naming.sha256 or folder.editions.content(naming.file)
    return EarlierEdition(edition=naming.edition, sha256=sha256)


def _exists(
    settings: Settings, period: Period, older: StoredRecord | None, edition: int
) -> OutputError:
    name = shown(settings, record_path(settings, period))
    if older is None:
        return OutputError(
            Text(
                f"{name} がありませんが、第{edition}版まで凍結されたことがほかの記録から分かります",
                f"{name} is not there, but other records know that edition {edition} was frozen",
            ),
            Text(
                "控え(バックアップや git)から戻すか、新しい版とするなら --revise を付けてください",
                "restore it from a copy; to freeze a new edition add --revise",
            ),
        )
    frozen_on = older.record.frozen_on
    return OutputError(
        Text(
            f"{name} はすでにあります(第{edition}版、{frozen_on} 凍結)",
            f"{name} is there already (edition {edition}, frozen on {frozen_on})",
        ),
        Text(
            "公表し直すなら --revise を付けてください(前の版は残ります)",
            "to publish anew add --revise; the older edition is kept",
        ),
    )


def _not_final(observation: Observation, period: Period, today: date) -> tuple[str, ...]:
    """Return the ids of the KPIs that may still move: all, where the period is not over.

    Those that rest on a guess of the settings may, too.
    It is not where `--as-of` names a day before its end either.
    """
    summary = observation.summary
    if today <= period.end or summary.as_of < period.end:
        return tuple(summary.kpis)
    figures = (f for f in summary.figures if f.value.status in DOUBTFUL or f.value.faulty_rows)
    doubtful = {*summary.guessed, *(figure.kpi for figure in figures)}
    return tuple(name for name in summary.kpis if name in doubtful)


def _refused(summary: Summary, doubts: Iterable[str], today: date) -> NotFinal:
    period, as_of = summary.period, summary.as_of
    if today <= period.end or as_of < period.end:
        day = today if today <= period.end else as_of
        return NotFinal(
            Text(
                f"{period.name} は {day} の時点でまだ終わっていません({period.end} まで)",
                f"{period.name} is not over on {day}: it ends on {period.end}",
            ),
            Text(
                "終わってから凍結するか、確定前と記して凍結するなら --not-final を付けてください",
                "freeze it when it is over, or add --not-final to freeze it as such",
            ),
        )
    titles = [summary.titles[name] for name in doubts]
    names = listed(titles, "、")
    return NotFinal(
        Text(
            f"{period.name} には確定していない数値があります: {names.ja}",
            f"{period.name} has figures that are not final: {names.en}",
        ),
        Text(
            "kpicli check が挙げる不備を直し、推測した設定を確かめるか、"
            "確定前と記して凍結するなら --not-final を付けてください",
            "mend the faults that kpicli check lists and confirm guessed settings, or add "
            "--not-final to freeze them as such",
        ),
    )


def _warnings(
    folder: RecordFolder, period: Period, older: StoredRecord | None, record: Record
) -> Iterator[Text]:
    missing = None if older is not None else folder.missing(period)
    for finding in (*(() if older is None else older.findings), *filter(None, (missing,))):
        yield worded(finding)
    place = folder.settings.published
    for name in read_editions(place).unnamed(period.name):
        file = shown(folder.settings, place / name)
        yield Text(
            f"{file} は、ここにあるどの記録の行でもありません。凍結の途中で止まった kpicli が"
            "残したものです。控えの記録にも要らなければ消してください",
            f"{file} holds rows of no record that is here: a kpicli that was ended while it froze "
            "leaves such a file; delete it unless a copy of a record needs it",
        )
    if older is not None and older.lost_rows and older.record.row_file != record.row_file:
        yield worded(older.lost_rows)  # the same rows would have made the file anew
        edition = older.record.edition
        kept = shown(folder.settings, place / record_name(period.name, edition))
        yield Text(
            f"第{edition}版の行は失われたので、その版からどの行が動いたかはもう突き合わせられません"
            f"({kept} に数値は残っています)",
            f"the rows of edition {edition} are lost: nothing can tell any more which of them "
            f"moved since (its figures stay in {kept})",
        )
    if older is not None and older.record.secret_check != record.secret_check:
        yield Text(
            "前の版は別の秘密で凍結されているので、前の版とは行ごとに突き合わせられません",
            "the older edition was frozen with another secret: its rows cannot be matched",
        )
