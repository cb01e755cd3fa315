"""Where the words of a report lie, and reading them."""

from pathlib import Path

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text
from kpicli.report.narrative import Narrative, parse_narrative
from kpicli.settings.settings import Settings, not_utf8


def narrative_file(settings: Settings, period_name: str) -> Path:
    """Return the path of a period's narrative, beside kpicli.toml unless it is absolute."""
    named = settings.values.report.narrative.replace("{period}", period_name)
    return settings.folder / named


def read_narrative(file: Path) -> Narrative:
    """Return the narrative in `file`.

    Raises `SettingsError` where there is no such file, where it is not UTF-8, and for headings
    that do not fit the shape, all of them, each with its line.
    """
    return parse_narrative(_text(file), file)


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(file, error) from None
    except OSError as error:
        raise SettingsError(
            Text(f"報告の文章 {file} を開けません", f"cannot open {file}: {error.strerror}"),
            Text(
                "原則ごとの文章をそこに書くか、kpicli.toml の [report] narrative で場所を"
                "決めてください(書き方: docs/report.md)",
                "write the words for each principle there, or name their place under [report] "
                "narrative in kpicli.toml (docs/report.md)",
            ),
        ) from None
