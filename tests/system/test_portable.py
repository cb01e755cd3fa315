"""The folder that runs where no Python is installed: built, and run in a root of its own."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.root import ROOT

CHROOT = "/usr/sbin/chroot"
SHELL = ("/bin/dash", "/usr/bin/dirname")
"""All that the start file needs of a system, beside the C library."""


def portable(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the builder as its documentation says."""
    command = [sys.executable, "-m", "portable", *arguments]
    return subprocess.run(command, cwd=ROOT / "tools", capture_output=True, text=True)


def built(*arguments: str) -> Path:
    """Build a folder and return its zip."""
    done = portable(*arguments)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


@pytest.fixture(scope="module")
def linux(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the zip for Linux, of the interpreter that runs the tests."""
    return built("linux", str(tmp_path_factory.mktemp("linux")))


@pytest.fixture(scope="module")
def embeddable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive with the names of python.org's; no Windows is here to run the real one."""
    archive = tmp_path_factory.mktemp("python") / "python-3.11.9-embed-amd64.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("python311._pth", "python311.zip\r\n.\r\n#import site\r\n")
        packed.writestr("python.exe", b"MZ")
        packed.writestr("python311.zip", b"")
    return archive


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory, embeddable: Path) -> Path:
    """Return the folder for Windows."""
    digest = hashlib.sha256(embeddable.read_bytes()).hexdigest()
    target = str(tmp_path_factory.mktemp("windows"))
    archive = built("windows", target, "--python", str(embeddable), "--sha256", digest)
    return archive.with_suffix("")


