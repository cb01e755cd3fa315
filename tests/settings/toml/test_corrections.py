"""What is wrong in settings is told with its line, as it is written, and as it should be."""

import re
from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.settings.settings import read_settings
from support.command_line import PROJECT, Run

KPI = '[kpi.own]\ntitle = "x"\nsource = "voices"\nmeasure = "count"\n'


def told(folder: Path, text: str, **parts: str) -> list[str]:
    """Return the lines of the settings error in Japanese, without the one that names the file."""
    for name, content in parts.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    file = folder / "kpicli.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_settings(file)
    first, *lines = error.value.message.ja.splitlines()
    assert first == f"{file} の設定に誤りがあります:"
    return [line.strip() for line in lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            '# 注\nexpots = { voices = "a" }',
            [
                "2 行目: 「expots」というキーはありません(「exports」のことですか)",
                '今: expots = { voices = "a" }',
                '正: exports = { voices = "a" }',
            ],
        ),
        (
            '[exports]\nvoicez = "a.csv"',
            [
                "2 行目: exports.voicez: 「voicez」という出力はありません(「voices」のことですか)",
                '今: voicez = "a.csv"',
                '正: voices = "a.csv"',
            ],
        ),
        (
            "reach_back_months = 'x'\ntimezone = 9\n",
            [
                "1 行目: reach_back_months: 整数を書いてください",
                "今: reach_back_months = 'x'",
                '2 行目: timezone: 文字列を "…" の形で書いてください',
                "今: timezone = 9",
            ],
        ),
        (
            "[exports]\nvoices = { files = 'a', covers = ['2025H1'] }",
            [
                '2 行目: exports.voices.covers: 文字列を "…" の形で書いてください',
                "今: voices = { files = 'a', covers = ['2025H1'] }",
                "正: voices = { files = 'a', covers = '2025H1' }",
            ],
        ),
        (
            "[exports]\nvoices = { files = 'a', covers = 2025 }",
            [
                '2 行目: exports.voices.covers: 文字列を "…" の形で書いてください',
                "今: voices = { files = 'a', covers = 2025 }",
                "正: voices = { files = 'a', covers = \"2025\" }",
            ],
        ),
        (
            KPI + 'where = { category = ["不満", "不万"] }\n',
            [
                "5 行目: kpi.own.where.category: コード表 voice_category に"
                "「不万」という値はありません(「不満」のことですか)",
                '今: where = { category = ["不満", "不万"] }',
                '正: where = { category = ["不満", "不満"] }',
            ],
        ),
        (
            KPI + '[[kpi.own.targets]]\nat_least = 3\nper = "half"\n'
            '[[kpi.own.targets]]\nat_laest = 3\nper = "half"\n',
            [
                "9 行目: kpi.own.targets.1: 「at_laest」というキーはありません"
                "(「at_least」のことですか)",
                "今: at_laest = 3",
                "正: at_least = 3",
            ],
        ),
        (
            '[exports]\nvoices = { files = "C:\\temp\\new.csv" }',
            [
                '2 行目: exports.voices.files: "…" の中の \\t や \\n はタブや改行になります。'
                "Windows のパスは '…' で囲むか、/ で区切ってください",
                '今: voices = { files = "C:\\temp\\new.csv" }',
                "正: voices = { files = 'C:\\temp\\new.csv' }",
            ],
        ),
        (
            'catalogue = ["insurance_agenci"]',
            [
                "1 行目: catalogue: 「insurance_agenci」という内蔵のパックはありません"
                "(「insurance_agency」のことですか)",
                '今: catalogue = ["insurance_agenci"]',
                '正: catalogue = ["insurance_agency"]',
            ],
        ),
    ],
)
def test_the_line_as_written_and_corrected(text: str, lines: list[str], tmp_path: Path) -> None:
    """Slips in keys and names, values of another type, members of lists, missing keys."""
    assert told(tmp_path, text) == lines


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('kpis = ["voices" "voices_nonlife"]', 'kpis = ["voices", "voices_nonlife"]'),
        ('timezone = "Tokyo"', 'timezone = "Asia/Tokyo"'),
        ('timezone = "Asia/Tokio"', 'timezone = "Asia/Tokyo"'),
        ('covers = "2025-4から2025-9"', 'covers = "2025-04..2025-09"'),
        ('covers = "2025/4から2025/9"', 'covers = "2025-04..2025-09"'),
        ('covers = "2025-09..2025-04"', 'covers = "2025-04..2025-09"'),
        ('headers = { "受付日" = "x" }', 'headers = { received_on = "x" }'),
        ('headers = { recieved_on = "x" }', 'headers = { received_on = "x" }'),
    ],
)
def test_slips_of_people_who_write_settings(tmp_path: Path, wrong: str, right: str) -> None:
    """The corrected line is told in both languages, and put in its place it is accepted."""
    below = wrong.startswith(("covers", "headers"))
    text = f'{"" if below else wrong}\n[exports.voices]\nfiles = "a"\n{wrong if below else ""}\n'
    file = tmp_path / "kpicli.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_settings(file)
    message = error.value.message
    line = text.split("\n").index(wrong) + 1
    assert f"{line} 行目" in message.ja
    assert f"line {line}" in message.en
    for told_in, word in ((message.ja, "正:"), (message.en, "correct:")):
        (advice,) = re.findall(rf"{word} (.*)", told_in)
        assert advice.replace('"received_on"', "received_on") == right
        file.write_text(text.replace(wrong, advice), encoding="utf-8")
        read_settings(file)


