"""`kpicli schema`: the JSON Schema of kpicli.toml, for editors."""

from pathlib import Path
from typing import Annotated

import typer

from kpicli.cli.shared.language import say
from kpicli.cli.shared.output import write_named, write_stdout
from kpicli.cli.shared.schema_file import schema_text

SchemaFileOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=say("書くファイル(既定: 標準出力)", "The file to write (default: stdout)"),
    ),
]


def schema(output: SchemaFileOption = None) -> None:
    """Print the JSON Schema of kpicli.toml."""
    text = schema_text()
    if output is None:
        write_stdout(text)
    else:
        write_named(output, text.encode())
