import csv
import io

from kpicli.model.summary import Summary
from kpicli.output.formats import Options
from kpicli.output.formats.csv import render as render_csv
from kpicli.output.formats.tsv import render as render_tsv
from kpicli.output.summary.answer import summary_answer

EXPECTED = """\
period,start,end,kpi,title,principles,by,group,part,item,value,unit,numerator,denominator,previous,year_ago,target,target_status,status,faulty_rows,origin,definition
2025H1,2025-04-01,2025-09-30,meetings,コンプライアンス会議,1,,,,,6,回,,,,,>=1/month,met,ok,0,computed,
2025H1,2025-04-01,2025-09-30,talks,自動車保険の継続案内前の対話,2,,,,,70.6,%,178,252,68.8,,>=80%/half,missed,ok,0,computed,
2025H1,2025-04-01,2025-09-30,agreed,説明に納得しての契約(生保),2,,,,,,%,0,0,,,,,undefined,0,computed,
2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,,,1841,件,,,1841,,,,ok,0,computed,
2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,category,感謝,1840,件,,,,,,,ok,0,computed,
2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,category,不満,0,件,,,,,,,ok,0,computed,
2025H1,2025-04-01,2025-09-30,voices,お客様の声,2;7,,,category,未記入,1,件,,,,,,,ok,0,computed,
2025H1,2025-04-01,2025-09-30,missed,対応漏れ,2,,,,,3,件,,,,,<=0/half,pending,provisional,2,computed,
2025H1,2025-04-01,2025-09-30,missed,対応漏れ,2,,,rule,点検で判明,1,件,,,,,,,ok,0,computed,
2025H1,2025-04-01,2025-09-30,missed,対応漏れ,2,,,rule,期限超過,2,件,,,,,,,provisional,2,computed,
2025H1,2025-04-01,2025-09-30,missed,対応漏れ,2,,,memo,期限後に完了,4,件,,,,,,,ok,0,computed,
2025H1,2025-04-01,2025-09-30,navi,意向確認ナビの使用(生保),3;4,,,,,,件,,,,,,,no_data,0,computed,
2025H1,2025-04-01,2025-09-30,schemes,制度を説明し成約した顧客,6,,,scheme,高額療養費制度,124,名,,,108,,,,ok,0,computed,
"""

BY_MONTH = """\
period,start,end,kpi,title,principles,by,group,part,item,value,unit,numerator,denominator,previous,year_ago,target,target_status,status,faulty_rows,origin,definition
2025H1,2025-04-01,2025-09-30,meetings,コンプライアンス会議,1,,,,,5,回,,,,,>=1/month,missed,ok,0,computed,
2025-04,2025-04-01,2025-04-30,meetings,コンプライアンス会議,1,month,2025-04,,,0,回,,,,,>=1/month,missed,ok,0,computed,
2025-05,2025-05-01,2025-05-31,meetings,コンプライアンス会議,1,month,2025-05,,,5,回,,,,,,,ok,0,computed,
2025H1,2025-04-01,2025-09-30,talks,自動車保険の継続案内前の対話,2,,,,,75.0,%,3,4,,,,,ok,0,computed,
2025-04,2025-04-01,2025-04-30,talks,自動車保険の継続案内前の対話,2,month,2025-04,,,50.0,%,1,2,,,,,ok,0,computed,
2025-05,2025-05-01,2025-05-31,talks,自動車保険の継続案内前の対話,2,month,2025-05,,,100.0,%,2,2,,,,,ok,0,computed,
"""


def test_csv(summary: Summary) -> None:
    """CSV is the tidy rows: numbers bare, blanks empty, lines ending in a bare line feed."""
    assert render_csv(summary_answer(summary), Options()) == EXPECTED


def test_months(by_month: Summary) -> None:
    """A month's row carries that month's period, start and end."""
    assert render_csv(summary_answer(by_month), Options()) == BY_MONTH


def test_tsv_is_the_same_table(hostile: Summary) -> None:
    """TSV holds the same cells as CSV, with one line a row."""
    by_comma = list(csv.reader(io.StringIO(render_csv(summary_answer(hostile), Options()))))
    tabbed = render_tsv(summary_answer(hostile), Options())
    assert list(csv.reader(io.StringIO(tabbed), delimiter="\t")) == by_comma
    assert len(tabbed.splitlines()) == 11
    assert not tabbed.startswith("\ufeff")


def test_formulas_are_inert(hostile: Summary) -> None:
    """What a spreadsheet would calculate is led by an apostrophe; controls are visible escapes."""
    rows = list(csv.DictReader(io.StringIO(render_csv(summary_answer(hostile), Options()))))
    assert [row["group"] for row in rows] == [
        "",
        "'=1+1",
        "\\x1b[31m",
        "[red]x[/red]",
        "a|b",
        "'＋1",
        "二行\\n目",
        "\\u202e逆",
        "'-5",
        "未記入",
    ]
    assert [row["value"] for row in rows] == ["45", "1", "2", "3", "4", "5", "6", "7", "8", "9"]


def test_language_changes_words_alone(summary: Summary) -> None:
    """Machines read the same numbers and ids; titles, units and names are for people."""
    english = render_csv(summary_answer(summary), Options(language="en"))
    words = {"未記入": "(blank)", ",回,": ",times,", ",件,": ",cases,", ",名,": ",people,"}
    expected = EXPECTED
    for ja, en in words.items():
        expected = expected.replace(ja, en)
    assert english == expected
