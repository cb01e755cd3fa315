"""The lines about a folder, as people read them."""

from pathlib import Path

from rich.cells import cell_len

from kpicli.base.wording import Language
from kpicli.intake.asking.questions import next_question
from kpicli.intake.offering import offer
from kpicli.intake.showing import cut, folder_lines, offer_lines, question_lines
from kpicli.intake.understanding import understand
from support.strange_folders import scrambled_sample


def test_the_lines_of_a_table(tmp_path: Path) -> None:
    """A table is told with its layout, and each column with its evidence and what it means."""
    rows = [f"V{n},2025/{4 + n % 6}/{1 + n},感謝,S001,短い文" for n in range(1, 25)]
    header = "受付番号,受付日,声の区分,担当者,内容"
    (tmp_path / "a.csv").write_text("\n".join((header, *rows, "")), encoding="cp932")
    (tmp_path / "b.csv").write_text("品名,在庫\n鉛筆,10\n消しゴム,12\n", encoding="utf-8")
    folder, proposal = understand([tmp_path], tmp_path)
    assert list(folder_lines(folder.tables, proposal, "ja")) == [
        "a.csv → お客様の声 (83%, 確か)",
        "  cp932, コンマ, 見出し 1 行目, 24 行, 2025-04..2025-09 (4-4/月)",
        "  受付番号               番号 重なりなし                      → 受付番号",
        "  受付日                 日付 2025-04-07..25-09-24 西暦       → 受付日",
        "  声の区分               区分 感謝 24                         → 声の区分",
        "  担当者                 人(値は出しません) 1 種類            → 担当者",
        "  内容                   文章(値は出しません)                 → 内容",
        "",
        "b.csv - 使う指標が見つかりません",
        "  utf-8, コンマ, 見出し 1 行目, 2 行",
        "  品名                   区分 2 種類",
        "  在庫                   番号 重なりなし",
        "",
    ]


def test_eighty_columns(tmp_path: Path) -> None:
    """No line is wider than 80 half-width cells, in either language."""
    scrambled_sample(tmp_path)
    folder, proposal = understand([tmp_path], tmp_path)
    for language in ("ja", "en"):
        lines = list(folder_lines(folder.tables, proposal, language))
        assert len(lines) > 100
        assert max(map(cell_len, lines)) <= 80


def test_cut() -> None:
    """What is cut ends in a mark and is no wider than asked for."""
    assert cut("短い", 4) == "短い"
    assert cut("とても長い", 6) == "とて…"


LANGUAGES: tuple[Language, ...] = ("ja", "en")


def test_tables_in_records(tmp_path: Path) -> None:
    """Of records with a table in them it is said that a line is no case, and what to do."""
    lines = ["*,1,2025/4/1,感謝,2025/4/2", ",1,2025/4/1,感謝,2025/4/3", "*,2,2025/4/5,不満,"]
    header = "レコードの開始行,レコード番号,受付日,声の区分,対応日"
    (tmp_path / "a.csv").write_text("\n".join((header, *lines, "")), encoding="utf-8")
    folder, proposal = understand([tmp_path], tmp_path)
    for language in LANGUAGES:
        shown = list(folder_lines(folder.tables, proposal, language))
        assert any("explode" in line for line in shown)
        assert max(map(cell_len, shown)) <= 80


def test_months_that_are_added_up(tmp_path: Path) -> None:
    """Of a table whose months are added up that is said, and each of its columns is a month."""
    text = "区分,4月,5月,6月,合計\n感謝,3,1,2,6\n不満,1,0,2,3\n"
    (tmp_path / "声_2025年度.csv").write_text(text, encoding="utf-8")
    read, proposal = understand([tmp_path], tmp_path)
    shown = list(folder_lines(read.tables, proposal, "en"))
    assert shown[0] == "声_2025年度.csv → 声 (monthly) (100%, a guess)"
    assert "unpivot" in shown[2]
    assert [line.partition("→")[2].strip() for line in shown[3:8]] == ["item", *["month"] * 3, ""]


def test_months_as_columns(tmp_path: Path) -> None:
    """Of a table with months side by side the reason is said why it feeds nothing."""
    wide = {
        "plain": "区分,4月,5月,6月,合計\n感謝,3,1,2,6\n不満,1,0,2,3\n",
        "years": "区分,2025年4月,2025年5月,2025年6月\n感謝,3,1,2\n不満,1,0,2\n",
        "digits": "区分,2025-04,2025-05,2025-06\n感謝,3,1,2\n不満,1,0,2\n",
    }
    for name, text in wide.items():
        (folder := tmp_path / name).mkdir()
        (folder / "a.csv").write_text(text, encoding="utf-8")
        read, proposal = understand([folder], folder)
        assert proposal.entries == ()
        for language in LANGUAGES:
            shown = list(folder_lines(read.tables, proposal, language))
            assert any("unpivot" in line for line in shown), name
            assert max(map(cell_len, shown)) <= 80


def test_a_title_that_leaves_no_room_stands_above_its_figures(tmp_path: Path) -> None:
    """No title of a KPI is cut beside the figures of the answers; all lines fit 80 columns."""
    rows = [f"V{n},2025/{4 + n % 6}/{1 + n},損保,感謝" for n in range(1, 25)]
    text = "\n".join(("受付番号,受付日,商品区分,声の区分", *rows, ""))
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    question = next_question(understand([tmp_path], tmp_path)[1])
    assert question is not None
    title = "公的介護保険制度の説明を記録した損保担当者の割合"
    cells = tuple(f"{n}00/252件 70.6%" for n in range(1, 5))
    narrow = list(question_lines(question, ((title, ("1件", "2件", "3件", "4件")),), "ja"))
    assert narrow[-1].split() == [title, "1件", "2件", "3件", "4件"]
    below = list(question_lines(question, ((title, tuple(c * 2 for c in cells)),), "ja"))
    assert below[-5:] == [f"  {title}", *(f"    {n}) {c * 2}" for n, c in enumerate(cells, 1))]
    lines = list(question_lines(question, ((title, cells), ("声", cells)), "ja"))
    above = lines.index(f"  {title}")
    assert lines[above + 1].split() == " ".join(cells).split()
    assert lines[above + 2 :] == ["  声", lines[above + 1]]
    assert max(map(cell_len, lines)) <= 80


def test_no_figure(tmp_path: Path) -> None:
    """Where no KPI can be fed, that is said, and no heading stands above nothing."""
    rows = "".join(f"V{n},2025/4/{n}\n" for n in range(1, 20))
    (tmp_path / "a.csv").write_text(f"受付番号,受付日\n{rows}", encoding="utf-8")
    summary = offer('kpis = []\n[exports]\nvoices = "a.csv"\n', tmp_path).summary
    for language in LANGUAGES:
        line, blank = offer_lines(summary, language)
        assert ("設定の注記" in line) == (language == "ja")
        assert blank == ""
