"""The page of a mail stays below what mailboxes cut."""

from pathlib import Path

from support.command_line import SETTINGS, Run, voices
from support.mail_runs import DRY, MAIL, body, project, read, sample


def test_html_stays_below_the_clip(run_kpicli: Run, tmp_path: Path) -> None:
    """With every KPI and both comparisons the HTML stays far below the 102 KB that Gmail clips."""
    args = ("mail", "--period", "2025H1", "--compare", "previous,last-year", "--dry-run")
    html = body(read(run_kpicli({}, "--config", str(sample(tmp_path)), *args)), "html")
    assert 5_000 < len(html.encode()) < 60_000
    assert "前年同期" in html
    for word in ("<script", "<style", "<img", "<link", "http", "position:", "float:", "flex"):
        assert word not in html


def test_html_that_grows_is_cut_and_says_so(run_kpicli: Run) -> None:
    """However many parts there are, the HTML stays below 102 KB, and the text has them all."""
    rows = [f"V{n},2025/9/2,損保,感謝,損保-{n}課,S1," for n in range(3000)]
    more = '[kpi.voices]\nextends = true\nparts = { by = "team" }\n'
    files = project(MAIL, **{"voices.csv": voices(*rows)})
    files = {**files, "kpicli.toml": SETTINGS + more + MAIL}
    message = read(run_kpicli(files, *DRY, "--kpi", "voices"))
    html = body(message, "html")
    assert len(html.encode()) < 102_000
    assert "続きは本文のテキスト版にあります" in html
    assert "損保-2999課" in body(message, "plain")
