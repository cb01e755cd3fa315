"""`kpicli init` once more: adding exports, like before, profiles, and the workbook of questions."""

import tomllib
from pathlib import Path

import openpyxl
import pytest

from kpicli.intake.profiles import read_profile
from support.command_line import process, session
from support.pty_session import on_a_terminal

HEADER = "受付No.,受付年月日,保険の区分,声の種別"


def export(
    folder: Path, name: str, months: range, header: str = HEADER, kind: str = "感謝"
) -> Path:
    """Write an export of voices, three a month of 2025, one of them of `kind`; return its path."""
    kinds = {2: kind, 12: "感謝", 25: "要望"}
    rows = [
        f"V{month:02}{day:02},2025/{month}/{day},生保,{own}"
        for month in months
        for day, own in kinds.items()
    ]
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join((header, *rows, "")), encoding="utf-8")
    return file


def begun(folder: Path) -> str:
    """Run init in a folder with one export, and return the settings."""
    export(folder, "old/a.csv", range(4, 10))
    assert process("init", "old", "--yes", folder=folder).code == 0
    return (folder / "kpicli.toml").read_text(encoding="utf-8")


def test_add(tmp_path: Path) -> None:
    """A further export is put at the end; what stood there stays, and both are counted."""
    before = begun(tmp_path)
    export(tmp_path, "new/b.csv", range(10, 11))
    done = process("init", "--add", "new", "--yes", folder=tmp_path)
    assert done.code == 0, done.err
    after = (tmp_path / "kpicli.toml").read_text(encoding="utf-8")
    assert after.startswith(before)
    entries = tomllib.loads(after)["exports"]["voices"]
    assert [entry["files"] for entry in entries] == [["old/a.csv"], ["new/b.csv"]]
    asked = ("-k", "voices", "-f", "csv")
    counted = process("summarize", "-p", "2025-04..2025-10", *asked, folder=tmp_path)
    assert ",voices,お客様の声,2;7,,,,,21,件," in counted.text


def test_add_what_is_there(tmp_path: Path) -> None:
    """An export that the settings name already is said to be there, and nothing is written."""
    before = begun(tmp_path)
    done = process("init", "--add", "old/a.csv", "--yes", folder=tmp_path)
    assert done.code == 0
    assert "old/a.csv は設定にもうあります" in done.err
    assert (tmp_path / "kpicli.toml").read_text(encoding="utf-8") == before


def test_add_to_settings_of_another_form(tmp_path: Path) -> None:
    """Settings to which nothing can be added stay as they are, and the lines to write are shown."""
    export(tmp_path, "a.csv", range(4, 10), "受付番号,受付日,商品区分,声の区分")
    text = '[exports]\nvoices = "a.csv"\n'
    (tmp_path / "kpicli.toml").write_text(text, encoding="utf-8")
    export(tmp_path, "b.csv", range(10, 13))
    done = process("init", "--add", "b.csv", "--yes", folder=tmp_path)
    assert done.code == 3
    assert 'voice_id = ["受付No."]' in done.err
    assert (tmp_path / "kpicli.toml").read_text(encoding="utf-8") == text


def test_like_before_with_a_renamed_header(tmp_path: Path) -> None:
    """A later folder is read as the one before; a header that was renamed is told as a drift."""
    begun(tmp_path)
    export(tmp_path, "new/b.csv", range(4, 10), "受付No.,受付した日,保険の区分,声の種別")
    done = process("init", "new", "--like", "last-half", "--yes", folder=tmp_path)
    assert done.code == 0, done.err
    assert "注意 お客様の声: 「受付日」の見出しが変わりました(受付年月日 → 受付した日)" in done.err
    settings = tomllib.loads((tmp_path / "kpicli-2025H1.toml").read_text(encoding="utf-8"))
    assert settings["exports"]["voices"][0]["headers"]["received_on"] == ["受付した日"]


