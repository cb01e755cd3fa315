"""Man pages and completion files, as they lie below share/: `python tools/share_files.py DIR`.

The pages are the command reference in both languages, written by Sphinx; the completion is what
the program shows for each shell. Installed with the wheel, `man kpicli` finds them where pipx and
environments show their share/man.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from site_digest import KEPT, digest

ROOT = Path(__file__).resolve().parents[1]
MAN = {"kpicli.1": "man/man1/kpicli.1", "kpicli.ja.1": "man/ja/man1/kpicli.1"}
"""What Sphinx writes (docs/conf.py), and where man looks for it."""
COMPLETION = {
    "bash": "bash-completion/completions/kpicli",
    "zsh": "zsh/site-functions/_kpicli",
    "fish": "fish/vendor_completions.d/kpicli.fish",
}
SHOWN_FOR_ANY_SHELL = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
"""Without it Typer shows completion for the shell that runs it, and takes no name."""


def completion(shell: str) -> str:
    """Return what the program shows for a shell."""
    command = [sys.executable, "-m", "kpicli", "--show-completion", shell]
    environment = os.environ | SHOWN_FOR_ANY_SHELL
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


def main(target: Path) -> None:
    """Write all files below a folder, and the digest of what they were made of."""
    with tempfile.TemporaryDirectory() as pages:
        build = ["-b", "man", "--conf-dir", "docs", "--quiet", ".", pages]
        subprocess.run([sys.executable, "-m", "sphinx", *build], cwd=ROOT, check=True)
        for name, place in MAN.items():
            (target / place).parent.mkdir(parents=True, exist_ok=True)
            page = (Path(pages) / name).read_text(encoding="utf-8")
            page = page.replace("KPICLI.JA", "KPICLI").replace("kpicli.ja", "kpicli")
            (target / place).write_text(page, encoding="utf-8")
    for shell, place in COMPLETION.items():
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        (target / place).write_text(completion(shell), encoding="utf-8")
    (target / KEPT).write_text(f"{digest(ROOT)}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
