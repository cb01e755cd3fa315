"""`kpicli report`: formats by suffix, refusals before anything is read, exit codes."""

import re
import shutil
from pathlib import Path

import pytest

from support.command_line import PROJECT, Run
from support.root import ROOT

HALF = ("report", "--period", "2025H1")
WORDS = "# 報告\n\n声は{{ voices }}件。\n\n## 原則2 利益\n\n### 評価\n\n良い。\n"

LACKING = (
    "注意 保険会社への報告: 列「保険会社報告日」がありません: voices.csv\n"
    "注意 保険会社での改善: 列「保険会社改善日」がありません: voices.csv\n"
)
"""What is said of the small project, whose export lacks two columns."""


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """Write the narrative of the small project, and return its path."""
    file = tmp_path / "narrative/2025H1.md"
    file.parent.mkdir()
    file.write_text(WORDS, encoding="utf-8")
    return file


def test_markdown_is_what_stdout_gets(words: Path, run_kpicli: Run) -> None:
    """Without -o the report is Markdown; both comparisons are there by default."""
    outcome = run_kpicli(PROJECT, *HALF)
    assert (outcome.code, outcome.err) == (0, LACKING)
    assert outcome.text.startswith("# 報告\n\n- 対象期間: 2025年度上期(2025年4月1日～9月30日)\n")
    assert "声は2件。" in outcome.text
    assert "- 前期: 2024年度下期(" in outcome.text
    assert "- 前年同期: 2024年度上期(" in outcome.text
    assert words.read_text(encoding="utf-8") == WORDS


@pytest.mark.parametrize(("name", "start"), [("r.html", "<!doctype html>"), ("r.md", "# 報告")])
@pytest.mark.usefixtures("words")
def test_the_suffix_names_the_format(
    name: str, start: str, run_kpicli: Run, tmp_path: Path
) -> None:
    """A page or a text is written whole, and nothing to stdout."""
    outcome = run_kpicli(PROJECT, *HALF, "-o", name)
    assert (outcome.code, outcome.out, outcome.err) == (0, b"", LACKING)
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize("name", ["r.docx", "r.csv", "r"])
@pytest.mark.usefixtures("words")
def test_a_suffix_that_names_no_format_of_a_report(name: str, run_kpicli: Run) -> None:
    """What is advised are the suffixes that reports have, and no others."""
    outcome = run_kpicli(PROJECT, *HALF, "-o", name)
    assert (outcome.code, outcome.out) == (2, b"")
    assert outcome.err == (
        f"エラー: {name} の拡張子から出力形式が決まりません\n"
        "対処: 拡張子を .html, .htm, .md, .xlsx, .pdf のどれかにするか、--format を付けてください\n"
    )


@pytest.mark.usefixtures("words")
def test_a_format_that_reports_do_not_have(run_kpicli: Run) -> None:
    """Only the formats of a report are named, not those of other commands."""
    outcome = run_kpicli(PROJECT, *HALF, "--format", "csv")
    assert (outcome.code, outcome.out) == (2, b"")
    assert "使える形式: html, markdown, xlsx, pdf\n" in outcome.err


@pytest.mark.usefixtures("words")
def test_a_folder_is_no_report(run_kpicli: Run, tmp_path: Path) -> None:
    """The advice is a file of a kind that reports have."""
    (tmp_path / "made").mkdir()
    outcome = run_kpicli(PROJECT, *HALF, "-o", "made")
    assert outcome.code == 7
    assert "made/kpi.html のように書いてください" in outcome.err


@pytest.mark.usefixtures("words")
def test_one_comparison_alone(run_kpicli: Run) -> None:
    """--compare leaves the other out."""
    outcome = run_kpicli(PROJECT, *HALF, "--compare", "year-ago")
    assert "- 前年同期:" in outcome.text
    assert "- 前期:" not in outcome.text


@pytest.mark.usefixtures("words")
def test_a_fragment_is_html_alone(run_kpicli: Run) -> None:
    """--fragment gives a body without a page; any other format is a usage error."""
    outcome = run_kpicli(PROJECT, *HALF, "--fragment", "--format", "html")
    assert outcome.text.startswith('<div class="fd-report alignwide" lang="ja">')
    assert run_kpicli(PROJECT, *HALF, "--fragment").code == 2


