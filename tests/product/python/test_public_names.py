"""The public names, called as a program calls them."""

import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pytest

import kpicli
from kpicli.base.errors import UnknownName, UsageError
from support.small_project import TODAY, Project

VOICES = ["V1,2025/4/1,生保,感謝,,", "V2,2025/5/1,損保,不満,,", "V3,2024/9/1,生保,不満,,"]
RENEWALS = ["P1,2025/4/1,自動車保険,有,有", "P2,2025/5/1,自動車保険,無,有"]
PUBLIC = [
    *("Dataset", "Fault", "Figure", "FiscalYear", "KpicliError", "Period", "Status", "Summary"),
    *("Value", "__version__", "accounting_frame", "faults_frame", "load", "rows", "summarize"),
    "to_frame",
]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the settings of three voices."""
    return Project(tmp_path).export("voices", VOICES).config


def summarize(config: Path, **arguments: object) -> kpicli.Summary:
    """Call `kpicli.summarize` past the type checker."""
    return kpicli.summarize("2025H1", config=config, today=TODAY, **arguments)  # type: ignore[arg-type]


def test_public_names() -> None:
    """What the package shows is what is public, and each name is there."""
    assert sorted(kpicli.__all__) == dir(kpicli) == PUBLIC
    assert [name for name in PUBLIC if not hasattr(kpicli, name)] == []
    assert kpicli.__version__ == version("kpicli")
    with pytest.raises(AttributeError, match=r"^module 'kpicli' has no attribute 'summarise'$"):
        kpicli.summarise  # type: ignore[attr-defined] # noqa: B018 - the look-up is the test


def test_importing_loads_only_the_version() -> None:
    """A public class is loaded when it is asked for, and is the one that results are made of."""
    script = (
        "import sys, kpicli; print(sorted(n for n in sys.modules if n.startswith('kpicli')));"
        "print(kpicli.Summary.__module__, kpicli.Summary is kpicli.Summary)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    )
    assert done.stdout.splitlines() == ["['kpicli', 'kpicli.version']", "kpicli.model.summary True"]


def test_what_is_returned(config: Path) -> None:
    """Summaries, figures, datasets, faults and errors are of the public classes."""
    summary = summarize(config, kpis="voices")
    figure = summary.figures[0]
    assert isinstance(summary, kpicli.Summary)
    assert isinstance(figure, kpicli.Figure)
    assert figure.value == kpicli.Value(2, None, None, kpicli.Status.OK, 0)
    assert isinstance(kpicli.load("voices", config=config)["voices"], kpicli.Dataset)
    with pytest.raises(kpicli.KpicliError):
        kpicli.Period.parse("上期", today=TODAY)


def test_every_spelling_asks_for_the_same(config: Path) -> None:
    """A name alone, names joined by commas and names listed, days as dates or texts, are one."""
    expected = summarize(
        config, kpis=["voices"], compare=["previous", "year_ago"], as_of=date(2025, 9, 30)
    )
    assert [c.kind for c in expected.figures[0].comparisons] == ["previous", "year_ago"]
    assert expected.figures[0].comparisons[1].value.number == 1
    asked = {"kpis": "voices", "compare": "year-ago,previous", "as_of": "2025/9/30"}
    assert summarize(config, **asked) == expected
    assert summarize(config, **{**asked, "compare": ("last-year", "previous")}) == expected
    day = {"today": "2025-11-01", "config": str(config)}
    assert kpicli.summarize("2025年度上期", **asked, **day) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"kpis": []}, UsageError, "kpis names no KPI"),
        ({"kpis": ""}, UsageError, "kpis holds a blank name"),
        ({"kpis": "Voices"}, UnknownName, "there is no KPI 'Voices'"),
        ({"kpis": 3}, TypeError, "kpis must be a name or several names (str), not int"),
        ({"compare": "next"}, UsageError, "compare knows no 'next'"),
        ({"by": ["month"]}, TypeError, "by must be the name of one dimension"),
        ({"by": "colour"}, UnknownName, "cannot group by 'colour'"),
        ({"by": "staff"}, UsageError, "'staff' is a personal column"),
        ({"as_of": "soon"}, UsageError, "as_of is no date"),
        ({"as_of": 3}, TypeError, "as_of must be a day"),
        ({"recompute": "no"}, TypeError, "recompute must be True or False, not str"),
        ({"show_personal": 1}, TypeError, "show_personal must be True or False, not int"),
        ({"allow_definition_change": None}, TypeError, "allow_definition_change must be True or"),
        ({"engine": "spark"}, UsageError, "there is no engine 'spark'"),
        ({"engine": None}, UsageError, "there is no engine None"),
        ({"scheduler": 8786}, TypeError, "scheduler must be an address such as"),
    ],
    ids=str,
)
def test_refused_in_a_sentence(
    config: Path, arguments: dict[str, object], error: type[Exception], message: str
) -> None:
    """What is not understood is refused before anything is read."""
    (config.parent / "voices0.csv").unlink()
    with pytest.raises(error) as caught:
        summarize(config, **arguments)
    assert str(caught.value).startswith(message)


def test_the_hint_stands_in_the_traceback(config: Path) -> None:
    """What to do next is a note of the error, so that a traceback shows it."""
    with pytest.raises(UnknownName) as caught:
        summarize(config, kpis="voice")
    assert caught.value.__notes__ == ["did you mean 'voices'? (see kpicli kpis)"]


def test_a_personal_dimension_with_leave(tmp_path: Path) -> None:
    """The advice of the refusal is followed as it is written."""
    header = "受付番号,受付日,商品区分,声の区分,担当者"
    rows = ["V1,2025/4/1,生保,感謝,S001", "V2,2025/4/2,生保,感謝,S001"]
    config = Project(tmp_path).export("voices", rows, header=header).config
    with pytest.raises(UsageError) as caught:
        summarize(config, kpis="voices", by="staff")
    assert "show_personal=True" in caught.value.__notes__[0]
    summary = summarize(config, kpis="voices", by="staff", show_personal=True)
    groups = {f.group: f.value.number for f in summary.figures if f.by and f.kind == "total"}
    assert groups == {"S001": 2}


@pytest.mark.parametrize("call", [kpicli.load, lambda **k: kpicli.summarize("2025H1", **k)])
def test_settings_are_refused_too(
    call: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A config that is no path, and a folder without settings, end in a sentence."""
    assert callable(call)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TypeError, match=r"^config must be the path of a kpicli\.toml, not int$"):
        call(config=42)
    with pytest.raises(kpicli.KpicliError, match=r"^there is no kpicli\.toml in this folder"):
        call()
    with pytest.raises(kpicli.KpicliError, match=r"^today is no date"):
        call(config=Project(tmp_path).export("voices", VOICES).config, today="soon")


