"""The password of the mail server: from a file that only its owner can read, or from a command.

It is never taken from a flag, the environment or the settings file, and never shown.
"""

import subprocess
from pathlib import Path

from kpicli.base.errors import SettingsError
from kpicli.base.folders import named_path
from kpicli.base.storage import read_private, reason_of
from kpicli.base.wording import Text
from kpicli.mail.settings import SmtpSettings

COMMAND_SECONDS = 60
_LONGEST = 4096


def password(smtp: SmtpSettings, folder: Path) -> str | None:
    """Return the password; None where no user is named. Paths are relative to `folder`.

    Raises `SettingsError` for a file that others than its owner may read, a command that fails,
    and a password that is empty or not ASCII.
    """
    if smtp.password_file is not None:
        return _checked(_from_file(named_path(smtp.password_file, folder)), "password_file")
    if smtp.password_command:
        return _checked(_from_command(smtp.password_command, folder), "password_command")
    return None


def _from_file(file: Path) -> bytes:
    try:
        content = read_private(file, _LONGEST)
    except OSError as error:
        reason = reason_of(error)
        raise _refused(
            Text(
                f"パスワードのファイル {file} を開けません({reason.ja})",
                f"cannot open the password file {file}: {reason.en}",
            )
        ) from None
    if content is None:
        raise _refused(
            Text(
                f"パスワードのファイル {file} を、持ち主でない人が読めます",
                f"the password file {file} can be read by others than its owner",
            ),
            Text(
                f"実行する利用者の持ち物にして、chmod 600 {file} としてください",
                f"let it belong to the user who runs kpicli, and chmod 600 {file}",
            ),
        )
    return content.partition(b"\n")[0]


def _from_command(command: tuple[str, ...], folder: Path) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - the user's own settings name it, and no shell reads it
            command, cwd=folder, capture_output=True, timeout=COMMAND_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = Text("時間内に終わりません", "it does not end in time")
        if isinstance(error, OSError):
            reason = Text("コマンドがないか、権限がありません", "no such command, or no permission")
        raise _refused(
            Text(
                f"password_command を実行できません({reason.ja})",
                f"password_command cannot be run ({reason.en})",
            )
        ) from None
    if done.returncode:
        raise _refused(
            Text(
                f"password_command が終了コード {done.returncode} で終わりました",
                f"password_command ended with exit code {done.returncode}",
            )
        )
    return done.stdout.partition(b"\n")[0]


def _checked(content: bytes, key: str) -> str:
    line = content.rstrip(b"\r\n")
    if not line or not line.isascii():
        raise _refused(
            Text(
                f"{key} の 1 行目が空か、ASCII ではありません",
                f"the first line of {key} is empty or not ASCII",
            )
        )
    return line.decode("ascii")


def _refused(message: Text, hint: Text | None = None) -> SettingsError:
    return SettingsError(message, hint)
