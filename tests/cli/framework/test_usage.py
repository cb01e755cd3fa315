"""Wrong usage is told in our words, with what to write."""

import pytest

from support.command_line import PROJECT, Run


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--period", "上期"), ["期間「上期」", "2025H1 (2025-04-01..2025-09-30)"]),
        (("--period", "last half year"), ["期間「last half year」", "2025H1", "last-half"]),
        (("--period", "2025H1", "--kpi", "voice"), ["指標「voice」", "「voices」"]),
        (("--period", "2025H1", "--by", "colour"), ["「colour」", "line"]),
        (("--period", "2025H1", "--by", "staff"), ["「staff」", "--show-personal"]),
        (("--period", "2025H1", "--compare", "next"), ["「next」", "previous, year-ago"]),
        (("--period", "2025H1", "--format", "pdf"), ["「pdf」", "table, text, csv"]),
        (("--period", "2025H1", "-o", "kpi.doc"), ["kpi.doc", ".csv", "--format"]),
        (("--period", "2025H1", "--encoding", "cp123456"), ["「cp123456」", "cp932"]),
        (("--period", "2025H1", "--encoding", "rot13"), ["「rot13」", "cp932"]),
        (("--period", "2025H1", "--as-of", "9月30日"), ["--as-of", "2025-09-30"]),
        (("--period", "2025H1", "--fail-on", "rain"), ["--fail-on", "target"]),
        (("--perod", "2025H1"), ["--perod", "--period"]),
        (("--period",), ["--period の値がありません"]),
        (("--period", "2025H1", "--show-values=1"), ["--show-values は値を取りません"]),
        (("--period", "2025H1", "--lang", "en"), ["--lang", "コマンドの前"]),
        (("--period", "2025H1", "exports/"), ["期間「exports/」", "2025年度上期"]),
        ((), ["--period を指定してください", "--period 2025H1"]),
    ],
    ids=lambda value: "_".join(value[-2:]) if isinstance(value, tuple) else "",
)
def test_wrong_usage(args: tuple[str, ...], words: list[str], run_kpicli: Run) -> None:
    """Exit 2: what cannot be is named, with what can, and nothing goes to stdout."""
    outcome = run_kpicli(PROJECT, "summarize", *args)
    assert (outcome.code, outcome.out) == (2, b"")
    assert "Traceback" not in outcome.err
    assert outcome.err.startswith("エラー: ")
    assert [word for word in words if word not in outcome.err] == []


@pytest.mark.parametrize("form", ["csv", "json", "text"])
def test_periods_written_one_by_one_are_several(form: str, run_kpicli: Run) -> None:
    """`--period A --period B` is `A,B`, in any order and mixed with it: none is dropped."""
    command = ("summarize", "--kpi", "voices", "--format", form)
    together = run_kpicli(PROJECT, *command, "--period", "2024H1,2024H2,2025H1")
    assert (together.code, "2024" in together.text) == (0, True)
    for words in (
        ("--period", "2024H1", "--period", "2024H2", "-p", "2025H1"),
        ("-p", "2025H1", "--period=2024H2,2024H1"),
    ):
        assert run_kpicli(PROJECT, *command, *words).out == together.out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("rows", "voices", "-p", "2024H1", "-p", "2025H1"), ["期間が 2 つ", "期間ごとに"]),
        (("explain", "voices", "-p", "2024H1", "-p", "2025H1"), ["期間が 2 つ", "期間ごとに"]),
        (("freeze", "-p", "2024H1", "--period=2025H1"), ["期間が 2 つ", "期間ごとに"]),
        (
            ("summarize", "-p", "2025H1", "--by", "line", "--by", "month"),
            ["--by が 2 回", "一つだけ"],
        ),
        (("summarize", "-p", "2025H1", "--trend", "2", "--trend", "3"), ["--trend が 2 回"]),
    ],
    ids=lambda value: value[0],
)
def test_an_option_that_counts_once_is_refused_twice(
    args: tuple[str, ...], words: list[str], run_kpicli: Run
) -> None:
    """What says which figures are meant is never dropped for what comes after it."""
    outcome = run_kpicli(PROJECT, *args)
    assert (outcome.code, outcome.out) == (2, b"")
    assert [word for word in words if word not in outcome.err] == []


def test_other_options_may_be_written_anew(run_kpicli: Run) -> None:
    """A shell's alias has its own format, which another one after it replaces."""
    command = ("summarize", "-p", "2025H1", "-k", "voices", "--format")
    twice = run_kpicli(PROJECT, *command, "csv", "--format", "json")
    assert twice.out == run_kpicli(PROJECT, *command, "json").out
