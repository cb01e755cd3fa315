"""Reading TOML files of the user's own."""

import tomllib
from pathlib import Path
from typing import Any

from kpicli.base.errors import SettingsError
from kpicli.base.storage import why_unread
from kpicli.base.wording import Text


def read_toml(file: Path) -> dict[str, Any]:
    """Return the tables of a file; `SettingsError` says why it cannot be read."""
    try:
        read = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
        _refuse_nul(read, file)
        return read
    except FileNotFoundError:
        raise SettingsError(
            Text(f"設定ファイル {file} がありません", f"the settings file {file} does not exist")
        ) from None
    except OSError as error:
        reason = why_unread(error)
        raise SettingsError(
            Text(
                f"設定ファイル {file} を開けません({reason.ja})",
                f"cannot open {file}: {reason.en}",
            )
        ) from None
    except UnicodeDecodeError as error:
        raise not_utf8(file, error) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            Text(f"{file} は TOML として読めません: {error}", f"{file} is not TOML: {error}")
        ) from None
    except (RecursionError, ValueError):  # nested without end, digits without end
        raise SettingsError(
            Text(
                f"{file} には深すぎる入れ子か、桁数の多すぎる数があります",
                f"{file} has brackets nested too deeply, or a number of too many digits",
            )
        ) from None


def _refuse_nul(value: object, file: Path, key: str = "") -> None:
    """Raise `SettingsError` for a text with NUL in it, which no name of a file may have."""
    if isinstance(value, dict):
        for name, below in value.items():
            _refuse_nul(below, file, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for below in value:
            _refuse_nul(below, file, key)
    elif isinstance(value, str) and "\0" in value:
        raise SettingsError(
            Text(f"{file} の {key} に NUL 文字があります", f"{file}: {key} holds a NUL character"),
            Text("\\u0000 を消してください", "take \\u0000 out of it"),
        )


def not_utf8(file: Path, error: UnicodeDecodeError) -> SettingsError:
    """Return the error for a file of the user's own words that is not UTF-8."""
    return SettingsError(
        Text(
            f"{file} は UTF-8 ではありません({error.start} バイト目)",
            f"{file} is not UTF-8 (byte {error.start})",
        ),
        Text("UTF-8 で保存してください", "save it as UTF-8"),
    )
