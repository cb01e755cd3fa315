"""The one entry for developers: `nox` lists the sessions, `nox -s lint quick` runs two of them.

CI runs the same sessions (.ci/run), and `nox -s all` the test command that README gives.
"""

import nox

nox.options.sessions = []  # a bare `nox` lists them
nox.options.reuse_existing_virtualenvs = True

CHECKS = (
    "ruff check .",
    "ruff format --check .",
    "mypy",
    "interrogate --quiet src",
    "lint-imports --no-cache",
    "python tools/structure.py",
    "python tools/mirror.py",
    "towncrier build --draft --version next",
)
"""What `lint` runs, and .pre-commit-config.yaml too."""

GENERATED = (
    "tools/faults_page.py",
    "tools/command_pages.py",
    "tools/settings_page.py",
    "tools/cookbook_page.py",
    "tools/docs_pictures.py",
)
"""Write what the program says of itself into docs/, in both languages."""

SITE = "sphinx-build --conf-dir docs --fail-on-warning --keep-going --nitpicky --quiet . build/site"
"""Builds the documentation; a link that leads nowhere, or a page in no list, is an error."""


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, format, types, docstrings, floors, folders, mirror of tests, changelog."""
    session.install("-e", ".[test,system]")
    for check in CHECKS:
        session.run(*check.split(), silent=check.startswith("towncrier"))


@nox.session
def quick(session: nox.Session) -> None:
    """Run the tests that end in seconds."""
    session.install("-e", ".[test]")
    session.run("pytest", "-m", "quick", *session.posargs)


@nox.session(name="all")
def every_test(session: nox.Session) -> None:
    """Run all tests but those of `system`, by README's command."""
    session.install(".[test]")
    session.run("pytest", *session.posargs)


@nox.session
def system(session: nox.Session) -> None:
    """Run the tests against real programs; .ci/run names the Debian packages that they need."""
    session.install("-e", ".[test,system]")
    # A file's tests share a browser; one file alone uses cron and the mailbox, of which there is
    # one each. In the order of their names: those that take longest are not the last.
    by_file = ("--numprocesses=2", "--dist=loadfile", "--no-loadscope-reorder")
    session.run("pytest", *by_file, "tests/system", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Read damaged files for two minutes, and random projects whose figures are known for one.

    `nox -s fuzz -- --seed 7` draws others.
    """
    session.install("-e", ".[test]")
    session.run("python", "tests/fuzz/fuzz_readers.py", "--seconds", "120", *session.posargs)
    session.run("python", "tests/fuzz/fuzz_projects.py", "--seconds", "60", *session.posargs)
    session.run("python", "tests/fuzz/fuzz_folders.py", "--seconds", "30", *session.posargs)


@nox.session(venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """Run every command with the lowest versions that pyproject.toml allows.

    Of the sources, or of a wheel: `nox -s lowest -- dist/kpicli-0.2.0-py3-none-any.whl`.
    """
    (what,) = session.posargs or (".",)
    session.install("--resolution", "lowest-direct", "--compile-bytecode", f"{what}[report,dask]")
    session.run("python", "tools/smoke.py")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def wheel(session: nox.Session) -> None:
    """Run every command of a wheel with the newest versions, on each Python that is there.

    `nox -s wheel -- dist/kpicli-0.2.0-py3-none-any.whl`.
    """
    session.install(*session.posargs)
    session.run("python", "tools/smoke.py", "--with-docs")


@nox.session
def release(session: nox.Session) -> None:
    """Build sdist, wheel, SBOM and digests, twice and alike: `nox -s docs release -- dist`."""
    session.install("-e", ".[system]")
    session.run("python", "tools/release.py", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Write what the program says of itself into docs/; build site, man pages and completion."""
    session.install("-e", ".[docs]")
    for script in GENERATED:
        session.run("python", script, "docs")
    session.run(*SITE.split())
    session.run("python", "tools/share_files.py", "build/share")


@nox.session
def pictures(session: nox.Session) -> None:
    """Draw the pages, the mail and the workbook in docs/ again, those that have changed.

    By the programs that the system tests need; `nox -s pictures -- --all` draws all of them.
    """
    session.install("-e", ".[system]")
    session.run("python", "tools/docs_screens.py", "docs", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure what docs/performance.md shows: `nox -s bench -- sizes`."""
    session.install("-e", ".[benchmark]")
    session.run("python", "-m", "benchmarks", *session.posargs)


@nox.session
def changelog(session: nox.Session) -> None:
    """Move the fragments of changelog.d/ into CHANGELOG.md: `nox -s changelog -- 0.2.0`."""
    session.install("towncrier")
    session.run("towncrier", "build", "--version", *session.posargs)
