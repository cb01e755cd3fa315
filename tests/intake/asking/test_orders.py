"""Day or month first."""

from pathlib import Path

from kpicli.intake.offering import consequences, offer
from kpicli.intake.understanding import understand
from kpicli.intake.writing import settings_text
from support.asked import HALF, HEADER, asked


def test_the_order_of_day_and_month(tmp_path: Path) -> None:
    """Dates that nobody can tell apart are not read until somebody says which part is the day.

    The figures of both orders stand beside each other, and are those of a recount.
    """
    days = [(1 + n % 12, 1 + n * 5 % 12) for n in range(48)]
    rows = [f"V{n:03},{first}/{second}/2025,生保,感謝" for n, (first, second) in enumerate(days)]
    (tmp_path / "a.csv").write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    assert "order" not in settings_text(proposal, "ja")
    assert proposal.entries[0].covers is None
    question = asked(proposal)["order voices.received_on"]
    assert [choice.key for choice in question.choices] == ["-", "dmy", "mdy"]
    ordered = {key: question.choice(key) for key in ("dmy", "mdy")}
    for place, (key, choice) in enumerate(ordered.items()):
        assert choice is not None
        text = settings_text(choice.proposal, "ja", guessed=False)
        assert f'order = "{key}"' in text
        summary = offer(text, tmp_path, period=HALF).summary
        (total,) = (f for f in summary.figures if f.kind == "total" and f.kpi == "voices")
        half = range(4, 10)
        assert total.value.number == sum(pair[1 - place] in half for pair in days)
    blank = offer(settings_text(question.choices[0].proposal, "ja"), tmp_path, period=HALF).summary
    assert {f.value.number for f in blank.figures if f.kpi == "voices"} == {None}
    months = dict(consequences(question, tmp_path, "ja").rows)
    assert months["2025H1 お客様の声"][1:] == tuple(
        f"{sum(pair[1 - place] in range(4, 10) for pair in days)}件" for place in (0, 1)
    )
    assert "要確認" in months["2025H1 お客様の声"][0]


def test_an_order_that_the_dates_show(tmp_path: Path) -> None:
    """A day above 12 decides the order: it is written, not asked about, and all rows count."""
    rows = [f"V{n:03},{n}/{4 + n % 6}/2025,生保,感謝" for n in range(1, 29)]
    (tmp_path / "a.csv").write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    assert list(asked(proposal)) == ["held voices.line", "fiscal year"]
    text = settings_text(proposal, "en")
    assert 'order = "dmy" # day/month/year' in text
    summary = offer(text, tmp_path, period=HALF).summary
    (total,) = (f for f in summary.figures if f.kind == "total" and f.kpi == "voices")
    assert total.value.number == 28
