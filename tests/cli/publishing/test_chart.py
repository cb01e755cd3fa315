"""`kpicli chart`: one KPI as a picture."""

import csv
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from support.command_line import PROJECT, SETTINGS, Run, process

HALF = ("chart", "voices", "--period", "2025H1")


def words_of(file: Path) -> list[str]:
    """Return the words of an SVG file."""
    texts = Xml.fromstring(file.read_text(encoding="utf-8")).iter(
        "{http://www.w3.org/2000/svg}text"
    )
    return [text.text or "" for text in texts]


def test_a_chart_by_month(run_kpicli: Run, tmp_path: Path) -> None:
    """Without another word the bars are the months; the file is whole and says what it shows."""
    outcome = run_kpicli(PROJECT, *HALF, "-o", "voices.svg")
    assert (outcome.code, outcome.out) == (0, b"")
    words = words_of(tmp_path / "voices.svg")
    assert words[:3] == [
        "お客様の声は1件から0件に減少",
        "単位: 件、月別、2025年4月1日～9月30日",
        "お客様の声 計2件",
    ]
    assert words[3:9] == ["1", "1", "0", "0", "0", "0"]


def test_the_place_is_the_organisation(run_kpicli: Run, tmp_path: Path) -> None:
    """It is named where the settings do."""
    files = {**PROJECT, "kpicli.toml": f'{SETTINGS}[report]\norganisation = "見本の代理店"\n'}
    run_kpicli(files, *HALF, "-o", "voices.svg")
    assert "見本の代理店" in "".join(words_of(tmp_path / "voices.svg")[:4])


def test_a_chart_over_periods(tmp_path: Path) -> None:
    """The sample's five halves; the values are those that summarize shows."""
    file = tmp_path / "voices.png"
    svg = file.with_suffix(".svg")
    for target in (file, svg):
        made = process(*HALF, "--trend", "5", "-o", str(target))
        assert (made.code, made.out, made.err) == (0, b"", "")
    assert file.read_bytes().startswith(b"\x89PNG")
    shown = process("summarize", "--kpi", "voices", *HALF[2:], "--trend", "5", "-f", "csv").text
    rows = list(csv.DictReader(shown.splitlines()))
    totals = [f"{int(row['value']):,}" for row in rows if not row["part"]]
    assert len(totals) == 5
    words = words_of(svg)
    assert words[words.index("お客様の声") + 1 :][:5] == totals


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*HALF, "-o", "voices.gif"), ".svg"),
        ((*HALF, "-o", "voices.csv"), ".svg"),
        ((*HALF, "--trend", "3", "--by", "line", "-o", "v.svg"), "--by"),
        (("chart", "voice", "--period", "2025H1", "-o", "v.svg"), "voices"),
        (("chart", "navi_uses", "--period", "2025H1", "-o", "v.svg"), "summarize"),
        ((*HALF, "--by", "staff", "-o", "v.svg"), "--show-personal"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    arguments: tuple[str, ...], said: str, run_kpicli: Run, tmp_path: Path
) -> None:
    """Another suffix, two axes at once, no such KPI, nothing to draw, a person: exit 2, no file."""
    outcome = run_kpicli(PROJECT, *arguments)
    assert outcome.code in (2, 3)
    assert said in outcome.err
    assert not list(tmp_path.glob("v*.svg"))


def test_an_export_is_never_written_over(run_kpicli: Run, tmp_path: Path) -> None:
    """A picture goes nowhere that the settings name."""
    files = {**PROJECT, "kpicli.toml": SETTINGS.replace("voices.csv", "voices.*")}
    outcome = run_kpicli(files, *HALF, "-o", "voices.svg")
    assert outcome.code == 2
    assert not (tmp_path / "voices.svg").exists()
