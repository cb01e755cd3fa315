"""Mail is handed over safely, and every way to fail is told."""

import datetime
import ssl
from pathlib import Path

import pytest
import trustme

from support.command_line import Run
from support.mail_deliveries import OPEN, SEPTEMBER, Serve, project, states
from support.mail_server import PASSWORD, STAGES, USER, Fault, Mailbox, deaf_port


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Return an authority that signs the certificates of the tests."""
    return trustme.CA()


def context_of(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """Return what a server shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage not in ("STARTTLS", "AUTH")])
@pytest.mark.parametrize("how", ["451 later", "drop", "hang"])
def test_a_temporary_failure(
    stage: str, how: str, run_kpicli: Run, serve: Serve, tmp_path: Path
) -> None:
    """Whatever fails for now, at whatever stage, is tried again, and the mail arrives once.

    But for a message handed over without a reply: nobody knows, and so nothing is sent again. A
    server that goes while it takes a message may already have been sent all of it.
    """
    fault = (
        Fault(stage, how) if how.startswith("4") else Fault(stage, drop=True, hang=how == "hang")
    )
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    if fault.hang:
        hasty = files["kpicli.toml"].replace("timeout = 20", "timeout = 0.6")
        files = {**files, "kpicli.toml": hasty}
    mailbox.faults.append(fault)
    outcome = run_kpicli(files, *SEPTEMBER)
    unanswered = not fault.reply and stage in ("DATA", "END")
    if unanswered and (stage == "END" or fault.hang or outcome.code):
        assert (outcome.code, mailbox.conversations, len(mailbox.delivered)) == (7, 1, 0)
        assert "届いたか分かりません" in outcome.err
        assert states(tmp_path)[-1][1] == "handing over"
        return
    assert (outcome.code, mailbox.conversations, len(mailbox.delivered)) == (0, 2, 1)
    assert states(tmp_path)[-1][1] == "sent"


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage not in ("STARTTLS", "AUTH")])
def test_a_permanent_failure(stage: str, run_kpicli: Run, serve: Serve, tmp_path: Path) -> None:
    """What is refused for good, at whatever stage, is not tried again: exit 7, with the reply."""
    mailbox = Mailbox()
    files = project(serve(mailbox).port, OPEN)
    mailbox.faults.append(Fault(stage, "554 never"))
    outcome = run_kpicli(files, *SEPTEMBER)
    assert (outcome.code, mailbox.conversations, mailbox.delivered) == (7, 1, [])
    assert "fd@example.co.jp" in outcome.err
    assert "554 never" in outcome.err
    assert states(tmp_path)[-1][1] in ("failed", "refused")


def test_nobody_listens(run_kpicli: Run, tmp_path: Path) -> None:
    """A refused connection is tried as often as the settings say, then exit 7."""
    with deaf_port() as port:
        outcome = run_kpicli(project(port, OPEN), *SEPTEMBER)
    assert outcome.code == 7
    assert "送れませんでした" in outcome.err
    assert [state for _, state in states(tmp_path)] == ["begun", "failed"] * 3


# aiosmtpd sees no TLS where it speaks it from the first byte
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
@pytest.mark.parametrize("at_once", [False, True], ids=["starttls", "tls"])
def test_tls_and_password(
    at_once: bool, run_kpicli: Run, serve: Serve, authority: trustme.CA, tmp_path: Path
) -> None:
    """With a certificate that holds, the password from a file of mode 0600 opens the server."""
    mailbox = Mailbox()
    context = context_of(authority.issue_cert("127.0.0.1"))
    server = serve(mailbox, context, at_once=at_once, login=True)
    files = project(server.port, *_secure(at_once), 'password_file = "secret"')
    _write_secret(tmp_path, authority)
    outcome = run_kpicli(files, *SEPTEMBER)
    assert (outcome.code, len(mailbox.delivered)) == (0, 1)


def _secure(at_once: bool = False) -> tuple[str, ...]:
    kind = "tls" if at_once else "starttls"
    return (f'security = "{kind}"', 'ca_file = "ca.pem"', f'user = "{USER}"')


def _write_secret(folder: Path, authority: trustme.CA, secret: str = PASSWORD) -> None:
    authority.cert_pem.write_to_path(folder / "ca.pem")
    (folder / "secret").write_text(f"{secret}\n", encoding="ascii")
    (folder / "secret").chmod(0o600)


@pytest.mark.parametrize("stage", ["STARTTLS", "AUTH"])
@pytest.mark.parametrize(("reply", "code"), [("454 later", 0), ("554 never", 7)])
def test_a_failure_of_tls_or_password(
    stage: str,
    reply: str,
    code: int,
    run_kpicli: Run,
    serve: Serve,
    authority: trustme.CA,
    tmp_path: Path,
) -> None:
    """A server that cannot turn to TLS or take the password for now is tried again."""
    mailbox = Mailbox()
    server = serve(mailbox, context_of(authority.issue_cert("127.0.0.1")), login=True)
    mailbox.faults += [Fault(stage, reply)] * (2 if stage == "AUTH" else 1)  # LOGIN after PLAIN
    _write_secret(tmp_path, authority)
    files = project(server.port, *_secure(), 'password_file = "secret"')
    outcome = run_kpicli(files, *SEPTEMBER)
    assert (outcome.code, len(mailbox.delivered)) == (code, 1 if code == 0 else 0)


def test_a_wrong_password(
    run_kpicli: Run, serve: Serve, authority: trustme.CA, tmp_path: Path
) -> None:
    """A wrong password is not tried again, and never shown."""
    mailbox = Mailbox()
    server = serve(mailbox, context_of(authority.issue_cert("127.0.0.1")), login=True)
    _write_secret(tmp_path, authority, "battery staple")
    files = project(server.port, *_secure(), 'password_file = "secret"')
    outcome = run_kpicli(files, *SEPTEMBER)
    assert (outcome.code, mailbox.conversations, mailbox.delivered) == (7, 1, [])
    assert "535" in outcome.err
    assert "battery" not in outcome.err


@pytest.mark.parametrize("case", ["expired", "wrong host", "unknown authority", "no TLS at all"])
def test_a_bad_certificate(
    case: str, run_kpicli: Run, serve: Serve, authority: trustme.CA, tmp_path: Path
) -> None:
    """What cannot be trusted ends it at once, before password and message; `verify` is on."""
    issuer = trustme.CA() if case == "unknown authority" else authority
    name = "other.example.jp" if case == "wrong host" else "127.0.0.1"
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC) if case == "expired" else None
    mailbox = Mailbox()
    context = (
        None if case == "no TLS at all" else context_of(issuer.issue_cert(name, not_after=past))
    )
    server = serve(mailbox, context)
    _write_secret(tmp_path, authority)
    files = project(server.port, *_secure(), 'password_file = "secret"')
    outcome = run_kpicli(files, *SEPTEMBER)
    assert (outcome.code, mailbox.conversations, mailbox.delivered) == (7, 1, [])
    if case != "no TLS at all":
        assert "certificate verify failed" in outcome.err


def test_an_untrusted_certificate_by_choice(
    run_kpicli: Run, serve: Serve, authority: trustme.CA
) -> None:
    """`verify = false` takes any certificate."""
    mailbox = Mailbox()
    server = serve(mailbox, context_of(authority.issue_cert("other.example.jp")))
    assert run_kpicli(project(server.port, "verify = false"), *SEPTEMBER).code == 0
    assert len(mailbox.delivered) == 1
