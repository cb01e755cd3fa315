"""An audit as text to read: what does not add up, cell by cell, and what would mend it."""

from collections.abc import Iterator
from decimal import Decimal

from kpicli.audit.audit import Audit, Finding, SheetAudit
from kpicli.audit.numbers import Part, shown
from kpicli.audit.relations import Kind, Linear, Term, Verdict
from kpicli.audit.table import Spot
from kpicli.base.wording import Language, Text
from kpicli.output.interface import Options
from kpicli.output.page.folding import fold_line
from kpicli.output.page.safety import plain

WIDTH = 80
"""Terminal cells of a line where nobody says how many there are."""

KINDS: dict[Kind, Text] = {
    "total": Text("合計と内訳", "total and parts"),
    "period": Text("期間の合計", "periods"),
    "group": Text("全体と分けた数", "whole and groups"),
    "difference": Text("増減", "difference"),
    "percentage": Text("割合", "percentage"),
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


def render_text(audit: Audit, options: Options) -> str:
    """Return what does not add up and how it could be mended, or the clean bill."""
    width = options.width or WIDTH
    lines = [line for part in _lines(audit, options.language) for line in fold_line(part, width)]
    return "\n".join(plain(line) for line in lines) + "\n"


def verdict_words(audit: Audit) -> Text:
    """Return the outcome in one line."""
    if audit.wrong:
        return Text(
            f"合わないところが {audit.wrong} 件あります(調べた関係 {audit.checked} 件)",
            f"{audit.wrong} of {audit.checked} relations do not add up",
        )
    if not audit.checked:
        return Text(
            "調べられる関係がありません(合計・上期と下期・割合・増減の見出しが見つかりません)。"
            "合っているとは言えません",
            "nothing can be checked: no label speaks of totals, halves, rates or differences. "
            "This is no clean bill",
        )
    return Text(
        f"合わないところはありません(調べた関係 {audit.checked} 件)",
        f"nothing is wrong: all {audit.checked} relations checked can be",
    )


def _lines(audit: Audit, language: Language) -> Iterator[str]:
    yield f"{audit.file}: {verdict_words(audit).in_language(language)}"
    for sheet in audit.sheets:
        if sheet.table.sheet is not None and (sheet.findings or len(audit.sheets) > 1):
            yield f"[{sheet.table.sheet}]"
        counts = [
            f"{KINDS[kind].in_language(language)} {count}" for kind, count in sheet.checked.items()
        ]
        if counts:
            yield f"{Text('調べた関係', 'Checked').in_language(language)}: {', '.join(counts)}"
        for verdict, title in _VERDICTS:
            found = sheet.of(verdict)
            if found:
                yield ""
                yield f"{title.in_language(language)} ({len(found)})"
                yield from (f"  {_equation(finding, language)}" for finding in found)
                yield from _labels(sheet, found)
        if sheet.of("wrong"):
            yield from _suspects(sheet, language)
            yield from _mending(sheet, language)


def _labels(sheet: SheetAudit, found: tuple[Finding, ...]) -> Iterator[str]:
    spots = dict.fromkeys(finding.relation.result.spot.cell for finding in found)
    labels = {finding.relation.result.spot.cell: finding.relation.result.spot for finding in found}
    yield from (f"    {cell}: {label}" for cell in spots if (label := sheet.label(labels[cell])))


def _suspects(sheet: SheetAudit, language: Language) -> Iterator[str]:
    yield ""
    title = Text("どれかが誤りのセル", "Cells of which some are wrong").in_language(language)
    yield f"{title} ({len(sheet.named())})"
    for spot in sheet.named():
        times = sheet.times(spot)
        words = Text(f"合わない関係 {times} 件", f"in {times} wrong relation(s)")
        row = Text(f"{spot.row} 行目", f"row {spot.row}").in_language(language)
        label = sheet.label(spot)
        yield (
            f"  {_name(spot, language)} {row} {sheet.table.text(spot.row, spot.column).strip()}"
            f" {f'[{label}] ' if label else ''}- {words.in_language(language)}"
        )


def _mending(sheet: SheetAudit, language: Language) -> Iterator[str]:
    yield ""
    if not sheet.corrections:
        yield Text(
            "1 か所の訂正ですべて合うセルはありません",
            "No correction of a single cell makes everything add up",
        ).in_language(language)
        return
    single = Text("次の 1 か所を直すと、すべて合います", "This one correction mends everything")
    several = Text(
        "次のどれか 1 か所を直すと、すべて合います。どれかは表からは決まりません",
        "Any one of these corrections mends everything; the table does not tell which",
    )
    yield (single if len(sheet.corrections) == 1 else several).in_language(language)
    for each in sheet.corrections:
        label = sheet.label(each.spot)
        change = f"{_shown(each.written.amount, language)} → {shown(each.amount)}"
        yield f"  {_name(each.spot, language)}{f' [{label}]' if label else ''}: {change}"


def _equation(finding: Finding, language: Language) -> str:
    relation, result = finding.relation, finding.relation.result
    computed, written = relation.computed({}), result.number.amount
    sign = "%" if relation.kind == "percentage" else ""
    stands = f"{_printed(result, language)}{sign}"
    made = _made(finding, language)
    if computed is None:
        undefined = Text("分母が 0", "the denominator is 0").in_language(language)
        return f"{made}: {undefined} ≠ {stands}"
    equation = f"{made} = {shown(computed)}{sign} ≠ {stands}"
    if written is None:
        return equation
    gap = Text("差", "off by").in_language(language)
    return f"{equation} ({gap} {written - computed:+,f})"


def _made(finding: Finding, language: Language) -> str:
    relation = finding.relation
    if not isinstance(relation, Linear):
        first, second = (_printed(term, language) for term in relation.terms[:2])
        return f"{first} / {second}"
    plus = " + ".join(_printed(term, language) for term in relation.plus)
    return plus + "".join(f" - {_printed(term, language)}" for term in relation.minus)


def _printed(term: Term, language: Language) -> str:
    return f"{_name(term.spot, language)} {_shown(term.number.amount, language)}"


def _shown(amount: Decimal | None, language: Language) -> str:
    if amount is None:
        return Text("(空欄)", "(blank)").in_language(language)
    return shown(amount)


def _name(spot: Spot, language: Language) -> str:
    return spot.cell + _PARTS[spot.part].in_language(language)
