"""The command line. Everything below it returns values; only here is anything printed."""

import sys


def main() -> None:
    """Run the command line and exit with the code that the outcome has."""
    from kpicli.errors import KpicliError

    try:
        from kpicli.cli.app import app

        app()
    except KpicliError as error:
        from kpicli.cli.talk import show_error

        show_error(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        _close_quietly()
        sys.exit(0)
    except Exception:
        sys.stderr.write("kpicli: this is a bug / プログラムの不具合です:\n")
        raise


def _close_quietly() -> None:
    """Keep Python from complaining, at exit, that the reader of stdout has gone."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
