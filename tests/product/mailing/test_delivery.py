"""`kpicli mail` against a real server that fails in every way that servers do."""

from pathlib import Path

import pytest

from support.command_line import PROJECT, Run, shell
from support.mail_deliveries import OPEN, SEPTEMBER, Serve, project, states
from support.mail_server import Fault, Mailbox


def test_sent_once(run_kpicli: Run, serve: Serve, tmp_path: Path) -> None:
    """A mail arrives, is journaled before and after, and a second run does nothing, exit 0."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    outcome = run_kpicli(files, *SEPTEMBER)
    assert (outcome.code, outcome.out) == (0, b"")
    assert outcome.err.startswith("2025年9月: 送信しました(1 件)\n")
    assert [each.recipients for each in mailbox.delivered] == [["fd@example.co.jp"]]
    assert [state for _, state in states(tmp_path)] == ["begun", "handing over", "sent"]
    again = run_kpicli(files, *SEPTEMBER)
    assert (again.code, again.out) == (0, b"")
    assert "送信済みです(1 件)。何もしません(--again で再送)" in again.err
    assert len(mailbox.delivered) == 1
    assert run_kpicli(files, *SEPTEMBER, "-q").err == ""
    assert run_kpicli(files, *SEPTEMBER, "--again", "-q").code == 0
    first, second = (each.message for each in mailbox.delivered)
    assert first["Message-ID"] != second["Message-ID"]


def test_the_journal_is_its_owners(run_kpicli: Run, serve: Serve, tmp_path: Path) -> None:
    """The journal holds addresses, so nobody but its owner can read it."""
    run_kpicli(project(serve(Mailbox()).port, OPEN), *SEPTEMBER)
    assert (tmp_path / "journal.sqlite3").stat().st_mode & 0o077 == 0


def test_other_figures_are_another_mail(run_kpicli: Run, serve: Serve) -> None:
    """Figures that change after a mail are sent, as a revision."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    run_kpicli(files, *SEPTEMBER)
    late = PROJECT["voices.csv"] + "V9,2025/9/3,損保,感謝,,S001,\n"
    assert run_kpicli({**files, "voices.csv": late}, *SEPTEMBER).code == 0
    subjects = [each.message["Subject"] for each in mailbox.delivered]
    assert ["訂正" in subject for subject in subjects] == [False, True]


def test_figures_that_go_back_are_corrected(run_kpicli: Run, serve: Serve) -> None:
    """Who was sent other figures last gets the earlier ones again, as a correction, once."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    late = {**files, "voices.csv": PROJECT["voices.csv"] + "V9,2025/9/3,損保,感謝,,S001,\n"}
    for each in (files, late, files, files):
        assert run_kpicli(each, *SEPTEMBER).code == 0
    subjects = [str(each.message["Subject"]) for each in mailbox.delivered]
    assert ["訂正" in subject for subject in subjects] == [False, True, True]
    assert len({each.message["Message-ID"] for each in mailbox.delivered}) == 3


def test_a_doubt_ends_with_other_figures(run_kpicli: Run, serve: Serve) -> None:
    """Who was sent other figures after a doubt is told of it when they go back."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    late = {**files, "voices.csv": PROJECT["voices.csv"] + "V9,2025/9/3,損保,感謝,,S001,\n"}
    mailbox.faults.append(Fault("END", drop=True))
    assert [run_kpicli(each, *SEPTEMBER).code for each in (files, late, files)] == [7, 0, 0]
    assert len(mailbox.delivered) == 2


def test_stdout_holds_one_message(run_kpicli: Run, serve: Serve) -> None:
    """With -o - several months that are due are refused and named; one is written."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    run_kpicli(files, "mail", "--period", "2025-06")
    catching_up = ("mail", "--catch-up", "-o", "-", "--period")
    outcome = run_kpicli(files, *catching_up, "2025-09")
    assert (outcome.code, outcome.out) == (2, b"")
    assert "2025-07, 2025-08, 2025-09" in outcome.err
    outcome = run_kpicli(files, *catching_up, "2025-07")
    assert (outcome.code, outcome.out.count(b"Message-ID: ")) == (0, 1)


@pytest.mark.parametrize("config", ["link/kpicli.toml", "other/../kpicli.toml", "kpicli.toml"])
def test_the_same_settings_by_another_path(
    config: str, run_kpicli: Run, serve: Serve, tmp_path: Path
) -> None:
    """The same settings file, come to by a link or another folder, asks for the same mail."""
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "other").mkdir()
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    for words in ((), ("--config", config)):
        assert run_kpicli(files, *words, *SEPTEMBER).code == 0
    assert len(mailbox.delivered) == 1


def test_another_period_is_no_correction(run_kpicli: Run, serve: Serve) -> None:
    """A half that begins with a month that was sent does not correct it."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    run_kpicli(files, "mail", "--period", "2025-04")
    assert run_kpicli(files, "mail", "--period", "2025H1").code == 0
    subjects = [each.message["Subject"] for each in mailbox.delivered]
    assert ["訂正" in subject for subject in subjects] == [False, False]


