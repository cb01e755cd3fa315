"""Pictures of all that people look at, in a folder to leaf through: `python tools/pictures.py DIR`.

It needs the extra `system`, Chromium and its driver, and pdftoppm. A page shows every picture with
what it is of; nothing of it is part of the package.
"""

import argparse
import html
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from system.browser import Browser, browser  # noqa: E402 - tests/ is no package that is installed

PERIOD = ("--period", "2025H1")
THEME = Path("/usr/share/wordpress/wp-content/themes/twentytwentyone/style.css")
WIDTHS = (375, 1280)


def kpicli(*arguments: str) -> None:
    """Run kpicli in the sample project."""
    subprocess.run([sys.executable, "-m", "kpicli", *arguments], cwd=ROOT, check=True)


def made(folder: Path) -> None:
    """Write everything that is looked at into a folder."""
    kpicli("site", str(folder / "site"))
    for name in ("report.html", "report.pdf"):
        kpicli("report", *PERIOD, "-o", str(folder / name))
    kpicli("report", *PERIOD, "--edition", "internal", "-o", str(folder / "internal.html"))
    kpicli("summarize", *PERIOD, "--compare", "previous", "-o", str(folder / "summarize.html"))
    kpicli("report", *PERIOD, "--fragment", "-o", str(folder / "fragment.html"))
    kpicli("report", *PERIOD, "--fragment", "--plain", "-o", str(folder / "plain.html"))
    for name in ("voices", "missed_responses", "renewal_talks"):
        kpicli("chart", name, *PERIOD, "-o", str(folder / f"{name}.png"))
    kpicli("chart", "voices", *PERIOD, "--trend", "5", "-o", str(folder / "trend.png"))
    for name in ("fragment", "plain"):
        around(folder, name)


def around(folder: Path, name: str) -> None:
    """Put a fragment into an article of a theme, where there is one, with its own style sheet."""
    sheets = [sheet for sheet in (THEME, folder / f"{name}.css") if sheet.exists()]
    links = "".join(f'<link rel="stylesheet" href="{sheet.as_uri()}">' for sheet in sheets)
    body = (folder / f"{name}.html").read_text(encoding="utf-8")
    page = (
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>FD</title>{links}'
        '<meta name="viewport" content="width=device-width"><main class="site-main">'
        f'<article class="entry"><div class="entry-content">{body}</div></article></main></html>'
    )
    (folder / f"{name}-in-theme.html").write_text(page, encoding="utf-8")


def pictures(source: Path, target: Path, shown: Browser) -> Iterator[Path]:
    """Yield pictures of every page at two widths and in the dark, charts, and sheets of paper."""
    pages = [*sorted(source.glob("*.html")), *sorted((source / "site").glob("*.html"))]
    for page in (p for p in pages if p.stem not in ("fragment", "plain")):
        for width in WIDTHS:
            shown.open(page, width)
            yield taken(shown, target / f"{page.stem}-{width}.png")
    shown.emulate(prefers_color_scheme="dark")
    shown.open(source / "report.html", WIDTHS[-1])
    yield taken(shown, target / "report-dark.png")
    shown.emulate()
    shown.open(source / "report.html", WIDTHS[-1])
    shown.print(source / "browser.pdf")
    for name in ("report", "browser"):
        begin = target / f"{name}-sheet"
        command = ["pdftoppm", "-png", "-r", "70", str(source / f"{name}.pdf"), str(begin)]
        subprocess.run(command, check=True)
        yield from sorted(target.glob(f"{name}-sheet*.png"))
    for chart in sorted(source.glob("*.png")):
        copy = target / f"chart-{chart.name}"
        copy.write_bytes(chart.read_bytes())
        yield copy


def taken(shown: Browser, file: Path) -> Path:
    """Write a picture of the page that is shown, and return its file."""
    shown.picture(file)
    return file


def index(files: Sequence[Path]) -> str:
    """Return a page of all pictures, each under its name."""
    figures = "".join(
        f'<figure><figcaption>{html.escape(file.stem)}</figcaption><a href="{file.name}">'
        f'<img src="{file.name}" alt="" loading="lazy"></a></figure>'
        for file in files
    )
    style = "body{font:1rem sans-serif;display:flex;flex-wrap:wrap;gap:1rem}img{width:20rem}"
    return (
        f'<!doctype html><meta charset="utf-8"><title>kpicli</title><style>{style}</style>{figures}'
    )


def main() -> int:
    """Make everything in a folder of its own, and the pictures in the one that is named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    target = parser.parse_args().folder
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, browser(Path(work) / "profile") as shown:
        source = Path(work) / "made"
        source.mkdir()
        made(source)
        files = list(pictures(source, target, shown))
    (target / "index.html").write_text(index(files), encoding="utf-8")
    sys.stdout.write(f"{len(files)} pictures: {target / 'index.html'}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
