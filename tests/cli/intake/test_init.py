"""`kpicli init`: from unknown exports to settings that give the figures."""

import csv
import io
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from support.command_line import Outcome, environment, process, session
from support.root import ROOT
from support.strange_folders import scrambled_sample


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """Return a folder of the sample's exports under strange names, and what init said there."""
    folder = tmp_path_factory.mktemp("strange")
    scrambled_sample(folder)
    return folder, process("init", ".", "--yes", folder=folder)


def figures(text: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return the rows of csv by KPI and item."""
    return {(row["kpi"], row["item"]): row for row in csv.DictReader(io.StringIO(text))}


@pytest.mark.slow
def test_published_figures(project: tuple[Path, Outcome]) -> None:
    """After init, the published table comes out of exports whose names and headers are strange."""
    folder, _ = project
    asked = ("summarize", "--period", "2025H1", "--compare", "previous,year-ago", "-f", "csv")
    counted = figures(process(*asked, folder=folder).text)
    text = (ROOT / "tests/data/figures_2025H1.tsv").read_text(encoding="utf-8")
    expected = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
    assert len(expected) > 40
    for row in expected:
        own = counted[row["kpi"], row["item"]] if row["item"] != "2025-08" else None
        for column in ("value", "numerator", "denominator", "previous", "year_ago"):
            if own is not None and row[column]:
                assert own[column] == row[column], (row, column)


@pytest.mark.slow
def test_first_table(project: tuple[Path, Outcome]) -> None:
    """Its own output is the first table, of the last half that the exports hold in full."""
    _, done = project
    own = figures(done.text)
    assert own["voices", ""]["value"] == "841"
    assert {row["period"] for row in own.values()} == {"2025H1"}


@pytest.mark.slow
def test_guessed_figures(project: tuple[Path, Outcome]) -> None:
    """KPIs that rest on a guess say so, and init ends as one whose figures are not final does."""
    folder, done = project
    titles = {kpi: row["title"] for (kpi, _), row in figures(done.text).items()}
    guessed = {kpi for kpi, title in titles.items() if title.endswith("(推測)")}
    assert "compliance_meetings" in guessed
    assert "voices" not in guessed
    assert done.code == 5
    assert "推測: 確かめていない設定が " in done.err
    assert "推測 会議記録の出力は、どの月をもれなく含みますか → " in done.err
    later = process("summarize", "--period", "2025H1", "-f", "csv", folder=folder)
    assert (later.code, later.text) == (5, done.text)


@pytest.mark.slow
def test_guesses_are_marked(project: tuple[Path, Outcome]) -> None:
    """With --yes every line that nobody confirmed says so, and sure ones do not."""
    folder, _ = project
    lines = (folder / "kpicli.toml").read_text(encoding="utf-8").splitlines()
    marked = [line for line in lines if line.endswith("# 推測")]
    assert [line for line in lines if line.startswith("covers")] == [
        line for line in marked if line.startswith("covers")
    ]
    assert any(line.startswith("fiscal_year") for line in marked)
    assert 'received_on = ["受付年月日"] # 受付日' in lines
    listed = tomllib.loads("\n".join(lines))["guesses"]
    assert {path.rpartition(".")[2] for path in listed} >= {"covers", "starts", "theme"}
    assert "exports.voices.headers.received_on" not in listed


@pytest.mark.slow
def test_settings_hold_what_is_there_alone(project: tuple[Path, Outcome]) -> None:
    """The settings name each file once, no pack but the agency's own, and all KPIs in order."""
    folder, _ = project
    settings = tomllib.loads((folder / "kpicli.toml").read_text(encoding="utf-8"))
    named = [
        file for entries in settings["exports"].values() for own in entries for file in own["files"]
    ]
    assert sorted(named) == sorted(path.name for path in folder.glob("export_*"))
    assert settings["catalogue"] == ["insurance_agency"]
    assert settings["kpis"][:2] == ["compliance_meetings", "roleplay_sessions"]
    assert len(settings["kpis"]) == 29


@pytest.mark.slow
def test_draft_of_the_words(project: tuple[Path, Outcome]) -> None:
    """A draft of the report's words lies beside the settings, and the report can be made of it."""
    folder, _ = project
    draft = (folder / "narrative/2025H1.md").read_text(encoding="utf-8")
    assert "{{ voices }}" in draft or "voices" in draft


@pytest.mark.slow
def test_next_step(project: tuple[Path, Outcome]) -> None:
    """Init ends with the command that makes the report's page, which does."""
    folder, done = project
    step, command = done.err.splitlines()[-2:]
    assert step == "次は: narrative/2025H1.md に文章を書き加えて"
    assert command == "  kpicli report --period 2025H1 --edition internal -o page.html"
    made = process(*command.split()[1:], folder=folder)
    assert made.code == 5, made.err
    assert "841" in (folder / "page.html").read_text(encoding="utf-8")


def of_one_half(done: Outcome, folder: Path) -> str:
    """Return the half of the first table, the draft and the next command, which has to be one."""
    (period,) = {row["period"] for row in figures(done.text).values()}
    assert [file.stem for file in (folder / "narrative").iterdir()] == [period]
    step, command = done.err.splitlines()[-2:]
    assert f"narrative/{period}.md" in step
    assert f"--period {period} " in command
    made = process(*command.split()[1:], folder=folder)
    assert made.code in (0, 5), made.err
    return period


def voices_and_meetings(folder: Path) -> None:
    """Write voices of 2025H1, and meetings of a year that go on for a month after it."""
    rows = [f"V{n:03},2025/{4 + n % 6}/{1 + n % 28},損保,感謝" for n in range(1, 61)]
    text = "\n".join(("受付番号,受付日,商品区分,声の区分", *rows, ""))
    (folder / "voices.csv").write_text(text, encoding="utf-8")
    days = [*(f"2025/{month}/10" for month in (1, 2, 3, 5, 6, 7, 8, 9, 10))]
    rows = [f"M{n:02},{day},コンプライアンス会議" for n, day in enumerate(days)]
    text = "\n".join(("会議番号,開催日,会議名", *rows, ""))
    (folder / "meetings.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("answers", ["\n\n\n\n", "\n2\n\n\n", "2\n3\n\n\n\n", "--yes"])
def test_all_is_of_one_half(tmp_path: Path, answers: str) -> None:
    """First table, draft and next command are of the last half that most exports reach.

    Whatever months of few rows are said to be covered: a month after the half opens no new one.
    """
    voices_and_meetings(tmp_path)
    if answers == "--yes":
        done = process("init", ".", "--yes", folder=tmp_path)
    else:
        done = session(answers, "init", ".", folder=tmp_path)
    assert of_one_half(done, tmp_path) == "2025H1"


def test_one_half_by_another_year(tmp_path: Path) -> None:
    """Where the year begins in January the half is the one that holds what there is of it."""
    voices_and_meetings(tmp_path)
    done = session("\n\n2\n\n", "init", ".", folder=tmp_path)
    assert "starts = 1 " in (tmp_path / "kpicli.toml").read_text(encoding="utf-8")
    assert of_one_half(done, tmp_path) == "2025H2"


@pytest.mark.slow
def test_never_writes_over(project: tuple[Path, Outcome]) -> None:
    """Where there are settings nothing is done, and the file stays as it is."""
    folder, _ = project
    before = (folder / "kpicli.toml").read_bytes()
    done = process("init", ".", "--yes", folder=folder)
    assert (done.code, done.out) == (7, b"")
    assert "kpicli.toml はすでにあります" in done.err
    assert (folder / "kpicli.toml").read_bytes() == before


@pytest.mark.slow
def test_no_personal_value_is_shown(project: tuple[Path, Outcome]) -> None:
    """No staff number, customer or text of a customer's stands in what init says or writes."""
    folder, done = project
    written = done.err + (folder / "kpicli.toml").read_text(encoding="utf-8")
    assert "人(値は出しません)" in written
    assert not any(value in written for value in ("S001", "C00001", "ありがとう", "証券番号の照会"))


def test_no_table(tmp_path: Path) -> None:
    """A folder without a table is an error that says what is looked at; nothing is written."""
    done = process("init", ".", "--yes", folder=tmp_path)
    assert done.code == 4
    assert ". に表がありません" in done.err
    assert ".csv .tsv .txt .xlsx .xlsm .parquet" in done.err
    assert list(tmp_path.iterdir()) == []


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is named."""
    done = process("--lang", "en", "init", "exports", "--yes", folder=tmp_path)
    assert done.code == 4
    assert "exports does not exist" in done.err


def small_folder(folder: Path) -> Path:
    """Return a folder of one export with a word that no code table lists."""
    days = [f"2025/{month}/{day}" for month in range(4, 10) for day in (2, 12, 25)]
    rows = [f"V{n:03},{day},損保,感謝" for n, day in enumerate(days)]
    header = "受付番号,受付日,商品区分,声の区分,改善日"
    text = "\n".join((header, *(f"{row}," for row in rows), "X1,2025/4/3,損保,苦情,2025/5/1", ""))
    (folder / "a.csv").write_text(text, encoding="cp932")
    return folder


def test_every_question_is_answered_by_enter(tmp_path: Path) -> None:
    """With Enter alone the settings are written; what nobody knows stays unknown, not guessed."""
    folder = small_folder(tmp_path)
    done = session("\n" * 9, "init", ".", folder=folder)
    assert done.code == 5, done.err  # the word that nobody knows leaves figures in doubt
    text = (folder / "kpicli.toml").read_text(encoding="utf-8")
    assert "synonyms" not in text
    assert not any(line.endswith("# 推測") for line in text.splitlines()[2:])
    assert figures(done.text)["voices", ""]["value"] == "18"


def test_the_session(tmp_path: Path) -> None:
    """Questions stand with their answers and, side by side, the figures that each leads to."""
    done = session("3\n\n\n", "init", ".", folder=small_folder(tmp_path))
    begun = done.err.index("お客様の声の列「声の区分」の「苦情」")
    assert done.err[begun:].startswith(
        "お客様の声の列「声の区分」の「苦情」(1 行) は何として数えますか\n"
        "  1) 知らない値のまま(要確認になる)\n"
        "  2) 感謝\n"
        "  3) 不満\n"
        "  4) 要望\n"
        "  5) その他\n"
        "                        1)    2)    3)    4)    5)\n"
        "  お客様の声          18件  19件  19件  19件  19件\n"
        "  不満の声からの改善     -     -   1件     -     -\n"
        "番号 [1-5、Enter = 1]: \n"
    )
    text = (tmp_path / "kpicli.toml").read_text(encoding="utf-8")
    assert '[exports.voices.synonyms.category]\n"不満" = ["苦情"]\n' in text
    assert figures(done.text)["complaint_improvements", ""]["value"] == "1"


def test_nothing_is_written_without_a_yes(tmp_path: Path) -> None:
    """The last question is whether to write; after n there is nothing but the exports."""
    done = session("\n\nn\n", "init", ".", folder=small_folder(tmp_path))
    assert (done.code, done.out) == (0, b"")
    assert "何も書きませんでした" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_nobody_answers(tmp_path: Path) -> None:
    """Where the input ends the run ends with advice, and nothing is written."""
    done = process("init", ".", folder=small_folder(tmp_path))
    assert done.code == 2
    assert "--yes" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    """Whoever stops at a question finds the folder as it was."""
    child = subprocess.Popen(
        [sys.executable, "-m", "kpicli", "init", "."],
        cwd=small_folder(tmp_path),
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert child.stdin is not None
    assert child.stderr is not None
    told = b""
    while "番号 [".encode() not in told:
        told += child.stderr.read(1)
    child.send_signal(signal.SIGINT)
    assert child.wait(timeout=30) == 130
    child.stdin.close()
    child.stderr.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_in_english(tmp_path: Path) -> None:
    """The session speaks English where it is asked to."""
    done = session("\n\n\n", "--lang", "en", "init", ".", folder=small_folder(tmp_path))
    assert "in which month does the fiscal year begin?" in done.err
    assert "unknown (the figures say so)" in done.err
    text = (tmp_path / "kpicli.toml").read_text(encoding="utf-8")
    assert text.startswith("#:schema ./kpicli.schema.json\n# Settings made by kpicli init.")


def test_editors_know_the_keys(project: tuple[Path, Outcome]) -> None:
    """The schema that the first line names lies beside the settings."""
    folder, _ = project
    written = (folder / "kpicli.schema.json").read_text(encoding="utf-8")
    assert written == process("schema", folder=folder).text


def test_open_questions_alone(tmp_path: Path) -> None:
    """Where --yes leaves open what everything hangs on, that has to be answered is said."""
    rows = [f"{n},C{n:03},2025/{4 + n % 6}/{1 + n % 28},感謝,損保" for n in range(1, 61)]
    header = "レコード番号,お客様番号,受付日,声の区分,商品区分"
    (tmp_path / "a.csv").write_text("\n".join((header, *rows, "")), encoding="utf-8")
    done = process("init", ".", "--yes", folder=tmp_path)
    assert done.code == 4
    assert "--yes を付けずに" in done.err
    assert not (tmp_path / "kpicli.toml").exists()


def test_nothing_is_asked_where_nothing_can_be_counted(tmp_path: Path) -> None:
    """Of tables that feed nothing no question is asked, and the next steps are named."""
    (tmp_path / "a.csv").write_text("品名,在庫\n鉛筆,10\n消しゴム,12\n", encoding="utf-8")
    done = session("", "init", ".", folder=tmp_path)
    assert done.code == 4
    assert "年度" not in done.err
    assert "kpicli sources" in done.err


def test_nothing_is_known_but_lines_can_be_counted(tmp_path: Path) -> None:
    """What is advised where no export is known gives a figure: the number of lines of the half."""
    rows = [f"鉛筆,2025/{3 + n % 8}/3" for n in range(40)]
    (tmp_path / "a.csv").write_text("\n".join(("品名,来た日", *rows, "")), encoding="utf-8")
    for further in ((), ("--yes",), ("-o", "questions.xlsx")):
        done = process("init", ".", *further, folder=tmp_path)
        assert done.code == 4
        assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]
    advised = done.err[done.err.index("[[exports.own]]") :]
    (tmp_path / "kpicli.toml").write_text(advised, encoding="utf-8")
    counted = process("summarize", "-p", "2025H1", "-f", "csv", folder=tmp_path)
    assert (counted.code, figures(counted.text)["own", ""]["value"]) == (0, "30"), counted.err


def test_nothing_is_known_nor_has_a_date(tmp_path: Path) -> None:
    """Where no table has a date it is said what is needed, and nothing that was just tried."""
    (tmp_path / "a.csv").write_text("品名,在庫\n鉛筆,10\n消しゴム,12\n", encoding="utf-8")
    done = process("init", ".", folder=tmp_path)
    assert done.code == 4
    advice = done.err[done.err.index("対処: ") :]
    assert "日付の列" in advice
    assert "kpicli init" not in advice
    assert "kpicli check" not in advice


def test_no_table_shall_be_used(tmp_path: Path) -> None:
    """Whoever answers that no table is used is told so, and not to answer what is open."""
    rows = [f"K{n},2025/{4 + n % 6}/3,苦情" for n in range(20)]
    (tmp_path / "a.csv").write_text(
        "\n".join(("整理番号,来た日,区分", *rows, "")), encoding="utf-8"
    )
    assert "--yes を付けずに" in process("init", ".", "--yes", folder=tmp_path).err
    done = session("\n", "init", ".", folder=tmp_path)
    assert (done.code, "番号を選んで" in done.err) == (4, True)
    assert session("2\n" + "\n" * 9, "init", ".", folder=tmp_path).code in (0, 5)
