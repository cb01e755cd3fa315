"""The words of the command line: two languages, and only characters that cp932 has."""

import ast
import re
from importlib.metadata import version

import pytest

from command_line import PROJECT, ROOT, Run, process

SOURCES = sorted((ROOT / "src").rglob("*.py"))
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def docstrings(tree: ast.AST) -> set[ast.AST]:
    """Return the nodes of a module's docstrings, and of strings that stand as comments."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.stem)
def test_words_that_are_shown_fit_cp932(file: object) -> None:
    """Every sentence of ours can be shown by a Japanese Windows console."""
    tree = ast.parse(open(str(file), encoding="utf-8").read())  # noqa: SIM115, PTH123 - short
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"Text", "say"}
    ]
    words = [
        part.value
        for call in calls
        for part in ast.walk(call)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    assert [word for word in words if word != word.encode("cp932", "ignore").decode("cp932")] == []


def test_the_catalogue_fits_cp932() -> None:
    """Titles and values of the built-in catalogue fit as well."""
    text = (ROOT / "src/kpicli/catalog/insurance_agency.toml").read_text(encoding="utf-8")
    assert text.encode("cp932").decode("cp932") == text


@pytest.mark.parametrize("words", [("--help",), ("summarize", "--help"), ("sources", "--help")])
def test_help_is_japanese(words: tuple[str, ...]) -> None:
    """By default every heading and every explanation of the help is Japanese."""
    lines = process(*words).text.splitlines()
    said = [line for line in lines if line.strip() and not re.match(r" {22,}", line)]
    assert [line for line in said if not JAPANESE.search(line)] == []
    assert said[0].startswith("使い方: kpicli ")


@pytest.mark.parametrize("words", [("--help",), ("summarize", "--help"), ("sources", "--help")])
def test_help_is_english(words: tuple[str, ...]) -> None:
    """With --lang en, or KPICLI_LANG=en, none of it is."""
    text = process("--lang", "en", *words).text
    assert not JAPANESE.search(text)
    assert text == process(*words, KPICLI_LANG="en").text
    assert process("--lang=ja", *words, KPICLI_LANG="en").text == process(*words).text


def test_messages_in_both_languages() -> None:
    """Messages speak the language asked for."""
    words = ("summarize", "--period", "2025H1", "--kpi", "nothing")
    assert process("--lang", "en", *words).err.startswith("Error: there is no KPI 'nothing'\nHint:")
    assert process(*words).err.startswith("エラー: KPI「nothing」はありません\n対処: ")


def test_tables_in_both_languages() -> None:
    """Tables for people too; the columns of csv are the same in both."""
    words = ("summarize", "--period", "2025H1", "--kpi", "voices")
    assert "FY2025H1" in process("--lang", "en", *words, "-f", "text").text
    assert "2025年度上期" in process(*words, "-f", "text").text
    assert process("--lang", "en", *words).out == process(*words).out


def test_version(run_kpicli: Run) -> None:
    """--version names the program and its version."""
    assert run_kpicli(PROJECT, "--version").text == f"kpicli {version('kpicli')}\n"
