"""`kpicli freeze` and `kpicli diff` on the command line."""

import json
from pathlib import Path

import pytest

from support.command_line import PROJECT, SETTINGS, Run, voices

FROZEN = ("published/2025H1.json: 2025H1 第1版、数値 ", " 件、根拠の行 ")
AFTER = voices("V1,2025/4/1,損保,不満,損保-1課,S001,", "V3,2025/6/2,生保,不満,,S003,")


def test_freeze_and_diff(run_kpicli: Run) -> None:
    """Freezing says what it wrote; a row added, one removed and one re-categorised are told."""
    outcome = run_kpicli(PROJECT, "freeze", "--period", "2025H1", "--note", "公表")
    assert (outcome.code, outcome.err) == (0, "")
    assert all(words in outcome.text for words in FROZEN)
    outcome = run_kpicli({}, "diff", "2025H1", "--fail-on", "change", "--format", "text")
    assert (outcome.code, outcome.text.splitlines()[-1][:9]) == (0, "動いた数値: 0 ")
    outcome = run_kpicli({"voices.csv": AFTER}, "diff", "2025H1", "--format", "text")
    assert (outcome.code, outcome.err) == (0, "")
    shown = outcome.text[outcome.text.index("お客様の声 (voices)") :]
    short = [line.split()[0] for line in shown.splitlines() if "voices.csv" in line]
    expected = f"""\
お客様の声 (voices)
  感謝: 1件 => 0件 (-1)
    区分が変わった行                 -1 (1 行)
  不満: 1件 => 2件 (+1)
    なくなった行                     -1 (1 行)
    区分が変わった行                 +1 (1 行)
    後から入った行                   +1 (1 行)
  行:
    {short[0]}  区分が変わった行  voices.csv 2 行目  category: 感謝 => 不満
    {short[1]}  なくなった行  以前は voices.csv
    {short[2]}  後から入った行  voices.csv 3 行目
"""
    assert shown == expected
    assert {len(name) for name in short} == {8}


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xlsx"])
def test_every_format(run_kpicli: Run, form: str, tmp_path: Path) -> None:
    """Diff is written in every format, to a file too; with --fail-on change it exits 6."""
    run_kpicli(PROJECT, "freeze", "--period", "2025H1")
    file = tmp_path / f"moved.{'txt' if form == 'table' else form}"
    args = ("diff", "2025H1", "--fail-on", "change", "-f", form, "-o", str(file))
    assert run_kpicli({"voices.csv": AFTER}, *args).code == 6
    assert file.stat().st_size > 100


def test_records_of_a_diff(run_kpicli: Run) -> None:
    """Csv has a record a figure, an effect and a row; json the same."""
    run_kpicli(PROJECT, "freeze", "--period", "2025H1")
    outcome = run_kpicli({"voices.csv": AFTER}, "diff", "2025H1")
    lines = outcome.text.splitlines()
    assert lines[0] == (
        "period,edition,kpi,title,kind,item,record,before,after,difference,cause,rows,numerator,"
        "denominator,row_id,source,file,row,changes"
    )
    assert lines[1:3] == [
        "2025H1,1,voices,お客様の声,part,感謝,figure,1,0,-1,,,,,,,,,",
        "2025H1,1,voices,お客様の声,part,感謝,effect,,,-1,recategorised,1,,,,,,,",
    ]
    outcome = run_kpicli({}, "--lang", "en", "diff", "2025H1", "-f", "json")
    (period,) = json.loads(outcome.text)["periods"]
    kpi = period["kpis"][0]
    assert (period["moved"], kpi["id"], kpi["version"]) == (2, "voices", {"then": 1, "now": 1})
    assert [effect["number"] for effect in kpi["moves"][1]["effects"]] == [-1, 1, 1]
    assert sorted(row["cause"] for row in kpi["rows"]) == ["added", "recategorised", "removed"]


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "xlsx", "parquet"])
def test_notes_are_told_in_every_format(run_kpicli: Run, tmp_path: Path, form: str) -> None:
    """What no record holds stands on stderr, so that a program's reader is warned as well."""
    run_kpicli(PROJECT, "freeze", "--period", "2025H1")
    outcome = run_kpicli({}, "freeze", "--period", "2025H1", "--revise")
    assert outcome.code == 0
    records = Path("published")
    (records / "2025H1.2.json").write_bytes((records / "2025H1.json").read_bytes())
    file = tmp_path / f"moved.{'txt' if form == 'table' else form}"
    outcome = run_kpicli({}, "diff", "2025H1", "-f", form, "-o", str(file))
    told = (
        "published/2025H1.json: 最新の版が、前の版としても残っています。新しい版が失われたか、"
        "凍結が途中で終わっています (published/2025H1.2.json)\n"
    )
    shown = "" if form == "table" else f"注意 2025H1: {told}"
    assert (outcome.code, outcome.err) == (0, shown)
    if form == "table":
        assert "".join(told.split()) in "".join(file.read_text(encoding="utf-8").split())


