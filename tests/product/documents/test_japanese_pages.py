"""Every command that a Japanese page shows runs, in the order shown, and prints what is shown."""

import re
import shutil
from pathlib import Path

import pytest

from kpicli.base.errors import ExitCode
from support.command_line import shell
from support.root import ROOT

PAGES = ("first", "evidence", "publish", "mail", "exit-codes")
EXPORTS = ("お客様の声_*.csv", "会議記録.csv")
STEP = re.compile(r"```(sh|toml)\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.DOTALL)
LEFT_OUT = "(...)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder that holds nothing but exports, as the pages begin."""
    (tmp_path / "exports").mkdir()
    for pattern in EXPORTS:
        for file in (ROOT / "sample_data").glob(pattern):
            shutil.copy(file, tmp_path / "exports")
    assert len(list((tmp_path / "exports").iterdir())) == 4
    return tmp_path


def steps(page: str) -> list[tuple[str, str, str]]:
    """Return what a page does: whether by `sh` or `toml`, that block, and what it prints, or ""."""
    return STEP.findall((ROOT / "docs" / "ja" / f"{page}.md").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_print_what_it_shows(project: Path, page: str) -> None:
    """Each ends with the code it names, else 0; what is shown are whole lines, in their order."""
    if page != "first":
        assert shell(steps("first")[0][1], project).code == ExitCode.FAULTY_ROWS  # guesses
    assert any(shown for *_, shown in steps(page))
    for language, commands, shown in steps(page):
        if language == "toml":  # the page says so: it is added to the settings
            with (project / "kpicli.toml").open("a", encoding="utf-8") as settings:
                settings.write(commands)
            continue
        done = shell(f"exec 2>&1\n{commands}", project)
        told = re.search(r"# 終了コード (\d+)", commands)
        assert (commands, done.code) == (commands, int(told[1]) if told else 0), done.text
        left = f"\n{done.text}"
        for piece in shown.split(LEFT_OUT):
            assert f"\n{piece}" in left
            left = "\n" + left.partition(f"\n{piece}")[2] if piece else left


def test_pages_on_commands_are_all_run() -> None:
    """Whatever page in Japanese shows a command is one of those that run."""
    pages = {file.stem: file.read_text("utf-8") for file in (ROOT / "docs" / "ja").glob("*.md")}
    assert {name for name, text in pages.items() if "```sh" in text} == set(PAGES)
