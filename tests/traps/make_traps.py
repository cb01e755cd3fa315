"""Write the trap files: `python tests/traps/make_traps.py [FOLDER]` gives the same bytes always."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from traps.book_traps import book_traps  # noqa: E402 - found by the line above
from traps.text_traps import text_traps  # noqa: E402


def make_traps() -> dict[str, bytes]:
    """Return every trap's content by its file name."""
    return {**text_traps(), **book_traps()}


def main(folder: Path) -> None:
    """Write the files, and remove what is no trap any more."""
    folder.mkdir(exist_ok=True)
    files = make_traps()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    for file in folder.iterdir():
        if file.name not in files:
            file.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "files")