def test_rows_that_cancel_out(run_kpicli: Run) -> None:
    """Another row in one's place is told under its KPI, and --fail-on change exits 6."""
    run_kpicli(PROJECT, "freeze", "--period", "2025H1")
    other = PROJECT["voices.csv"].replace("V1,", "V9,")
    args = ("diff", "2025H1", "--fail-on", "change", "-f", "text")
    outcome = run_kpicli({"voices.csv": other}, *args)
    assert (outcome.code, outcome.err) == (6, "")
    assert "動いた数値: 0 / " in outcome.text
    shown = outcome.text[outcome.text.index("お客様の声 (voices)") :].splitlines()
    assert shown[1] == "  数値は同じですが、数えた行は同じではありません"
    assert [line.split()[1] for line in shown[3:5]] == ["なくなった行", "後から入った行"]


def test_frozen_twice(run_kpicli: Run) -> None:
    """Exit 7, and the option that makes a new edition."""
    run_kpicli(PROJECT, "freeze", "--period", "2025H1")
    outcome = run_kpicli({}, "--lang", "en", "freeze", "--period", "2025H1")
    assert (outcome.code, outcome.out) == (7, b"")
    assert "--revise" in outcome.err
    assert run_kpicli({}, "freeze", "--period", "2025H1", "--revise").code == 0


def test_not_final(run_kpicli: Run) -> None:
    """Exit 5 where a row is in doubt, and the option that freezes all the same."""
    doubtful = {**PROJECT, "voices.csv": voices("V1,2025/4/31,損保,感謝,,S001,")}
    outcome = run_kpicli(doubtful, "freeze", "--period", "2025H1")
    assert (outcome.code, outcome.out) == (5, b"")
    assert "--not-final" in outcome.err
    outcome = run_kpicli({}, "freeze", "--period", "2025H1", "--not-final")
    assert (outcome.code, "第1版(確定前)" in outcome.text) == (0, True)


def test_never_frozen(run_kpicli: Run) -> None:
    """Diff of a period that was never frozen exits 2 and says what to type."""
    outcome = run_kpicli(PROJECT, "diff", "2024H2")
    assert (outcome.code, "kpicli freeze --period 2024H2" in outcome.err) == (2, True)


def test_a_damaged_record(run_kpicli: Run, tmp_path: Path) -> None:
    """Exit 4, naming the file; nothing is frozen over it in silence."""
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "2025H1.json").write_text("{}", encoding="utf-8")
    for command in (("diff", "2025H1"), ("freeze", "--period", "2025H1", "--revise")):
        outcome = run_kpicli(PROJECT, *command)
        assert (outcome.code, "published/2025H1.json" in outcome.err) == (4, True)


REPORTED = {
    **PROJECT,
    "kpicli.toml": SETTINGS + '[report]\nnarrative = "words.md"\n',
    "words.md": "# 原則2\n本文\n",
}
READERS = (
    ("summarize", "--period", "2025H1", "--compare", "previous", "-f", "json"),
    ("report", "--period", "2025H1"),
    ("diff", "2024H2", "-f", "text"),
)


@pytest.mark.parametrize("args", READERS, ids=lambda args: str(args[0]))
def test_an_edited_record_is_refused(
    args: tuple[str, ...], run_kpicli: Run, tmp_path: Path
) -> None:
    """Whoever compares with an edited record ends with exit 4, and no figure."""
    run_kpicli(REPORTED, "freeze", "--period", "2024H2")
    file = tmp_path / "published" / "2024H2.json"
    edited = file.read_bytes().replace(b'"frozen_on": "2025-11-01"', b'"frozen_on": "2025-10-01"')
    file.write_bytes(edited)
    outcome = run_kpicli({}, *args)
    assert (outcome.code, outcome.out) == (4, b"")
    assert "published/2024H2.json は凍結したあとに書き換えられています: frozen_on\n" in outcome.err


