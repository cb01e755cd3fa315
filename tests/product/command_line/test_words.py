"""The words of the command line: two languages, and only characters that cp932 has."""

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

from support.command_line import PROJECT, Run, process
from support.root import ROOT

READ_ONLY = (
    *("values", "loaders/encoding", "loaders/shapes", "checks/characters.py"),
    *("intake/profiling", "loaders/workbook/shared_texts.py", "report/office/values.py"),
)
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
    text = (ROOT / "src/kpicli/catalog/packs/insurance_agency.toml").read_text(encoding="utf-8")
    assert text.encode("cp932").decode("cp932") == text


def test_messages_in_both_languages(run_kpicli: Run) -> None:
    """Messages speak the language asked for."""
    words = ("summarize", "--period", "2025H1", "--kpi", "nothing")
    english = process("--lang", "en", *words).err
    assert english.startswith("Error: there is no KPI 'nothing'\nHint: ")
    japanese = run_kpicli(PROJECT, *words).err
    assert japanese.startswith("エラー: 指標「nothing」はありません\n対処: ")


def test_tables_in_both_languages(run_kpicli: Run, tmp_path: Path) -> None:
    """Outputs for people speak it too."""
    words = ("summarize", "--period", "2025H1", "--kpi", "voices", "-f", "text")
    assert "2025年度上期" in run_kpicli(PROJECT, *words).text
    english = process("--lang", "en", *words, folder=tmp_path).text
    assert "FY2025H1" in english
    assert "2025年度上期" not in english


def test_columns_are_the_same_in_both_languages(run_kpicli: Run, tmp_path: Path) -> None:
    """In outputs for programs titles, units and items follow the language, nothing else."""
    words = ("summarize", "--period", "2025H1", "--kpi", "voices")
    japanese = list(csv.DictReader(run_kpicli(PROJECT, *words).text.splitlines()))
    english = process("--lang", "en", *words, folder=tmp_path).out.decode()
    for ja, en in zip(japanese, csv.DictReader(english.splitlines()), strict=True):
        changed = [name for name in ja if ja[name] != en[name]]
        assert changed == ["title", *(["item"] if ja["item"] else []), "unit"]
