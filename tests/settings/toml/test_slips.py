"""A file that is not TOML: the line, the slip in words of our own, and the line corrected."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from kpicli.settings.toml.slips import no_toml

FILE = Path("kpicli.toml")


def said(text: str) -> SettingsError:
    """Return the error for a text that is not TOML."""
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    return no_toml(FILE, text, error.value)


@pytest.mark.parametrize(
    ("text", "ja"),
    [
        (
            "a = 1\n[codes.x]\n不満 = ['苦情']\nb = 2\n",
            "kpicli.toml の 3 行目が TOML として読めません: "
            '日本語や空白のあるキーは "…" で囲みます\n'
            "  今: 不満 = ['苦情']\n"
            "  正: \"不満\" = ['苦情']",
        ),
        (
            "a = 1\n区分＝“苦情”\n",
            "kpicli.toml の 2 行目が TOML として読めません: 記号や空白が全角です(半角で書きます)、"
            '日本語や空白のあるキーは "…" で囲みます\n'
            "  今: 区分＝“苦情”\n"
            '  正: "区分"="苦情"',
        ),
        (
            'a = 1\nfiles = "C:\\data\\a.csv"\n',
            "kpicli.toml の 2 行目が TOML として読めません: "
            "\"…\" の中の \\ は特別な意味になります('…' で囲みます)\n"
            '  今: files = "C:\\data\\a.csv"\n'
            "  正: files = 'C:\\data\\a.csv'",
        ),
        (
            "starts = 04\n",
            "kpicli.toml の 1 行目が TOML として読めません: "
            '0 で始まる数は書けません(番号なら "…" で囲みます)\n'
            "  今: starts = 04\n"
            "  正: starts = 4\n"
            '  正: starts = "04"',
        ),
        (
            '[exports]\nvoices = ["a.csv"\nstaff = "b.csv"\n',
            "kpicli.toml の 2 行目が TOML として読めません: 括弧の開きと閉じの数が合いません\n"
            '  今: voices = ["a.csv"\n'
            '  正: voices = ["a.csv"]',
        ),
        (
            "[x]\na = 1\n[y]\n[ x ] # 注\nb = 2\n",
            "kpicli.toml の 4 行目が TOML として読めません: 1 行目にも [x] があります。"
            "この下の行をそこへ移し、この見出しを消してください\n  今: [ x ] # 注",
        ),
        (
            "[x]\na = 1\nb = 2\na = 3",
            "kpicli.toml の 4 行目が TOML として読めません: 2 行目にも a があります。"
            "どちらか一つだけ残してください\n  今: a = 3",
        ),
        (
            "[x]\na = 1\na = 1\n",
            "kpicli.toml の 3 行目が TOML として読めません: 2 行目にも a があります。"
            "この行を消してください\n  今: a = 1",
        ),
        (
            "x = { a = 1, a = 2 }",
            "kpicli.toml の 1 行目が TOML として読めません: "
            "{ } の中に 'a' が二つあります。一つだけ残してください\n  今: x = { a = 1, a = 2 }",
        ),
        (
            "a = 1\nb =\n",
            "kpicli.toml の 2 行目が TOML として読めません: "
            "= の後に書ける値がありません\n  今: b =",
        ),
        (
            'a = 1\nb = """x\n\n',
            'kpicli.toml の 2 行目が TOML として読めません: 文字列が閉じていません\n  今: b = """x',
        ),
        (
            "=3",
            "kpicli.toml の 1 行目が TOML として読めません: TOML の書き方に合いません\n  今: =3",
        ),
    ],
)
def test_slips_in_words(text: str, ja: str) -> None:
    """Line, cause, the line as written and as it should be, where that can be told."""
    assert said(text).message.ja == ja


def test_a_correction_does_not_mend_what_is_wrong_below() -> None:
    """The first slip is corrected though there are others: one after the other is told."""
    first = said("a = x\nb = y\n").message.ja
    assert '正: a = "x"' in first
    assert '正: b = "y"' in said('a = "x"\nb = y\n').message.ja


def test_both_languages() -> None:
    """English says the same."""
    assert said("a = 1\n不満 = 2").message.en == (
        "kpicli.toml is not TOML, line 2: a key with more than ASCII letters, digits, _ and - is "
        'put into quotes: "…"\n  written: 不満 = 2\n  correct: "不満" = 2'
    )


ALPHABET = st.sampled_from("a区=＝\"'“”[]{}#., 　\\0149-_/:\n")


@given(st.text(ALPHABET, max_size=30))
def test_whatever_is_advised_is_read(text: str) -> None:
    """No advice is untried: put in place, reading goes on beyond the line, or to the end."""
    try:
        tomllib.loads(text)
        return
    except tomllib.TOMLDecodeError as error:
        message = no_toml(FILE, text, error).message
    assert not re.search(r"(Invalid|Expected|Unclosed|Illegal|Cannot)", message.ja)
    line = re.search(r"の (\d+) 行目", message.ja)
    assert line is not None
    number, lines = int(line[1]), text.splitlines()
    for corrected in re.findall(r"^  正: (.*)$", message.ja, re.MULTILINE):
        tried = "\n".join([*lines[: number - 1], corrected, *lines[number:]])
        try:
            tomllib.loads(tried)
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"at line (\d+)", str(error))
            assert at is not None
            assert int(at[1]) > number
