"""The bench: one file of bytes through load and count, and what has to hold whatever is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kpicli.base.errors import EncodingError, InputError
from kpicli.catalog.sources.source import Source
from kpicli.loaders.cells.raw_table import RawTable
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.load import load
from kpicli.loaders.text.encoding import read_encoding
from kpicli.loaders.text.exact_reader import read_exact
from kpicli.loaders.text.layout import HEAD, find_layout
from kpicli.model.accounting import SourceAccounting
from kpicli.model.figures import Figure
from kpicli.model.periods import Period
from kpicli.model.summary import Summary
from kpicli.output.formats import Options, render
from kpicli.output.summary.answer import summary_answer
from kpicli.run.summary import summarize
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings, read_settings

TODAY = date(2025, 11, 1)
COUNTS = ("read", "usable", "duplicate", "superseded", "not_data", "faulty")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its Summary, or the error that ended the run."""

    summary: Summary | None = None
    error: InputError | None = None


@dataclass
class Bench:
    """A folder in which one file at a time is counted; the settings are read once per source."""

    folder: Path
    _settings: dict[tuple[str, str], tuple[Settings, Request]] = field(default_factory=dict)

    def run(self, source: str, suffix: str, content: bytes) -> Outcome:
        """Count `content` as an export of `source`; anything but `InputError` is let through."""
        settings, request = self._prepared(source, suffix)
        (self.folder / source / f"export{suffix}").write_bytes(content)
        try:
            summary = summarize(settings, request, TODAY)
        except InputError as error:
            return Outcome(error=error)
        return Outcome(summary)

    def check(self, source: str, suffix: str, content: bytes) -> Outcome:
        """Run `content` and assert all that has to hold of its outcome."""
        outcome = self.run(source, suffix, content)
        if outcome.error is not None:
            check_error(outcome.error, f"export{suffix}")
            return outcome
        assert outcome.summary is not None
        check_summary(outcome.summary)
        if suffix != ".xlsx":
            self._check_against_exact(source, suffix)
        return outcome

    def render(self, summary: Summary) -> None:
        """Render the Summary for people and for programs; no terminal control may come through."""
        for name in ("table", "csv", "json"):
            text = render(name, summary_answer(summary), Options())
            assert isinstance(text, str)
            assert "\x1b" not in text, f"an escape sequence in {name}"

    def _prepared(self, source: str, suffix: str) -> tuple[Settings, Request]:
        if (source, suffix) not in self._settings:
            project = self.folder / source
            project.mkdir(exist_ok=True)
            file = project / f"kpicli{suffix}.toml"
            entry = f'{{ files = "export{suffix}", covers = "2024-04..2025-09" }}'
            file.write_text(f"[exports]\n{source} = {entry}\n", encoding="utf-8")
            settings = read_settings(file)
            period = Period.parse("2025H1", fiscal=settings.fiscal, today=TODAY)
            kpis = tuple(k.id for k in settings.catalog.kpi.values() if k.source == source)
            self._settings[source, suffix] = settings, Request(period, kpis)
        return self._settings[source, suffix]

    def _check_against_exact(self, source: str, suffix: str) -> None:
        """Assert that the exact reader finds the same cells at the same places."""
        settings, _ = self._prepared(source, suffix)
        dataset = load(settings, (source,), TODAY)[source]
        exact = exact_table(self.folder / source / f"export{suffix}", dataset.source)
        assert same_cells(dataset.tables[0], exact), "the two readers disagree"


def exact_table(path: Path, source: Source) -> RawTable:
    """Return the file as the exact reader has it."""
    file = ExportFile(str(path), path.name, HeldContent(path.read_bytes()))
    text = read_encoding(file, source)
    layout = find_layout(text.content[:HEAD].decode(text.codec, "ignore"), source)
    assert layout is not None
    return read_exact(file, source, text, layout)


def same_cells(one: RawTable, other: RawTable) -> bool:
    """Tell whether two readings of a file agree in every declared cell and every line number."""
    return (
        one.rows == other.rows
        and one.headers == other.headers
        and all(_cells(one, name) == _cells(other, name) for name in one.headers)
        and all(one.place(row, None) == other.place(row, None) for row in range(one.rows))
    )


def _cells(table: RawTable, name: str) -> list[object]:
    return list(table.column_cells(range(table.rows), [name])[0])


def check_error(error: InputError, name: str) -> None:
    """Assert that an error says which file it speaks of and what to do, in both languages."""
    assert error.exit_code == 4
    assert error.hint is not None, f"no hint: {error.message.en}"
    for text in (error.message.ja, error.message.en):
        assert name in text, f"no file named: {text}"
    if isinstance(error, EncodingError):
        assert error.hint.ja


def check_summary(summary: Summary) -> None:
    """Assert that every row is accounted for: per file, per source, per KPI, per figure."""
    for report in summary.sources:
        own = report.accounting
        files = [file.accounting for file in summary.files if file.source == report.id]
        assert own.read == sum(getattr(own, name) for name in COUNTS[1:])
        assert all(getattr(own, name) == _sum(files, name) for name in COUNTS)
        for kpi in summary.accounting:
            if kpi.source == report.id:
                assert (kpi.usable, kpi.faulty) == (own.usable, own.faulty), kpi
    for head in summary.kpis.values():
        figures = [figure for figure in summary.figures if figure.kpi == head.id]
        if head.additive:
            _check_parts(figures)
    _check_faults(summary)


def _sum(files: Sequence[SourceAccounting], name: str) -> int:
    return sum(int(getattr(file, name)) for file in files)


def _check_parts(figures: Sequence[Figure]) -> None:
    """Assert that the parts of a count make its total."""
    total = [f.value.number for f in figures if f.kind == "total" and f.value.numerator is None]
    parts = [f.value.number for f in figures if f.kind in ("part", "rule")]
    if len(total) == 1 and parts and None not in (*total, *parts):
        assert sum(part for part in parts if part is not None) == total[0], figures


def _check_faults(summary: Summary) -> None:
    """Assert that every row that is faulty as a whole is named, and that places are in their file.

    A fault of the key (D2…) makes its row faulty; one of a cell does where the cell is of the key.
    """
    named: Mapping[str, set[tuple[str, int | None]]] = {r.id: set() for r in summary.sources}
    keyless: Mapping[str, set[tuple[str, int | None]]] = {r.id: set() for r in summary.sources}
    for fault in summary.faults:
        for number in (fault.place.row, fault.place.line):
            assert number is None or number >= 1, fault
        if fault.level == "fault":
            named[fault.source].add((fault.place.file, fault.place.row))
            if fault.kind.code.startswith("D2"):
                keyless[fault.source].add((fault.place.file, fault.place.row))
    for report in summary.sources:
        faulty = report.accounting.faulty
        least, most = len(keyless[report.id]), len(named[report.id])
        assert least <= faulty <= most, f"{faulty} faulty, named {named[report.id]}"
