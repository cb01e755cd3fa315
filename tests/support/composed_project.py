"""Complaints and policies in force, and KPIs that are made of them; figures by another road."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from support.small_project import Project

COMPLAINTS = "番号,受付日,種目,店舗,損害額"
POLICIES = "証券番号,契約日,消滅日,種目"
LINES = ("自動車", "火災")
TABLES = """
[source.complaint_log]
title = "苦情"
key = ["no"]
rhythm = "continuous"
[source.complaint_log.columns]
no = { headers = ["番号"], type = "id", required = true }
on = { headers = ["受付日"], type = "date", required = true }
line = { headers = ["種目"], type = "code", codes = "lines" }
shop = { headers = ["店舗"], type = "text" }
loss = { headers = ["損害額"], type = "number" }
[source.policies]
title = "契約台帳"
key = "policy"
rhythm = "register"
in_force = ["started_on", "ended_on"]
until = "first_day_out"
[source.policies.columns]
policy = { headers = "証券番号", type = "id", required = true }
started_on = { headers = "契約日", type = "date", required = true }
ended_on = { headers = "消滅日", type = "date" }
line = { headers = "種目", type = "code", codes = "lines" }
[codes.lines.values]
"自動車" = []
"火災" = []
[kpi.complaints]
title = { ja = "苦情", en = "Complaints" }
source = "complaint_log"
measure = "count"
parts = { by = "line" }
[kpi.in_force]
title = { ja = "保有契約", en = "Policies in force" }
source = "policies"
measure = "count"
parts = { by = "line" }
[kpi.loss]
title = "損害額"
source = "complaint_log"
measure = "sum"
of = "loss"
unit = "円"
[kpi.mean_loss]
title = "平均損害額"
source = "complaint_log"
measure = "mean"
of = "loss"
unit = "円"
[kpi.fire]
title = "火災の苦情の割合"
source = "complaint_log"
measure = "ratio"
numerator = { line = "火災" }
"""
RATE = """
[kpi.rate]
title = { ja = "保有契約1件あたりの苦情", en = "Complaints per policy in force" }
measure = "quotient"
figures = ["complaints", "in_force"]
decimals = 4
"""

Complaint = tuple[date, str]
Policy = tuple[date, date | None, str]


def composed_project(
    folder: Path,
    complaints: Sequence[str],
    policies: Sequence[str],
    kpis: str = RATE,
    *,
    covers: str = "2024-04..2025-09",
) -> Project:
    """Return a project with these rows, one a line, and KPIs made of others."""
    own = Project(folder).toml((TABLES + kpis).strip())
    own.export("complaint_log", complaints, header=COMPLAINTS, covers=covers)
    options = ", as_of = 2025-10-05, keeps_ended = true"
    return own.export("policies", policies, header=POLICIES, covers=None, options=options)


def complaint_rows(complaints: Sequence[Complaint]) -> list[str]:
    """Return complaints as rows."""
    return [f"C{n},{on},{line},A店,{n}" for n, (on, line) in enumerate(complaints)]


def policy_rows(policies: Sequence[Policy]) -> list[str]:
    """Return policies as rows."""
    return [f"P{n},{start},{end or ''},{line}" for n, (start, end, line) in enumerate(policies)]


def received(complaints: Sequence[Complaint], start: date, end: date, line: str | None) -> int:
    """Return how many complaints of a line, or of all, were received from one day to another."""
    return sum(start <= on <= end and line in (None, own) for on, own in complaints)


def held(policies: Sequence[Policy], day: date, line: str | None) -> int:
    """Return how many policies of a line, or of all, are in force on a day."""
    return sum(
        start <= day and (end is None or day < end) and line in (None, own)
        for start, end, own in policies
    )