def libraries(files: Iterator[Path]) -> set[Path]:
    """Return the system's libraries that programs are linked to, by the loader's own word."""
    every: set[Path] = set()
    for file in files:
        said = subprocess.run(["ldd", file], capture_output=True, text=True).stdout
        every.update(Path(path) for path in re.findall(r"(/\S+) \(", said))
    return every


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, linux: Path) -> Path:
    """Return a root that holds the unpacked zip, a shell, and the system's libraries for both."""
    root = tmp_path_factory.mktemp("root")
    subprocess.run([sys.executable, "-m", "zipfile", "-e", linux, root], check=True)
    folder = root / linux.stem
    for program in (folder / "kpicli", folder / "python/bin/python3"):
        program.chmod(0o755)  # Python's unzip does not keep modes; unzip and Explorer's twin do
    (root / "bin").mkdir()
    for tool in SHELL:
        shutil.copy(tool, root / "bin")
    (root / "bin/dash").rename(root / "bin/sh")
    compiled = (*folder.rglob("*.so*"), folder / "python/bin/python3", *(root / "bin").iterdir())
    for library in libraries(iter(compiled)):
        if not library.is_relative_to(root) and "libpython" not in library.name:
            target = root / library.relative_to("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(library, target)
    (root / "tmp").mkdir()
    folder.rename(root / "kpicli")
    return root


def run(root: Path, script: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in a root in which there is nothing else."""
    command = ["env", "-i", "PATH=/bin", CHROOT, str(root), "/bin/sh", "-c", script]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)


def test_the_root_has_no_python_but_the_folders(bare: Path) -> None:
    """The claim that the other tests rest on."""
    assert run(bare, "python3 --version").returncode == 127
    outside = [p for p in bare.rglob("*python*") if not p.is_relative_to(bare / "kpicli")]
    assert outside == []


def test_the_sample_is_counted_where_no_python_is_installed(bare: Path) -> None:
    """The figures are those of the installed program, byte for byte."""
    asked = "summarize --period 2025H1 --compare previous,year-ago -f csv"
    there = run(bare, f"cd /kpicli/sample && /kpicli/kpicli {asked}")
    here = subprocess.run(
        [sys.executable, "-m", "kpicli", *asked.split()], cwd=ROOT, capture_output=True
    )
    assert there.returncode == here.returncode == 0, there.stderr.decode()
    assert there.stdout == here.stdout
    assert ",voices," in there.stdout.decode()


def test_every_kind_of_output_is_written_there(bare: Path) -> None:
    """What loads other libraries: workbook, Parquet, page, chart as a picture, held record."""
    lines = (
        "summarize --period 2025H1 -o /tmp/kpi.xlsx",
        "summarize --period 2025H1 -o /tmp/kpi.parquet",
        "report --period 2025H1 -o /tmp/report.html",
        "chart voices --period 2025H1 -o /tmp/voices.png",
        "check",
    )
    for line in lines:
        done = run(bare, f"cd /kpicli/sample && /kpicli/kpicli {line}")
        assert done.returncode in (0, 1), (line, done.stderr.decode())
        assert b"Traceback" not in done.stderr
    for name in ("kpi.xlsx", "kpi.parquet", "report.html", "voices.png"):
        assert (bare / "tmp" / name).stat().st_size > 1000


def test_exports_named_in_full_are_looked_at(bare: Path) -> None:
    """As a folder dropped on the start file: the settings are written beside the exports."""
    shutil.copytree(bare / "kpicli/sample/sample_data", bare / "exports")
    done = run(bare, "/kpicli/kpicli /exports --yes")
    assert (bare / "exports/kpicli.toml").is_file(), done.stderr.decode()
    counted = run(bare, "cd /exports && /kpicli/kpicli summarize --period 2025H1 -f csv")
    assert b"841" in counted.stdout


def test_nothing_says_where_it_was_built(linux: Path) -> None:
    """No path of the building machine is in a file, so that the bytes are the same anywhere."""
    folder = linux.with_suffix("")
    own = [p for p in folder.rglob("*") if p.is_file() and "/python/bin" not in str(p)]
    kinds = {".py", ".json", ".html", ".txt", ""}
    texts = [path for path in own if path.suffix in kinds]
    building = (str(ROOT).encode(), str(folder.parent).encode())
    standard = folder / "python/lib/python3.11"
    for path in texts:
        if path.parent != standard:  # sysconfig of the interpreter names where that was built
            assert not any(word in path.read_bytes() for word in building), path


def test_the_zip_has_its_digest_and_dates_that_do_not_move(linux: Path) -> None:
    """`sha256sum -c` takes the file beside it, and every entry has the one date."""
    checked = subprocess.run(
        ["sha256sum", "-c", f"{linux.name}.sha256"], cwd=linux.parent, capture_output=True
    )
    assert checked.returncode == 0
    with zipfile.ZipFile(linux) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = [Path(name) for name in packed.namelist()]
        assert names == sorted(names)


@pytest.mark.parametrize("target", ["linux", "windows"])
def test_every_package_is_listed_with_its_licence(
    target: str, request: pytest.FixtureRequest
) -> None:
    """The SBOM names what lies there, no less and no more, each by the digest that the lock has."""
    found: Path = request.getfixturevalue(target)
    folder = found.with_suffix("") if found.suffix == ".zip" else found
    bom = json.loads((folder / "sbom.cdx.json").read_text(encoding="utf-8"))
    listed = {(c["name"].lower(), c["version"]): c for c in bom["components"]}
    metadata = folder.rglob("*.dist-info/METADATA")
    lying = set()
    for file in metadata:
        head = file.read_text(encoding="utf-8").split("\n\n")[0]
        name, version = (re.search(rf"^{w}: (.+)$", head, re.M) for w in ("Name", "Version"))
        assert name
        assert version
        lying.add((name[1].lower(), version[1]))
    assert {key for key, part in listed.items() if part["type"] == "library"} == lying
    lock = (ROOT / f"tools/portable/locks/{target}-x64.txt").read_text(encoding="utf-8")
    for (name, _), part in listed.items():
        assert part["licenses"]
        if part["type"] == "library" and name != "kpicli":
            assert part["hashes"][0]["content"] in lock
    assert len(list((folder / "licences").iterdir())) > 0.9 * len(lying)


def test_windows_takes_only_what_runs_there(windows: Path) -> None:
    """Compiled parts are Windows', Python looks in the folder alone, and paths stay short."""
    assert not list(windows.rglob("*.so"))
    compiled = list(windows.rglob("*.pyd"))
    assert {"pandas", "pyarrow", "numpy"} <= {p.relative_to(windows).parts[2] for p in compiled}
    paths = (windows / "python/python311._pth").read_bytes()
    assert paths == b"python311.zip\r\n.\r\nsite-packages\r\n"
    assert max(len(str(p.relative_to(windows))) for p in windows.rglob("*")) < 150


def test_the_start_file_of_windows_is_what_its_shell_reads(windows: Path) -> None:
    """ASCII with CRLF: in any code page; every jump has its label."""
    script = (windows / "kpicli.cmd").read_bytes()
    assert script.count(b"\n") == script.count(b"\r\n")
    text = script.decode("ascii")
    assert set(re.findall(r"goto (\w+)", text)) == set(re.findall(r"^:(\w+)", text, re.M))


def test_another_interpreter_is_refused(embeddable: Path, tmp_path: Path) -> None:
    """A digest that differs, an archive of another version, and none: one sentence, exit 1."""
    other = tmp_path / "python-3.12.0-embed-amd64.zip"
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("python312._pth", "")
    digest = hashlib.sha256(other.read_bytes()).hexdigest()
    for archive, sha256, words in (
        (embeddable, "0" * 64, "has the SHA-256"),
        (other, digest, "it has no python311._pth"),
    ):
        done = portable("windows", str(tmp_path), "--python", str(archive), "--sha256", sha256)
        assert done.returncode == 1
        assert words in done.stderr
        assert "Traceback" not in done.stderr
