"""The catalogue in files of its own: packs that the settings name, and files that they include."""

import tomllib
from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.catalog.read import SEED, pack_names, pack_text
from kpicli.settings.settings import read_settings
from support.command_line import process

TOP = 'include = "kpi/*.toml"\n[exports]\nvoices = { files = "voices.csv", covers = "2025H1" }\n'
VOICES = "受付番号,受付日,商品区分,声の区分\nV1,2025/4/1,損保,感謝\nV2,2025/5/2,生保,不満\n"
THANKS = '[kpi.thanks]\ntitle = "感謝"\nsource = "voices"\nmeasure = "count"\n'


def project(folder: Path, files: dict[str, str], top: str = TOP) -> Path:
    """Write a project with files of the catalogue and return its settings."""
    (folder / "kpi").mkdir()
    (folder / "voices.csv").write_text(VOICES, encoding="utf-8")
    for name, text in files.items():
        (folder / "kpi" / name).write_text(text, encoding="utf-8")
    (folder / "kpicli.toml").write_text(top, encoding="utf-8")
    return folder / "kpicli.toml"


def test_tables_of_all_files_are_one_catalogue(tmp_path: Path) -> None:
    """A KPI in a file of its own is known like one in the settings, and its file is protected."""
    settings = read_settings(project(tmp_path, {"a.toml": THANKS}))
    assert settings.catalog.kpi["thanks"].source == "voices"
    assert list(settings.parts) == ["kpi/a.toml"]
    assert ("part", "kpi/a.toml") in settings.protected_paths


def test_a_changed_file_changes_the_figure(tmp_path: Path) -> None:
    """What was kept holds only while the included files are the same, and no new one is there."""
    project(tmp_path, {"a.toml": THANKS})
    args = ("summarize", "--period", "2025H1", "--kpi", "thanks", "-f", "csv")
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    first = process(*args, folder=tmp_path, **cache)
    assert ",thanks,感謝,,,,,,2,件," in first.text
    assert process(*args, folder=tmp_path, **cache).out == first.out
    changed = THANKS + 'where = { category = "感謝" }\n'
    (tmp_path / "kpi" / "a.toml").write_text(changed, encoding="utf-8")
    assert ",thanks,感謝,,,,,,1,件," in process(*args, folder=tmp_path, **cache).text
    (tmp_path / "kpi" / "b.toml").write_text("[kpi]\nx = 1\n", encoding="utf-8")
    assert process(*args, folder=tmp_path, **cache).code == 3


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "include: no file 'kpi/*.toml'"),
        (
            {"a.toml": THANKS, "b.toml": THANKS},
            "stands in kpi/a.toml and in kpi/b.toml",
        ),
        ({"a.toml": "[exports]\n"}, "kpi/a.toml: 'exports' belongs into kpicli.toml"),
        ({"a.toml": "[kpi.x\n"}, "a.toml is not TOML"),
        ({"a.toml": THANKS.replace("thanks", "voices")}, "kpi.voices: the built-in catalogue"),
    ],
)
def test_what_is_no_part_is_refused(files: dict[str, str], message: str, tmp_path: Path) -> None:
    """A pattern without a file, an id in two files and other sections are errors that name both."""
    with pytest.raises(SettingsError) as error:
        read_settings(project(tmp_path, files))
    assert message in str(error.value)


def test_packs_are_named(tmp_path: Path) -> None:
    """Without packs nothing is built in; an unknown name is refused with the nearest."""
    top = 'catalogue = []\n[source.mine]\ntitle = "a"\nkey = "n"\nrhythm = "sparse"\n'
    top += '[source.mine.columns]\nn = { headers = "番号", type = "id" }\n'
    top += 'on = { headers = "日", type = "date" }\n'
    settings = read_settings(project(tmp_path, {}, top))
    assert (list(settings.catalog.source), list(settings.catalog.kpi)) == (["mine"], [])
    (tmp_path / "kpicli.toml").write_text('catalogue = ["insurance_agence"]', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"no built-in pack .*insurance_agency"):
        read_settings(tmp_path / "kpicli.toml")


@pytest.mark.parametrize("names", [pack_names(), *((name,) for name in pack_names())])
def test_every_pack_is_a_valid_catalogue(names: tuple[str, ...], tmp_path: Path) -> None:
    """Each pack stands alone, and all of them together do not contradict each other."""
    assert SEED in pack_names()
    listed = ", ".join(f'"{name}"' for name in names)
    settings = read_settings(project(tmp_path, {}, f"catalogue = [{listed}]"))
    assert settings.catalog.kpi


def test_packs_do_not_change_each_other() -> None:
    """A KPI stands in one pack; a source or code table of several is written alike in each."""
    written: dict[tuple[str, str], object] = {}
    for pack in pack_names():
        for section, tables in tomllib.loads(pack_text(pack)).items():
            for name, table in tables.items():
                known = written.setdefault((section, name), table)
                assert known == table, f"{section}.{name} of {pack}"
                assert section != "kpi" or known is table, f"kpi.{name} of {pack}"
