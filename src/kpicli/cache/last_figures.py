"""The figures that a command line has written last, so that it writes only what has changed.

A file per request and period in the user's state folder holds one digest, never a figure.
"""

from collections.abc import Sequence
from pathlib import Path

from kpicli.base.errors import OutputError
from kpicli.base.folders import user_folder
from kpicli.base.storage import reason_of, write_whole
from kpicli.base.wording import Text
from kpicli.model.summary import Summary
from kpicli.output.data.digests import figures_digest, short_digest


class LastFigures:
    """The figures written last for the same settings file, KPIs, grouping, comparison, period."""

    def __init__(self, settings: Path | None, kpis: Sequence[str], summary: Summary) -> None:
        parts = [str(settings and settings.absolute()), sorted(kpis), summary.by]
        parts += [list(summary.compared), summary.period.dates]
        parts += [period.dates for period in summary.trend_periods]
        self._name = short_digest(parts)
        self._content = figures_digest(summary)

    def changed(self) -> bool:
        """Return whether the figures differ from those written last; True where none were."""
        try:
            return self._file().read_text(encoding="ascii") != self._content
        except (FileNotFoundError, UnicodeDecodeError):
            return True
        except OSError as error:
            raise _no_place(error) from None

    def remember(self) -> None:
        """Keep the figures as those written last."""
        try:
            write_whole(self._file(), self._content.encode("ascii"), private=True)
        except OSError as error:
            raise _no_place(error) from None

    def _file(self) -> Path:
        folder = user_folder("state")
        if folder is None:
            raise OutputError(
                Text(
                    "HOME がないので、前回の数値の控えの置き場所が決まりません",
                    "without HOME there is no place to keep what was shown last",
                ),
                Text("HOME か XDG_STATE_HOME を設定してください", "set HOME or XDG_STATE_HOME"),
            )
        return folder / "shown" / self._name


def _no_place(error: OSError) -> OutputError:
    reason = reason_of(error)
    return OutputError(
        Text(
            f"前回の数値の控えを読み書きできません({reason.ja})",
            f"what was shown last cannot be read or kept: {reason.en}",
        ),
        Text(
            "利用者の状態フォルダー(Linux では ~/.local/state/kpicli)を確かめてください",
            "check the user's state folder (on Linux ~/.local/state/kpicli)",
        ),
    )
