"""The answer of `kpis`: those that are shown, and if asked for, why others are not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.output.interface import Answer

if TYPE_CHECKING:
    from kpicli.catalog.composed import ComposedKpi
    from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
    from kpicli.output.data.records import Records
    from kpicli.output.interface import Json
    from kpicli.output.page.document import Document
    from kpicli.settings.settings import Settings

LEFT_OUT = Text("省いた理由", "Left out")
NOT_PUBLIC = Text(
    "公表する版に出ない(public = false)", "not in published editions (public = false)"
)
KPIS = Text("指標の一覧", "KPIs")


class _Listed(Struct, frozen=True):
    """A KPI of the list; `left_out` is why it is not shown, or not where figures are published."""

    kpi: "Kpi | ComposedKpi | EnteredKpi"
    left_out: Text | None = None

    @property
    def source(self) -> str | None:
        """Return its source; None where it is made of other KPIs or entered by hand."""
        return getattr(self.kpi, "source", None)

    @property
    def figures(self) -> tuple[str, ...]:
        """Return the KPIs that it is made of; none where it has a source or is entered by hand."""
        figures: tuple[str, ...] = getattr(self.kpi, "figures", ())
        return figures

    @property
    def version(self) -> int:
        """Return the version of its definition."""
        version: int = getattr(self.kpi, "version", 1)
        return version

    def reason(self, language: Language) -> str | None:
        """Return why it is not shown; None where it is."""
        return None if self.left_out is None else self.left_out.in_language(language)


def _kpis(settings: "Settings", *, everything: bool) -> tuple[_Listed, ...]:
    """Return the KPIs in the order of showing, after them, if asked for, those left out."""
    from kpicli.settings.shown import left_out, shown_kpis

    kpi_of = settings.catalog.any_kpi
    gone = left_out(settings) if everything else {}
    shown = [_shown(kpi_of(name), everything=everything) for name in shown_kpis(settings)]
    return (*shown, *(_Listed(kpi_of(name), why) for name, why in gone.items()))


def _shown(kpi: "Kpi | ComposedKpi | EnteredKpi", *, everything: bool) -> _Listed:
    return _Listed(kpi, NOT_PUBLIC if everything and not kpi.public else None)


def kpis_answer(settings: "Settings", *, everything: bool = False) -> Answer:
    """Return the KPIs that are shown as an answer; with `everything` also those left out."""
    listed = _kpis(settings, everything=everything)
    return Answer(
        title=KPIS,
        records=lambda options: _kpi_records(listed, options.language),
        document=lambda options: _kpi_document(listed, options.language),
        content=lambda options: {"kpis": [_kpi_object(each, options.language) for each in listed]},
    )


def _kpi_object(listed: _Listed, language: Language) -> "Json":
    kpi = listed.kpi
    return {
        "id": kpi.id,
        "title": kpi.title.in_language(language),
        "principles": list(kpi.principles),
        "unit": kpi.unit.in_language(language),
        "source": listed.source,
        "measure": kpi.measure,
        "version": listed.version,
        "note": None if kpi.note is None else kpi.note.in_language(language),
        "public": kpi.public,
        "better": kpi.better,
        "left_out": listed.reason(language),
        "figures": list(listed.figures),
    }


def _kpi_records(listed: Sequence[_Listed], language: Language) -> "Records":
    from kpicli.output.data.records import Records, columns

    heads = columns(
        id="text",
        title="text",
        principles="text",
        unit="text",
        source="text",
        measure="text",
        version="integer",
        note="text",
        public="text",
        better="text",
        left_out="text",
        figures="text",
    )
    rows = (
        (
            kpi.id,
            kpi.title.in_language(language),
            ";".join(kpi.principles),
            kpi.unit.in_language(language),
            each.source,
            kpi.measure,
            each.version,
            None if kpi.note is None else kpi.note.in_language(language),
            "true" if kpi.public else "false",
            kpi.better,
            each.reason(language),
            ";".join(each.figures) or None,
        )
        for each in listed
        for kpi in (each.kpi,)
    )
    return Records(heads, tuple(rows))


def _kpi_document(listed: Sequence[_Listed], language: Language) -> "Document":
    from kpicli.output.page.document import Line, one_listing

    names = (
        Text("id", "id"),
        Text("原則", "Principles"),
        Text("単位", "Unit"),
        Text("出力", "Source"),
        Text("測り方", "Measure"),
        Text("版", "Version"),
    )
    left_out = any(each.left_out is not None for each in listed)
    lines = [
        Line(
            0,
            kpi.title.in_language(language),
            (
                kpi.id,
                ",".join(kpi.principles),
                kpi.unit.in_language(language),
                each.source or ",".join(each.figures),
                kpi.measure,
                str(each.version),
                *((each.reason(language) or "",) if left_out else ()),
            ),
        )
        for each in listed
        for kpi in (each.kpi,)
    ]
    heads = (*names, LEFT_OUT) if left_out else names
    item, columns = Text("名称", "Title"), [head.in_language(language) for head in heads]
    return one_listing(item.in_language(language), columns, [("", lines)])
