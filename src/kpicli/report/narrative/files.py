"""The files of narratives: where they are, which periods have one, and what one holds."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from glob import escape
from pathlib import Path

from kpicli.base.errors import PeriodError, SettingsError
from kpicli.base.storage import why_unread
from kpicli.base.wording import Language, Text
from kpicli.model.periods import Period
from kpicli.report.narrative.model import (
    Narrative,
)
from kpicli.report.narrative.parse import parse_narrative
from kpicli.settings.settings import Settings
from kpicli.settings.tables.report import english_narrative
from kpicli.settings.toml.reading import not_utf8


def narrative_file(settings: Settings, period_name: str, language: Language = "ja") -> Path:
    """Return the path of a period's narrative, beside kpicli.toml unless it is absolute.

    In English it is `narrative/2025H1.en.md` where there is such a file.
    """
    named = settings.values.report.narrative.replace("{period}", period_name)
    english = settings.folder / english_narrative(named)
    return english if language == "en" and english.exists() else settings.folder / named


def narrative_periods(settings: Settings, today: date) -> Iterator[Period]:
    """Yield the periods that there are Japanese narratives of, as far as their names are periods.

    The English ones are named after them.
    """
    pattern = settings.folder / settings.values.report.narrative
    before, _, after = pattern.as_posix().partition("{period}")
    root = Path(pattern.anchor)
    wanted = f"{escape(before)}*{escape(after)}".removeprefix(pattern.anchor)
    for path in sorted(root.glob(wanted)):
        name = path.as_posix().removeprefix(before).removesuffix(after)
        with suppress(PeriodError):
            yield Period.parse(name, fiscal=settings.fiscal, today=today)


def last_narrative(
    settings: Settings, named: str | None, today: date, language: Language
) -> Narrative | None:
    """Return the narrative of the named period, else of the last that has one; None without any."""
    periods = list(narrative_periods(settings, today))
    if named is not None:
        periods = [Period.parse(named, fiscal=settings.fiscal, today=today)]
    if not periods:
        return None
    last = max(periods, key=lambda period: (period.end, period.start))
    return read_narrative(narrative_file(settings, last.name, language))


def read_narrative(file: Path) -> Narrative:
    """Return the narrative in `file`.

    Raises `SettingsError` where there is no such file, where it is not UTF-8, and for what does not
    fit the structure, all of it, each with its line.
    """
    return parse_narrative(_text(file), file)


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(file, error) from None
    except OSError as error:
        reason = why_unread(error)
        raise SettingsError(
            Text(
                f"報告の文章 {file} を開けません({reason.ja})", f"cannot open {file}: {reason.en}"
            ),
            Text(
                "kpicli report --draft --period P で下書きを作るか、kpicli.toml の [report] の"
                " narrative で場所を決めてください(書き方: docs/report.md)",
                "make a draft with kpicli report --draft --period P, or name the place of the "
                "words under [report] narrative in kpicli.toml (docs/report.md)",
            ),
        ) from None
