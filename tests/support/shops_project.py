"""Study sessions of shops, the register of the shops, and the staff with their licences."""

from collections.abc import Sequence
from pathlib import Path

from support.small_project import Project

SHOPS = ("東京,2020-01-01,", "大阪,2020-01-01,", "福岡,2025-10-01,", "名古屋,2020-01-01,2025-06-30")
SESSIONS = ("M1,2025-04-10,東京", "M2,2025-05-10,大阪", "M3,2025-06-10,東京")
STAFF = ("S001,2020-04-01,,有", "S002,2020-04-01,,無")
SETTINGS = """
[source.sessions]
title = "勉強会記録"
rhythm = "continuous"
key = "number"
[source.sessions.columns]
number = { headers = "番号", type = "id", required = true }
held_on = { headers = "開催日", type = "date", required = true }
shop = { headers = "店舗", type = "text" }
staff = { headers = "担当", type = "id", personal = true }
[source.shops]
title = { ja = "店舗", en = "Shops" }
rhythm = "register"
key = "shop"
in_force = ["opened_on", "closed_on"]
until = "last_day_in"
[source.shops.columns]
shop = { headers = "店舗", type = "text", required = true }
opened_on = { headers = "開店日", type = "date" }
closed_on = { headers = "閉店日", type = "date" }
[source.licences]
title = "職員"
rhythm = "register"
key = "staff"
in_force = ["joined_on", "left_on"]
until = "last_day_in"
[source.licences.columns]
staff = { headers = "職員番号", type = "id", required = true, personal = true }
joined_on = { headers = "入社日", type = "date" }
left_on = { headers = "退社日", type = "date" }
licence = { headers = "資格", type = "code", codes = "held" }
[codes.held.values]
"有" = []
"無" = []
[kpi.study]
title = { ja = "勉強会", en = "Study sessions" }
source = "sessions"
measure = "count"
unit = "回"
TARGETS
[kpi.licensed]
title = { ja = "資格者", en = "Licensed" }
source = "licences"
measure = "ratio"
unit = "名"
numerator = { licence = "有" }
"""
EACH = 'targets = [{ at_least = 1, per = "half", each = { source = "shops", by = "shop" } }]'
"""Every shop holds a session in each half."""


def shops_project(
    folder: Path,
    targets: str = EACH,
    *,
    sessions: Sequence[str] = SESSIONS,
    shops: Sequence[str] | None = SHOPS,
    staff: Sequence[str] = STAFF,
    header: str = "番号,開催日,店舗",
    more: str = "",
) -> Project:
    """Return a project with these rows; without `shops` that register is not exported."""
    folder.mkdir(exist_ok=True)
    project = Project(folder).toml("catalogue = []")
    whole, register = "2024-04..2026-09", ", as_of = 2026-10-05, keeps_ended = true"
    project.export("sessions", sessions, header=header, covers=whole)
    if shops is not None:
        opened = "店舗,開店日,閉店日"
        project.export("shops", shops, header=opened, covers=None, options=register)
    joined = "職員番号,入社日,退社日,資格"
    project.export("licences", staff, header=joined, covers=None, options=register)
    return project.toml(SETTINGS.replace("TARGETS", targets) + more)
