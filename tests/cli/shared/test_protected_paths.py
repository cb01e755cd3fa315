"""What was read, and what kpicli keeps, is never written over."""

from pathlib import Path

import pytest

from support.command_line import PROJECT, Run

VOICES = ("summarize", "--period", "2025H1", "--kpi", "voices")


@pytest.mark.parametrize("name", ["voices.csv", "./voices.csv", "linked.csv", "voices_all.csv"])
def test_inputs_are_never_written(name: str, run_kpicli: Run, tmp_path: Path) -> None:
    """An output that is an export, or would be taken for one next time, is refused."""
    settings = '[exports]\nvoices = "voices*.csv"\n'
    (tmp_path / "linked.csv").symlink_to("voices.csv")
    outcome = run_kpicli({**PROJECT, "kpicli.toml": settings}, *VOICES, "-o", name)
    assert outcome.code == 2
    assert "[exports]" in outcome.err
    assert (tmp_path / "voices.csv").read_bytes() == PROJECT["voices.csv"].encode()
    assert not (tmp_path / "voices_all.csv").exists()


OWN_PLACES = """\
secret_file = "{outside}/secret"
[mail]
sender = "kpi@example.co.jp"
journal = "mail.sqlite3"
[mail.smtp]
user = "kpi"
password_file = "smtp-password"
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("published/2025H1.json", "公表の記録"),
        ("published/new/2025H1.json", "公表の記録"),
        ("linked/2025H1.json", "公表の記録"),
        ("narrative/2025H1.md", "報告の文章"),
        ("narrative/2099-01.md", "報告の文章"),
        ("mail.sqlite3", "送信記録"),
        ("smtp-password", "メールのパスワード"),
        ("hard-linked", "メールのパスワード"),
        ("../outside/secret", "秘密のファイル"),
        ("other.toml", "設定ファイル"),
    ],
)
def test_what_kpicli_keeps_is_never_written(
    name: str, said: str, run_kpicli: Run, tmp_path: Path
) -> None:
    """Records, words, password, secret, journal: refused, whether counted anew or found again."""
    outside = tmp_path / "outside"
    home = tmp_path / "home"
    for folder in (outside, home / "published", home / "narrative"):
        folder.mkdir(parents=True)
    (home / "linked").symlink_to("published")
    (home / "smtp-password").write_text("word", encoding="utf-8")
    (home / "hard-linked").hardlink_to(home / "smtp-password")
    settings = OWN_PLACES.format(outside=outside) + PROJECT["kpicli.toml"]
    files = {"home/voices.csv": PROJECT["voices.csv"], "home/other.toml": settings}
    args = ("--config", "home/other.toml", *VOICES, "-f", "json")
    for extra in ((), (), ("--no-cache",)):
        outcome = run_kpicli(files, *args, *extra, "-o", f"home/{name}")
        assert outcome.code == 2
        assert said in outcome.err
        run_kpicli(files, *args)  # so that the next one is found again
    assert (home / "smtp-password").read_text(encoding="utf-8") == "word"
    assert (home / "other.toml").read_text(encoding="utf-8") == settings


@pytest.mark.parametrize("top", ["", 'published = "."\n', '[report]\nnarrative = "{period}.md"\n'])
def test_what_lies_beside_is_written(top: str, run_kpicli: Run, tmp_path: Path) -> None:
    """Another file is written, twice, wherever the settings say that things are."""
    (tmp_path / "in").mkdir()
    settings = top + PROJECT["kpicli.toml"].replace("voices.csv", "in/voices.csv")
    files = {"in/voices.csv": PROJECT["voices.csv"], "kpicli.toml": settings}
    for name in ("kpi.html", "kpi.md", "kpi.html", "kpi.md"):
        assert run_kpicli(files, *VOICES, "-o", name).code == 0
    assert (tmp_path / "kpi.md").exists()
    code = 2 if "published" in top else 0
    assert run_kpicli(files, *VOICES, "-o", "kpi.json").code == code
