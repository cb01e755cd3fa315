"""A small project that is mailed: a few voices, a section `[mail]`, and the order of a month."""

from dataclasses import dataclass
from pathlib import Path

from kpicli.mail.order import MailOptions, Order, read_order
from kpicli.settings.request import WrittenRequest
from kpicli.settings.settings import read_settings
from support.small_project import TODAY, Project

TO = ("fd@example.co.jp", "b@example.jp")
ADMIN = "a@example.jp"
SETTINGS = """\
[mail]
sender = "kpi@example.co.jp"
to = ["fd@example.co.jp", "b@example.jp"]
admin = "a@example.jp"
attach = "csv"
journal = "journal.sqlite3"
[mail.smtp]
host = "127.0.0.1"
security = "none"
attempts = 1
port = """


@dataclass(frozen=True, slots=True)
class MailedProject:
    """A project whose exports cover 2025H1, and that a server on `port` takes mail of."""

    folder: Path
    port: int

    def order(
        self, period: str, *, kpi: str = "voices", options: MailOptions | None = None
    ) -> Order:
        """Return the order to mail a KPI in a period."""
        rows = ["V1,2025/8/1,損保,感謝,損保-1課,", "V2,2025/9/2,生保,不満,,2025/9/3"]
        project = Project(self.folder).export("voices", rows, covers="2025-04..2025-09")
        settings = read_settings(project.toml(f"{SETTINGS}{self.port}").config)
        written = WrittenRequest(period, (kpi,) if kpi else ())
        return read_order(settings, written, options or MailOptions(), "ja", TODAY)
