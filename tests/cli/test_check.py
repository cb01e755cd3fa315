"""`kpicli check`: exit codes, formats, and what is said without leave."""

import csv
import io
import json
from pathlib import Path

from rich.cells import cell_len

from support.command_line import HEADER, PROJECT, Run, process, terminal, voices

CLEAN = "1 種類の出力、1 ファイル、7 行を調べました。"
MONTHS = [f"V{month},2025/{month}/5,生保,感謝,,S001," for month in range(4, 10)]
SETTINGS = '[exports]\nvoices = { files = "voices.csv", covers = "2024-10..2025-09" }\n'
SHORT = 'reach_back_months = 0\n[exports]\nvoices = "voices.csv"\n'


WIDE = "保険会社報告日,保険会社改善日"
"""The columns that KPIs need besides those of `voices`."""


def files(*rows: str) -> dict[str, str]:
    """Return a project whose voices fill every month of 2025H1, and these rows; no column lacks."""
    header, *lines = voices(*MONTHS, *rows).splitlines()
    export = "\n".join((f"{header},{WIDE}", *(f"{line},," for line in lines), ""))
    return {"kpicli.toml": SHORT, "voices.csv": export}


def table(text: str) -> list[dict[str, str]]:
    """Return csv as records."""
    return list(csv.DictReader(io.StringIO(text)))


def test_clean_bill(run_kpicli: Run) -> None:
    """With nothing to tell, check says so with what it read, and exits 0."""
    done = run_kpicli(files("V1,2025/9/6,生保,感謝,,S001,"), "check", "-f", "table")
    assert (done.code, done.err) == (0, "")
    assert done.text == (
        f"{CLEAN}\n期間の点検: 2025年度上期 (2025-04-01..2025-09-30)\n不備も注意もありません。\n"
    )


def test_fault_exits_5(tmp_path: Path) -> None:
    """A fault exits 5, grouped under what it means and what to do; a value is not shown."""
    for name, content in files("V1,2025/9/31,生保,感謝,,S001,", "V2,x,生保,苦情,,S001,").items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = process("check", "-f", "text", folder=tmp_path)
    assert (done.code, done.err) == (5, "")
    assert done.text == (
        "1 種類の出力、1 ファイル、8 行を調べました。\n"
        "期間の点検: 2025年度上期 (2025-04-01..2025-09-30)\n"
        "不備 3 / 注意 0 / 参考 0\n"
        "\n"
        "[不備 D101] 読めない日付(1 件)\n"
        "  内容: 日付として読めません\n"
        "  対処: 2025/4/1 や 令和7年4月1日 のように、実在する日付を年から書いてくださ\n"
        "    い\n"
        "  お客様の声\n"
        "    voices.csv 9 行目 列「受付日」\n"
        "\n"
        "[不備 D101] 読めない日付(1 件)\n"
        "  内容: 暦にない日です(9月31日、平年の2月29日など)\n"
        "  対処: 正しい日に直してください\n"
        "  お客様の声\n"
        "    voices.csv 8 行目 列「受付日」\n"
        "\n"
        "[不備 D102] 登録されていない区分(1 件)\n"
        "  内容: 区分の一覧にない値です\n"
        '  対処: 台帳を直すか、kpicli.toml の出力に synonyms = { category = { "不満"\n'
        '    = ["苦情"] } } のように読み替えを書いてください(列の名前は kpicli sources)\n'
        "  お客様の声\n"
        "    voices.csv 9 行目 列「声の区分」\n"
        "\n"
        "不備のある行は、数に入れてよいか決められません\n"
    )


def test_warnings_exit_0(run_kpicli: Run) -> None:
    """Warnings alone exit 0, and stdout is csv in a pipe, a row a finding."""
    done = run_kpicli(files("V1,,生保,感謝,,S001,"), "check")
    assert done.code == 0
    assert [
        (r["code"], r["level"], r["file"], r["row"], r["column"]) for r in table(done.text)
    ] == [("D154", "warning", "voices.csv", "8", "受付日")]


def test_values_on_demand(run_kpicli: Run) -> None:
    """A cell's value is in no format unless asked for."""
    project = files("V1,2025/9/31,生保,感謝,,S001,")
    for name in ("table", "csv", "tsv", "json"):
        assert "9/31" not in run_kpicli(project, "check", "-f", name).text
        assert "9/31" in run_kpicli(project, "check", "-f", name, "--show-values").text


