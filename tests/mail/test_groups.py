"""[mail.each]: every group gets a mail of its own rows, and nothing of the others."""

from io import BytesIO

import openpyxl

from support.command_line import PROJECT, Run, voices
from support.mail_deliveries import HEAD, Serve
from support.mail_runs import body
from support.mail_server import Mailbox

ROWS = voices(
    "V1,2025/9/1,損保,感謝,損保-1課,S001,",
    "V2,2025/9/2,生保,不満,損保-1課,S002,",
    "V3,2025/9/3,生保,不満,損保-2課,S003,",
    "V4,2025/9/4,生保,苦情,損保-2課,S003,",
)
EACH = """
[mail.each]
by = "team"
to = { "損保-1課" = ["one@example.jp"], "損保-2課" = "two@example.jp" }
"""
SEPTEMBER = ("mail", "--period", "2025-09", "--kpi", "voices", "--attach", "csv")


def files(port: int, each: str = EACH, whole: bool = True) -> dict[str, str]:
    """Return a project whose teams get mails of their own."""
    head = HEAD if whole else HEAD.replace('to = ["fd@example.co.jp"]\n', "")
    smtp = f'port = {port}\nsecurity = "none"\n'
    return {"kpicli.toml": PROJECT["kpicli.toml"] + head + smtp + each, "voices.csv": ROWS}


def test_each_group_gets_its_own_rows(run_kpicli: Run, mailbox: Mailbox, serve: Serve) -> None:
    """In words, page and attachment; the whole goes to those of [mail], each once."""
    server = serve(mailbox)
    outcome = run_kpicli(files(server.port), *SEPTEMBER)
    assert outcome.code == 5  # a row in doubt touches the whole
    by_reader = {each.recipients[0]: each.message for each in mailbox.delivered}
    assert list(by_reader) == ["fd@example.co.jp", "one@example.jp", "two@example.jp"]
    one = by_reader["one@example.jp"]
    assert str(one["Subject"]) == "2025年9月 損保-1課の集計(顧客本位の業務運営)"
    attached = [part.get_content() for part in one.iter_attachments()]
    told = [body(one, "plain"), body(one, "html"), *attached]
    assert all("損保-1課" in text for text in told)
    assert [text for text in told if "損保-2課" in text or "V4" in text] == []
    (table,) = attached
    values = [line.split(",") for line in table.splitlines()[1:]]
    assert {(line[6], line[7], line[8], line[9], line[10]) for line in values} >= {
        ("team", "損保-1課", "", "", "2"),
        ("team", "損保-1課", "category", "不満", "1"),
    }
    assert {line[7] for line in values} == {"損保-1課"}
    two = by_reader["two@example.jp"]
    assert str(two["Subject"]).startswith("[要確認1] 2025年9月 損保-2課")
    run_kpicli({}, *SEPTEMBER)
    assert len(mailbox.delivered) == 3


def test_a_group_is_told_nothing_of_other_rows(
    run_kpicli: Run, mailbox: Mailbox, serve: Serve
) -> None:
    """In any form, over several periods too: no other group, no total, no count of all rows."""
    server = serve(mailbox)
    forms = ("csv", "json", "html", "markdown", "text", "xlsx")
    trend = (*SEPTEMBER[:-1], ",".join(forms), "--trend", "2")
    run_kpicli(files(server.port, whole=False), *trend)
    assert [each.recipients for each in mailbox.delivered] == [
        ["one@example.jp"],
        ["two@example.jp"],
    ]
    for each, other in zip(mailbox.delivered, ("損保-2課", "損保-1課"), strict=True):
        message = each.message
        attached = [part.get_content() for part in message.iter_attachments()]
        assert len(attached) == len(forms)
        told = [body(message, "plain"), body(message, "html"), *map(_words, attached)]
        assert [text for text in told if other in text] == []
        assert [text for text in told if "読込" in text] == []
        csv_file = next(text for text in told if text.lstrip("\ufeff").startswith("period,"))
        rows = [line.split(",") for line in csv_file.splitlines()]
        group = rows[0].index("group")
        assert {row[0] for row in rows[1:]} == {"2025-08", "2025-09"}
        assert len({row[group] for row in rows[1:]}) == 1


def _words(content: str | bytes) -> str:
    """Return what an attachment says: of a workbook its cells."""
    if isinstance(content, str):
        return content
    if not content.startswith(b"PK"):
        return content.decode("utf-8")
    book = openpyxl.load_workbook(BytesIO(content))
    return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)


def test_without_others_groups_alone_are_mailed(
    run_kpicli: Run, mailbox: Mailbox, serve: Serve
) -> None:
    """And --to sends all of it on trial to one address."""
    server = serve(mailbox)
    run_kpicli(files(server.port, whole=False), *SEPTEMBER, "--to", "me@example.co.jp")
    assert [each.recipients for each in mailbox.delivered] == [["me@example.co.jp"]] * 3
    mailbox.delivered.clear()
    run_kpicli({}, *SEPTEMBER)
    assert [each.recipients for each in mailbox.delivered] == [
        ["one@example.jp"],
        ["two@example.jp"],
    ]


def test_a_group_without_rows_is_withheld(run_kpicli: Run, mailbox: Mailbox, serve: Serve) -> None:
    """A slip of the pen must not read as nothing to tell; the other groups get theirs."""
    server = serve(mailbox)
    slip = EACH.replace('"損保-2課"', '"損保2課"')
    outcome = run_kpicli(files(server.port, slip, whole=False), *SEPTEMBER)
    assert outcome.code == 7
    assert "2025年9月 損保2課: " in outcome.err
    assert "この区分の行がありません" in outcome.err
    assert [each.recipients for each in mailbox.delivered] == [["one@example.jp"]]


def test_groups_of_persons_are_refused(run_kpicli: Run, mailbox: Mailbox, serve: Serve) -> None:
    """Mail never has figures by persons, nor by what is no dimension."""
    server = serve(mailbox)
    for name, code in (("staff", 2), ("nothing", 2)):
        each = EACH.replace('"team"', f'"{name}"')
        assert run_kpicli(files(server.port, each), *SEPTEMBER).code == code
    assert mailbox.delivered == []
