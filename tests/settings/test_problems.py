"""What the settings name must be in the catalogue, and fit it; said in both languages."""

from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.settings.settings import read_settings

POLICIES = """\
[source.policies]
title = "契約"
key = "number"
rhythm = "register"
in_force = ["from", "to"]
until = "last_day_in"
[source.policies.columns]
number = { headers = "番号", type = "id" }
from = { headers = "始", type = "date" }
to = { headers = "終", type = "date" }
[source.lines]
title = "種目"
of = "voices"
per = ["received_on", "line"]
"""


@pytest.mark.parametrize(
    ("exports", "ja", "en"),
    [
        (
            "policies = { files = 'a', covers = '2025H1' }",
            "台帳が答えるのは書き出した日についてです。代わりに as_of = 2025-09-30 と書き、",
            "policies.covers: a register answers for the day on which it was written; write as_of",
        ),
        (
            "policies = { files = 'a', keeps_ended = true }",
            "exports.policies.as_of: 書き出した日を 2025-04-10 のように書いてください",
            "exports.policies.as_of: the day on which it was written, such as 2025-04-10",
        ),
        (
            "policies = [{ files = 'a', as_of = 2025-04-01 }, { files = 'b', as_of = 2025-05-01 }]",
            "それぞれに as_of と keeps_ended = true が要ります",
            "several exports of a register have as_of and keeps_ended = true each",
        ),
        (
            "voices = { files = 'a', as_of = 2025-04-01 }",
            "exports.voices: as_of と keeps_ended は台帳(register)にだけ書きます",
            "exports.voices: as_of and keeps_ended are of a register",
        ),
        (
            "lines = 'a.csv'",
            "exports.lines: voices から作るので、voices のほうを書きます",
            "exports.lines: it is made of voices, which is exported",
        ),
        (
            "voices = { files = 'a', synonyms = { category = { '感謝' = ['ふまん', '不満'] } } }",
            "「不満」が「感謝」の下にありますが、すでに「不満」の書き方です",
            "'不満' stands under '感謝', but it means '不満' already",
        ),
        (
            "voices = { files = 'a', holds = { category = ['不万'], voice_id = ['1'] } }",
            "exports.voices.holds.voice_id: コードの列ではありません",
            "exports.voices.holds.category: no value '不万' (did you mean '不満'?)",
        ),
    ],
)
def test_exports_fit_the_catalogue(exports: str, ja: str, en: str, tmp_path: Path) -> None:
    """Each contradiction is said at its key."""
    file = tmp_path / "kpicli.toml"
    file.write_text(f"[exports]\n{exports}\n{POLICIES}", encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_settings(file)
    assert ja in error.value.message.ja
    assert en in error.value.message.en
    assert "2 行目: exports." in error.value.message.ja


SPLIT = {
    "[exports.voice]": ('[exports.voice]\nfiles = "a.csv"\n[exports.voices.headers]', 1),
    "[exports.voice.headers]": ('[[exports.voices]]\nfiles = "a.csv"\n[exports.voice.headers]', 3),
    "[exports.own_on]": ('[exports.own_on]\nfiles = "a.csv"\n[exports.own_one.headers]', 1),
}
OWN = """
[source.own_one]
title = "独自"
key = "row"
rhythm = "sparse"
[source.own_one.columns]
category = { headers = "区分", type = "text" }
on = { headers = "日", type = "date" }
"""


@pytest.mark.parametrize("written", SPLIT)
def test_an_export_under_two_ids(tmp_path: Path, written: str) -> None:
    """The id that no source has is named with the nearest, and its line, corrected, is read."""
    text, line = SPLIT[written]
    text += '\ncategory = ["区分"]\n' + (OWN if "own" in written else "")
    file = tmp_path / "kpicli.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        read_settings(file)
    slip, meant = ("own_on", "own_one") if "own" in written else ("voice", "voices")
    said = raised.value.message.ja
    assert (
        f"{line} 行目: exports.{slip}: 「{slip}」という出力はありません(「{meant}」のことですか)"
        in said
    )
    assert f"今: {written}" in said
    corrected = said.rpartition("正: ")[2]
    lines = text.split("\n")
    lines[line - 1] = corrected
    file.write_text("\n".join(lines), encoding="utf-8")
    assert set(read_settings(file).values.exports) == {meant}


def test_files_are_missing_where_nothing_is_near(tmp_path: Path) -> None:
    """An export without files, beside none of a like id, lacks its files."""
    file = tmp_path / "kpicli.toml"
    for beside in ("", '[exports.meetings]\nfiles = "a.csv"\n'):
        text = beside + '[exports.voices.headers]\ncategory = ["区分"]\n'
        file.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError) as raised:
            read_settings(file)
        assert "exports.voices.files: 必須のキーがありません" in raised.value.message.ja
