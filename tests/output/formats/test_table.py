import re

import pytest
from rich.cells import cell_len

from kpicli.model.summary import Summary
from kpicli.output.formats import Options
from kpicli.output.formats.table import render
from kpicli.output.formats.text import render as render_text
from kpicli.output.summary.answer import summary_answer

AT_80 = """\
2025年度上期
2025-04-01 から 2025-09-30 まで (2025-09-30 時点)

項目                        実績           前期      前年同期  目標 / 状態
                                   2024年度下期  2024年度上期
                                     2024-10-01    2024-04-01
                                   - 2025-03-31  - 2024-09-30
--------------------------------------------------------------------------------
原則1
コンプライアンス会議         6回                               月に1回以上 達成
--------------------------------------------------------------------------------
原則2
自動車保険の継続案内   178/252件  1,650/2,400件       0/0件 -  半期ごとに80%以上
前の対話                   70.6%          68.8%      算出不可  未達
                                       (+1.8pt)
説明に納得しての契約     0/0件 -                               算出不可
(生保)
お客様の声 (原則7も)     1,841件    1,841件 (0)       2,000件
                                                       (-159)
                                                     一部のみ
  感謝                   1,840件
  不満                       0件
  未記入                     1件
対応漏れ                     3件                               半期に0件以下
                                                               判定前
                                                               要確認(2件)
  (理由) 点検で判明          1件
  (理由) 期限超過            2件                               要確認(2件)
  (参考) 期限後に完          4件
  了
--------------------------------------------------------------------------------
原則3
意向確認ナビの使用             -                               データなし
(生保) (原則4も)
--------------------------------------------------------------------------------
原則6
制度を説明し成約した
顧客 (合算不可)
  高額療養費制度           124名    108名 (+16)    データなし
--------------------------------------------------------------------------------

注
- 意向確認ナビの使用(生保): 「意向確認ナビ」の列がありません
- 要確認: 読めない値や空欄があり、数えるか決められない行がある。数値は確定してい
  ない
- 一部のみ: 出力データにない月か、まだ来ていない日の行がある。未確定
- 算出不可: 分母が0
- データなし: 出力データが期間を含まないか、必要な列がない(0件ではない)
- 判定前: 目標の期間は終わったが、数値が確定していない
- 合算不可: 重複を除いた数や比率のため、内訳を足しても全体にならない

行の内訳 (読込 = 有効 + 重複 + 差替え + データ外 + 不備)
元データ    読込    有効  重複  差替え  データ外  不備
対応記録  12,345  12,000   300      40         3     2
"""

AT_120 = """\
2025年度上期
2025-04-01 から 2025-09-30 まで (2025-09-30 時点)

項目                                            実績           前期        前年同期  目標                    状態
                                                       2024年度下期    2024年度上期
                                                         2024-10-01      2024-04-01
                                                       - 2025-03-31    - 2024-09-30
------------------------------------------------------------------------------------------------------------------------
原則1
コンプライアンス会議                             6回                                 月に1回以上 達成
------------------------------------------------------------------------------------------------------------------------
原則2
自動車保険の継続案内前の対話         178/252件 70.6%  1,650/2,400件         0/0件 -  半期ごとに80%以上 未達
                                                              68.8%        算出不可
                                                           (+1.8pt)
説明に納得しての契約(生保)                   0/0件 -                                                         算出不可
お客様の声 (原則7も)                         1,841件    1,841件 (0)  2,000件 (-159)
                                                                           一部のみ
  感謝                                       1,840件
  不満                                           0件
  未記入                                         1件
対応漏れ                                         3件                                 半期に0件以下 判定前    要確認(2件)
  (理由) 点検で判明                              1件
  (理由) 期限超過                                2件                                                         要確認(2件)
  (参考) 期限後に完了                            4件
------------------------------------------------------------------------------------------------------------------------
原則3
意向確認ナビの使用(生保) (原則4も)                 -                                                         データなし
------------------------------------------------------------------------------------------------------------------------
原則6
制度を説明し成約した顧客 (合算不可)
  高額療養費制度                               124名    108名 (+16)      データなし
------------------------------------------------------------------------------------------------------------------------

注
- 意向確認ナビの使用(生保): 「意向確認ナビ」の列がありません
- 要確認: 読めない値や空欄があり、数えるか決められない行がある。数値は確定していない
- 一部のみ: 出力データにない月か、まだ来ていない日の行がある。未確定
- 算出不可: 分母が0
- データなし: 出力データが期間を含まないか、必要な列がない(0件ではない)
- 判定前: 目標の期間は終わったが、数値が確定していない
- 合算不可: 重複を除いた数や比率のため、内訳を足しても全体にならない

行の内訳 (読込 = 有効 + 重複 + 差替え + データ外 + 不備)
元データ    読込    有効  重複  差替え  データ外  不備
対応記録  12,345  12,000   300      40         3     2
"""  # noqa: E501 (a table of 120 columns, as it is shown)

