from rich.cells import cell_len

from kpicli.model.summary import Summary
from kpicli.output.formats import Options
from kpicli.output.formats.text import render
from kpicli.output.summary.answer import summary_answer

EXPECTED = """\
2025年度上期
2025-04-01 から 2025-09-30 まで (2025-09-30 時点)
前期: 2024年度下期 (2024-10-01 - 2025-03-31)
前年同期: 2024年度上期 (2024-04-01 - 2024-09-30)

[原則1]
コンプライアンス会議                             6回
    目標 月に1回以上 達成

[原則2]
自動車保険の継続案内前の対話         178/252件 70.6%
    前期 1,650/2,400件 68.8% (+1.8pt)  前年同期 0/0件 - 算出不可
    目標 半期ごとに80%以上 未達
説明に納得しての契約(生保)                   0/0件 -
    状態 算出不可
お客様の声 (原則7も)                         1,841件
    前期 1,841件 (0)  前年同期 2,000件 (-159) 一部のみ
  感謝                                       1,840件
  不満                                           0件
  未記入                                         1件
対応漏れ                                         3件
    目標 半期に0件以下 判定前  状態 要確認(2件)
  (理由) 点検で判明                              1件
  (理由) 期限超過                                2件
      状態 要確認(2件)
  (参考) 期限後に完了                            4件

[原則3]
意向確認ナビの使用(生保) (原則4も)                 -
    状態 データなし

[原則6]
制度を説明し成約した顧客 (合算不可)
  高額療養費制度                               124名
      前期 108名 (+16)  前年同期 データなし

[注]
- 意向確認ナビの使用(生保): 「意向確認ナビ」の列がありません
- 要確認: 読めない値や空欄があり、数えるか決められない行がある。数値は確定して
  いない
- 一部のみ: 出力データにない月か、まだ来ていない日の行がある。未確定
- 算出不可: 分母が0
- データなし: 出力データが期間を含まないか、必要な列がない(0件ではない)
- 判定前: 目標の期間は終わったが、数値が確定していない
- 合算不可: 重複を除いた数や比率のため、内訳を足しても全体にならない

[行の内訳 (読込 = 有効 + 重複 + 差替え + データ外 + 不備)]
元データ    読込    有効  重複  差替え  データ外  不備
対応記録  12,345  12,000   300      40         3     2
"""

NARROW = """\
FY2025H1
2025-04-01 to 2025-09-30 (as of
  2025-09-30)
Previous: FY2024H2 (2024-10-01 -
2025-03-31)
Year ago: FY2024H1 (2024-04-01 -
2024-09-30)

[Principle 1]
コンプライアンス会議
                                 6 times
    Target at least 1 time a month: met

[Principle 2]
自動車保険の継続案内前の対話
                     178/252 cases 70.6%
    Previous 1,650/2,400 cases 68.8%
    (+1.8pt)
    Year ago 0/0 cases - undefined
    Target at least 80% every half-year:
    missed
説明に納得しての契約(生保)
                             0/0 cases -
    Status undefined
お客様の声 (also 7)
                             1,841 cases
    Previous 1,841 cases (0)
    Year ago 2,000 cases (-159) partial
  感謝
                             1,840 cases
  不満
                                 0 cases
  (blank)
                                  1 case
対応漏れ
                                 3 cases
    Target at most 0 cases a half-year:
    pending  Status to check (2 rows)
  (rule) 点検で判明
                                  1 case
  (rule) 期限超過
                                 2 cases
      Status to check (2 rows)
  (memo) 期限後に完了
                                 4 cases

[Principle 3]
意向確認ナビの使用(生保) (also 4)
                                       -
    Status no data

[Principle 6]
制度を説明し成約した顧客 (not additive)

  高額療養費制度
                              124 people
      Previous 108 people (+16)
      Year ago no data

[Notes]
- 意向確認ナビの使用(生保): the column
  意向確認ナビ is missing
- to check: rows with unreadable or
  blank cells could belong; the figure
  is not final
- partial: some months are not covered,
  or rows not yet due; the figure is not
  final
- undefined: there is nothing to divide
  by
- no data: the exports do not cover the
  period or lack a column (this is not
  zero)
- pending: the target's span has ended,
  but the figure is not final
- not additive: distinct counts and
  ratios; the parts do not add up to the
  whole

[Rows (read = usable + duplicate +
superseded + not data + faulty)]
対応記録
    Read 12,345  Usable 12,000
    Duplicate 300  Superseded 40
    Not data 3  Faulty 2
"""


def test_lines(summary: Summary) -> None:
    """Values stand in one column; comparisons, targets and states follow below their figure."""
    assert render(summary_answer(summary), Options()).splitlines() == EXPECTED.splitlines()


def test_narrow(summary: Summary) -> None:
    """In 40 cells names, notes and phrases fold, the accounting becomes phrases, nothing is cut."""
    shown = render(summary_answer(summary), Options(language="en", width=40))
    assert shown.splitlines() == NARROW.splitlines()
    assert max(cell_len(line) for line in shown.splitlines()) <= 40


def test_no_escape_sequences(hostile: Summary) -> None:
    """Plain text has no escape sequence, even where colour is permitted and a name holds one."""
    shown = render(summary_answer(hostile), Options(color=True))
    assert "\x1b" not in shown
    assert "=1+1  \\x1b[31m  [red]x[/red]  a|b" in shown
