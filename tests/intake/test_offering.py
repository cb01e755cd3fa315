"""The figures of settings that are not written yet."""

from collections.abc import Sequence
from pathlib import Path

from kpicli.intake.asking.question import Question
from kpicli.intake.asking.spans import months_questions
from kpicli.intake.offering import consequences, offer, settings_of, weighed, without_idle
from kpicli.intake.proposal import Proposal
from kpicli.intake.understanding import understand
from kpicli.intake.writing import settings_text

TEXT = '[[exports.voices]]\nfiles = ["a.csv"]\ncovers = "2025-04..2025-09"\n'


def exports(folder: Path) -> Path:
    """Return a folder with an export of six voices of 2025H1."""
    rows = [f"V{month},2025/{month}/5,生保,感謝" for month in range(4, 10)]
    text = "\n".join(("受付番号,受付日,商品区分,声の区分", *rows, ""))
    (folder / "a.csv").write_text(text, encoding="utf-8")
    return folder


def test_figures_of_the_last_half(tmp_path: Path) -> None:
    """The last half that the exports cover is counted, and nothing is written."""
    made = offer('kpis = ["voices"]\n' + TEXT, exports(tmp_path))
    assert made.summary.period.name == "2025H1"
    assert next(figure.value.number for figure in made.summary.figures) == 6
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_paths_are_those_of_the_place_to_be(tmp_path: Path) -> None:
    """The settings count as if they stood where they will be written."""
    settings = settings_of(TEXT, tmp_path)
    assert (settings.folder, settings.file) == (tmp_path, tmp_path / "kpicli.toml")


def test_groups_count_as_flat_rows_do(tmp_path: Path) -> None:
    """A report of groups gives the figures of the same rows in which each has its group's name."""
    kinds = [("感謝", "不満", "要望")[n % 3] for n in range(60)]
    rows = [f"V{n},2025/{4 + n % 6}/{1 + n % 28},{kind}" for n, kind in enumerate(kinds)]
    lines = ["生保" if n < 24 else "損保" for n in range(60)]
    flat = [f"{line},{row}" for line, row in zip(lines, rows, strict=True)]
    grouped = [row if n in (0, 24) else row[2:] for n, row in enumerate(flat)]
    report = [*grouped[:24], "小計,,,24", *grouped[24:], "小計,,,36", "総計,,,60"]
    given: dict[str, list[tuple[object, ...]]] = {}
    for name, own, mark in (("flat", flat, ""), ("report", report, " ↑")):
        folder = tmp_path / name
        folder.mkdir()
        text = "\n".join((f"商品区分{mark},受付番号,受付日,声の区分", *own, ""))
        (folder / "a.csv").write_text(text, encoding="cp932")
        _, proposal = understand([folder], folder)
        figures = offer(settings_text(proposal, "ja"), folder).summary.figures
        given[name] = [(f.kpi, f.item, f.value.number, f.value.status) for f in figures]
    assert given["report"] == given["flat"]
    assert ("voices_nonlife", None, 36, "ok") in given["flat"]


def meetings(folder: Path, months: Sequence[int]) -> tuple[Proposal, Question]:
    """Return what is proposed for voices of 2025H1 beside meetings in these months of it."""
    rows = [f"V{n},2025/{4 + n % 6}/{1 + n % 28},生保,感謝" for n in range(60)]
    text = "\n".join(("受付番号,受付日,商品区分,声の区分", *rows, ""))
    (folder / "a.csv").write_text(text, encoding="utf-8")
    rows = [f"M{month},2025/{month}/10,コンプライアンス会議" for month in months]
    text = "\n".join(("会議番号,開催日,会議名", *rows, ""))
    (folder / "m.csv").write_text(text, encoding="utf-8")
    proposal = understand([folder], folder)[1]
    (question,) = months_questions(proposal)
    return proposal, question


def test_months_are_asked_where_a_figure_changes(tmp_path: Path) -> None:
    """A month without a row is 0, or unknown: what it comes to stands beside the answers."""
    proposal, question = meetings(tmp_path, (4, 5, 6, 8, 9))
    asked = weighed(question, tmp_path)
    assert asked is not None
    assert without_idle(proposal, tmp_path).settled == frozenset()
    rows = dict(consequences(asked, tmp_path, "ja").rows)
    assert rows["2025-07 コンプライアンス会議"] == ("0回", "データなし")


def test_months_are_not_asked_where_nothing_changes(tmp_path: Path) -> None:
    """With a row in every month of the halves no answer changes a figure: none is asked for."""
    proposal, question = meetings(tmp_path, range(4, 10))
    idle = without_idle(proposal, tmp_path)
    same = dict(consequences(question, tmp_path, "ja").rows)
    assert (weighed(question, tmp_path) is None) is (question.id in idle.settled)
    assert (weighed(question, tmp_path) is None) is (same == {})


def test_answers_that_come_to_the_same_are_one(tmp_path: Path) -> None:
    """No two answers that are left lead to the same figures, states and months."""
    _, question = meetings(tmp_path, (4, 5, 6, 8, 9))
    asked = weighed(question, tmp_path)
    assert asked is not None
    columns = list(zip(*(row for _, row in consequences(asked, tmp_path, "ja").rows), strict=True))
    assert len(columns) == len(set(columns)) == len(asked.choices)
