"""What everybody may see, and when nobody is shown anything."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

import kpicli
from kpicli.base.errors import NotFinal
from kpicli.model.figures import Figure
from kpicli.model.summary import Series, Summary
from kpicli.model.value import Status, Value
from kpicli.report.editions import public_summary, require_final
from support.periods import parse
from support.report_fixtures import TOP, Make
from support.root import ROOT
from support.small_project import TODAY, Project


def test_a_public_summary_holds_no_account(sample: Summary) -> None:
    """No files, sources, findings, remarks, rules or memos, and nothing that a run is known by."""
    public = public_summary(sample)
    assert (public.files, public.sources, public.faults, public.accounting) == ((), (), (), ())
    assert (public.catalogue_hash, public.version) == ("", "")
    assert {figure.kind for figure in public.figures} == {"total", "part"}
    assert {head.remarks for head in public.kpis.values()} == {()}
    kept = [f for f in sample.figures if f.kpi in public.kpis and f.kind in ("total", "part")]
    values = [(f.key, f.value, f.targets, *_compared(f)) for f in kept]
    shown = [(f.key, f.value, f.targets, *_compared(f)) for f in public.figures]
    assert shown == values, "what is shown is what was counted"
    origins = [c.origin for figure in public.figures for c in figure.comparisons]
    assert {origin.kind for origin in origins} == {"computed", "entered"}
    assert {(origin.source, origin.note, origin.on) for origin in origins} == {("", "", None)}


def _compared(figure: Figure) -> list[tuple[str, Value, int | Decimal | None]]:
    return [(c.kind, c.value, c.change) for c in figure.comparisons]


def test_what_is_not_public_is_gone(sample: Summary) -> None:
    """With all its figures."""
    heads = {name: replace(head, public=name != "voices") for name, head in sample.kpis.items()}
    public = public_summary(replace(sample, kpis=heads))
    assert set(sample.kpis) - set(public.kpis) == {"voices"}
    assert "voices" not in {figure.kpi for figure in public.figures}


def test_figures_that_are_final_are_let_through(sample: Summary) -> None:
    """Nothing is said of them."""
    require_final(sample)


@pytest.mark.parametrize("compared", [False, True])
@pytest.mark.parametrize("status", [Status.PARTIAL, Status.PROVISIONAL])
def test_figures_in_doubt_are_refused(sample: Summary, status: Status, compared: bool) -> None:
    """Their own values, and those of the periods that they are compared with; exit code 5."""
    figure = next(f for f in sample.figures if f.kpi == "voices" and f.kind == "total")
    value = replace(figure.value, status=status, faulty_rows=2)
    if compared:
        first, *others = figure.comparisons
        changed = replace(figure, comparisons=(replace(first, value=value), *others))
    else:
        changed = replace(figure, value=value)
    figures = tuple(changed if f is figure else f for f in sample.figures)
    with pytest.raises(NotFinal) as refused:
        require_final(replace(sample, figures=figures))
    said = "お客様の声(前期) " if compared else "お客様の声 "
    assert said in refused.value.message.ja
    assert "要確認(2件)" in refused.value.message.ja
    assert refused.value.exit_code == 5
    assert refused.value.hint is not None
    assert "--allow-doubt" in refused.value.hint.en


def test_a_public_report_of_figures_in_doubt(make: Make, project: Project) -> None:
    """It is refused; the internal one is not."""
    project.export("voices", ["V9,2025/9/31,損保,感謝,,"])
    with pytest.raises(NotFinal):
        make(TOP, edition="public")
    assert make(TOP, edition="internal")


def test_a_trend_holds_what_is_public_alone() -> None:
    """Neither series of KPIs that are not public, nor of rules and memos."""
    summary = kpicli.summarize(
        "2025H1", trend=2, kpis=["voices", "missed_responses"], config=ROOT / "kpicli.toml",
        today=TODAY,
    )  # fmt: skip
    kinds = {series.own.kind for series in summary.trend}
    assert kinds == {"total", "part", "rule", "memo"}
    heads = {name: replace(head, public=name != "voices") for name, head in summary.kpis.items()}
    public = public_summary(replace(summary, kpis=heads))
    assert {series.own.kpi for series in public.trend} == {"missed_responses"}
    assert {series.own.kind for series in public.trend} == {"total", "part"}


def test_a_trend_is_as_public_as_its_figures(sample: Summary) -> None:
    """Rules and KPIs that are not public are not in it, and a period in doubt is refused."""
    value = next(f for f in sample.figures if f.kpi == "voices" and f.kind == "total")
    rule = next(f for f in sample.figures if f.kind == "rule")
    hidden = next(f for f in sample.figures if f.kpi == "doubtful_closures")
    earlier = replace(value, period=parse("2024H1"))
    kept = Series((earlier, value))
    series = (*(Series((each, each)) for each in (rule, hidden)), kept)
    public = public_summary(replace(sample, trend=series))
    assert public.trend == (kept,)
    require_final(public)
    doubtful = replace(earlier, value=replace(value.value, status=Status.PARTIAL))
    with pytest.raises(NotFinal, match=r"\(FY2024H1\)"):
        require_final(replace(public, trend=(Series((doubtful, value)),)))


def test_many_doubts_are_counted(sample: Summary) -> None:
    """The first are named, each KPI once, and how many there are besides."""
    figures = tuple(
        replace(f, value=replace(f.value, status=Status.PARTIAL)) for f in sample.figures
    )
    with pytest.raises(NotFinal) as refused:
        require_final(public_summary(replace(sample, figures=figures)))
    assert refused.value.message.en.endswith(", and 20 more")
    assert refused.value.message.ja.count("一部のみ") == 8
    assert refused.value.message.ja.endswith("、ほか20指標")
