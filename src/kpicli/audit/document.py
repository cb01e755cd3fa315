"""An audit to read: what does not add up, cell by cell, and what would mend it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpicli.audit.coverage import Unchecked
from kpicli.audit.numbers import Part, shown
from kpicli.audit.relations import Kind, Linear, Ratio, Relation, Term, Verdict
from kpicli.audit.table import Spot, column_name
from kpicli.base.wording import Language, Text, quantity
from kpicli.output.page.document import Document, Entry, Outline, Tone

if TYPE_CHECKING:
    from kpicli.audit.audit import Audit, Finding, SheetAudit


KINDS: dict[Kind, Text] = {
    "total": Text("合計と内訳", "total and parts"),
    "period": Text("期間の合計", "periods"),
    "running": Text("累計", "running totals"),
    "group": Text("全体と分けた数", "whole and groups"),
    "difference": Text("増減", "difference"),
    "percentage": Text("割合", "percentage"),
    "growth": Text("増減率", "growth"),
    "mean": Text("平均", "mean"),
}
_VERDICTS: tuple[tuple[Verdict, Text], ...] = (
    ("wrong", Text("合わないところ", "Does not add up")),
    ("rounding", Text("端数処理の違いだけのところ", "Off by rounding alone")),
    (
        "overlap",
        Text(
            "合計が内訳の和より少ないところ(同じ人が重なるならありうる)",
            "Less than its parts (possible where people are in several)",
        ),
    ),
    ("open", Text("空欄があって決められないところ", "Left open by a blank")),
)
_PARTS: dict[Part, Text] = {
    "value": Text("", ""),
    "numerator": Text("の分子", " numerator"),
    "denominator": Text("の分母", " denominator"),
    "percent": Text("の%", " percent"),
}

_TERMS = 12
"""A sum of more numbers is shown by its first ones and its last."""
_UNCHECKED = 12
"""More rows or columns that were not checked are counted and not named."""
_LISTED = 40
"""More cells, of which some are wrong, are counted and not listed."""
_HUNDRED = Decimal(100)
_PLAIN = (Decimal(1), _HUNDRED)


def audit_document(audit: "Audit", language: Language) -> Document:
    """Return the outcome, then what does not add up, and how it could be mended.

    The sheets of a workbook stand one after the other, each under its name.
    """
    outcome = Entry(f"{audit.file}: {verdict_words(audit).in_language(language)}")
    if len(audit.sheets) != 1:
        blocks = (block for sheet in audit.sheets for block in _sheet(sheet, language))
        return Document((outcome,), tuple(blocks))
    (sheet,) = audit.sheets
    named = sheet.findings and sheet.table.sheet is not None
    lines = [*([f"[{sheet.table.sheet}]"] if named else ()), *_checked(sheet, language)]
    opening = (outcome, *(Entry(line) for line in lines))
    return Document(opening, tuple(_outlines(sheet, language)))


_NOTHING = Text("調べた関係: なし", "Checked: nothing")


def _sheet(sheet: "SheetAudit", language: Language) -> Iterator[Outline]:
    lines = _checked(sheet, language) or [_NOTHING.in_language(language)]
    checked = tuple(map(Entry, lines))
    yield Outline(sheet.table.sheet or "", checked, boxed=True)
    yield from (replace(block, level=2) for block in _outlines(sheet, language))


def verdict_words(audit: "Audit") -> Text:
    """Return the outcome in one line."""
    if audit.wrong:
        return Text(
            f"合わないところが {audit.wrong} 件あります(調べた関係 {audit.checked} 件)",
            f"{audit.wrong} of {quantity(audit.checked, 'relation')} "
            f"{'does' if audit.wrong == 1 else 'do'} not add up",
        )
    if not audit.checked:
        return Text(
            "調べられる関係がありません(合計・上期と下期・割合・増減などの見出しが見つからないか、"
            "どの読み方でも表に合いません)。合っているとは言えません",
            "nothing can be checked: no label speaks of totals, halves, rates or differences, "
            "or no reading of them fits the table. This is no clean bill",
        )
    return Text(
        f"合わないところはありません(調べた関係 {audit.checked} 件)",
        f"nothing is wrong: {quantity(audit.checked, 'relation')} checked",
    )


def _checked(sheet: "SheetAudit", language: Language) -> list[str]:
    """Return how much was checked, and what was not."""
    counts = [
        f"{KINDS[kind].in_language(language)} {count}" for kind, count in sheet.checked.items()
    ]
    if not counts:
        return []
    title = Text("調べた関係", "Checked").in_language(language)
    return [f"{title}: {', '.join(counts)}", *_unchecked(sheet.unchecked, language)]


def _unchecked(unchecked: Unchecked, language: Language) -> Iterator[str]:
    rows = [f"{row} {label}".rstrip() for row, label in unchecked.rows]
    columns = [f"{column_name(n)} {label}".rstrip() for n, label in unchecked.columns]
    for title, named in (
        (Text("調べていない行", "Rows not checked"), rows),
        (Text("調べていない列", "Columns not checked"), columns),
    ):
        if named:
            more = len(named) - _UNCHECKED
            rest = [Text(f"ほか {more:,}", f"and {more:,} more").in_language(language)]
            shown_names = [*named[:_UNCHECKED], *(rest if more > 0 else [])]
            yield f"{title.in_language(language)}: {', '.join(shown_names)}"
    if unchecked.cells:
        cells = unchecked.cells
        words = Text(f"調べていないセル: ほかに {cells:,}", f"Other cells not checked: {cells:,}")
        yield words.in_language(language)


def _outlines(sheet: "SheetAudit", language: Language) -> Iterator[Outline]:
    for verdict, title in _VERDICTS:
        findings = sheet.of(verdict)
        if findings:
            entries = [Entry(_equation(finding, language), 1) for finding in findings]
            entries += [Entry(line, 2) for line in _labels(sheet, findings)]
            heading = f"{title.in_language(language)} ({len(findings)})"
            tone: Tone = "missed" if verdict == "wrong" else "doubtful"
            yield Outline(heading, tuple(entries), tone=tone)
    if sheet.of("wrong"):
        yield _suspects(sheet, language)
        yield _mending(sheet, language)


def _labels(sheet: "SheetAudit", findings: "tuple[Finding, ...]") -> Iterator[str]:
    spots = {
        finding.relation.result.spot.cell: finding.relation.result.spot for finding in findings
    }
    yield from (f"{cell}: {label}" for cell, spot in spots.items() if (label := sheet.label(spot)))


def _suspects(sheet: "SheetAudit", language: Language) -> Outline:
    title = Text("どれかが誤りのセル", "Cells of which some are wrong").in_language(language)
    entries = []
    for spot in sheet.named()[:_LISTED]:
        times = sheet.times(spot)
        words = Text(f"合わない関係 {times} 件", f"in {times} wrong relation(s)")
        row = Text(f"{spot.row} 行目", f"row {spot.row}").in_language(language)
        label = sheet.label(spot)
        line = (
            f"{_name(spot, language)} {row} {sheet.table.text(spot.row, spot.column).strip()}"
            f" {f'[{label}] ' if label else ''}- {words.in_language(language)}"
        )
        entries.append(Entry(line, 1))
    entries += _more(len(sheet.named()), language)
    return Outline(f"{title} ({len(sheet.named())})", tuple(entries))


def _mending(sheet: "SheetAudit", language: Language) -> Outline:
    nothing = Text(
        "1 か所の訂正ですべて合うセルはありません",
        "No correction of a single cell makes everything add up",
    )
    single = Text("次の 1 か所を直すと、すべて合います", "This one correction mends everything")
    several = Text(
        "次のどれか 1 か所を直すと、すべて合います。どれかは表からは決まりません",
        "Any one of these corrections mends everything; the table does not tell which",
    )
    heading = several if len(sheet.corrections) > 1 else single if sheet.corrections else nothing
    entries = []
    for each in sheet.corrections[:_LISTED]:
        label = sheet.label(each.spot)
        shown_label = f" [{label}]" if label else ""
        change = f"{_shown(each.written.amount, language)} → {shown(each.amount)}"
        entries.append(Entry(f"{_name(each.spot, language)}{shown_label}: {change}", 1))
    entries += _more(len(sheet.corrections), language)
    return Outline(heading.in_language(language), tuple(entries))


def _more(number: int, language: Language) -> list[Entry]:
    """Return a line on what is not listed; the csv and json formats have all of it."""
    if number <= _LISTED:
        return []
    words = Text(
        f"ほか {number - _LISTED:,} 件(-f csv か -f json ですべて出ます)",
        f"and {number - _LISTED:,} more (-f csv or -f json has all)",
    )
    return [Entry(words.in_language(language), 1)]


def _equation(finding: "Finding", language: Language) -> str:
    relation, result = finding.relation, finding.relation.result
    computed, written = relation.computed({}), result.number.amount
    sign = "%" if isinstance(relation, Ratio) and relation.scale == _HUNDRED else ""
    stands = f"{_printed(result, language)}{sign}"
    made = _made(relation, language)
    if computed is None:
        undefined = Text("分母が 0", "the denominator is 0").in_language(language)
        return f"{made}: {undefined} ≠ {stands}"
    equation = f"{made} = {shown(computed)}{sign} ≠ {stands}"
    if written is None:
        return equation
    gap = Text("差", "off by").in_language(language)
    return f"{equation} ({gap} {written - computed:+,f})"


def _made(relation: Relation, language: Language) -> str:
    """Return the sum or ratio as it would be written; of a long sum its beginning and end."""
    printed = [_printed(term, language) for term in relation.plus]
    if len(printed) > _TERMS:
        count = Text(f"({len(printed):,} 個の和)", f"(sum of {len(printed):,})")
        printed = [*printed[: _TERMS // 2], "…", printed[-1]]
        printed[-1] += f" {count.in_language(language)}"
    top = " + ".join(printed) + "".join(f" - {_printed(t, language)}" for t in relation.minus)
    if isinstance(relation, Linear):
        return top
    if len(relation.plus) + len(relation.minus) > 1:
        top = f"({top})"
    bottom = " + ".join(_printed(term, language) for term in relation.over[:_TERMS])
    if len(relation.over) > _TERMS:
        bottom += " + …"
    if len(relation.over) > 1:
        bottom = f"({bottom})"
    factor = "" if relation.scale in _PLAIN else f" × {shown(relation.scale)}"
    return f"{top} / {bottom or relation.count}{factor}"


def _printed(term: Term, language: Language) -> str:
    return f"{_name(term.spot, language)} {_shown(term.number.amount, language)}"


def _shown(amount: Decimal | None, language: Language) -> str:
    if amount is None:
        return Text("(空欄)", "(blank)").in_language(language)
    return shown(amount)


def _name(spot: Spot, language: Language) -> str:
    return spot.cell + _PARTS[spot.part].in_language(language)
