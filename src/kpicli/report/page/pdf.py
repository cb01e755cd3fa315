"""The page on A4 as a PDF, the same bytes for the same page."""

from importlib.util import find_spec

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text


def require_pdf() -> None:
    """Raise `SettingsError` where what makes PDF, or a library of the system, is missing."""
    if find_spec("weasyprint") is not None:
        try:
            import weasyprint  # noqa: F401 - whether it loads says whether the system has Pango
        except OSError:
            pass
        else:
            return
    raise SettingsError(
        Text(
            "PDF を作るもの(weasyprint と Pango)がありません",
            "what makes PDF (weasyprint, and Pango of the system) is not installed",
        ),
        Text(
            "pip install 'kpicli[pdf]' と apt-get install libpango-1.0-0 libpangoft2-1.0-0 で"
            "入れるか、html をブラウザーで PDF に印刷してください",
            "pip install 'kpicli[pdf]' and apt-get install libpango-1.0-0 libpangoft2-1.0-0, or "
            "print the html to PDF in a browser",
        ),
    )


def pdf_of(page: str) -> bytes:
    """Return a page of ours as PDF. Nothing is loaded for it: a page holds all that it shows."""
    require_pdf()
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    only_its_own = URLFetcher(allowed_protocols=["data"])
    made: bytes = HTML(string=page, url_fetcher=only_its_own).write_pdf()
    return made
