"""The notebook of examples/: run from the start, it shows what it holds."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from support.root import ROOT

NOTEBOOKS = sorted((ROOT / "examples" / "notebook").glob("*.ipynb"))


def outputs(notebook: Any) -> list[list[Any]]:  # noqa: ANN401 - nbformat has no types
    """Return what each cell shows, in every form in which it is shown."""
    return [
        [each.get("data", each.get("text")) for each in cell.get("outputs", ())]
        for cell in notebook.cells
    ]


@pytest.mark.slow
@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_shows_what_it_holds(file: Path) -> None:
    """Every cell runs, and what stands in the file is what comes out."""
    text = file.read_text(encoding="utf-8")
    kept, made = (nbformat.reads(text, as_version=4) for _ in range(2))  # type: ignore[no-untyped-call]
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    resources = {"metadata": {"path": str(file.parent)}}
    NotebookClient(made, timeout=120, resources=resources).execute()
    assert outputs(made) == outputs(kept)
    assert "841件" in str(outputs(made)[1])


def test_there_is_one() -> None:
    """Else the test above tests nothing."""
    assert len(NOTEBOOKS) == 1
