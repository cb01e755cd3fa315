"""Personal data never leaves: every personal column is marked, and no mark is found outside."""

import sqlite3
from base64 import b64decode
from collections.abc import Mapping
from contextlib import closing
from email.message import Message
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from kpicli.catalog.catalog import Catalog
from kpicli.catalog.read import read_catalog
from kpicli.catalog.sources.source import Source
from support.command_line import Run
from support.mail_server import Mailbox, Server

MARK = "個人印"
SETTINGS = """
[mail]
sender = "kpi@example.co.jp"
to = "fd@example.co.jp"
admin = "admin@example.co.jp"
journal = "journal.sqlite3"
attach = ["xlsx", "csv", "tsv", "json", "markdown", "text"]
[mail.smtp]
host = "127.0.0.1"
security = "none"
"""


def marked(source: Source, catalog: Catalog) -> str:
    """Return an export of a source: good rows, repeated, contradicting and faulty ones.

    Every cell of a personal column holds the mark, and so does one code that is no code.
    """
    columns = list(source.columns.values())
    lines = [",".join(column.headers[0] for column in columns)]
    for number, month in enumerate((8, 8, 9, 9, 9, 9)):
        cells = []
        for name, column in source.columns.items():
            table = catalog.codes_of(source, name)
            if column.personal:
                cells.append(f"{MARK}{name}{min(number, 4)}")
            elif column.type == "date":
                cells.append("2025/9/31" if number == 5 else f"2025/{month}/{number + 1}")
            elif table is not None and not table.open:
                cells.append(f"{MARK}区分" if number == 4 else next(iter(table.values)))
            else:
                cells.append(str(min(number, 4)))
        lines.append(",".join(cells))
    return "\n".join((*lines, lines[-1], ""))


def files(port: int) -> Mapping[str, str]:
    """Return a project of every source, all of them marked."""
    catalog = read_catalog()
    exports = {name: marked(source, catalog) for name, source in catalog.source.items()}
    settings = ["[exports]"]
    for name, source in catalog.source.items():
        holds = 'as_of = "2025-10-01", keeps_ended = true'
        if source.rhythm != "register":
            holds = 'covers = "2025-08..2025-09"'
        settings.append(f'{name} = {{ files = "{name}.csv", {holds} }}')
    text = "\n".join(settings) + SETTINGS + f"port = {port}\n"
    return {"kpicli.toml": text, **{f"{name}.csv": content for name, content in exports.items()}}


def insides(part: Message) -> list[bytes]:
    """Return all that a part says: its headers, its content, and the members of a workbook."""
    found = [str(value).encode() for value in part.values()]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    found.append(content)
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as book:
            found += [book.read(name) for name in book.namelist()]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("period", ["2025-09", "2025-10"])
def test_no_mark_leaves(period: str, run_kpicli: Run, tmp_path: Path) -> None:
    """Subject, bodies, attachments, journal, stdout and stderr hold no cell of a personal column.

    Nor the cell of a fault; also not in the warning where a month is withheld.
    """
    mailbox = Mailbox()
    server = Server(mailbox)
    server.start()
    try:
        args = ("mail", "--period", period, "--compare", "previous,year-ago")
        outcome = run_kpicli(files(server.port), *args)
        warned = run_kpicli({}, *args, "--require-coverage", "--again")
    finally:
        server.stop()
    said = [outcome.out, outcome.err.encode(), warned.out, warned.err.encode()]
    parts = [part for each in mailbox.delivered for part in each.message.walk()]
    said += [text for p in parts if not p.is_multipart() for text in insides(p)]
    said += [each.content for each in mailbox.delivered]
    with closing(sqlite3.connect(tmp_path / "journal.sqlite3")) as base:
        said += [str(row).encode() for row in base.execute("SELECT * FROM event")]
    said.append((tmp_path / "journal.sqlite3").read_bytes())
    assert len(mailbox.delivered) == 2
    # Faults are told by their places, and a month that nothing covers is not sent at all.
    assert ("D1" if period == "2025-09" else "どの項目にもデータがありません") in outcome.err
    sent = "お客様の声" if period == "2025-09" else "集計メールを送りませんでした"
    assert any(sent.encode() in text for text in said)
    assert [text for text in said if MARK.encode() in text] == []


def test_the_mark_would_be_found(run_kpicli: Run) -> None:
    """The marks are in the exports, and what may show them does: this test looks rightly."""
    project = files(1)
    shown = run_kpicli(project, "summarize", "--period", "2025-09", "--show-values", "-f", "json")
    assert MARK in shown.text
    by = ("--by", "staff", "--show-personal", "--kpi", "voices")
    assert MARK in run_kpicli({}, "summarize", "--period", "2025-09", *by).text
    assert b64decode(b"5YCL5Lq65Y2w").decode() == MARK
