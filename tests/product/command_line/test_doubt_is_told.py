"""Doubt and gaps are told wherever figures are shown, to those who want quiet too."""

import pytest

from support.command_line import PROJECT, Run, voices

BLANK = {
    **PROJECT,
    "voices.csv": voices("V1,2025/4/1,,感謝,,S001,", "V2,2025/5/2,損保,不満,,S002,"),
}
"""A voice without a line: in doubt for お客様の声(損保), though no cell of it is a fault."""
HALF = ("--period", "2025H1", "--kpi", "voices_nonlife")


@pytest.mark.parametrize(
    "command",
    [
        ("summarize", *HALF),
        ("summarize", *HALF, "-q"),
        ("rows", "voices_nonlife", "--period", "2025H1"),
        ("explain", "voices_nonlife", "--period", "2025H1"),
    ],
)
def test_exit_5_has_its_line(command: tuple[str, ...], run_kpicli: Run) -> None:
    """Whoever gets exit 5 is told which figure is not final, even where no cell is a fault."""
    outcome = run_kpicli(BLANK, *command)
    assert outcome.code == 5
    assert "要確認: " in outcome.err
    assert "お客様の声(損保) (1 行)" in outcome.err


def test_a_column_that_is_gone_is_told_to_cron(run_kpicli: Run) -> None:
    """A figure without data for want of a column is no quiet success."""
    gone = {**PROJECT, "voices.csv": "受付番号,受付日,声の区分\nV1,2025/4/1,感謝\n"}
    outcome = run_kpicli(gone, "summarize", *HALF, "-q")
    assert outcome.code == 0
    assert outcome.err == "注意 お客様の声(損保): 列「商品区分」がありません: voices.csv\n"
    assert run_kpicli(gone, "summarize", *HALF, "-q", "--only-if", "faults").out != b""
    assert run_kpicli(PROJECT, "summarize", *HALF, "-q", "--only-if", "faults").out == b""
