"""`kpicli init`: from a folder of unknown exports to settings that run."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kpicli.base.errors import InputError, UsageError
from kpicli.base.wording import Text
from kpicli.cli.intake.options import (
    AddOption,
    BookOption,
    FoldersArgument,
    FromOption,
    LikeOption,
    ProfileOption,
    YesOption,
)
from kpicli.cli.intake.steps import (
    answers,
    nothing_to_count,
    offered_by,
    refuse_existing,
    show_first_table,
    show_folder,
    show_open,
)
from kpicli.cli.shared.context import Common, common
from kpicli.cli.shared.destination import Destination, choose_destination
from kpicli.cli.shared.dialogue import confirm
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_message
from kpicli.cli.shared.output import write_file
from kpicli.cli.shared.schema_file import SCHEMA_FILE, schema_text
from kpicli.settings.locate import FILE_NAME, find_settings

if TYPE_CHECKING:
    from kpicli.intake.former import Former
    from kpicli.intake.guesses import Open
    from kpicli.intake.offering import Offer
    from kpicli.intake.proposal import Proposal


def init(
    context: typer.Context,
    folders: FoldersArgument,
    yes: YesOption = False,
    add: AddOption = False,
    like: LikeOption = None,
    profile: ProfileOption = None,
    output: BookOption = None,
    from_: FromOption = None,
) -> None:
    """Understand folders of exports and write settings that run."""
    _refuse_together(add=add, like=like, profile=profile, output=output, from_=from_)
    destination = choose_destination(None, None, None)
    if add:
        _add(common(context), folders, destination, yes=yes)
        return
    from kpicli.intake.former import drifts
    from kpicli.intake.understanding import understand

    former, target = _before(common(context), like, profile)
    if output is None and target is not None:
        refuse_existing(target)
    home = Path.cwd() if target is None else target.absolute().parent
    beside = () if from_ is None else (from_,)
    folder, proposal = understand(folders, home, former=former, beside=beside)
    show_folder(folder.tables, proposal)
    for drift in () if former is None else drifts(proposal, former):
        show_message(say("注意 ", "warning ") + drift.in_language(LANGUAGE))
    if output is not None:
        if not proposal.feeds:
            raise nothing_to_count(proposal, home)
        _write_book(output, proposal, home)
        return
    proposal, text, opens = _settled(proposal, home, from_, yes=yes)
    _require_exports(proposal, opens, home)
    offered = offered_by(text, home)
    target = target or Path(f"kpicli-{offered.summary.period.name}.toml")
    refuse_existing(target)
    if (
        not yes
        and from_ is None
        and not confirm(
            say(f"この設定を {target} に書きますか", f"write these settings to {target}?")
        )
    ):
        show_message(say("何も書きませんでした", "nothing was written"))
        return
    _write(target, f"#:schema ./{SCHEMA_FILE}\n{text}")
    offered = offered.written_to(target)
    _write_schema(home)
    _write_narrative(offered)
    _write_profile(profile, proposal)
    show_first_table(offered, destination, _next_step(target, offered))


def _refuse_together(
    *, add: bool, like: str | None, profile: str | None, output: Path | None, from_: Path | None
) -> None:
    """Raise `UsageError` for options that mean nothing together."""
    given = {
        "--add": add,
        "--like": like is not None,
        "--profile": profile is not None,
        "--output": output is not None,
        "--from": from_ is not None,
    }
    pairs = [("--add", other) for other in ("--like", "--profile", "--output", "--from")]
    for one, other in (*pairs, ("--like", "--profile"), ("--output", "--from")):
        if given[one] and given[other]:
            raise UsageError(
                Text(f"{one} と {other} は一緒に使えません", f"{one} does not go with {other}"),
                Text("どちらか一つにしてください", "give one of them"),
            )


def _require_exports(proposal: "Proposal", opens: "Sequence[Open]", home: Path) -> None:
    """Raise `InputError` where no table feeds anything: settings without exports count nothing.

    Where nothing was taken for a question, its answer may be all that is missing.
    """
    if not proposal.entries and not all(each.guessed for each in opens):
        raise InputError(
            Text(
                "決まらないことが残っているので、設定を作れません",
                "what is left open keeps any table from being counted",
            ),
            Text(
                "--yes を付けずに実行し、上の「未定」の問いに答えてください",
                "run it without --yes, and answer what is open above",
            ),
        )
    if not proposal.entries:
        raise nothing_to_count(proposal, home)


def _before(
    before: Common, like: str | None, profile: str | None
) -> "tuple[Former | None, Path | None]":
    """Return what was said of such exports before, and where settings go; None: after the period.

    Raises `UsageError` where what they shall be like is no settings file and no period.
    """
    from kpicli.intake.former import former_of
    from kpicli.settings.settings import read_settings

    target = before.config or Path(FILE_NAME)
    if profile is not None:
        from kpicli.intake.profiles import read_profile

        return read_profile(profile), target
    if like is None:
        return None, target
    path = Path(like) / FILE_NAME if Path(like).is_dir() else Path(like)
    if path.is_file():
        return former_of(read_settings(path)), target
    earlier = find_settings(Path.cwd())
    if earlier is None:
        raise UsageError(
            Text(f"--like: {like} に当たる設定がありません", f"--like: no settings for {like}"),
            Text(
                "設定ファイルの場所を指定するか、設定のあるフォルダーで実行してください",
                "name a settings file, or run it where there are settings",
            ),
        )
    from kpicli.base.clock import today_in
    from kpicli.settings.arguments import parse_period

    settings = read_settings(earlier)
    _ = parse_period(like, settings.fiscal, today_in(settings.zone))
    return former_of(settings), before.config


def _settled(
    proposal: "Proposal", home: Path, from_: Path | None, *, yes: bool
) -> "tuple[Proposal, str, tuple[Open, ...]]":
    """Return what is proposed once all is answered, the settings, and what nobody answered."""
    from kpicli.intake.guesses import open_questions
    from kpicli.intake.offering import without_idle
    from kpicli.intake.unused import unused_files
    from kpicli.intake.writing import settings_text

    if not yes and from_ is None:
        proposal = answers(proposal, home)
        unused = unused_files(proposal)
        return proposal, settings_text(proposal, LANGUAGE, (), unused, guessed=False), ()
    if from_ is not None:
        from kpicli.intake.mapping_book import read_mapping, with_filled

        proposal = with_filled(proposal, read_mapping(from_), home)
    else:
        proposal = without_idle(proposal, home)
    opens = open_questions(proposal)
    show_open(opens)
    words = [each.words for each in opens]
    return proposal, settings_text(proposal, LANGUAGE, words, unused_files(proposal)), opens


def _write(target: Path, text: str) -> None:
    from kpicli.base.storage import cannot_write, write_whole

    refuse_existing(target)  # somebody may have written it meanwhile
    try:
        write_whole(target, text.encode())
    except OSError as error:
        raise cannot_write(str(target), error) from None
    show_message(say(f"設定を書きました: {target}", f"wrote the settings: {target}"))


def _write_schema(home: Path) -> None:
    """Write the schema by which editors complete and check the settings, where there is none."""
    if not (home / SCHEMA_FILE).exists():
        write_file(home / SCHEMA_FILE, schema_text().encode())


def _write_book(file: Path, proposal: "Proposal", home: Path) -> None:
    from kpicli.intake.mapping_book import mapping_book

    if file.suffix.lower() != ".xlsx":
        raise UsageError(
            Text(f"{file}: 質問のブックは xlsx です", f"{file}: the questions are an xlsx"),
            Text("-o mapping.xlsx のように書いてください", "write -o mapping.xlsx or so"),
        )
    refuse_existing(file)
    write_file(file, mapping_book(proposal, home, LANGUAGE))
    show_message(
        say(
            f"質問を書きました: {file}(記入して --from {file} で使います)",
            f"wrote the questions: {file} (fill it in, then say --from {file})",
        )
    )


def _write_narrative(offered: "Offer") -> None:
    from kpicli.report.narrative.draft import draft_file, write_draft

    settings, summary = offered.settings, offered.summary
    if draft_file(settings, summary.period, LANGUAGE).exists():
        return
    file = _from_here(write_draft(settings, summary, LANGUAGE))
    show_message(say(f"報告の文章の下書き: {file}", f"a draft of the report's words: {file}"))


def _next_step(target: Path, offered: "Offer") -> str:
    """Return what to do after init: write the words of the report, and make its page.

    What rests on a guess is for the desk alone, until that is confirmed.
    """
    from kpicli.report.narrative.draft import draft_file

    period = offered.summary.period
    draft = _from_here(draft_file(offered.settings, period, LANGUAGE))
    config = "" if target == Path(FILE_NAME) else f" --config {target}"
    language = "" if LANGUAGE == "ja" else f" --lang {LANGUAGE}"
    edition = " --edition internal" if offered.summary.guessed else ""
    command = f"kpicli{config}{language} report --period {period.name}{edition} -o page.html"
    return say(
        f"次は: {draft} に文章を書き加えて\n  {command}",
        f"next: write your words into {draft}, then\n  {command}",
    )


def _from_here(file: Path) -> Path:
    """Return a path as seen from the current folder, where it lies in it."""
    here = Path.cwd()
    return file.relative_to(here) if file.is_relative_to(here) else file


def _write_profile(name: str | None, proposal: "Proposal") -> None:
    """Keep how exports are read under a name that is new; one that is known stays as it is."""
    if name is None:
        return
    from kpicli.intake.profiles import profile_file, write_profile

    if not profile_file(name).exists():
        file = write_profile(name, proposal)
        show_message(say(f"読み方を残しました: {file}", f"kept how they are read: {file}"))


def _add(before: Common, files: list[Path], destination: Destination, *, yes: bool) -> None:
    """Put further exports at the end of the settings in force."""
    settings = before.settings_with_exports()
    file = settings.file or Path(FILE_NAME)  # exports stand in a file
    from kpicli.base.storage import cannot_write, write_whole
    from kpicli.intake.adding import added_text, without_known
    from kpicli.intake.former import former_of
    from kpicli.intake.guesses import open_questions
    from kpicli.intake.offering import without_idle
    from kpicli.intake.understanding import understand

    home = settings.folder.absolute()
    folder, proposal = understand(files, home, former=former_of(settings))
    proposal, known = without_known(proposal, settings)
    show_folder(folder.tables, proposal)
    for label in known:
        show_message(say(f"{label} は設定にもうあります", f"{label}: the settings name it already"))
    proposal = without_idle(proposal, home) if yes else answers(proposal, home)
    if not proposal.entries:
        show_message(say("書き足すものはありません", "there is nothing to add"))
        return
    written = file.read_text(encoding="utf-8")
    text = added_text(written, proposal, settings, LANGUAGE, guessed=yes)
    opens = open_questions(proposal) if yes else ()
    show_open(opens)
    offered = offered_by(text, home)
    if not yes and not confirm(say(f"{file} に書き足しますか", f"add them to {file}?")):
        show_message(say("何も書きませんでした", "nothing was written"))
        return
    try:
        write_whole(file, text.encode())
    except OSError as error:
        raise cannot_write(str(file), error) from None
    show_message(say(f"書き足しました: {file}", f"added to {file}"))
    show_first_table(offered, destination)
