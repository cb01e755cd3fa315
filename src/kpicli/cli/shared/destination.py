"""The destination of a result: file or stdout, format and encoding, as options and place decide."""

import codecs
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from kpicli.base.errors import OutputError, UsageError
from kpicli.base.storage import cannot_write
from kpicli.base.windows_names import refuse_windows_names
from kpicli.base.wording import Text
from kpicli.cli.shared.language import LANGUAGE
from kpicli.cli.shared.output import on_terminal
from kpicli.cli.shared.protected_paths import is_file, lies_in, named_by, of_a_period
from kpicli.output.formats import FORMATS, Format, Options
from kpicli.settings.locate import DIGEST_KEY_VARIABLE, FILE_NAME

_NOT_FOR_TEXT = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"}
STDOUT = ("-", "/dev/stdout")

_ELSEWHERE = Text("別のファイル名にしてください", "write to another file")
_MATCHES = {"published": lies_in, "narrative": of_a_period}
"""The comparison of a kind of protected path with a destination; any other kind is one file."""
_OWN = {
    "settings": Text("は設定ファイルです", "holds the settings"),
    "published": Text(
        "は公表の記録と入力値のフォルダー(published)の中です",
        "lies in the folder of frozen records and entered values (published)",
    ),
    "narrative": Text("は報告の文章そのものです", "holds the words of a report"),
    "logo": Text("は報告のロゴです", "is the logo of the report"),
    "css": Text("は報告のスタイルシートです", "is the style sheet of the report"),
    "template": Text("は報告のひな形です", "is the template of the report"),
    "principles": Text("は原則の一覧です", "is the list of principles"),
    "secret": Text("は秘密のファイルです", "holds the secret"),
    "password": Text("はメールのパスワードのファイルです", "holds the password of the mail server"),
    "part": Text("は設定の一部です", "is a part of the settings"),
    "certificates": Text("はメールサーバーの証明書です", "holds the mail server's certificates"),
    "journal": Text("は送信記録です", "is the journal of mails"),
}


class Destination(Struct, frozen=True):
    """A place to write to: `file` None is stdout, `encoding` None the default of the place.

    `quiet` says nothing of a file that was written.
    """

    format: Format
    file: Path | None
    encoding: str | None
    show_values: bool = False
    wide: bool = False
    quiet: bool = False

    @property
    def on_screen(self) -> bool:
        """Return whether this is read on a terminal, where the last line is the verdict."""
        return self.file is None and self.format.has_color and on_terminal()

    @property
    def options(self) -> Options:
        """Return what the renderer must know of the place."""
        form, shown = self.format, self.file is None and on_terminal()
        return Options(
            language=LANGUAGE,
            width=shutil.get_terminal_size().columns if shown and form.fits_width else None,
            color=shown and form.has_color and not _is_plain(),
            show_values=self.show_values,
            wide=self.wide,
        )


def choose_destination(
    format_name: str | None,
    file: Path | None,
    encoding: str | None,
    show_values: bool = False,
    *,
    piped: str = "csv",
    formats: Mapping[str, Format] = FORMATS,
    quiet: bool = False,
) -> Destination:
    """Return the destination that the options ask for.

    The format is `format_name`, else that of the file's suffix, else a table on a terminal and
    `piped` in a pipe; `formats` are all that the command has, by their names. Raises `UsageError`
    for a format or suffix that is none of these and for an unknown encoding, and `OutputError` for
    a folder. `-` and /dev/stdout are stdout.
    """
    if file is not None and str(file) in STDOUT:
        file = None
    suffixes = {each: form.name for form in formats.values() for each in form.suffixes}
    if file is not None and _is_folder(file):
        inside = file / f"kpi{'.csv' if '.csv' in suffixes else next(iter(suffixes))}"
        raise OutputError(
            Text(f"{file} はフォルダーです", f"{file} is a folder"),
            Text(f"{inside} のように書いてください", f"write {inside} or so"),
        )
    name = format_name or _by_place(file, piped, suffixes)
    if name not in formats:
        known = ", ".join(formats)
        raise UsageError(
            Text(f"出力形式「{name}」はありません", f"there is no format {name!r}"),
            Text(f"使える形式: {known}", f"there are: {known}"),
        )
    if encoding is not None:
        check_encoding(encoding)
    form = formats[name]
    if form.binary and (on_terminal() if file is None else _is_terminal(file)):
        example = f"kpi{(*form.suffixes, f'.{name}')[0]}"
        raise UsageError(
            Text(f"{name} は画面に出せません", f"{name} cannot be shown on a terminal"),
            Text(f"-o {example} を付けてください", f"add -o {example}"),
        )
    return Destination(form, file, encoding, show_values, quiet=quiet)


