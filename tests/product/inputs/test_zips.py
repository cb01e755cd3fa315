"""A zip of exports gives what the files in it give."""

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook

from kpicli.loaders.engines.local import SingleThread, Threads
from kpicli.loaders.engines.processes import Processes
from kpicli.model.value import Status
from support.command_line import Run
from support.engines import ENGINES, loaded, small
from support.messy_export import messy, seen
from support.small_project import HEADERS, Project, places
from support.zips import encrypted, zipped


def table(*rows: str, encoding: str = "utf-8") -> bytes:
    """Return voices as a CSV."""
    return "\n".join([HEADERS["voices"], *rows, ""]).encode(encoding)


def book(*rows: str) -> bytes:
    """Return a workbook with voices on the sheet 4月, and no more than a header on 5月."""
    made = Workbook()
    for sheet, own in ((made.worksheets[0], rows), (made.create_sheet(), ())):
        sheet.title = "4月" if own else "5月"
        for row in (HEADERS["voices"], *own):
            sheet.append(row.split(","))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


MEMBERS = {
    "4月/声_2025-04.csv": table("V1,2025/4/1,生保,感謝,,", "V2,2025/4/9,損保,不満,,"),
    "5月/声_2025-05.csv": table(
        '"V3",2025/5/1,生保,感謝,"㈱\n髙",', "V2,2025/4/9,損保,要望,,", encoding="cp932"
    ),
    "5月/声_2025-06.CSV": table("V4,2025/6/31,損保,不満,,", encoding="utf-16"),
    "台帳_2025-07.xlsx": book("V5,2025/7/1,損保,不満,,"),
}


def written(
    folder: Path, pattern: str, *, loose: bool, members: Mapping[str, bytes] = MEMBERS
) -> Project:
    """Write the members into a folder or into a zip, both called 箱.zip, and export what fits."""
    folder.mkdir()
    if loose:
        for name, content in members.items():
            (folder / "箱.zip" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "箱.zip" / name).write_bytes(content)
    else:
        (folder / "箱.zip").write_bytes(zipped(members, "cp932"))
    own = Project(folder)
    own.exports["voices"] = [f'{{ files = "箱.zip/{pattern}" }}']
    return own


@pytest.mark.parametrize("pattern", ["**", "**/声_{covers}.csv", "5月/*.csv", "*_{covers}.xlsx"])
def test_a_zip_gives_what_its_files_give(tmp_path: Path, pattern: str) -> None:
    """Figures, faults and places, accounting, coverage, encodings and hashes are the same."""
    options = ', sheet = "4月"'
    loose, packed = (
        written(tmp_path / name, pattern, loose=name == "loose") for name in ("loose", "packed")
    )
    for own in (loose, packed):
        own.exports["voices"] = [own.exports["voices"][0].replace(" }", options + " }")]
    if pattern == "**":
        packed.exports["voices"] = [f'{{ files = "箱.zip"{options} }}']
    one, other = loose.load("voices"), packed.load("voices")
    assert seen(other) == seen(one)
    assert other.files == one.files
    assert other.coverage == one.coverage
    encodings = {file.encoding for file in other.files}
    assert encodings >= ({None} if "xlsx" in pattern else {"cp932", "utf-16"})
    first, second = (own.summarize("voices", "2025H1").summary for own in (loose, packed))
    assert second.figures == first.figures
    assert second.faults == first.faults


def test_rows_and_faults_name_member_and_line(tmp_path: Path) -> None:
    """What is wrong is told by the zip, the file in it, its row and line."""
    own = written(tmp_path / "x", "**/*.csv", loose=False)
    assert places(own.load("voices"), "D101") == [("箱.zip/5月/声_2025-06.CSV", 2, "受付日")]
    place = own.load("voices").place(2)
    assert (place.file, place.row, place.line) == ("箱.zip/5月/声_2025-05.csv", 3, 4)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_reads_a_zip(
    tmp_path: Path, engine: type[SingleThread | Threads | Processes]
) -> None:
    """Spans of a member, unpacked by whoever reads them, make the same rows as the loose file."""
    members = {f"{seed}.csv": messy(Random(seed)) for seed in (1, 2, 3)}
    loose = written(tmp_path / "loose", "*.csv", loose=True, members=members)
    packed = written(tmp_path / "packed", "*.csv", loose=False, members=members)
    one = loaded(loose.config)["voices"]
    other = loaded(packed.config, small(engine))["voices"]
    assert seen(other) == seen(one)
    assert other.files == one.files


def test_a_period_in_the_name_of_a_zip(tmp_path: Path) -> None:
    """It is that of each of its members: a month without rows in it is a zero, another no data."""
    (tmp_path / "声_2025-04..2025-05.zip").write_bytes(
        zipped({"東.csv": table("V1,2025/4/1,生保,感謝,,")})
    )
    own = Project(tmp_path)
    own.exports["voices"] = ['{ files = "声_{covers}.zip" }']
    assert own.summarize("voices", "2025-05").number() == 0
    assert own.summarize("voices", "2025-06").value().status is Status.NO_DATA


def test_a_zip_on_the_command_line(tmp_path: Path, run_in: Run) -> None:
    """Rows name the member, no result overwrites the zip, and a password is a clear refusal."""
    own = written(tmp_path / "x", "4月/*.csv", loose=False)
    folder = own.config.parent
    asked = ("voices", "--period", "2025-04", "--format", "json")
    rows = json.loads(run_in(folder, "rows", *asked).text)["rows"]
    assert [(row["file"], row["row"], row["line"]) for row in rows] == [
        ("箱.zip/4月/声_2025-04.csv", 2, 2),
        ("箱.zip/4月/声_2025-04.csv", 3, 3),
    ]
    refused = run_in(folder, "summarize", "--period", "2025-04", "-o", "箱.zip", "-f", "csv")
    assert refused.code == 2
    assert (folder / "箱.zip").read_bytes() == zipped(MEMBERS, "cp932")
    again = [run_in(folder, "summarize", "--period", "2025-04", "--kpi", "voices") for _ in "12"]
    assert again[0].text == again[1].text
    (folder / "箱.zip").write_bytes(encrypted(zipped(MEMBERS, "cp932")))
    locked = run_in(folder, "summarize", "--period", "2025-04", "--kpi", "voices")
    assert (locked.code, locked.text) == (4, "")
    assert "箱.zip: zip がパスワードで暗号化されています" in locked.err
