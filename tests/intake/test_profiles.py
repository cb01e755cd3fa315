"""Profiles: kept by name, read back, and refused where they are none."""

from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError, UsageError
from kpicli.intake.asking.questions import answered
from kpicli.intake.former import Former
from kpicli.intake.profiles import profile_file, read_profile, write_profile
from kpicli.intake.proposal import Proposal
from kpicli.intake.understanding import understand


@pytest.fixture
def proposal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Proposal:
    """Return what is proposed for one export, 苦情 counting as 不満; profiles have a folder."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    rows = [f"V{n},2025/{4 + n % 6}/{1 + n},生保,感謝" for n in range(1, 25)]
    text = "\n".join(("受付No.,受付日,商品区分,声の区分", *rows, "X1,2025/4/1,生保,苦情", ""))
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    made = understand([tmp_path / "a.csv"], tmp_path)[1]
    return answered(made, lambda q: q.choice("不満") or q.choices[0])[0]


def test_there_and_back(proposal: Proposal) -> None:
    """What is kept is read back: packs, year, headers and what words stand for."""
    write_profile("東_1", proposal)
    assert read_profile("東_1") == Former(
        packs=("insurance_agency",),
        fiscal_start=4,
        headers={
            "voices": {
                "voice_id": ("受付No.",),
                "received_on": ("受付日",),
                "line": ("商品区分",),
                "category": ("声の区分",),
            }
        },
        synonyms={"voices": {"category": {"不満": ("苦情",)}}},
    )


def test_it_is_its_owners_alone(proposal: Proposal) -> None:
    """Nobody else reads a profile, and none is there before it is kept."""
    assert read_profile("a") is None
    assert write_profile("a", proposal).stat().st_mode & 0o077 == 0


def test_what_is_no_name_and_no_profile(proposal: Proposal) -> None:
    """A path is no name, and a file of something else is no profile."""
    with pytest.raises(UsageError):
        profile_file("../a")
    file = write_profile("a", proposal)
    file.write_text("fiscal_start = 'x'", encoding="utf-8")
    with pytest.raises(SettingsError):
        read_profile("a")
