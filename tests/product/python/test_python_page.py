"""docs/python.md, and its short Japanese counterpart, say what Python says."""

import doctest
import re
import traceback

import msgspec
import pytest

import kpicli
from support.root import ROOT

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "least"), [("python.md", 16), ("ja/python.md", 11)])
def test_every_example_is_true(monkeypatch: pytest.MonkeyPatch, name: str, least: int) -> None:
    """The examples, run one after the other in the sample project, print what the page shows."""
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"```pycon\n(.*?)```", page, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, name, None, 0)
    # Before Python 3.11.4 doctest compares the last line of an error with notes alone.
    lines = traceback.format_exception_only
    monkeypatch.setattr(traceback, "format_exception_only", lambda *error: ["".join(lines(*error))])
    told: list[str] = []
    outcome = doctest.DocTestRunner().run(test, out=told.append)
    assert (outcome.failed, "".join(told)) == (0, "")
    assert outcome.attempted >= least


def members() -> dict[str, set[str]]:
    """Return the members that the page lists for each public class."""
    rows = re.findall(r"^\| (`[A-Z].*?) \| (.*) \|$", PAGE, re.MULTILINE)
    return {
        name: set(re.findall(r"`(\w+)`", told))
        for names, told in rows
        for name in re.findall(r"`(\w+)`", names)
    }


def test_every_public_class_is_described() -> None:
    """The page lists every public name, and its members are there."""
    assert [name for name in kpicli.__all__ if f"`{name}`" not in PAGE] == []
    classes = {name for name in kpicli.__all__ if isinstance(getattr(kpicli, name), type)}
    assert set(members()) == classes
    for name, listed in members().items():
        known = {*dir(getattr(kpicli, name)), "message", "hint"}
        assert listed <= known, name


def test_every_field_of_a_summary_is_described() -> None:
    """All fields are public, so all are listed."""
    assert members()["Summary"] == {field.name for field in msgspec.structs.fields(kpicli.Summary)}
    for name in [field.name for field in msgspec.structs.fields(kpicli.Fault)]:
        assert f"`{name}`" in PAGE


def test_every_argument_is_described() -> None:
    """The table of arguments names those of `summarize`, in its order, and no other."""
    table = PAGE.partition("## Arguments")[2].partition("\n## ")[0]
    listed = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)))
    code = kpicli.summarize.__code__
    arguments = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    assert sorted(listed) == sorted(arguments)


def test_the_types_of_frames_are_described() -> None:
    """The table of column types is that of a frame; columns without a type of their own are str."""
    table = PAGE.partition("## Frames")[2].partition("```pycon\n>>> voices")[0]
    rows = re.findall(r"^\| (.*?) \| `(.*?)` \| `.*?` \|$", table, re.MULTILINE)
    listed = {name: kind for names, kind in rows for name in re.findall(r"`(\w+)`", names)}
    summary = kpicli.summarize("2025H1", kpis="voices", config=ROOT / "kpicli.toml")
    types = kpicli.to_frame(summary).dtypes.map(str).to_dict()
    assert types == {name: listed.get(name, "str") for name in types}
    assert ("all others", "str") in rows


def test_the_api_page_has_every_public_name() -> None:
    """Each is documented from the code, with the members that are public."""
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    made = re.findall(
        r"^\.\. auto\w+:: kpicli\.(\w+)(?:\(\))?\n(?:   :members:(.*)\n)?", page, re.M
    )
    assert sorted(name for name, _ in made) == sorted({*kpicli.__all__} - {"__version__"})
    named = {name: set(listed.strip().split(", ")) for name, listed in made if listed}
    whole = {"Figure", "Value", "Status", "Fault"}
    public = {name: listed - {"len"} for name, listed in members().items()}
    assert named == {name: public[name] for name in public.keys() - whole}
