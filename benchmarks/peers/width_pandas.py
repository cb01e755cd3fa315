"""All KPIs of all packs with pandas: one read per file, distinct cells parsed once.

Prints what the DuckDB script prints: a JSON list of [kpi, span, item, number or two numbers].
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

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

DATE = (
    r"^(?:(?P<year>\d{4})|(?:令和|令|R)(?P<era>\d{1,2}))"
    r"[-/.年]?(?P<month>\d{1,2})[-/.月]?(?P<day>\d{1,2})"
)
FIRST = pd.Timestamp("2024-04-01")
IDS = ("customer", "number")

Frame = pd.DataFrame


def days_of(texts: "pd.Index[str]") -> Any:
    """Return the day of every distinct text; a blank one has none."""
    parts = texts.to_series(index=pd.RangeIndex(len(texts))).str.extract(DATE)
    year = pd.to_numeric(parts["year"]).fillna(pd.to_numeric(parts["era"]) + 2018)
    numbers = {"year": year, "month": parts["month"], "day": parts["day"]}
    days = pd.to_datetime(pd.DataFrame(numbers).apply(pd.to_numeric))
    return days.to_numpy("datetime64[s]")


def read(table: str, columns: Mapping[str, str], *files: Path) -> Frame:
    """Read the files of a table; words, numbers and days are made of distinct cells."""
    kinds = {h: "str" if n in IDS else "category" for n, h in columns.items()}
    frames = [
        pd.read_csv(
            file,
            encoding="cp932",
            usecols=list(columns.values()),
            dtype=kinds,
            keep_default_na=False,
        )
        for file in files
    ]
    frame = pd.concat([f.astype(str) for f in frames]) if len(frames) > 1 else frames[0]
    if table == "voices":
        frame = frame.drop_duplicates(columns["number"], keep="last").reset_index(drop=True)
        frame = frame.astype({h: "category" for n, h in columns.items() if n not in IDS})
    made: dict[str, object] = {}
    for name, header in columns.items():
        cells = frame[header]
        if name in IDS:
            made[name] = cells.str.slice(1).astype("int64")
            continue
        codes, distinct = cells.cat.codes.to_numpy(), cells.cat.categories
        if name.endswith("_on"):
            made[name] = days_of(distinct)[codes]
        elif name in NUMBERS:
            made[name] = distinct.astype("int64").to_numpy()[codes]
        else:
            same = same_in(table, name)
            trimmed = [str(word).strip() for word in distinct]
            words = [same.get(word, word) for word in trimmed]
            places, meant = pd.factorize(np.array(words, object))
            made[name] = pd.Categorical.from_codes(places[codes], categories=pd.Index(meant))
    return Frame(made)


class Figures:
    """The tables, and the ways in which KPIs of all kinds are counted."""

    def __init__(self, folder: Path) -> None:
        self.lines: list[tuple[str, str, object, object]] = []
        self.tables = {
            table: read(table, columns, folder / f"{file}.csv")
            for table, (file, columns) in FILES.items()
        }
        voices = sorted(folder.glob("お客様の声_*.csv"))
        self.tables["voices"] = read("voices", VOICES, *voices)

    def __getitem__(self, table: str) -> Any:
        return self.tables[table]

    def add(self, kpi: str, span: str, item: object, value: Any) -> None:
        """Add one answer; numpy's numbers become plain ones."""
        plain = [v.item() if isinstance(v, np.generic) else v for v in np.atleast_1d(value)]
        self.lines.append((kpi, span, item, plain[0] if len(plain) == 1 else plain))

    def flow(
        self,
        kpi: str,
        table: str,
        day: Any,
        where: Any = None,
        *,
        part: Any = None,
        of: Any = None,
        over: Any = None,
    ) -> None:
        """Add what can be added up by months: rows or `of`, over `over` in a ratio or a mean."""
        frame = self[table]
        days = frame[day] if isinstance(day, str) else day
        numbers = days.to_numpy("datetime64[M]").astype("int64") - FIRST.to_numpy().astype(
            "datetime64[M]"
        ).astype("int64")
        kept = (numbers >= 0) & (numbers < len(MONTHS))
        if where is not None:
            kept &= where.to_numpy(bool)
        groups, items = numbers[kept], [None]
        if part is not None:
            words = (frame[part] if isinstance(part, str) else part).astype("category")
            items = list(words.cat.categories)
            groups = groups * len(items) + words.cat.codes.to_numpy()[kept]
        size = len(MONTHS) * len(items)
        sums = []
        for column in (of, over):
            if column is None:
                sums.append(np.bincount(groups, minlength=size))
            else:
                weights = column.to_numpy("float64")[kept]
                sums.append(np.bincount(groups, weights, minlength=size).astype("int64"))
        counts = np.stack(sums if over is not None or of is None else sums[:1])
        if over is None:
            counts = counts[:1]
        by_month = counts.reshape(len(counts), len(MONTHS), len(items))
        spans_of = {month: by_month[:, MONTHS.index(month)] for month in ASKED}
        for number, half in enumerate(HALVES):
            spans_of[half] = by_month[:, 6 * number : 6 * number + 6].sum(axis=1)
        for span, values in spans_of.items():
            self.add(kpi, span, None, values.sum(axis=1))
            for place, item in enumerate(items if part is not None else ()):
                self.add(kpi, span, item, values[:, place])

    def ratio(
        self,
        kpi: str,
        table: str,
        day: Any,
        numerator: Any,
        where: Any = None,
    ) -> None:
        """Add a ratio of rows."""
        ones = pd.Series(1, index=range(len(self[table])))
        self.flow(kpi, table, day, where, of=numerator, over=ones)

    def by_span(self, count: "Callable[[pd.Timestamp, pd.Timestamp, str], None]") -> None:
        """Count what has to be counted for each span."""
        for span, (start, end) in spans().items():
            count(pd.Timestamp(start), pd.Timestamp(end), span)


