"""`kpicli site`: every published period as static pages, with an index, trends and data files."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpicli.base.errors import ExitCode, SettingsError
from kpicli.base.storage import cannot_write
from kpicli.base.wording import Language, Text, quantity
from kpicli.cli.shared.completion import complete_period
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import refuse_own_files
from kpicli.cli.shared.language import say
from kpicli.cli.shared.messages import show_doubts, show_faults, show_message, show_warnings
from kpicli.cli.shared.options import (
    PUBLISHED_BESIDE,
    AllowDoubtOption,
    ShowValuesOption,
    TrendOption,
)
from kpicli.cli.shared.outcome import exit_code
from kpicli.cli.shared.output import write_file
from kpicli.cli.shared.progress import reading_progress
from kpicli.settings.arguments import parse_names
from kpicli.settings.request import WrittenRequest

if TYPE_CHECKING:
    from kpicli.model.periods import Period
    from kpicli.model.summary import Summary
    from kpicli.report.model import Report
    from kpicli.report.page.site import Entry
    from kpicli.settings.settings import Settings

TREND = "5"
"""How many periods the page of trends has, where nothing else is said."""

FolderArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER", help=say("ページを書くフォルダー", "The folder that the pages go to")
    ),
]
SitePeriodOption = Annotated[
    list[str] | None,
    typer.Option(
        "--period",
        "-p",
        metavar="P",
        autocompletion=complete_period,
        help=say(
            "この期間だけ(繰り返し、またはコンマ区切り。既定: 文章のあるすべて)",
            "Only this period (repeat, or a,b; default: all that have words)",
        ),
    ),
]


def site(
    context: typer.Context,
    folder: FolderArgument,
    period: SitePeriodOption = None,
    trend: TrendOption = None,
    allow_doubt: AllowDoubtOption = False,
    show_values: ShowValuesOption = False,
) -> None:
    """Write every published period as static pages, with an index, trends and data files."""
    settings = common(context).settings_with_exports()
    day = today(settings)
    wanted = parse_names(period, "--period")
    entries = _entries(settings, wanted, day)
    own = settings.values.report.trend
    number = trend or (TREND if own is None else str(own))
    counted = {entry.period: _count(settings, entry.period, number, day) for entry in entries}
    summaries = _with_data(counted, leave_out=not wanted)
    entries = tuple(entry for entry in entries if entry.period in summaries)
    files = dict(_files(settings, entries, summaries, allow_doubt=allow_doubt))
    for name in files:
        refuse_own_files(
            folder / name, settings.folder, settings.patterns, settings.protected_paths
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(str(folder), error) from None
    for name, content in files.items():
        write_file(folder / name, content)
    show_message(
        say(
            f"{folder} に {len(files)} ファイルを書きました(入口: index.html)",
            f"wrote {quantity(len(files), 'file')} to {folder} (begin at index.html)",
        )
    )
    raise typer.Exit(_told(summaries, show_values=show_values))


def _entries(settings: "Settings", wanted: tuple[str, ...], day: date) -> "tuple[Entry, ...]":
    """Return the periods that have words, the latest first, with the languages of the words."""
    from kpicli.model.periods import Period
    from kpicli.report.narrative.files import narrative_file, narrative_periods
    from kpicli.report.page.site import Entry

    chosen = tuple(Period.parse(name, fiscal=settings.fiscal, today=day) for name in wanted)
    periods = chosen or tuple(narrative_periods(settings, day))
    if not periods:
        raise SettingsError(
            Text("文章のある期間がありません", "no period has words"),
            Text(
                "kpicli report --draft --period P で下書きを作ってください",
                "make a draft by kpicli report --draft --period P",
            ),
        )
    published = settings.values.report.published_on
    entries = []
    for each in sorted(set(periods), key=lambda p: (p.start, p.end), reverse=True):
        ja, en = (narrative_file(settings, each.name, lang) for lang in _LANGUAGES)
        languages: tuple[Language, ...] = _LANGUAGES if en != ja else ("ja",)
        entries.append(Entry(each, published.get(each.name), languages))
    return tuple(entries)


_LANGUAGES: tuple[Language, Language] = ("ja", "en")


def _count(settings: "Settings", period: "Period", number: str, day: date) -> "Summary":
    from kpicli.run.summary import summarize

    words = WrittenRequest(period.name, by="month", compare=PUBLISHED_BESIDE, trend=number)
    with reading_progress() as reporter:
        return summarize(settings, words.read(settings, day), day, reporter)


def _with_data(
    summaries: "Mapping[Period, Summary]", *, leave_out: bool
) -> "Mapping[Period, Summary]":
    """Return the periods of which a public figure has data, such as no draft of the next one.

    The others are left out and named on stderr. Raises `SettingsError` where they may not be left
    out, or where no period remains.
    """
    from kpicli.model.value import Status
    from kpicli.report.editions import public_summary

    kept = {
        period: summary
        for period, summary in summaries.items()
        if any(f.value.status is not Status.NO_DATA for f in public_summary(summary).figures)
    }
    empty = [period.name for period in summaries if period not in kept]
    if empty and (not leave_out or not kept):
        names = ", ".join(empty)
        raise SettingsError(
            Text(f"データのない期間です: {names}", f"there are no data of {names}"),
            Text(
                "出力ファイルを足すか、データのある期間を選んでください",
                "add its exports, or choose a period that has data",
            ),
        )
    for name in empty:
        show_message(
            say(f"{name} はデータがないので、サイトに入れません", f"left out: {name} has no data")
        )
    return kept


def _files(
    settings: "Settings",
    entries: "tuple[Entry, ...]",
    summaries: "Mapping[Period, Summary]",
    *,
    allow_doubt: bool,
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the site by its name: pages of periods, their data, index and trend."""
    from kpicli.report.build import build_report
    from kpicli.report.frame import read_frame
    from kpicli.report.narrative.files import narrative_file, read_narrative
    from kpicli.report.page import site as pages
    from kpicli.report.page.render import render_page

    charts = settings.values.report.charts
    answered = bool(settings.values.report.correspondence)
    latest_reports: dict[Language, Report] = {}
    for entry in entries:
        name, summary = entry.period.name, summaries[entry.period]
        for language in entry.languages:
            frame = read_frame(settings, entry.period, language)
            report = build_report(
                settings,
                read_narrative(narrative_file(settings, name, language)),
                summary,
                language,
                edition="public",
                frame=pages.site_frame(frame, entries, entry, name, language, answered=answered),
                allow_doubt=allow_doubt,
            )
            if entry is entries[0]:
                latest_reports[language] = report
            page = render_page(report, language, charts)
            yield pages.page_name(name, language), page.encode()
            yield from _data(entry.period, summary, language)
    yield from _overviews(settings, entries, summaries[entries[0].period], answered=answered)
    if answered:
        yield from _principles(settings, entries, latest_reports, pages.all_languages(entries))


