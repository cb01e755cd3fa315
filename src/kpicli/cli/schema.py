"""`kpicli schema`: the JSON Schema of kpicli.toml, for editors."""

from kpicli.cli.shared.options import OutputOption
from kpicli.cli.shared.output import write_named, write_stdout
from kpicli.cli.shared.schema_file import schema_text


def schema(output: OutputOption = None) -> None:
    """Print the JSON Schema of kpicli.toml."""
    text = schema_text()
    if output is None:
        write_stdout(text)
    else:
        write_named(output, text.encode())
