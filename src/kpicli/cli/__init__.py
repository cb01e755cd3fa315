"""The command line. Everything below it returns values; only here is anything printed."""

import gc
import os
import sys

_OBJECTS_AT_ONCE = 100_000


def main() -> None:
    """Run the command line and exit with the code that the outcome has."""
    # Loading makes tens of thousands of objects that stay: looking through them again and again,
    # and through every installed package for plugins, took a twentieth of a short run. Threads for
    # linear algebra, of which there is none here, take their turns on the processors too.
    gc.set_threshold(_OBJECTS_AT_ONCE)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        sys.exit(_run())
    finally:
        _settle_stdout()
        gc.freeze()  # or Python would look through everything once more before it ends


def _run() -> int:
    from kpicli.base.errors import KpicliError
    from kpicli.base.exit_codes import ExitCode

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
        sys.stderr.write("kpicli: this is a bug / プログラムの不具合です:\n")
        raise


def _settle_stdout() -> None:
    """Keep Python from trying once more, at exit, what could not be written to stdout."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
