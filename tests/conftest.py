"""What holds for every test."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def secret_file(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the secret of frozen records out of the user's own folder."""
    file = tmp_path_factory.mktemp("secret") / "own" / "secret"
    monkeypatch.setenv("KPICLI_SECRET_FILE", str(file))
    return file
