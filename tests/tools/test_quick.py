"""`pytest -m quick` tries a little of everything, and nothing that takes long."""

from pathlib import Path

import pytest

from support.quick import FIRST, is_costly, quick
from support.root import ROOT

pytest_plugins = ["pytester"]

TESTS = ROOT / "tests"


@pytest.mark.parametrize(
    ("text", "costly"),
    [
        ("import subprocess\n", True),
        ('done = process("check")\n', True),
        ("from recount.files import text_of\n", True),
        ('read_settings(ROOT / "kpicli.toml")\n', True),
        ("import pytest\nin_process(1)\n", False),
        ("from support.small_project import Project\n", False),
    ],
)
def test_what_takes_long_is_told_from_the_file(text: str, costly: bool, tmp_path: Path) -> None:
    """Processes, the whole sample and other readings of it; a small project is none of them."""
    file = tmp_path / "test_x.py"
    file.write_text(text, encoding="utf-8")
    assert is_costly(file) is costly


def test_some_tests_of_a_file_are_quick(pytester: pytest.Pytester) -> None:
    """The first, each by its first case; neither what is marked slow nor what is generated."""
    pytester.makepyfile(
        """
        import pytest
        from hypothesis import given, strategies as st

        @pytest.mark.parametrize("n", [1, 2, 3])
        def test_a(n): ...
        @pytest.mark.slow
        def test_b(): ...
        @given(st.integers())
        def test_c(n): ...
        def test_d(book): ...
        def test_e(): ...
        def test_f(): ...
        def test_g(): ...
        def test_h(): ...
        """
    )
    items, _ = pytester.inline_genitems("-p", "no:cacheprovider")
    names = [item.name for item in quick(items)]
    assert names == ["test_a[1]", "test_e", "test_f"]
    assert len(names) == FIRST


def test_every_folder_has_some() -> None:
    """Of each folder of the package's tests a file is not costly."""
    folders = [file for file in TESTS.iterdir() if any(file.rglob("test_*.py"))]
    without = [f.name for f in folders if all(map(is_costly, f.rglob("test_*.py")))]
    assert sorted(without) == ["sample_data", "system"]  # all exports; programs of the system
