"""What moved in one KPI since it was frozen, and which rows moved it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.errors import InternalError
from kpicli.base.wording import Text
from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.labels import labels_of
from kpicli.catalog.texts import parse_text, parse_unit, with_id
from kpicli.model.figures import Figure
from kpicli.model.judgements import TargetStatus
from kpicli.model.value import Status, only_rounded
from kpicli.output.page.words import TARGET_STATUSES
from kpicli.published.checking import Counting, counted_rows, counting_of
from kpicli.published.kinds import is_percentage
from kpicli.published.record import FrozenKpi, Record
from kpicli.published.redefined import is_redefined
from kpicli.published.rows.columns import FigureRows
from kpicli.published.secret import Secret
from kpicli.reconcile.changes import WHOLE, KpiDiff, Move, RowChange, moved
from kpicli.reconcile.composed import composed_moves
from kpicli.reconcile.effects import effects, starting_rows
from kpicli.reconcile.matching import Matched
from kpicli.reconcile.observation import Observation, Observed, reading_hash
from kpicli.reconcile.pairing import pairs, plain_moves
from kpicli.reconcile.row_changes import Changed, Circumstances, Comparing, Key, Sides
from kpicli.reconcile.rows.row_trace import KpiTrace

BY_HAND = Text(
    "入力値なので、元になる行はありません", "an entered value: there are no rows behind it"
)
NO_DATA = Text("データのない側があります", "one of the two has no data")
ONLY_DOUBT = Text(
    "確かめられない行だけの側があり、数値がありません",
    "one of the two has rows in doubt alone, and so no number",
)
UNMATCHED = Text(
    "行ごとに突き合わせられないので、差だけを示します",
    "the rows cannot be matched: only the difference is told",
)


def stands_otherwise(title: Text, then: TargetStatus, now: TargetStatus | None) -> Text:
    """Return that a target stands otherwise than when it was frozen; it may be none now."""
    before = TARGET_STATUSES[then]
    after = Text("目標なし", "no target") if now is None else TARGET_STATUSES[now]
    return Text(
        f"目標の判定({title.ja}): {before.ja} => {after.ja}",
        f"target ({title.en}): {before.en} => {after.en}",
    )


class Explainer(Struct, frozen=True):
    """Compares KPI by KPI. `matched` is empty where the secret is not the right one."""

    record: Record
    observation: Observation
    matched: Mapping[str, Matched]
    secret: Secret
    any_version: bool

    def kpi(self, frozen: FrozenKpi) -> KpiDiff:
        """Return what moved in one KPI."""
        observed = self.observation.kpis.get(frozen.id)
        if frozen.id in self.observation.settings.catalog.composed:
            return self._composed(frozen)
        if observed is None:
            return self._without_rows(frozen)
        bare = self._unmoved(frozen, observed.kpi)
        moves, rows = self._moves(frozen, observed) if bare.compared else ((), ())
        return replace(bare, moves=moves, rows=rows, notes=tuple(self._kpi_notes(frozen, observed)))

    def _composed(self, frozen: FrozenKpi) -> KpiDiff:
        """Compare a KPI that is made of others, by the values of its components."""
        catalog = self.observation.settings.catalog
        now = catalog.composed[frozen.id]
        bare, figures = self._unmoved(frozen, now), self.observation.composed(now)
        notes = (
            *(_redefined_alike(frozen, now.version) if bare.redefined else ()),
            *_targets_otherwise(frozen, figures),
        )
        moves = tuple(composed_moves(frozen, figures, catalog)) if bare.compared else ()
        return replace(bare, moves=moves, notes=notes)

    def _unmoved(self, frozen: FrozenKpi, now: Kpi | ComposedKpi) -> KpiDiff:
        """Return what is to be said of a KPI of the catalogue before any figure is compared."""
        catalog = self.observation.settings.catalog
        return KpiDiff(
            frozen.id,
            now.title,
            now.unit,
            now.percentage,
            versions=(frozen.version, now.version),
            redefined=is_redefined(frozen, now, catalog),
            moves=(),
            rows=(),
            compared=now.version == frozen.version or self.any_version,
            labels=labels_of(now, catalog),
        )

    def _without_rows(self, frozen: FrozenKpi) -> KpiDiff:
        """Compare a KPI of entered values; one that the catalogue lost has no data now."""
        figures = [f for f in self.observation.summary.figures if f.kpi == frozen.id]
        why = BY_HAND if frozen.source is None else NO_DATA
        moves = plain_moves(frozen, figures, None, why)
        return KpiDiff(
            frozen.id, with_id(parse_text(frozen.title), frozen.id), parse_unit(frozen.unit),
            is_percentage(frozen.measure),
            (frozen.version, frozen.version), False, moves, (),
        )  # fmt: skip

    def _kpi_notes(self, frozen: FrozenKpi, observed: Observed) -> Iterator[Text]:
        now = observed.kpi
        redefined = is_redefined(frozen, now, self.observation.settings.catalog)
        if not redefined and now.measure != frozen.measure:
            yield Text(
                f"記録の定義は以前の書き方({frozen.measure})です。意味は今と同じなので数値は比べますが、"
                "行ごとの突き合わせはできません",
                f"the record has the definition in former words ({frozen.measure}): it means the "
                "same, so figures are compared, but rows cannot be matched",
            )
        if redefined:
            yield from _redefined_alike(frozen, now.version)
        yield from _targets_otherwise(frozen, observed.figures)

    def _moves(
        self, frozen: FrozenKpi, observed: Observed
    ) -> tuple[tuple[Move, ...], tuple[RowChange, ...]]:
        trace, counting = observed.trace(self._secret_of(frozen)), counting_of(frozen)
        pair = None if trace is None else self._comparings(frozen, observed, trace)
        if pair is None or not counting.by_rows or not _counted_alike(frozen, observed):
            return plain_moves(frozen, observed.figures, trace, UNMATCHED), ()
        own, other = pair
        changes = tuple(own.changes())
        members = () if other is None else tuple(other.changes())
        then = _Then(counting, own.then, None if other is None else other.then)
        moves = tuple(_moves(frozen, observed, trace, then, changes, members))
        return moves, tuple(each.change for each in (*changes, *members))

    def _secret_of(self, frozen: FrozenKpi) -> Secret:
        """Return the key of a KPI's persons; in records of version 1 all KPIs had the same."""
        if self.record.schema_version == 1:
            return self.secret
        return self.secret.of_kpi(frozen.id)

    def _comparings(
        self, frozen: FrozenKpi, observed: Observed, trace: KpiTrace
    ) -> tuple[Comparing, Comparing | None] | None:
        """Return the rows then and now of a KPI and of its other source; None where unmatched."""
        source = self.matched.get(frozen.source or "")
        if source is None or source.frozen.id != observed.kpi.source:
            return None
        circumstances = self._circumstances(frozen, observed)
        then = [figure.key for figure in frozen.figures]
        now: list[Key] = [(f.kind, f.part, f.item) for f in observed.figures]

        def sides(kpi: FrozenKpi, columns: Sequence[str], rows: FigureRows, of: list[Key]) -> Sides:
            return Sides(counted_rows(kpi, columns, rows), columns, of)

        own = Comparing(
            source,
            circumstances,
            sides(frozen, frozen.columns, frozen.rows, then),
            sides(frozen, trace.columns, trace.rows, now),
            (frozen.states, trace.states),
        )
        if frozen.roster is None or trace.other_source is None:
            return own, None
        other = self.matched.get(frozen.roster.source)
        if other is None or trace.other_source != frozen.roster.source:
            return None
        unmeasured = frozen.model_copy(update={"amount": None, "weight": None})
        members = sides(unmeasured, frozen.roster.columns, frozen.roster.rows, then)
        current = sides(unmeasured, trace.other_columns, trace.others, now)
        return own, Comparing(other, circumstances, members, current, ("", ""))

    def _circumstances(self, frozen: FrozenKpi, observed: Observed) -> Circumstances:
        now, summary = observed.kpi, self.observation.summary
        return Circumstances(
            definition=is_redefined(frozen, now, self.observation.settings.catalog),
            catalogue=reading_hash(self.observation.settings, now) != frozen.reading_hash,
            as_of=now.uses_as_of and self.record.as_of != summary.as_of,
            program=self.record.kpicli_version != summary.version,
        )


