"""職員名簿: who is in which team, and since when."""

from datetime import date
from pathlib import Path

from generator.chance import Chance
from generator.days import ERAS, PLAIN, DateWriter
from generator.tables import write_table

LIFE = [f"S{n:03}" for n in range(1, 11)]
"""生保 team in service all through 2025H1 (S010 leaves on its last day)."""
MOVED = "S011"
"""Moves from 損保 to 生保 on 2025-07-01; never explains 公的介護保険制度 in the line 生保."""
LEFT = "S012"
"""Leaves the 生保 team on 2025-08-31."""
NOT_YET = "S013"
"""Joins the 生保 team on 2025-10-01."""
NONLIFE = [f"S{n:03}" for n in range(14, 30)]
GROUP = [f"S{n:03}" for n in range(30, 37)]
OFFICE = [f"S{n:03}" for n in range(37, 41)]
RETIRED = "S041"

TEAM_OF_LINE = {"生保": LIFE, "損保": NONLIFE, "団体": GROUP}

Spell = tuple[str, str, date, date | None]


def spells() -> list[Spell]:
    """Return every row of the register: staff, team, first day, last day or None."""
    joined = [date(2011 + n, 4, 1) for n in range(10)]
    rows: list[Spell] = [(staff, "生保", joined[n], None) for n, staff in enumerate(LIFE)]
    rows[9] = (LIFE[9], "生保", date(2019, 4, 30), date(2025, 9, 30))
    rows[8] = (LIFE[8], "生保", date(2019, 5, 1), None)
    rows += [
        (MOVED, "損保", date(2019, 10, 1), date(2025, 6, 30)),
        (MOVED, "生保", date(2025, 7, 1), None),
        (LEFT, "生保", date(2017, 4, 3), date(2025, 8, 31)),
        (NOT_YET, "生保", date(2025, 10, 1), None),
    ]
    rows += [(staff, "損保", date(2008 + n, 10, 1), None) for n, staff in enumerate(NONLIFE)]
    rows += [(staff, "団体", date(2014 + n, 7, 1), None) for n, staff in enumerate(GROUP)]
    rows += [(staff, "業務-企画", date(2020, 4, n + 1), None) for n, staff in enumerate(OFFICE)]
    rows.append((RETIRED, "損保", date(2005, 4, 1), date(2025, 3, 31)))
    return rows


def write_staff(folder: Path) -> None:
    """Write 職員名簿.csv: UTF-8, first days mostly in Japanese eras."""
    chance = Chance("staff")
    first, last = DateWriter(chance, ERAS), DateWriter(chance, PLAIN)
    rows = [[staff, team, first(since), last(until)] for staff, team, since, until in spells()]
    header = ["職員番号", "チーム", "在籍開始日", "在籍終了日"]
    write_table(folder / "職員名簿.csv", header, rows, "utf-8", ends="\n")
