"""What tables are."""

from pathlib import Path

from kpicli.intake.offering import consequences
from kpicli.intake.understanding import understand
from support.asked import asked


def register(folder: Path, name: str, first: int, left: str = "") -> None:
    """Write a register of twenty staff whose numbers begin at `first`."""
    rows = [f"S{first + n:03},生保,2020/4/{1 + n},{left}" for n in range(20)]
    text = "\n".join(("職員番号,チーム,在籍開始日,在籍終了日", *rows, ""))
    (folder / name).write_text(text, encoding="utf-8")


def test_several_registers(tmp_path: Path) -> None:
    """Of two lists of the same people neither is taken until people say which is in force."""
    register(tmp_path, "a.csv", 1)
    register(tmp_path, "b.csv", 1, "2025/3/31")
    proposal = understand([tmp_path], tmp_path)[1]
    assert proposal.entries == ()
    question = asked(proposal)["register staff"]
    assert [choice.key for choice in question.choices] == ["-", "a.csv", "b.csv"]
    assert [entry.files for entry in question.choices[2].proposal.entries] == [("b.csv",)]


def test_parts_of_a_register(tmp_path: Path) -> None:
    """Two lists of other people are parts of one register, and are taken together."""
    register(tmp_path, "a.csv", 1)
    register(tmp_path, "b.csv", 501)
    (entry,) = understand([tmp_path], tmp_path)[1].entries
    assert set(entry.files) == {"a.csv", "b.csv"}


def test_two_sources_alike(tmp_path: Path) -> None:
    """What may be of two sources is of none until people say so; figures of each are told."""
    rows = [f"2025/9/30,C{n:05},{100 + n},{n - 20}" for n in range(60)]
    text = "\n".join(("基準日,顧客番号,投資元本,運用損益", *rows, ""))
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    assert proposal.entries == ()
    question = asked(proposal)["source a.csv"]
    assert question.choices[0].key == "-"
    keys = {"common_kpis.fund_customers", "common_kpis.fx_customers"}
    assert {choice.key for choice in question.choices[1:]} == keys
    rows_told = dict(consequences(question, tmp_path, "ja").rows)
    assert set(rows_told["投資信託で運用損益が0以上の顧客"]) == {"-", "40/60名 66.7%"}
