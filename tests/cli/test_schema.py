"""`kpicli schema`: what editors read."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from support.command_line import Run


def test_schema(run_kpicli: Run, tmp_path: Path) -> None:
    """It is printed without settings, or written to a file: the same JSON Schema."""
    outcome = run_kpicli({}, "schema")
    schema = json.loads(outcome.text)
    Draft202012Validator.check_schema(schema)
    assert "exports" in schema["properties"]
    target = tmp_path / "schema.json"
    assert run_kpicli({}, "schema", "-o", str(target)).code == 0
    assert json.loads(target.read_text(encoding="utf-8")) == schema