@pytest.mark.usefixtures("words")
def test_a_plain_fragment_is_several_files(run_kpicli: Run, tmp_path: Path) -> None:
    """Body, style sheet and charts stand beside each other; without a file it is refused."""
    for lacking in (("-f", "html", "--fragment", "--plain"), ("--plain", "-o", "fd.html")):
        assert run_kpicli(PROJECT, *HALF, *lacking).code == 2
    outcome = run_kpicli(PROJECT, *HALF, "--fragment", "--plain", "-o", "fd.html")
    assert (outcome.code, outcome.out) == (0, b"")
    assert sorted(file.name for file in tmp_path.glob("fd*")) == [
        *("fd-fd-chart-1.svg", "fd.css", "fd.html"),
    ]


@pytest.mark.usefixtures("words")
def test_a_format_that_is_none_of_a_report(run_kpicli: Run) -> None:
    """Such as csv is refused, with the formats that there are."""
    outcome = run_kpicli(PROJECT, *HALF, "--format", "csv")
    assert outcome.code == 2
    assert "html, markdown, xlsx" in outcome.err


def test_the_words_are_never_written_over(words: Path, run_kpicli: Run) -> None:
    """-o that names the narrative itself is refused, and so is an export."""
    outcome = run_kpicli(PROJECT, *HALF, "-o", "narrative/2025H1.md")
    assert (outcome.code, words.read_text(encoding="utf-8")) == (2, WORDS)
    assert run_kpicli(PROJECT, *HALF, "-f", "html", "-o", "voices.csv").code == 2


def test_without_words(run_kpicli: Run) -> None:
    """A missing narrative is an error of the settings that names where it is looked for."""
    outcome = run_kpicli(PROJECT, *HALF)
    assert (outcome.code, outcome.out) == (3, b"")
    assert "narrative/2025H1.md を開けません" in outcome.err


def test_lint_ends_with_three_and_writes_nothing(words: Path, run_kpicli: Run) -> None:
    """A typed number is named with file and line."""
    words.write_text(WORDS + "\n841件\n", encoding="utf-8")
    outcome = run_kpicli(PROJECT, *HALF, "--lint", "-o", "r.md")
    assert outcome.code == 3
    assert "narrative/2025H1.md:11: 「841」は原則2のどの数値とも違います" in outcome.err
    assert not (words.parents[1] / "r.md").exists()


@pytest.mark.usefixtures("words")
def test_rows_in_doubt_end_with_five(run_kpicli: Run, tmp_path: Path) -> None:
    """No public report is written; with --allow-doubt, or for the desk, it says 要確認."""
    content = PROJECT["voices.csv"] + "V3,2025/9/31,損保,感謝,,,\n"
    project = {**PROJECT, "voices.csv": content}
    outcome = run_kpicli(project, *HALF, "-o", "r.md")
    assert outcome.code == 5
    assert "確定していない数値があるので、公表用の報告は作りません" in outcome.err
    assert "--allow-doubt" in outcome.err
    assert not (tmp_path / "r.md").exists()
    for extra in (("--allow-doubt",), ("--edition", "internal")):
        outcome = run_kpicli(project, *HALF, *extra, "-o", "r.md")
        assert outcome.code == 5
        assert "voices.csv" in outcome.err
        text = (tmp_path / "r.md").read_text(encoding="utf-8")
        assert "声は2(要確認(1件))件。" in text
        assert ("**社内用**" in text) is ("internal" in extra)


def test_a_missed_target_fails_where_asked(run_kpicli: Run, tmp_path: Path) -> None:
    """--fail-on target exits 6 for the sample, whose role play was held once."""
    outcome = run_kpicli(None, *HALF, "--lint", "--fail-on", "target", "-o", str(tmp_path / "r.md"))
    assert (outcome.code, outcome.err) == (6, "")