def inside(days: Any, start: pd.Timestamp, end: pd.Timestamp) -> Any:
    """Mark the days of a span."""
    return (days >= start) & (days <= end)


def in_force(first: Any, last: Any, end: pd.Timestamp) -> Any:
    """Mark what is in force on a day, where its last day is the last one in force."""
    return (first <= end) & (last.isna() | (last >= end))


def both(frame: Any, columns: "str | list[str]", fits: Any) -> tuple[int, int]:
    """Return how many distinct values fit, and how many there are."""
    each = [columns] if isinstance(columns, str) else columns
    return len(frame.loc[fits, each].drop_duplicates()), len(frame[each].drop_duplicates())


def banded(values: Any, bands: tuple[tuple[float, str], ...]) -> Any:
    """Return the band of every number; an edge belongs to the one above."""
    ends = [end for end, _ in bands]
    places = np.searchsorted(ends, values, side="right")
    return pd.Series(
        pd.Categorical.from_codes(places, categories=pd.Index([name for _, name in bands]))
    )


def count(f: Figures) -> None:
    """Count all KPIs."""
    _agency(f)
    _packs(f)
    _people(f)
    _policies(f)


def _agency(f: Figures) -> None:
    meetings = f["meetings"]
    for kpi, name in (
        ("compliance_meetings", "コンプライアンス会議"),
        ("voice_circulations", "お客様の声の回覧"),
    ):
        f.flow(kpi, "meetings", "held_on", meetings.meeting == name)
    _responses(f)
    t = f["renewals"]
    f.ratio(
        "renewal_talks",
        "renewals",
        "sent_on",
        (t.talked == "有") & (t.renewed == "有"),
        t["product"] == "自動車",
    )
    t = f["elderly"]
    life, done = t.line == "生保", t.explained == "済"
    f.ratio("elderly_explained", "elderly", "handled_on", done, life & (t.explained != "対象外"))
    agreed = t.agreed == "はい"
    f.ratio(
        "elderly_agreed",
        "elderly",
        "handled_on",
        agreed,
        life & done & t.agreed.isin(["はい", "いいえ"]),
    )
    used = t.method != "該当なし"
    two = t.line.isin(["生保", "損保"])
    f.flow("elderly_cases", "elderly", "handled_on", two & used, part="method")
    group = t.line == "団体"
    f.flow("elderly_cases_group", "elderly", "handled_on", group & used, part="method")
    t = f["voices"]
    f.flow("voices", "voices", "received_on", part="category")
    f.flow("voices_nonlife", "voices", "received_on", t.line == "損保")
    f.flow("complaint_improvements", "voices", "improved_on", t.category == "不満")
    f.flow("insurer_reports", "voices", "reported_on", part="line")
    f.flow("insurer_improvements", "voices", "insurer_improved_on", part="line")
    t = f["proposals"]
    life = t.line == "生保"
    f.flow("unclear_reasons", "proposals", "checked_on", life & (t.result == "不明瞭"))
    f.flow("navi_uses", "proposals", "checked_on", life & (t.navi == "使用"))
    f.flow("family_contacts", "contacts", "registered_on", part="line")
    t = f["sheets"]
    intent = (t.sheet == "意向把握シート") & (t.line == "生保")
    f.flow("intent_sheets", "sheets", "received_on", intent)
    quote = (t.sheet == "見積希望シート") & (t.line == "損保")
    f.flow("quote_sheets", "sheets", "received_on", quote & t["product"].isin(["火災", "自動車"]))
    f.flow("followups", "followups", "done_on", part="product")


