"""A project in which every name that people can choose attacks whoever prints it."""

from collections.abc import Mapping
from pathlib import Path

import kpicli
from kpicli.audit.answer import audit_answer
from kpicli.audit.audit import audit_file
from kpicli.checks.answer import check_answer
from kpicli.checks.inspection import inspect
from kpicli.intake.checking.answer import file_check_answer
from kpicli.intake.checking.check import check_files
from kpicli.model.periods import Period
from kpicli.output.catalogue.kpis import kpis_answer
from kpicli.output.catalogue.sources import sources_answer
from kpicli.output.interface import Answer
from kpicli.output.summary.answer import summary_answer
from kpicli.reconcile.answer import diff_answer
from kpicli.reconcile.diff import diff
from kpicli.reconcile.freezing import freeze
from kpicli.report.principles import (
    correspondence,
    correspondence_answer,
    read_principles,
)
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from kpicli.trace.evidence import find_evidence
from kpicli.trace.explanation import explain
from kpicli.trace.explanation_answer import explain_answer
from kpicli.trace.rows_answer import rows_answer
from kpicli.trace.rows_request import RowsRequest
from support.small_project import TODAY

COMMANDS = (
    "summarize",
    "rows",
    "explain",
    "check",
    "check FILE",
    "audit",
    "diff",
    "kpis",
    "sources",
    "principles",
)
"""Those with an answer."""
SIGNS = "\x1b[31m\x07\x9b2J\u202e\u2066\u2028\U000e0041\x7f\ufffe\u200b"
"""Escape sequences, a bell, bidi marks, a line separator, a tag, what is no character."""
MARKUP = "<script>|`*&lt;"
TITLE = f"=声{SIGNS}{MARKUP}"
FILE = f"voices{SIGNS.replace('[', '')}.csv"
TEAM = f"+班{SIGNS}{MARKUP}"
HEADER = f"チーム{SIGNS}"


def toml(text: str) -> str:
    """Return a text as a TOML string."""
    escapes = (f"\\U{ord(sign):08x}" for sign in text)
    return f'"{"".join(escapes)}"'


def hostile_folder(folder: Path) -> Path:
    """Write the project into a folder, with a table to audit, and return it.

    A row of it cannot be read, one has no team, and one comes twice.
    """
    rows = (
        f"受付番号,受付日,商品区分,声の区分,{HEADER}",
        f"V1,2025/4/1,損保,感謝,{TEAM}",
        "V2,2025/5/2,生保,不満,",
        "V3,2025/5/2,生保,,@x",
        f"V4,{SIGNS},生保,感謝,-1",
        "V5,2025/5/2,生保,感謝,@x",
        "V5,2025/5/2,生保,感謝,@x",
        f"V6,2025/5/2,生保,{TEAM},@x",
    )
    (folder / FILE).write_text("\n".join((*rows, "")), encoding="utf-8")
    (folder / "kpicli.toml").write_text(
        f'[exports]\nvoices = {{ files = "voices*.csv", covers = "2025-04..2025-09" }}\n'
        f"[kpi.voices]\nextends = true\ntitle = {toml(TITLE)}\nunit = {toml(SIGNS)}\n"
        f"[source.voices]\nextends = true\ntitle = {toml(TITLE)}\n"
        f"[source.voices.columns.team]\nheaders = [{toml(HEADER)}]\n"
        f'[report.correspondence]\n"1" = {{ reason = {toml(SIGNS)} }}\n'
        f'"2" = {{ policy = "a.html", at = {toml(TITLE)} }}\n',
        encoding="utf-8",
    )
    printed = f"{TITLE},上期,下期,年度計\n{TEAM},1,2,3\n@{SIGNS},1,1,2\n合計,2,2,6\n"
    (folder / f"printed{SIGNS.replace('[', '')}.csv").write_text(printed, encoding="utf-8")
    return folder


def hostile_answers(folder: Path) -> Mapping[str, Answer]:
    """Return every answer by its command, in the project as `hostile_folder` wrote it.

    What was frozen was frozen under other names, before a row was gone.
    """
    config, half = folder / "kpicli.toml", Period.parse("2025H1", today=TODAY)
    settings = read_settings(config)
    request = Request(half, ("voices",), allow_definition_change=True)
    freeze(settings, request, TODAY, note=SIGNS, not_final=True)
    (file,) = folder.glob("voices*")
    lines = file.read_text(encoding="utf-8").split("\n")
    file.write_text("\n".join(line for line in lines if "V3" not in line), encoding="utf-8")
    summary = kpicli.summarize("2025H1", kpis=["voices"], by="team", config=config, today=TODAY)
    (printed,) = folder.glob("printed*")
    known = read_principles(settings)
    evidence = find_evidence(settings, RowsRequest(request, doubtful=True), TODAY)
    return {
        "summarize": summary_answer(summary),
        "rows": rows_answer(evidence),
        "explain": explain_answer(explain(settings, request, TODAY)),
        "check": check_answer(inspect(settings, period=half, today=TODAY, show_personal=True)),
        "check FILE": file_check_answer(check_files([file])),
        "audit": audit_answer(audit_file(printed)),
        "diff": diff_answer([diff(settings, request, TODAY)]),
        "kpis": kpis_answer(settings),
        "sources": sources_answer(settings),
        "principles": correspondence_answer(
            known, lambda language: correspondence(settings, known, {}, language)
        ),
    }
