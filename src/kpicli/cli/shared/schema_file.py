"""The JSON Schema of kpicli.toml as text, and the line by which editors find it."""

import json

SCHEMA_FILE = "kpicli.schema.json"
"""The name under which it lies beside the settings."""


def schema_text() -> str:
    """Return the JSON Schema of kpicli.toml."""
    from kpicli.mail.settings import MailSettings  # loads pydantic, which help does without
    from kpicli.settings.schema.document import settings_schema

    return json.dumps(settings_schema(MailSettings), ensure_ascii=False, indent=2) + "\n"
