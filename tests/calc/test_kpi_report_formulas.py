"""The KPI report's own formulas, computed by an engine, agree with the plan's arithmetic."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("ironcalc")

from generated.spec_places import formula_at

from smsheets.calc.engine import cached_values
from smsheets.layout.cells_of import workbook_cells
from smsheets.layout.content import Content, fill, starting_content
from smsheets.layout.place import place_workbook
from smsheets.plan.inbox import answer_hours, as_known_on, state_of, waits_too_long
from smsheets.plan.kpi_months import KpiMonths, standing_of
from smsheets.plan.kpi_report import KpiReport, KpiRow, Message
from smsheets.plan.record import About, Where
from smsheets.profile import Profile
from smsheets.reader.plans import _record
from smsheets.spec.load import load_spec
from smsheets.spec.reference import load_kpi_definitions

PROFILE = Profile(start=date(2027, 1, 1), months=12, channels=("instagram", "facebook"))
AS_OF = date(2027, 7, 5)
WORDS = {item.id: {value.id: value.text for value in item.values} for item in load_spec("kpi-report").lists}
WATCH, BEHIND = Decimal("0.05"), Decimal("0.15")


class Sheets:
    """A KPI report workbook with some rows, computed."""

    def __init__(self, forms: dict[str, dict[str, Any]] | None = None, **tables: list[dict[str, Any]]) -> None:
        spec = load_spec("kpi-report")
        given_forms = {"start": {"as_of": AS_OF.isoformat()}, **(forms or {})}
        content = starting_content(spec, PROFILE, Content(forms=given_forms, tables={"kpis": [], **tables}))
        self.layout = place_workbook(spec, PROFILE, {name: len(rows) for name, rows in content.tables.items()})
        self.values = cached_values(workbook_cells(self.layout, fill(self.layout, content)))

    def cell(self, table_id: str, row: int, key: str) -> Any:
        table = self.layout.tables[table_id]
        return self.values[table.sheet, table.header_row + row, table.by_key[key].col]

    def row(self, table_id: str, row: int, *keys: str) -> list[Any]:
        return [self.cell(table_id, row, key) for key in keys]

    def field(self, form_id: str, field_id: str) -> Any:
        form = self.layout.forms[form_id]
        return self.values[form.sheet, form.row_of[field_id], form.value_col]


def kpi(metric: str, actual: list[float | None], target: list[float | None] = [], **more: Any) -> dict[str, Any]:  # noqa: B006
    return {"channel": "instagram", "metric": metric, "actual": actual, "target": target, **more}


def record(row: dict[str, Any]) -> KpiRow:
    def values(name: str) -> tuple[Decimal | None, ...]:
        found = [None if value is None else Decimal(str(value)) for value in row[name]]
        return (*found, *[None] * (12 - len(found)))

    return KpiRow(channel=row["channel"], metric=row["metric"], actual=values("actual"), target=values("target"))


def test_a_blank_workbook_shows_no_figure_and_no_error() -> None:
    blank = Sheets()
    ends = {(table.sheet, column.col) for table in [blank.layout.tables["followers"]] for column in table.columns}
    shown = [value for (sheet, _, col), value in blank.values.items() if value and (sheet, col) not in ends]
    assert not [value for value in shown if str(value).startswith("#")]
    blank = Sheets().row("kpis", 1, "percent_of_target#1", "year_to_date", "status", "note")
    assert blank == ["", "", "", ""]
    assert Sheets().row("dashboard", 1, "value", "change", "status") == ["", "", ""]
    assert Sheets().row("inbox", 1, "state") == [""]


ROWS = [
    kpi("likes", [10, None, 12], [11, 20, 11]),
    kpi("followers", [100, 120], [110, 130, 140]),
    kpi("reach", [1000, 2000], [1000, 1500]),
    kpi("ctr", [0.01, 0.02], [0.01, 0.03]),
    kpi("link_clicks", [10, 50, 30]),
    kpi("impressions", [1000, None, 2000]),
    kpi("response_time", [20, 14], [18, 13], channel=None),
    kpi("shares", [5, 5], [6, None]),
    kpi("spend", [10, 20], [0, 0]),
    kpi("cpm", [5]),
]


@pytest.mark.parametrize("as_of", [AS_OF, date(2027, 2, 10), date(2027, 1, 20)])
def test_year_and_status_agree_with_the_plan(as_of: date) -> None:
    """Also where figures stand in months that have not begun."""
    sheets = Sheets({"start": {"as_of": as_of.isoformat()}}, kpis=ROWS)
    months = KpiMonths(
        KpiReport(start=About(period_start=PROFILE.start), kpis=tuple(record(row) for row in ROWS)),
        as_of,
        load_kpi_definitions(),
    )
    for number, row in enumerate(months.report.kpis, 1):
        year, last = months.year_to_date(row), months.last_month(row)
        assert last is not None
        value, target = months.actuals(row)[last - 1], row.target[last - 1]
        standing = standing_of(value, target, months.meaning(row).direction, WATCH, BEHIND)
        figures = {
            "year_to_date": "" if year.actual is None else pytest.approx(float(year.actual)),
            "target_to_date": "" if year.target is None else pytest.approx(float(year.target)),
            "status": WORDS["kpi_statuses"][standing.value],
        }
        for column, figure in figures.items():
            found = sheets.cell("kpis", number, column)
            assert found == figure, f"{row.metric}: {formula_at('kpi-report', 'kpis', column)}"


def test_followers_are_a_line_per_channel_that_ends_with_the_last_figure() -> None:
    """A zero is a figure; a month without one, a channel without followers, and a spare place are no zero."""
    sheets = Sheets(kpis=[kpi("followers", [100, None, 0]), kpi("likes", [5]), kpi("likes", [5], channel="facebook")])
    [instagram, facebook, spare, *_] = sheets.layout.tables["followers"].repetitions["count"]
    shown = [[sheets.cell("followers", month, column.key) for month in range(1, 5)] for column in (instagram, facebook)]
    assert shown == [[100, "#N/A", 0, "#N/A"], ["#N/A"] * 4]
    assert not spare.item.known
    assert sheets.cell("followers", 1, spare.key) == ""


PARTS = ("engagement", "reach", "impressions", "link_clicks", "spend")
RATES = ("engagement_rate_by_reach", "engagement_rate_by_impressions", "ctr", "cpc", "cpm")
FIGURES = st.lists(st.sampled_from([None, 0, 3, 40, 500]), min_size=3, max_size=3)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*PARTS, *RATES]), FIGURES, min_size=2), st.randoms(use_true_random=False))
def test_a_rate_without_a_figure_is_worked_out(figures: dict[str, list[float | None]], chance: Any) -> None:
    """In whatever order the rows are, as after sorting; a figure that is typed counts."""
    rows = [kpi(metric, actual, [1, 1, 1]) for metric, actual in figures.items()]
    chance.shuffle(rows)
    sheets = Sheets(kpis=rows)
    report = KpiReport(start=About(period_start=PROFILE.start), kpis=tuple(record(row) for row in rows))
    months = KpiMonths(report, AS_OF, load_kpi_definitions())
    for number, row in enumerate(report.kpis, 1):
        actuals = months.actuals(row)
        shown = sheets.row("kpis", number, "value#1", "value#2", "value#3")
        assert shown == ["" if own is None else pytest.approx(float(own)) for own in actuals[:3]], row.metric
        last = months.last_month(row)
        assert sheets.cell("kpis", number, "last_month_number") == ("" if last is None else last)
        if last is not None:
            assert sheets.cell("dashboard", number, "value") in (shown[last - 1], "")
            assert sheets.cell("kpis", number, f"percent_of_target#{last}") == pytest.approx(shown[last - 1])


def test_a_figure_of_a_month_to_come_is_no_figure_yet() -> None:
    sheets = Sheets(kpis=[kpi("likes", [*[None] * 11, 9], [10] * 12)])
    assert sheets.row("kpis", 1, "last_month_number", "last_actual", "year_to_date") == ["", "", ""]
    assert sheets.cell("kpis", 1, "status") == "no data"


def test_why_there_is_no_year_is_said() -> None:
    sheets = Sheets(kpis=[kpi("reach", [5]), kpi("ctr", [0.1]), kpi("likes", [5])])
    notes = [sheets.cell("kpis", number, "note") for number in (1, 2, 3)]
    assert notes == ["months cannot be added up", "needs both parts of the ratio as rows that add up", ""]


def test_the_dashboard_shows_the_last_month_or_the_one_picked() -> None:
    rows = [kpi("likes", [10, 8, 12], [10, 10, 10]), kpi("shares", [3])]
    columns = ("value", "previous", "change", "change_share", "target", "share_of_target", "status")
    latest = Sheets(kpis=rows)
    assert latest.row("dashboard", 1, *columns) == [12, 8, 4, 0.5, 10, 1.2, "on track"]
    assert latest.row("dashboard", 2, *columns) == ["", "", "", "", "", "", "no data"]
    picked = Sheets({"settings": {"month": "2027-02-14"}}, kpis=rows)
    assert picked.row("dashboard", 1, *columns) == [8, 10, -2, -0.2, 10, 0.8, "behind"]
    outside = Sheets({"settings": {"month": "2030-02-14"}}, kpis=rows)
    assert outside.row("dashboard", 1, "value", "status") == ["", "no data"]


def test_the_cards_begin_with_the_rows_that_serve_a_goal() -> None:
    goal = kpi("orders", [20, 25], [20, 20], goal_id="G1", channel="facebook")
    sheets = Sheets(kpis=[kpi("likes", [10, 8], [10, 10]), goal])
    shown = [[sheets.cell("cards", row, f"card_{card}") for row in range(1, 8)] for card in (1, 2, 3)]
    assert shown == [
        ["Facebook", "Orders", 25, 0.25, 1.25, "on track", "number"],
        ["Instagram", "Likes", 8, -0.2, 0.8, "behind", "number"],
        [""] * 7,
    ]


def test_the_charts_show_what_is_picked_or_the_first_rows() -> None:
    rows = [kpi("followers", [100, 120]), kpi("likes", [5], [6]), kpi("likes", [7], channel="facebook")]
    assert Sheets(kpis=rows).row("trend", 1, "actual", "second_actual", "second_target") == [100, 5, 6]
    picked = Sheets({"charts": {"channel": "facebook", "metric": "likes", "second_metric": "orders"}}, kpis=rows)
    assert picked.row("trend", 1, "actual", "target", "second_actual") == [7, "", ""]
    assert picked.field("charts", "first_title") == "Facebook - Likes"


def test_rates_of_posts_leave_blanks_blank() -> None:
    posts = [
        {
            "likes": 40,
            "saves": 10,
            "reach": 1000,
            "impressions": 2000,
            "clicks": 20,
            "spend": 10,
            "orders": 0,
            "revenue": 30,
        },
        {"date": "2027-06-05", "time": "20:59", "clicks": 3},
    ]
    sheets = Sheets(post_results=posts)
    rates = ("engagements", "engagement_rate_by_reach", "engagement_rate_by_impressions", "ctr", "cpc", "cpa", "roas")
    assert sheets.row("post_results", 1, *rates) == [50, 0.05, 0.025, 0.01, 0.5, "", 3]
    assert sheets.row("post_results", 2, *rates) == [""] * 7
    assert sheets.row("post_results", 2, "weekday", "hour_block") == ["Saturday", 7]


def test_what_works_is_the_ratio_of_sums() -> None:
    posts: list[dict[str, Any]] = [
        {"format": "photo", "likes": 10, "reach": 100, "orders": 1},
        {"format": "photo", "likes": 10, "reach": 900, "clicks": 4},
        {"format": "photo", "likes": 500},
    ]
    assert Sheets(post_results=posts).row("by_format", 1, "posts", "rate", "clicks", "orders") == [3, 0.02, 4, 1]


RECEIVED = ("2027-07-05", "2027-07-04", "2027-06-01", "2027-07-01T10:00", "2027-07-04T11:00")
ANSWERED = ("2027-07-02", "2027-07-01T21:45", "2027-07-02T09:00", "2027-07-06")
MESSAGES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([None, "question", "complaint", "mention", "praise"]),
        "received": st.sampled_from([None, *RECEIVED]),
        "answered": st.sampled_from([None, True, False, *ANSWERED]),
        "first_answer_hours": st.sampled_from([None, 2, 12, 12.5]),
        "routed_to": st.sampled_from([None, "Owner"]),
        "resolved": st.sampled_from([None, True, False, "2027-07-02"]),
    }
)


def message_of(values: dict[str, Any]) -> Message:
    """The record of a row as the reader makes it."""
    hours = values["first_answer_hours"]
    typed = {**values, "first_answer_hours": None if hours is None else Decimal(str(hours))}
    for name in ("received", "answered", "resolved"):
        if isinstance(typed[name], str):
            moment = datetime.fromisoformat(typed[name])
            typed[name] = moment if moment.time() != time() else moment.date()
    return cast("Message", _record(Message, typed, Where()))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(messages=st.lists(MESSAGES, min_size=1, max_size=40))
def test_the_state_of_a_message_agrees_with_the_plan(messages: list[dict[str, Any]]) -> None:
    placed = [{"channel": "instagram", **values} for values in messages]
    sheets = Sheets({"inbox_settings": {"promise_hours": 12}}, inbox=placed)
    waiting = sum(waits_too_long(as_known_on(message_of(values), AS_OF), Decimal(12), AS_OF) for values in messages)
    assert sheets.cell("channel_summary", 1, "waiting") == waiting
    for number, values in enumerate(messages, 1):
        item = as_known_on(message_of(values), AS_OF)
        hours = answer_hours(item)
        assert sheets.cell("inbox", number, "answer_hours") == ("" if hours is None else float(hours)), values
        state = state_of(item, Decimal(12), AS_OF)
        expected = "" if state is None else WORDS["message_states"][state.value]
        found = sheets.cell("inbox", number, "state")
        assert found == expected, f"{values}: {formula_at('kpi-report', 'inbox', 'state')}"
