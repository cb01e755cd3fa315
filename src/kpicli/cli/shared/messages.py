"""Messages to the person, on stderr: errors, faults in the data, warnings."""

import sys
from collections.abc import Hashable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpicli.base.errors import KpicliError
from kpicli.base.wording import ROWS, quantity
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.output.page.safety import plain

if TYPE_CHECKING:
    from kpicli.base.faults import Fault
    from kpicli.base.wording import Text
    from kpicli.model.figures import Figure
    from kpicli.model.summary import Guess, Summary

SHOWN_AT_MOST = 50
LINES_AT_MOST = 10
HANGING, LEAST_WIDTH = "  ", 30
"""What moves the further lines of a message in, on a terminal of that many columns at least."""


def show_message(line: str) -> None:
    """Write one message, made harmless for a terminal, to stderr, where that is open.

    On a terminal what is longer than a line goes on below, moved in.
    """
    if sys.stderr is None:
        return
    parts = [plain(part) for part in line.split("\n")]
    if sys.stderr.isatty():
        parts = [each for part in parts for each in _folded(part)]
    text = "\n".join(parts) + "\n"
    encoding = sys.stderr.encoding or "utf-8"
    with suppress(OSError):  # a message that cannot be written must not undo what was done
        sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()


def _folded(line: str) -> "list[str]":
    """Return a line as lines of the terminal's width, all but the first moved in."""
    from shutil import get_terminal_size

    from rich.cells import cell_len

    from kpicli.output.page.folding import fold

    width = get_terminal_size().columns
    if width < LEAST_WIDTH or cell_len(line) <= width:
        return [line]
    own = " " * (len(line) - len(line.lstrip(" ")))
    first, *others = fold(line.strip(" "), width - len(own) - len(HANGING), fill=True) or [""]
    return [own + first, *(own + HANGING + other for other in others)]


def show_error(error: KpicliError) -> None:
    """Write the error that ended the run, and what to do next."""
    show_message(say("エラー: ", "Error: ") + error.message.in_language(LANGUAGE))
    if error.hint is not None:
        show_message(say("対処: ", "Hint: ") + error.hint.in_language(LANGUAGE))


def show_faults(faults: "Iterable[Fault]", show_values: bool) -> None:
    """Write every fault and warning with its place, and how many a long list leaves out.

    What is alike in all but its row is one line, with the first row and the number of all; where
    values are shown each has its own.
    """
    worth = [fault for fault in faults if fault.level != "note"]
    worth.sort(key=lambda fault: fault.level != "fault")
    worth = worth if show_values else _grouped(worth)
    for fault in worth[:SHOWN_AT_MOST]:
        show_message(describe(fault, show_values))
    if len(worth) > SHOWN_AT_MOST:
        left = len(worth) - SHOWN_AT_MOST
        show_message(
            say(
                f"ほかに {left} 件あります(kpicli check -o faults.csv で全件が出ます)",
                f"{left} more (kpicli check -o faults.csv lists them all)",
            )
        )


def _grouped(faults: "Iterable[Fault]") -> "list[Fault]":
    """Return one fault for those of one kind, column and pair of files, in the order of firsts."""
    groups: dict[Hashable, list[Fault]] = {}
    for fault in faults:
        place, other = fault.place, fault.other
        pair = (other.file, other.sheet) if other is not None else None
        alike = (fault.kind.name, fault.source, place.file, place.sheet, place.column, pair)
        groups.setdefault((*alike, fault.detail), []).append(fault)
    return [replace(own[0], count=sum(fault.count for fault in own)) for own in groups.values()]


def show_warnings(summary: "Summary") -> None:
    """Tell what even who wants quiet must see: columns that are gone, rows that are far fewer."""
    for head in summary.kpis.values():
        for text in head.warnings:
            show_message(
                say("注意 ", "warning ")
                + f"{head.title.in_language(LANGUAGE)}: {text.in_language(LANGUAGE)}"
            )


