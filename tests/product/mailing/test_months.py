"""Two years of months: servers that fail, runs that are killed, machines that sleep."""

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Timer

import pytest

from kpicli.mail.held import held_mails
from kpicli.mail.journal import Event, Journal
from kpicli.model.periods import Period
from support.command_line import Run, environment, voices
from support.mail_server import Fault, Mailbox, Server

FIRST = date(2024, 4, 1)
RECIPIENTS = ("fd@example.co.jp", "b@example.jp")
SETTINGS = """\
[exports]
voices = { files = "voices.csv", covers = "2024-04..2027-03" }
[mail]
sender = "kpi@example.co.jp"
to = ["fd@example.co.jp", "b@example.jp"]
journal = "journal.sqlite3"
catch_up_months = 24
[mail.smtp]
host = "127.0.0.1"
security = "none"
attempts = 2
retry_wait = 0
timeout = 10
port = """


CRON = """
import json, os, sys
import kpicli.cli.app, kpicli.mail.mailing, kpicli.run.summary
import kpicli.mail.smtp.credentials, filelock

def begin(order):
    for stream in (1, 2):
        file = os.open("err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(file, stream)
    os.environ["KPICLI_TODAY"] = order["today"]
    sys.argv = ["kpicli", *order["args"]]
    kpicli.cli.main()

for line in iter(sys.stdin.readline, ""):
    pid = os.fork()
    if not pid:
        begin(json.loads(line))
    print(pid, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""
"""Stands for cron: starts a process for each line, which has loaded already what kpicli needs."""


def months() -> list[Period]:
    """Return the two years, month by month."""
    last = Period.month_of(date(2026, 3, 1))
    return list(Period.between(FIRST, last.end).months())


def after(month: Period) -> str:
    """Return the first day of the next month."""
    year, number = divmod(month.start.year * 12 + month.start.month, 12)
    return date(year, number + 1, 1).isoformat()


class Machine:
    """A machine on which cron runs kpicli, and which can lose its power."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder, self.mailbox = folder, server.mailbox
        self.pid: int | None = None
        settings = f"{SETTINGS}{server.port}\n"
        (folder / "kpicli.toml").write_text(settings, encoding="utf-8")
        self.cron = subprocess.Popen(
            [sys.executable, "-c", CRON],
            cwd=folder,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def kill(self) -> None:
        """Kill the run that is going on, as a loss of power would."""
        if self.pid is not None:
            os.kill(self.pid, signal.SIGKILL)

    def run(self, today: str, *args: str, kill_after: float | None = None) -> int:
        """Run the crontab's line on a day, and look into the journal afterwards."""
        words = ["mail", "--kpi", "voices", "-q", *args]
        day = date.fromisoformat(today)  # no export holds a day that has not come
        rows = [f"V{n},{m.start},損保,感謝,,S1," for n, m in enumerate(months()) if m.start <= day]
        (self.folder / "voices.csv").write_text(voices(*rows), encoding="utf-8")
        self._say({"args": words, "today": today})
        self.pid = int(self._hear())
        timer = Timer(kill_after or 0, self.kill)
        if kill_after is not None:
            timer.start()
        code = int(self._hear())
        timer.cancel()
        timer.join() if kill_after is not None else None
        self.pid = None
        assert code in (0, 7, -signal.SIGKILL), (self.folder / "err").read_text(encoding="utf-8")
        self.look_into_the_journal()
        return code

    def _say(self, order: dict[str, object]) -> None:
        assert self.cron.stdin is not None
        self.cron.stdin.write(f"{json.dumps(order)}\n")
        self.cron.stdin.flush()

    def _hear(self) -> str:
        assert self.cron.stdout is not None
        return self.cron.stdout.readline()

    def switch_off(self) -> None:
        """End cron."""
        with self.cron:
            assert self.cron.stdin is not None
            self.cron.stdin.close()

    def look_into_the_journal(self) -> None:
        """Fail where the journal is corrupt, however the last run ended."""
        if (self.folder / "journal.sqlite3").exists():
            with Journal(self.folder / "journal.sqlite3"):
                pass

    def copies(self) -> Counter[tuple[str, str]]:
        """Return how often each month arrived with each recipient."""
        return Counter(
            (str(each.message["Subject"]).partition("の集計")[0], recipient)
            for each in self.mailbox.delivered
            for recipient in each.recipients
        )

    def arrived(self) -> list[str]:
        """Return the months that arrived with anybody, in the order in which they came."""
        return list(dict.fromkeys(month for month, _ in self.copies()))

    def kept_events(self) -> tuple[Event, ...]:
        """Return the journal's events."""
        with Journal(self.folder / "journal.sqlite3") as journal:
            return journal.events


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """Return a machine beside a running mail server."""
    server = Server(Mailbox())
    server.start()
    running = Machine(tmp_path, server)
    yield running
    running.switch_off()
    server.stop()


def mishaps(picks: random.Random, kill: Callable[[], None]) -> list[Fault]:
    """Return what goes wrong in one run: often nothing, else a fault, or a kill at any stage."""
    stage = picks.choice(("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "END", "END"))
    keep = picks.random() < 0.5
    return [
        [],
        [Fault(stage, "451 later")],
        [Fault(stage, "451 later")] * 4,
        [Fault(stage, "554 never")],
        [Fault(stage, drop=True, keep=keep)],
        [Fault(stage, act=kill, drop=True, keep=keep)],
        [Fault(stage, act=kill, drop=True, keep=keep)],
    ][picks.randrange(7)]


def two_years(machine: Machine, on_doubt: str, seed: int) -> None:
    """Let cron run once a month; then, the troubles being over, until nothing is left to do."""
    picks = random.Random(seed)
    for number, month in enumerate(months()):
        if picks.random() < 0.15:
            continue  # the machine sleeps
        machine.mailbox.faults.clear()
        machine.mailbox.faults.extend(mishaps(picks, machine.kill))
        kill_after = picks.uniform(0, 0.3) if picks.random() < 0.2 else None
        if number in (8, 9, 10):  # at the worst moment, whatever the seed
            machine.mailbox.faults = deque([Fault("END", act=machine.kill, drop=True, keep=True)])
            kill_after = None
        words = ("--period", "last-month", "--catch-up", "--on-doubt", on_doubt)
        machine.run(after(month), *words, kill_after=kill_after)
    machine.mailbox.faults.clear()
    for _ in range(2):
        words = ("--period", "last-month", "--catch-up", "--on-doubt", on_doubt)
        machine.run(after(months()[-1]), *words)


def begun(machine: Machine) -> list[str]:
    """Return the months, from the first that any run got to begin."""
    first = min(event.day for event in machine.kept_events())
    return [month.title for month in months() if month.start >= first]


def standing(machine: Machine, state: str) -> set[tuple[str, str]]:
    """Return month and recipient of whatever stands in that state at last."""
    last = {(Period.month_of(e.day).title, e.recipient): e.state for e in machine.kept_events()}
    return {key for key, found in last.items() if found == state}


def doubtful(machine: Machine) -> set[tuple[str, str]]:
    """Return month and recipient of what was in doubt at any time: handed over, then begun anew."""
    found: set[tuple[str, str]] = set()
    last: dict[tuple[str, str], str] = {}
    for event in machine.kept_events():
        key = (Period.month_of(event.day).title, event.recipient)
        if event.state == "begun" and last.get(key) == "handing over":
            found.add(key)
        last[key] = event.state
    return found | {key for key, state in last.items() if state == "handing over"}


def test_two_years_in_which_doubts_are_sent(machine: Machine) -> None:
    """Every month arrives; only what was in doubt arrives twice; the journal stays whole."""
    two_years(machine, "send", 24)
    copies = machine.copies()
    due = {(month, who) for month in begun(machine) for who in RECIPIENTS}
    assert set(begun(machine)) == set(machine.arrived())
    assert due - set(copies) <= standing(machine, "refused")
    twice = {key for key, number in copies.items() if number > 1}
    assert twice <= doubtful(machine)
    assert twice
    assert len(begun(machine)) > 20


def test_two_years_in_which_doubts_are_skipped(machine: Machine) -> None:
    """Nothing arrives twice, and what did not arrive is in doubt, and told on every run.

    Once somebody has looked who has it, and sends the rest, each has arrived exactly once.
    """
    two_years(machine, "skip", 7)
    copies = machine.copies()
    due = {(month, who) for month in begun(machine) for who in RECIPIENTS}
    missing = due - set(copies)
    assert set(copies.values()) == {1}
    assert missing <= doubtful(machine) | standing(machine, "refused")
    assert doubtful(machine)
    assert machine.run(after(months()[-1]), "--period", "last-month", "--catch-up") == 7
    for month in months():
        for title, who in sorted(missing):
            if title == month.title:
                words = ("--period", month.name, "--to", who, "--on-doubt", "send")
                assert machine.run(after(month), *words) == 0
    assert machine.copies() == Counter(dict.fromkeys(due, 1))


def test_two_years_of_mails_that_a_person_approves(machine: Machine) -> None:
    """Held each month, approved days later, amid faults and kills: none is lost, none comes twice.

    Only what was in doubt may be missing until somebody decides, and then it comes.
    """
    picks = random.Random(11)
    hold = ("--period", "last-month", "--catch-up", "--hold")
    for month in months():
        if picks.random() < 0.15:
            continue  # the machine sleeps
        machine.mailbox.faults.clear()
        machine.run(after(month), *hold, kill_after=picks.choice((None, None, None, 0.1)))
        if picks.random() < 0.25:
            continue  # the person is on leave
        for name in held_names(machine):
            machine.mailbox.faults = deque(mishaps(picks, machine.kill))
            machine.run(after(month), "--approve", name)
    machine.mailbox.faults.clear()
    last = after(months()[-1])
    machine.run(last, *hold)
    for name in held_names(machine):
        assert machine.run(last, "--approve", name, "--on-doubt", "send") == 0
    assert held_names(machine) == []
    copies = machine.copies()
    due = {(month, who) for month in begun(machine) for who in RECIPIENTS}
    assert due - set(copies) <= standing(machine, "refused")
    assert {key for key, number in copies.items() if number > 1} <= doubtful(machine)
    assert len(begun(machine)) > 20


def held_names(machine: Machine) -> list[str]:
    """Return the names of the mails that wait, the oldest month first."""
    return [mail.name for mail, _ in held_mails(machine.folder / "journal-held")]


def test_nothing_slips_through_a_sleep(machine: Machine) -> None:
    """Months that were slept through come with the next run, the oldest first, each once."""
    words = ("--period", "last-month", "--catch-up")
    assert machine.run("2024-11-01", *words) == 0
    assert machine.run("2025-03-01", *words) == 0
    assert machine.run("2025-03-02", *words) == 0
    assert machine.arrived() == [
        "2024年10月",
        "2024年11月",
        "2024年12月",
        "2025年1月",
        "2025年2月",
    ]
    assert set(machine.copies().values()) == {1}


def test_a_trial_is_nobody_elses_month(machine: Machine) -> None:
    """A month sent to somebody on trial still comes to its recipients, after a sleep as well."""
    words = ("--period", "last-month", "--catch-up")
    assert machine.run("2024-11-01", *words) == 0
    assert machine.run("2024-12-01", "--period", "last-month", "--to", "me@example.jp") == 0
    assert machine.run("2025-01-01", *words) == 0
    november = {who for month, who in machine.copies() if month == "2024年11月"}
    assert november == {*RECIPIENTS, "me@example.jp"}
    assert set(machine.copies().values()) == {1}


def test_one_who_fails_for_long_stops_nobody_else(machine: Machine) -> None:
    """A recipient who is put off month after month keeps no month from the others."""
    words = ("--period", "last-month", "--catch-up")
    assert machine.run("2024-11-01", *words) == 0
    machine.mailbox.refused["b@"] = "452 mailbox full"
    assert machine.run("2025-02-01", *words) == 7
    assert machine.run("2025-03-01", *words) == 7
    mine = [month for month, who in machine.copies() if who == "fd@example.co.jp"]
    assert mine == ["2024年10月", "2024年11月", "2024年12月", "2025年1月", "2025年2月"]
    machine.mailbox.refused.clear()
    assert machine.run("2025-03-02", *words) == 0
    assert set(machine.copies().values()) == {1}
    assert len(machine.copies()) == 10


def test_a_month_taken_for_nobody_ends_the_run(machine: Machine) -> None:
    """Where the server takes a month for nobody, later ones wait, so that they come in order."""
    words = ("--period", "last-month", "--catch-up")
    assert machine.run("2024-11-01", *words) == 0
    machine.mailbox.refused |= {"b@": "452 mailbox full", "fd@": "452 mailbox full"}
    assert machine.run("2025-02-01", *words) == 7
    assert {event.start for event in machine.kept_events()} == {"2024-10-01", "2024-11-01"}


def test_a_withheld_month_is_caught_up_with(run_kpicli: Run) -> None:
    """A month without coverage warns the administrator once, and comes when its exports do."""
    mailbox = Mailbox()
    server = Server(mailbox)
    server.start()
    short = SETTINGS.replace("2027-03", "2025-09").replace(
        "[mail.", 'admin = "a@example.jp"\n[mail.'
    )
    files = {"voices.csv": voices("V1,2025/4/1,損保,感謝,,S1,")}
    run = ("mail", "--kpi", "voices", "--period", "2025-10", "--require-coverage", "--catch-up")
    later = ("mail", "--kpi", "voices", "--period", "2025-11", "--require-coverage", "--catch-up")
    try:
        settings = f"{short}{server.port}\n"
        assert run_kpicli({**files, "kpicli.toml": settings}, *run).code == 7
        assert run_kpicli({}, *run).code == 7
        assert [each.recipients for each in mailbox.delivered] == [["a@example.jp"]]
        assert "送っていません" in str(mailbox.delivered[0].message["Subject"])
        full = settings.replace("2025-09", "2025-11")
        assert run_kpicli({"kpicli.toml": full}, *later).code == 0
    finally:
        server.stop()
    subjects = [str(each.message["Subject"]) for each in mailbox.delivered[1:]]
    assert [subject.partition("の")[0] for subject in subjects] == [
        "2025年10月",
        "[途中経過] 2025年11月",
    ]
