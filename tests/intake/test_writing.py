"""The proposed settings as TOML."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from kpicli.base.wording import Text
from kpicli.cli.shared.schema_file import schema_text
from kpicli.intake.offering import settings_of
from kpicli.intake.understanding import understand
from kpicli.intake.unused import unused_files
from kpicli.intake.writing import settings_text
from support.blind_folders import blind
from support.dialects import DIALECTS

SCHEMA = json.loads(schema_text())


def folder_of(path: Path, name: str = "a.csv") -> Path:
    """Return a folder with an export of voices whose headers are nobody's."""
    rows = [f"V{n},2025/{4 + n % 6}/{1 + n},損保,感謝" for n in range(1, 25)]
    text = "\n".join(("受付No.,受付年月日,保険の区分,声の種別", *rows, ""))
    (path / name).write_text(text, encoding="utf-8")
    return path


def test_the_whole_text(tmp_path: Path) -> None:
    """Each line says what it is; what nobody has confirmed is marked, what is sure is not."""
    proposal = understand([folder_of(tmp_path)], tmp_path)[1]
    text = settings_text(proposal, "en", [Text("質問", "Which date\ncounts?")])
    head, _, rest = text.partition("# KPIs that these exports cannot feed")
    assert head == (
        "# Settings made by kpicli init. Check the lines marked `# guess`, correct what is wrong, "
        "then remove them from the list `guesses`.\n"
        "# Paths are relative to this file\n"
        "\n"
        "fiscal_year = { starts = 4 } # The month in which the year begins # guess\n"
        'catalogue = ["insurance_agency"] # The packs in use\n'
        "kpis = [ # The KPIs, in the order of showing\n"
        '  "voices", # Customer voices: Customer voices received in the period\n'
        '  "voices_nonlife", # Customer voices (non-life): '
        "Customer voices on non-life business received in the period\n"
        "]\n"
    )
    assert rest.endswith(
        "guesses = [ # What is still a guess; a line removed is confirmed\n"
        '  "fiscal_year.starts",\n'
        '  "exports.voices.covers",\n'
        "]\n"
        "\n"
        "# What is still open:\n"
        "#   Which date counts?\n"
        "\n"
        "[[exports.voices]] # Customer voices (1 files, 24 rows)\n"
        'files = ["a.csv"]\n'
        'covers = "2025-04..2025-09" # guess\n'
        "[exports.voices.headers]\n"
        'voice_id = ["受付No."] # voice id\n'
        'received_on = ["受付年月日"] # received on\n'
        'line = ["保険の区分"] # line\n'
        'category = ["声の種別"] # category\n'
    )


def test_hostile_names_stay_in_their_place(tmp_path: Path) -> None:
    """Quotes and signs in a file's name break no line, and the text is read back as it was."""
    name = 'a"]\\ # x=[.csv'
    proposal = understand([folder_of(tmp_path, name)], tmp_path)[1]
    read = tomllib.loads(settings_text(proposal, "ja"))
    assert read["exports"]["voices"][0]["files"] == [name]


def test_a_sure_column_that_has_a_rival(tmp_path: Path) -> None:
    """Where the usual header is a guess, its line is written, marked and listed all the same."""
    days = [f"2025/{month}/{day}" for month in range(4, 10) for day in (2, 12, 25)]
    rows = [f"V{n:03},{day},損保,感謝,{day}" for n, day in enumerate(days)]
    text = "\n".join(("受付番号,受付日,商品区分,声の区分,登録日", *rows, ""))
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    written = settings_text(understand([tmp_path], tmp_path)[1], "ja")
    assert '\nreceived_on = ["受付日"] # 受付日 # 推測\n' in written
    assert "exports.voices.headers.received_on" in tomllib.loads(written)["guesses"]
    sure = settings_text(understand([tmp_path], tmp_path)[1], "ja", guessed=False)
    assert "received_on =" not in sure
    assert "guesses" not in tomllib.loads(sure)


def test_nothing_marked_once_confirmed(tmp_path: Path) -> None:
    """Where people have confirmed what is proposed, no line is a guess."""
    proposal = understand([folder_of(tmp_path)], tmp_path)[1]
    assert "# 推測" not in settings_text(proposal, "ja", guessed=False).split("\n", 1)[1]


def test_lines_without_a_number(tmp_path: Path) -> None:
    """Where a form has no number each line is a row, which the settings say and mark as a guess."""
    rows = [f"2025/{4 + n % 6}/{1 + n} 9:00,満足,{n % 11}" for n in range(1, 25)]
    header = "タイムスタンプ,本日の対応にご満足いただけましたか,当社を勧めたいと思いますか"
    (tmp_path / "a.csv").write_text("\n".join((header, *rows, "")), encoding="utf-8")
    text = settings_text(understand([tmp_path], tmp_path)[1], "en")
    assert (
        "[source.survey_answers]\n"
        "extends = true\n"
        'key = "row" # no ids: each line is a row of its own # guess\n'
        "[source.survey_answers.columns.number]\n"
        "required = false\n"
    ) in text
    assert tomllib.loads(text)["source"]["survey_answers"]["key"] == "row"


def test_months_as_columns(tmp_path: Path) -> None:
    """A table by month has a source of its own whose KPI adds up its numbers, as a guess."""
    text = "店舗,4月,5月,6月,合計\n東,3,1,2,6\n西,1,-,2,3\n合計,4,1,4,9\n"
    (tmp_path / "来店_2025年度.csv").write_text(text, encoding="utf-8")
    written = settings_text(understand([tmp_path], tmp_path)[1], "en")
    assert "catalogue = []" in written
    assert written.endswith(
        "# a table by month: its numbers are added up # guess\n"
        "[source.monthly]\n"
        'title = "来店"\n'
        'rhythm = "continuous"\n'
        'key = ["item", "month"]\n'
        "[source.monthly.columns]\n"
        'item = { headers = ["店舗"], type = "code", codes = "monthly_names", required = true }\n'
        'month = { headers = ["月"], type = "month", required = true }\n'
        'value = { headers = ["値"], type = "number" }\n'
        "[codes.monthly_names]\n"
        "open = true\n"
        "[kpi.monthly]\n"
        'title = "来店"\n'
        'note = { ja = "月ごとの表の数の合計", en = "Sum of the numbers of the table by month" }\n'
        'source = "monthly"\n'
        'measure = "sum"\n'
        'of = "value"\n'
        'unit = "件"\n'
        'parts = { by = "item" }\n'
        "\n"
        "[[exports.monthly]] # 来店 (monthly) (1 files, 2 rows) # guess\n"
        'files = ["来店_2025年度.csv"]\n'
        'covers = "2025-04..2025-06"\n'
        'unpivot = { columns = ["*月"], name = "month", value = "value" } # a row for each month\n'
        'blanks = ["-"]\n'
    )


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
def test_editors_accept_what_is_written(tmp_path: Path, dialect: str) -> None:
    """The settings of every dialect are right by the schema, and are read as they are written."""
    blind(tmp_path, "insurance_agency", dialect, rows=60)
    proposal = understand([tmp_path], tmp_path)[1]
    text = settings_text(proposal, "ja", (), unused_files(proposal))
    jsonschema.validate(tomllib.loads(text), SCHEMA)
    assert settings_of(text, tmp_path).values.guesses
    confirmed = settings_text(proposal, "ja", guessed=False)
    assert settings_of(confirmed, tmp_path).values.guesses == ()
