"""Japanese eras: which day and which year lies in which, exactly."""

from datetime import date
from typing import Final

from msgspec import Struct


class OutsideEra(ValueError):
    """The era has no such day or year (平成35年, 令和元年4月30日), or no such era is known."""


class Era(Struct, frozen=True):
    """One era; `first` and `last` are its days, both inclusive (`last` is None: still running)."""

    name: str
    kanji: str
    letter: str
    sign: str
    first: date
    last: date | None

    def contains(self, day: date) -> bool:
        """Return whether `day` lies in the era; on 1912-07-30 and 1926-12-25 two eras say yes."""
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, start: date, end: date) -> bool:
        """Return whether any day from `start` to `end` (both inclusive) lies in the era."""
        return self.first <= end and (self.last is None or start <= self.last)


ERAS: Final = (
    Era("明治", "明", "M", "㍾", date(1868, 1, 25), date(1912, 7, 30)),
    Era("大正", "大", "T", "㍽", date(1912, 7, 30), date(1926, 12, 25)),
    Era("昭和", "昭", "S", "㍼", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", "平", "H", "㍻", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", "令", "R", "㋿", date(2019, 5, 1), None),
)
"""From the oldest to the running one."""

ERA_YEAR: Final = (
    r"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令MTSHR])(?: |\. ?)?(?P<era_year>元|[0-9]{1,2})"
)
"""Pattern of an era and its year in folded text (folding spells ㋿ out), a part for others.

A space or a dot may stand between them: `令和 7`, `R.7`.
"""

SOLAR_SINCE: Final = date(1873, 1, 1)
"""Until the day before, months and days were those of the lunar calendar."""

_BY_MARK = {
    mark: era
    for era in ERAS
    for mark in (era.name, era.kanji, era.sign, era.letter, era.letter.lower())
}


def era_of(mark: str) -> Era:
    """Return the era that `mark` names: 令和, 令, ㋿, R or r. Raises `OutsideEra` for others."""
    try:
        return _BY_MARK[mark]
    except KeyError:
        raise OutsideEra("no such era") from None


def era_year(text: str) -> int:
    """Return the number of an era's year written in ASCII digits, or as 元 (the first year)."""
    return 1 if text == "元" else int(text)


def western_year(mark: str, year: int) -> int:
    """Return the western year of an era's year: 令和7 is 2025, 昭和64 is 1989.

    Raises `OutsideEra` when the era has no such year (平成35, 令和0).
    """
    era = era_of(mark)
    western = era.first.year + year - 1
    if year < 1 or (era.last is not None and western > era.last.year):
        raise OutsideEra("the era has no such year")
    return western


def from_wareki(mark: str, year: int, month: int, day: int) -> date:
    """Return the day that the era calls so: 令和元年5月1日 is 2019-05-01.

    Raises `OutsideEra` for a day outside the era (令和元年4月30日; 平成31年4月30日 is its last) and
    for 明治 1 to 5, whose months were lunar; `ValueError` for a day that no calendar has.
    """
    day_named = date(western_year(mark, year), month, day)
    if day_named < SOLAR_SINCE or not era_of(mark).contains(day_named):
        raise OutsideEra("the day lies outside its era")
    return day_named


def to_wareki(day: date) -> tuple[Era, int]:
    """Return the era of `day` and its year there; on a day that two eras share, the later.

    Raises `OutsideEra` for days before 1873-01-01 (明治6年1月1日).
    """
    if day < SOLAR_SINCE:
        raise OutsideEra("the day lies before the solar calendar")
    era = next(era for era in reversed(ERAS) if era.contains(day))
    return era, day.year - era.first.year + 1