def test_a_month_is_not_sent_by_a_half(run_kpicli: Run, serve: Serve) -> None:
    """A month that failed is caught up with, though a half that begins with it was sent."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    mailbox.faults.append(Fault("MAIL", "550 not today"))
    assert run_kpicli(files, "mail", "--period", "2025-04").code == 7
    assert run_kpicli(files, "mail", "--period", "2025H1").code == 0
    assert run_kpicli(files, "mail", "--period", "2025-05", "--catch-up").code == 0
    subjects = [str(each.message["Subject"]) for each in mailbox.delivered]
    months = ("上期", "年4月", "年5月")
    assert [month in subject for month, subject in zip(months, subjects, strict=True)] == [True] * 3


def test_another_recipient_gets_it_alone(run_kpicli: Run, serve: Serve) -> None:
    """Who is added later gets the mail, and the others do not get it twice."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    run_kpicli(files, *SEPTEMBER)
    more = files["kpicli.toml"].replace(
        '"fd@example.co.jp"]', '"fd@Example.CO.JP", "b@example.jp"]'
    )
    assert run_kpicli({**files, "kpicli.toml": more}, *SEPTEMBER).code == 0
    assert [each.recipients for each in mailbox.delivered][1] == ["b@example.jp"]


@pytest.mark.parametrize("to", [[""], [" "], [","], ["b@example.jp", ""]])
def test_an_empty_to_reaches_nobody(to: list[str], run_kpicli: Run, serve: Serve) -> None:
    """An empty --to, as of a variable that is not set, is refused and not taken for no --to."""
    mailbox = Mailbox()
    words = [word for value in to for word in ("--to", value)]
    outcome = run_kpicli(project(serve(mailbox).port, OPEN), *SEPTEMBER, *words)
    assert (outcome.code, mailbox.conversations) == (2, 0)
    assert "--to に空の名前があります" in outcome.err


@pytest.mark.parametrize(("on_doubt", "copies", "code"), [("skip", 1, 7), ("send", 2, 0)])
def test_doubt(on_doubt: str, copies: int, code: int, run_kpicli: Run, serve: Serve) -> None:
    """A mail that arrived without a reply comes twice only where the user chose `send`.

    The second copy has the id of the first, by which many mailboxes know it.
    """
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    mailbox.faults.append(Fault("END", drop=True, keep=True))
    assert run_kpicli(files, *SEPTEMBER).code == 7
    outcome = run_kpicli(files, *SEPTEMBER, "--on-doubt", on_doubt)
    assert (outcome.code, len(mailbox.delivered)) == (code, copies)
    assert len({each.message["Message-ID"] for each in mailbox.delivered}) == 1
    assert ("--on-doubt send" in outcome.err) is (on_doubt == "skip")


