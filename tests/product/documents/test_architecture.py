"""docs/architecture.md speaks of what is there."""

import re

import structure
from support.root import ROOT

DOCUMENT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_class_that_it_names_exists() -> None:
    """A name in code letters that begins with a capital is a class or a function of the source."""
    source = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.py"))
    named = set(re.findall(r"`([A-Z][a-z]\w+)`", DOCUMENT))
    assert len(named) > 20
    named -= {"Protocol"}  # of the standard library
    assert sorted(name for name in named if f"class {name}" not in source) == []


def test_every_folder_that_it_names_exists() -> None:
    """A path below the package, with or without its last module, leads somewhere."""
    package = ROOT / "src" / "kpicli"
    named = set(re.findall(r"`((?:[a-z_]+/)+[a-z_]*)`", DOCUMENT)) - {"src/kpicli"}
    places = {name: (package / name.rstrip("/"), ROOT / name) for name in named}
    assert (
        sorted(
            name
            for name, (inside, beside) in places.items()
            if not (inside.is_dir() or inside.with_suffix(".py").is_file() or beside.exists())
        )
        == []
    )


def test_the_floors_it_draws_are_those_of_the_contract() -> None:
    """Each line of the drawing is a floor, from the highest to the lowest."""
    drawn = DOCUMENT.partition("## Floors")[2].partition("```text\n")[2].partition("```")[0]
    rows = [re.split(r"  +", line)[0].split(" · ") for line in drawn.splitlines()]
    floors = structure.floors()
    expected = [
        sorted(room for room, floor in floors.items() if floor == number)
        for number in range(len(rows))
    ]
    assert [sorted(row) for row in rows] == expected
