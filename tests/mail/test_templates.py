"""A mail in words of one's own."""

from support.command_line import Run
from support.mail_runs import DRY, MAIL, body, project, read


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