def test_a_doubt_stays_one(run_kpicli: Run, serve: Serve) -> None:
    """A try to send what is in doubt that fails leaves the doubt: nothing is sent by skip."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    mailbox.faults.append(Fault("END", drop=True, keep=True))
    run_kpicli(files, *SEPTEMBER)
    mailbox.faults.append(Fault("MAIL", "550 not today"))
    assert run_kpicli(files, *SEPTEMBER, "--on-doubt", "send").code == 7
    assert run_kpicli(files, *SEPTEMBER).code == 7
    assert len(mailbox.delivered) == 1


def test_some_are_refused(run_kpicli: Run, serve: Serve, tmp_path: Path) -> None:
    """Where one recipient is refused the others get the mail; exit 7 names the one, and why."""
    mailbox = Mailbox(refused={"gone@": "550 no such user", "full@": "452 mailbox full"})
    files = project(serve(mailbox).port, OPEN)
    to = ("--to", "gone@example.co.jp,fd@example.co.jp,full@example.co.jp")
    outcome = run_kpicli(files, *SEPTEMBER, *to)
    assert outcome.code == 7
    assert [each.recipients for each in mailbox.delivered] == [["fd@example.co.jp"]]
    assert "gone@example.co.jp: 受け取りを拒まれました: 550 no such user" in outcome.err
    assert "full@example.co.jp: 送れませんでした: 452 mailbox full" in outcome.err
    assert dict(states(tmp_path)) == {
        "gone@example.co.jp": "refused",
        "fd@example.co.jp": "sent",
        "full@example.co.jp": "failed",
    }
    mailbox.refused.clear()
    assert run_kpicli(files, *SEPTEMBER, *to).code == 0
    assert mailbox.delivered[1].recipients == ["gone@example.co.jp", "full@example.co.jp"]


def test_two_runs_at_once(run_kpicli: Run, serve: Serve, tmp_path: Path) -> None:
    """While another run has the journal, this one waits as long as it may, then leaves: exit 7."""
    from filelock import FileLock

    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    with FileLock(tmp_path / "journal.sqlite3.lock"):
        outcome = run_kpicli(files, *SEPTEMBER)
    assert (outcome.code, mailbox.delivered) == (7, [])
    assert "別の kpicli mail が動いています(0.2 秒待ちました)" in outcome.err
    assert run_kpicli(files, *SEPTEMBER).code == 0


def test_a_disk_that_fills_up(serve: Serve, tmp_path: Path) -> None:
    """However far a mail came when the disk is full, nobody is told to rename the journal."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    told = []
    for _ in range(30):
        outcome = shell(f"ulimit -f 12; kpicli {' '.join(SEPTEMBER)} --again -q", folder=tmp_path)
        told.append(outcome)
        if outcome.code:
            break
    assert told[-1].code == 7
    assert "書けません" in told[-1].err
    assert "壊れています" not in told[-1].err
    assert "名前や場所は変えないで" in told[-1].err


@pytest.mark.parametrize("content", [b"", b"not a journal at all" * 300])
def test_a_garbled_journal(content: bytes, run_kpicli: Run, serve: Serve, tmp_path: Path) -> None:
    """With a journal that is damaged nothing is sent; what to do is told, and it stays as it is."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    (tmp_path / "journal.sqlite3").write_bytes(content)
    outcome = run_kpicli(files, *SEPTEMBER)
    assert (outcome.code, mailbox.conversations) == (7, 0)
    assert "壊れています" in outcome.err
    assert "別の名前に変え、journal.sqlite3.last を消してください" in outcome.err
    assert (tmp_path / "journal.sqlite3").read_bytes() == content


def test_a_pause_before_another_attempt_is_told(run_kpicli: Run, serve: Serve) -> None:
    """Why, how long, and how many attempts there are, so that nobody takes it for hanging."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    mailbox.faults.append(Fault("MAIL", "451 later"))
    outcome = run_kpicli(files, *SEPTEMBER)
    assert outcome.code == 0
    waiting = "送れませんでした(451 later)。0 秒後にもう一度試します(2/3 回目)\n"
    assert outcome.err.startswith(waiting)


def test_the_server_is_tried_out(run_kpicli: Run, serve: Serve, tmp_path: Path) -> None:
    """--test connects and leaves again; no message, no journal; a failure has a hint."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    outcome = run_kpicli(files, "mail", "--test")
    assert (outcome.code, outcome.out) == (0, b"")
    assert "つながりました" in outcome.err
    assert (mailbox.conversations, mailbox.delivered) == (1, [])
    assert not (tmp_path / "journal.sqlite3").exists()
    refused = run_kpicli(project(serve(Mailbox()).port), "mail", "--test")
    assert refused.code == 7
    assert "STARTTLS を使いません" in refused.err
    assert 'security = "none"' in refused.err


def test_a_preview_is_the_mail_as_it_is_read(run_kpicli: Run, tmp_path: Path) -> None:
    """Decoded headers and the text; nothing is sent or recorded."""
    outcome = run_kpicli(project(1, OPEN), *SEPTEMBER, "--kpi", "voices", "--preview")
    assert outcome.code == 0
    lines = outcome.text.splitlines()
    assert lines[:3] == [
        "From: kpi@example.co.jp",
        "To: fd@example.co.jp",
        "Subject: 2025年9月の集計(顧客本位の業務運営)",
    ]
    assert lines[4] == "この期間の目標なし / 要確認0"
    assert not (tmp_path / "journal.sqlite3").exists()
