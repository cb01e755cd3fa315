"""The schema of the settings as text."""

import json

from kpicli.cli.shared.schema_file import schema_text


def test_it_is_json_with_the_sections() -> None:
    """The text is JSON, ends with a newline, and knows the sections of the settings."""
    text = schema_text()
    assert text.endswith("}\n")
    assert {"exports", "kpis", "catalogue", "mail"} <= set(json.loads(text)["properties"])
