"""Random messy exports: never a traceback, sums that hold, and figures that a recount confirms.

The recount reads the same files by its own simple rules, written here and nowhere else.
"""

import csv
import io
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import kpicli
from kpicli.settings.settings import read_settings
from support.small_project import HEADERS, TODAY, Project

HEADER = "受付番号,受付日,商品区分,声の区分,内容"
DAYS = {
    "2025/4/1": date(2025, 4, 1),
    "令和7年4月1日": date(2025, 4, 1),
    "2025-05-31": date(2025, 5, 31),
    "R7.9.30": date(2025, 9, 30),
    "20250930": date(2025, 9, 30),
    "45930": date(2025, 9, 30),
    "2025/3/31": date(2025, 3, 31),
    "2025.10.1": date(2025, 10, 1),
    "２０２５年６月１５日": date(2025, 6, 15),
    "": None,
}
NO_DAYS = ("2025/9/31", "7/4/1", "4月1日", "不明", "19999")
LINES = {
    "生保": "生保",
    "生命保険": "生保",
    "損保": "損保",
    " 損害保険": "損保",
    "団体": "団体",
    "": None,
}
KINDS = {
    "感謝": "感謝",
    "お褒め": "感謝",
    "不満": "不満",
    "ご不満": "不満",
    "要望": "要望",
    "その他": "その他",
    "": None,
}
ODD = ("苦情", "火災", "?")
KEYS = ("V1", "V2", "V3", "Ｖ３", '="V4"', "V5", "V6", "V7", "", "1.23E+11")
FOLDED_KEYS = {"Ｖ３": "V3", '="V4"': "V4"}

ROW = st.tuples(
    st.sampled_from(KEYS),
    st.sampled_from((*DAYS, *NO_DAYS)),
    st.sampled_from((*LINES, *ODD)),
    st.sampled_from((*KINDS, *ODD)),
    st.sampled_from(("", "", "良い", "二行の\n内容", '"引用"、,', "合計")),
)
FILE = st.lists(ROW, max_size=12)

UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Voice:
    """A row as the recount reads it; a cell that it cannot read is `UNREADABLE` and its text."""

    key: str | None
    day: date | tuple[str, str] | None
    line: str | tuple[str, str] | None
    kind: str | tuple[str, str] | None
    content: str

    @property
    def faulty(self) -> bool:
        """Tell whether the key is missing, so that the row is faulty as a whole."""
        return self.key in {None, "1.23E+11"}

    @property
    def in_doubt(self) -> bool:
        """Tell whether it cannot be told if the row counts; only the content is not needed."""
        cells = (self.day, self.line, self.kind)
        unreadable = any(isinstance(cell, tuple) for cell in cells)
        return self.faulty or unreadable or self.line is None


