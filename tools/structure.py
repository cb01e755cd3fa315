"""The floor plan in numbers: `python tools/structure.py`. It exits 1 where the plan is broken.

The floors are those of the import-linter contract in pyproject.toml, and are written nowhere else.
An import inside a function counts as one at the top of a module does. Imports that only type
checkers see count as imports, too, but not in the longest chain: they never run.
"""

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "kpicli"
MOST_FILES = 15
"""How many files a folder may hold."""
LONGEST_CHAIN = 16
"""How many modules may import one after the other.

There are 13 floors and 4 steps from `__main__` to a command, but hardly a command passes every
floor. A longer chain shows that steps of one floor import each other, where the module that calls
them should hand over what one makes and the next needs.
"""


def floors() -> Mapping[str, int]:
    """Return the folders of the package with their floors, 0 for the highest."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = document["tool"]["importlinter"]["contracts"]
    (layers,) = (c["layers"] for c in contracts if c.get("containers") == [PACKAGE])
    return {
        room.strip(): floor
        for floor, layer in enumerate(layers)
        for room in layer.replace("|", ":").split(":")
    }


def room_of(module: str) -> str:
    """Return the folder of a module; the module itself where it lies loose in the package."""
    return "".join(module.split(".")[1:2])


def import_graph(*, typing_only: bool) -> Mapping[str, Sequence[str]]:
    """Return every module of the package with those that it imports, sorted.

    `typing_only` includes imports that only type checkers see.
    """
    if str(ROOT / "src") not in sys.path:
        sys.path.insert(0, str(ROOT / "src"))
    graph = grimp.build_graph(
        PACKAGE, exclude_type_checking_imports=not typing_only, cache_dir=None
    )
    return {m: sorted(graph.find_modules_directly_imported_by(m)) for m in sorted(graph.modules)}


def arrows(graph: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Give each import between two modules of different folders: who imports, what."""
    for module, imported in graph.items():
        yield from ((module, other) for other in imported if room_of(other) != room_of(module))


def is_upward(importer: str, imported: str, floors: Mapping[str, int]) -> bool:
    """Tell whether an import between two folders does not go down.

    What lies loose in the package stands above every floor (the public interface), `version` below.
    """
    lowest = max(floors.values()) + 1

    def floor(module: str) -> int:
        return lowest if room_of(module) == "version" else floors.get(room_of(module), -1)

    return floor(imported) <= floor(importer)


def longest_chain(graph: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the longest chain of modules of which each imports the next.

    Of chains that are equally long it is the first by name. Raises ValueError for a circle.
    """
    entered: set[str] = set()

    @cache
    def below(module: str) -> tuple[str, ...]:
        if module in entered:
            raise ValueError(f"{module} imports itself by way of others")
        entered.add(module)
        return (module, *max((below(other) for other in graph[module]), key=len, default=()))

    return max((below(module) for module in graph), key=len, default=())


def files_of_folders() -> Mapping[str, int]:
    """Return the folders of the package with the number of files in each, the fullest first."""
    files = (ROOT / "src" / PACKAGE).rglob("*.*")
    folders = (file.parent for file in files if file.is_file() and file.suffix != ".pyc")
    return dict(Counter(f.relative_to(ROOT).as_posix() for f in folders).most_common())


def main() -> int:
    """Print the numbers and return 1 where the plan is broken, else 0.

    It is where an import goes up, a folder is too full, or a chain of imports is too long.
    """
    plan, graph = floors(), import_graph(typing_only=True)
    chain, folders = longest_chain(import_graph(typing_only=False)), files_of_folders()
    between = list(arrows(graph))
    upward = [f"{a} -> {b}" for a, b in between if is_upward(a, b, plan)]
    loose = sorted(m for m in graph if m.count(".") == 1 and room_of(m) not in plan)
    full = [folder for folder, files in folders.items() if files > MOST_FILES]
    lines = [
        f"modules: {len(graph)}; imports among them: {sum(map(len, graph.values()))}",
        f"loose modules beside the folders: {len(loose)} ({', '.join(loose)})",
        f"folders that import another: {len({(room_of(a), room_of(b)) for a, b in between})} pairs",
        f"longest chain of imports: {len(chain)} modules; {LONGEST_CHAIN} at most",
        *(f"  {module}" for module in chain),
        "files in each folder:",
        *(f"  {files:2}  {folder}" for folder, files in folders.items()),
        f"folders of more than {MOST_FILES} files: {len(full)}",
        *(f"  {folder}" for folder in full),
        f"imports that do not go down: {len(upward)}",
        *(f"  {arrow}" for arrow in upward),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if upward or full or len(chain) > LONGEST_CHAIN else 0


if __name__ == "__main__":
    sys.exit(main())
