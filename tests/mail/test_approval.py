"""Hold, look, approve: what was looked at is sent, once."""

import pathlib
import re
from collections.abc import Mapping

import pytest

from support.command_line import PROJECT, Run, voices
from support.mail_deliveries import HEAD, OPEN, Serve, project
from support.mail_runs import body
from support.mail_server import Fault, Mailbox

HOLD = ("mail", "--period", "2025-09", "--kpi", "voices", "--hold")
OTHER: Mapping[str, str] = {
    "voices.csv": voices("V1,2025/9/1,損保,感謝,,,", "V2,2025/9/2,生保,不満,,,")
}


def digest_of(said: str) -> str:
    """Return the digest that the messages tell to approve."""
    named = re.search(r"--approve ([0-9a-f]+)", said)
    assert named is not None
    return named[1]


def test_exactly_what_was_held_is_sent_once(
    run_kpicli: Run, mailbox: Mailbox, serve: Serve
) -> None:
    """Though the exports have changed since; a second approval finds nothing left."""
    server = serve(mailbox)
    held = run_kpicli(project(server.port, OPEN), *HOLD)
    assert (held.code, mailbox.delivered) == (0, [])
    assert "宛先: fd@example.co.jp" in held.err
    name = digest_of(held.err)
    sent = run_kpicli(OTHER, "mail", "--approve", name)
    assert sent.code == 0, sent.err
    (delivered,) = mailbox.delivered
    assert re.search(r"\nお客様の声 .*\s0件\r\n", body(delivered.message, "plain"))
    assert run_kpicli({}, "mail", "--approve", name).code == 2
    assert len(mailbox.delivered) == 1


def test_the_bytes_are_those_of_the_file(run_kpicli: Run, mailbox: Mailbox, serve: Serve) -> None:
    """What a person opened in a mail program is what arrives."""
    server = serve(mailbox)
    held = run_kpicli(project(server.port, OPEN), *HOLD)
    file = re.search(r"\((\S+\.eml)\)", held.err)
    assert file is not None
    with pathlib.Path(file[1]).open("rb") as opened:
        content = opened.read()
    assert run_kpicli({}, "mail", "--approve", digest_of(held.err)).code == 0
    assert mailbox.delivered[0].content == content


def test_a_failure_leaves_it_held(run_kpicli: Run, mailbox: Mailbox, serve: Serve) -> None:
    """It can be approved again; who has it already does not get it twice."""
    server = serve(mailbox)
    held = run_kpicli(
        {
            k: v.replace("attempts = 3", "attempts = 1")
            for k, v in project(server.port, OPEN).items()
        },
        *HOLD,
    )
    name = digest_of(held.err)
    mailbox.faults.append(Fault("MAIL", "451 later"))
    assert run_kpicli({}, "mail", "--approve", name).code == 7
    assert run_kpicli({}, "mail", "--approve", name).code == 0
    assert len(mailbox.delivered) == 1


def test_a_mail_in_doubt_stays_in_doubt(run_kpicli: Run, mailbox: Mailbox, serve: Serve) -> None:
    """A line that breaks at the end is told, and only --on-doubt send sends again."""
    server = serve(mailbox)
    held = run_kpicli(project(server.port, OPEN), *HOLD)
    name = digest_of(held.err)
    mailbox.faults.append(Fault("END", drop=True, keep=True))
    assert run_kpicli({}, "mail", "--approve", name).code == 7
    again = run_kpicli({}, "mail", "--approve", name)
    assert (again.code, len(mailbox.delivered)) == (7, 1)
    assert "--on-doubt send" in again.err
    assert run_kpicli({}, "mail", "--approve", name, "--on-doubt", "send").code == 0
    assert len(mailbox.delivered) == 2


def test_figures_sent_meanwhile_overtake_it(
    run_kpicli: Run, mailbox: Mailbox, serve: Serve
) -> None:
    """An older mail after a newer one would be read as the news."""
    server = serve(mailbox)
    held = run_kpicli(project(server.port, OPEN), *HOLD)
    assert run_kpicli(OTHER, *HOLD[:-1]).code == 0
    late = run_kpicli({}, "mail", "--approve", digest_of(held.err))
    assert late.code == 4
    assert "後から別の数値が送られています" in late.err
    assert len(mailbox.delivered) == 1


def test_what_everybody_has_is_not_held(run_kpicli: Run, mailbox: Mailbox, serve: Serve) -> None:
    """The same figures were sent: there is nothing to approve."""
    server = serve(mailbox)
    assert run_kpicli(project(server.port, OPEN), *HOLD[:-1]).code == 0
    held = run_kpicli({}, *HOLD)
    assert (held.code, "送信済みです" in held.err) == (0, True)
    assert "--approve" not in held.err


def test_a_month_that_nothing_covers_is_not_held(
    run_kpicli: Run, mailbox: Mailbox, serve: Serve
) -> None:
    """As it would not be sent."""
    server = serve(mailbox)
    held = run_kpicli(project(server.port, OPEN), "mail", "--period", "2026-01", "--hold")
    assert held.code == 7
    assert "どの項目にもデータがありません" in held.err


@pytest.mark.parametrize(
    "words", [("--hold", "--dry-run"), ("--test", "--approve", "a"), ("--preview", "--hold")]
)
def test_ways_that_exclude_each_other(run_kpicli: Run, words: tuple[str, ...]) -> None:
    """They are refused together."""
    outcome = run_kpicli({**PROJECT, "kpicli.toml": PROJECT["kpicli.toml"] + HEAD}, "mail", *words)
    assert outcome.code == 2
    assert "一緒に使えません" in outcome.err
