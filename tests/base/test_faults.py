"""The catalogue of faults: every kind can happen, is documented and is said in both languages."""

import json
import os
import pickle
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

import kpicli
from fault_examples import EXAMPLES
from faults_page import PAGES, main, page
from kpicli.base import faults
from kpicli.base.faults import CATALOGUE, KINDS, FaultKind
from kpicli.intake.checking.check import check_files
from support.frozen_project import FrozenProject
from support.inspected import inspection
from support.root import ROOT
from support.small_project import HEADERS, TODAY, Project
from support.wide_tables import UNPIVOT, monthly
from support.wide_tables import text as content
from support.zips import zipped

VOICES = "受付番号,受付日,商品区分,声の区分,チーム,担当者,改善日"
ELDERLY = "対応番号,対応日,商品区分,対応方法"
TRAINED = "R1,2025/4/1,公的介護保険制度,ロープレ,S001,1"
PROPOSALS = "点検番号,点検日,商品区分,点検結果,募集人,点検者"
RESPONSES = "案件番号,受付日,ステータス,対応期限,完了日"
FULL = [f"V{m},2025/{m}/5,生保,不満,,," for m in range(4, 10)]

Trap = Callable[[Project], object]


def rows(source: str, *lines: str, header: str | None = None, covers: str | None = None) -> Trap:
    """Return a trap of one export."""
    return lambda project: project.export(source, lines, header=header, covers=covers)


def two_exports(project: Project) -> None:
    """Export a voice of June twice, its category changed in the later export."""
    project.export("voices", ["V1,2025/6/1,生保,感謝,,"], covers=None)
    project.export("voices", ["V1,2025/6/1,生保,要望,,", "V2,2025/7/1,生保,要望,,"], covers=None)


def restarted(project: Project) -> None:
    """Export voices of two months, each numbered from 1."""
    for month in (6, 7):
        project.export("voices", [f"{n},2025/{month}/{n},生保,感謝,," for n in range(1, 10)])


def overwritten(project: Project) -> None:
    """Export a voice of June twice, its 改善日 blank in the later export."""
    project.export("voices", ["V1,2025/6/1,生保,不満,,2025/6/9"], covers=None)
    project.export("voices", ["V1,2025/6/1,生保,不満,,", "V2,2025/7/1,生保,要望,,"], covers=None)


def against_holds(project: Project) -> None:
    """Export a voice of another line than the export is declared to hold."""
    rows = ["V1,2025/6/1,損保,不満,,"]
    project.export("voices", rows, options=', holds = { line = "団体" }')


def lines_again(project: Project) -> None:
    """Write a log without numbers that has one of its lines twice."""
    project.export("cases", ["2025/4/1,盗難"] * 2, header="発生日,手口").toml(
        """[source.cases]
title = "発生記録"
rhythm = "continuous"
key = ["on", "kind"]
[source.cases.columns]
on = { headers = "発生日", type = "date", required = true }
kind = { headers = "手口", type = "text" }
[kpi.cases]
title = "発生"
source = "cases"
measure = "count"
"""
    )


def damaged_line(project: Project) -> None:
    """Write two exports of a table without numbers, one of which has an error in a shared line."""
    project.toml(
        """[source.cases]
title = "発生記録"
rhythm = "continuous"
key = "row"
[source.cases.columns]
on = { headers = ["発生日"], type = "date", required = true }
kind = { headers = ["手口"], type = "text" }
[kpi.cases]
title = "件数"
source = "cases"
measure = "count"
"""
    )
    for kind in ("自転車盗", "#N/A"):
        project.export("cases", [f"2025/4/1,{kind}"], header="発生日,手口")


def zeros_eaten(project: Project) -> None:
    """Export a voice twice, Excel having eaten the zeros of its number in one of the exports."""
    project.export("voices", ["00001,2025/6/1,生保,不満,,"], covers=None)
    project.export("voices", ["1,2025/6/1,生保,不満,,"], covers=None)


