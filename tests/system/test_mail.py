"""The mail as it is read: in a real browser, light and dark, on a phone; by two text clients."""

import re
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from support.root import ROOT
from system.browser import Browser, browser

MAIL = """
[mail]
sender = "集計係 <kpi@example.co.jp>"
to = ["fd@example.co.jp"]
page = "https://www.example.co.jp/fd/{period}.html"
"""
WIDTHS = (375, 768)
SCHEMES = ("light", "dark")
CONTRAST = 4.5
"""What WCAG asks of text of this size."""
VERDICT = "目標 達成3 未達1 / 要確認1"
TOP = """
const box = document.querySelector('[role=main] > p').getBoundingClientRect();
return [document.querySelector('[role=main] > p').innerText, box.top, box.bottom];
"""
COLOURS = """
return [...document.querySelectorAll('body *')].filter(e => e.matches('p,th,td,span,b,h1,h2,h3'))
  .map(e => {
    let behind = e, colour;
    do { colour = getComputedStyle(behind).backgroundColor; behind = behind.parentElement; }
    while (behind && /, 0\\)$|transparent/.test(colour));
    return [e.innerText.slice(0, 20), getComputedStyle(e).color, colour];
  });
"""


@pytest.fixture(scope="module")
def message(tmp_path_factory: pytest.TempPathFactory) -> tuple[EmailMessage, bytes]:
    """Return the sample's mail, one of whose exports has a row in doubt."""
    folder = tmp_path_factory.mktemp("mail")
    for name in ("sample_data", "published"):
        subprocess.run(["cp", "-r", str(ROOT / name), str(folder)], check=True)
    voices = next((folder / "sample_data").glob("お客様の声*.csv"))
    content = voices.read_bytes().decode("cp932")
    first = content.splitlines()[1]
    broken = re.sub(r"\d{4}/\d+/\d+", "2025/13/45", first, count=1)
    voices.write_bytes(content.replace(first, broken, 1).encode("cp932"))
    settings = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    (folder / "kpicli.toml").write_text(settings + MAIL, encoding="utf-8")
    words = ("mail", "--period", "2025H1", "--dry-run")
    done = subprocess.run(
        [sys.executable, "-m", "kpicli", *words], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 5, done.stderr.decode()
    return message_from_bytes(done.stdout, policy=default), done.stdout


@pytest.fixture(scope="module")
def page(message: tuple[EmailMessage, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the HTML of the mail as a file."""
    html = message[0].get_body(("html",))
    assert html is not None
    file = tmp_path_factory.mktemp("html") / "mail.html"
    file.write_text(str(html.get_content()), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a browser with a fresh profile."""
    with browser(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_mail_is_read_without_barriers(
    chromium: Browser, page: Path, width: int, scheme: str
) -> None:
    """axe-core finds nothing; nothing is wider than the window; every text can be read."""
    chromium.emulate(prefers_color_scheme=scheme)
    chromium.open(page, width)
    assert chromium.barriers() == []
    assert chromium.ask("return document.documentElement.scrollWidth") <= width
    seen: list[Any] = chromium.ask(COLOURS)
    assert len(seen) > 100
    assert [each for each in seen if contrast(each[1], each[2]) < CONTRAST] == []
    paper = chromium.ask("return getComputedStyle(document.body).backgroundColor")
    assert (luminance(paper) < 0.2) is (scheme == "dark")


def test_the_verdict_stands_first_on_a_phone(chromium: Browser, page: Path) -> None:
    """Within the first 300 pixels; the page weighs less than 60 KB and asks for nothing."""
    chromium.emulate()
    chromium.open(page, 375)
    words, top, bottom = chromium.ask(TOP)
    assert words == VERDICT
    assert 0 < top < bottom < 300
    assert page.stat().st_size < 60_000
    table = chromium.ask("return document.querySelectorAll('table')[1].getBoundingClientRect().top")
    assert 300 < table < 1_400


def luminance(colour: str) -> float:
    """Return the relative luminance of `rgb(…)`, 0 to 1, as WCAG defines it."""
    channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(c * w for c, w in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "reader",
    [
        ("s-nail", "-n", "-S", "ttycharset=UTF-8", "-S", "crt=0", "-R", "-f", "{box}"),
        ("mshow", "{file}"),
    ],
    ids=["s-nail", "mshow"],
)
def test_text_clients_read_it(
    message: tuple[EmailMessage, bytes], tmp_path: Path, reader: tuple[str, ...]
) -> None:
    """Subject, verdict, the row in doubt and the figures are there, in Japanese."""
    content = message[1]
    (tmp_path / "mail.eml").write_bytes(content)
    envelope = b"From kpi@example.co.jp Wed Oct  1 07:00:00 2025\n"
    (tmp_path / "box").write_bytes(envelope + content + b"\n")
    words = [each.format(box=tmp_path / "box", file=tmp_path / "mail.eml") for each in reader]
    shown = subprocess.run(
        words,
        input="type 1\nquit\n" if reader[0] == "s-nail" else "",
        capture_output=True,
        encoding="utf-8",
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        check=True,
    ).stdout
    for expected in (VERDICT, "要確認", "2 行目", "お客様の声", "公的介護保険制度ロープレ"):
        assert expected in " ".join(shown.split())
