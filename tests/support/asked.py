"""Questions of folders that nobody has described, as `kpicli init` asks them."""

from datetime import date
from pathlib import Path

from kpicli.intake.asking.question import Question
from kpicli.intake.asking.questions import answered
from kpicli.intake.proposal import Proposal
from kpicli.intake.understanding import understand
from kpicli.model.periods import FiscalYear, Period

HEADER = "受付番号,受付日,商品区分,声の区分"
HALF = Period.parse("2025H1", fiscal=FiscalYear(4), today=date(2026, 1, 1))


def proposal_of(folder: Path, header: str, *rows: str) -> Proposal:
    """Return what is proposed for a folder of one export: rows for six months and some more."""
    days = [f"2025/{month}/{day}" for month in range(4, 10) for day in (2, 12, 25)]
    usual = [f"V{n:03},{day},生保,感謝" for n, day in enumerate(days)]
    (folder / "a.csv").write_text("\n".join((header, *usual, *rows, "")), encoding="utf-8")
    return understand([folder], folder)[1]


def asked(proposal: Proposal) -> dict[str, Question]:
    """Return all questions by their ids, each answered by Enter."""
    return {question.id: question for question in answered(proposal, lambda q: q.choices[0])[1]}