def _responses(f: Figures) -> None:
    t = f["responses"]
    found = t.found_on.fillna(t.due_on)
    missed = t.inspection == "漏れ"
    for number, (half, (start, end)) in enumerate(HALVES.items()):
        first, last = pd.Timestamp(start), pd.Timestamp(end)
        by_inspection = missed & inside(found, first, last)
        undone = t.completed_on.isna() & (t.status != "済") | (t.completed_on > last)
        overdue = inside(t.due_on, first, last) & ~missed & undone & (t.status != "取消")
        rows = by_inspection | overdue
        own = Frame({"day": found.where(by_inspection, t.due_on), "kind": t.kind})[rows]
        months = own.groupby([own.day.dt.strftime("%Y-%m"), "kind"], observed=True).size()
        asked = {half: months.groupby("kind", observed=True).sum()}
        for month in MONTHS[6 * number : 6 * number + 6]:
            if month in ASKED and month in months.index.get_level_values(0):
                asked[month] = months.loc[month]
        for span, counts in asked.items():
            f.add("missed_responses", span, None, int(counts.sum()))
            for kind, size in counts.items():
                f.add("missed_responses", span, kind, int(size))
    doubtful = (t.status == "済") & t.completed_on.isna() & ~missed
    f.flow("doubtful_closures", "responses", t.due_on.fillna(t.received_on), doubtful)


def _packs(f: Figures) -> None:
    t = f["accidents"]
    f.flow("accident_reports", "accidents", "reported_on", part="line")
    called, taken = t.first_contact_on.notna(), (t.first_contact_on - t.reported_on).dt.days
    ones = pd.Series(1, index=t.index)
    f.flow("first_contact_days", "accidents", "reported_on", called, of=taken, over=ones)
    f.ratio("contacted_by_next_day", "accidents", "reported_on", taken <= 1)
    f.flow("meetings_held", "meeting_log", "held_on", part="meeting")
    f.flow("audits_done", "audits", "done_on", part="kind")
    f.flow("audit_findings", "audits", "done_on", of=f["audits"].findings)
    f.flow("seminars_held", "seminars", "held_on")
    f.flow("seminar_participants", "seminars", "held_on", of=f["seminars"].participants)
    visits = f["web_visits"].visits
    f.flow("web_page_visits", "web_visits", "visited_on", part="page", of=visits)
    t = f["procedures"]
    for kpi, column, right in (
        ("paperless_rate", "paper", "ペーパーレス"),
        ("navi_rate", "navi", "有"),
        ("web_certificate_rate", "web_certificate", "有"),
    ):
        f.ratio(kpi, "procedures", "done_on", t[column] == right, t[column] != "対象外")
    t = f["senior_cases"]
    asked = t.method != "対象外"
    f.flow("senior_case_count", "senior_cases", "handled_on", asked, part="method")
    ages = banded(t.age, AGES)
    f.flow("senior_cases_by_age", "senior_cases", "handled_on", asked, part=ages)
    kept = t.method.isin(["親族同席", "複数人募集", "複数回募集", "電話確認"])
    f.ratio("senior_rules_kept", "senior_cases", "handled_on", kept, asked)
    t = f["follow_plan"]
    f.flow("follow_up_count", "follow_plan", "done_on")
    f.ratio("follow_up_rate", "follow_plan", "due_on", t.done_on.notna())
    t = f["intent_records"]
    has = t.intent_sheet == "有"
    f.flow("intent_sheet_count", "intent_records", "proposed_on", has, part="line")
    asked = t.intent_sheet != "対象外"
    f.ratio("intent_sheet_rate", "intent_records", "proposed_on", has, asked)
    has, asked = t.comparison == "有", t.comparison != "対象外"
    f.ratio("comparison_record_rate", "intent_records", "proposed_on", has, asked)
    t = f["incidents"]
    f.flow("near_misses", "incidents", "reported_on", t.kind == "ヒヤリハット")
    f.flow("missed_response_reports", "incidents", "reported_on", t.kind == "対応漏れ")
    f.flow("incident_reports", "incidents", "reported_on", part="kind")
    f.ratio("incidents_mended", "incidents", "reported_on", t.mended_on.notna())
    t = f["maturities"]
    renewed, asked = t.outcome == "更改", t.outcome != "対象外"
    f.ratio("renewal_rate", "maturities", "matures_on", renewed, asked)
    for days in (28, 7):
        early = renewed & (t.done_on <= t.matures_on - pd.Timedelta(days, "D"))
        f.ratio(f"early_renewal_{days}", "maturities", "matures_on", early, asked)
    t = f["certificates"]
    early = t.delivered_on <= t.begins_on - pd.Timedelta(7, "D")
    f.ratio("certificates_7_days_before", "certificates", "begins_on", early)
    t = f["survey_answers"]
    ones = pd.Series(1, index=t.index)
    points = t.satisfaction.astype(object).map(POINTS)
    f.flow("satisfaction_mean", "survey_answers", "answered_on", of=points, over=ones)
    top = t.satisfaction.isin(["大変満足", "満足"])
    f.ratio("satisfaction_top2", "survey_answers", "answered_on", top)
    f.flow("survey_answer_count", "survey_answers", "answered_on", part="satisfaction")
    promoted = 100 * ((t.recommend >= 9).astype(int) - (t.recommend < 7).astype(int))
    f.flow("net_promoter_score", "survey_answers", "answered_on", of=promoted, over=ones)
    answered = f["survey_requests"].answered_on.notna()
    f.ratio("survey_response_rate", "survey_requests", "sent_on", answered)
    t = f["attendance"]
    there = t.attended == "出席"
    f.ratio("training_attendance", "attendance", "held_on", there, t.attended != "対象外")
    f.flow("training_hours", "attendance", "held_on", there, of=t.hours)
    t = f["voice_log"]
    complaint = t.kind.isin(["苦情", "不満"])
    f.flow("voice_count", "voice_log", "received_on", part="kind")
    f.flow("complaint_count", "voice_log", "received_on", complaint, part="line")
    f.flow("voices_by_shop", "voice_log", "received_on", part="shop")
    f.flow("voice_improvements", "voice_log", "improved_on")
    f.ratio("voices_shared", "voice_log", "received_on", t.shared_on.notna())
    f.flow("voices_reported", "voice_log", "reported_on")
    days, ones = (t.answered_on - t.received_on).dt.days, pd.Series(1, index=t.index)
    f.flow("complaint_answer_days", "voice_log", "answered_on", complaint, of=days, over=ones)
    f.ratio("complaints_answered_in_3_days", "voice_log", "received_on", days <= 3, complaint)


