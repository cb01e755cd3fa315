"""The folder of what was published is read, or the reason why not is said."""

from pathlib import Path

import pytest

from support.command_line import PROJECT, Run


@pytest.mark.parametrize(
    ("published", "reason"),
    [("voices.csv", "フォルダーではありません"), ("x" * 300, "名前が長すぎます")],
)
def test_what_is_no_folder(published: str, reason: str, run_kpicli: Run, tmp_path: Path) -> None:
    """A folder that is none is not taken for one in which nothing was published."""
    files = {**PROJECT, "kpicli.toml": f'published = "{published}"\n{PROJECT["kpicli.toml"]}'}
    outcome = run_kpicli(files, "summarize", "--period", "2025H1")
    assert (outcome.code, outcome.out) == (3, b"")
    assert f"published のフォルダー {tmp_path / published} を開けません({reason})" in outcome.err


def test_no_folder_yet(run_kpicli: Run) -> None:
    """Before the first record there is no folder, and nothing was published."""
    files = {**PROJECT, "kpicli.toml": f'published = "records"\n{PROJECT["kpicli.toml"]}'}
    assert run_kpicli(files, "summarize", "--period", "2025H1", "--kpi", "voices").code == 0
