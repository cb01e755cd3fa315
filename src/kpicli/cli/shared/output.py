"""Writing a result: to stdout in a known encoding, or to a file, whole or not at all."""

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kpicli.base.errors import OutputError
from kpicli.base.storage import cannot_write, write_whole
from kpicli.base.windows_names import refuse_windows_names
from kpicli.base.wording import Text
from kpicli.cli.shared.language import say
from kpicli.cli.shared.messages import show_message

if TYPE_CHECKING:  # help writes to stdout as well, and names no format
    from kpicli.cli.shared.destination import Destination
    from kpicli.output.interface import Answer, Rendered

STREAMS = ("/dev/stderr", "/dev/fd/")
"""Names of open streams: never replaced, always added to."""


def write_answer(answer: "Answer", destination: "Destination") -> None:
    """Write an answer to its destination, in the destination's format; raises as `write` does."""
    write(destination.format.render(answer, destination.options), destination)


def write(result: "Rendered", destination: "Destination") -> None:
    """Write a result to its destination.

    Raises `OutputError` for a character that the encoding cannot carry, naming it, and for a file
    that cannot be written; `BrokenPipeError` when the reader of stdout has gone. On a terminal,
    which shows what it can to a person, the code of such a character stands in its place.
    """
    content = result if isinstance(result, bytes) else _bytes_of(result, destination)
    if destination.file is None:
        _write_bytes(content)
    else:
        write_named(destination.file, content, quiet=destination.quiet)


def write_named(file: Path, content: bytes, *, quiet: bool = False) -> None:
    """Write the file that `-o` names, as `write_file` does, and say so to whoever watches.

    Nobody is told by pipes and cron, where no news is good news, nor of a device or a pipe.
    """
    write_file(file, content)
    if sys.stderr is not None and sys.stderr.isatty() and not quiet and file.is_file():
        show_message(say(f"書きました: {file}", f"wrote: {file}"))


def write_stdout(text: str) -> None:
    """Write text to stdout; raises as `write` does."""
    _write_bytes(_encoded(text, stdout_encoding(), shown=on_terminal()))


def _write_bytes(content: bytes) -> None:
    try:
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        sys.stdout.flush()
        rest = memoryview(content)
        while rest:  # unbuffered (PYTHONUNBUFFERED) a disk that fills up takes a part, in silence
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        if sys.platform == "win32" and error.errno == errno.EINVAL:  # its word for a broken pipe
            raise BrokenPipeError from None
        raise cannot_write("stdout", error) from None


def on_terminal() -> bool:
    """Return whether stdout is a terminal; it may also be closed."""
    return sys.stdout is not None and sys.stdout.isatty()


def stdout_encoding() -> str:
    """Return the encoding of stdout: PYTHONIOENCODING, else UTF-8, whatever the locale says.

    A console of Windows takes UTF-8 alone from Python, whatever its code page is.
    """
    legacy = bool(os.environ.get("PYTHONLEGACYWINDOWSSTDIO"))
    if sys.platform == "win32" and on_terminal() and not legacy:
        return "utf-8"
    return os.environ.get("PYTHONIOENCODING", "").partition(":")[0] or "utf-8"


def _encoding(destination: "Destination") -> str:
    if destination.encoding is not None:
        return destination.encoding
    if destination.file is None:
        return stdout_encoding()
    return "utf-8-sig" if destination.format.byte_order_mark else "utf-8"


def _bytes_of(text: str, destination: "Destination") -> bytes:
    shown = destination.file is None and on_terminal()
    return _encoded(text, _encoding(destination), shown=shown)


def _encoded(text: str, encoding: str, *, shown: bool) -> bytes:
    try:
        return text.encode(encoding, "backslashreplace" if shown else "strict")
    except UnicodeEncodeError as error:
        character = text[error.start]
        code = f"U+{ord(character):04X}"
        raise OutputError(
            Text(
                f"「{character}」({code}) は {encoding} で書けません",
                f"{character!r} ({code}) cannot be written in {encoding}",
            ),
            Text("--encoding utf-8 を付けてください", "add --encoding utf-8"),
        ) from None


def write_file(file: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place.

    A symbolic link stays one, an existing file keeps its permissions, and what is no regular file
    (a pipe, /dev/fd/3) is written to as it is.
    """
    refuse_windows_names(file)
    try:
        if str(file).startswith(STREAMS) or (file.exists() and not file.is_file()):
            with file.open("ab") as stream:
                stream.write(content)
        else:
            write_whole(Path(os.path.realpath(file)), content)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_write(str(file), error) from None
