"""`kpicli mail`: what the message says, who may get it, and what is refused."""

from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from kpicli.output.formats import FILE_FORMATS
from support.command_line import PROJECT, SETTINGS, Outcome, Run, process, voices
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
    assert text.startswith("2025年9月(2025-09-01 から 2025-09-30 まで)の集計をお送りします。")
    assert "お客様の声 (原則7も)" in text
    assert "お客様の声 (原則7も)" in body(message, "html")


def test_the_text_body_is_aligned(run_kpicli: Run, tmp_path: Path) -> None:
    """The plain text is the `text` format, in at most 78 cells."""
    config = str(sample(tmp_path))
    outcome = run_kpicli({}, "--config", config, "mail", "--period", "2025H1", "--dry-run")
    text = body(read(outcome), "plain").replace("\r\n", "\n")
    alone = run_kpicli(
        {}, "--config", config, "summarize", "--period", "2025H1", "--format", "text"
    )
    assert text.endswith(alone.text)
    assert max(cell_len(line) for line in text.splitlines()) <= 78


def test_html_stays_below_the_clip(run_kpicli: Run, tmp_path: Path) -> None:
    """With every KPI and both comparisons the HTML stays far below the 102 KB that Gmail clips."""
    args = ("mail", "--period", "2025H1", "--compare", "previous,last-year", "--dry-run")
    html = body(read(run_kpicli({}, "--config", str(sample(tmp_path)), *args)), "html")
    assert 5_000 < len(html.encode()) < 60_000
    assert "前年同期" in html
    for word in ("<script", "<style", "<img", "<link", "http", "position:", "float:", "flex"):
        assert word not in html


def test_html_that_grows_is_cut_and_says_so(run_kpicli: Run) -> None:
    """However many parts there are, the HTML stays below 102 KB, and the text has them all."""
    rows = [f"V{n},2025/9/2,損保,感謝,損保-{n}課,S1," for n in range(3000)]
    more = '[kpi.voices]\nparts = { by = "team" }\n'
    files = project(MAIL, **{"voices.csv": voices(*rows)})
    files = {**files, "kpicli.toml": SETTINGS + more + MAIL}
    message = read(run_kpicli(files, *DRY, "--kpi", "voices"))
    html = body(message, "html")
    assert len(html.encode()) < 102_000
    assert "続きは本文のテキスト版にあります" in html
    assert "損保-2999課" in body(message, "plain")


def test_attachments(run_kpicli: Run) -> None:
    """Attachments are what the formats write, under names that every system takes."""
    outcome = run_kpicli(project(), *DRY, "--attach", "xlsx,csv")
    found = {part.get_filename(): part for part in read(outcome).iter_attachments()}
    assert list(found) == ["kpi_2025-09.xlsx", "kpi_2025-09.csv"]
    book = load_workbook(BytesIO(found["kpi_2025-09.xlsx"].get_content()))
    assert book.sheetnames == ["集計", "行の内訳"]
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


def test_concerns_stand_first(run_kpicli: Run) -> None:
    """要確認, a missed target and missing months stand in the subject and above both bodies."""
    files = {
        "kpicli.toml": '[exports]\nvoices = { files = "voices.csv", covers = "2025-04..2025-08" }\n'
        'meetings = { files = "m.csv", covers = "2025-04..2025-09" }\n' + MAIL,
        "voices.csv": voices("V1,2025/4/1,損保,感謝,,S001,", "V2,2025/5/2,生保,苦情,,S002,"),
        "m.csv": "会議番号,開催日,会議名\nM1,2025/4/1,コンプライアンス会議\n",
    }
    args = ("mail", "--period", "2025H1", "--kpi", "voices,compliance_meetings", "--dry-run")
    outcome = run_kpicli(files, *args)
    assert outcome.code == 5
    message = read(outcome)
    assert str(message["Subject"]).startswith("[要確認1・未達1・データ不足1] 2025年度上期の集計")
    text, html = body(message, "plain"), body(message, "html")
    assert text.startswith("* 要確認(1件): お客様の声 ")
    for words in ("未達: コンプライアンス会議 1回", "データ不足: お客様の声 "):
        assert text.index(words) < text.index("の集計をお送りします")
        assert html.index(words) < html.index("の集計をお送りします")


