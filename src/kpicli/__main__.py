"""Lets `python -m kpicli` do what the command `kpicli` does."""

from kpicli.cli import program

if __name__ == "__main__":
    program()
