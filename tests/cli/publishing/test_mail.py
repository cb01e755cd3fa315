"""`kpicli mail`: what the message says, who may get it, and what is refused."""

from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from kpicli.output.formats import FILE_FORMATS
from support.command_line import PROJECT, SETTINGS, Run, process
from support.mail_runs import DRY, MAIL, body, project, read, sample


def test_the_message(run_kpicli: Run) -> None:
    """Python's email reads every header and both bodies, in Japanese, from ASCII bytes."""
    outcome = run_kpicli(project(), *DRY, "--kpi", "voices")
    assert (outcome.code, outcome.err) == (0, "送信していません\n")
    assert outcome.out.isascii()
    assert max(len(line) for line in outcome.out.splitlines()) <= 78
    message = read(outcome)
    assert str(message["Subject"]) == "2025年9月の集計(顧客本位の業務運営)"
    assert str(message["From"]) == "集計係 <kpi@example.co.jp>"
    assert str(message["To"]) == "推進室長 <fd@example.co.jp>"
    assert str(message["Message-ID"]).endswith("@example.co.jp>")
    assert message["Date"].datetime.utcoffset().total_seconds() == 9 * 3600
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    text = body(message, "plain")
    assert text.splitlines()[:3] == [
        "この期間の目標なし / 要確認0",
        "",
        "2025年9月(2025-09-01 から 2025-09-30 まで)の集計をお送りします。",
    ]
    assert "お客様の声 (原則7も)" in text
    assert "お客様の声 (原則7も)" in body(message, "html")


def test_the_text_body_is_aligned(run_kpicli: Run, tmp_path: Path) -> None:
    """The plain text is the `text` format, in at most 78 cells."""
    config = str(sample(tmp_path))
    outcome = run_kpicli({}, "--config", config, "mail", "--period", "2025H1", "--dry-run")
    text = body(read(outcome), "plain").replace("\r\n", "\n")
    asked = ("--period", "2025H1", "--compare", "previous,year-ago", "--format", "text")
    alone = run_kpicli({}, "--config", config, "summarize", *asked)
    assert text.endswith(alone.text)
    assert max(cell_len(line) for line in text.splitlines()) <= 78


def test_attachments(run_kpicli: Run) -> None:
    """Attachments are what the formats write, under names that every system takes."""
    outcome = run_kpicli(project(), *DRY, "--attach", "xlsx,csv")
    found = {part.get_filename(): part for part in read(outcome).iter_attachments()}
    assert list(found) == ["kpi_2025-09.xlsx", "kpi_2025-09.csv"]
    book = load_workbook(BytesIO(found["kpi_2025-09.xlsx"].get_content()))
    assert book.sheetnames == ["集計表", "データ", "行の内訳"]
    assert found["kpi_2025-09.csv"].get_content().startswith("\ufeffperiod,start,end,kpi,")


@pytest.mark.parametrize("name", ["table", "rows", "odt"])
def test_what_cannot_be_attached(name: str, run_kpicli: Run) -> None:
    """A format that mail does not attach is refused, by the option and by the settings."""
    outcome = run_kpicli(project(), *DRY, "--attach", name)
    assert (outcome.code, outcome.out) == (2, b"")
    assert f"使えるもの: {', '.join(FILE_FORMATS)}\n" in outcome.err
    outcome = run_kpicli(project(f'{MAIL}attach = "{name}"\n'), *DRY)
    assert (outcome.code, outcome.out) == (3, b"")
    assert "attach" in outcome.err


def test_no_section(run_kpicli: Run) -> None:
    """Without a section `[mail]` the least that it takes is shown."""
    outcome = run_kpicli(PROJECT, *DRY)
    assert outcome.code == 3
    assert 'sender = "kpicli <kpi@example.co.jp>"' in outcome.err


def test_a_split_by_persons_is_refused(run_kpicli: Run) -> None:
    """A KPI that the settings split by a personal column cannot go into mail."""
    more = (
        '[codes.names]\nvalues = { "S001" = [], "S002" = [] }\nopen = true\n'
        "[source.voices]\nextends = true\n"
        '[source.voices.columns.staff]\ntype = "code"\ncodes = "names"\n'
        '[kpi.voices]\nextends = true\nparts = { by = "staff" }\n'
    )
    outcome = run_kpicli({**PROJECT, "kpicli.toml": SETTINGS + more + MAIL}, *DRY)
    assert (outcome.code, outcome.out) == (2, b"")
    assert "個人情報の列" in outcome.err


def test_message_file(run_kpicli: Run, tmp_path: Path) -> None:
    """`-o` writes the message for `sendmail -t`: with LF and Bcc; none is sent."""
    files = project(f'{MAIL}bcc = "c@example.jp"\n')
    outcome = run_kpicli(files, "mail", "--period", "2025-09", "-o", "message.eml")
    assert (outcome.code, outcome.out) == (0, b"")
    content = (tmp_path / "message.eml").read_bytes()
    assert b"\r" not in content
    message = message_from_bytes(content, policy=default)
    assert (str(message["To"]), str(message["Bcc"])) == (
        "推進室長 <fd@example.co.jp>",
        "c@example.jp",
    )
    assert run_kpicli(files, "mail", "--period", "2025-09", "-o", "-").out.startswith(b"From: ")
    assert run_kpicli(files, "mail", "--period", "2025-09", "-o", "voices.csv").code == 2


@pytest.mark.parametrize(
    ("today", "month"),
    [
        ("2026-01-01", "2025-12"),
        ("2026-03-01", "2026-02"),
        ("2028-03-01", "2028-02"),
        ("2026-04-01", "2026-03"),
    ],
)
def test_period_words(
    today: str, month: str, run_kpicli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the first of a month `last-month` is the one before, over years and leap days."""
    files = project()
    wide = files["kpicli.toml"].replace("2024-04..2025-09", "2024-04..2028-12")
    outcome = run_kpicli({**files, "kpicli.toml": wide})
    monkeypatch.setenv("KPICLI_TODAY", today)
    outcome = run_kpicli({}, "mail", "--period", "last-month", "--dry-run", "--attach", "csv")
    assert [part.get_filename() for part in read(outcome).iter_attachments()] == [
        f"kpi_{month}.csv"
    ]


def test_light(run_kpicli: Run) -> None:
    """The help of mail, and a refusal, need no mail library, template engine or lock."""
    outcome = process("mail", "--help")
    assert outcome.code == 0
    for option in ("--dry-run", "--on-doubt", "--catch-up", "--require-coverage"):
        assert option in outcome.text
    assert run_kpicli(project(), "mail").code == 2


def test_a_trend_in_the_message(run_kpicli: Run) -> None:
    """Both bodies have the months that lead up to the one that is sent."""
    outcome = run_kpicli(project(), *DRY, "--kpi", "voices", "--trend", "3")
    message = read(outcome)
    assert "2025年7月 0件  2025年8月 0件" in body(message, "plain")
    html = body(message, "html")
    assert [month in html for month in ("2025年6月", "2025年7月", "2025年8月")] == [
        False,
        True,
        True,
    ]
