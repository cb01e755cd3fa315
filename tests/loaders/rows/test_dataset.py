"""What a dataset is to those who keep it: whole on its own, and fit to travel."""

import hashlib
import pickle
from pathlib import Path

from support.small_project import Project

VOICES = ["V1,2025/4/1,生保,感謝,,", "V2,2025/5/1,損保,不満,,2025/6/1"]


def test_what_was_loaded_needs_its_files_no_more(tmp_path: Path) -> None:
    """Their SHA-256 is known by then, whatever becomes of them."""
    project = Project(tmp_path).export("voices", VOICES)
    digests = {hashlib.sha256(file.read_bytes()).hexdigest() for file in tmp_path.glob("*.csv")}
    dataset = project.load("voices")
    for file in tmp_path.glob("*.csv"):
        file.unlink()
    assert {file.sha256 for file in dataset.files} == digests


def test_it_travels(tmp_path: Path) -> None:
    """Pickled, it is the same rows, files and figures' columns."""
    dataset = Project(tmp_path).export("voices", VOICES).load("voices")
    copy = pickle.loads(pickle.dumps(dataset))
    assert (copy.files, copy.accounting) == (dataset.files, dataset.accounting)
    assert copy.frame.equals(dataset.frame)
