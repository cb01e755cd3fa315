"""対応関係表: every principle with its 注, where it is answered or why it is not."""

import re
from pathlib import Path

import pytest

import kpicli
from kpicli.base.errors import SettingsError
from kpicli.report.build import build_report
from kpicli.report.formats import Layout, render_report
from kpicli.report.model import Link
from kpicli.report.narrative.parse import parse_narrative
from kpicli.report.principles import correspondence, missing_answers, read_principles, title_of
from kpicli.settings.settings import Settings, read_settings
from support.small_project import TODAY, Project

ANSWERS = """
[report.correspondence]
"1" = { policy = "https://example.jp/policy#1" }
"2" = { policy = "policy.html", at = "方針2(1)" }
"2(注)" = { reason = "非該当" }
"""
RESULTS = {"2": (Link("原則2", "#fd-p2"),)}
TABLE = "# 報告\n\n::: principles\n\n## 原則2 <利益>\n\n文\n"


def settings_with(folder: Path, text: str) -> Settings:
    """Return the settings of a file with this text."""
    (folder / "kpicli.toml").write_text(text, encoding="utf-8")
    return read_settings(folder / "kpicli.toml")


def test_the_built_in_list_has_every_note(tmp_path: Path) -> None:
    """The edition of 2021: seven principles; one 注 each of 1, 2, 3 and 7, five each of 5 and 6."""
    principles = read_principles(settings_with(tmp_path, ""))
    assert principles.revised.isoformat() == "2021-01-15"
    assert title_of(principles).ja.endswith("(2021年1月15日版)")
    assert title_of(principles).en.endswith("(edition of 15 January 2021)")
    notes = {each.number: len(each.notes) for each in principles.principle}
    assert notes == {"1": 1, "2": 1, "3": 1, "4": 0, "5": 5, "6": 5, "7": 1}
    assert principles.keys[:4] == ("1", "1(注)", "2", "2(注)")
    assert "5(注5)" in principles.keys


def test_a_principle_is_answered_by_policy_and_results(tmp_path: Path) -> None:
    """Both together are ○, a reason stands in its place, and anything less is missing."""
    settings = settings_with(tmp_path, ANSWERS)
    lines = correspondence(settings, read_principles(settings), RESULTS, "ja")
    one, one_note, two, two_note = lines[:4]
    assert (one.number, one.policy, one.results, one.done) == (
        "原則1", Link("方針", "https://example.jp/policy#1"), (), "",
    )  # fmt: skip
    assert (one_note.number, one_note.name, one_note.policy) == ("原則1(注)", "", None)
    assert (two.policy, two.done) == (Link("方針2(1)", "policy.html"), "○")
    assert two.results == (Link("原則2", "#fd-p2"),)
    assert (two_note.done, two_note.results, two_note.missing) == ("非該当", (), False)
    english = correspondence(settings, read_principles(settings), RESULTS, "en")
    assert english[1].number == "Principle 1 (Note)"
    assert "Principle 5 (Note 1)" in [line.number for line in english]
    gone = missing_answers(lines)
    assert gone is not None
    policy, results = gone.ja.split("。")
    assert "方針の箇所も理由もない" in policy
    assert "原則があります: 1(注)、3、" in policy
    assert "文章に節がなく理由もない原則があります: 1(" in results
    assert "2(注)" not in gone.ja


def test_another_list_takes_its_place(tmp_path: Path) -> None:
    """What the settings name is the list; answers are to its principles alone."""
    own = 'title = "指針"\nrevised = 2030-01-01\n[[principle]]\nnumber = "A"\nname = "甲"\n'
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    settings = settings_with(tmp_path, '[report]\nprinciples = "own.toml"\n')
    assert read_principles(settings).keys == ("A",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[report.correspondence]\n"8" = { reason = "x" }\n', "no principle '8'"),
        ('[report.correspondence]\n"1" = { policy = "javascript:x" }\n', "does not lead"),
        ('[report]\nprinciples = "none.toml"\n', "none.toml"),
        ('[report]\nprinciples = "kpicli.toml"\n', "title"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """No such principle, an address no page leads to, no file, no such list."""
    with pytest.raises(SettingsError, match=re.escape(said)):
        read_principles(settings_with(tmp_path, text))


def test_it_stands_where_the_author_puts_it(project: Project) -> None:
    """Its links lead to the sections; figures still stand by principle, and all is escaped."""
    project.export("voices", ["V1,2025/4/1,損保,感謝,損保-1課,"])
    project.tables = ANSWERS
    summary = kpicli.summarize("2025H1", kpis="voices", config=project.config, today=TODAY)
    narrative = parse_narrative(TABLE, Path("2025H1.md"))
    settings = read_settings(project.config)
    report = build_report(settings, narrative, summary, "ja", edition="public")
    assert report.by_principle
    page = render_report(report, "html", Layout("ja", ()))
    assert isinstance(page, str)
    assert '<a href="#fd-p2">原則2 &lt;利益&gt;</a>' in page
    assert '<a href="policy.html">方針2(1)</a>' in page
    text = render_report(report, "markdown", Layout("ja", ()))
    assert isinstance(text, str)
    assert "| 原則2 最善の利益 | [方針2(1)](policy.html) | 原則2 <利益> | ○ |" in text
    with pytest.raises(
        SettingsError, match=r"2025H1.md:3: .*: 1\(注\), 3, .* speaks of these principles, .*: 1 "
    ):
        build_report(settings, narrative, summary, "ja", edition="public", lint=True)
