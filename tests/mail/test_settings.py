"""The [mail] section of the settings."""

import pytest

from support.command_line import Run
from support.mail_runs import DRY, MAIL, project


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
        ("subject = \"{{ 'x' * (10 ** 18) }}\"", "** makes too much"),
        ('subject = "{{ period | dictsort }}"', "subject"),
        ("subject = \"{{ 'aaaaaaaaaaaaaaaa' | truncate(1) }}\"", "subject"),
        ('subject = "{{ cycler() }}"', "subject"),
        (f'introduction = "{{{{ {"-" * 20_000}1 }}}}"', "introduction"),
        ('reply_to = "a@example.jp\\nBcc: x@example.jp"', "reply_to"),
        ('cc = "a@example.jp, b@example.jp"', "cc"),
        ('bcc = ["<a@example.jp"]', "bcc"),
        ('admin = "山田"', "admin"),
        ("reply_to = 1", "アドレスは"),
        ('smtp = { password = "secret" }', "password"),
        (
            'smtp = { user = "u", password_file = "p", security = "none", host = "m.example.jp" }',
            "暗号化せずに",
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
