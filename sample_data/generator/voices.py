"""お客様の声: who said what, when, and what came of it, over three halves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from generator.chance import Chance
from generator.days import DAY_AFTER, H1_2024, H1_2025, H2_2024, Span, days_in, working_days
from generator.people import TEAM_OF_LINE
from generator.voice_texts import done, said


@dataclass(slots=True)
class Voice:
    """One voice; the dates of what follows are filled in later."""

    number: str
    received: date
    line: str
    category: str
    staff: str
    content: str
    improved: date | None = None
    improvement: str = ""
    reported: date | None = None
    insurer_improved: date | None = None


LINES = {
    H1_2024: {"生保": 72, "損保": 163, "団体": 25},
    H2_2024: {"生保": 118, "損保": 247, "団体": 41},
    H1_2025: {"生保": 198, "損保": 575, "団体": 68},
}
CATEGORIES = {
    H1_2024: {"感謝": 214, "不満": 33, "要望": 9, "その他": 4},
    H2_2024: {"感謝": 330, "不満": 58, "要望": 12, "その他": 6},
    H1_2025: {"感謝": 720, "不満": 97, "要望": 16, "その他": 8},
}
AFTER = Span(DAY_AFTER, date(2025, 10, 8))
"""The days between the end of 2025H1 and the last export."""
FIRST_EXPORT = date(2025, 6, 30)
"""The newest day that the April to June export knows of."""

Picked = Callable[[Voice], bool]


def make_voices() -> list[Voice]:
    """Return all voices from 2024-04-01 to 2025-10-01, in order of reception."""
    chance = Chance("voices")
    voices = [voice for half in LINES for voice in _half(chance, half)]
    voices += [_voice(chance, DAY_AFTER, "損保", "感謝") for _ in range(4)]
    for place, voice in enumerate(voices, start=1):
        voice.number = f"V{voice.received:%y}{place:05}"
    _improve(chance, voices)
    _report(chance, voices)
    _insurers_improve(chance, voices)
    return voices


def _half(chance: Chance, half: Span) -> list[Voice]:
    lines, categories = chance.dealt(LINES[half]), chance.dealt(CATEGORIES[half])
    days = days_in(chance, half, len(lines))
    return [
        _voice(chance, day, line, category)
        for day, line, category in zip(days, lines, categories, strict=True)
    ]


def _voice(chance: Chance, day: date, line: str, category: str) -> Voice:
    return Voice("", day, line, category, chance.pick(TEAM_OF_LINE[line]), said(chance, category))


def _follow(chance: Chance, voice: Voice, span: Span) -> date | None:
    """Return a day in `span`, 3 to 100 days after `voice`, that its export still knows of."""
    latest = min(span.last, voice.received + timedelta(100))
    if H1_2025.first <= voice.received < date(2025, 6, 1):
        latest = min(latest, FIRST_EXPORT)
    window = Span(max(span.first, voice.received + timedelta(3)), latest)
    days = working_days(window) if window.first <= window.last else []
    return chance.pick(days) if days else None


def _mark(
    chance: Chance, voices: list[Voice], name: str, span: Span, number: int, picked: Picked
) -> None:
    """Give `number` of the voices that fit a day in `span` under the attribute `name`."""
    fitting = [v for v in voices if picked(v) and getattr(v, name) is None]
    chosen = 0
    for voice in chance.shuffled(fitting):
        day = _follow(chance, voice, span) if chosen < number else None
        if day is not None:
            setattr(voice, name, day)
            chosen += 1
    if chosen < number:
        raise ValueError(f"{name}: {number} wanted in {span}, {chosen} found")


def _received(span: Span, category: str) -> Picked:
    return lambda v: span.first <= v.received <= span.last and v.category == category


def _improve(chance: Chance, voices: list[Voice]) -> None:
    june = Span(date(2025, 6, 1), FIRST_EXPORT)
    summer = Span(date(2025, 7, 1), H1_2025.last)
    spring = Span(H1_2025.first, FIRST_EXPORT)
    autumn = Span(date(2025, 9, 1), H1_2025.last)
    plan = [
        (H1_2024, H1_2024, "不満", 6),
        (H1_2024, H2_2024, "不満", 3),
        (H2_2024, H2_2024, "不満", 8),
        (H2_2024, spring, "不満", 4),
        (june, summer, "不満", 4),
        (summer, summer, "不満", 2),
        (spring, spring, "不満", 4),
        (autumn, AFTER, "不満", 3),
        (H1_2025, H1_2025, "要望", 2),
    ]
    for received, improved, category, number in plan:
        _mark(chance, voices, "improved", improved, number, _received(received, category))
    for voice in voices:
        voice.improvement = done(chance) if voice.improved else ""


def _of_line(span: Span, line: str) -> Picked:
    return lambda v: (
        span.first <= v.received <= span.last and v.line == line and v.category != "感謝"
    )


def _report(chance: Chance, voices: list[Voice]) -> None:
    june = Span(date(2025, 6, 1), FIRST_EXPORT)
    july = Span(date(2025, 7, 1), date(2025, 7, 31))
    plan = [
        (H1_2024, H1_2024, "生保", 4),
        (H1_2024, H1_2024, "団体", 1),
        (H1_2024, H2_2024, "生保", 1),
        (H2_2024, H2_2024, "生保", 5),
        (H2_2024, H2_2024, "団体", 2),
        (H2_2024, H1_2025, "生保", 1),
        (june, july, "生保", 1),
        (H1_2025, H1_2025, "生保", 7),
        (H1_2025, H1_2025, "団体", 2),
        (Span(date(2025, 9, 1), H1_2025.last), AFTER, "損保", 1),
    ]
    for received, reported, line, number in plan:
        _mark(chance, voices, "reported", reported, number, _of_line(received, line))


def _insurers_improve(chance: Chance, voices: list[Voice]) -> None:
    """Insurers improve what was reported, up to a year later, so halves differ from reports."""
    plan = [(H1_2024, H2_2024, "生保", 2), (H1_2024, H1_2025, "団体", 1)]
    plan += [(H2_2024, H1_2025, "生保", 3), (H2_2024, H1_2025, "団体", 2)]
    plan += [(H1_2025, H1_2025, "生保", 2), (H1_2025, H1_2025, "団体", 2)]
    for reported, improved, line, number in plan:
        told = [
            v
            for v in voices
            if v.line == line and v.reported and reported.first <= v.reported <= reported.last
        ]
        open_ones = [v for v in told if v.insurer_improved is None]
        for voice in chance.some(open_ones, number):
            voice.insurer_improved = _reply(chance, voice, improved)


def _reply(chance: Chance, voice: Voice, span: Span) -> date:
    assert voice.reported is not None
    last = span.last
    if H1_2025.first <= voice.received < date(2025, 6, 1):
        last = FIRST_EXPORT
    return chance.pick(working_days(Span(max(span.first, voice.reported), last)))