def _people(f: Figures) -> None:
    """Count persons, sessions, medians and snapshots, which have to be counted span by span."""
    trainings, attendance = f["trainings"], f["attendance"]
    role = trainings[(trainings.form == "ロープレ") & (trainings.theme == "公的介護保険制度")]
    invited = attendance[attendance.attended != "対象外"]
    firsts = {
        kpi: own.groupby("session", observed=True).held_on.min()
        for kpi, own in (("roleplay_sessions", role), ("training_sessions", invited))
    }
    exams, told, held = f["qualifications"], f["explanations"], f["qualifications_held"]
    life = told[(told.scheme == "公的介護保険制度") & (told.line == "生保")]
    contracted, plan, accidents = told[told.contracted == "有"], f["follow_plan"], f["accidents"]
    called = accidents[accidents.first_contact_on.notna()]
    taken = (called.first_contact_on - called.reported_on).dt.days
    staff, employees = f["staff"], f["employees"]
    team = staff[staff.team == "生保"]

    def of(start: pd.Timestamp, end: pd.Timestamp, span: str) -> None:
        for kpi, days in firsts.items():
            f.add(kpi, span, None, int(inside(days, start, end).sum()))
        own = role[inside(role.held_on, start, end)]
        f.add("roleplay_participants", span, None, own.staff.nunique())
        passed = own.result == "合格"
        first = passed & (own.attempt == "1")
        f.add("roleplay_first_passes", span, None, both(own, "staff", first))
        f.add("roleplay_passes", span, None, both(own, "staff", passed))
        own = team[in_force(team.joined_on, team.left_on, end)]
        known = life.staff[inside(life.explained_on, start, end)].unique()
        f.add("explaining_staff", span, None, both(own, "staff", own.staff.isin(known)))
        own = exams[inside(exams.taken_on, start, end)]
        special = own[own.qualification == "損害保険大学課程(専門コース)"]
        f.add("specialist_exam_takers", span, None, special.staff.nunique())
        passes = both(special, ["staff", "subject"], special.result == "合格")
        f.add("specialist_subject_passes", span, None, passes)
        advisers = own[(own.qualification == "公的保険アドバイザー") & (own.result == "合格")]
        f.add("adviser_passes", span, None, advisers.staff.nunique())
        own = contracted[inside(contracted.explained_on, start, end)]
        for scheme, size in own.groupby("scheme", observed=True).customer.nunique().items():
            f.add("scheme_explanations", span, scheme, int(size))
        days = taken[inside(called.reported_on, start, end)]
        if len(days):
            f.add("first_contact_median", span, None, float(days.median()))
        done = plan.customer[inside(plan.done_on, start, end)]
        f.add("follow_up_customers", span, None, done.nunique())
        there = attendance[(attendance.attended == "出席") & inside(attendance.held_on, start, end)]
        f.add("training_participants", span, None, there.staff.nunique())
        valid = held[in_force(held.got_on, held.lost_on, end)]
        planners = valid.staff[valid.qualification.isin(FP)].unique()
        own = employees[in_force(employees.joined_on, employees.left_on, end)]
        f.add("fp_holders", span, None, both(own, "staff", own.staff.isin(planners)))
        for name, size in valid.groupby("qualification", observed=True).staff.nunique().items():
            f.add("qualification_holders", span, name, int(size))
        for kind in ("fund", "fx"):
            _gains(f, kind, end, span)

    f.by_span(of)


