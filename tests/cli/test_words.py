"""The words of the command line: two languages, and only characters that cp932 has."""

import ast
import re
from collections.abc import Iterator
from importlib.metadata import version

import pytest

from command_line import PROJECT, ROOT, Run, process

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
READ_ONLY = ("values", "loaders/encoding", "renderers/safety.py")
"""Modules whose strings hold characters to be recognised in files, and never shown."""


def strings(tree: ast.AST) -> Iterator[str]:
    """Yield the strings of a module, docstrings aside."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


def test_words_fit_cp932() -> None:
    """Every string of ours can be shown by a Japanese Windows console."""
    source = ROOT / "src/kpicli"
    checked, wrong = 0, []
    for file in sorted(source.rglob("*.py")):
        if str(file.relative_to(source)).startswith(READ_ONLY):
            continue
        for word in strings(ast.parse(file.read_text(encoding="utf-8"))):
            checked += 1
            if word.encode("cp932", "ignore").decode("cp932") != word:
                wrong.append(f"{file.relative_to(source)}: {word!a}")
    assert checked > 1000
    assert wrong == []


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