def _data(period: "Period", summary: "Summary", language: Language) -> Iterator[tuple[str, bytes]]:
    """Yield the figures of a period as files of data, without what is not public."""
    from kpicli.output.formats import FORMATS, Options
    from kpicli.output.summary.answer import summary_answer
    from kpicli.report.editions import public_summary
    from kpicli.report.page import site as pages

    answer = summary_answer(public_summary(summary))
    for suffix, _ in pages.DATA:
        form = FORMATS[suffix]
        content = form.as_file(form.render(answer, Options(language)))
        yield pages.data_name(period, suffix, language), content


def _overviews(
    settings: "Settings", entries: "tuple[Entry, ...]", latest: "Summary", *, answered: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield the index of the periods and the trend up to the latest, in every language."""
    from kpicli.report.editions import public_summary
    from kpicli.report.frame import read_frame
    from kpicli.report.page import site as pages

    for language in pages.all_languages(entries):
        bare = read_frame(settings, entries[0].period, language)
        index = pages.site_frame(bare, entries, None, "index", language, answered=answered)
        page = pages.index_page(entries, index, language)
        yield pages.page_name("index", language), page.encode()
        trend = pages.site_frame(bare, entries, None, "trend", language, answered=answered)
        page = pages.trend_page(public_summary(latest), trend, language)
        yield pages.page_name("trend", language), page.encode()


def _principles(
    settings: "Settings",
    entries: "tuple[Entry, ...]",
    reports: "Mapping[Language, Report]",
    languages: "tuple[Language, ...]",
) -> Iterator[tuple[str, bytes]]:
    """Yield the pages and workbooks of where the latest report answers each principle."""
    from kpicli.output.formats import FORMATS, Options
    from kpicli.report import principles as table
    from kpicli.report.frame import read_frame
    from kpicli.report.page import site as pages
    from kpicli.report.placing import anchor

    known, latest = table.read_principles(settings), entries[0]
    for language in languages:
        own: Language = language if language in reports else "ja"
        sections, page = reports[own].sections, pages.page_name(latest.period.name, own)
        addresses = [f"{page}#{anchor(sections, section)}" for section in sections]
        results = table.results_of(sections, addresses)
        lines = table.correspondence(settings, known, results, language)
        bare = read_frame(settings, latest.period, language)
        frame = pages.site_frame(bare, entries, None, "principles", language, answered=True)
        title = table.title_of(known).in_language(language)
        name = pages.page_name("principles", language)
        yield name, pages.principles_page(title, lines, frame, language).encode()
        form = FORMATS["xlsx"]
        answer = table.correspondence_answer(known, {language: lines}.__getitem__)
        content = form.as_file(form.render(answer, Options(language)))
        yield f"{name.removesuffix('.html')}.xlsx", content


def _told(summaries: "Mapping[Period, Summary]", *, show_values: bool) -> ExitCode:
    """Tell what the runs have to say; return the worst of their exit codes."""
    worst = ExitCode.OK
    for summary in summaries.values():
        show_faults(summary.faults, show_values)
        show_warnings(summary)
        show_doubts(summary)
        worst = max(worst, exit_code(summary))
    return worst