def _targets_otherwise(frozen: FrozenKpi, figures: Iterable[Figure]) -> Iterator[Text]:
    """Yield the figures whose target stands otherwise than when they were frozen."""
    now = {(f.kind, f.part, f.item): f for f in figures}
    for figure in frozen.figures:
        own = now.get(figure.key)
        if figure.target is None or own is None or own.target is None:
            continue
        if own.target.status is not figure.target.status:
            item = WHOLE if figure.item is None else parse_text(figure.item)
            yield stands_otherwise(item, figure.target.status, own.target.status)


def _redefined_alike(frozen: FrozenKpi, version: int) -> Iterator[Text]:
    """Yield that another definition bears the version of the frozen one."""
    if version == frozen.version:
        yield Text(
            f"定義が変わったのに版は {version} のままです。version を上げてください",
            f"the definition has changed but not its version {version}: raise it",
        )


def _counted_alike(frozen: FrozenKpi, observed: Observed) -> bool:
    now = observed.kpi
    then = (frozen.measure, frozen.amount, frozen.weight, frozen.shortening, frozen.shown_as)
    current = (now.measure, now.amount, now.weighed_by, now.shortening, now.date_shown_as)
    return then == current and frozen.dated == now.dated


class _Then(Struct, frozen=True):
    """The rows of a KPI and of its other source as they were frozen."""

    counting: Counting
    own: Sides
    members: Sides | None


def _moves(
    frozen: FrozenKpi,
    observed: Observed,
    trace: KpiTrace | None,
    then: _Then,
    changes: Sequence[Changed],
    members: Sequence[Changed],
) -> Iterator[Move]:
    for key, before, after, by_hand in pairs(frozen, observed.figures, trace):
        if not moved(before, after):
            continue
        if by_hand or Status.NO_DATA in (before.status, after.status):
            yield Move(*key, before, after, why=BY_HAND if by_hand else NO_DATA)
            continue
        if any(side.number is None and side.faulty_rows for side in (before, after)):
            yield Move(*key, before, after, why=ONLY_DOUBT)
            continue
        start = starting_rows(then.counting, key, then.own, then.members)
        if only_rounded(after, before):  # a record of an early version: its rows say it in full
            before = replace(before, unrounded=start.measure().unrounded)
        steps, end = effects(start, changes, members)
        made = (end.number, end.numerator, end.denominator, end.unrounded)
        if made != (after.number, after.numerator, after.denominator, after.unrounded):
            name = f"{frozen.id} {key[2] or key[0]}"
            raise InternalError(
                Text(
                    f"{name}: 行の動きをたどった値 {end.number} が、今の値 {after.number} と"
                    "合いません",
                    f"{name}: following the rows makes {end.number}, but it is {after.number} now",
                )
            )
        yield Move(*key, before, after, steps)
