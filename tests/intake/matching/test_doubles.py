"""Tables of two systems that hold the same cases under numbers of their own."""

from pathlib import Path

import pytest

from kpicli.intake.asking.questions import answered
from kpicli.intake.guesses import open_questions
from kpicli.intake.proposal import Proposal
from kpicli.intake.understanding import understand
from kpicli.intake.unused import unused_files
from kpicli.intake.writing import guessed_keys


def _export(folder: Path, name: str, header: str, first: int, texts: range) -> None:
    """Write voices of six months, each with a text of its own, numbered from `first`."""
    rows = [
        f"{first + n},2025/{4 + n % 6}/{1 + n % 28},{('感謝', '不満')[n % 2]},説明が早い その{n}"
        for n in texts
    ]
    (folder / name).write_text("\n".join((header, *rows, "")), encoding="utf-8")


A = "受付番号,受付日,声の区分,内容"
B = "声番号,受付日時,区分,説明"


def _proposed(folder: Path, first: int, texts: range, header: str = B) -> Proposal:
    _export(folder, "a.csv", A, 1, range(200))
    _export(folder, "b.csv", header, first, texts)
    return understand([folder], folder)[1]


@pytest.mark.parametrize("texts", [range(200), range(100, 200), range(150, 330)])
def test_the_larger_table_counts_until_somebody_answers(tmp_path: Path, texts: range) -> None:
    """The cases of the second system are not counted once more, and the figures are a guess."""
    proposal = _proposed(tmp_path, 7001, texts)
    assert [feed.table.file for feed in proposal.exported] == ["a.csv"]
    assert "exports.voices" in guessed_keys(proposal)
    (left,) = [why for label, why in unused_files(proposal) if label == "b.csv"]
    assert left.ja == "a.csv と同じ件を別の番号で持つようです"
    assert any(
        each.words.ja.endswith("どれを数えますか (b.csv) → a.csv")
        for each in open_questions(proposal)
    )


@pytest.mark.parametrize(
    ("key", "files"), [("a.csv", {"a.csv"}), ("b.csv", {"b.csv"}), ("both", {"a.csv", "b.csv"})]
)
def test_each_answer(tmp_path: Path, key: str, files: set[str]) -> None:
    """Either of them counts, or both; and nothing is a guess any more."""
    proposal = _proposed(tmp_path, 7001, range(100, 200))
    final, _ = answered(proposal, lambda q: q.choice(key) or q.choices[0])
    assert {feed.table.file for feed in final.exported} == files
    assert "exports.voices" not in guessed_keys(final)


@pytest.mark.parametrize(
    ("first", "texts"),
    [
        (1, range(100, 200)),  # the same numbers: an export of another day
        (7001, range(500, 700)),  # other cases
        (7001, range(190, 400)),  # hardly a text in common
    ],
)
def test_other_tables_go_together(tmp_path: Path, first: int, texts: range) -> None:
    """Exports that overlap under the same numbers, and those of other cases, all count."""
    proposal = _proposed(tmp_path, first, texts)
    assert {feed.table.file for feed in proposal.exported} == {"a.csv", "b.csv"}


def test_a_third_system_is_asked_about_by_itself(tmp_path: Path) -> None:
    """An answer for one of two tables says nothing of the other."""
    _export(tmp_path, "c.csv", B, 90001, range(50))
    proposal = _proposed(tmp_path, 7001, range(100, 200))
    assert dict(proposal.doubles) == {"b.csv": "a.csv", "c.csv": "a.csv"}
    some, _ = answered(proposal, lambda q: q.choice("both") if q.id == "doubles b.csv" else None)
    assert {feed.table.file for feed in some.exported} == {"a.csv", "b.csv"}
    assert "exports.voices" in guessed_keys(some)


def test_running_texts_are_no_cases(tmp_path: Path) -> None:
    """Two tables of other months whose texts only count on have no case in common."""
    for name, year in (("a.csv", 2024), ("b.csv", 2025)):
        rows = [f"{year}{n:03},{year}/{4 + n % 6}/{1 + n % 28},感謝,備考 {n}" for n in range(200)]
        (tmp_path / name).write_text("\n".join((A, *rows, "")), encoding="utf-8")
    assert len(understand([tmp_path], tmp_path)[1].exported) == 2