def one_file_twice(project: Project) -> None:
    """Name one file twice."""
    project.export("voices", ["V1,2025/6/1,生保,感謝,,"], covers=None)
    project.exports["voices"].append('{ files = "voices*.csv" }')


def workbook(change: Callable[[Workbook], object]) -> Trap:
    """Return a trap of a workbook with three voices, changed as a user might."""

    def make(project: Project) -> None:
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.append(["受付番号", "受付日", "声の区分"])
        for number in (1, 2, 3):
            sheet.append([f"V{number}", datetime.fromisoformat(f"2025-04-0{number}"), "感謝"])
        change(book)
        book.save(project.folder / "voices.xlsx")
        project.exports["voices"] = ['{ files = "voices.xlsx" }']

    return make


def hide_row(book: Workbook) -> None:
    """Hide the second row of data."""
    book.worksheets[0].row_dimensions[3].hidden = True


def hide_copy(book: Workbook) -> None:
    """Add a hidden sheet like the first."""
    book.copy_worksheet(book.worksheets[0]).sheet_state = "hidden"


def frozen(*periods: str, change: Callable[[Path], object]) -> Trap:
    """Return a trap of periods that were frozen, after which the folder of records was changed."""

    def make(project: Project) -> None:
        project.export("voices", FULL, header=VOICES)
        own = FrozenProject.of(project)
        for number, period in enumerate(periods):
            own.freeze(period, revise=period in periods[:number], not_final=True)
        change(project.folder / "published")

    return make


def without_seal(folder: Path) -> None:
    """Make a record one of those that had no seal."""
    file = folder / "2024H2.json"
    raw = json.loads(file.read_text(encoding="utf-8"))
    for key in ("seal", "earlier", "others"):
        del raw[key]
    file.write_text(json.dumps({**raw, "schema_version": 1}), encoding="utf-8")


def frozen_once_more(folder: Path) -> None:
    """Delete all records, freeze the first once more, and put the other back."""
    known = (folder / "2025H1.json").read_bytes()
    for file in folder.glob("*.json"):
        file.unlink()
    FrozenProject(folder.parent).freeze("2024H2", note="another", not_final=True)
    (folder / "2025H1.json").write_bytes(known)


def in_a_zip(*names: str) -> Trap:
    """Return a trap of a zip that holds a voice in each file of these names."""

    def make(project: Project) -> None:
        rows = f"{HEADERS['voices']}\nV1,2025/4/1,生保,感謝,,\n".encode()
        (project.folder / "月次.zip").write_bytes(zipped(dict.fromkeys(names, rows)))
        project.exports["voices"] = ['{ files = "月次.zip" }']

    return make


def wide(*lines: str, columns: str = "20*") -> Trap:
    """Return a trap of a wide table."""
    options = UNPIVOT.replace("20*", columns)
    return lambda project: monthly(project, "月次.csv", content(*lines), options)


def in_records(explode: str) -> Trap:
    """Return a trap of voices in records with a table of improvements, one of them without any."""
    lines = ("V1,2025/4/1,感謝,2025/4/2", ",,,2025/4/3", "V2,2025/4/5,不満,")

    def make(project: Project) -> None:
        header = "受付番号,受付日,声の区分,改善日"
        project.export("voices", lines, header=header, options=f", explode = {{ {explode} }}")
        if "line" in explode:
            project.toml('[source.voices]\nextends = true\nkey = ["voice_id", "content"]')

    return make


def misspelled(project: Project) -> None:
    """Filter by `a` where rows have `A`."""
    project.export("voices", ["V1,2025/4/1,生保,感謝,A,"])
    kpi = '[kpi.own]\ntitle = "声"\nsource = "voices"\nmeasure = "count"\nwhere = { team = "a" }'
    project.toml(kpi)