def test_like_before_with_nothing_else(tmp_path: Path) -> None:
    """Without a change there is no drift, and what words stand for need not be asked again."""
    begun(tmp_path)
    text = (tmp_path / "kpicli.toml").read_text(encoding="utf-8")
    text += '[exports.voices.synonyms.category]\n"不満" = ["苦情"]\n'
    (tmp_path / "kpicli.toml").write_text(text, encoding="utf-8")
    export(tmp_path, "new/b.csv", range(4, 10), kind="苦情")
    done = session("\n", "init", "new", "--like", "kpicli.toml", "--yes", folder=tmp_path)
    assert done.code == 7  # kpicli.toml is there
    like = ("init", "new", "--like", "kpicli.toml")
    done = session("\n\n\n", "--config", "next.toml", *like, folder=tmp_path)
    assert done.code == 0, done.err
    assert "注意 お客様の声" not in done.err
    assert '"不満" = ["苦情"]' in (tmp_path / "next.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["nothing.toml", "2025-13"])
def test_like_nothing(tmp_path: Path, word: str) -> None:
    """What is neither settings nor a period is refused, with advice."""
    export(tmp_path, "a.csv", range(4, 10))
    done = process("init", ".", "--like", word, "--yes", folder=tmp_path)
    assert done.code == 2
    assert "--like" in done.err


def test_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile is kept under a new name, and another folder is read by it."""
    home = tmp_path / "home"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    first, second = tmp_path / "first", tmp_path / "second"
    export(first, "a.csv", range(4, 10))
    done = process("init", ".", "--profile", "東支店", "--yes", folder=first)
    assert done.code == 0, done.err
    (file,) = home.rglob("*.toml")
    assert file.name == "東支店.toml"
    kept = read_profile("東支店")
    assert kept is not None
    assert kept.headers["voices"]["received_on"] == ("受付年月日",)
    assert "V0402" not in file.read_text(encoding="utf-8")
    export(second, "a.csv", range(4, 10), "受付No.,受付した日,保険の区分,声の種別")
    done = process("init", ".", "--profile", "東支店", "--yes", folder=second)
    assert "(受付年月日 → 受付した日)" in done.err


def test_a_name_that_is_none(tmp_path: Path) -> None:
    """The name of a profile is no path."""
    export(tmp_path, "a.csv", range(4, 10))
    done = process("init", ".", "--profile", "../x", "--yes", folder=tmp_path)
    assert done.code == 2
    assert "--profile" in done.err


def test_workbook_of_questions(tmp_path: Path) -> None:
    """The questions go into a workbook with their figures; filled in, they are the answers."""
    export(tmp_path, "a.csv", range(4, 10), kind="苦情")
    done = process("init", ".", "-o", "mapping.xlsx", folder=tmp_path)
    assert done.code == 0, done.err
    assert not (tmp_path / "kpicli.toml").exists()
    book = openpyxl.load_workbook(tmp_path / "mapping.xlsx")
    questions, columns = book.worksheets
    asked = {str(row[4].value): row for row in questions.iter_rows(min_row=2)}
    row = asked["value voices.category 苦情"]
    assert "1) 知らない値のまま(要確認になる)  お客様の声: 12件" in str(row[1].value)
    assert "3) 不満  お客様の声: 18件" in str(row[1].value)
    row[3].value = 3
    holds = {str(own[1].value): own for own in columns.iter_rows(min_row=2)}
    assert holds["受付年月日"][4].value == "received_on"
    holds["保険の区分"][4].value = "-"
    book.save(tmp_path / "mapping.xlsx")
    done = process("init", ".", "--from", "mapping.xlsx", folder=tmp_path)
    assert done.code == 0, done.err
    settings = tomllib.loads((tmp_path / "kpicli.toml").read_text(encoding="utf-8"))
    (entry,) = settings["exports"]["voices"]
    assert entry["synonyms"] == {"category": {"不満": ["苦情"]}}
    assert "line" not in entry["headers"]
    assert "voices_nonlife" not in settings["kpis"]
    assert "fiscal_year.starts" in settings["guesses"]  # left blank
    assert "推測 年度は何月に始まりますか → 4 月(すべての数値)" in done.err


def test_a_workbook_with_slips(tmp_path: Path) -> None:
    """An answer that is no number, a column and a file that there are none are told."""
    export(tmp_path, "a.csv", range(4, 10), kind="苦情")
    assert process("init", ".", "-o", "m.xlsx", folder=tmp_path).code == 0
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    book.worksheets[0]["D2"] = "九"
    book.save(tmp_path / "n.xlsx")
    done = process("init", "a.csv", "--from", "n.xlsx", folder=tmp_path)
    assert (done.code, "番号ではありません" in done.err) == (4, True)
    book.worksheets[0]["D2"] = "1"
    book.worksheets[1]["E2"] = "no_such"
    book.save(tmp_path / "n.xlsx")
    done = process("init", "a.csv", "--from", "n.xlsx", folder=tmp_path)
    assert done.code == 4
    assert "使えるもの: voice_id, received_on" in done.err
    other = export(tmp_path, "other.csv", range(4, 5))
    done = process("init", "a.csv", "--from", other.name, folder=tmp_path)
    assert (done.code, "質問のブックではありません" in done.err) == (4, True)
    assert not (tmp_path / "kpicli.toml").exists()


def test_options_that_do_not_go_together(tmp_path: Path) -> None:
    """Options that mean nothing together are refused before anything is read."""
    done = process("init", ".", "--add", "--profile", "x", folder=tmp_path)
    assert (done.code, "--add と --profile は一緒に使えません" in done.err) == (2, True)


RENAMED = "受付No.,受付した日,保険の区分,声の種別"


@pytest.mark.parametrize("option", ["--profile", "--like"])
def test_a_second_folder_on_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    """Of a second folder every question is answered by Enter; Ctrl-C at any leaves nothing."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, header, kind in ((first, HEADER, "感謝"), (second, RENAMED, "苦情")):
        export(folder, "in/a.csv", range(4, 10), header, kind)
    begun = on_a_terminal("init", "in", "--profile", "branch", folder=first)
    assert (begun.code, begun.asked > 1) == (0, True)
    known = ("--profile", "branch") if option == "--profile" else ("--like", str(first))
    kept = sorted((tmp_path / "home").rglob("*.toml"))
    before = [file.read_bytes() for file in kept]
    whole = None
    for stop_at in range(1, 9):
        done = on_a_terminal("init", "in", *known, folder=second, stop_at=stop_at)
        if done.asked < stop_at:
            whole = done
            break
        assert done.code == 130
        assert [path.name for path in second.iterdir()] == ["in"]
        assert [file.read_bytes() for file in kept] == before
    assert whole is not None
    assert whole.asked > 1
    assert whole.code == 5  # the word that nobody knows leaves figures in doubt
    assert "(受付年月日 → 受付した日)" in whole.shown
    assert "Traceback" not in whole.shown
    assert (second / "kpicli.toml").is_file()
    assert "年度は何月に" not in whole.shown