def test_a_missing_key_is_told_at_its_table(tmp_path: Path) -> None:
    """There is no line of its own: that of the heading, and what may stand there."""
    first, written = told(tmp_path, '[kpi.own]\ntitle = "x"\nsource = "voices"\n')
    assert first.startswith("1 行目: kpi.own.measure: 必須のキーがありません(使えるもの: count, ")
    assert written == "今: [kpi.own]"


def test_a_correction_that_does_not_help_is_not_shown(tmp_path: Path) -> None:
    """A renamed key that is there already, and a list whose members are no texts."""
    text = "[exports]\nvoices = { files = 'a', filez = 'b', }\nstaff = { files = 9 }\n"
    text = text.replace(", }", " }")
    assert [line for line in told(tmp_path, text) if line.startswith("正")] == []


def test_every_correction_can_be_put_in(tmp_path: Path) -> None:
    """Line by line the settings become right, as who follows the advice would have it."""
    text = 'kpis = ["voice"]\n[exports]\nvoicez = { fles = "a", cover = "2025H1" }\n' + KPI.replace(
        "count", "cuont"
    )
    file = tmp_path / "kpicli.toml"
    for _ in range(9):
        file.write_text(text, encoding="utf-8")
        try:
            read_settings(file)
            break
        except SettingsError as error:
            advice = re.search(r"(\d+) 行目[^\n]*\n *今: [^\n]*\n *正: ([^\n]*)", error.message.ja)
            if advice is None:  # two slips in one line: neither alone makes it right
                text = text.replace("fles", "files")
                continue
            lines = text.split("\n")
            lines[int(advice[1]) - 1] = advice[2]
            text = "\n".join(lines)
    assert 'voices = { files = "a", covers = "2025H1" }' in text
    assert 'kpis = ["voices"]' in text
    assert 'measure = "count"' in text
    assert read_settings(file).values.kpis == ("voices",)


def test_an_included_file_is_named(tmp_path: Path) -> None:
    """Where tables are in several files, each problem has that of its key."""
    part = KPI.replace("voices", "voicez")
    assert told(tmp_path, 'include = "part.toml"\n', part=part) == [
        "part.toml 3 行目: kpi.own.source: 「voicez」という出力はありません("
        "「voices」のことですか)",
        '今: source = "voicez"',
        '正: source = "voices"',
    ]


def test_mail_and_language(run_kpicli: Run) -> None:
    """`[mail]`, which mail alone reads, has lines, too; in the language that is asked for."""
    mail = '[mail]\nsender = "a@example.jp"\nattach = "cvs"\n[exports]\nvoices = "voices.csv"\n'
    project = {**PROJECT, "kpicli.toml": mail}
    outcome = run_kpicli(project, "mail", "--period", "2025H1", "--dry-run")
    assert outcome.code == 3
    assert "3 行目: mail.attach: 「cvs」は添付できません(「csv」のことですか)" in outcome.err
    assert '正: attach = "csv"' in outcome.err


def test_principles_have_lines(run_kpicli: Run) -> None:
    """A list of principles of one's own is read with the same care."""
    project = {
        **PROJECT,
        "kpicli.toml": '[report]\nprinciples = "own.toml"\n',
        "own.toml": 'title = "x"\nrevised = 2024-09-26\n[[principle]]\nnumber = "1"\nnaem = "x"\n',
    }
    outcome = run_kpicli(project, "principles")
    assert outcome.code == 3
    assert (
        "5 行目: principle.0: 「naem」というキーはありません(「name」のことですか)" in outcome.err
    )
    assert '正: name = "x"' in outcome.err