WHOLE = "2024-10..2025-09"
TRAPS: dict[str, Trap] = {
    "D101": rows("voices", "V1,2025/9/31,生保,感謝,,"),
    "D102": rows("voices", "V1,2025/4/1,生保,苦情,,"),
    "D103": rows("elderly", "E1,,生保,②", header=ELDERLY),
    "D104": rows("voices", "1.23E+11,2025/4/1,生保,感謝,,"),
    "D105": rows("trainings", f"{TRAINED},八十点,合格"),
    "D106": workbook(lambda book: book.worksheets[0].append(["V4", "#N/A", "感謝"])),
    "D107": workbook(lambda book: book.worksheets[0].append(["V4", "=B2", "感謝"])),
    "D108": workbook(lambda book: book.worksheets[0].merge_cells("C2:C3")),
    "D109": rows("voices", "V1,2025/4/1,生保,感謝,譚ｱ,"),
    "D151": rows("voices", "V1,45748,生保,感謝,,"),
    "D152": rows("elderly", "E1,2025/4/1,生保,①④", header=ELDERLY),
    "D153": rows("elderly", "E1,2025/4/1,生保,②複数回募集", header=ELDERLY),
    "D154": rows("voices", "V1,,生保,感謝,,"),
    "D155": rows("voices", "V1,2025/4/1,生保,感謝,A\u200e,"),
    "D156": rows("trainings", f"{TRAINED},8千,合格"),
    "D157": rows(
        "trainings", f"{TRAINED},85%,合格", "R2,2025/4/2,公的介護保険制度,ロープレ,S001,1,0.9,合格"
    ),
    "D158": rows("voices", "V1,2025/4/1,生保,感謝,,9999/12/31"),
    "D161": rows("voices", "V1,2025/4/1,生保,感謝,,?橋,", header=VOICES),
    "D201": rows("voices", ",2025/4/1,生保,感謝,,"),
    "D202": rows("voices", "V1,2025/4/1,生保,感謝,,", "V1,2025/4/1,生保,要望,,"),
    "D203": two_exports,
    "D204": rows("proposals", "P1,2025/4/1,生保,明瞭,S001,S001", header=PROPOSALS),
    "D205": rows("responses", "A1,2025/4/10,済,2025/5/1,2025/4/1", header=RESPONSES),
    "D207": rows("voices", "V1,2025/4/1,生保,感謝,,", "V2,2052/4/1,生保,感謝,,"),
    "D208": overwritten,
    "D209": against_holds,
    "D210": zeros_eaten,
    "D211": rows("meetings", "M1,2025/12/1,コンプライアンス会議", covers="2025-04..2026-03"),
    "D212": lines_again,
    "D206": rows("responses", "A1,2025/4/10,済,2025/5/1,", header=RESPONSES),
    "D310": one_file_twice,
    "D311": workbook(hide_row),
    "D312": workbook(hide_copy),
    "D313": workbook(lambda book: book.create_sheet("集計").append(["月", "件数"])),
    "D314": workbook(lambda book: book.worksheets[0].merge_cells("C2:C4")),
    "D315": rows("voices", "V1,2025/4/1,生保,感謝,,", "出典:お客様の声台帳"),
    "D316": rows("voices", "V1,2025/4/1,生保,感謝,,", HEADERS["voices"]),
    "D317": rows("voices", "V1,2025/4/1,生保,感謝"),
    "D318": workbook(lambda book: book.worksheets[0].merge_cells("B2:B4")),
    "D319": rows("voices", ",（年月日）,,（区分）,,", "V1,2025/4/1,生保,感謝,,"),
    "D320": rows("voices", "V1,2025/4/1,A,B", header="受付番号,受付日,チーム,チーム"),
    "D321": rows("voices", "V1,2025/4/1,生保,感謝,,", ",合計,15,,,"),
    "D331": in_a_zip("声.csv", "メモ.txt"),
    "D332": wide("地区,店舗,2025/4/1", "東,本店,"),
    "D333": wide("地区,店舗,2025/4/1", "東,本店,1", "東,計,1"),
    "D334": wide("地区,店舗,2025/4/1,合計", "東,本店,1,1", columns="*"),
    "D335": in_records("parent = ['受付番号', '受付日', '声の区分']"),
    "D336": in_records("parent = ['受付番号', '受付日', '声の区分'], line = 'content'"),
    "D337": in_records("parent = ['受付番号', '受付日'], line = 'content'"),
    "D338": wide("地区,店舗,2025/4/1", "東,本店,1", "東,全店計,1"),
    "D339": wide("地区,店舗,2025/4/1,(速報)2025/5/1", "東,本店,1,1"),
    "D322": rows("voices", "V1,2025/4/1,生保,感謝,,", "該当なし,2025/5/31,,,,"),
    "D401": rows("voices", *FULL[:2], *FULL[3:], header=VOICES),
    "D402": rows("voices", *FULL[:-1], header=VOICES),
    "D403": rows("voices", *FULL[1:], header=VOICES),
    "D404": rows("voices", *FULL, header=VOICES),
    "D405": rows("voices", "V0,2024/10/1,団体,感謝,,,", *FULL, header=VOICES),
    "D406": rows("meetings", "M1,2025/4/1", header="会議番号,開催日"),
    "D407": rows("voices", *(f"V{n},2024/10/{n},生保,感謝,," for n in range(1, 31)), covers=WHOLE),
    "D411": rows("meetings", "M1,2025/4/1,営業会議"),
    "D412": misspelled,
    "D501": frozen("2024H2", change=without_seal),
    "D502": frozen("2024H2", change=lambda _: Path(os.environ["KPICLI_SECRET_FILE"]).unlink()),
    "D503": frozen("2024H2", "2024H2", change=lambda folder: (folder / "2024H2.1.json").unlink()),
    "D504": frozen(
        "2024H2", "2024H2", change=lambda folder: (folder / "2024H2.1.json").write_text("{}")
    ),
    "D505": frozen(
        "2024H2",
        change=lambda folder: shutil.copy(folder / "2024H2.json", folder / "2024H2.1.json"),
    ),
    "D506": frozen("2024H2", "2025H1", change=frozen_once_more),
    "D507": frozen("2024H2", "2025H1", change=lambda folder: (folder / "2024H2.json").unlink()),
}
"""For every kind of a run with settings a project that has it."""


