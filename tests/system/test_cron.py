"""A real cron runs the documented lines, a real mail server delivers, and a mail reader shows it.

Cron's environment is nearly empty, as on any machine; only the clock is given (KPICLI_TODAY).
"""

import mailbox
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

import pytest

from support.root import ROOT

USER = "kpicli-test"
BOX = Path("/var/mail") / USER
KINDS = {"text/plain", "multipart/mixed", "multipart/alternative"}
"""Cron's own mail, kpicli's by SMTP, which has an attachment, and kpicli's through sendmail."""
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


def until(holds: Callable[[], bool], seconds: float) -> bool:
    """Wait until something holds, or until time is up; tell whether it holds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.5)
    return True


def answers(port: int) -> bool:
    """Tell whether a server greets on a port."""
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as line:
            return line.recv(100).startswith(b"220")
    except OSError:
        return False


def is_idle(parent: int) -> bool:
    """Tell whether a process has no children: cron's are the jobs that still run."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
        except OSError:  # it has just ended
            continue
        if int(after_name.split()[1]) == parent:
            return False
    return True


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a daemon, by force if it does not listen."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(15)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


@pytest.fixture
def smtp_port(tmp_path: Path) -> Iterator[int]:
    """Run a mail server on a port of its own and cron, which leaves by itself if there is one."""
    port = free_port()
    address = f"127.0.0.1.{port}"
    mail_server = ["/usr/sbin/exim4", "-bdf", "-oX", address, "-oP", str(tmp_path / "pid")]
    with ExitStack() as ends:
        ends.callback(stop, subprocess.Popen(mail_server))
        assert until(lambda: answers(port), 20)
        cron = subprocess.Popen(["/usr/sbin/cron", "-f"])
        ends.callback(stop, cron)
        ends.callback(until, lambda: is_idle(cron.pid), 30)
        yield port


@pytest.fixture
def crontab() -> Iterator[None]:
    """Put back afterwards what root's crontab was."""
    before = run("crontab", "-l", check=False)
    yield
    if before:
        run("crontab", "-", text=before)
    else:
        run("crontab", "-r", check=False)


def project(folder: Path, port: int) -> Path:
    """Return the settings of a copy of the sample project, with a section for mail."""
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    own = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    mail = (
        f'[mail]\nsender = "集計係 <kpi@localhost>"\nto = ["推進室長 <{USER}@localhost>"]\n'
        f'journal = "journal.sqlite3"\n'
        f'[mail.smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
    )
    config = folder / "kpicli.toml"
    config.write_text(f"{own}\n{mail}", encoding="utf-8")
    return config


def documented(config: Path) -> str:
    """Return the crontab lines of the documentation, with our paths and user, every minute."""
    text = (ROOT / "docs" / "cron.md").read_text(encoding="utf-8")
    section = text.partition("\n## crontab\n")[2].partition("\n## ")[0]
    lines = "".join(re.findall(r"```text\n(.*?)```", section, re.DOTALL))
    lines = lines.replace("fd@example.co.jp", USER)
    lines = lines.replace("/srv/fd/venv/bin/kpicli", str(Path(sys.executable).parent / "kpicli"))
    lines = lines.replace("/srv/fd/kpicli.toml", str(config))
    lines = re.sub(r"^[0-9]\S* 7 \S+ \* \*", "* * * * *", lines, flags=re.MULTILINE)
    assert lines.count("* * * * *") == len(KINDS)
    return f"KPICLI_TODAY=2025-10-03\n{lines}"


def in_the_box() -> list[mailbox.mboxMessage]:
    """Return the mails that have arrived."""
    if not BOX.exists():  # to open one that is not there would make it, and it would be root's
        return []
    with closing(mailbox.mbox(BOX)) as box:
        return list(box)


def kinds() -> list[str]:
    """Return what the mails in the box are, in their order."""
    return [message.get_content_type() for message in in_the_box()]


def body(message: Message) -> str:
    """Return the first text of a message, decoded as it says."""
    part = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode(part.get_content_charset("ascii"))


def shown_by_a_reader(number: int) -> str:
    """Return a mail as s-nail shows it, the first one being 1."""
    return subprocess.run(
        ["s-nail", "-n", "-R", "-S", "ttycharset=UTF-8", "-S", "crt=0", "-f", str(BOX)],
        input=f"type {number}\nexit\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TERM": "dumb", "HOME": "/root"},
        check=False,
        timeout=60,
    ).stdout.partition("[-- Message")[2]


@pytest.mark.usefixtures("recipient", "crontab")
def test_the_documented_lines_deliver(tmp_path: Path, smtp_port: int) -> None:
    """Each mail is there soon, in Japanese, also in a mail reader; kpicli's by SMTP only once.

    There is no other mail: cron has nothing to say about the jobs that send by themselves.
    """
    lines = documented(project(tmp_path, smtp_port))
    run("crontab", "-", text=lines)
    all_came = until(lambda: set(kinds()) >= KINDS, PATIENCE)
    run("crontab", "-r")
    assert all_came, kinds()
    for number, message in enumerate(in_the_box(), 1):
        text, shown = body(message), shown_by_a_reader(number)
        subject = str(make_header(decode_header(str(message["Subject"]))))
        assert subject.startswith(("Cron <", "[未達1] 2025年9月"))  # of the half that ends then
        assert subject in shown
        assert "お客様の声" in text
        assert "\x1b" not in text
        wanted = [line.strip() for line in text.splitlines() if line.strip()]
        assert [line for line in wanted if line not in shown] == []
    again = next(line for line in lines.splitlines() if "--catch-up" in line).removeprefix(
        "* * * * *"
    )
    today = "KPICLI_TODAY=2025-10-03"
    home = f"HOME={Path.home()}"
    assert not run("env", "-i", today, home, "PATH=/usr/bin:/bin", "/bin/sh", "-c", again)
    assert kinds().count("multipart/mixed") == 1
