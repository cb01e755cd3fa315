"""A mail in words of one's own."""

import time

import pytest

from kpicli.base.errors import SettingsError
from kpicli.mail.writing.templates import render_introduction
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


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'x' * 10000000000 }}",
        "{{ 10000000000 * 'x' }}",
        "{{ [period] * 1000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% for a in range(90000) %}{% for b in range(90000) %}x{% endfor %}{% endfor %}",
        "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
    ],
)
def test_what_would_take_long(template: str) -> None:
    """A template that would not end, or fill the memory, is refused at once: other runs wait."""
    begun = time.monotonic()
    with pytest.raises(SettingsError, match="introduction is no valid template"):
        render_introduction(template, {"period": "2025-07"})
    assert time.monotonic() - begun < 5


def test_what_a_template_may_still_do() -> None:
    """Rules, sums and short loops."""
    template = "{{ '-' * 20 }} {{ 5000 * 5000 }} {% for n in range(3) %}{{ n }}{% endfor %}"
    assert render_introduction(template, {}) == (f"{'-' * 20} 25000000 012",)