def merged_shop(file: Path) -> None:
    """Write a workbook whose first two rows share a merged shop."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["店舗", "月"], ["東", "4月"], [None, "5月"], ["西", "4月"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(file)


NUMBERED = "".join(f"V{n},2025/4/1\n" for n in range(11, 20))
AS_THEY_STAND: dict[str, str | Callable[[Path], None]] = {
    "D601": "%PDF-1.4",
    "D602": "V1,2025/4/1\nV2,2025/4/2\n",
    "D603": "番号,保険料\nV1,5\nV2,1,054\n",
    "D604": "番号,,受付日,区分,店舗\nV1,x,2025/4/1,感謝,東\n",
    "D605": "番号,対応日,対応日\nV1,2025/4/1,2025/4/2\n",
    "D606": f"番号,受付日\n{NUMBERED}V12,2025/4/2\n",
    "D607": "番号,受付日\n00020,2025/4/1\n20,2025/4/2\n",
    "D608": "番号,受付日,店舗\n東京支店,,\nV1,2025/4/1,東\n",
    "D609": merged_shop,
}
"""For every kind of a file without settings such a file."""


def dated(cell: str) -> Trap:
    """Return a trap of a voice received on the day that a cell names."""
    return rows("voices", f"V1,{cell},生保,感謝,,")


def scored(cell: str) -> Trap:
    """Return a trap of a training with the score of a cell."""
    return rows("trainings", f'{TRAINED},"{cell}",合格')


def method(cell: str) -> Trap:
    """Return a trap of a case with the method of a cell."""
    return rows("elderly", f"E1,2025/4/1,生保,{cell}", header=ELDERLY)


def coarse(cell: str, kind: str = "month") -> Trap:
    """Return a trap of a table that knows no days."""
    return lambda project: project.export("m", [f"{cell},3"], header="年月,件数").toml(
        f"""[source.m]