def _gains(f: Figures, kind: str, end: pd.Timestamp, span: str) -> None:
    t = f[f"{kind}_customers"]
    own = t[t.stands_on == t.stands_on[t.stands_on <= end].max()]
    f.add(f"{kind}_customers_by_gain", span, None, len(own))
    for band, size in banded(own.gain / own.invested, BANDS).value_counts().items():
        f.add(f"{kind}_customers_by_gain", span, band, int(size))
    f.add(f"{kind}_customers_in_profit", span, None, (int((own.gain >= 0).sum()), len(own)))
    t = f[f"{kind}_products"]
    own = t[t.stands_on == t.stands_on[t.stands_on <= end].max()].nlargest(
        20, "balance", keep="all"
    )
    for column in ("cost", "return", "risk") if kind == "fund" else ("cost", "return"):
        weighed = int((own[column] * own.balance).sum())
        f.add(f"{kind}_{column}", span, None, (weighed, int(own.balance.sum())))


def _policies(f: Figures) -> None:
    t = f["policies"]
    starts, places = np.unique(t.started_on.to_numpy(), return_inverse=True)

    def after(months: int) -> Any:
        moved = pd.DatetimeIndex(starts) + pd.DateOffset(months=months)
        return pd.Series(moved.to_numpy("datetime64[s]")[places])

    ended = t.ended_on
    for months in (13, 25, 37):
        day = after(months)
        kept = ended.isna() | (ended >= day)
        f.ratio(f"persistency_{months}", "policies", day, kept)
        premium = t.premium.where(kept, 0)
        kpi = f"persistency_{months}_premium"
        f.flow(kpi, "policies", day, of=premium, over=t.premium)
    day = after(12)
    lapsed = t.ended_by.isin(["解約", "失効"]) & (ended < day)
    f.ratio("early_lapses", "policies", day, lapsed)
    f.flow("new_policies", "policies", "started_on", part="line")
    f.flow("new_premium", "policies", "started_on", of=t.premium)
    plan, lines = f["follow_plan"], t.line.cat.categories
    codes, customers = t.line.cat.codes.to_numpy(), t.customer.to_numpy()
    bound = int(max(customers.max(), plan.customer.max())) + 1
    premiums = t.premium.to_numpy()

    def of(start: pd.Timestamp, end: pd.Timestamp, span: str) -> None:
        force = ((t.started_on <= end) & ~(ended <= end)).to_numpy()
        f.add("policies_in_force", span, None, int(force.sum()))
        for line, size in zip(lines, np.bincount(codes[force], minlength=len(lines)), strict=True):
            f.add("policies_in_force", span, line, int(size))
        f.add("premium_in_force", span, None, int(premiums[force].sum()))
        holders, followed = np.zeros(bound, bool), np.zeros(bound, bool)
        holders[customers[force]] = True
        followed[plan.customer[inside(plan.done_on, start, end)]] = True
        number = int(holders.sum())
        f.add("policyholders", span, None, number)
        f.add("followed_policyholders", span, None, (int((holders & followed).sum()), number))

    f.by_span(of)


def main(folder: str) -> None:
    """Count, and print what was counted."""
    figures = Figures(Path(folder))
    count(figures)
    json.dump(figures.lines, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
