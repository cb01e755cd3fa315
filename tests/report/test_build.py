"""From words and figures to a report."""

import pytest

from kpicli.base.errors import SettingsError
from kpicli.report.narrative.model import Passage
from support.report_fixtures import TOP, Make, words_of
from support.small_project import Project


def test_the_order_of_the_narrative_is_kept(make: Make) -> None:
    """Sections come as they were written; a principle without words follows."""
    report = make("# a\n\n## 原則7 y\n\n## 原則2 x\n")
    assert [section.principles for section in report.sections] == [("7",), ("2",), ("3",)]
    assert report.sections[2].heading == Passage("原則3")


def test_placeholders_are_filled_everywhere(make: Make) -> None:
    """In the title, before it, in headings of sections, items and columns, and in texts."""
    number = "{{ voices }}"
    text = (
        f"前{number}\n# 表{number}\n## 節{number}\n### 項{number}\n#### 取り組み課題<{number}>\n"
        f"課{number}\n#### 振り返り<{number}>\n果{number}\n"
    )
    report = make(text)
    (section, *_) = report.sections
    assert report.title == "表3件"
    assert words_of(report) == "前3件"
    assert [p.text.strip() for p in section.passages if p.text] == [
        *("節3件", "項3件", "取り組み課題<3件>", "振り返り<3件>", "課3件", "果3件")
    ]


@pytest.mark.parametrize(
    ("directive", "said"),
    [
        ("::: figures voice", "9: there is no 'voice'; did you mean 'voices'?"),
        ("::: trend", "9: name a KPI after '::: trend'"),
        ("::: chart voices.感謝", "9: there is no 'voices.感謝'"),
    ],
)
def test_a_directive_that_names_no_figure(make: Make, directive: str, said: str) -> None:
    """It is named with its line, as a wrong placeholder is."""
    with pytest.raises(SettingsError) as error:
        make(f"{TOP}## 原則2 x\n\n文\n\n\n{directive}\n")
    assert said.partition(" ")[2] in error.value.message.en
    assert f"narrative/2025H1.md:{said[0]}" in error.value.message.en.replace(":8:", ":9:")


def test_what_is_not_public_is_refused_by_name(make: Make, project: Project) -> None:
    """In a sentence and in a directive of a public report; an internal one shows it."""
    project.toml("[kpi.voices]\nextends = true\npublic = false")
    text = f"{TOP}{{{{ voices }}}}\n\n::: figures voices\n"
    assert make(text, edition="internal")
    with pytest.raises(SettingsError) as error:
        make(text, edition="public")
    assert error.value.message.en.count("is not to be published (public = false)") == 2


USED = f"{TOP}{{{{ navi_uses }}}}\n\n::: figures navi_uses, voices\n"


def test_a_kpi_that_kpis_leaves_out_is_said_to_be(make: Make, project: Project) -> None:
    """In a sentence and in a directive, with the way to add it, which is enough."""
    shown = ("voices", "renewal_talks")
    project.toml('kpis = ["voices", "renewal_talks"]')
    with pytest.raises(SettingsError) as error:
        make(USED, kpis=shown)
    said = (
        "「意向確認ナビの使用(生保)」は出さない指標です(設定の kpis にない)。"
        'kpis に "navi_uses" を加えてください'
    )
    assert error.value.message.ja.count(said) == 2
    en = '(not named by `kpis` in the settings); add "navi_uses" to `kpis`'
    assert error.value.message.en.count(en) == 2
    assert "はありません" not in error.value.message.ja


def test_a_kpi_without_an_export_is_said_to_be_left_out(make: Make) -> None:
    """Without `kpis` it is the export that lacks; it is named, and where to add it."""
    with pytest.raises(SettingsError) as error:
        make(USED, kpis=("voices",))
    said = "(出力がない: proposals)。その出力を [exports] に加えてください"
    assert error.value.message.ja.count(said) == 2
    assert error.value.message.en.count("(no export of proposals); add that export") == 2


def test_a_kpi_that_was_left_out_and_is_added_is_shown(make: Make, project: Project) -> None:
    """What the message advises is enough: the figure stands in the sentence."""
    project.export("proposals", ["P1,2025/4/1,生保,良,有"])
    project.toml('kpis = ["voices", "navi_uses"]')
    assert "1" in words_of(make(USED, kpis=("voices", "navi_uses")))


def test_a_report_without_a_title_has_one(make: Make) -> None:
    """That of its period."""
    assert make("本文\n").title == "2025年度上期の取り組みの結果"
    assert make("words\n", language="en").title == "Results of FY2025H1"
