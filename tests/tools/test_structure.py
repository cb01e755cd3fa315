"""The tool that holds the floor plan finds what breaks it."""

import pytest

import structure

FLOORS = {"cli": 0, "mail": 1, "cache": 1, "run": 2, "base": 3}


def test_the_floors_are_those_of_the_contract() -> None:
    """The highest folder is on floor 0, folders beside each other share one, `base` is lowest."""
    floors = structure.floors()
    assert floors["cli"] == 0
    assert floors["mail"] == floors["cache"] == 1
    assert floors["base"] == max(floors.values())
    folders = {path.name for path in (structure.ROOT / "src" / "kpicli").iterdir() if path.is_dir()}
    assert set(floors) == folders - {"__pycache__"}


@pytest.mark.parametrize(
    ("importer", "imported", "upward"),
    [
        ("kpicli.cli.app", "kpicli.run.summary", False),
        ("kpicli.run.summary", "kpicli.cli.app", True),
        ("kpicli.mail.writing.page", "kpicli.cache.entries", True),
        ("kpicli.__main__", "kpicli.cli", False),
        ("kpicli", "kpicli.run.summary", False),
        ("kpicli.run.summary", "kpicli", True),
        ("kpicli.base.errors", "kpicli.version", False),
        ("kpicli.version", "kpicli.base.errors", True),
    ],
)
def test_an_import_that_does_not_go_down_is_upward(
    importer: str, imported: str, upward: bool
) -> None:
    """A floor may be imported by those above it, not by itself; the public interface by none."""
    assert structure.is_upward(importer, imported, FLOORS) is upward


def test_only_imports_between_folders_are_arrows() -> None:
    """A module of the same folder is no arrow; two modules of another folder are two."""
    graph = {"k.a.x": ["k.a.y", "k.b.x", "k.b.y"], "k.a.y": [], "k.b.x": [], "k.b.y": []}
    assert list(structure.arrows(graph)) == [("k.a.x", "k.b.x"), ("k.a.x", "k.b.y")]


def test_the_longest_chain_is_followed_to_its_end() -> None:
    """The chain over the most modules counts, not the one that begins first."""
    graph = {"a": ["b", "d"], "b": ["d"], "c": [], "d": ["c"]}
    assert structure.longest_chain(graph) == ("a", "b", "d", "c")


def test_a_circle_has_no_longest_chain() -> None:
    """Modules that import each other are an error that names one of them."""
    with pytest.raises(ValueError, match="a imports itself by way of others"):
        structure.longest_chain({"a": ["b"], "b": ["a"]})


def test_a_full_folder_or_an_upward_import_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Either is printed and makes the tool exit with 1; neither, with 0."""
    graph = {"kpicli.base.x": ["kpicli.run.y"], "kpicli.run.y": []}
    monkeypatch.setattr(structure, "files_of_folders", lambda: {"src/kpicli/base": 15})
    monkeypatch.setattr(structure, "import_graph", lambda **_: graph)
    assert structure.main() == 1
    assert capsys.readouterr().out.endswith(
        "imports that do not go down: 1\n  kpicli.base.x -> kpicli.run.y\n"
    )
    graph = {"kpicli.run.y": ["kpicli.base.x"], "kpicli.base.x": []}
    assert structure.main() == 0
    monkeypatch.setattr(structure, "files_of_folders", lambda: {"src/kpicli/base": 16})
    assert structure.main() == 1
    assert "folders of more than 15 files: 1\n  src/kpicli/base\n" in capsys.readouterr().out


def test_a_long_chain_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A chain of 16 modules passes, one of 17 makes the tool exit with 1."""
    monkeypatch.setattr(structure, "files_of_folders", dict)
    for modules, code in ((16, 0), (17, 1)):
        names = [f"kpicli.base.m{number:02}" for number in range(modules)]
        graph = {name: names[place + 1 : place + 2] for place, name in enumerate(names)}
        monkeypatch.setattr(structure, "import_graph", lambda graph=graph, **_: graph)
        monkeypatch.setattr(structure, "is_upward", lambda *_: False)
        assert structure.main() == code
        assert f"chain of imports: {modules} modules; 16 at most" in capsys.readouterr().out
