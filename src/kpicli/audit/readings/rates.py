"""Shares of a whole, rates of two counts, and means: 構成比, 合格率, 1件当たり, 平均."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations, product

from msgspec.structs import replace

from kpicli.audit.layout.labels import bare, is_portion, measure
from kpicli.audit.layout.lines import Line
from kpicli.audit.layout.units import scale_of
from kpicli.audit.readings.entries import (
    AnyReading,
    Claim,
    RatioReading,
    ShareReading,
    Trust,
)
from kpicli.values.folding import fold

_RATES = {"share", "rate", "growth", "mean", "statistic", "difference"}
_NEAR = 10
_PAIRS = 6
_WHOLES = 4
_SCALES = (Decimal(1), Decimal(1000), Decimal(10_000), Decimal(1_000_000), Decimal(100))
_WORDS = (
    ("達成", r"実績|実数|達成", r"目標|計画|予定"),
    ("進捗", r"実績|実数", r"目標|計画|予定"),
    ("執行|消化", r"決算|支出|執行|実績|消化", r"予算|計画"),
    ("収入|収納|徴収", r"収入|収納|徴収", r"調定|予算"),
    ("合格", r"合格者?", r"受験|受講"),
    ("回収|回答", r"回収|回答", r"配布|発送|対象|標本"),
    ("出席|参加|受講|実施|完了", r"出席|参加|受講|実施|完了|済", r"対象|定員|在籍|予定|全"),
    ("利用|稼働|充足|普及|加入", r"利用|稼働|充足|普及|加入", r"定員|対象|定数|世帯|総"),
    (
        "解決|継続|更新|成約|改善",
        r"解決|継続|更新|成約|改善",
        r"受付|対象|案内|満期|相談|件数|提案",
    ),
)
"""Words in a rate, and those in its numerator and in its denominator."""
_DENSITY = re.compile(r"密度|倍率|回転")
_PER = re.compile(r"(\d*)(千|万)(?:人|件|対|人当)")
"""`人口千対`, `人口10万対`, `千人率`."""
_POWERS = {"千": Decimal(1000), "万": Decimal(10_000)}
_STEM = re.compile(r"(?:率|割合|比率?|\(.*\)|%)+$|^.$")
_EACH = re.compile(r"1?(人|名|件|回|世帯|店|社|戸|日|台|冊|枚|時間)(?:当た?り|あたり|平均)")
"""What a mean is taken per: `1人当たり`, `1日平均`."""
_BASE = re.compile(
    r"^(?:有効)?回答者?数$|サンプル数|標本数|母数|^(?:調査)?対象者?数$|^n$|^基数$", re.I
)
"""Lines that shares are taken of, though they are no total: answers of several choices each."""
_NEGATED = re.compile(r"未|不|非|無")
Key = tuple[int, int]


def rate_claims(lines: Sequence[Line], across: Sequence[Line]) -> Iterator[Claim]:
    """Yield how each share, rate and mean may be read from the lines near it.

    `across` are the lines of the other side: a share is of the total among them, or of their sum.
    """
    wholes = list(_wholes(across))
    for place, line in enumerate(lines):
        kind = next((k for k in ("share", "rate", "mean") if k in line.kinds), "")
        if "growth" in line.kinds or not (kind or _DENSITY.search(line.own)):
            continue
        values = _values(lines, place)
        readings: list[AnyReading] = []
        if kind in {"share", "rate"}:
            readings += _shares(line, values, wholes, kind)
            readings += _rates(line, values)
        else:
            readings += _per(line, values)
        if readings:
            yield Claim(line, 0, tuple(readings))


def _values(lines: Sequence[Line], place: int) -> list[Line]:
    """Return the values near a rate: those that share labels with it first, then the nearest."""
    own = lines[place]
    before = lines[max(place - 3 * _NEAR, 0) : place][::-1]
    after = lines[place + 1 : place + 1 + _NEAR]
    near = [line for line in (*before, *after) if not line.kinds & _RATES and line.label]
    shared = set(own.path) - {""}
    near.sort(key=lambda line: -len(shared & set(line.path)))
    return near[:_NEAR]


def _wholes(across: Sequence[Line]) -> Iterator[tuple[str, Mapping[Key, tuple[Line, ...]], bool]]:
    """Yield where the wholes of shares may stand: one total, the nearest total, all lines added.

    The last value tells whether it is the only total.
    """
    totals = [line for line in across if line.says.kind == "total" or _BASE.search(line.own)]
    for total in (*totals[:_WHOLES], *totals[_WHOLES:][-1:]):
        name = f"of {total.number}"
        yield name, {_key(line): (total,) for line in across}, len(totals) == 1
    if len(totals) > 1:
        for name, order in (("after", across[::-1]), ("before", across)):
            near: Line | None = None
            found: dict[Key, tuple[Line, ...]] = {}
            for line in order:
                near = line if line in totals else near
                if near is not None:
                    found[_key(line)] = (near,)
            yield f"of total {name}", found, False
    if not totals and 1 < len(across) <= 1000:
        yield "of all", {_key(line): tuple(across) for line in across}, False


def _key(line: Line) -> Key:
    return line.number, line.shift


def _shares(
    own: Line,
    values: Sequence[Line],
    wholes: Sequence[tuple[str, Mapping[Key, tuple[Line, ...]], bool]],
    kind: str,
) -> Iterator[AnyReading]:
    for nth, value in enumerate(values[:_PAIRS]):
        for name, places, only in wholes:
            near = nth == 0 and (kind == "share" or (only and is_portion(own.own)))
            sure = only and kind == "share"
            trust = (Trust.PROMISED if sure else Trust.LIKELY) if near else Trust.POSSIBLE
            style = f"share {value.number - own.number} {name}"
            yield ShareReading(own, value, places, trust=trust, style=style)
            yield ShareReading(own, value, places, Decimal(1), style=f"{style} part")


def _rates(own: Line, values: Sequence[Line]) -> Iterator[AnyReading]:
    scale, stem = _scale(own), _STEM.sub("", bare(own.own))
    named = _named(own, values)
    for part, over in named:
        trust = Trust.PROMISED if len(named) == 1 else Trust.LIKELY
        yield RatioReading(
            "percentage", own, (part,), (over,), (), scale, trust=trust, style="named"
        )
    for value, whole in permutations(values[:_PAIRS], 2):
        style = f"rate {value.number - own.number} {whole.number - own.number}"
        likely = len(values) == 2 or (stem and stem in bare(value.own))
        trust = Trust.LIKELY if likely else Trust.POSSIBLE
        yield RatioReading(
            "percentage", own, (value,), (whole,), (), scale, trust=trust, style=style
        )
        part_of_one = RatioReading("percentage", own, (value,), (whole,), (), Decimal(1))
        yield replace(part_of_one, style=f"{style} part")


def _scale(own: Line) -> Decimal:
    """Return what a rate is taken of: 100, or what its label says (`‰`, `人口10万対`)."""
    label = fold(own.label[:80]) + own.unit
    if found := _PER.search(label):
        return Decimal(found[1] or 1) * _POWERS[found[2]]
    return Decimal(1000) if "‰" in label else Decimal(100)


def _named(own: Line, values: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Return numerator and denominator where labels name them: 分子 and 分母, 合格者 and 受験者.

    Where several are so named, all pairs.
    """
    top = [line for line in values if "numerator" in line.kinds]
    bottom = [line for line in values if "denominator" in line.kinds]
    if len(top) == len(bottom) == 1:
        return [(top[0], bottom[0])]
    label = bare(own.own)
    for words, above, below in _WORDS:
        if not re.search(words, label):
            continue
        top = [each for each in values if _is_counted(each.own, above)]
        bottom = [line for line in values if re.search(below, line.own) and line not in top]
        if top and bottom:
            return list(product(top, bottom))
    return []


