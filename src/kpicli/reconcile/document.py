"""What moved since figures were frozen, to read: every figure with its causes and rows."""

from collections.abc import Iterator, Sequence

from kpicli.base.wording import ROWS, Language, Text
from kpicli.model.value import Value
from kpicli.output.page.document import Document, Entry, Outline
from kpicli.output.page.folding import padded
from kpicli.output.page.phrases import place_phrase, status_phrase, value_phrase
from kpicli.output.page.words import item_name
from kpicli.reconcile.changes import (
    WHOLE,
    Cause,
    Effect,
    KpiDiff,
    Move,
    PeriodDiff,
    RowChange,
)
from kpicli.values.numbers import signed

CAUSES = {
    Cause.REMOVED: Text("なくなった行", "removed since"),
    Cause.FAULTY: Text("不備になった行", "became faulty"),
    Cause.IN_DOUBT: Text("要確認になった行", "in doubt now"),
    Cause.REDATED: Text("日付が変わった行", "re-dated"),
    Cause.RECATEGORISED: Text("区分が変わった行", "re-categorised"),
    Cause.REASSIGNED: Text("人などが変わった行", "of another person or thing"),
    Cause.AMOUNT: Text("金額などが変わった行", "of another amount"),
    Cause.RESOLVED: Text("要確認でなくなった行", "no longer in doubt"),
    Cause.ADDED: Text("後から入った行", "added since"),
    Cause.DEFINITION: Text("定義の変更", "definition changed"),
    Cause.CATALOGUE: Text("読み方(カタログ、設定)の変更", "catalogue or settings changed"),
    Cause.AS_OF: Text("時点日の変更", "as-of date changed"),
    Cause.PROGRAM: Text("kpicli の版の変更", "another version of kpicli"),
    Cause.RELATED: Text("ほかの行の影響", "because of other rows"),
}
SUPERSEDED = Text("新しい出力に差し替え", "superseded by a later export")
CAUSE_WIDTH = 32


def diff_document(diffs: Sequence[PeriodDiff], language: Language) -> Document:
    """Return every period, and under it every KPI that moved with its causes and rows."""
    blocks = [block for diff in diffs for block in _period(diff, language)]
    return Document((), tuple(blocks), titled=False)


def _period(diff: PeriodDiff, language: Language) -> Iterator[Outline]:
    lines = tuple(Entry(line) for line in _facts(diff, language))
    yield Outline(diff.period.described(language), lines)
    for kpi in diff.kpis:
        heading = f"{kpi.title.in_language(language)} ({kpi.id})"
        yield Outline(heading, tuple(_kpi(kpi, language)), level=2, tone="doubtful")


def _facts(diff: PeriodDiff, language: Language) -> Iterator[str]:
    def say(ja: str, en: str) -> str:
        return Text(ja, en).in_language(language)

    yield say(
        f"{diff.file} 第{diff.edition}版、{diff.frozen_on} 凍結",
        f"{diff.file} edition {diff.edition}, frozen on {diff.frozen_on}",
    )
    if diff.note:
        yield say(f"メモ: {diff.note}", f"Note: {diff.note}")
    if not diff.final:
        yield say("確定前に凍結したもの", "frozen before it was final")
    for note in diff.notes:
        yield say("注意: ", "Note: ") + note.in_language(language)
    moves, whole = len(diff.moves), diff.figures
    yield say(f"動いた数値: {moves} / {whole}", f"Figures that moved: {moves} of {whole}")


def _kpi(kpi: KpiDiff, language: Language) -> Iterator[Entry]:
    def say(ja: str, en: str) -> Entry:
        return Entry(Text(ja, en).in_language(language), 1)

    then, now = kpi.versions
    if then != now:
        yield say(f"定義の変更: 第{then}版 => 第{now}版", f"Definition: version {then} => {now}")
    if not kpi.compared:
        yield say(
            "版が違うので比べません(--allow-definition-change で比べます)",
            "Not compared, the versions differ (--allow-definition-change compares them)",
        )
    for note in kpi.notes:
        yield say(f"注意: {note.ja}", f"Note: {note.en}")
    for move in kpi.moves:
        yield from _move(move, kpi, language)
    if kpi.rows and not kpi.moves:
        yield say(
            "数値は同じですが、数えた行は同じではありません",
            "The figures are the same, but not of the same rows",
        )
    if kpi.rows:
        yield say("行:", "Rows:")
    yield from (Entry(_row(row, language), 2) for row in kpi.rows)


def _move(move: Move, kpi: KpiDiff, language: Language) -> Iterator[Entry]:
    name = item_name(move, kpi, language) if move.item else WHOLE.in_language(language)
    before, after = (_value(value, kpi, language) for value in (move.before, move.after))
    change = move.difference
    points = "pt" if kpi.percentage else ""
    told = "" if change is None else f" ({signed(change)}{points})"
    yield Entry(f"{name}: {before} => {after}{told}", 1)
    if move.why is not None:
        yield Entry(move.why.in_language(language), 2)
    yield from (Entry(_effect(effect, language), 2) for effect in move.effects)


def _value(value: Value, kpi: KpiDiff, language: Language) -> str:
    return f"{value_phrase(value, kpi, language)} {status_phrase(value, language)}".rstrip()


def _effect(effect: Effect, language: Language) -> str:
    name = padded(CAUSES[effect.cause].in_language(language), CAUSE_WIDTH)
    rows = ROWS.after(str(effect.rows), language)
    return f"{name} {_moved_by(effect, language)} ({rows})"


def _moved_by(effect: Effect, language: Language) -> str:
    if effect.numerator is None or effect.denominator is None:
        return "-" if effect.number is None else signed(effect.number)
    over, under = signed(effect.numerator), signed(effect.denominator)
    return Text(f"分子 {over} 分母 {under}", f"numerator {over}, denominator {under}").in_language(
        language
    )


def _row(row: RowChange, language: Language) -> str:
    words = [row.id, CAUSES[row.cause].in_language(language)]
    if row.place is not None:
        words.append(place_phrase(row.place, language))
    elif row.file is not None:
        words.append(Text(f"以前は {row.file}", f"was in {row.file}").in_language(language))
    words += [f"{column}: {_cell(then)} => {_cell(now)}" for column, then, now in row.changes]
    if row.superseded:
        words.append(SUPERSEDED.in_language(language))
    return "  ".join(words)


def _cell(value: str | None) -> str:
    return "-" if value is None else value
