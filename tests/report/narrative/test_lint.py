"""Typed numbers that no figure of their section has are found; all others are left alone."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kpicli.base.errors import SettingsError
from kpicli.report.narrative.lint import lint_problems, missing_sections
from kpicli.report.narrative.model import Section
from kpicli.report.narrative.parse import parse_narrative
from support.report_fixtures import TOP, Make, small_summary
from support.reported import sample_summary
from support.small_project import Project


def passages(section: Section) -> str:
    """Return all the texts of a section."""
    return "\n".join(passage.text for passage in section.passages)


SECTION = "# 報告\n\n## 原則2 x\n\n### 評価\n\n{words}\n\n## 原則7 y\n\n## 原則3 z\n\n## 原則4 z\n"


@pytest.mark.parametrize(
    "words",
    [
        "お客様の声は3件、感謝は2件、不満は１件。",
        "対話は2/3件(66.7%)、前期は2件で差は1件。",
        "2025年度上期、2025年4月1日、9月30日、2025-04-01、2025/4/1、令和7年度",
        "第1に、原則2に沿い、38期も。",
        "1. はじめに\n2. つぎに",
        "https://example.jp/2024/999",
        "{{ 70 }}歳以上、{{ 70 }}{{ voices.unit }}",
        "{{ voices }}件",
        "{{ voices }}{{ voices.unit }}、{{ voices }} 3件、1. {{ voices }}",
        "新型M365の導入",
        "(1)2) 声\n(2)① 声",
    ],
)
def test_numbers_that_are_right_or_no_figures(make: Make, words: str) -> None:
    """Figures of the section in any width, dates, ordinals, addresses, numbers that are meant."""
    assert make(SECTION.format(words=words), lint=True).sections[0].items


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("お客様の声は841件", "841"),
        ("お客様の声(841)件", "841"),
        ("対話は70.6%", "70.6"),
        ("８４１件", "841"),
        ("1,234件", "1,234"),
        ("70歳以上", "70"),
        ("{{ voices }}件のうち\n841件", "841"),
    ],
)
def test_a_typed_number_that_is_no_figure(make: Make, words: str, number: str) -> None:
    """It is named with file and line, and with the way to say that it is meant; exit code 3."""
    line = 7 + words.count("\n")
    with pytest.raises(SettingsError) as error:
        make(SECTION.format(words=words), lint=True)
    said = f"narrative/2025H1.md:{line}: {number} is no figure of principle 2"
    assert said in error.value.message.en
    assert error.value.exit_code == 3


@pytest.mark.parametrize(
    "words",
    [
        "{{ voices }}0件",
        "{{ voices }}3件",
        "{{ voices }}０件",
        "1{{ voices }}件",
        "１{{ voices }}件",
        "{{ voices }},000件",
        "{{ voices }}.5件",
        "1,{{ voices }}件",
        "{{ voices }}{{ 0 }}件",
        "{{ voices }}{# note #}0件",
    ],
)
def test_a_digit_that_touches_a_placeholder(make: Make, words: str) -> None:
    """It makes another number of the figure, even where it equals a figure itself."""
    with pytest.raises(SettingsError) as error:
        make(SECTION.format(words=f"よい。\n{words}"), lint=True)
    assert "narrative/2025H1.md:8: a digit touches a placeholder" in error.value.message.en


def test_a_month_of_a_figure_is_named_and_not_typed(make: Make) -> None:
    """Months have many small numbers, by which a wrong one would pass: they are placeholders."""
    months = "{{ voices_nonlife['2025-04'] }}件、{{ renewal_talks['2025-04'] }}件"
    assert "1件、2/3件" in passages(make(SECTION.format(words=months), lint=True).sections[0])


def test_without_lint_typed_numbers_stand(make: Make) -> None:
    """Only --lint refuses them."""
    assert "841件" in passages(make(SECTION.format(words="841件")).sections[0])


def test_a_figure_of_another_section_is_none_of_this(make: Make) -> None:
    """66.7 belongs to 原則2; in 原則7 it is refused."""
    text = "# 報告\n\n## 原則7 y\n\n### 評価\n66.7%\n\n## 原則2 x\n\n## 原則3 z\n\n## 原則4 z\n"
    with pytest.raises(SettingsError, match=r"66\.7 is no figure of principle 7"):
        make(text, lint=True)


def test_a_principle_without_words(make: Make) -> None:
    """Its figures are shown all the same; --lint asks for the section."""
    report = make("# 報告\n")
    assert [section.principles for section in report.sections] == [("2",), ("3",), ("7",)]
    with pytest.raises(SettingsError, match="there is no '## Principle 7'"):
        make("# 報告\n\n## 原則2 x\n", lint=True)


def test_missing_sections_stand_in_the_order_of_the_principles() -> None:
    """Whatever the order of the KPIs."""
    summary = sample_summary()
    backwards = replace(summary, kpis=dict(reversed(list(summary.kpis.items()))))
    narrative = parse_narrative("# 報告\n", Path("2025H1.md"))
    for each in (summary, backwards):
        named = [p.message.en for p in missing_sections(narrative, each)]
        assert named == [f"there is no '## Principle {number}'" for number in range(1, 8)]


def test_principles_of_hidden_kpis_want_no_section() -> None:
    """What no reader sees asks for no words, in whichever edition."""
    summary = sample_summary()
    hidden = {
        n: replace(head, public="7" not in head.principles) for n, head in summary.kpis.items()
    }
    narrative = parse_narrative("# 報告\n", Path("2025H1.md"))
    named = [p.message.ja for p in missing_sections(narrative, replace(summary, kpis=hidden))]
    assert named == [f"「## 原則{number}」がありません" for number in range(1, 7)]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("# 報告(推測)\n", 1),
        ("# 報告\n\n## 原則2 x\n\n声\n声(推測)は{{ voices }}。\n", 6),
        ("# 報告\n\n## 原則2 声(推測)\n", 3),
        ("# report\n\n## Principle 2 x\n\n- Voices (guess): {{ voices }}\n", 5),
    ],
)
def test_a_mark_of_a_guess_is_found(words: str, line: int) -> None:
    """It stays in the words when the guess has been confirmed: its line is named."""
    narrative = parse_narrative(words, Path("2025H1.md"))
    found = [p for p in lint_problems(narrative, sample_summary(), ()) if "(推測)" in p.message.ja]
    assert [(p.line, "(guess)" in p.message.en) for p in found] == [(line, True)]


SECTIONS = "## 原則2 x\n\n## 原則7 y\n\n## 原則3・原則4 z\n\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("::: figures voices, renewal_talks", "8: voices_nonlife stands nowhere"),
        ("![](a.png)", "8: the picture has no description"),
        ("![ ](a.png)", "8: the picture has no description"),
    ],
)
def test_what_a_second_reader_finds(make: Make, words: str, said: str) -> None:
    """Figures that nothing shows, pictures without words for those who do not see them."""
    with pytest.raises(SettingsError) as error:
        make(f"{TOP}{SECTIONS}{words}\n", lint=True)
    assert said.partition(": ")[2] in error.value.message.en


def test_a_figure_in_a_sentence_is_shown(make: Make) -> None:
    """A placeholder counts as much as a directive, and so does a bare `::: figures`."""
    words = "{{ voices_nonlife }}\n\n::: figures renewal_talks, voices"
    assert make(f"{TOP}{SECTIONS}{words}\n", lint=True)
    bare = f"{TOP}## 原則2・原則7 x\n\n::: figures\n\n## 原則3・4 y\n"
    assert make(bare, lint=True)


def test_a_directive_for_a_figure_in_doubt(make: Make, project: Project) -> None:
    """A figure without data, or not final, is a finding at the line that shows it."""
    words = f"{TOP}{SECTIONS}::: figures renewal_talks, voices, voices_nonlife, navi_uses\n"
    with pytest.raises(SettingsError) as error:
        make(words, lint=True)
    assert "narrative/2025H1.md:9: navi_uses: no data" in error.value.message.en
    project.export("voices", ["V9,2025/9/31,生保,感謝,,"])
    with pytest.raises(SettingsError) as error:
        make(f"{TOP}{SECTIONS}", lint=True)
    assert "narrative/2025H1.md:1: voices: to check (1 row)" in error.value.message.en


def test_a_section_on_a_principle_that_the_list_does_not_have(make: Make) -> None:
    """It is named with its line and the list; without --lint it stands."""
    words = f"{TOP}{SECTIONS}## 原則9 x\n\n文\n"
    assert make(words).sections[-1].principles == ("9",)
    with pytest.raises(SettingsError) as error:
        make(words, lint=True)
    said = "原則9は原則の一覧にありません(使えるもの: 1, 2, 3, 4, 5, 6, 7)"
    assert f"narrative/2025H1.md:9: {said}" in error.value.message.ja
    assert error.value.message.en.count("the list of principles has no") == 1


def test_a_section_on_a_principle_of_an_own_list(make: Make, project: Project) -> None:
    """The list of the settings counts, and so does a principle that a KPI has."""
    words = f"{TOP}{SECTIONS}## 原則9 x\n\n## 原則A y\n"
    project.toml('[report]\nprinciples = "own.toml"\n\n[kpi.voices]\nextends = true\n')
    own = 'title = "方針"\nrevised = 2024-09-26\n' + "".join(
        f'\n[[principle]]\nnumber = "{number}"\nname = "x"\n' for number in "123479"
    )
    (project.folder / "own.toml").write_text(own, encoding="utf-8")
    with pytest.raises(SettingsError, match="the list of principles has no A") as error:
        make(words, lint=True)
    assert "has no 9" not in error.value.message.en
    project.tables = project.tables.replace("extends = true", 'extends = true\nprinciples = ["A"]')
    assert make(words, lint=True)


def test_the_other_language_is_missed_where_it_is_usual(project: Project) -> None:
    """Where some period has its words in English, every one should."""
    folder = project.folder / "narrative"
    folder.mkdir()
    file = folder / "2025H1.md"
    narrative = parse_narrative("# 報告\n", file)
    summary = replace(small_summary(project, ("voices",)), kpis={}, figures=())
    assert lint_problems(narrative, summary, ()) == []
    (folder / "2024H2.en.md").write_text("# report\n", encoding="utf-8")
    (finding,) = lint_problems(narrative, summary, ())
    assert finding.message.en == "there is no 2025H1.en.md"
    (folder / "2025H1.en.md").write_text("# report\n", encoding="utf-8")
    assert lint_problems(narrative, summary, ()) == []
