"""All KPIs of all packs with DuckDB, which reads UTF-8: iconv has been there before.

Prints a JSON list of [kpi, span, item, number or two numbers]; two are a numerator and a
denominator, or a sum and a count. Counts of nothing are left out.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

import duckdb

from benchmarks.peers.width_data import (
    AGES,
    ASKED,
    BANDS,
    FILES,
    FP,
    HALVES,
    MONTHS,
    NUMBERS,
    POINTS,
    VOICES,
    same_in,
    spans,
)

DATE = r"^(\d{4}|(?:令和|令|R)\d{1,2})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})"
Line = tuple[str, str, str | None, object]


def _list(values: Sequence[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _case(column: str, meanings: Mapping[str, object]) -> str:
    whens = " ".join(
        f"WHEN '{k}' THEN {v if isinstance(v, int) else repr(v)}" for k, v in meanings.items()
    )
    return f"CASE {column} {whens}"


def _band(value: str, bands: Sequence[tuple[float, str]]) -> str:
    return f"CASE {' '.join(f'WHEN {value} < {end} THEN {name!r}' for end, name in bands)} END"


Flow = Callable[..., None]
Ratio = Callable[..., None]
BySpan = Callable[..., None]
"""The methods of `Figures` by these names."""


class Figures:
    """The tables, and the queries for the KPIs of all kinds."""

    def __init__(self, folder: Path) -> None:
        self.db = duckdb.connect()
        self.lines: list[Line] = []
        voices = sorted(map(str, folder.glob("お客様の声_*.csv")))
        for table, (file, columns) in FILES.items():
            picked = ", ".join(f'"{header}" AS "{name}"' for name, header in columns.items())
            self._load(table, f"SELECT {picked} FROM {self._read([str(folder / f'{file}.csv')])}")
        struct = ", ".join(f"{name}: {header}" for name, header in VOICES.items())
        self._load(
            "voices",
            f"SELECT unnest(arg_max({{{struct}}}, list_position([{_list(voices)}], filename))) "
            f"FROM {self._read(voices)} GROUP BY 受付番号",
        )
        self._parse()

    @staticmethod
    def _read(files: Sequence[str]) -> str:
        return (
            f"read_csv([{_list(files)}], all_varchar = true, header = true, delim = ',', "
            "quote = '\"', escape = '\"', strict_mode = true, filename = true)"
        )

    def _load(self, table: str, query: str) -> None:
        self.db.execute(f'CREATE TABLE "raw_{table}" AS {query}')

    def _parse(self) -> None:
        """Make tables of days, numbers and words of one spelling: distinct days are parsed once."""
        tables = {**{name: columns for name, (_, columns) in FILES.items()}, "voices": VOICES}
        written = " UNION ".join(
            f'SELECT "{column}" AS written FROM "raw_{table}"'
            for table, columns in tables.items()
            for column in columns
            if column.endswith("_on")
        )
        self.db.execute(f"""CREATE TABLE days AS
            WITH parts AS (SELECT written, regexp_extract(written, '{DATE}', ['y', 'm', 'd']) AS p
                           FROM ({written}) WHERE written <> '')
            SELECT written, make_date(CASE WHEN p.y ~ '^\\d{{4}}$' THEN p.y::INT
                ELSE regexp_replace(p.y, '\\D+', '')::INT + 2018 END, p.m::INT, p.d::INT) AS day
            FROM parts""")
        for table, columns in tables.items():
            picked, joins = [], []
            for column in columns:
                if column.endswith("_on"):
                    picked.append(f'"d_{column}".day AS "{column}"')
                    joins.append(
                        f'LEFT JOIN days "d_{column}" ON "d_{column}".written = r."{column}"'
                    )
                elif column in NUMBERS:
                    picked.append(f'r."{column}"::BIGINT AS "{column}"')
                elif column in ("customer", "number"):
                    picked.append(f'substr(r."{column}", 2)::BIGINT AS "{column}"')
                else:
                    trimmed = f"""coalesce(trim(r."{column}"), '')"""
                    meant = _case(trimmed, same_in(table, column))
                    picked.append(f'{meant} ELSE {trimmed} END AS "{column}"')
            query = f'SELECT {", ".join(picked)} FROM "raw_{table}" r {" ".join(joins)}'
            self.db.execute(f'CREATE TABLE "{table}" AS {query}; DROP TABLE "raw_{table}"')

    def flow(
        self,
        kpi: str,
        table: str,
        day: str,
        where: str = "true",
        *,
        part: str = "",
        of: str = "count(*)",
        over: str = "",
    ) -> None:
        """Add what can be added up by months: `of`, over `over` where it is a ratio or a mean."""
        groups = "GROUPING SETS ((1, 2), (1))" if part else "1, 2"
        rows = self.db.execute(
            f"SELECT strftime(day, '%Y-%m'), item, {of}, {over or 'NULL'} FROM ("
            f'SELECT *, {day} AS day, {part or "NULL"} AS item FROM "{table}" WHERE {where}) '
            f"WHERE day BETWEEN DATE '2024-04-01' AND DATE '2025-09-30' GROUP BY {groups}"
        ).fetchall()
        sums: dict[tuple[str, str | None], list[int]] = {}
        for month, name, value, other in rows:
            place = MONTHS.index(month) // 6
            for span in (month, [*HALVES][place]):
                both = sums.setdefault((span, name), [0, 0])
                both[0] += int(value or 0)
                both[1] += int(other or 0)
        for (span, name), both in sums.items():
            if span in HALVES or span in ASKED:
                self.lines.append((kpi, span, name, both if over else both[0]))

    def ratio(self, kpi: str, table: str, day: str, numerator: str, where: str = "true") -> None:
        """Add a ratio of rows."""
        self.flow(
            kpi, table, day, where, of=f"count(*) FILTER (WHERE {numerator})", over="count(*)"
        )

    def by_span(self, kpi: str, query: str, *, two: bool = False) -> None:
        """Add what has to be counted for each span: a query of item and one number or two."""
        for span, (start, end) in spans().items():
            asked = query.replace("@start", f"DATE '{start}'").replace("@end", f"DATE '{end}'")
            for item, *numbers in self.db.execute(asked).fetchall():
                value = numbers if two else numbers[0]
                self.lines.append((kpi, span, item, value))


def count(figures: Figures) -> None:
    """Count all KPIs."""
    flow, ratio, by_span = figures.flow, figures.ratio, figures.by_span
    _agency(flow, ratio, by_span)
    _packs(flow, ratio, by_span)
    _policies(figures)


def _agency(flow: Flow, ratio: Ratio, by_span: BySpan) -> None:
    _staff(by_span)
    flow("compliance_meetings", "meetings", "held_on", "meeting = 'コンプライアンス会議'")
    flow("voice_circulations", "meetings", "held_on", "meeting = 'お客様の声の回覧'")
    for start, end in HALVES.values():
        _missed(flow, start, end)
    flow(
        "doubtful_closures",
        "responses",
        "coalesce(due_on, received_on)",
        "status = '済' AND completed_on IS NULL AND inspection <> '漏れ'",
    )
    ratio(
        "renewal_talks",
        "renewals",
        "sent_on",
        "talked = '有' AND renewed = '有'",
        "product = '自動車'",
    )
    ratio(
        "elderly_explained",
        "elderly",
        "handled_on",
        "explained = '済'",
        "line = '生保' AND explained <> '対象外'",
    )
    ratio(
        "elderly_agreed",
        "elderly",
        "handled_on",
        "agreed = 'はい'",
        "line = '生保' AND explained = '済' AND agreed IN ('はい', 'いいえ')",
    )
    flow("voices", "voices", "received_on", part="category")
    flow("voices_nonlife", "voices", "received_on", "line = '損保'")
    flow("complaint_improvements", "voices", "improved_on", "category = '不満'")
    flow("insurer_reports", "voices", "reported_on", part="line")
    flow("insurer_improvements", "voices", "insurer_improved_on", part="line")
    flow("unclear_reasons", "proposals", "checked_on", "line = '生保' AND result = '不明瞭'")
    flow("navi_uses", "proposals", "checked_on", "line = '生保' AND navi = '使用'")
    used = "method <> '該当なし'"
    flow(
        "elderly_cases",
        "elderly",
        "handled_on",
        f"line IN ('生保', '損保') AND {used}",
        part="method",
    )
    flow("elderly_cases_group", "elderly", "handled_on", f"line = '団体' AND {used}", part="method")
    flow("family_contacts", "contacts", "registered_on", part="line")
    flow("intent_sheets", "sheets", "received_on", "sheet = '意向把握シート' AND line = '生保'")
    flow(
        "quote_sheets",
        "sheets",
        "received_on",
        "sheet = '見積希望シート' AND line = '損保' AND product IN ('火災', '自動車')",
    )
    flow("followups", "followups", "done_on", part="product")


def _staff(by_span: BySpan) -> None:
    """Count staff, sessions and customers, each once in a span."""
    role = "form = 'ロープレ' AND theme = '公的介護保険制度'"
    by_span(
        "roleplay_sessions",
        f"SELECT NULL, count(*) FROM (SELECT min(held_on) AS first FROM trainings WHERE {role} "
        "GROUP BY session) WHERE first BETWEEN @start AND @end",
    )
    inside = "held_on BETWEEN @start AND @end"
    people = f"FROM trainings WHERE {role} AND {inside}"
    by_span("roleplay_participants", f"SELECT NULL, count(DISTINCT staff) {people}")
    for kpi, passed in (
        ("roleplay_first_passes", "attempt = '1' AND result = '合格'"),
        ("roleplay_passes", "result = '合格'"),
    ):
        by_span(
            kpi,
            f"SELECT NULL, count(DISTINCT staff) FILTER (WHERE {passed}), count(DISTINCT staff) "
            f"{people}",
            two=True,
        )
    by_span(
        "explaining_staff",
        "WITH told AS (SELECT DISTINCT staff FROM explanations WHERE scheme = '公的介護保険制度' "
        "AND line = '生保' AND explained_on BETWEEN @start AND @end) "
        "SELECT NULL, count(DISTINCT s.staff) FILTER (WHERE told.staff IS NOT NULL), "
        "count(DISTINCT s.staff) FROM staff s LEFT JOIN told USING (staff) WHERE team = '生保' "
        "AND joined_on <= @end AND (left_on IS NULL OR left_on >= @end)",
        two=True,
    )
    special = "qualification = '損害保険大学課程(専門コース)'"
    exams = "FROM qualifications WHERE taken_on BETWEEN @start AND @end AND"
    by_span("specialist_exam_takers", f"SELECT NULL, count(DISTINCT staff) {exams} {special}")
    by_span(
        "specialist_subject_passes",
        "SELECT NULL, count(DISTINCT (staff, subject)) FILTER (WHERE result = '合格'), "
        f"count(DISTINCT (staff, subject)) {exams} {special}",
        two=True,
    )
    by_span(
        "adviser_passes",
        f"SELECT NULL, count(DISTINCT staff) {exams} result = '合格' "
        "AND qualification = '公的保険アドバイザー'",
    )
    by_span(
        "scheme_explanations",
        "SELECT scheme, count(DISTINCT customer) FROM explanations WHERE contracted = '有' "
        "AND explained_on BETWEEN @start AND @end GROUP BY 1",
    )


def _missed(flow: Flow, start: str, end: str) -> None:
    """Add the missed responses of a half and of its months, as they stood at its end."""
    found = "coalesce(found_on, due_on)"
    inside = f"BETWEEN DATE '{start}' AND DATE '{end}'"
    by_inspection = f"(inspection = '漏れ' AND {found} {inside})"
    overdue = (
        f"(due_on {inside} AND status <> '取消' AND inspection <> '漏れ' AND "
        f"(completed_on IS NULL AND status <> '済' OR completed_on > DATE '{end}'))"
    )
    flow(
        "missed_responses",
        "responses",
        f"CASE WHEN {by_inspection} THEN {found} ELSE due_on END",
        f"coalesce({by_inspection}, false) OR coalesce({overdue}, false)",
        part="kind",
    )


def _packs(flow: Flow, ratio: Ratio, by_span: BySpan) -> None:
    flow("accident_reports", "accidents", "reported_on", part="line")
    called, taken = "first_contact_on IS NOT NULL", "first_contact_on - reported_on"
    flow(
        "first_contact_days",
        "accidents",
        "reported_on",
        called,
        of=f"sum({taken})",
        over="count(*)",
    )
    by_span(
        "first_contact_median",
        f"SELECT NULL, median({taken}) FROM accidents "
        f"WHERE {called} AND reported_on BETWEEN @start AND @end",
    )
    ratio(
        "contacted_by_next_day",
        "accidents",
        "reported_on",
        f"{called} AND first_contact_on <= reported_on + 1",
    )
    flow("meetings_held", "meeting_log", "held_on", part="meeting")
    flow("audits_done", "audits", "done_on", part="kind")
    flow("audit_findings", "audits", "done_on", of="sum(findings)")
    flow("seminars_held", "seminars", "held_on")
    flow("seminar_participants", "seminars", "held_on", of="sum(participants)")
    flow("web_page_visits", "web_visits", "visited_on", of="sum(visits)", part="page")
    for kind in ("fund", "fx"):
        _gains(by_span, kind)
    for kpi, column, right in (
        ("paperless_rate", "paper", "ペーパーレス"),
        ("navi_rate", "navi", "有"),
        ("web_certificate_rate", "web_certificate", "有"),
    ):
        ratio(kpi, "procedures", "done_on", f"{column} = '{right}'", f"{column} <> '対象外'")
    cases = ("senior_cases", "handled_on", "method <> '対象外'")
    flow("senior_case_count", *cases, part="method")
    flow("senior_cases_by_age", *cases, part=_band("age", AGES))
    table, day, where = cases
    ratio(
        "senior_rules_kept",
        table,
        day,
        "method IN ('親族同席', '複数人募集', '複数回募集', '電話確認')",
        where,
    )
    flow("follow_up_count", "follow_plan", "done_on")
    by_span(
        "follow_up_customers",
        "SELECT NULL, count(DISTINCT customer) FROM follow_plan "
        "WHERE done_on BETWEEN @start AND @end",
    )
    ratio("follow_up_rate", "follow_plan", "due_on", "done_on IS NOT NULL")
    kept = ("intent_records", "proposed_on")
    flow("intent_sheet_count", *kept, "intent_sheet = '有'", part="line")
    ratio("intent_sheet_rate", *kept, "intent_sheet = '有'", "intent_sheet <> '対象外'")
    ratio("comparison_record_rate", *kept, "comparison = '有'", "comparison <> '対象外'")
    flow("near_misses", "incidents", "reported_on", "kind = 'ヒヤリハット'")
    flow("missed_response_reports", "incidents", "reported_on", "kind = '対応漏れ'")
    flow("incident_reports", "incidents", "reported_on", part="kind")
    ratio("incidents_mended", "incidents", "reported_on", "mended_on IS NOT NULL")
    open_ = "outcome <> '対象外'"
    ratio("renewal_rate", "maturities", "matures_on", "outcome = '更改'", open_)
    for days in (28, 7):
        early = f"outcome = '更改' AND done_on <= matures_on - {days}"
        ratio(f"early_renewal_{days}", "maturities", "matures_on", early, open_)
    ratio(
        "certificates_7_days_before", "certificates", "begins_on", "delivered_on <= begins_on - 7"
    )
    answers = ("survey_answers", "answered_on")
    points = f"{_case('satisfaction', POINTS)} END"
    flow("satisfaction_mean", *answers, of=f"sum({points})", over="count(*)")
    ratio("satisfaction_top2", *answers, "satisfaction IN ('大変満足', '満足')")
    flow("survey_answer_count", *answers, part="satisfaction")
    ratio("survey_response_rate", "survey_requests", "sent_on", "answered_on IS NOT NULL")
    promoted = "CASE WHEN recommend >= 9 THEN 100 WHEN recommend < 7 THEN -100 ELSE 0 END"
    flow("net_promoter_score", *answers, of=f"sum({promoted})", over="count(*)")
    asked = "attended <> '対象外'"
    by_span(
        "training_sessions",
        f"SELECT NULL, count(*) FROM (SELECT min(held_on) AS first FROM attendance WHERE {asked} "
        "GROUP BY session) WHERE first BETWEEN @start AND @end",
    )
    ratio("training_attendance", "attendance", "held_on", "attended = '出席'", asked)
    by_span(
        "training_participants",
        "SELECT NULL, count(DISTINCT staff) FROM attendance WHERE attended = '出席' "
        "AND held_on BETWEEN @start AND @end",
    )
    flow("training_hours", "attendance", "held_on", "attended = '出席'", of="sum(hours)")
    valid = "got_on <= @end AND (lost_on IS NULL OR lost_on >= @end)"
    by_span(
        "fp_holders",
        "WITH held AS (SELECT DISTINCT staff FROM qualifications_held "
        f"WHERE {valid} AND qualification IN ({_list(FP)})) "
        "SELECT NULL, count(DISTINCT e.staff) FILTER (WHERE held.staff IS NOT NULL), "
        "count(DISTINCT e.staff) FROM employees e LEFT JOIN held USING (staff) "
        "WHERE joined_on <= @end AND (left_on IS NULL OR left_on >= @end)",
        two=True,
    )
    by_span(
        "qualification_holders",
        "SELECT qualification, count(DISTINCT staff) FROM qualifications_held "
        f"WHERE {valid} GROUP BY 1",
    )
    log = ("voice_log", "received_on")
    complaint = "kind IN ('苦情', '不満')"
    flow("voice_count", *log, part="kind")
    flow("complaint_count", *log, complaint, part="line")
    flow("voices_by_shop", *log, part="shop")
    flow("voice_improvements", "voice_log", "improved_on")
    ratio("voices_shared", *log, "shared_on IS NOT NULL")
    flow("voices_reported", "voice_log", "reported_on")
    flow(
        "complaint_answer_days",
        "voice_log",
        "answered_on",
        complaint,
        of="sum(answered_on - received_on)",
        over="count(*)",
    )
    ratio("complaints_answered_in_3_days", *log, "answered_on <= received_on + 3", complaint)


def _gains(by_span: BySpan, kind: str) -> None:
    last = f"stands_on = (SELECT max(stands_on) FROM {kind}_customers WHERE stands_on <= @end)"
    rows = f"FROM {kind}_customers WHERE {last}"
    by_span(
        f"{kind}_customers_by_gain",
        f"SELECT {_band('gain / invested', BANDS)}, count(*) {rows} GROUP BY 1 "
        f"UNION ALL SELECT NULL, count(*) {rows}",
    )
    by_span(
        f"{kind}_customers_in_profit",
        f"SELECT NULL, count(*) FILTER (WHERE gain >= 0), count(*) {rows}",
        two=True,
    )
    for column in ("cost", "return", "risk") if kind == "fund" else ("cost", "return"):
        by_span(
            f"{kind}_{column}",
            f'SELECT NULL, sum("{column}" * balance), sum(balance) FROM (SELECT *, '
            f"rank() OVER (ORDER BY balance DESC) AS place FROM {kind}_products WHERE stands_on = "
            f"(SELECT max(stands_on) FROM {kind}_products WHERE stands_on <= @end)) "
            "WHERE place <= 20",
            two=True,
        )


def _policies(figures: Figures) -> None:
    flow, by_span = figures.flow, figures.by_span
    for months in (13, 25, 37):
        day = f"(started_on + INTERVAL {months} MONTH)::DATE"
        on = f"(ended_on IS NULL OR ended_on >= {day})"
        figures.ratio(f"persistency_{months}", "policies", day, on)
        flow(
            f"persistency_{months}_premium",
            "policies",
            day,
            of=f"sum(premium) FILTER (WHERE {on})",
            over="sum(premium)",
        )
    year = "(started_on + INTERVAL 12 MONTH)::DATE"
    figures.ratio(
        "early_lapses", "policies", year, f"ended_by IN ('解約', '失効') AND ended_on < {year}"
    )
    flow("new_policies", "policies", "started_on", part="line")
    flow("new_premium", "policies", "started_on", of="sum(premium)")
    force = "FROM policies WHERE started_on <= @end AND (ended_on IS NULL OR ended_on > @end)"
    by_span("policies_in_force", f"SELECT line, count(*) {force} GROUP BY GROUPING SETS (1, ())")
    by_span("premium_in_force", f"SELECT NULL, sum(premium) {force}")
    followed = "SELECT customer FROM follow_plan WHERE done_on BETWEEN @start AND @end"
    by_span(
        "followed_policyholders",
        f"WITH holders AS (SELECT DISTINCT customer {force}) "
        f"SELECT NULL, count(*) FILTER (WHERE customer IN ({followed})), count(*) FROM holders",
        two=True,
    )
    holders = [line for line in figures.lines if line[0] == "followed_policyholders"]
    for _, span, item, both in holders:  # the same denominator
        figures.lines.append(("policyholders", span, item, cast("list[int]", both)[1]))


def main(folder: str) -> None:
    """Count, and print what was counted."""
    figures = Figures(Path(folder))
    count(figures)
    json.dump(figures.lines, sys.stdout, default=float)


if __name__ == "__main__":
    main(*sys.argv[1:])
