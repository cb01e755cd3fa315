"""The frame of a report: who publishes it, its logo, links, styles and template, from settings."""

import base64
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kpicli.base.errors import SettingsError
from kpicli.base.storage import why_unread
from kpicli.base.wording import Language, Text
from kpicli.model.periods import Period
from kpicli.report.model import Frame, Link
from kpicli.report.narrative.safe_markdown import allowed_address
from kpicli.settings.settings import Settings
from kpicli.settings.tables.report import LinkSetting

_PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
MOST_BYTES = 100_000
"""A larger logo would make up most of the page."""
_ELSEWHERE = re.compile(
    r"@import|url\(\s*+['\"]?+\s*+(?!data:|#)|</style|javascript:", re.IGNORECASE
)
"""What a page that stands on its own cannot hold."""


def read_frame(
    settings: Settings, period: Period, language: Language, frozen: Iterable[Period] = ()
) -> Frame:
    """Return the frame of a period's report; `frozen` are the periods that were published.

    Those before the period are linked to, the latest first. Raises `SettingsError` for a file that
    cannot be read or used, and for an address that a page does not lead to.
    """
    setting = settings.values.report
    template = None if setting.template is None else settings.folder / setting.template
    return Frame(
        organisation=_said(setting.organisation, language),
        logo="" if setting.logo is None else _logo(settings.folder / setting.logo),
        published_on=setting.published_on.get(period.name),
        contact=_said(setting.contact, language),
        top=tuple(_links(setting.links, language)),
        end=tuple(_links(setting.links_at_end, language)),
        editions=tuple(_editions(setting.editions, period, language, frozen)),
        contents=setting.contents,
        style="" if setting.css is None else _style(settings.folder / setting.css),
        template="" if template is None else str(template),
    )


def _said(text: Text | None, language: Language) -> str:
    return "" if text is None else text.in_language(language)


def _links(links: Iterable[LinkSetting], language: Language) -> Iterator[Link]:
    for link in links:
        yield Link(link.text.in_language(language), _allowed(link.to))


def _editions(
    pattern: str | None, period: Period, language: Language, frozen: Iterable[Period]
) -> Iterator[Link]:
    if pattern is None:
        return
    earlier = (each for each in frozen if each.end < period.start and each.kind == period.kind)
    for each in sorted(earlier, key=lambda each: each.start, reverse=True):
        yield Link(each.label(language), _allowed(pattern.replace("{period}", each.name)))


def _allowed(address: str) -> str:
    if allowed_address(address):
        return address
    raise SettingsError(
        Text(
            f"[report] のリンク先 {address} は使えません",
            f"a link of [report] leads to {address}, which a page does not",
        ),
        Text(
            "https://… か mailto:…、またはページからの相対の場所を書いてください",
            "write https://..., mailto:... or a place relative to the page",
        ),
    )


def _logo(file: Path) -> str:
    """Return a picture as an address that holds it."""
    kind = _PICTURES.get(file.suffix.lower())
    content = _bytes(file)
    if kind is None or len(content) > MOST_BYTES:
        raise _unusable(
            file,
            Text(
                f"{'、'.join(_PICTURES)} の、{MOST_BYTES // 1000} KB までの画像にしてください",
                f"use a picture of at most {MOST_BYTES // 1000} KB: {', '.join(_PICTURES)}",
            ),
        )
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _style(file: Path) -> str:
    try:
        sheet = _bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = Text("UTF-8 で保存してください", "save it as UTF-8")
        raise _unusable(file, hint) from None
    found = _ELSEWHERE.search(sheet)
    if found is not None:
        raise _unusable(
            file,
            Text(
                f"「{found[0]}」は使えません(ページは外から何も読み込みません)",
                f"take {found[0]!r} out of it: a page loads nothing from elsewhere",
            ),
        )
    return sheet


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        reason = why_unread(error)
        raise SettingsError(
            Text(f"{file} を開けません({reason.ja})", f"cannot open {file}: {reason.en}"),
            Text(
                "kpicli.toml の [report] の場所を直してください",
                "correct its place under [report] in kpicli.toml",
            ),
        ) from None


def _unusable(file: Path, hint: Text) -> SettingsError:
    return SettingsError(
        Text(f"{file} はページに使えません", f"{file} cannot be used in a page"), hint
    )
