"""Labelled rules: rows counted once, under the first rule that holds (domain rule "対応漏れ")."""

from collections.abc import Mapping

import numpy as np

from kpicli.base.wording import Text
from kpicli.calculators.filters import dated, evaluate
from kpicli.calculators.interface import (
    FALSE,
    TRUE,
    Calculation,
    Disposition,
    Dispositions,
    Labelled,
    Truth,
    after,
    within,
)
from kpicli.calculators.measures.count import count
from kpicli.calculators.row_accounting import Exclusion, account, dispose
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import exclusions, unmeasurable
from kpicli.catalog.measures.rules import Rule, RulesKpi
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.cells.column_codes import NO_DAY, day_number
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.loaders.rows.row_days import RowDays


def calculate(
    kpi: RulesKpi, datasets: Mapping[str, Dataset], tables: SourceTables, scope: Scope
) -> Calculation:
    """Return the rows that a rule holds for.

    A row goes to the first rule whose filter it fits, whatever its date, and to no later one. One
    that may fit a rule may also belong to a later one, and is undetermined if any would count it.
    Rows that fit a rule but have no date are told in a remark.
    """
    dataset = datasets[kpi.source]
    open_rows = evaluate(kpi.where, dataset, tables, scope)
    state = np.full(len(dataset), Disposition.NOT_SELECTED, dtype=np.int8)
    days = np.full(len(dataset), NO_DAY, dtype=np.int32)
    names: list[str] = []
    rules: list[Labelled] = []
    remarks: list[Text] = []
    seen = np.zeros(len(dataset), dtype=np.bool_)
    lacking = unmeasurable(kpi, dataset)
    for rule in kpi.rules:
        holds = evaluate(rule.where, dataset, tables, scope)
        truth = np.minimum(open_rows, holds)
        excluded = exclusions(rule.exclude, dataset, tables, scope)
        own, dated_by = _apply(rule, dataset, tables, scope, truth, excluded, lacking)
        own_days = dated_by.array()
        taken = (truth != FALSE) & (~seen | (own == Disposition.UNDETERMINED))
        own[own >= Disposition.EXCLUDED] += len(names)
        apart = taken & (state == Disposition.UNDETERMINED) & (days != own_days)
        own_days[apart] = NO_DAY
        state, days = np.where(taken, own, state), np.where(taken, own_days, days)
        names += [exclusion.name for exclusion in excluded]
        rules.append(_labelled(rule, np.where(taken, own, Disposition.NOT_SELECTED)))
        remarks += _undated(rule, taken & (own == Disposition.NO_DATE), excluded)
        seen |= truth != FALSE
        # Of three rules true, false, true the third must not see the row again: what is left for
        # later rules is what was left so far *and not* what this one takes (in Kleene's logic
        # `not` is TRUE less the truth), so that a row once taken stays taken.
        open_rows = np.minimum(open_rows, TRUE - holds)
    memos = tuple(_memo(rule, dataset, tables, scope) for rule in kpi.memos)
    state = state.astype(np.int8)
    accounting = account(kpi.id, dataset, state, names)
    return Calculation(
        dataset,
        state,
        RowDays.of(days),
        count,
        (accounting,),
        rules=tuple(rules),
        memos=memos,
        remarks=tuple(remarks),
    )


def _apply(
    rule: Rule,
    dataset: Dataset,
    tables: SourceTables,
    scope: Scope,
    truth: Truth,
    excluded: tuple[Exclusion, ...],
    lacking: Mask,
) -> tuple[Dispositions, RowDays]:
    days, undated = dated(dataset, rule.date, tables, scope.period)
    inside = days.marks(lambda own: within(own, scope.period))
    if rule.carried_in:
        inside = days.marks(lambda own: own < day_number(scope.period.start))
    last = min(scope.as_of, scope.until) if rule.until_as_of else scope.until
    later = days.marks(after(last))
    return dispose(dataset, truth, days, inside, undated, lacking, later, excluded), days


def _memo(rule: Rule, dataset: Dataset, tables: SourceTables, scope: Scope) -> Labelled:
    truth = evaluate(rule.where, dataset, tables, scope)
    excluded = exclusions(rule.exclude, dataset, tables, scope)
    nothing = np.zeros(len(dataset), dtype=np.bool_)  # a memo has no parts
    state, _ = _apply(rule, dataset, tables, scope, truth, excluded, nothing)
    return _labelled(rule, state)


def _labelled(rule: Rule, state: Dispositions) -> Labelled:
    kinds = (Disposition.COUNTED, Disposition.UNDETERMINED, Disposition.NOT_YET_DUE)
    return Labelled(rule.label.ja, *(np.flatnonzero(state == kind) for kind in kinds))


def _undated(rule: Rule, rows: Mask, excluded: tuple[Exclusion, ...]) -> list[Text]:
    for exclusion in excluded:
        rows = rows & (exclusion.truth == FALSE)
    number = int(rows.sum())
    if not number:
        return []
    return [
        Text(
            f"「{rule.label.ja}」に当たるのに日付がない行が {number} 件あります",
            f"rows that fit {rule.label.en!r} but have no date: {number}",
        )
    ]
