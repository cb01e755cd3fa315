"""Which of the exported sources are meant. Light, so that a slip is refused at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kpicli.base.errors import SettingsError, UnknownName
from kpicli.base.suggestions import suggestion
from kpicli.base.wording import Text

if TYPE_CHECKING:
    from kpicli.settings.settings import Settings


def exported_sources(settings: "Settings", names: Sequence[str]) -> tuple[str, ...]:
    """Return the named sources, each once, or all that are exported where none is named.

    Raises `UnknownName` for a source that has no export, and `SettingsError` where none has.
    """
    exported = settings.values.exports
    if not exported:
        raise SettingsError(
            Text("調べる出力がありません", "there are no exports to check"),
            Text(
                "kpicli.toml の [exports] にファイルを書いてください",
                "name the files under [exports] in kpicli.toml",
            ),
        )
    for name in names:
        if name not in exported:
            raise UnknownName(
                Text(f"[exports] に「{name}」はありません", f"[exports] has no source {name!r}"),
                suggestion(name, exported),
            )
    return tuple(dict.fromkeys(names)) or tuple(exported)