def _is_folder(file: Path) -> bool:
    """Return whether there is a folder; raises `OutputError` where that cannot be known."""
    try:
        return file.is_dir()
    except OSError as error:  # too long a name, no permission on the way to it
        raise cannot_write(str(file), error) from None


def refuse_inputs(
    destination: Destination,
    folder: Path,
    patterns: Sequence[str],
    own: Sequence[tuple[str, str]] = (),
) -> None:
    """Raise `UsageError` where the destination is, or would count as, something that must stay.

    These are the exports that `patterns` name, relative to the settings' `folder`, the settings
    file in it, and kpicli's `own` places: each a kind of `_OWN` with its path.
    """
    if destination.file is not None:
        refuse_own_files(destination.file, folder, patterns, own)


def refuse_own_files(
    file: Path, folder: Path, patterns: Sequence[str], own: Sequence[tuple[str, str]] = ()
) -> None:
    """Raise `UsageError` as `refuse_inputs` does, of a file that is to be written.

    So it does for a name that no file can have on Windows.
    """
    refuse_windows_names(file)
    if named_by(FILE_NAME, folder, file):
        raise _refused(file, "settings")
    if any(named_by(pattern, folder, file) for pattern in patterns):
        raise UsageError(
            Text(
                f"{file} は kpicli.toml の [exports] が指す入力ファイルです",
                f"{file} is an input: [exports] in kpicli.toml names it",
            ),
            _ELSEWHERE,
        )
    variable = os.environ.get(DIGEST_KEY_VARIABLE)
    for kind, named in (*own, *((("secret", variable),) if variable else ())):
        if _MATCHES.get(kind, is_file)(named, folder, file):
            raise _refused(file, kind)


def refuse_itself(destination: Destination, read: Path) -> None:
    """Raise `UsageError` where the destination is the very file that is read."""
    file = destination.file
    if file is not None and is_file(str(read.absolute()), Path(), file):
        raise UsageError(
            Text(f"{file} は調べる表そのものです", f"{file} is the very table that is read"),
            _ELSEWHERE,
        )


def _refused(file: Path, kind: str) -> UsageError:
    words = _OWN[kind]
    return UsageError(Text(f"{file} {words.ja}", f"{file} {words.en}"), _ELSEWHERE)


def _is_terminal(file: Path) -> bool:
    """Return whether a file is a terminal, by whatever name: `/dev/tty`, `/dev/fd/2`, a link."""
    if not file.is_char_device():
        return False
    try:
        opened = os.open(file, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
    except OSError:
        return False
    try:
        return os.isatty(opened)
    finally:
        os.close(opened)


def check_encoding(name: str) -> None:
    """Raise `UsageError` where there is no text encoding of that name."""
    try:
        "".encode(name)
        known = codecs.lookup(name).name not in _NOT_FOR_TEXT
    except (LookupError, UnicodeError):
        known = False
    if not known:
        raise UsageError(
            Text(f"文字コード「{name}」はありません", f"there is no encoding {name!r}"),
            Text("utf-8 や cp932 を指定してください", "use utf-8 or cp932, for example"),
        )


def _by_place(file: Path | None, piped: str, suffixes: Mapping[str, str]) -> str:
    if file is None:
        return "table" if on_terminal() else piped
    suffix = file.suffix.lower()
    if suffix not in suffixes:
        known = ", ".join(suffixes)
        raise UsageError(
            Text(
                f"{file.name} の拡張子から出力形式が決まりません",
                f"the suffix of {file.name} names no format",
            ),
            Text(
                f"拡張子を {known} のどれかにするか、--format を付けてください",
                f"use one of {known}, or add --format",
            ),
        )
    return suffixes[suffix]


def _is_plain() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
