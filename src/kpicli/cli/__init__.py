"""The command line. Everything below it returns values; only here is anything printed.

arguments -> app -> framework/ -> a module for each command; first_contact without one
                                    summarize, rows, explain, check, audit, intake/ (init),
                                    catalogue (kpis, sources, principles), schema, docs,
                                    publishing/ (report, chart, site, fill, freeze, diff, mail)
                                      |
                                    shared/ -> stdout, a file, stderr, exit code

`main` is the one place where errors become exit codes; `program` is `main` as a process.
"""

import atexit
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

_OBJECTS_AT_ONCE = 1_000_000


def program() -> None:
    """Run the command line, and end the process with its exit code."""
    try:
        main()
    except SystemExit as end:
        _end_process(end.code)
        raise


def _end_process(code: object) -> None:
    """End the process once all is written; return where threads, or a profiler, need it still.

    Python would take every module and value apart first, which is a thirtieth of a short run.
    """
    watched = sys.gettrace() is not None or sys.getprofile() is not None
    if isinstance(code, int) and threading.active_count() == 1 and not watched:
        atexit._run_exitfuncs()  # the end of Python would have
        _settle(sys.stdout)
        _settle(sys.stderr)
        os._exit(code)


def main() -> None:
    """Run the command line and exit with the code that the outcome has."""
    # Loading makes tens of thousands of objects that stay: looking through them again and again,
    # and through every installed package for plugins, took a twentieth of a short run. Threads for
    # linear algebra, of which there is none here, take their turns on the processors too.
    gc.set_threshold(_OBJECTS_AT_ONCE)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        with _signals_end_in_order():
            sys.exit(_run())
    finally:
        _settle(sys.stdout)
        _settle(sys.stderr)
        gc.freeze()  # or Python would look through everything once more before it ends


def _run() -> int:
    from kpicli.base.errors import ExitCode, KpicliError

    try:
        from kpicli.cli.app import run

        return run()
    except KpicliError as error:
        from kpicli.cli.shared.messages import show_error

        show_error(error)
        return error.exit_code
    except BrokenPipeError:  # the reader has what it wanted
        return ExitCode.OK
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception:
        with suppress(AttributeError, OSError):  # stderr may be closed, or a full disk
            sys.stderr.write("kpicli: this is a bug / プログラムの不具合です:\n")
        raise


@contextmanager
def _signals_end_in_order() -> Iterator[None]:
    """Let the signals to end, and a terminal that closes, end the run as Ctrl-C does.

    What is being written is taken away first. The exit code is 128 and the signal's number, as a
    shell has it; of Ctrl-Break on Windows that of Ctrl-C. What the caller has chosen to ignore
    (`nohup`) stays ignored.
    """
    former = {}
    with suppress(ValueError):  # only the main thread hears signals
        for name, ending in (("SIGTERM", _end), ("SIGHUP", _end), ("SIGBREAK", _interrupt)):
            number = getattr(signal, name, None)  # Windows has no SIGHUP, and nobody else SIGBREAK
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                former[number] = signal.signal(number, ending)
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _end(number: int, _: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # once is enough: what follows takes files away
    raise SystemExit(128 + number)


def _interrupt(number: int, _: object) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _settle(stream: TextIO | None) -> None:
    """Keep Python from trying once more, at exit, what could not be written: it would exit 120."""
    if stream is None or stream.closed:
        return
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
