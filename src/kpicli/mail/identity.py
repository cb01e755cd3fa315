"""What makes a mail the same mail: its question, its period, and the figures that it shows."""

from pathlib import Path

from msgspec import Struct
from msgspec.structs import astuple

from kpicli.output.data.digests import short_digest


class Question(Struct, frozen=True):
    """What is asked month by month: by which settings file, which KPIs, compared with what."""

    settings: str
    kpis: tuple[str, ...]
    compare: tuple[str, ...]

    @classmethod
    def of(
        cls, settings: Path | None, kpis: tuple[str, ...], compare: tuple[str, ...]
    ) -> "Question":
        """Return the question.

        Neither the order of KPIs matters nor by which links and folders the file was come to.
        """
        file = "" if settings is None else str(settings.resolve())
        return cls(file, tuple(sorted(kpis)), tuple(sorted(compare)))

    @property
    def key(self) -> str:
        """Return a short digest."""
        return short_digest(["question", *astuple(self)])


def mail_key(question: Question, period: str, content: str) -> str:
    """Return what is the same for the same mail: its question, period and content."""
    return short_digest(["mail", question.key, period, content])
