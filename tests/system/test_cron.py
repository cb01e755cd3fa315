"""A real cron runs the documented lines, a real mail server delivers, and a mail reader shows it.

Cron's environment is nearly empty, as on any machine; only the clock is given (KPICLI_TODAY).
"""

import mailbox
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
USER = "kpicli-test"
PORT = 2525
BOX = Path("/var/mail") / USER
PATIENCE = 150.0
"""Seconds: cron looks once a minute, and the figures and their mail take some."""


def run(*command: str, text: str | None = None, check: bool = True) -> str:
    """Run a program to its end and return what it prints."""
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, check=check, timeout=60
    )
    return done.stdout


@pytest.fixture
def recipient() -> Iterator[str]:
    """Give a local user, who gets mail."""
    run("/usr/sbin/userdel", "-r", USER, check=False)
    run("/usr/sbin/useradd", "--create-home", USER)
    BOX.unlink(missing_ok=True)
    yield USER
    run("/usr/sbin/userdel", "-r", USER, check=False)
    BOX.unlink(missing_ok=True)


@pytest.fixture
def daemons(tmp_path: Path) -> Iterator[None]:
    """Run a mail server on a port of its own and cron, which leaves by itself if there is one."""
    address = f"127.0.0.1.{PORT}"
    mail_server = ["/usr/sbin/exim4", "-bdf", "-oX", address, "-oP", str(tmp_path / "pid")]
    started = [subprocess.Popen(mail_server), subprocess.Popen(["/usr/sbin/cron", "-f"])]
    yield
    for process in started:
        process.terminate()
        process.wait(30)


@pytest.fixture
def crontab() -> Iterator[None]:
    """Put back afterwards what root's crontab was."""
    before = run("crontab", "-l", check=False)
    yield
    if before:
        run("crontab", "-", text=before)
    else:
        run("crontab", "-r", check=False)


def project(folder: Path) -> Path:
    """Return the settings of a copy of the sample project, with a section for mail."""
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    own = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    mail = (
        f'[mail]\nsender = "集計係 <kpi@localhost>"\nto = ["推進室長 <{USER}@localhost>"]\n'
        f'journal = "journal.sqlite3"\n'
        f'[mail.smtp]\nhost = "127.0.0.1"\nport = {PORT}\nsecurity = "none"\n'
    )
    config = folder / "kpicli.toml"
    config.write_text(f"{own}\n{mail}", encoding="utf-8")
    return config


def documented(config: Path) -> str:
    """Return the crontab of the documentation, with our paths and user, to run every minute."""
    text = (ROOT / "docs" / "cron.md").read_text(encoding="utf-8")
    block = re.search(r"```text\n(MAILTO=.*?)```", text, re.DOTALL)
    assert block is not None
    lines = block[1].replace("fd@example.co.jp", USER)
    lines = lines.replace("/srv/fd/venv/bin/kpicli", str(Path(sys.executable).parent / "kpicli"))
    lines = lines.replace("/srv/fd/kpicli.toml", str(config))
    lines = re.sub(r"^[0-9]\S* 7 \S+ \* \*", "* * * * *", lines, flags=re.MULTILINE)
    assert lines.count("* * * * *") == 2
    return f"KPICLI_TODAY=2025-10-03\n{lines}"


def arrived(wanted: int) -> list[mailbox.mboxMessage]:
    """Return the mails in the box, once there are as many as wanted, or what there is by then."""
    end = time.monotonic() + PATIENCE
    while True:
        found: list[mailbox.mboxMessage] = []
        if BOX.exists():  # to open one that is not there would make it, and it would be root's
            with closing(mailbox.mbox(BOX)) as box:
                found = list(box)
        senders = {str(message["From"]) for message in found}
        if len(senders) >= wanted or time.monotonic() > end:
            return found
        time.sleep(1)


def body(message: Message) -> str:
    """Return the first text of a message, decoded as it says."""
    part = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode(part.get_content_charset("ascii"))


def shown_by_a_reader() -> str:
    """Return all mails as s-nail shows them."""
    return subprocess.run(
        ["s-nail", "-n", "-R", "-S", "ttycharset=UTF-8", "-S", "crt=0", "-f", str(BOX)],
        input="type *\nexit\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TERM": "dumb", "HOME": "/root"},
        check=False,
        timeout=60,
    ).stdout


@pytest.mark.usefixtures("recipient", "daemons", "crontab")
def test_the_documented_lines_deliver(tmp_path: Path) -> None:
    """Both mails are there within two minutes, in Japanese, and the one of kpicli only once."""
    run("crontab", "-", text=documented(project(tmp_path)))
    messages = arrived(2)
    run("crontab", "-r")
    of_cron = [m for m in messages if "cron" in str(m["From"]).lower()]
    of_kpicli = [m for m in messages if m not in of_cron]
    assert of_cron
    assert len(of_kpicli) == 1
    text = body(of_cron[0])
    assert "2025-09-01 から 2025-09-30 まで" in text
    assert "\x1b" not in text
    subject = str(make_header(decode_header(str(of_kpicli[0]["Subject"]))))
    assert "2025年9月" in subject
    assert "お客様の声" in body(of_kpicli[0])
    assert of_kpicli[0].get_content_type() == "multipart/mixed"
    shown = shown_by_a_reader()
    assert "お客様の声" in shown
    assert subject.split()[-1] in shown
