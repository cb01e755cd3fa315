"""Dry runs of `kpicli mail`, and what their message says."""

from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from support.command_line import PROJECT, SETTINGS, Outcome
from support.root import ROOT

DRY = ("mail", "--period", "2025-09", "--dry-run")
MAIL = '[mail]\nsender = "集計係 <kpi@example.co.jp>"\nto = ["推進室長 <fd@example.co.jp>"]\n'


def project(mail: str = MAIL, **files: str) -> Mapping[str, str]:
    """Return the project with a section `[mail]`."""
    return {**PROJECT, **files, "kpicli.toml": SETTINGS + mail}


def read(outcome: Outcome) -> EmailMessage:
    """Return the message on stdout, as Python's library reads it."""
    return message_from_bytes(outcome.out, policy=default)


def body(message: EmailMessage, kind: str) -> str:
    """Return the text of one of the two bodies."""
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def sample(tmp_path: Path, more: str = "") -> Path:
    """Return the settings of the sample project with a section `[mail]`."""
    text = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    text = text.replace('"sample_data/', f'"{ROOT}/sample_data/') + MAIL + more
    (tmp_path / "kpicli.toml").write_text(text, encoding="utf-8")
    return tmp_path / "kpicli.toml"
