"""The frame of a report, from settings: embedded, checked, in the language of the report."""

import base64
from datetime import date
from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Language
from kpicli.report.frame import read_frame
from kpicli.report.model import Frame, Link
from kpicli.settings.settings import read_settings
from support.periods import parse

PNG = bytes.fromhex("89504e470d0a1a0a")
SETTINGS = """
[report]
organisation = { ja = "見本代理店", en = "Sample Agency" }
logo = "logo.png"
published_on = { 2025H1 = 2025-12-12 }
contact = "お客様窓口"
links = [{ text = { ja = "方針", en = "Policy" }, to = "https://example.jp/policy" }]
links_at_end = [{ text = "会社概要", to = "company.html" }]
editions = "report-{period}.html"
css = "own.css"
template = "own.html"
"""


def frame(
    folder: Path, settings: str = SETTINGS, language: Language = "ja", period: str = "2025H1"
) -> Frame:
    """Return the frame of a period that settings make."""
    config = folder / "kpicli.toml"
    config.write_text(settings, encoding="utf-8")
    (folder / "logo.png").write_bytes(PNG)
    (folder / "own.css").write_text(".fd-report { color: red }", encoding="utf-8")
    frozen = [parse(name) for name in ("2024H1", "2024H2", "2025H1", "2025H2", "2025", "2025-03")]
    return read_frame(read_settings(config), parse(period), language, frozen)


def test_a_frame_in_japanese(tmp_path: Path) -> None:
    """Earlier periods of the same length are linked to, the latest first."""
    assert frame(tmp_path) == Frame(
        organisation="見本代理店",
        logo=f"data:image/png;base64,{base64.b64encode(PNG).decode()}",
        published_on=date(2025, 12, 12),
        contact="お客様窓口",
        top=(Link("方針", "https://example.jp/policy"),),
        end=(Link("会社概要", "company.html"),),
        editions=(
            Link("2024年度下期", "report-2024H2.html"),
            Link("2024年度上期", "report-2024H1.html"),
        ),
        style=".fd-report { color: red }",
        template=str(tmp_path / "own.html"),
    )


def test_a_frame_in_english(tmp_path: Path) -> None:
    """What has no English is said in Japanese; another period has no day of publication yet."""
    made = frame(tmp_path, language="en", period="2024H2")
    assert (made.organisation, made.contact) == ("Sample Agency", "お客様窓口")
    assert (made.top[0].text, made.end[0].text) == ("Policy", "会社概要")
    assert made.published_on is None
    assert [link.text for link in made.editions] == ["FY2024H1"]


def test_without_settings_there_is_no_frame(tmp_path: Path) -> None:
    """A report stands alone."""
    assert frame(tmp_path, "") == Frame()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('logo = "none.png"', "none.png"),
        ('logo = "own.css"', "own.css cannot be used in a page"),
        ('css = "none.css"', "none.css"),
        ('css = "logo.png"', "logo.png cannot be used in a page"),
        ('links = [{ text = "x", to = "javascript:alert(1)" }]', "javascript:alert(1)"),
        ('editions = "data:text/html,{period}"', "data:text/html,2024H2"),
    ],
)
def test_what_a_page_cannot_use(tmp_path: Path, setting: str, said: str) -> None:
    """A file that is not there or no picture, an address that runs something: exit code 3."""
    with pytest.raises(SettingsError) as error:
        frame(tmp_path, f"[report]\n{setting}\n")
    assert said in error.value.message.en
    assert error.value.exit_code == 3


@pytest.mark.parametrize(
    "sheet",
    [
        "@import 'https://example.jp/a.css';",
        ".a { background: url(https://example.jp/a.png) }",
        ".a { background: URL( 'a.png' ) }",
        "</style><script>",
        ".a { background: url(javascript:alert(1)) }",
    ],
)
def test_a_style_sheet_loads_nothing(tmp_path: Path, sheet: str) -> None:
    """Nor does it end the element that it stands in; a picture that it holds is let through."""
    (tmp_path / "sheet.css").write_text(sheet, encoding="utf-8")
    with pytest.raises(SettingsError):
        frame(tmp_path, '[report]\ncss = "sheet.css"\n')
    held = '.a { background: url("data:image/png;base64,AA") } .b { fill: url(#x) }'
    (tmp_path / "sheet.css").write_text(held, encoding="utf-8")
    assert frame(tmp_path, '[report]\ncss = "sheet.css"\n').style == held


def test_a_logo_is_small(tmp_path: Path) -> None:
    """One that would make up most of the page is refused."""
    (tmp_path / "large.png").write_bytes(bytes(100_001))
    with pytest.raises(SettingsError):
        frame(tmp_path, '[report]\nlogo = "large.png"\n')