def show_left_out(summary: "Summary") -> None:
    """Tell in a line how many KPIs are not shown, and how to see which."""
    if summary.left_out:
        show_message(
            say(
                f"出力がないので省いた指標が {summary.left_out} あります"
                "(一覧: kpicli kpis --all、選ぶには設定の kpis)",
                f"left out, as nothing is exported for them: {quantity(summary.left_out, 'KPI')} "
                "(kpicli kpis --all lists them, `kpis` in the settings chooses)",
            )
        )


def show_doubt(figures: "Iterable[Figure]", titles: "Mapping[str, Text]") -> None:
    """Name the KPIs that rows in doubt touch, here or in what they are compared with."""
    doubts: dict[str, int] = {}
    for figure in figures:
        values = (figure.value, *(other.value for other in figure.comparisons))
        rows = max(value.faulty_rows for value in values)
        doubts[figure.kpi] = max(rows, doubts.get(figure.kpi, 0))
    named = [
        f"{titles[name].in_language(LANGUAGE)} ({ROWS.after(str(rows), LANGUAGE)})"
        for name, rows in doubts.items()
        if rows
    ]
    if named:
        listed = say("、", ", ").join(named)
        show_message(
            say(
                f"要確認: 読めない値や空欄のある行があり、確定していません: {listed}。"
                "行は kpicli rows KPI --doubtful で見られます",
                f"to check: not final, as rows have unreadable or blank cells: {listed}. "
                "kpicli rows KPI --doubtful shows them",
            )
        )


def show_doubts(summary: "Summary") -> None:
    """Name the KPIs that rows in doubt touch, and the settings that nobody has confirmed."""
    show_doubt((each for each, _ in summary.figures_of_all_periods), summary.titles)
    show_guesses(summary.guesses)


def show_guesses(guesses: "Iterable[Guess]") -> None:
    """Say which settings are still guesses, where they stand, and how they are confirmed."""
    guesses = tuple(guesses)
    if not guesses:
        return
    lines = [str(line) for line in sorted({guess.line for guess in guesses if guess.line})]
    more = len(lines) > LINES_AT_MOST
    named = say("、", ", ").join(lines[:LINES_AT_MOST]) + (say("…", " …") if more else "")
    where = say(f"({named} 行)", f" (lines {named})") if lines else ""
    number = len(guesses)
    show_message(
        say(
            f"推測: 確かめていない設定が {number} あります{where}。"
            "違えば直し、設定の guesses からその行を消すと確定します",
            f"guesses: {quantity(number, 'setting')} not confirmed{where}. Correct what is wrong, "
            "and remove what is right from `guesses` in the settings",
        )
    )


def show_remarks(summary: "Summary") -> None:
    """Tell what a reader of bare figures would not know: why one has no data, what is missing.

    And of other periods which values people entered, from where.
    """
    from kpicli.output.page.legend import source_lines

    for head in summary.kpis.values():
        for remark in head.remarks:
            show_message(
                say("注意 ", "warning ")
                + f"{head.title.in_language(LANGUAGE)}: {remark.in_language(LANGUAGE)}"
            )
    for line in source_lines(summary, LANGUAGE, ("entered",)):
        show_message(say("注意 ", "note ") + line)


def describe(fault: "Fault", show_values: bool) -> str:
    """Return a fault in one line: level, place, what is wrong, what to do."""
    from kpicli.output.page.phrases import place_phrase

    level = say("不備", "fault") if fault.level == "fault" else say("注意", "warning")
    rows = say(f"({fault.count} 行)", f" ({fault.count} rows)") if fault.count > 1 else ""
    value = f" [{fault.value}]" if show_values and fault.value is not None else ""
    other = f" ({place_phrase(fault.other, LANGUAGE)})" if fault.other is not None else ""
    detail = f" ({fault.detail_in(LANGUAGE)})" if fault.detail else ""
    message = fault.kind.message.in_language(LANGUAGE) + detail
    advice = fault.kind.advice.in_language(LANGUAGE)
    place = place_phrase(fault.place, LANGUAGE)
    return f"{level} {fault.kind.code} {place}{other}{rows}: {message}{value} - {advice}"
