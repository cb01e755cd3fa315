"""What is said on stderr: one line a fault, harmless for a terminal."""

import io
import sys

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from kpicli.base import faults
from kpicli.base.errors import UsageError
from kpicli.base.faults import Fault, Place
from kpicli.base.wording import Text
from kpicli.cli.shared.messages import SHOWN_AT_MOST, show_error, show_faults, show_message

DATE = Fault(faults.UNREADABLE_DATE, "voices", Place("v.csv", row=3, column="受付日"), value="9/31")
NOTE = next(kind for kind in faults.CATALOGUE.values() if kind.level == "note")
WARNING = next(kind for kind in faults.CATALOGUE.values() if kind.level == "warning")


def test_an_error_comes_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    """The message, then the hint, a line each; without one there is none."""
    show_error(UsageError(Text("違います", "wrong"), Text("直してください", "correct it")))
    show_error(UsageError(Text("違います", "wrong")))
    assert capsys.readouterr().err == "エラー: 違います\n対処: 直してください\nエラー: 違います\n"


def test_signs_of_a_terminal_are_shown_and_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    """Line ends of our own stay line ends."""
    show_message("a\x1b[31m\rb\nc")
    assert capsys.readouterr().err == "a\\x1b[31m\\rb\nc\n"


def test_what_the_encoding_lacks_is_spelled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message is never lost for a character; a stderr that is gone hears nothing."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(raw, encoding="ascii"))
    show_message("①件")
    assert raw.getvalue() == b"\\u2460\\u4ef6\n"
    monkeypatch.setattr(sys, "stderr", None)
    show_message("x")


def test_faults_come_before_warnings_and_notes_not_at_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A cell's value is there only with leave."""
    place = Place("v.csv", row=2)
    show_faults([Fault(WARNING, "v", place), Fault(NOTE, "v", place), DATE], show_values=False)
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("不備 D101 v.csv 3 行目 列「受付日」: ")
    assert "9/31" not in first
    assert second.startswith(f"注意 {WARNING.code} v.csv 2 行目: ")
    show_faults([DATE], show_values=True)
    assert " [9/31] - " in capsys.readouterr().err


def test_a_long_list_says_how_many_it_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    """And where all of them stand."""
    columns = (replace(DATE.place, column=str(n)) for n in range(SHOWN_AT_MOST + 7))
    show_faults([replace(DATE, place=place) for place in columns], show_values=False)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == SHOWN_AT_MOST + 1
    assert lines[-1] == "ほかに 7 件あります(kpicli check -o faults.csv で全件が出ます)"


def test_what_is_alike_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Rows of one kind, column and pair of files are counted; any other is another line."""
    rows = [replace(DATE, place=replace(DATE.place, row=row)) for row in range(3, 8)]
    others = [
        replace(DATE, place=Place("w.csv", row=2, column="受付日")),
        replace(DATE, kind=faults.UNREADABLE_DATE.because("no_year")),
        replace(DATE, other=Place("w.csv", row=9)),
        replace(DATE, count=4, place=replace(DATE.place, row=20)),
    ]
    show_faults([*rows, *others], show_values=False)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("不備 D101 v.csv 3 行目 列「受付日」(9 行): ")
    assert [line.partition(" 行)")[1] for line in lines] == [" 行)", "", "", ""]
    show_faults(rows, show_values=True)
    assert len(capsys.readouterr().err.splitlines()) == 5


def test_a_long_message_hangs_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its further lines are moved in, and none is longer than the window."""
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    show_message("注意 " + "出力を確かめてください。" * 5)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) > 2
    assert all(line.startswith("  ") for line in lines[1:])
    assert max(map(cell_len, lines)) <= 40
    assert "".join(line.strip() for line in lines) == "注意 " + "出力を確かめてください。" * 5


def test_a_line_as_wide_as_the_terminal_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What just fits, moved in or not, is one line; what is a cell wider goes on below."""
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    for line in ("あ" * 20, "  " + "あ" * 19, "  " + "あ" * 19 + "a"):
        show_message(line)
    shown = capsys.readouterr().err.splitlines()
    assert shown[:2] == ["あ" * 20, "  " + "あ" * 19]
    assert len(shown) == 4