def test_sources_to_load(config: Path) -> None:
    """Sources are named as they are exported; another name, or a list, is refused."""
    assert list(kpicli.load(config=config)) == ["voices"]
    with pytest.raises(UnknownName, match=r"^\[exports\] has no source 'unknown'"):
        kpicli.load("voices", "unknown", config=config)
    with pytest.raises(UnknownName, match=r"^\[exports\] has no source 'responses'"):
        kpicli.load("responses", config=config)
    with pytest.raises(TypeError, match=r"^sources must be a name or several names \(str\), not"):
        kpicli.load(["voices"], config=config)  # type: ignore[arg-type]


def test_frame(tmp_path: Path) -> None:
    """Counts are nullable integers, numbers floats, dates dates and texts texts."""
    project = Project(tmp_path).export("voices", VOICES).export("renewals", RENEWALS)
    summary = summarize(project.config, kpis="voices,renewal_talks", compare="year-ago")
    frame = kpicli.to_frame(summary)
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        **dict.fromkeys(["period", "kpi", "title", "principles", "by", "group", "part"], "str"),
        **dict.fromkeys(["item", "unit", "target", "target_status", "status"], "str"),
        **dict.fromkeys(["origin", "definition"], "str"),
        **dict.fromkeys(["start", "end"], "datetime64[s]"),
        **dict.fromkeys(["numerator", "denominator", "faulty_rows"], "Int64"),
        **dict.fromkeys(["value", "previous", "year_ago"], "float64"),
    }
    complaints = frame[frame["item"] == "不満"].iloc[0]
    assert (complaints["value"], complaints["year_ago"]) == (1.0, 1.0)
    assert complaints["start"] == pd.Timestamp(2025, 4, 1)
    assert pd.isna(complaints["numerator"])
    talks = frame[frame["kpi"] == "renewal_talks"].iloc[0]
    assert (talks["value"], talks["numerator"], talks["denominator"]) == (50.0, 1, 2)
    assert frame["previous"].isna().all()


def test_a_frame_without_figures_has_its_types(config: Path) -> None:
    """The types of columns do not depend on what the rows hold."""
    summary = summarize(config, kpis="voices")
    figures = kpicli.to_frame(summary)
    assert figures.iloc[:0].dtypes.equals(figures.dtypes)
    with pytest.raises(TypeError, match=r"^summary must be what kpicli\.summarize returned, not"):
        kpicli.to_frame(kpicli.load(config=config))  # type: ignore[arg-type]