def test_people_on_demand(run_kpicli: Run) -> None:
    """Staff who are gone are counted, and named with leave alone."""
    project = files(*(f"W{m},2024/{m}/5,生保,感謝,,S007," for m in (10, 11, 12)))
    project["kpicli.toml"] = SETTINGS
    assert "S007" not in run_kpicli(project, "check", "-f", "json", "--show-values").text
    assert "S007" in run_kpicli(project, "check", "-f", "json", "--show-personal").text


def test_nothing_is_capped(run_kpicli: Run) -> None:
    """Two hundred faults are two hundred places in every format."""
    project = files(*(f"X{i},x,生保,感謝,,S001," for i in range(200)))
    for name in ("table", "csv"):
        text = run_kpicli(project, "check", "-f", name).text
        assert sum("D101" in line or "行目" in line for line in text.splitlines()) in (200, 201)
    told = json.loads(run_kpicli(project, "check", "-f", "json").text)
    assert told["counts"] == {"fault": 200, "warning": 0, "note": 0}
    assert len(told["faults"]) == 200


def test_json(run_kpicli: Run) -> None:
    """Json has what was read and what was found, keyed as in summarize."""
    told = json.loads(run_kpicli(files(",2025/9/3,生保,感謝,,S001,"), "check", "-f", "json").text)
    assert told["schema_version"] == 1
    assert told["period"]["name"] == "2025H1"
    assert [(f["path"], f["accounting"]["faulty"]) for f in told["files"]] == [("voices.csv", 1)]
    assert [(f["code"], f["level"], f["place"]["row"]) for f in told["faults"]] == [
        ("D201", "fault", 8)
    ]


def test_formulas_are_inert(run_kpicli: Run) -> None:
    """A value that a spreadsheet could take for a formula is led by an apostrophe."""
    project = files("V1,=1+1,生保,感謝,,S001,")
    assert table(run_kpicli(project, "check", "--show-values").text)[0]["value"] == "'=1+1"


def test_source_and_period(run_kpicli: Run) -> None:
    """--source leaves the others alone, --period says what should be complete."""
    project = files() | {"meetings.csv": "会議番号,開催日,会議名\nM1,x,営業会議\n"}
    project["kpicli.toml"] += 'meetings = "meetings.csv"\n'
    assert run_kpicli(project, "check").code == 5
    assert run_kpicli(project, "check", "--source", "voices").code == 0
    told = table(run_kpicli(project, "check", "-s", "voices", "--period", "2025-10").text)
    assert [(r["code"], r["detail"]) for r in told] == [("D402", "2025-09-30 < 2025-10-31")]


def test_refusals(run_kpicli: Run) -> None:
    """An unknown source or format is a usage error; without exports there is nothing to check."""
    project = dict(PROJECT)
    done = run_kpicli(project, "check", "--source", "voice")
    assert (done.code, done.out) == (2, b"")
    assert "[exports] に「voice」はありません" in done.err
    assert run_kpicli(project, "check", "-f", "pdf").code == 2
    assert run_kpicli(project, "check", "--period", "上期").code == 2
    assert run_kpicli({"kpicli.toml": ""}, "check").code == 3


def test_output_file(run_kpicli: Run, tmp_path: Path) -> None:
    """-o writes a file, by its suffix a workbook too, and never over an export."""
    project = files("V1,x,生保,感謝,,S001,")
    done = run_kpicli(project, "check", "-o", "check.csv")
    assert (done.code, done.out) == (5, b"")
    assert (tmp_path / "check.csv").read_bytes().startswith(b"\xef\xbb\xbfcode,level")
    assert run_kpicli(project, "check", "-o", "check.xlsx").code == 5
    assert (tmp_path / "check.xlsx").read_bytes().startswith(b"PK")
    assert run_kpicli(project, "check", "-o", "voices.csv").code == 2


def test_terminal_of_80_columns() -> None:
    """On a terminal no line of the sample project's check is wider than its 80 cells."""
    done = terminal("check")
    lines = done.text.splitlines()
    assert done.code == 0
    assert max(cell_len(line) for line in lines) <= 80
    assert "期間の点検: 2025年度上期 (2025-04-01..2025-09-30)" in lines


