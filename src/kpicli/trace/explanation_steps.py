"""The rows of a KPI, step by step: from those that were read to those that count."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.model.accounting import KpiAccounting
from kpicli.model.summary import SourceReport
from kpicli.output.page import words

if TYPE_CHECKING:
    from kpicli.trace.explanation import Explanation


class Step(Struct, frozen=True):
    """One step from the rows read to the rows counted; the `sign` says what it does to the sum."""

    name: str
    words: Text
    sign: str
    rows: int


def reports_of(
    explanation: "Explanation",
) -> Iterator[tuple[SourceReport, KpiAccounting | None]]:
    """Yield every source with where the KPI put its rows; each component put them somewhere."""
    for report in explanation.sources:
        own: dict[str | None, KpiAccounting] = {}
        for accounting in explanation.accounting:
            if accounting.source == report.id:
                own.setdefault(accounting.of, accounting)
        yield from ((report, accounting) for accounting in own.values() or (None,))


def steps_of(
    explanation: "Explanation",
    source: SourceReport,
    accounting: KpiAccounting | None,
    language: Language,
) -> Iterator[Step]:
    """Yield the steps of a source's rows, then those of a KPI in it, the counted rows last."""
    values = source.accounting
    yield Step("read", Text("読み込んだ行", "rows read"), "", values.read)
    blank = Text("データでない行(空行・表題・合計)", "no data (blank, title, total)")
    yield Step("not_data", blank, "-", values.not_data)
    yield Step("duplicate", Text("重複", "duplicates"), "-", values.duplicate)
    newer = Text("新しい出力に差し替え", "superseded by a later export")
    yield Step("superseded", newer, "-", values.superseded)
    candidates = values.usable + values.faulty
    yield Step("candidates", Text("数える候補の行", "candidate rows"), "=", candidates)
    yield Step("faulty", Text("うち不備", "of these faulty"), "", values.faulty)
    if accounting is None:
        return
    yield Step("not_selected", Text("対象外の行", "not selected"), "-", accounting.not_selected)
    yield Step("no_date", Text("日付のない行", "no date"), "-", accounting.no_date)
    yield Step("out_of_period", Text("期間外", "out of the period"), "-", accounting.out_of_period)
    yield Step("not_yet_due", Text("未到来", "not yet due"), "-", accounting.not_yet_due)
    for rule, rows in accounting.excluded:
        named = words.exclusion_words(rule, explanation.head, language)
        text = Text(f"除外: {named}", f"excluded: {named}")
        yield Step(f"excluded: {named}", text, "-", rows)
    doubt = Text("要確認(判定できない)", "undetermined")
    yield Step("undetermined", doubt, "-", accounting.undetermined)
    yield Step("counted", Text("数えた行", "rows counted"), "=", accounting.counted)