def written(rows: list[tuple[str, ...]]) -> bytes:
    """Return the rows as a CSV file with a header."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADER.split(","), *rows])
    return text.getvalue().encode("cp932")


def is_id(cell: str) -> bool:
    """Tell whether a cell looks like a number of the ledger rather than like words."""
    return bool(re.fullmatch(r"[A-Za-z0-9_./:#-]+", unicodedata.normalize("NFKC", cell).strip()))


def read_back(content: bytes) -> Iterator[Voice]:
    """Yield the data rows of a file; blank and total rows and lone words are none."""
    rows = csv.reader(io.StringIO(content.decode("cp932"), newline=""))
    next(rows)
    for key, day, line, kind, text in rows:
        if not key and (text == "合計" or not (day or line or kind or text)):
            continue
        filled = [cell for cell in (key, day, line, kind, text) if cell.strip()]
        if len(filled) == 1 and not day.strip() and not is_id(filled[0]):
            continue  # a note: one cell that is no id, and no date
        yield Voice(
            FOLDED_KEYS.get(key, key) or None,
            DAYS.get(day, (UNREADABLE, day)),
            LINES.get(line, (UNREADABLE, line)),
            KINDS.get(kind, (UNREADABLE, kind)),
            " ".join(text.split()),
        )


def settled(files: list[list[Voice]]) -> tuple[list[Voice], int]:
    """Return the rows that count or are in doubt, and how many of them are in conflict."""
    by_key: dict[str, dict[Voice, list[int]]] = {}
    kept: list[Voice] = []
    undated = [lacks_dates(file) for file in files]
    for number, file in enumerate(files):
        for voice in file:
            if voice.key is None or voice.key == "1.23E+11":
                kept.append(untold(voice) if undated[number] else voice)
            else:
                by_key.setdefault(voice.key, {}).setdefault(voice, []).append(number)
    conflicts = 0
    for contents in by_key.values():
        latest = leaders(contents, [newest(file) for file in files], list(map(hides_dates, files)))
        if len(latest) == 1:
            (voice,) = latest
            if voice.day is None and any(isinstance(other.day, date) for other in contents):
                voice = untold(voice)  # a blank over a date tells nothing
            kept.append(untold(voice) if undated[contents[latest[0]][0]] else voice)
        else:
            kept += [
                Voice(None, untold(v).day if undated[n[0]] else v.day, v.line, v.kind, v.content)
                for v, n in contents.items()
            ]
            conflicts += len(contents)
    return kept, conflicts


def untold(voice: Voice) -> Voice:
    """Return a voice whose day, where it has none, is not known rather than not there."""
    return replace(voice, day=(UNREADABLE, "")) if voice.day is None else voice


def lacks_dates(file: list[Voice]) -> bool:
    """Tell whether all rows of a file have no date, or more than half of more than five."""
    blank = sum(voice.day is None for voice in file)
    return blank > 0 and (blank == len(file) or (blank > 5 and blank * 2 > len(file)))


def hides_dates(file: list[Voice]) -> bool:
    """Tell whether a file has more than five days, of which none can be read."""
    days = [voice.day for voice in file]
    unread = sum(isinstance(day, tuple) for day in days)
    return unread > 5 and not any(isinstance(day, date) for day in days)


def newest(file: list[Voice]) -> date:
    """Return the last day in a file."""
    return max((voice.day for voice in file if isinstance(voice.day, date)), default=date.min)


def leaders(contents: dict[Voice, list[int]], days: list[date], hidden: list[bool]) -> list[Voice]:
    """Return the content of the latest file; more than one where nothing says which counts."""
    files = [number for numbers in contents.values() for number in set(numbers)]
    if len(contents) == 1 or len(files) > len(set(files)):
        return list(contents)
    if any(hidden[number] for number in files):
        return list(
            contents
        )  # of a file none of whose days can be read nothing says how late it is
    latest = max(days[number] for number in files)
    return [v for v, numbers in contents.items() if any(days[n] == latest for n in numbers)]


def in_half(day: object) -> bool:
    """Tell whether a day lies in 2025H1."""
    return isinstance(day, date) and date(2025, 4, 1) <= day <= date(2025, 9, 30)


def recount(kept: list[Voice]) -> tuple[Counter[str], int]:
    """Return how many 損保 voices of 2025H1 there are per kind, and how many are in doubt."""
    parts: Counter[str] = Counter()
    doubts = 0
    for voice in kept:
        if isinstance(voice.line, str) and voice.line != "損保":
            continue
        if voice.day is None or (isinstance(voice.day, date) and not in_half(voice.day)):
            continue
        if voice.in_doubt:
            doubts += 1
        else:
            parts[str(voice.kind or "未記入")] += 1
    return parts, doubts


@settings(max_examples=100)
@given(FILE, FILE)
def test_a_recount_agrees_with_kpicli_on_any_two_exports(
    first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    """Number, parts, doubts and accounting are those of an independent count, whatever the mess."""
    contents = [written(first), written(second)]
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(contents):
            (Path(folder) / f"{number}.csv").write_bytes(content)
        project = Project(Path(folder))
        project.exports["voices"] = ['{ files = ["0.csv", "1.csv"], covers = "2025-04..2025-09" }']
        project.toml(
            '[kpi.own]\ntitle = "損保"\nsource = "voices"\nmeasure = "count"\n'
            'where = { line = "損保" }\nparts = { by = "category" }'
        )
        result = project.summarize("own", by="month")

    files = [list(read_back(content)) for content in dict.fromkeys(contents)]
    kept, conflicts = settled(files)
    parts, doubts = recount(kept)
    assert {item: n for item, n in result.items().items() if n} == parts
    total = None if doubts and not parts.total() else parts.total()
    assert (result.number(), result.value().faulty_rows) == (total, doubts)
    assert result.value().status == ("provisional" if doubts else "ok")
    assert sum(int(number or 0) for number in result.groups().values()) == parts.total()

    source = result.summary.sources[0].accounting
    assert source.read == source.usable + source.duplicate + source.superseded + (
        source.not_data + source.faulty
    )
    assert source.faulty == sum(voice.faulty for voice in kept)
    assert source.usable == sum(not voice.faulty for voice in kept)
    assert [f.kind.code for f in result.summary.faults].count("D202") == conflicts
    own = result.accounting
    assert own.usable + own.faulty == (
        own.counted + own.not_selected + own.no_date + own.out_of_period + own.undetermined
    )
    assert (own.counted, own.undetermined) == (parts.total(), doubts)


ANY_CELL = st.one_of(
    st.sampled_from((*KEYS, *DAYS, *NO_DAYS, *KINDS, *ODD, "①④", "②", "済", "取消", "漏れ", "有")),
    st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs")), max_size=5),
)


@settings(max_examples=25)
@given(st.data())
def test_any_cells_at_all_give_figures_and_sums_that_hold(data: st.DataObject) -> None:
    """Whatever stands in the cells, every KPI of the source gives a figure with its accounting."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        for source in ("responses", "elderly", "trainings", "explanations", "staff"):
            names = HEADERS[source].split(",")
            cells = st.lists(ANY_CELL, min_size=len(names), max_size=len(names))
            rows = data.draw(st.lists(cells, max_size=6), label=source)
            text = io.StringIO(newline="")
            csv.writer(text).writerows([names, *rows])
            (Path(folder) / f"{source}.csv").write_bytes(text.getvalue().encode("utf-8-sig"))
            project.exports[source] = [f'"{source}.csv"']
        by = data.draw(st.sampled_from((None, "month", "line")), label="by")
        summary = kpicli.summarize(
            "2025H1", by=by, compare=["previous", "year_ago"], config=project.config, today=TODAY
        )

    every = read_settings(None).catalog.kpi.values()
    exported = {kpi.id for kpi in every if set(kpi.sources) <= set(project.exports)}
    assert {figure.kpi for figure in summary.figures} == exported
    for source_report in summary.sources:
        own = source_report.accounting
        dropped = own.duplicate + own.superseded + own.not_data
        assert own.read == own.usable + own.faulty + dropped
    for row in summary.accounting:
        excluded = sum(number for _, number in row.excluded)
        gone = row.not_selected + row.no_date + row.out_of_period + excluded
        assert row.usable + row.faulty == row.counted + row.undetermined + gone
    for figure in summary.figures:
        missing = figure.value.status in {"no_data", "undefined"}
        assert (figure.value.number is not None) <= (not missing)
        assert figure.value.number is not None or missing or figure.value.faulty_rows
        assert not (figure.value.faulty_rows and figure.value.status in {"ok", "partial"})
