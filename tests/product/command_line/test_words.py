"""The words of the command line: two languages, and only characters that cp932 has."""

import ast
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
import typer
from rich.cells import cell_len

from kpicli.cli.app import app
from support.command_line import PROJECT, Run, process
from support.root import ROOT

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
READ_ONLY = ("values", "loaders/encoding", "renderers/safety.py", "checks/characters.py")
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


COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]  # a group


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_japanese(command: str, run_kpicli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default all explanations of the help are Japanese, and fit 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    lines = run_kpicli(PROJECT, *command.split(), "--help").text.splitlines()
    said = [line for line in lines if line.strip() and not re.match(r" {22,}", line)]
    alone = [line for line in said if re.fullmatch(r"  -[^ ].{20,}", line) and "  " not in line[2:]]
    assert [line for line in said if not JAPANESE.search(line) and line not in alone] == []
    assert said[0].startswith("使い方: kpicli ")
    assert max(cell_len(line) for line in lines) <= 80


@pytest.mark.parametrize("words", [("--help",), ("summarize", "--help")])
def test_help_is_english(words: tuple[str, ...]) -> None:
    """With --lang en none of it is."""
    text = process("--lang", "en", *words).text
    assert text.startswith("Usage: kpicli ")
    assert not JAPANESE.search(text)


def test_the_environment_names_the_language() -> None:
    """KPICLI_LANG=en does what --lang en does; --lang is stronger."""
    assert process("--help", KPICLI_LANG="en").text.startswith("Usage: ")
    assert process("--lang=ja", "--help", KPICLI_LANG="en").text.startswith("使い方: ")


def test_messages_in_both_languages(run_kpicli: Run) -> None:
    """Messages speak the language asked for."""
    words = ("summarize", "--period", "2025H1", "--kpi", "nothing")
    english = process("--lang", "en", *words).err
    assert english.startswith("Error: there is no KPI 'nothing'\nHint: ")
    japanese = run_kpicli(PROJECT, *words).err
    assert japanese.startswith("エラー: KPI「nothing」はありません\n対処: ")


def test_tables_in_both_languages(run_kpicli: Run, tmp_path: Path) -> None:
    """Outputs for people speak it too."""
    words = ("summarize", "--period", "2025H1", "--kpi", "voices", "-f", "text")
    assert "2025年度上期" in run_kpicli(PROJECT, *words).text
    english = process("--lang", "en", *words, folder=tmp_path).text
    assert "FY2025H1" in english
    assert "2025年度上期" not in english


def test_columns_are_the_same_in_both_languages(run_kpicli: Run, tmp_path: Path) -> None:
    """Outputs for programs do not change with the language."""
    words = ("summarize", "--period", "2025H1", "--kpi", "voices")
    expected = run_kpicli(PROJECT, *words).out
    assert process("--lang", "en", *words, folder=tmp_path).out == expected


def test_version(run_kpicli: Run) -> None:
    """--version names the program and its version."""
    assert run_kpicli(PROJECT, "--version").text == f"kpicli {version('kpicli')}\n"
