"""A server can neither hold a conversation longer than it may, nor fill the memory."""

import smtplib
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest

from kpicli.mail.settings import SmtpSettings
from kpicli.mail.smtp.connection import (
    ANSWER_BYTES,
    CONVERSATION_TIMEOUTS,
    BoundedSmtp,
    OutOfBounds,
)
from kpicli.mail.smtp.conversation import Envelope, Failed, Reply, converse

SECONDS = 0.4
"""The time of an answer in these tests."""
ENVELOPE = Envelope("kpi@example.co.jp", ("fd@example.co.jp",), b"Subject: x\r\n\r\nx\r\n")

Talk = Callable[[socket.socket], None]


@contextmanager
def server(**answers: Talk) -> Iterator[int]:
    """Give the port of a server that answers `250 ok`, but to some commands as it is told to.

    `GREETING` and `END` (of the message) are answered likewise.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=_serve, args=(listening, answers), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
    thread.join(10)
    assert not thread.is_alive()


def _serve(listening: socket.socket, answers: dict[str, Talk]) -> None:
    with suppress(OSError):  # whoever called has had enough
        line, _ = listening.accept()
        with line, line.makefile("rb") as said:
            answers.get("GREETING", says(b"220 hello\r\n"))(line)
            for command in said:
                word = command[:4].decode().strip().upper()
                usual = {"DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}.get(word, b"250 ok\r\n")
                answers.get(word, says(usual))(line)
                if word == "QUIT":
                    return
                if word == "DATA":
                    while said.readline() not in (b".\r\n", b""):
                        pass
                    answers.get("END", says(b"250 taken\r\n"))(line)


def says(words: bytes) -> Talk:
    """Return what says these words at once."""
    return lambda line: line.sendall(words)


def byte_by_byte(line: socket.socket) -> None:
    """Send a long answer slowly: each byte comes long before the time of an answer is over."""
    for byte in b"250-" + b"x" * 400 + b"\r\n250 ok\r\n":
        line.sendall(bytes([byte]))
        time.sleep(SECONDS / 20)


def without_end(line: socket.socket) -> None:
    """Send lines of an answer that never ends."""
    while True:
        line.sendall(b"250-and so on\r\n" * 1000)


def conversation(port: int) -> dict[str, Reply]:
    """Return the replies of a conversation with the server at a port."""
    settings = SmtpSettings(host="127.0.0.1", port=port, security="none", timeout=SECONDS)
    return dict(converse(settings, None, ENVELOPE, lambda _: None))


@pytest.mark.parametrize(
    ("talk", "words"),
    [
        (byte_by_byte, "the server has not ended its answer within 0.4 seconds"),
        (without_end, "the server's answer is longer than 64 KiB"),
    ],
)
@pytest.mark.parametrize("stage", ["GREETING", "EHLO", "MAIL", "RCPT", "DATA", "END", "QUIT"])
def test_an_answer_is_bounded(stage: str, talk: Talk, words: str) -> None:
    """Whichever answer is too slow or too long ends the conversation soon, with its cause.

    Before the end of the message nobody can have it; after it, it is in doubt; once the server has
    taken it, nothing that comes later matters.
    """
    begun = time.monotonic()
    with server(**{stage: talk}) as port:
        if stage == "QUIT":
            assert conversation(port)["fd@example.co.jp"].accepted
        elif stage == "END":
            reply = conversation(port)["fd@example.co.jp"]
            assert (reply.doubtful, reply.words.en) == (True, words)
        else:
            with pytest.raises(Failed) as failed:
                conversation(port)
            assert (failed.value.reply.code, failed.value.reply.words.en) == (0, words)
    assert time.monotonic() - begun < CONVERSATION_TIMEOUTS * SECONDS + 1


def test_a_conversation_is_bounded() -> None:
    """Answers that are each in time, but too many, do not hold a conversation for long."""

    def slowly(line: socket.socket) -> None:
        time.sleep(SECONDS * 0.9)
        line.sendall(b"250 ok\r\n")

    begun = time.monotonic()
    with server(NOOP=slowly) as port:
        connection = BoundedSmtp("127.0.0.1", port, SECONDS)
        with pytest.raises(OutOfBounds):
            deque(connection.noop() for _ in range(100))
    assert time.monotonic() - begun < CONVERSATION_TIMEOUTS * SECONDS + 1


def test_the_last_answer_has_its_full_time() -> None:
    """However long a conversation has gone on, the answer to the message is not cut short."""
    with server() as port:
        connection = BoundedSmtp("127.0.0.1", port, SECONDS)
        connection.allow_last_answers()
        time.sleep(CONVERSATION_TIMEOUTS * SECONDS)
        assert connection.noop() == (250, b"ok")
        connection.quit()


@pytest.mark.parametrize("lines", [1, 100, ANSWER_BYTES // 15 - 1])
def test_long_answers_that_are_in_bounds(lines: int) -> None:
    """What a server may well say is read whole, line by line."""
    answer = b"250-and so on\r\n" * lines + b"250 ok\r\n"
    with server(NOOP=says(answer)) as port:
        connection = BoundedSmtp("127.0.0.1", port, 10)
        assert connection.noop() == (250, b"\n".join([*[b"and so on"] * lines, b"ok"]))
        assert connection.noop()[0] == 250
        connection.quit()


def test_a_line_of_an_answer_that_is_too_long() -> None:
    """A line beyond what smtplib takes is refused as by smtplib."""
    with server(NOOP=says(b"250 " + b"x" * 9000 + b"\r\n")) as port:
        connection = BoundedSmtp("127.0.0.1", port, 10)
        with pytest.raises(smtplib.SMTPResponseException, match="Line too long"):
            connection.noop()


def test_an_answer_that_comes_before_it_is_asked_for() -> None:
    """An answer sent along with the one to DATA is not taken for that to the whole message."""
    with server(DATA=says(b"354 go on\r\n250 taken\r\n")) as port, pytest.raises(Failed) as failed:
        conversation(port)
    assert failed.value.reply.words.en == "the server spoke amid the message"
