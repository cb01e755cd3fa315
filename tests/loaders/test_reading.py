"""Files are read in spans, and said whole."""

from pathlib import Path

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders import reading
from kpicli.loaders.engines.local import SingleThread, Threads
from kpicli.loaders.engines.processes import Processes
from kpicli.loaders.text import row_width
from kpicli.loaders.text import spans as spans_module
from support.engines import ENGINES, loaded, small
from support.small_project import Project


@pytest.mark.parametrize("engine", ENGINES)
def test_of_two_broken_files_the_first_is_told(
    engine: type[SingleThread | Threads | Processes], tmp_path: Path
) -> None:
    """Also where the first needs another reader to say what is wrong with it."""
    header = "受付番号,受付日,商品区分,声の区分"
    broken = f'{header}\nV1,2025/4/1,生保,感謝\n"V2"x,2025/4/1,生保,感謝\n'
    (tmp_path / "a.csv").write_text(broken, "utf-8")
    (tmp_path / "b.csv").write_text("受付番号,商品区分\nV3,生保\n", "utf-8")
    config = tmp_path / "kpicli.toml"
    config.write_text('[exports]\nvoices = ["a.csv", "b.csv"]\n', "utf-8")
    with pytest.raises(InputError, match=r"a.csv: text follows a closing quote on line 3"):
        loaded(config, engine())


def test_a_file_that_was_cut_in_a_long_cell_is_cut_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No cell is too long for the fast reader: only a file at fault is read as a whole."""

    def forbidden(*_: object) -> None:
        raise AssertionError("the file was read as a whole")

    monkeypatch.setattr(spans_module, "_WINDOW", 64)
    monkeypatch.setattr(reading, "read_alone", forbidden)
    long = '"' + "a,b\n" * 1000 + '"'
    rows = [f"V{number},2025/4/1,生保,感謝,{long if number == 2 else ''}," for number in range(9)]
    project = Project(tmp_path).export("voices", rows)
    dataset = loaded(project.config, small(SingleThread))["voices"]
    assert (dataset.accounting.read, dataset.accounting.usable) == (9, 9)
    assert dataset.place(8).line == 1010


@pytest.mark.parametrize("engine", [SingleThread, Threads])
@pytest.mark.parametrize("line", ["", " ", "\u3000", '""'])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_empty_lines_are_counted_over_the_whole_file(
    engine: type[SingleThread | Threads],
    line: str,
    end: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A limit of 200 is one for the file, however it is cut, blank lines of spaces included."""
    monkeypatch.setattr(row_width, "MOST_BLANK", 200)
    header = "受付番号,受付日,商品区分,声の区分"

    def text(empty: int) -> str:
        lines = [header]
        for number in range(400):
            lines += [f"V{number},2025/4/1,生保,感謝", *[line] * (number < empty)]
        return end.join((*lines, ""))

    config = tmp_path / "kpicli.toml"
    config.write_text('[exports]\nvoices = { files = "v.csv", covers = "2025-04..2025-09" }\n')
    for made in (engine(), small(engine)):
        (tmp_path / "v.csv").write_bytes(text(200).encode())
        dataset = loaded(config, made)["voices"]
        assert (dataset.accounting.usable, dataset.accounting.not_data) == (400, 200)
        (tmp_path / "v.csv").write_bytes(text(201).encode())
        with pytest.raises(InputError, match="an abnormal number of empty lines"):
            loaded(config, made)