def test_english(tmp_path: Path) -> None:
    """--lang en says everything of ours in English."""
    for name, content in files("V1,x,生保,感謝,,S001,").items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = process("--lang", "en", "check", "-f", "text", folder=tmp_path)
    assert "[Fault D101] Unreadable date (1)\n  What: this is no date\n" in done.text
    assert '    voices.csv row 8 column "受付日"\n' in done.text


def test_sample_project() -> None:
    """The sample project has no fault: four warnings, eleven notes, exit 0."""
    done = process("check", "--format", "csv")
    counts: dict[str, int] = {}
    for row in table(done.text):
        counts[row["code"]] = counts.get(row["code"], 0) + 1
    assert (done.code, done.err) == (0, "")
    assert counts == {"D206": 3, "D405": 1, "D152": 1, "D411": 10}


PLAIN = f"{HEADER}\n" + "".join(
    f"V{n},2025/{4 + n % 6}/{n},生保,感謝,A,S001,\n" for n in range(1, 21)
)


def test_a_file_without_settings(run_kpicli: Run, tmp_path: Path) -> None:
    """A file is checked where there are no settings: 0 in order, 5 with a fault, 4 unread."""
    spoilt = PLAIN.replace("2025/5/1,", "2025/5/32,")
    project = {"a.csv": PLAIN, "b.csv": spoilt, "c.csv": "%PDF-1.4"}
    good = run_kpicli(project, "check", "a.csv", "-f", "text")
    assert (good.code, good.err) == (0, "")
    assert good.text.startswith(
        "1 ファイル、1 つの表、20 行を、設定なしで調べました。\n不備も注意もありません。\n"
    )
    bad = run_kpicli(project, "check", "a.csv", "b.csv")
    assert (bad.code, bad.err) == (5, "")
    assert [(r["code"], r["file"], r["row"]) for r in table(bad.text)] == [("D101", "b.csv", "2")]
    unread = process("--lang", "en", "check", "c.csv", "b.csv", folder=tmp_path)
    assert unread.code == 4
    assert [(r["code"], r["detail"]) for r in table(unread.text)][1] == (
        "D601",
        "this is a PDF → export it again as CSV or xlsx",
    )


def test_values_of_a_file_on_demand(run_kpicli: Run) -> None:
    """A cell of a file without settings is in no format unless asked for."""
    project = {"b.csv": PLAIN.replace("2025/5/1,", "2025/5/32,")}
    for name in ("table", "csv", "json"):
        assert "5/32" not in run_kpicli(project, "check", "b.csv", "-f", name).text
        assert "5/32" in run_kpicli(project, "check", "b.csv", "-f", name, "--show-values").text


def test_a_file_that_the_settings_name(run_kpicli: Run) -> None:
    """It is checked as it stands, and it is said how it is checked by the settings."""
    project = {"voices.csv": PLAIN, "other.csv": PLAIN, "kpicli.toml": SETTINGS}
    done = run_kpicli(project, "check", "other.csv", "voices.csv")
    assert done.code == 0
    assert done.err == (
        "voices.csv は kpicli.toml が指す出力です。設定に従って調べるには: kpicli check\n"
    )
    broken = {**project, "kpicli.toml": "[exports\n"}
    assert run_kpicli(broken, "check", "voices.csv").code == 0
    assert run_kpicli(broken, "--config", "kpicli.toml", "check", "voices.csv").code == 3


def test_options_that_need_settings(run_kpicli: Run) -> None:
    """What means nothing to a file as it stands is refused before anything is read."""
    for options in (["--source", "voices"], ["--period", "2025H1"], ["--show-personal"]):
        done = run_kpicli({"a.csv": PLAIN}, "check", "a.csv", *options)
        assert (done.code, done.text) == (2, "")
        assert options[0] in done.err


def test_the_file_itself_is_not_written_over(run_kpicli: Run, tmp_path: Path) -> None:
    """The result of a check does not take the place of what was checked."""
    done = run_kpicli({"a.csv": PLAIN}, "check", "a.csv", "-o", "a.csv")
    assert done.code == 2
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == PLAIN
