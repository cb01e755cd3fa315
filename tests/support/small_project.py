"""A project of a few rows in a temporary folder: real bytes, real settings, the public API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import kpicli
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.accounting import KpiAccounting
from kpicli.model.figures import Figure
from kpicli.model.periods import ComparisonKind
from kpicli.model.summary import Summary
from kpicli.model.value import Value

TODAY = date(2025, 11, 1)
"""A day after 2025H1 has ended; a test that needs another says so."""

HEADERS = {
    "voices": "受付番号,受付日,商品区分,声の区分,チーム,改善日",
    "responses": "案件番号,受付日,案件種別,商品区分,ステータス,対応期限,完了日,点検結果,発覚日",
    "elderly": "対応番号,対応日,商品区分,対応方法,公的保険制度の説明,納得して契約",
    "proposals": "点検番号,点検日,商品区分,点検結果,意向確認ナビ",
    "meetings": "会議番号,開催日,会議名",
    "trainings": "研修番号,実施日,テーマ,形式,受講者,回次,点数,合否",
    "qualifications": "受験日,受験者,資格名,科目,合否",
    "explanations": "記録番号,説明日,顧客番号,制度,成約,商品区分,担当者",
    "renewals": "証券番号,発送日,種目,発送前の対話,継続",
    "staff": "職員番号,チーム,在籍開始日,在籍終了日",
}
"""The header row that `Project.export` writes above a source's rows."""


@dataclass
class Project:
    """A folder with exports and a kpicli.toml, which is written when it is first needed."""

    folder: Path
    exports: dict[str, list[str]] = field(default_factory=dict)
    top: str = ""
    tables: str = ""

    def export(
        self,
        source: str,
        rows: Sequence[str],
        *,
        covers: str | None = "2024-04..2025-09",
        header: str | None = None,
        options: str = "",
    ) -> "Project":
        """Add a CSV file of a source, its rows given as lines; several make several files."""
        name = f"{source}{len(self.exports.get(source, ()))}.csv"
        text = "\n".join((HEADERS[source] if header is None else header, *rows, ""))
        (self.folder / name).write_bytes(text.encode())
        declared = "" if covers is None else f', covers = "{covers}"'
        entry = f'{{ files = "{name}"{declared}{options} }}'
        self.exports.setdefault(source, []).append(entry)
        return self

    def toml(self, text: str) -> "Project":
        """Add tables to kpicli.toml, or keys that belong above all tables."""
        if text.startswith("["):
            self.tables += text + "\n"
        else:
            self.top += text + "\n"
        return self

    @property
    def config(self) -> Path:
        """Write kpicli.toml and return its path."""
        entries = [f"{name} = [{', '.join(files)}]" for name, files in self.exports.items()]
        file = self.folder / "kpicli.toml"
        file.write_text("\n".join([self.top, "[exports]", *entries, self.tables]), encoding="utf-8")
        return file

    def load(self, source: str) -> Dataset:
        """Return the dataset of one source."""
        return kpicli.load(source, config=self.config, today=TODAY)[source]

    def summarize(
        self,
        kpi: str,
        period: str = "2025H1",
        *,
        by: str | None = None,
        compare: Sequence[ComparisonKind] = (),
        as_of: date | None = None,
        today: date = TODAY,
    ) -> "Result":
        """Return what kpicli finds out about one KPI."""
        summary = kpicli.summarize(
            period,
            kpis=[kpi],
            by=by,
            compare=compare,
            as_of=as_of,
            config=self.config,
            today=today,
        )
        return Result(summary)


@dataclass(frozen=True)
class Result:
    """A Summary of one KPI, and short ways to its figures."""

    summary: Summary

    def figure(self, item: str | None = None, group: str | None = None) -> Figure:
        """Return the one figure of an item (the total: None) in a group (outside any: None)."""
        found = [f for f in self.summary.figures if (f.item, f.group) == (item, group)]
        assert len(found) == 1, f"{len(found)} figures of {item!r} in {group!r}"
        return found[0]

    def value(self, item: str | None = None, group: str | None = None) -> Value:
        """Return the value of that figure."""
        return self.figure(item, group).value

    def number(self, item: str | None = None, group: str | None = None) -> int | Decimal | None:
        """Return the number of that figure."""
        return self.value(item, group).number

    def items(self, kind: str = "part") -> dict[str | None, int | Decimal | None]:
        """Return the numbers of a kind (part, rule, memo) outside any group, in shown order."""
        figures = [f for f in self.summary.figures if f.kind == kind and f.group is None]
        return {figure.item: figure.value.number for figure in figures}

    def groups(self) -> dict[str | None, int | Decimal | None]:
        """Return the totals of the groups, in shown order."""
        figures = [f for f in self.summary.figures if f.kind == "total" and f.group is not None]
        return {figure.group: figure.value.number for figure in figures}

    @property
    def accounting(self) -> KpiAccounting:
        """Return the row accounting of the KPI in its own source."""
        return self.summary.accounting[0]

    @property
    def remarks(self) -> list[str]:
        """Return the English remarks on the KPI."""
        return [text.en for head in self.summary.kpis.values() for text in head.remarks]

    @property
    def target(self) -> str | None:
        """Return how the total's target stands; None where none belongs to the period."""
        judged = self.figure().target
        return None if judged is None else judged.status.value


def places(dataset: Dataset, code: str) -> list[tuple[str, int | None, str | None]]:
    """Return file, row and column of every finding of a kind."""
    return [
        (fault.place.file, fault.place.row, fault.place.column)
        for fault in dataset.faults
        if fault.kind.code == code
    ]


def codes(dataset: Dataset) -> dict[str, int]:
    """Return how many rows each kind of finding speaks of."""
    found: dict[str, int] = {}
    for fault in dataset.faults:
        found[fault.kind.code] = found.get(fault.kind.code, 0) + fault.count
    return found


def accounted(dataset: Dataset) -> Mapping[str, int]:
    """Return the source's row accounting, zeros left out."""
    own = dataset.accounting
    names = ("read", "usable", "duplicate", "superseded", "not_data", "faulty")
    return {name: getattr(own, name) for name in names if getattr(own, name)}
