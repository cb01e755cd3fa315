"""The pictures that a person leafs through."""

import re
import subprocess
import sys
from pathlib import Path

from support.root import ROOT


def test_every_picture_is_made_and_shown(tmp_path: Path) -> None:
    """Pages, mail, terminals, sheets of paper, charts, fragments in a theme: all on one page."""
    command = [sys.executable, "tools/pictures.py", str(tmp_path / "pictures")]
    subprocess.run(command, cwd=ROOT, check=True)
    page = (tmp_path / "pictures/index.html").read_text(encoding="utf-8")
    shown = re.findall(r'<img src="([^"]+)"', page)
    assert sorted(shown) == sorted(f.name for f in (tmp_path / "pictures").glob("*.png"))
    wanted = {
        *("report-375.png", "report-1280.png", "report-dark.png", "principles-375.png"),
        *("report-sheet-1.png", "browser-sheet-1.png", "chart-voices.png", "trend-1280.png"),
        *("fragment-in-theme-375.png", "plain-in-theme-1280.png", "internal-1280.png"),
        *("mail-375.png", "mail-768.png", "mail-375-dark.png", "mail-768-dark.png"),
        *("terminal-of-80-1280.png", "terminal-of-120-1280.png", "workbook-sheet-1.png"),
    }
    assert wanted <= set(shown)
    for name in shown:
        assert (tmp_path / "pictures" / name).read_bytes().startswith(b"\x89PNG")