title = "月次集計"
rhythm = "continuous"
key = "on"
[source.m.columns]
on = {{ headers = "年月", type = "{kind}", required = true }}
n = {{ headers = "件数", type = "number" }}
[kpi.m]
title = "件数"
source = "m"
measure = "sum"
of = "n"
"""
    )


SLIPPED = ("2025/4/2", "2025/4/3", "2052/4/4")
CAUSES: dict[str, Trap] = {
    "D202.restart": restarted,
    "D154.most": rows("voices", "V1,,生保,感謝,,", "V2,,生保,感謝,,"),
    "D207.column": rows(
        "voices", *(f"V{n},2025/4/1,生保,不満,,{day}" for n, day in enumerate(SLIPPED))
    ),
    "D101.no_year": dated("4月1日"),
    "D101.short_year": dated("7/4/1"),
    "D101.no_day": dated("2025年4月"),
    "D101.no_month": coarse("2025年度"),
    "D101.no_such_month": coarse("2025/13"),
    "D101.october": coarse("2025.1"),
    "D101.no_whole_year": coarse("2025/4", "year"),
    "D101.which_year": coarse("2025", "year"),
    "D101.no_such_day": dated("2025/9/31"),
    "D101.outside_era": dated("平成35年4月1日"),
    "D101.weekday": dated("2025/4/1(水)"),
    "D101.time": dated("2025/4/1 25:00"),
    "D101.offset": dated("2025/4/1 9:05 EST"),
    "D101.order": dated("4/1/2025"),
    "D101.year": dated("9999/12/31"),
    "D101.extra": dated("2025/4/1頃"),
    "D101.digits": dated("2025041"),
    "D101.nothing": dated("未定"),
    "D101.five_digits": dated("70401"),
    "D101.far": rows(
        "voices", "V1,2025/4/1,生保,感謝,,", "V2,45749,生保,感謝,,", "V3,48000,生保,感謝,,"
    ),
    "D101.epoch": rows("voices", "V1,43922,生保,感謝,,", covers=None),
    "D101.epoch_1904": rows("voices", "V1,44286,生保,感謝,,", covers="2025-04..2025-09"),
    "D102.nothing": rows("voices", "V1,2025/4/1,－,感謝,,"),
    "D102.several": rows("voices", "V1,2025/4/1,生保・損保,感謝,,"),
    "D102.excluded": method("該当なし・電話確認"),
    "D102.numeral": method("⑤"),
    "D104.exponent": rows("voices", "1.23E+11,2025/4/1,生保,感謝,,"),
    "D104.date": rows("voices", "1月2日,2025/4/1,生保,感謝,,"),
    "D105.range": scored("70～80"),
    "D105.commas": scored("1,2"),
    "D105.unit": scored("80匹"),
    "D105.digits": scored("⑧"),
    "D105.exponent": scored("1E+05"),
    "D105.long": scored("1" * 29),
    "D105.nothing": scored("－"),
    "D106.narrow": dated("########"),
    "D106.missing": dated("#N/A"),
    "D106.reference": dated("#REF!"),
    "D106.name": dated("#NAME?"),
    "D106.zero": dated("#DIV/0!"),
    "D106.operand": dated("#VALUE!"),
    "D201.date": rows("staff", "S001,生保,,"),
    "D201.id": rows("voices", ",2025/4/1,生保,感謝,,"),
    "D210.damaged": damaged_line,
    "D406.near": rows("meetings", "M1,2025/4/1,朝礼", header="会議番号,開催日,会議の名"),
}
"""For every cause a project that has it."""


@pytest.mark.parametrize("code", TRAPS)
def test_every_kind_happens(tmp_path: Path, code: str) -> None:
    """`check`, or a comparison with a record, finds every kind in the project made for it."""
    project = Project(tmp_path)
    TRAPS[code](project)
    summary = kpicli.summarize("2025H1", compare=["previous"], config=project.config, today=TODAY)
    found = (*inspection(project).faults, *summary.faults)
    assert code in {fault.kind.code for fault in found}


@pytest.mark.parametrize("code", AS_THEY_STAND)
def test_every_kind_of_a_file_happens(tmp_path: Path, code: str) -> None:
    """`check FILE` finds every kind in the file made for it, and no other of its own kinds."""
    made = AS_THEY_STAND[code]
    file = tmp_path / ("a.csv" if isinstance(made, str) else "a.xlsx")
    if isinstance(made, str):
        file.write_text(made, encoding="utf-8")
    else:
        made(file)
    kinds = {fault.kind.code for fault in check_files([file]).faults}
    assert {kind for kind in kinds if kind in AS_THEY_STAND} == {code}


@pytest.mark.parametrize("name", CAUSES)
def test_every_cause_happens(tmp_path: Path, name: str) -> None:
    """`check` finds every cause in the project made for it, and says it in words of its own."""
    project = Project(tmp_path)
    CAUSES[name](project)
    kinds = {fault.kind for fault in inspection(project).faults}
    assert KINDS[name] in kinds
    assert KINDS[name].title == CATALOGUE[name[:4]].title


def test_nothing_else_is_listed() -> None:
    """Nothing has a trap or an example that is no longer in the catalogue."""
    assert sorted([*TRAPS, *AS_THEY_STAND]) == sorted(CATALOGUE)
    assert sorted([*TRAPS, *AS_THEY_STAND, *CAUSES]) == sorted(KINDS)
    assert sorted(EXAMPLES) == sorted(CATALOGUE)


def test_every_kind_has_one_name() -> None:
    """Every kind of the data is named once in the module, and no name stands for another."""
    named = [kind.code for kind in vars(faults).values() if isinstance(kind, FaultKind)]
    assert named == list(CATALOGUE)
    assert pickle.loads(pickle.dumps(faults.REPEATED_FILE)) is CATALOGUE["D310"]
    no_year = faults.UNREADABLE_DATE.because("no_year")
    assert pickle.loads(pickle.dumps(no_year)) is no_year is KINDS["D101.no_year"]
    assert faults.UNREADABLE_DATE.because("") is faults.UNREADABLE_DATE


def test_the_pages_are_up_to_date(tmp_path: Path) -> None:
    """docs/faults.md and docs/ja/faults.md are what the catalogue says (else: nox -s docs)."""
    assert main([str(tmp_path)]) == 0
    assert PAGES == {"en": "faults.md", "ja": "ja/faults.md"}
    for language, name in PAGES.items():
        document = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert document == page(language) == (tmp_path / name).read_text(encoding="utf-8")
        for kind in CATALOGUE.values():
            assert f"\n## {kind.code} {kind.title.in_language(language)} (" in document
    with pytest.raises(SystemExit, match="2"):
        main([])


@pytest.mark.parametrize("name", KINDS)
def test_words(name: str) -> None:
    """Every kind and cause is said in both languages, in characters that cp932 has."""
    kind = KINDS[name]
    texts = (kind.title, kind.message, kind.advice, EXAMPLES[kind.code])
    for text in texts:
        assert text.ja
        assert text.en
        text.ja.encode("cp932")
        text.en.encode("cp932")


def test_levels_by_hundreds() -> None:
    """Cells D1, rows D2, files D3, coverage D4, records D5, files as they stand D6, each once."""
    assert {code[:2] for code in CATALOGUE} == {"D1", "D2", "D3", "D4", "D5", "D6"}
    assert [kind.code for kind in CATALOGUE.values()] == list(CATALOGUE)
