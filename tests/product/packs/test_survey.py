"""Surveys: means, upper answers, answers over requests and NPS, counted by hand."""

import random
from fractions import Fraction
from pathlib import Path

import pytest

from support.packs import SEEDS, Number, Row, counted, counts, inside, later, share, some_day

POINTS = {"大変満足": 5, "満足": 4, "普通": 3, "不満": 2, "大変不満": 1}


@pytest.mark.parametrize("seed", SEEDS)
def test_surveys_are_counted(seed: int, tmp_path: Path) -> None:
    """NPS is the share of 9 and 10 less that of 0 to 6, in points."""
    chance = random.Random(seed)
    answers: list[Row] = [
        {
            "回答番号": f"A{number:04}",
            "回答日": some_day(chance),
            "総合満足度": chance.choice(tuple(POINTS)),
            "推奨度": chance.randint(0, 10),
        }
        for number in range(250)
    ]
    days = [some_day(chance) for _ in range(250)]
    requests: list[Row] = [
        {"依頼番号": f"Q{number:04}", "依頼日": day, "回答日": later(chance, day, 20, 0.6)}
        for number, day in enumerate(days)
    ]
    given = [row for row in answers if inside(row["回答日"])]
    sent = [row for row in requests if inside(row["依頼日"])]
    scores = [int(str(row["推奨度"])) for row in given]
    promoters, detractors = sum(s >= 9 for s in scores), sum(s <= 6 for s in scores)
    points = sum(POINTS[str(row["総合満足度"])] for row in given)
    expected: dict[tuple[str, str | None], Number] = {
        ("satisfaction_mean", None): Fraction(points, len(given)),
        ("satisfaction_top2", None): share(
            given, lambda r: r["総合満足度"] in ("大変満足", "満足")
        ),
        **counts("survey_answer_count", given, "総合満足度"),
        ("survey_response_rate", None): share(sent, lambda row: row["回答日"] is not None),
        ("net_promoter_score", None): Fraction(100 * (promoters - detractors), len(given)),
    }
    exports = {"survey_answers": answers, "survey_requests": requests}
    assert counted(tmp_path, "survey", exports) == expected
