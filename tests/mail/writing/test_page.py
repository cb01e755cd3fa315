"""The page of a mail stays below what mailboxes cut."""

import re
from pathlib import Path

from support.command_line import SETTINGS, Run, voices
from support.mail_runs import DRY, MAIL, body, project, read, sample

HALF = ("mail", "--period", "2025H1", "--dry-run")


def test_html_stays_below_the_clip(run_kpicli: Run, tmp_path: Path) -> None:
    """With every KPI and both comparisons the HTML stays below 60 KB; nothing is fetched."""
    args = ("mail", "--period", "2025H1", "--compare", "previous,last-year", "--dry-run")
    html = body(read(run_kpicli({}, "--config", str(sample(tmp_path)), *args)), "html")
    assert 5_000 < len(html.encode()) < 60_000
    assert "前年同期" in html
    for word in ("<script", "<img", "<link", "http", "url(", "position:", "float:", "flex"):
        assert word not in html


def test_html_that_grows_is_cut_and_says_so(run_kpicli: Run) -> None:
    """However many parts there are, the HTML stays below 60 KB, and the text has them all."""
    rows = [f"V{n},2025/9/2,損保,感謝,損保-{n}課,S1," for n in range(3000)]
    more = '[kpi.voices]\nextends = true\nparts = { by = "team" }\n'
    files = project(MAIL, **{"voices.csv": voices(*rows)})
    files = {**files, "kpicli.toml": SETTINGS + more + MAIL}
    message = read(run_kpicli(files, *DRY, "--kpi", "voices"))
    html = body(message, "html")
    assert len(html.encode()) < 60_000
    assert "続きは本文のテキスト版にあります" in html
    assert "損保-2999課" in body(message, "plain")


def test_what_stands_first(run_kpicli: Run, tmp_path: Path) -> None:
    """Verdict, five numbers with their changes, what is amiss, the page; then the table."""
    page = 'page = "https://www.example.co.jp/fd/{period}.html?a=1&b=2"\n'
    html = body(read(run_kpicli({}, "--config", str(sample(tmp_path, page)), *HALF)), "html")
    order = [
        "<b>目標 達成3 未達1 / 要確認0</b>",
        "の集計をお送りします",
        "主な数値",
        "<b>6回</b>",
        "前期 1回増",
        "未達: 公的介護保険制度ロープレ(実施回数) 1回 (半期に2回以上 未達)",
        'href="https://www.example.co.jp/fd/2025H1.html?a=1&amp;b=2"',
        "すべての数値",
        "お客様の声 (原則7も)",
    ]
    places = [html.index(words) for words in order]
    assert places == sorted(places)
    assert html.partition("すべての数値")[0].count('<th scope="row"') == 5


def test_the_main_figures_are_those_that_mails_name(run_kpicli: Run, tmp_path: Path) -> None:
    """`kpis` under [mail] says which KPIs a mail has, and which stand first, by patterns too."""
    config = sample(tmp_path, 'kpis = ["voices", "renewal_talks", "roleplay_*"]\n')
    message = read(run_kpicli({}, "--config", str(config), *HALF))
    html, text = body(message, "html"), body(message, "plain")
    top = html.partition("すべての数値")[0]
    titles = re.findall(r'<th scope="row" align="left">([^<]+)</th>', top)
    assert titles[:2] == ["お客様の声", "自動車保険の継続案内前の対話"]
    assert len(titles) == 5
    assert "841件" in top
    assert "コンプライアンス会議" not in html + text


def test_colours_stand_in_pairs(run_kpicli: Run, tmp_path: Path) -> None:
    """No colour of a text without one behind it, or a dark mailbox could hide the words."""
    html = body(read(run_kpicli({}, "--config", str(sample(tmp_path)), *HALF)), "html")
    styles = [
        s
        for s in re.findall(r'style="([^"]*)"', html)
        if "color:#" in s.replace("border-color", "")
    ]
    boxes = [each for each in styles if "background:" in each]
    alone = {each for each in styles if "background:" not in each}
    assert len(boxes) >= 4
    assert alone == {"font-weight:normal;color:#57606a"}  # it can be read on either paper
    assert '<meta name="viewport" content="width=device-width,initial-scale=1">' in html
    assert "@media (prefers-color-scheme:dark)" in html
