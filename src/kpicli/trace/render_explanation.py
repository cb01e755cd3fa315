"""The explanation of a figure as text to read, and as an object for programs."""

from collections.abc import Iterator

from kpicli.base.wording import Language, Text
from kpicli.model.figures import KpiAccounting, SourceReport
from kpicli.output.page.folding import fold_line, padded
from kpicli.output.page.safety import plain
from kpicli.trace.explanation import Explanation
from kpicli.trace.render_rows import figure_words

NAME_WIDTH = 34
_SOURCE_STEPS = (
    ("read", Text("読み込んだ行", "rows read"), ""),
    ("not_data", Text("データでない行(空行・表題・合計)", "no data (blank, title, total)"), "-"),
    ("duplicate", Text("重複", "duplicates"), "-"),
    ("superseded", Text("新しい出力に差し替え", "superseded by a later export"), "-"),
    ("faulty", Text("うち不備", "of these faulty"), ""),
)


def render_text(explanation: Explanation, language: Language, width: int) -> str:
    """Return the explanation with headings, no line wider than `width` cells."""
    lines = [
        part for line in _lines(explanation, language) for part in fold_line(plain(line), width)
    ]
    return "\n".join(lines) + "\n"


def _lines(explanation: Explanation, language: Language) -> Iterator[str]:
    say = language
    yield f"{explanation.kpi.title} ({explanation.kpi.id})"
    as_of = Text(f"{explanation.as_of} 時点", f"as of {explanation.as_of}").in_language(say)
    yield f"{explanation.period.described(say)} {as_of}"
    for figure in explanation.figures:
        name = figure.item or Text("数値", "figure").in_language(say)
        words = figure_words(figure, explanation.kpi.unit)
        yield f"  {name}: {words} {_doubt(figure.value.faulty_rows, say)}".rstrip()
    yield ""
    yield Text("[定義]", "[Definition]").in_language(say)
    for line in explanation.definition:
        yield f"  {line.in_language(say)}"
    yield ""
    yield Text("[使った列]", "[Columns used]").in_language(say)
    for header, source in explanation.columns:
        yield f"  {header} ({source})"
    yield ""
    yield Text("[ファイル]", "[Files]").in_language(say)
    for file in explanation.files:
        sheet = "" if file.sheet is None else f" [{file.sheet}]"
        encoding = "" if file.encoding is None else f" {file.encoding}"
        rows = Text(f"{file.accounting.read} 行", f"{file.accounting.read} rows").in_language(say)
        yield f"  {file.path}{sheet}{encoding} {rows}"
    for report in explanation.sources:
        accounting = next((a for a in explanation.accounting if a.source == report.id), None)
        yield ""
        yield from _steps(report, accounting, say)
    for remark in explanation.head.remarks:
        yield Text("注意: ", "Note: ").in_language(say) + remark.in_language(say)


def _doubt(rows: int, language: Language) -> str:
    if not rows:
        return ""
    return Text(f"要確認({rows} 行)", f"provisional ({rows} rows in doubt)").in_language(language)


def _steps(
    source: SourceReport, accounting: KpiAccounting | None, language: Language
) -> Iterator[str]:
    yield Text(f"[行の内訳: {source.title}]", f"[Rows of {source.title}]").in_language(language)
    values = source.accounting
    for name, words, sign in _SOURCE_STEPS[:-1]:
        yield _step(words, sign, getattr(values, name), language)
    yield _step(
        Text("数える候補の行", "candidate rows"), "=", values.usable + values.faulty, language
    )
    name, words, sign = _SOURCE_STEPS[-1]
    yield _step(words, sign, getattr(values, name), language)
    if accounting is None:
        return
    yield _step(Text("対象外の行", "not selected"), "-", accounting.not_selected, language)
    yield _step(Text("日付のない行", "no date"), "-", accounting.no_date, language)
    yield _step(Text("期間外", "out of the period"), "-", accounting.out_of_period, language)
    for rule, rows in accounting.excluded:
        yield _step(Text(f"除外: {rule}", f"excluded: {rule}"), "-", rows, language)
    yield _step(
        Text("要確認(判定できない)", "undetermined"), "-", accounting.undetermined, language
    )
    yield _step(Text("数えた行", "rows counted"), "=", accounting.counted, language)


def _step(words: Text, sign: str, rows: int, language: Language) -> str:
    name = padded(words.in_language(language), NAME_WIDTH)
    return f"  {sign or ' '} {name} {rows:>8,}"
