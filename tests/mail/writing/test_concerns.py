"""What a reader must know stands before the figures."""

import pytest

from support.command_line import Run, voices
from support.mail_runs import DRY, MAIL, body, project, read


def test_concerns_stand_first(run_kpicli: Run) -> None:
    """要確認, a missed target and missing months stand in the subject and above both bodies."""
    files = {
        "kpicli.toml": '[exports]\nvoices = { files = "voices.csv", covers = "2025-04..2025-08" }\n'
        'meetings = { files = "m.csv", covers = "2025-04..2025-09" }\n' + MAIL,
        "voices.csv": voices("V1,2025/4/1,損保,感謝,,S001,", "V2,2025/5/2,生保,苦情,,S002,"),
        "m.csv": "会議番号,開催日,会議名\nM1,2025/4/1,コンプライアンス会議\n",
    }
    args = ("mail", "--period", "2025H1", "--kpi", "voices,compliance_meetings", "--dry-run")
    outcome = run_kpicli(files, *args)
    assert outcome.code == 5
    message = read(outcome)
    assert str(message["Subject"]).startswith("[要確認1・未達1・データ不足1] 2025年度上期の集計")
    text, html = body(message, "plain"), body(message, "html")
    assert text.startswith("目標 達成0 未達1 / 要確認1\r\n\r\n* 要確認(1件): お客様の声 ")
    assert "(voices.csv 3 行目 列「声の区分」" in text.replace("\r\n  ", " ")
    for words in ("未達: コンプライアンス会議 1回", "データ不足: お客様の声 "):
        assert text.index(words) < text.index("の集計をお送りします")
        assert html.index(words) < html.index("すべての数値")


@pytest.mark.parametrize(("today", "interim"), [("2025-09-30", True), ("2025-10-01", False)])
def test_a_period_that_goes_on_says_so(
    today: str, interim: bool, run_kpicli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until its last day is over a period is marked, however far the exports say they reach."""
    monkeypatch.setenv("KPICLI_TODAY", today)
    outcome = run_kpicli(project(), *DRY, "--kpi", "voices")
    message = read(outcome)
    subject, text = str(message["Subject"]), body(message, "plain")
    assert subject == f"{'[途中経過] ' if interim else ''}2025年9月の集計(顧客本位の業務運営)"
    line = "* 途中経過: 期間は 2025-09-30 までで、まだ終わっていません(2025-09-29 時点)"
    assert (f"\r\n\r\n{line}" in text) is interim
    assert ("途中経過" in body(message, "html")) is interim


def test_require_coverage(run_kpicli: Run) -> None:
    """A month whose exports end before it does is no message but exit 7."""
    outcome = run_kpicli(
        project(), "mail", "--period", "2025-10", "--dry-run", "--require-coverage"
    )
    assert (outcome.code, outcome.out) == (7, b"")
    assert "出力が期間の終わりまでない" in outcome.err
