"""The exported sources, by name. Light, so that a slip is refused at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpicli.base.errors import SettingsError, UnknownName
from kpicli.base.wording import Text, suggestion
from kpicli.settings.locate import FILE_NAME

if TYPE_CHECKING:
    from kpicli.settings.settings import Settings


STARTER = """\
timezone = "Asia/Tokyo"
fiscal_year = { starts = 4, named_by = "first" }
[exports]
voices = { files = "お客様の声*.csv", covers = "2025-04..2025-09" }
responses = "対応記録.csv"
"""
"""The least that a settings file says."""


def require_exports(settings: "Settings") -> None:
    """Raise `SettingsError` where the settings name no export: nothing could be counted."""
    if settings.values.exports:
        return
    first = Text("", "")
    message = Text(
        f"{settings.file} に [exports] がないので、数えるファイルがわかりません",
        f"{settings.file} has no [exports]: nothing says which files to count",
    )
    if settings.file is None:
        message = Text(
            f"{FILE_NAME} が、今のフォルダーにもその上のフォルダーにもありません",
            f"there is no {FILE_NAME} in this folder nor in one above it",
        )
        first = Text(
            f"kpicli init . と入力すると、フォルダーの出力を読み解いて {FILE_NAME} を作ります。"
            "ファイルを一つ調べるだけなら kpicli check ファイル です。自分で書くなら、",
            f"kpicli init . understands the exports in a folder and writes {FILE_NAME}; "
            "kpicli check FILE looks through one file. To write it yourself, ",
        )
    raise SettingsError(
        message,
        Text(
            f"{first.ja}出力ファイルのあるフォルダーに、次のような {FILE_NAME} を置いてください"
            f"(名前の一覧: kpicli sources)\n{STARTER}",
            f"{first.en}put a {FILE_NAME} like this beside the exports "
            f"(names: kpicli sources)\n{STARTER}",
        ),
    )


def exported_sources(settings: "Settings", names: Sequence[str]) -> tuple[str, ...]:
    """Return the named sources, each once, or all that are exported where none is named.

    Raises `UnknownName` for a source that has no export, and `SettingsError` where none has.
    """
    require_exports(settings)
    exported = [*settings.values.exports]
    exported += [n for n, spec in settings.catalog.source.items() if spec.of in exported]
    for name in names:
        if name not in exported:
            raise UnknownName(
                Text(f"[exports] に「{name}」はありません", f"[exports] has no source {name!r}"),
                suggestion(name, exported),
            )
    return tuple(dict.fromkeys(names)) or tuple(settings.values.exports)