BY_MONTH = """\
2025年度上期
2025-04-01 から 2025-09-30 まで (2025-09-30 時点)

項目                                             4月     5月   全体  目標
--------------------------------------------------------------------------------
原則1
コンプライアンス会議 (回)                     0 未達       5      5  月に1回以上
                                                                     未達
                                                                     (2025年4月)
--------------------------------------------------------------------------------
原則2
自動車保険の継続案内前の対話 (合算不可)    1/2 50.0%     2/2    3/4
(件)                                                  100.0%  75.0%
--------------------------------------------------------------------------------

注
- 合算不可: 重複を除いた数や比率のため、内訳を足しても全体にならない

行の内訳 (読込 = 有効 + 重複 + 差替え + データ外 + 不備)
元データ    読込    有効  重複  差替え  データ外  不備
対応記録  12,345  12,000   300      40         3     2
"""

ENGLISH = """\
FY2025H1
2025-04-01 to 2025-09-30 (as of 2025-09-30)

Figure                                        2025-04  2025-05  Whole  Target
--------------------------------------------------------------------------------
Principle 1
コンプライアンス会議 (times)                 0 missed        5      5  at least
                                                                       1 time a
                                                                       month:
                                                                       missed
                                                                       (2025-04)
--------------------------------------------------------------------------------
Principle 2
自動車保険の継続案内前の対話 (not           1/2 50.0%      2/2    3/4
additive) (cases)                                       100.0%  75.0%
--------------------------------------------------------------------------------

Notes
- not additive: distinct counts and ratios; the parts do not add up to the whole

Rows (read = usable + duplicate + superseded + not data + faulty)
Source      Read  Usable  Duplicate  Superseded  Not data  Faulty
対応記録  12,345  12,000        300          40         3       2
"""

HOSTILE = """\
2025年度上期
2025-04-01 から 2025-09-30 まで (2025-09-30 時点)

項目 (件)             =1+1  \\x1b[31m  [red]x[/red]  a|b  ＋1  二行\\n目  \\u202e逆
--------------------------------------------------------------------------------
原則2
お客様の声 (原則7も)     1         2             3    4    5         6         7
--------------------------------------------------------------------------------

項目 (件)             -5  未記入  計
------------------------------------
原則2
お客様の声 (原則7も)   8       9  45
------------------------------------

行の内訳 (読込 = 有効 + 重複 + 差替え + データ外 + 不備)
元データ    読込    有効  重複  差替え  データ外  不備
対応記録  12,345  12,000   300      40         3     2
"""

ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def test_80_columns(summary: Summary) -> None:
    """At 80 columns comparisons, targets and states fold in their columns and nothing is cut."""
    assert render(summary_answer(summary), Options(width=80)).splitlines() == AT_80.splitlines()


def test_120_columns(summary: Summary) -> None:
    """At 120 columns targets and states have a column each."""
    assert render(summary_answer(summary), Options(width=120)).splitlines() == AT_120.splitlines()


def test_groups(by_month: Summary) -> None:
    """Groups stand side by side, and a KPI whose groups do not add up says so."""
    assert render(summary_answer(by_month), Options()).splitlines() == BY_MONTH.splitlines()


def test_english(by_month: Summary) -> None:
    """Our own words are in the language asked for; titles are the catalogue's."""
    assert (
        render(summary_answer(by_month), Options(language="en")).splitlines()
        == ENGLISH.splitlines()
    )


def test_hostile_names(hostile: Summary) -> None:
    """Names from files are shown to the letter, never as escape sequences or rich's markup."""
    assert render(summary_answer(hostile), Options()).splitlines() == HOSTILE.splitlines()


@pytest.mark.parametrize("width", [30, 40, 60, 80, 81, 90, 100, 119, 120, 121, 200])
@pytest.mark.parametrize("color", [False, True])
def test_within_width(summary: Summary, hostile: Summary, width: int, color: bool) -> None:
    """No line takes more cells than the width, with or without colour."""
    for shown in (summary, hostile):
        lines = render(summary_answer(shown), Options(width=width, color=color)).splitlines()
        assert max(cell_len(ESCAPE.sub("", line)) for line in lines) <= width


@pytest.mark.parametrize("width", [80, 100, 120, 200])
def test_no_number_is_broken(summary: Summary, width: int) -> None:
    """At every common width each number stands whole on its line."""
    shown = render(summary_answer(summary), Options(width=width))
    for number in ("178/252件", "70.6%", "1,650/2,400件", "68.8%", "(+1.8pt)", "2,000件", "(-159)"):
        assert number in shown


def test_values_end_in_one_column(summary: Summary) -> None:
    """Values are right-aligned: counting cells, all end where the heading of their column ends."""
    heading, *lines = render(summary_answer(summary), Options(width=120)).splitlines()[3:]
    end = cell_len(heading[: heading.index("実績") + 2])
    ends = [
        cell_len(line[: line.index(v) + len(v)])
        for v in (" 6回", "70.6%", " 1,841件")
        for line in [next(line for line in lines if v in line)]
    ]
    assert ends == [end] * 3


def test_too_narrow_for_columns(summary: Summary) -> None:
    """Where columns would break a number, the lines of `text` stand instead."""
    assert render(summary_answer(summary), Options(width=50)) == render_text(
        summary_answer(summary), Options(width=50)
    )


def test_colour_only_on_request(summary: Summary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Escape sequences come with `color` alone, whatever the environment, and change no text."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    without = render(summary_answer(summary), Options(width=80))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    colored = render(summary_answer(summary), Options(width=80, color=True))
    assert "\x1b" not in without
    assert "\x1b[31m" in colored
    assert [line.rstrip() for line in ESCAPE.sub("", colored).splitlines()] == without.splitlines()