@pytest.mark.parametrize("args", READERS, ids=lambda args: str(args[0]))
def test_a_lost_edition_is_told(args: tuple[str, ...], run_kpicli: Run, tmp_path: Path) -> None:
    """Where an older edition is missing the figures stand, and it is named: exit 0."""
    run_kpicli(REPORTED, "freeze", "--period", "2024H2")
    run_kpicli({}, "freeze", "--period", "2024H2", "--revise")
    (tmp_path / "published" / "2024H2.1.json").unlink()
    outcome = run_kpicli({}, *args)
    assert outcome.code == 0
    told = outcome.text.replace("\n  ", "") if args[0] == "diff" else outcome.err
    assert "published/2024H2.1.json" in told
    assert "新しい版の前にあったはずの版がありません" in told


@pytest.mark.parametrize("args", READERS[:2], ids=lambda args: str(args[0]))
def test_a_deleted_record_is_missed(args: tuple[str, ...], run_kpicli: Run, tmp_path: Path) -> None:
    """A comparison that counts anew for want of the record says so: exit 0."""
    run_kpicli(REPORTED, "freeze", "--period", "2024H2")
    run_kpicli({}, "freeze", "--period", "2025H1")
    (tmp_path / "published" / "2024H2.json").unlink()
    outcome = run_kpicli({}, *args)
    assert outcome.code == 0
    assert "D507 published/2024H2.json (published/2025H1.json)" in outcome.err


def test_a_deleted_record_cannot_be_compared(run_kpicli: Run, tmp_path: Path) -> None:
    """Diff of a record that another one knows, and that is not there, exits 4."""
    run_kpicli(REPORTED, "freeze", "--period", "2024H2")
    run_kpicli({}, "freeze", "--period", "2025H1")
    (tmp_path / "published" / "2024H2.json").unlink()
    outcome = run_kpicli({}, "diff", "2024H2")
    assert (outcome.code, "published/2024H2.json" in outcome.err) == (4, True)


def test_summarize_says_what_was_published(run_kpicli: Run) -> None:
    """Every format for people marks the value, explains the mark and names the record."""
    earlier = voices("V0,2025/3/1,損保,感謝,,S001,", "V1,2025/4/1,損保,感謝,,S001,")
    run_kpicli({**PROJECT, "voices.csv": earlier}, "freeze", "--period", "2024H2")
    for form in ("text", "table", "markdown"):
        args = ("--period", "2025H1", "-k", "voices", "--compare", "previous", "-f", form)
        outcome = run_kpicli({}, "summarize", *args)
        text = outcome.text.replace("\\", "").replace("\n  ", "")
        assert outcome.code == 0
        assert "[公表値]" in text
        assert "[公表値]: 公表時に凍結した値" in text
        assert "公表値 2024年度下期: published/2024H2.json 第1版(2025-11-01 凍結)" in text
        outcome = run_kpicli({}, "summarize", *args, "--recompute")
        assert "公表値" not in outcome.text
    args = ("--period", "2025H1", "-k", "voices", "--compare", "previous", "-f", "json")
    total = json.loads(run_kpicli({}, "summarize", *args).text)["kpis"][0]["figures"]["total"]
    assert total["origin"]["kind"] == "computed"
    assert total["comparisons"][0]["origin"] == {
        "kind": "frozen",
        "source": "published/2024H2.json",
        "on": "2025-11-01",
        "edition": 1,
        "note": None,
    }


def test_an_entered_figure_is_shown(run_kpicli: Run, tmp_path: Path) -> None:
    """It has its mark, legend and source; it can be asked for by its id."""
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "nps.csv").write_text(
        "period,kpi,value,source,entered_on\n2025H1,nps,45,保険会社A,2025-10-05\n", encoding="utf-8"
    )
    settings = PROJECT["kpicli.toml"] + '[entered.nps]\ntitle = "NPS"\nunit = "点"\n'
    files = {**PROJECT, "kpicli.toml": settings}
    outcome = run_kpicli(files, "summarize", "--period", "2025H1", "-k", "nps", "-f", "text")
    assert outcome.text.split("[注]")[0] == (
        "2025年度上期\n2025-04-01 から 2025-09-30 まで (2025-09-30 時点)\n\n"
        "[原則の指定なし]\nNPS  45点 [入力値]\n\n"
    )
    assert "NPS: 2025H1 の値 45 は 2025-10-05 に入力したもの(出典: 保険会社A)" in outcome.text
    assert "- [入力値]: 出力からは数えられず、手で入力した値\n" in outcome.text
    outcome = run_kpicli({}, "summarize", "--period", "2025H1", "-k", "nps")
    assert outcome.text.splitlines()[1] == (
        "2025H1,2025-04-01,2025-09-30,nps,NPS,,,,,,45,点,,,,,,,ok,0,entered,"
    )
    assert run_kpicli({}, "explain", "nps", "--period", "2025H1").code == 2