def test_the_sample_project_stands_on_its_own(run_kpicli: Run, tmp_path: Path) -> None:
    """The narrative is found beside the settings, from any folder."""
    for name in ("sample_data", "narrative"):
        shutil.copytree(ROOT / name, tmp_path / "there" / name)
    shutil.copy(ROOT / "kpicli.toml", tmp_path / "there")
    outcome = run_kpicli({}, "--config", "there/kpicli.toml", *HALF, "-o", "r.html")
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.usefixtures("words")
def test_another_version_of_a_definition(run_kpicli: Run) -> None:
    """What a note advises can be typed: to compare all the same, or to count anew."""
    late = {**PROJECT, "voices.csv": PROJECT["voices.csv"] + "V3,2024/10/1,生保,不満,,S002,\n"}
    assert run_kpicli(late, "freeze", "--period", "2024H2", "--not-final").code == 0
    changed = {
        **PROJECT,
        "kpicli.toml": PROJECT["kpicli.toml"] + "[kpi.voices]\nextends = true\nversion = 2\n",
    }
    internal = (*HALF, "--edition", "internal")
    outcome = run_kpicli(changed, *internal)
    assert "(--allow-definition-change で比べます)" in outcome.text.replace("\\", "")
    assert not re.search(r"\| お客様の声 注\d+ \| 2件 \| 1件", outcome.text)
    outcome = run_kpicli(changed, *internal, "--allow-definition-change")
    assert (outcome.code, outcome.err) == (0, LACKING)
    row = r"\| お客様の声 注\d+ \| 2件 \| 1件%s \| ↑ 1件増 \|"
    assert re.search(row % r" \\\[公表値\\\]", outcome.text)
    outcome = run_kpicli(changed, *HALF, "--allow-definition-change")
    assert re.search(row % "", outcome.text)
    assert "公表値" not in outcome.text, "readers need no marks"
    outcome = run_kpicli(changed, *internal, "--recompute")
    assert (outcome.code, outcome.err) == (0, LACKING)
    assert re.search(r"\| お客様の声 注\d+ \| 2件 \| 0件 \| ↑ 2件増 \|", outcome.text)
    assert "公表値" not in outcome.text


def test_a_draft_is_written_once(run_kpicli: Run, tmp_path: Path) -> None:
    """It is told where it lies, can be reported, and is never written over."""
    outcome = run_kpicli(PROJECT, *HALF, "--draft")
    file = tmp_path / "narrative/2025H1.md"
    assert (outcome.code, outcome.out) == (0, b"")
    assert str(file) in outcome.err
    written = file.read_bytes()
    assert run_kpicli(PROJECT, *HALF, "--lint").code == 0
    outcome = run_kpicli(PROJECT, *HALF, "--draft")
    assert outcome.code == 7
    assert file.read_bytes() == written


@pytest.mark.usefixtures("words")
def test_the_files_of_the_frame_are_never_written_over(run_kpicli: Run, tmp_path: Path) -> None:
    """Logo, style sheet, template, and the English words."""
    frame = '[report]\nlogo = "l.png"\ncss = "a.css"\ntemplate = "t.html"\n'
    project = {**PROJECT, "kpicli.toml": PROJECT["kpicli.toml"] + frame, "a.css": "", "t.html": "x"}
    for name in ("l.png", "a.css", "t.html", "narrative/2025H1.en.md"):
        outcome = run_kpicli(project, *HALF, "-f", "html", "-o", name)
        assert outcome.code == 2, name
    assert (tmp_path / "t.html").read_text(encoding="utf-8") == "x"


@pytest.mark.usefixtures("words")
def test_earlier_editions_are_linked_to(run_kpicli: Run) -> None:
    """Those that are frozen, where the settings say what their pages are called."""
    frame = '[report]\neditions = "{period}.html"\n'
    project = {**PROJECT, "kpicli.toml": PROJECT["kpicli.toml"] + frame}
    assert '.html"' not in run_kpicli(project, *HALF, "-f", "html").text
    assert run_kpicli(project, "freeze", "--period", "2024H2", "--not-final").code == 0
    assert '<a href="2024H2.html">2024年度下期</a>' in run_kpicli(project, *HALF, "-f", "html").text
