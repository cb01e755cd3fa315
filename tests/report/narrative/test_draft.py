"""A draft is a narrative that can be reported at once, and nothing is ever written over."""

from pathlib import Path

import pytest

from kpicli.base.errors import OutputError
from kpicli.model.summary import Summary
from kpicli.report.build import build_report
from kpicli.report.narrative.draft import write_draft
from kpicli.report.narrative.files import read_narrative
from kpicli.settings.settings import Settings, read_settings
from support.report_fixtures import small_summary
from support.reported import only
from support.small_project import Project

EARLIER = """\
# 結果({{ period }})

お客様の声は{{ voices }}でした。
昨年の言葉。

## 原則2 利益

### 取り組み課題

対話を
{# 覚え書き #}増やす。

### 取り組み内容の振り返り

【数値・事実】

::: figures voices

| 項目 | 件数 |
|---|---|
| 声 | {{ voices }} |

【評価】

よかった。
"""


@pytest.fixture
def settings(project: Project) -> Settings:
    """Return the settings of the small project."""
    return read_settings(project.config)


@pytest.fixture
def summary(project: Project) -> Summary:
    """Return the figures of the small project."""
    return small_summary(project, ("voices", "voices_nonlife", "renewal_talks", "navi_uses"))


def test_a_draft_by_principles(project: Project, settings: Settings, summary: Summary) -> None:
    """A section for each principle that has figures, each in a sentence; lint finds nothing."""
    file = write_draft(settings, summary, "ja")
    assert file == project.folder / "narrative/2025H1.md"
    narrative = read_narrative(file)
    assert [section.principles for section in narrative.sections] == [("2",), ("7",)]
    named = [name for directive in narrative.directives for name in directive.names]
    assert named == ["renewal_talks", "voices", "voices_nonlife"], "navi_uses has no data"
    report = build_report(settings, narrative, summary, "ja", edition="public", lint=True)
    text = "\n".join(p.text for section in report.sections for p in section.passages)
    assert "お客様の声は3件(1件増)。" in text


def test_a_draft_of_an_earlier_narrative(
    project: Project, settings: Settings, summary: Summary
) -> None:
    """Headings, figures and tables stay; the words are notes to oneself, which no output shows."""
    folder = project.folder / "narrative"
    folder.mkdir()
    (folder / "2024H1.md").write_text(EARLIER, encoding="utf-8")
    file = write_draft(settings, summary, "ja")
    assert (
        file.read_text(encoding="utf-8")
        == """\
{# 数値のある文は前回のままです。今回の結果に合うか確かめて、直してください #}
# 結果({{ period }})

お客様の声は{{ voices }}でした。
{# 前回: 昨年の言葉。 #}

## 原則2 利益

### 取り組み課題

{# 前回: 対話を 覚え書き 増やす。 #}

### 取り組み内容の振り返り

【数値・事実】

::: figures voices

| 項目 | 件数 |
|---|---|
| 声 | {{ voices }} |

【評価】

{# 前回: よかった。 #}
"""
    )
    report = build_report(settings, read_narrative(file), summary, "ja")
    assert "前回" not in "".join(p.text for s in report.sections for p in s.passages)


def test_a_half_later_headings_name_the_other_half(
    project: Project, settings: Settings, summary: Summary
) -> None:
    """And a line whose numbers are all typed is words of before."""
    folder = project.folder / "narrative"
    folder.mkdir()
    words = (
        "# 結果",
        "## 原則2 下期",
        "### 取り組み課題<下期>",
        "下期に{{ 2 }}回開く。",
        "### 上期の予定",
    )
    (folder / "2024H2.md").write_text("\n\n".join(words), encoding="utf-8")
    text = write_draft(settings, summary, "ja").read_text(encoding="utf-8")
    assert text.splitlines()[1:] == [
        "# 結果", "", "## 原則2 上期", "", "### 取り組み課題<上期>", "",
        "{# 前回: 下期に{{ 2 }}回開く。 #}", "", "### 下期の予定",
    ]  # fmt: skip
    assert read_narrative(folder / "2025H1.md").sections


def test_a_draft_in_english(settings: Settings, summary: Summary) -> None:
    """It stands beside the Japanese words."""
    file = write_draft(settings, summary, "en")
    assert file.name == "2025H1.en.md"
    text = file.read_text(encoding="utf-8")
    assert "## Principle 2" in text
    assert "### Measures planned" in text
    assert "- Customer voices: {{ voices }} ({{ voices.change }})." in text


def test_parts_without_a_total_stand_one_after_the_other(
    settings: Settings, sample: Summary
) -> None:
    """Each in the brackets that any name can stand in."""
    text = write_draft(settings, only(sample, "scheme_explanations"), "ja").read_text("utf-8")
    first, second = "高額療養費制度", "公的介護保険制度"
    said = "、".join(f'{name} {{{{ scheme_explanations["{name}"] }}}}' for name in (first, second))
    assert f"- 制度を説明し成約した顧客は{said}。" in text


def test_a_principle_that_is_the_first_of_no_kpi(settings: Settings, sample: Summary) -> None:
    """It has a section too, with the KPIs that name it: lint, which asks for one, finds nothing."""
    two = only(sample, "unclear_reasons", "navi_uses")
    assert {head.principles for head in two.kpis.values()} == {("3", "4")}
    narrative = read_narrative(write_draft(settings, two, "ja"))
    shown = [[d.names for d in section.directives] for section in narrative.sections]
    assert [section.principles for section in narrative.sections] == [("3",), ("4",)]
    assert shown == [[("unclear_reasons", "navi_uses")]] * 2
    build_report(settings, narrative, two, "ja", edition="public", lint=True)


def test_nothing_is_written_over(project: Project, settings: Settings, summary: Summary) -> None:
    """Words that are there stay, and nothing is said to be done; exit code 7."""
    file: Path = project.folder / "narrative/2025H1.md"
    file.parent.mkdir()
    file.write_text("大事な言葉", encoding="utf-8")
    with pytest.raises(OutputError) as error:
        write_draft(settings, summary, "ja")
    assert error.value.exit_code == 7
    assert file.read_text(encoding="utf-8") == "大事な言葉"