@pytest.mark.parametrize(("today", "interim"), [("2025-09-30", True), ("2025-10-01", False)])
def test_a_period_that_goes_on_says_so(
    today: str, interim: bool, run_kpicli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until its last day is over a period is marked, however far the exports say they reach."""
    monkeypatch.setenv("KPICLI_TODAY", today)
    outcome = run_kpicli(project(), *DRY, "--kpi", "voices")
    message = read(outcome)
    subject, text = str(message["Subject"]), body(message, "plain")
    assert subject == f"{'[途中経過] ' if interim else ''}2025年9月の集計(顧客本位の業務運営)"
    line = "* 途中経過: 期間は 2025-09-30 までで、まだ終わっていません(2025-09-29 現在)"
    assert text.startswith(line) is interim
    assert ("途中経過" in body(message, "html")) is interim


def test_own_templates(run_kpicli: Run) -> None:
    """Subject and introduction are templates of the user's; the marks stay in the subject."""
    own = (
        'subject = "{{ period }} の件数"\nintroduction = "各位\\n\\n{{ start }} からの分です <b>"\n'
    )
    files = {**project(MAIL + own), "m.csv": "会議番号,開催日,会議名\n"}
    settings = files["kpicli.toml"].replace(
        "[mail]", 'meetings = { files = "m.csv", covers = "2025-04..2025-09" }\n[mail]'
    )
    message = read(run_kpicli({**files, "kpicli.toml": settings}, *DRY))
    assert str(message["Subject"]).startswith("[未達")
    assert str(message["Subject"]).endswith("] 2025年9月 の件数")
    assert "各位\r\n\r\n2025-09-01 からの分です <b>" in body(message, "plain").replace(
        "\n", "\r\n"
    ).replace("\r\r", "\r")
    assert "からの分です &lt;b&gt;" in body(message, "html")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('subject = "a\\nBcc: x@example.jp"', "subject"),
        ('subject = "{{ nowhere }}"', "nowhere"),
        ('subject = "{{ period.__class__.__mro__ }}"', "subject"),
        ('introduction = "{% if %}"', "introduction"),
        ('subject = "{{ 1 / 0 }}"', "subject"),
        (f'subject = "{{{{ {"(" * 300}1{")" * 300} + [] }}}}"', "subject"),
        (f'subject = "{{{{ period{".a" * 300} }}}}"', "subject"),
        ("subject = \"{{ 'x' * (10 ** 18) }}\"", "MemoryError"),
        ('subject = "{{ period | dictsort }}"', "subject"),
        ("subject = \"{{ 'aaaaaaaaaaaaaaaa' | truncate(1) }}\"", "subject"),
        ('subject = "{{ cycler() }}"', "subject"),
        (f'introduction = "{{{{ {"-" * 20_000}1 }}}}"', "introduction"),
        ('reply_to = "a@example.jp\\nBcc: x@example.jp"', "reply_to"),
        ('cc = "a@example.jp, b@example.jp"', "cc"),
        ('bcc = ["<a@example.jp"]', "bcc"),
        ('admin = "山田"', "admin"),
        ("reply_to = 1", "an address is a text"),
        ('smtp = { password = "secret" }', "password"),
        (
            'smtp = { user = "u", password_file = "p", security = "none", host = "m.example.jp" }',
            "clear",
        ),
        ('smtp = { user = "u" }', "password_file"),
        ('smtp = { host = "a b" }', "host"),
        ('attach = "rows"', "rows"),
        ('allowed_domains = "example.jp"', "example.co.jp"),
        ("attach_all = true", "attach"),
    ],
)
def test_wrong_settings(line: str, words: str, run_kpicli: Run) -> None:
    """Exit 3, before anything is counted or sent, names the key; nothing gets into a header."""
    outcome = run_kpicli(project(f"{MAIL}{line}\n"), *DRY)
    assert (outcome.code, outcome.out) == (3, b"")
    assert words in outcome.err


def test_no_section(run_kpicli: Run) -> None:
    """Without a section `[mail]` the least that it takes is shown."""
    outcome = run_kpicli(PROJECT, *DRY)
    assert outcome.code == 3
    assert 'sender = "kpicli <kpi@example.co.jp>"' in outcome.err


@pytest.mark.parametrize(
    "args",
    [
        ("--to", "a@example.jp\nBcc: x@example.jp"),
        ("--to", "山田"),
        ("--to", "a@b@example.jp"),
        ("--attach", "rows"),
        ("--attach", "table"),
        ("--on-doubt", "perhaps"),
        ("--kpi", "voice"),
        ("--compare", "next"),
        ("--catch-up", "-o", "m.eml"),
        ("--show-personal",),
        ("--by", "staff"),
        ("--show-values",),
    ],
)
def test_wrong_options(args: tuple[str, ...], run_kpicli: Run) -> None:
    """Exit 2: no address that is none, no rows, nothing by persons, no cells of faults."""
    outcome = run_kpicli(project(), *DRY, *args)
    assert (outcome.code, outcome.out) == (2, b"")


def test_allowed_domains(run_kpicli: Run) -> None:
    """A recipient outside the allowed domains is refused, on the command line too."""
    files = project(f'{MAIL}allowed_domains = ["example.co.jp"]\n')
    assert run_kpicli(files, *DRY, "--to", "a@Example.co.jp").code == 0
    outcome = run_kpicli(files, *DRY, "--to", "a@example.co.jp,b@evil.example.jp")
    assert (outcome.code, outcome.out) == (2, b"")
    assert "evil.example.jp" in outcome.err


def test_a_split_by_persons_is_refused(run_kpicli: Run) -> None:
    """A KPI that the settings split by a personal column cannot go into mail."""
    more = (
        '[codes.names]\nvalues = { "S001" = [], "S002" = [] }\nopen = true\n'
        '[source.voices.columns.staff]\ntype = "code"\ncodes = "names"\n'
        '[kpi.voices]\nparts = { by = "staff" }\n'
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


def test_require_coverage(run_kpicli: Run) -> None:
    """A month whose exports end before it does is no message but exit 7."""
    outcome = run_kpicli(
        project(), "mail", "--period", "2025-10", "--dry-run", "--require-coverage"
    )
    assert (outcome.code, outcome.out) == (7, b"")
    assert "出力が期間の終わりまでない" in outcome.err


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
