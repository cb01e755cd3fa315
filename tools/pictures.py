"""Pictures of all that people look at, in a folder to leaf through: `python tools/pictures.py DIR`.

It needs the extra `system`, Chromium and its driver, LibreOffice, and pdftoppm. A page shows every
picture with what it is of; nothing of it is part of the package.
"""

import argparse
import html
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from docs_samples import mail_page  # noqa: E402 - beside this file
from system.browser import Browser, browser  # noqa: E402 - tests/ is no package that is installed

PERIOD = ("--period", "2025H1")
THEME = Path("/usr/share/wordpress/wp-content/themes/twentytwentyone/style.css")
WIDTHS = (375, 1280)
OF_MAIL = (375, 768)
COLUMNS = (80, 120)
"""Of the terminal."""
IN_TERMINAL = (
    ("summarize", *PERIOD, "--by", "month", "--kpi", "voices,navi_uses"),
    ("summarize", *PERIOD, "--compare", "previous"),
    ("rows", "voices", *PERIOD, "--item", "要望"),
    ("check",),
)


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
    mail(folder)
    for columns in COLUMNS:
        terminal(folder, columns)
    workbook(folder)


def mail(folder: Path) -> None:
    """Write the page of a mail; nothing is sent."""
    (folder / "mail.html").write_text(mail_page(), encoding="utf-8")


def terminal(folder: Path, columns: int) -> None:
    """Write what a terminal of so many columns shows, as a page."""
    shown = []
    for arguments in IN_TERMINAL:
        form = ("--format", "table" if arguments[0] == "summarize" else "text")
        done = subprocess.run(
            [sys.executable, "-m", "kpicli", *arguments, *form],
            cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8",
            env={**os.environ, "COLUMNS": str(columns)},
        )  # fmt: skip
        shown.append(f"$ kpicli {' '.join(arguments)}\n{done.stdout}")
    text = html.escape("\n".join(shown))
    style = "body{margin:1rem}pre{font:14px/1.3 'Noto Sans Mono CJK JP',monospace}"
    page = f'<!doctype html><meta charset="utf-8"><title>kpicli</title><style>{style}</style>'
    (folder / f"terminal-of-{columns}.html").write_text(f"{page}<pre>{text}</pre>", "utf-8")


def workbook(folder: Path) -> None:
    """Write a workbook and what LibreOffice prints of it."""
    book = folder / "workbook.xlsx"
    kpicli("summarize", *PERIOD, "--compare", "previous,year-ago", "--by", "month", "-o", str(book))
    profile = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(book)], check=True, capture_output=True, timeout=180)


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
        wide = page.stem.startswith("terminal")
        for width in OF_MAIL if page.stem == "mail" else WIDTHS[-1:] if wide else WIDTHS:
            shown.open(page, width)
            yield taken(shown, target / f"{page.stem}-{width}.png")
    shown.emulate(prefers_color_scheme="dark")
    shown.open(source / "report.html", WIDTHS[-1])
    yield taken(shown, target / "report-dark.png")
    for width in OF_MAIL:
        shown.open(source / "mail.html", width)
        yield taken(shown, target / f"mail-{width}-dark.png")
    shown.emulate()
    shown.open(source / "report.html", WIDTHS[-1])
    shown.print(source / "browser.pdf")
    for name in ("report", "browser", "workbook"):
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
