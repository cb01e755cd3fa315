"""Placeholders: what they can say, what is refused with its line, and what they can never reach."""

import time
from contextlib import suppress

import pytest

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text
from kpicli.report.narrative.model import Passage, Problem
from kpicli.report.narrative.nodes import HiddenNode, Node, TextNode
from kpicli.report.narrative.placeholders import fill
from support.report_fixtures import TOP, Make, words_of


def filled(make: Make, placeholder: str) -> str:
    """Return what a placeholder becomes in the introduction."""
    return words_of(make(f"{TOP}{placeholder}\n"))


@pytest.mark.parametrize(
    ("placeholder", "said"),
    [
        ("{{ voice }}", "there is no 'voice'; did you mean 'voices'?"),
        ("{{ voices.感射 }}", "there is no '感射'; did you mean '感謝'?"),
        ('{{ voices["2025-11"] }}', "there is no '2025-11'"),
        ("{{ navi_uses }}", "navi_uses has no data"),
        ("{{ navi_uses.previous }}", "navi_uses has no data"),
        ("{{ voices.rate }}", "it is no ratio"),
        ("{{ voices.target }}", "no target belongs to the period"),
        ("{{ voices.感謝.title.x }}", "'x' cannot follow here"),
        ("{{ voices", "unreadable placeholder"),
        ("{{ voices + renewal_talks }}", "a ratio cannot be calculated with"),
        ("{{ renewal_talks.rate - voices }}", "only names of figures and their items"),
        ("{{ renewal_talks.numerator + voices }}", "distinct counts and ratios are not added"),
        ("{{ voices + 1 }}", "only names of figures and their items"),
        ("{{ voices - voices.change }}", "only names of figures and their items"),
        ("{{ navi_uses - voices }}", "navi_uses has no data"),
        ("{{ voices" + ".a" * 300 + " }}", "placeholder is too long"),
        ("{{ voices" + ".a" * 20_000 + " }}", "placeholder is too long"),
        ("{{ " + "9" * 5_000 + " }}", "placeholder is too long"),
    ],
)
def test_what_cannot_be_filled_is_named_with_its_line(
    make: Make, placeholder: str, said: str
) -> None:
    """An unknown id or item, a KPI without data: named with file and line, exit code 3."""
    with pytest.raises(SettingsError) as error:
        make(f"# 報告\n\n## 原則1 x\n\n### 評価\n\n良い\n{placeholder}\n")
    assert "narrative/2025H1.md:8: " in error.value.message.en
    assert said in error.value.message.en
    assert error.value.exit_code == 3


@pytest.mark.parametrize("deep", [150, 20_000])
def test_nesting_is_no_traceback(make: Make, deep: int) -> None:
    """Brackets as deep as one likes: read, or named as a mistake of the narrative."""
    with suppress(SettingsError):
        assert filled(make, "{{ " + "(" * deep + "7" + ")" * deep + " }}") == "7"


def test_one_mistake_of_a_line_is_named_once(make: Make) -> None:
    """However often the line has it."""
    with pytest.raises(SettingsError) as error:
        make("# a\n\n{{ b }} {{ b }} {{ b }}\n\n{{ b }}\n")
    lines = error.value.message.en.splitlines()[1:]
    assert [line.split(":")[1] for line in lines] == ["3", "5"]


def test_a_name_that_is_not_public_is_not_offered() -> None:
    """What may stand in a placeholder is listed without what the public may not see."""
    values: dict[str, Node] = {
        "secret": HiddenNode(Text("秘密", "secret")),
        "voices": TextNode("841"),
    }
    problems: list[Problem] = []
    fill(Passage("{{ zzz }}", 1), values, problems)
    (problem,) = problems
    assert "voices" in problem.message.en
    assert "secret" not in problem.message.en


def test_every_wrong_placeholder_is_named_at_once(make: Make) -> None:
    """One run names them all, in the order of lines."""
    with pytest.raises(SettingsError) as error:
        make("# {{ a }}\n\n{{ b }}\n\n## 原則1 {{ c }}\n\n### 評価\n{{ d }} {{ e }}\n")
    lines = error.value.message.en.splitlines()[1:]
    assert [line.split(":")[1] for line in lines] == ["1", "3", "5", "8", "8"]


@pytest.mark.parametrize(
    "placeholder",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ voices.__class__ }}",
        "{{ voices['__class__']['__mro__'] }}",
        "{{ voices.step }}",
        "{{ voices.head }}",
        "{{ voices.child('text') }}",
        "{{ self }}",
        "{{ self.__init__.__globals__ }}",
        "{{ range(10) }}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler }}",
        "{{ namespace() }}",
        "{{ voices | attr('__class__') }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'x' * 1000000000 }}",
        "{{ [1] * 1000000000 }}",
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{% for i in range(9) %}{% for j in range(9) %}x{% endfor %}{% endfor %}",
        "{% set x = voices %}",
        "{% include 'kpicli.toml' %}",
        "{% import 'os' as os %}",
        "{% macro a() %}{{ a() }}{% endmacro %}",
    ],
)
def test_a_hostile_template_reaches_nothing(make: Make, placeholder: str) -> None:
    """Attributes of Python, calls, filters, operators, loops and statements are all refused."""
    begun = time.monotonic()
    with pytest.raises(SettingsError) as error:
        filled(make, placeholder)
    assert "narrative/2025H1.md:3: " in error.value.message.en
    assert time.monotonic() - begun < 20
