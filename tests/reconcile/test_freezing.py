import json
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpicli.base.errors import NotFinal, OutputError, SettingsError
from kpicli.catalog.read import read_catalog
from kpicli.published.record import Record
from kpicli.reconcile.recording import record_of
from support.frozen_project import FrozenProject
from support.small_project import Project

VOICES = ["V1,2025/4/1,生保,感謝,,", "V2,2025/5/1,損保,不満,,2025/6/1"]


def voices(folder: Path, rows: list[str] = VOICES) -> FrozenProject:
    """Return a project of two voices."""
    return FrozenProject.of(Project(folder).export("voices", rows))


def test_what_is_written(tmp_path: Path, secret_file: Path) -> None:
    """Figures, definition, versions, hashes, note and date; a row as digests and plain values."""
    project = voices(tmp_path)
    frozen = project.freeze(note="公表")
    assert frozen.file == "published/2025H1.json"
    raw = json.loads((tmp_path / frozen.file).read_text(encoding="utf-8"))
    assert (raw["edition"], raw["frozen_on"], raw["note"]) == (1, "2025-11-01", "公表")
    assert (raw["final"], raw["as_of"]) == (True, "2025-09-30")
    assert len(raw["catalogue_hash"]) == len(raw["files"][0]["sha256"]) == 64
    kpi = next(kpi for kpi in raw["kpis"] if kpi["id"] == "voices")
    assert (kpi["version"], kpi["states"], kpi["columns"]) == (1, "cc", ["received_on", "category"])
    assert [(f["kind"], f["item"], f["value"]) for f in kpi["figures"]] == [
        ("total", None, 2),
        ("part", "感謝", 1),
        ("part", "不満", 1),
        ("part", "要望", 0),
        ("part", "その他", 0),
    ]
    assert kpi["rows"] == [
        [0, [0, 1], ["2025-04-01", "感謝"], False, None],
        [1, [0, 2], ["2025-05-01", "不満"], False, None],
    ]
    assert secret_file.read_text(encoding="ascii").strip() not in json.dumps(raw)
    assert stat.S_IMODE(secret_file.stat().st_mode) == 0o600


