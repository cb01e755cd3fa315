"""Which column is which."""

from pathlib import Path

from kpicli.intake.understanding import understand
from support.asked import asked


def test_which_of_two_dates(tmp_path: Path) -> None:
    """Where two dates may be the one that counts both are offered, with what each leads to."""
    header = "受付番号,受付日,商品区分,声の区分,登録日"
    days = [f"2025/{month}/{day}" for month in range(4, 10) for day in (2, 12, 25)]
    late = [f"2025/{month + 1}/{day}" for month in range(4, 10) for day in (2, 12, 25)]
    rows = [
        f"V{n:03},{day},生保,感謝,{other}"
        for n, (day, other) in enumerate(zip(days, late, strict=True))
    ]
    (tmp_path / "a.csv").write_text("\n".join((header, *rows, "")), encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    questions = asked(proposal)
    question = questions["column voices.received_on"]
    assert [choice.key for choice in question.choices[:2]] == ["受付日", "登録日"]
    (entry,) = question.choices[1].proposal.entries
    assert entry.headers["received_on"] == "登録日"
