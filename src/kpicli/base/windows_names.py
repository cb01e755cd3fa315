"""Names that Windows keeps for devices or cannot keep at all, refused there before any writing.

What is written to `nul.csv` is gone, `kpi.csv.` becomes `kpi.csv`, and `kpi:2025.csv` a stream that
no folder shows: each without a word from Windows.
"""

import re
import sys
from pathlib import Path, PureWindowsPath

from kpicli.base.errors import UsageError
from kpicli.base.wording import Text

NULL = "nul"
"""The one device that may be written to, by its bare name: it is meant to keep nothing."""
_DEVICE = re.compile(
    r"(?:CON|PRN|AUX|NUL|(?:COM|LPT)[0-9\u00b9\u00b2\u00b3]|CONIN\$|CONOUT\$) *(?:\..*)?",
    re.IGNORECASE | re.DOTALL,
)
_IMPOSSIBLE = re.compile(r'[<>:"|?*\x00-\x1f]')


def refuse_windows_names(path: Path) -> None:
    """Raise `UsageError` on Windows where a name of a path is none that a file can have there."""
    if not _on_windows() or str(path).lower() == NULL:
        return
    whole = PureWindowsPath(path)
    for name in whole.parts[1 if whole.anchor else 0 :]:
        why = _why_not(name)
        if why is not None:
            another = Text("別のファイル名にしてください", "write to another file")
            raise UsageError(Text(f"{path}: {why.ja}", f"{path}: {why.en}"), another)


def _on_windows() -> bool:
    return sys.platform == "win32"


def _why_not(name: str) -> Text | None:
    """Return why Windows can have no file of a name; None where it can."""
    if name == "..":
        return None
    if _DEVICE.fullmatch(name):
        return Text(
            f"「{name}」は Windows ではデバイスの名前で、ファイルになりません",
            f"on Windows {name!r} is a device and no file",
        )
    if sign := _IMPOSSIBLE.search(name):
        return Text(
            f"Windows ではファイル名に {sign[0]!r} を使えません",
            f"on Windows no file name holds {sign[0]!r}",
        )
    if name[-1] in ". ":
        return Text(
            "Windows は名前の終わりの点や空白を捨てます",
            "Windows drops dots and blanks at the end of a name",
        )
    return None
