"""What each kind of finding looks like in a file: an example per code, for the page on faults."""

from kpicli.base.wording import Text

EXAMPLES: dict[str, Text] = {
    "D101": Text(
        "`2025/9/31`、`4月1日`、`平成35年1月1日`", "`2025/9/31`, `4月1日`, `平成35年1月1日`"
    ),
    "D102": Text("声の区分が `苦情`", "a 声の区分 of `苦情`"),
    "D103": Text("対応日が空欄で、対応方法が `②`", "a blank 対応日 beside a 対応方法 of `②`"),
    "D104": Text("受付番号が `1.23E+11`", "a 受付番号 of `1.23E+11`"),
    "D105": Text("点数が `八十点`", "a 点数 of `八十点`"),
    "D106": Text("受付日が `#N/A`", "a 受付日 of `#N/A`"),
    "D107": Text(
        "プログラムが式 `=A2&B2` だけを書いたブック",
        "a workbook into which a program wrote the formula `=A2&B2` alone",
    ),
    "D108": Text(
        "三行を結合した声の区分の、二行目と三行目",
        "the second and third row of a 声の区分 that is merged over three",
    ),
    "D109": Text("チームが `譚ｱ`(東)", "a チーム of `譚ｱ` (東)"),
    "D151": Text("受付日が `45748`(2025-04-01)", "a 受付日 of `45748` (2025-04-01)"),
    "D152": Text("対応方法が `①④`(親族同席で 1 件)", "a 対応方法 of `①④` (one 親族同席)"),
    "D153": Text(
        "2025年9月の `②複数回募集`(②は複数人募集)",
        "`②複数回募集` in September 2025 (② is 複数人募集)",
    ),
    "D154": Text("受付日が空欄", "a blank 受付日"),
    "D155": Text(
        "担当者が `S001` と、見えない U+200E の付いた `S001`",
        "a 担当者 of `S001`, and `S001` with U+200E behind it, which nobody sees",
    ),
    "D156": Text("保険料が `12千円`(12,000)", "a 保険料 of `12千円` (12,000)"),
    "D157": Text("達成率が `85%` と `0.9`", "a rate of `85%`, and one of `0.9`"),
    "D158": Text("完了日が `9999/12/31`", "a 完了日 of `9999/12/31`"),
    "D161": Text("担当者が `?橋`、内容が `〓田様`", "a 担当者 of `?橋`, a 内容 of `〓田様`"),
    "D201": Text("受付番号が空欄", "a blank 受付番号"),
    "D202": Text(
        "一つのファイルに `V0001` が二行あり、声の区分が違う",
        "two rows `V0001` in one file, with different 声の区分",
    ),
    "D203": Text(
        "4-6月の出力では `感謝`、6-9月の出力では `要望`",
        "`感謝` in the export of April to June, `要望` in that of June to September",
    ),
    "D204": Text("募集人も点検者も `S001`", "both 募集人 and 点検者 are `S001`"),
    "D205": Text(
        "受付日が 2025/4/10、完了日が 2025/4/1", "a 受付日 of 2025/4/10, a 完了日 of 2025/4/1"
    ),
    "D206": Text("ステータスが `済` で、完了日が空欄", "a ステータス of `済`, a blank 完了日"),
    "D207": Text(
        "2025年の出力に受付日 `2052/6/30`、`1925/5/1`",
        "a 受付日 of `2052/6/30` or `1925/5/1` in an export of 2025",
    ),
    "D208": Text(
        "4-6月の出力では改善日が `2025/5/1`、6-9月の出力では空欄",
        "a 改善日 of `2025/5/1` in the export of April to June, blank in that of June to September",
    ),
    "D209": Text(
        '`holds = { line = "団体" }` の出力に `損保` の行',
        'a row of `損保` in an export with `holds = { line = "団体" }`',
    ),
    "D210": Text(
        "受付番号が 4-6月の出力では `00020`、6-9月の出力では `20`",
        "a 受付番号 of `00020` in one export and of `20` in another",
    ),
    "D211": Text(
        "10月に読んだ会議記録に、12月の会議",
        "a meeting of December in a log read in October",
    ),
    "D212": Text(
        "番号のない発生記録に、日・手口・場所まで同じ行が二つ",
        "two lines of the same day, kind and place in a log without numbers",
    ),
    "D310": Text(
        "`voices*.csv` と `voices_4月.csv` の両方", "both `voices*.csv` and `voices_4月.csv`"
    ),
    "D311": Text("フィルターを掛けたまま保存したシート", "a sheet saved with its filter on"),
    "D312": Text("非表示のシート「旧」", "a hidden sheet 旧"),
    "D313": Text("集計だけのシート「集計」", "a sheet 集計 that holds a summary only"),
    "D314": Text("三行を結合した声の区分", "a 声の区分 merged over three rows"),
    "D315": Text("表の下の `出典:○○統計`", "`出典:○○統計` below the table"),
    "D316": Text(
        "4月と5月の出力をつないだファイル", "the exports of April and May joined in one file"
    ),
    "D317": Text("11 列の表で、7 個のセルで終わる行", "a row of 7 cells in a table of 11 columns"),
    "D318": Text("同じ日の三行を結合した受付日", "a 受付日 merged over the three rows of one day"),
    "D319": Text("見出しの下の `,（年月日）,,,（円）`", "`,（年月日）,,,（円）` below the header"),
    "D320": Text("「チーム」が 5 列目と 12 列目", "チーム in columns 5 and 12"),
    "D321": Text("データが 12 行で、合計行が `15`", "12 rows of data above a total of `15`"),
    "D322": Text(
        "5月の出力に、受付番号が `該当なし` の行だけ",
        "an export of May with nothing but a row whose 受付番号 is `該当なし`",
    ),
    "D331": Text("`月次.zip` の中の `読んでください.pdf`", "`read me.pdf` in `月次.zip`"),
    "D332": Text(
        "月ごとの表で、6月の列が空欄の店舗", "a shop with a blank June in a table of months"
    ),
    "D333": Text("店舗ごとの表の `本店 計`", "`本店 計` in a table by shop"),
    "D334": Text(
        "月ごとの表の右端の「合計」の列", "a column 合計 at the right of a table of months"
    ),
    "D335": Text(
        "kintone の、表に三行あるレコードの二行目と三行目",
        "lines 2 and 3 of a record of kintone whose table has three",
    ),
    "D336": Text(
        "kintone の、表に一行もないレコード", "a record of kintone with nothing in its table"
    ),
    "D337": Text(
        "parent にない「担当者」が、どのレコードでも一行目にだけある",
        "担当者 is no parent, but filled in the first line of each record alone",
    ),
    "D338": Text("店舗の行の下の `全店計`", "`全店計` below the lines of shops"),
    "D339": Text(
        "`4月`、`5月` の隣の `6月分`(columns は `*月`)",
        "`6月分` beside `4月` and `5月`, where `columns` is `*月`",
    ),
    "D401": Text(
        "お客様の声が 2025年6月だけ 1 行もない", "お客様の声 without a row in June 2025 alone"
    ),
    "D402": Text("上期の点検で、出力が 8月31日まで", "exports up to 31 August, for the first half"),
    "D403": Text("上期の点検で、出力が 5月1日から", "exports from 1 May on, for the first half"),
    "D404": Text(
        "改善日で数える KPI があり、出力が 4月1日から",
        "a KPI that counts by 改善日, and exports from 1 April on",
    ),
    "D405": Text(
        "前期は `団体` が 20 行、今期は 0 行", "20 rows of `団体` last period, none in this one"
    ),
    "D406": Text(
        "「金額」で数える KPI があり、出力の見出しは「金額(円)」",
        "a KPI that counts by 金額, in an export that heads it 金額(円)",
    ),
    "D407": Text(
        "お客様の声が 2024年度下期 120 行、2025年度上期 9 行",
        "120 voices in 2024H2 and 9 in 2025H1",
    ),
    "D411": Text("会議名が `営業会議`", "a 会議名 of `営業会議`"),
    "D412": Text(
        '`where = { kind = "a" }`、行の種別は `A`', '`where = { kind = "a" }`, rows of `A`'
    ),
    "D501": Text(
        "封印のなかった版の kpicli で凍結した記録", "a record of a kpicli that knew no seals"
    ),
    "D502": Text("別のコンピューターで凍結した記録", "a record frozen on another computer"),
    "D503": Text("第2版があるのに `2025H1.1.json` がない", "an edition 2, and no `2025H1.1.json`"),
    "D504": Text(
        "第2版を凍結したあとに `2025H1.1.json` を書き換えた",
        "`2025H1.1.json` edited after edition 2 was frozen",
    ),
    "D505": Text(
        "`2025H1.1.json` を `2025H1.json` に写した", "`2025H1.1.json` copied to `2025H1.json`"
    ),
    "D506": Text(
        "`2024H2.json` を消して凍結し直した", "`2024H2.json` deleted, and frozen once more"
    ),
    "D507": Text(
        "`2025H1.json` を凍結したあとに `2024H2.json` を消した",
        "`2024H2.json` deleted after `2025H1.json` was frozen",
    ),
    "D601": Text("PDF に .csv の名前を付けたファイル", "a PDF that is named .csv"),
    "D602": Text("一行目からデータの表", "a table whose first row is data"),
    "D603": Text("引用符のない `1,054` のある行", "a row with `1,054` and no quotes around it"),
    "D604": Text("C1 が空欄で、C2 から下に値のある表", "a blank C1 above values in C2 and below"),
    "D605": Text("`対応日` の列が二つある表", "a table with two columns 対応日"),
    "D606": Text("百行の表に `V0012` が二行", "`V0012` in two rows of a hundred"),
    "D607": Text("一つの列に `00020` と `20`", "`00020` and `20` in one column"),
    "D608": Text("日付も番号もない `東京支店` だけの行", "a row with `東京支店` and nothing else"),
    "D609": Text("三行を結合した店舗", "a 店舗 that is merged over three rows"),
}
