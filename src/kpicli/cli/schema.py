"""`kpicli schema`: the JSON Schema of kpicli.toml, for editors."""

import json

from kpicli.cli.shared.options import OutputOption
from kpicli.cli.shared.output import write_file, write_stdout


def schema(output: OutputOption = None) -> None:
    """Print the JSON Schema of kpicli.toml."""
    from kpicli.mail.settings import MailSettings  # loads pydantic, which help does without
    from kpicli.settings.schema.document import settings_schema

    text = json.dumps(settings_schema(MailSettings), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        write_stdout(text)
    else:
        write_file(output, text.encode())