def test_two_first_editions_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who finds that another has frozen the period meanwhile writes nothing over it."""
    project = voices(tmp_path)

    def meanwhile(*args: Any, **named: Any) -> Record:  # noqa: ANN401 - handed on
        monkeypatch.undo()
        project.freeze(note="the first")
        return record_of(*args, **named)

    monkeypatch.setattr("kpicli.reconcile.freezing.record_of", meanwhile)
    with pytest.raises(OutputError, match="in the meantime"):
        project.freeze(note="the second")
    record = json.loads((tmp_path / "published" / "2025H1.json").read_text(encoding="utf-8"))
    assert record["note"] == "the first"


def test_why_it_is_refused(tmp_path: Path) -> None:
    """A period that goes on is called so; else the KPIs in doubt by their titles."""
    project = voices(tmp_path)
    project.today = date(2025, 8, 1)
    with pytest.raises(NotFinal) as refused:
        project.freeze()
    words = "2025H1 は 2025-08-01 の時点でまだ終わっていません(2025-09-30 まで)"
    assert refused.value.message.ja == words
    assert "--not-final" in getattr(refused.value.hint, "en", "")
    doubtful = Project(tmp_path).export("voices", ["V1,2025/5/40,生保,感謝,,"])
    with pytest.raises(NotFinal) as refused:
        FrozenProject.of(doubtful).freeze()
    assert refused.value.message.ja == "2025H1 には確定していない数値があります: お客様の声"
    assert refused.value.message.en == "2025H1 has figures that are not final: Customer voices"


def test_nobody_is_the_same_in_two_kpis(tmp_path: Path) -> None:
    """Who a row is of has another digest in each KPI, and the same one in the next edition."""
    small = Project(tmp_path)
    small.export("trainings", ["R1,2025/5/1,公的介護保険制度,ロープレ,S001,1,80,合格"])
    small.export("qualifications", ["2025/5/1,S001,公的保険アドバイザー,,合格"])
    project = FrozenProject.of(small)
    records = [project.freeze().record, project.freeze(revise=True).record]
    who = [
        {
            kpi.id: kpi.rows.who.hex(0)
            for kpi in record.kpis
            if len(kpi.rows) and kpi.rows.who.hex(0)
        }
        for record in records
    ]
    assert who[0] == who[1]
    counted = ["roleplay_participants", "roleplay_first_passes", "adviser_passes"]
    assert set(counted) <= set(who[0])
    assert len(set(who[0].values())) == len(who[0])


def test_equal_keys_have_equal_digests_only_under_one_secret(
    tmp_path: Path, secret_file: Path
) -> None:
    """The same row has the same digest in the next edition, and another one under a new secret."""
    project = voices(tmp_path)
    records = [project.freeze().record, project.freeze(revise=True).record]
    secret_file.unlink()
    later = project.freeze(revise=True)
    first, second, third = (r.sources[0].rows.ids.hex(0) for r in (*records, later.record))
    assert first == second != third
    assert [warning.en for warning in later.warnings] == [
        "published/2025H1.json: the secret that it was frozen with is not here: "
        "nothing can tell whether it was edited",
        "the older edition was frozen with another secret: its rows cannot be matched",
    ]


MARK = "ZZZ"


def test_no_personal_data(tmp_path: Path) -> None:
    """Values marked in every personal and every free text column are nowhere in the record."""
    catalog = read_catalog()
    small = Project(tmp_path)
    for name, source in catalog.source.items():
        cells = {}
        for column, spec in source.columns.items():
            table = catalog.codes_of(source, column)
            if spec.personal or spec.type == "free_text" or column in source.key:
                cells[column] = f"{MARK}{column}"
            if spec.type == "date":
                cells[column] = "2025/5/1"
            if spec.type == "number":
                cells[column] = "1"
            if table is not None:
                cells[column] = next(iter(table.values), "他")
        headers = ",".join(source.columns[column].headers[0] for column in cells)
        covers = None if source.rhythm == "register" else "2025-04..2025-09"
        small.export(name, [",".join(cells.values())], header=headers, covers=covers)
    small.toml(
        f'[kpi.own]\ntitle = "一人の声"\nsource = "voices"\nmeasure = "count"\n'
        f'where = {{ staff = "{MARK}staff" }}\nexclude = {{ staff = "{MARK}other" }}'
    )
    project = FrozenProject.of(small)
    project.freeze()
    text = (tmp_path / "published/2025H1.json").read_text(encoding="utf-8")
    public = {f"{MARK}{name}" for s in catalog.source.values() for name, c in s.columns.items()
              if not c.personal and c.type != "free_text"}  # fmt: skip
    for name in public:
        text = text.replace(f'"{name}"', "")
    assert MARK not in text
    assert text.count('"c') > len(catalog.kpi) // 2


def test_no_parts_by_a_personal_code(tmp_path: Path) -> None:
    """Parts by a code column that is personal are left out."""
    small = Project(tmp_path).export("voices", VOICES)
    small.toml("[source.voices]\nextends = true\n[source.voices.columns.category]\npersonal = true")
    frozen = FrozenProject.of(small).freeze()
    figures = frozen.record.by_id["voices"].figures
    assert [(f.kind, f.value) for f in figures] == [("total", 2)]
    assert "感謝" not in (tmp_path / frozen.file).read_text(encoding="utf-8")


def test_editions(tmp_path: Path) -> None:
    """A period is frozen once; --revise keeps the older edition to the byte beside the new one."""
    project = voices(tmp_path)
    project.freeze()
    folder = tmp_path / "published"
    first = (folder / "2025H1.json").read_bytes()
    with pytest.raises(OutputError, match="is there already"):
        project.freeze()
    project.edit("voices0.csv", lambda lines: [*lines[:2], ""])
    assert project.freeze(revise=True).record.edition == 2
    assert project.freeze(revise=True).record.edition == 3
    assert sorted(file.name for file in folder.iterdir()) == [
        ".kpicli.lock",
        "2025H1.1.json",
        "2025H1.2.json",
        "2025H1.json",
    ]
    assert (folder / "2025H1.1.json").read_bytes() == first
    assert project.diff().edition == 3
    assert not project.diff().changed


def test_an_edition_that_lies_there_is_not_overwritten(tmp_path: Path) -> None:
    """Where the place of the older edition holds something else, nothing is written."""
    project = voices(tmp_path)
    project.freeze()
    before = (tmp_path / "published/2025H1.json").read_bytes()
    (tmp_path / "published/2025H1.1.json").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="another content"):
        project.freeze(revise=True)
    assert (tmp_path / "published/2025H1.json").read_bytes() == before


def test_what_is_not_final_is_refused(tmp_path: Path, secret_file: Path) -> None:
    """A figure in doubt, or a period that is not over: exit 5, no file and no secret."""
    project = voices(tmp_path, [*VOICES, "V3,2025/9/31,損保,感謝,,"])
    with pytest.raises(NotFinal, match="voices"):
        project.freeze()
    assert NotFinal.exit_code == 5
    assert not (tmp_path / "published").exists()
    assert not secret_file.exists()
    record = project.freeze(not_final=True).record
    assert (record.final, "voices" in record.not_final) == (False, True)
    project.today = date(2025, 9, 30)
    with pytest.raises(NotFinal):
        project.freeze(revise=True)


def test_another_folder(tmp_path: Path) -> None:
    """The folder is a setting, relative to the settings file."""
    project = FrozenProject.of(
        Project(tmp_path).export("voices", VOICES).toml('published = "公表/記録"')
    )
    assert project.freeze().file == "公表/記録/2025H1.json"
    assert not project.diff().changed


def test_lines_that_cannot_be_told_apart(tmp_path: Path) -> None:
    """Two rules of one label are an error of the settings that names them, not a bug."""
    small = Project(tmp_path).export("voices", VOICES)
    rule = '[[kpi.own.rules]]\nlabel = "声"\ndate = "received_on"\nwhere = { line = "%s" }\n'
    small.toml(
        '[kpi.own]\ntitle = "声"\nsource = "voices"\nmeasure = "rules"\n'
        + rule % "生保" + rule % "損保"
    )  # fmt: skip
    with pytest.raises(SettingsError, match="own has two lines called '声'"):
        FrozenProject.of(small).freeze()
