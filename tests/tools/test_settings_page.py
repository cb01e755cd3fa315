"""The Japanese page of all keys is made of the schema."""

import json
import re
import tomllib
from pathlib import Path

from kpicli.cli.shared.schema_file import schema_text
from kpicli.settings.schema.document import descriptions
from settings_page import main
from support.root import ROOT

PAGE = (ROOT / "docs" / "ja" / "settings.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+)\n([\s\S]*?)(?=^## |\Z)", PAGE, re.MULTILINE))


def rows(section: str) -> dict[str, str]:
    """Return what a section says of each key, by the key."""
    return dict(re.findall(r"^\| `(\w+)`[^|]*\| (.*) \|$", SECTIONS[section], re.MULTILINE))


def test_the_page_is_up_to_date(tmp_path: Path) -> None:
    """The page in docs/ is as it is written now (else: nox -s docs)."""
    (tmp_path / "ja").mkdir()
    assert main([str(tmp_path)]) == 0
    assert (tmp_path / "ja" / "settings.md").read_text(encoding="utf-8") == PAGE


def test_every_key_has_its_japanese_words() -> None:
    """Whatever describes a key of any table stands on the page; no cell of it is empty."""
    told = {cell.rpartition(" | ")[2] for section in SECTIONS for cell in rows(section).values()}
    words = {ja for keys in descriptions().values() for ja, _ in keys.values()}
    never_written = {"", "表の名前", "ほかの指標から作る指標"}  # a table has its own name
    in_words = {"内蔵の同じ id の表に書き足す"}
    assert "`extends = true`" in PAGE.partition("## ")[0]
    assert {word.replace("<", "&lt;") for word in words - never_written - in_words} - told == set()
    assert not re.search(r"\| *\|$", PAGE, re.MULTILINE)


def test_a_table_of_the_page_is_that_of_the_schema() -> None:
    """By hand: the keys of an export, which is required, and what may be written."""
    schema = json.loads(schema_text())
    export = rows("`exports.〈名前〉`")
    assert list(export) == list(schema["$defs"]["Export"]["properties"])
    assert "| `files` **必須** | 文字列、またはその一覧 |" in PAGE
    assert export["id_width"] == "整数(1〜64)か表(名前 = 整数(1〜64)) | 番号の桁数"
    assert rows("ファイルの初めに")["exports"].startswith(
        "表(名前 = 文字列か表 `exports.〈名前〉`、またはその一覧)"
    )
    settings = tomllib.loads((ROOT / "kpicli.toml").read_text(encoding="utf-8"))
    assert [key for key in settings if key not in rows("ファイルの初めに")] == []
