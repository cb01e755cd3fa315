"""Samples of what is published and sent, made while the documentation is built: never older.

The page of a half year and a mail, of the sample project, as a reader opens them.
"""

import shutil
import tempfile
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from docs_pictures import ROOT, kpicli

PERIOD = ("--period", "2025H1")
FOLDER = "samples"
MAIL = """
[mail]
sender = "集計係 <kpi@example.co.jp>"
to = ["fd@example.co.jp"]
page = "https://www.example.co.jp/fd/{period}.html"
"""


def write_samples(site: Path) -> None:
    """Write the samples into a folder of the site."""
    write_pages((site / FOLDER).resolve())


def write_pages(folder: Path) -> None:
    """Write the page in both languages and the mail into a folder."""
    folder.mkdir(exist_ok=True)
    kpicli("report", *PERIOD, "-o", str(folder / "report.html"))
    kpicli("--lang", "en", "report", *PERIOD, "-o", str(folder / "report.en.html"))
    (folder / "mail.html").write_text(mail_page(), encoding="utf-8", newline="\n")


def mail_page() -> str:
    """Return the page of a mail; nothing is sent."""
    settings = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    for name in ("sample_data", "narrative"):
        settings = settings.replace(f'"{name}/', f'"{ROOT}/{name}/')
    with tempfile.TemporaryDirectory() as work:
        config, message = Path(work) / "kpicli.toml", Path(work) / "mail.eml"
        config.write_text(settings + MAIL, encoding="utf-8")
        shutil.copytree(ROOT / "published", config.parent / "published")
        kpicli("--config", str(config), "mail", *PERIOD, "-o", str(message))
        page = message_from_bytes(message.read_bytes(), policy=default).get_body(("html",))
    if page is None:
        raise SystemExit("the mail has no page")
    return str(page.get_content())