def _is_counted(label: str, words: str) -> bool:
    """Tell whether a label has words and does not deny them: 実施, not 未実施."""
    return re.search(words, label) is not None and not _NEGATED.match(bare(label))


def _per(own: Line, values: Sequence[Line]) -> Iterator[AnyReading]:
    """Yield amounts over counts, whatever their units: thousands of yen over pieces, in yen."""
    for value, count in permutations(values[:_PAIRS], 2):
        fitting = scale_of(value.unit) / scale_of(own.unit)
        for scale in dict.fromkeys((fitting, *_SCALES)):
            likely = (len(values) == 2 or _counts(own, count)) and scale == fitting
            yield RatioReading(
                "mean",
                own,
                (value,),
                (count,),
                (),
                scale,
                trust=Trust.LIKELY if likely else Trust.POSSIBLE,
                style=f"per {value.number - own.number} {count.number - own.number} {scale}",
            )


def _counts(own: Line, count: Line) -> bool:
    """Tell whether a line counts what a mean is per: 受験者 of 1人当たり, 日数 of 1日平均."""
    each = _EACH.search(fold(own.own[:80]))
    if each is None:
        return False
    unit = "人" if each[1] == "名" else each[1]
    return unit in {count.unit, measure(count.own)} or unit in bare(count.own)
