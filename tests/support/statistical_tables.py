"""Random tables in the layouts of Japanese statistics, right by construction."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from msgspec import Struct

Rows = list[list[str]]
Amounts = list[int]


class Leaf(Struct, frozen=True):
    """A row: its label cells, the indent of the last one, and the leaves that it adds up."""

    labels: tuple[str, ...]
    indent: int
    leaves: tuple[int, ...]


def half_up(number: Decimal, digits: int) -> Decimal:
    """Return a number with so many digits after the point."""
    return number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def made_table(seed: int) -> tuple[Rows, list[tuple[int, int]]]:
    """Return a table, and its cells that stand in a sum or ratio that its labels speak of."""
    random = Random(seed)
    rows = random.choice(_ROWS)(random)
    leaves = 1 + max(leaf for row in rows for leaf in row.leaves)
    columns = random.choice(_COLUMNS)
    table, spots = columns(random, rows, leaves)
    for dress in _DRESS:
        if random.random() < 0.25:
            table, spots = dress(random, table, spots, len(_head(rows)))
    return table, spots


def _beside(
    random: Random, table: Rows, spots: list[tuple[int, int]], labels: int
) -> tuple[Rows, list[tuple[int, int]]]:
    """Return a table with a column that is in no sum, before or after the others."""
    name, low, high = random.choice(
        (("平均年齢(歳)", 300, 500), ("満足度", 31, 49), ("単価(円)", 1000, 9000), ("順位", 10, 90))
    )
    first = _first_figures(table, labels)
    at = labels if random.random() < 0.5 else len(table[0])
    shown = [list(row) for row in table]
    for number, row in enumerate(shown):
        text = f"{random.randint(low, high) / 10:.1f}" if number >= first else ""
        if number == first - 1:
            text = name
        row.insert(at, text)
    return shown, [(row, column + (column >= at)) for row, column in spots]


def _marked(
    random: Random, table: Rows, spots: list[tuple[int, int]], labels: int
) -> tuple[Rows, list[tuple[int, int]]]:
    """Return a table with marks of preliminary and explained numbers, and a note below it."""
    shown = [list(row) for row in table]
    for row in shown[_first_figures(table, labels) :]:
        for column in range(labels, len(row)):
            if row[column][:1].isdecimal() and random.random() < 0.1:
                row[column] = random.choice(("p{}", "r {}", "{}※")).format(row[column])
    note = random.choice(("※ 速報値。", "注) pは速報値、rは改定値。", "資料:業務課"))
    return [*shown, [note, *[""] * (len(table[0]) - 1)]], spots


def _withheld(
    random: Random, table: Rows, spots: list[tuple[int, int]], _: int
) -> tuple[Rows, list[tuple[int, int]]]:
    """Return a table with a few numbers that are not told."""
    shown = [list(row) for row in table]
    kept = list(spots)
    for row, column in spots:
        if random.random() < 0.04:
            shown[row][column] = random.choice(("x", "…", ""))
            kept.remove((row, column))
    return shown, [] if len(kept) < len(spots) else kept


def _titled(
    random: Random, table: Rows, spots: list[tuple[int, int]], _: int
) -> tuple[Rows, list[tuple[int, int]]]:
    """Return a table below a title and a blank row."""
    blank = [""] * (len(table[0]) - 1)
    above = [[f"第{random.randint(1, 9)}表 業務の状況", *blank], ["", *blank]]
    return [*above, *table], [(row + len(above), column) for row, column in spots]


def _first_figures(table: Rows, labels: int) -> int:
    return next(
        number
        for number, row in enumerate(table)
        if any(cell[-1:].isdecimal() or cell.endswith(("%", "-")) for cell in row[labels:])
    )


def _names(random: Random, number: int) -> list[str]:
    kinds = ("{}店", "{}支部", "{}保険", "{}地区", "{}市", "{}関係")
    return [
        random.choice(kinds[:1] if number > 8 else kinds).format(c)
        for c in "甲乙丙丁戊己庚辛壬癸子丑"[:number]
    ]


def _flat(random: Random) -> list[Leaf]:
    number = random.randint(2, 7)
    word = random.choice(("合計", "計", "総数", "合 計", "総計"))
    rows = [Leaf((name,), 0, (at,)) for at, name in enumerate(_names(random, number))]
    total = Leaf((word,), 0, tuple(range(number)))
    return [total, *rows] if random.random() < 0.35 else [*rows, total]


def _grouped(random: Random) -> list[Leaf]:
    """Return groups with subtotals, before or after their rows, in one or two label columns."""
    first, two = random.random() < 0.4, random.random() < 0.5
    groups = random.randint(2, 3)
    word = random.choice(("小計", "計"))
    rows: list[Leaf] = []
    at = 0
    for group in range(groups):
        name = "東西南"[group] + "部"
        size = random.randint(2, 4)
        own = tuple(range(at, at + size))
        names = [f"{name[0]}{c}店" for c in "甲乙丙丁"[:size]]
        label = (name, word) if two else (f"{name}{word}",)
        total = Leaf(label, 0, own)
        lines = [
            Leaf(("", n) if two and (k or first) else (name, n) if two else (n,), 0, (own[k],))
            for k, n in enumerate(names)
        ]
        if two and not first:
            total = Leaf(("", word), 0, own)
        rows += [total, *lines] if first else [*lines, total]
        at += size
    whole = Leaf(("合計", "") if two else ("合計",), 0, tuple(range(at)))
    return [whole, *rows] if first else [*rows, whole]


def _indented(random: Random) -> list[Leaf]:
    """Return parents above indented or numbered children, without a word."""
    marks = random.choice((("", ""), ("", "(1) "), ("", "①"), ("1 ", "(1) ")))
    rows: list[Leaf] = []
    at = 0
    for group in range(random.randint(2, 3)):
        size = random.randint(2, 4)
        own = tuple(range(at, at + size))
        head = marks[0].replace("1", str(group + 1)) + ("相談", "苦情", "要望")[group]
        rows.append(Leaf((head,), 0, own))
        for k, leaf in enumerate(own):
            mark = marks[1].replace("1", str(k + 1)).replace("①", "①②③④"[k])
            name = "その他" if k == size - 1 else f"{'甲乙丙丁'[k]}経由"
            rows.append(Leaf((mark + name,), 0 if marks[1] else 2, (leaf,)))
        at += size
    if random.random() < 0.8:
        rows.append(Leaf(("合計",), 0, tuple(range(at))))
    return rows


def _outer(random: Random) -> list[Leaf]:
    """Return parents in an outer column above children in an inner one."""
    rows: list[Leaf] = []
    at = 0
    for group in range(random.randint(2, 3)):
        size = random.randint(2, 3)
        own = tuple(range(at, at + size))
        rows.append(Leaf((("生保", "損保", "団体")[group], ""), 0, own))
        rows += [Leaf(("", f"{'甲乙丙'[k]}型"), 0, (leaf,)) for k, leaf in enumerate(own)]
        at += size
    rows.append(Leaf(("合計", ""), 0, tuple(range(at))))
    return rows


_ROWS: tuple[Callable[[Random], list[Leaf]], ...] = (_flat, _flat, _grouped, _indented, _outer)


def _values(random: Random, leaves: int) -> Amounts:
    top = random.choice((4, 30, 900, 40_000))
    return [0 if random.random() < 0.06 else random.randint(0, top) for _ in range(leaves)]


def _sum(row: Leaf, values: Sequence[int]) -> int:
    return sum(values[leaf] for leaf in row.leaves)


def _labelled(row: Leaf) -> list[str]:
    *outer, last = row.labels
    if not last and outer:
        return [*outer, last]
    return [*outer, "\u3000" * (row.indent // 2) + last]


def _head(rows: Sequence[Leaf]) -> list[str]:
    return ["区分", "細区分"][: len(rows[0].labels)]


def _shown(number: int, style: int) -> str:
    text = f"{number:,}" if style % 2 else str(number)
    if not number and style > 1:
        return "-"
    return text


def _spots(rows: Rows, first: int, head: int) -> list[tuple[int, int]]:
    return [
        (row, column) for row in range(head, len(rows)) for column in range(first, len(rows[row]))
    ]


def _months(
    random: Random, rows: Sequence[Leaf], leaves: int
) -> tuple[Rows, list[tuple[int, int]]]:
    """Return months, or categories, with their total last or first."""
    number, first, style = random.randint(2, 6), random.random() < 0.3, random.randint(0, 3)
    names = [f"{4 + n}月" for n in range(number)]
    if random.random() < 0.4:
        names = ["電話", "来店", "郵送", "訪問", "ウェブ", "その他"][:number]
    values = [_values(random, leaves) for _ in names]
    total = random.choice(("計", "合計", "総数"))
    header = [*_head(rows), *([total, *names] if first else [*names, total])]
    table = [header]
    for row in rows:
        own = [_sum(row, column) for column in values]
        cells = [sum(own), *own] if first else [*own, sum(own)]
        table.append([*_labelled(row), *(_shown(n, style) for n in cells)])
    spots = _spots(table, len(_head(rows)), 1)
    if random.random() < 0.4:
        table = [
            ["第1表 受付の状況", *[""] * (len(header) - 1)],
            ["", *[""] * (len(header) - 2), "(単位:件)"],
            *table,
        ]
        spots = [(row + 2, column) for row, column in spots]
    if random.random() < 0.4:
        table.append(["注1) 速報値である。", *[""] * (len(header) - 1)])
    return table, spots


def _two_measures(
    random: Random, rows: Sequence[Leaf], leaves: int
) -> tuple[Rows, list[tuple[int, int]]]:
    """Return counts and amounts in turn, under one header row or two, with totals of both."""
    number, two, style = random.randint(2, 4), random.random() < 0.5, random.randint(0, 1)
    names = ["4月", "5月", "6月", "7月"][:number]
    counts = [_values(random, leaves) for _ in names]
    sums = [_values(random, leaves) for _ in names]
    groups = [*names, "合計"]
    if two:
        header = [
            [*_head(rows), *(text for name in groups for text in (name, ""))],
            [*[""] * len(_head(rows)), *["件数", "金額"] * len(groups)],
        ]
    else:
        header = [[*_head(rows), *(f"{name}{m}" for name in groups for m in ("件数", "金額"))]]
    table = [list(line) for line in header]
    for row in rows:
        own = [n for c, s in zip(counts, sums, strict=True) for n in (_sum(row, c), _sum(row, s))]
        own += [sum(own[::2]), sum(own[1::2])]
        table.append([*_labelled(row), *(_shown(n, style) for n in own)])
    return table, _spots(table, len(_head(rows)), len(header))


def _shares(
    random: Random, rows: Sequence[Leaf], leaves: int
) -> tuple[Rows, list[tuple[int, int]]]:
    """Return one or two columns of counts, each with its share of the whole."""
    digits, signed = random.randint(1, 2), random.random() < 0.5
    years = ["令和4年度", "令和5年度"][: random.randint(1, 2)]
    values = [[n + 3 for n in _values(random, leaves)] for _ in years]
    share = "構成比" if signed else "構成比(%)"
    header = [*_head(rows), *(text for year in years for text in (f"{year}件数", share))]
    table = [header]
    for row in rows:
        cells: list[str] = []
        for column in values:
            part = half_up(Decimal(100 * _sum(row, column)) / sum(column), digits)
            cells += [str(_sum(row, column)), f"{part}%" if signed else str(part)]
        table.append([*_labelled(row), *cells])
    return table, _spots(table, len(_head(rows)), 1)


def _changes(
    random: Random, rows: Sequence[Leaf], leaves: int
) -> tuple[Rows, list[tuple[int, int]]]:
    """Return two periods with their difference and growth."""
    before, now = ([n + 2 for n in _values(random, leaves)] for _ in range(2))
    names = random.choice((("前期", "当期"), ("令和4年度", "令和5年度"), ("前年同期", "当期")))
    growth = random.choice(("増減率(%)", "前年比(%)"))
    minus = random.choice(("▲", "△", "-"))
    table = [[*_head(rows), *names, "増減", growth]]
    for row in rows:
        first, second = _sum(row, before), _sum(row, now)
        ratio = Decimal(100 * second) / first
        shown = half_up(ratio - 100 if growth.startswith("増") else ratio, 1)
        signs = [f"{n}".replace("-", minus) for n in (second - first, shown)]
        table.append([*_labelled(row), str(first), str(second), *signs])
    return table, _spots(table, len(_head(rows)), 1)


def _rates(random: Random, rows: Sequence[Leaf], leaves: int) -> tuple[Rows, list[tuple[int, int]]]:
    """Return counts, those of them that did something, and the rate; and a mean amount."""
    whole = [n + 5 for n in _values(random, leaves)]
    part = [random.randint(1, n) for n in whole]
    amount = [n * random.randint(3, 90) for n in whole]
    table = [[*_head(rows), "受験者", "合格者", "合格率(%)", "受験料(円)", "1人当たり(円)"]]
    for row in rows:
        a, b, c = _sum(row, whole), _sum(row, part), _sum(row, amount)
        rate, mean = half_up(Decimal(100 * b) / a, 1), half_up(Decimal(c) / a, 1)
        table.append([*_labelled(row), str(a), str(b), str(rate), str(c), str(mean)])
    return table, _spots(table, len(_head(rows)), 1)


def _thousands(
    random: Random, rows: Sequence[Leaf], leaves: int
) -> tuple[Rows, list[tuple[int, int]]]:
    """Return amounts that were rounded to thousands each for itself, sums included."""
    number = random.randint(2, 4)
    names = ["収入", "支出", "繰入", "積立"][:number]
    values = [[random.randint(0, 9_000_000) for _ in range(leaves)] for _ in names]
    where = random.randint(0, 2)
    header = [
        *_head(rows),
        *(f"{name}(千円)" if where == 0 else name for name in names),
        "合計(千円)" if where == 0 else "合計",
    ]
    table = [header]
    for row in rows:
        own = [_sum(row, column) for column in values]
        cells = [half_up(Decimal(n) / 1000, 0) for n in (*own, sum(own))]
        table.append([*_labelled(row), *(f"{n:,}" for n in cells)])
    if where:
        caption = "(単位:千円)" if where == 1 else "表2 収支(単位:千円)"
        table.insert(0, [caption, *[""] * (len(header) - 1)])
    return table, []


_COLUMNS: tuple[
    Callable[[Random, Sequence[Leaf], int], tuple[Rows, list[tuple[int, int]]]], ...
] = (
    _months,
    _months,
    _two_measures,
    _shares,
    _changes,
    _rates,
    _thousands,
)
_DRESS = (_beside, _marked, _withheld, _titled)
