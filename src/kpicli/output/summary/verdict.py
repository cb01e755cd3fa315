"""The verdict on a summary: how its targets stand, and how much is in doubt, in one line."""

from collections import Counter
from collections.abc import Iterable

from kpicli.base.wording import Language, Text
from kpicli.model.figures import Figure
from kpicli.model.judgements import JointTarget, TargetStatus
from kpicli.model.summary import Summary
from kpicli.model.value import Status
from kpicli.output.page.words import TARGET_STATUSES

_TARGETS = Text("目標 {counts}", "Targets: {counts}")
_NO_TARGETS = Text("この期間の目標なし", "No targets in this period")
_DOUBT = Text("要確認{number}", "to check {number}")
_INCOMPLETE = Text("データ不足{number}", "incomplete {number}")
_ALWAYS = (TargetStatus.MET, TargetStatus.MISSED)
_JUDGED = (*_ALWAYS, TargetStatus.ONGOING, TargetStatus.PENDING)


def verdict(summary: Summary, language: Language) -> str:
    """Return `目標 達成3 未達1 / 要確認0`: targets by figure and joint ones, the others by KPI.

    Targets of the next span do not count. A KPI is incomplete where exports cover a part of the
    period; one of which there is no data at all is no figure. Groups are left to their total.
    """
    figures = [figure for figure in summary.figures if figure.group is None] or summary.figures
    words = [_targets(figures, summary.joint_targets, language)]
    doubtful = {each.kpi for each in figures if each.value.in_doubt}
    partial = {each.kpi for each in figures if each.value.status is Status.PARTIAL}
    words.append(_DOUBT.filled(number=len(doubtful)).in_language(language))
    if partial:
        words.append(_INCOMPLETE.filled(number=len(partial)).in_language(language))
    return " / ".join(words)


def _targets(figures: Iterable[Figure], joint: Iterable[JointTarget], language: Language) -> str:
    judged = Counter(target.status for figure in figures for target in figure.targets)
    judged.update(target.status for target in joint)
    if not any(judged[status] for status in _JUDGED):
        return _NO_TARGETS.in_language(language)
    gap = "" if language == "ja" else " "
    counts = " ".join(
        f"{TARGET_STATUSES[status].in_language(language)}{gap}{judged[status]}"
        for status in _JUDGED
        if judged[status] or status in _ALWAYS
    )
    return _TARGETS.filled(counts=counts).in_language(language)
