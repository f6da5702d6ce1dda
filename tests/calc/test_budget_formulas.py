"""The budget sheet's own formulas, computed by an engine, agree with the plan's arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("ironcalc")

from generated.spec_places import formula_at

from smsheets.calc.engine import cached_values
from smsheets.layout.cells_of import workbook_cells
from smsheets.layout.content import Content, fill, starting_content
from smsheets.layout.place import place_workbook
from smsheets.plan.ad_money import work_out_need, work_out_yield
from smsheets.plan.budget import AdGoal, AdMoney, Budget, BudgetLine
from smsheets.plan.budget_year import Limits, year_of
from smsheets.plan.carry import bridge_of, months_of, rule_of
from smsheets.plan.record import About
from smsheets.profile import Profile
from smsheets.spec.load import load_spec

PROFILE = Profile(start=date(2027, 1, 1), months=12, channels=("instagram", "facebook"))
LIMITS = Limits(watch_share=Decimal("0.05"), over_share=Decimal("0.15"))
AVAILABLE, LEFT = (formula_at("budget", "lines", column) for column in ("available", "left"))
STATUS_TEXTS = {
    "on_track": "on track",
    "not_spent": "not spent",
    "no_budget": "no budget",
    "no_data": "no data",
}


class Sheets:
    """A budget workbook with some lines, computed."""

    def __init__(
        self, lines: list[dict[str, Any]], forms: dict[str, dict[str, Any]] | None = None, as_of: date | None = None
    ) -> None:
        spec = load_spec("budget")
        more = {} if as_of is None else {"start": {"as_of": as_of}}
        tables = {"lines": lines, "own_time": []}
        content = starting_content(spec, PROFILE, Content(forms=(forms or {}) | more, tables=tables))
        self.layout = place_workbook(spec, PROFILE, {name: len(rows) for name, rows in content.tables.items()})
        self.values = cached_values(workbook_cells(self.layout, fill(self.layout, content)))

    def cell(self, table_id: str, row: int, key: str) -> Any:
        """The value of a computed cell; `row` counts from 1, `key` is `left#3` for March."""
        table = self.layout.tables[table_id]
        return self.values[table.sheet, table.header_row + row, table.by_key[key].col]

    def row(self, table_id: str, row: int, column: str) -> list[Any]:
        return [self.cell(table_id, row, f"{column}#{month}") for month in range(1, 13)]

    def field(self, form_id: str, field_id: str) -> Any:
        form = self.layout.forms[form_id]
        return self.values[form.sheet, form.row_of[field_id], form.value_col]


def line(actual: list[float | None], **more: Any) -> dict[str, Any]:
    return {"category": "advertising", "line": "Ads", "planned": [100] * 12, "actual": actual, **more}


@pytest.mark.parametrize(
    ("actual", "rule", "available"),
    [
        ([80], "unspent", [100, 120] + [100] * 10),
        ([80], None, [100, 120] + [100] * 10),
        ([80], "none", [100] * 12),
        ([130], "unspent", [100] * 12),
        ([130], "both_ways", [100, 70] + [100] * 10),
        ([], "unspent", [100] * 12),
        ([], "both_ways", [100] * 12),
        ([80, None, 50], "unspent", [100, 120, 220, 270] + [100] * 8),
    ],
)
def test_available_of_the_exact_cases(actual: list[float | None], rule: str | None, available: list[float]) -> None:
    assert Sheets([line(actual, carry_rule=rule)]).row("lines", 1, "available") == available, AVAILABLE


@pytest.mark.parametrize("rule", ["none", "unspent", "both_ways"])
def test_the_opening_carry_goes_into_the_first_month(rule: str) -> None:
    assert Sheets([line([], carry_rule=rule, opening=50)]).row("lines", 1, "available") == [150] + [100] * 11, AVAILABLE


def test_a_blank_rule_carries_nothing_outside_advertising() -> None:
    sheets = Sheets([line([80], category="software")])
    assert sheets.cell("lines", 1, "rule") == "none", formula_at("budget", "lines", "rule")
    assert sheets.cell("lines", 1, "available#2") == 100, AVAILABLE


def test_left_is_a_number_exactly_in_closed_months() -> None:
    assert Sheets([line([80, None, 50])]).row("lines", 1, "left") == [20, 120, 170] + [""] * 9, LEFT


def test_an_actual_in_a_month_to_come_closes_nothing() -> None:
    rows = [line([100, 90, 80, *[None] * 8, 100]), line([0] * 12), line([*[None] * 11, 5])]
    sheets = Sheets(rows, as_of=date(2027, 4, 10))
    assert [sheets.cell("lines", row, "closed_months") for row in (1, 2, 3)] == [3, 4, 0]
    assert sheets.row("lines", 1, "left")[:4] == [0, 10, 30, ""]
    figures = [sheets.cell("lines", 1, key) for key in ("budget_to_date", "actual_to_date", "forecast", "carried_on")]
    assert figures == [300, 270, 1200, 30]
    assert [sheets.cell("lines", row, "status") for row in (1, 2, 3)] == ["on track", "not spent", "no data"]
    assert sheets.cell("lines", 2, "budget_to_date") == 400
    assert [sheets.cell("by_month", month, "actual") for month in (1, 3, 4, 12)] == [100, 80, 0, ""]


@pytest.mark.parametrize(
    ("as_of", "left"),
    [
        (date(2026, 11, 30), 20),
        (date(2027, 1, 31), 20),
        (date(2027, 2, 1), 90),
        (date(2027, 3, 15), 190),
        (date(2028, 2, 1), 100),
        (None, ""),
    ],
)
def test_left_now_is_what_the_running_month_may_still_spend(as_of: date | None, left: float | str) -> None:
    """Before the period its first month, after it the last one; nothing where no day is known."""
    sheets = Sheets([line([80, 30])], as_of=as_of)
    assert sheets.cell("lines", 1, "left_now") == left, formula_at("budget", "lines", "left_now")


def test_a_refund_first_undoes_what_was_forgiven() -> None:
    sheets = Sheets([line([None, 200, -200, None, 30], planned=[None] * 12)])
    assert sheets.row("lines", 1, "available")[:6] == ["", 0, 0, 0, 0, 0], AVAILABLE
    assert sheets.cell("lines", 1, "forecast") == 30


def test_a_blank_workbook_shows_no_number_anywhere() -> None:
    sheets = Sheets([])
    shown = {value for value in sheets.values.values() if isinstance(value, int | float)}
    months = {value for value in shown if value > 40_000}
    assert shown == months


def test_the_ad_calculator_agrees_with_the_plan() -> None:
    goal = {"revenue_goal": 1500, "average_order": 48, "conversion_rate": 0.02, "cost_per_click": 0.35}
    sheets = Sheets([], {"ad_goal": goal, "ad_money": {"ad_budget": 200}})
    inputs = msgspec.convert({name: Decimal(str(value)) for name, value in goal.items()}, AdGoal)
    need, brought = work_out_need(inputs), work_out_yield(AdMoney(ad_budget=Decimal(200)), inputs)
    for form, field, figure in (
        ("ad_goal", "orders_needed", need.orders),
        ("ad_goal", "clicks_needed", need.clicks),
        ("ad_goal", "budget_needed", float(need.budget or 0)),
        ("ad_money", "clicks", brought.clicks),
        ("ad_money", "orders", brought.orders),
        ("ad_money", "revenue", float(brought.revenue or 0)),
    ):
        assert sheets.field(form, field) == figure, formula_at("budget", form, field)


cents = st.none() | st.integers(0, 50_000).map(lambda number: number / 100)
refunds = st.integers(-30_000, 0).map(lambda number: number / 100)
line_rows = st.fixed_dictionaries(
    {
        "category": st.sampled_from(["advertising", "software", None]),
        "line": st.just("Something"),
        "carry_rule": st.sampled_from([None, "none", "unspent", "both_ways"]),
        "opening": st.none() | st.integers(-5_000, 50_000).map(lambda number: number / 100),
        "planned": st.lists(cents, min_size=12, max_size=12),
        "actual": st.lists(cents | refunds, max_size=12),
    }
)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(line_rows, min_size=20, max_size=40),
    as_of=st.none() | st.dates(date(2026, 12, 1), date(2028, 1, 31)),
)
def test_any_lines_agree_with_the_plan_to_the_cent(rows: list[dict[str, Any]], as_of: date | None) -> None:
    """On any day; without one all months count, as in a new file until a spreadsheet program knows today."""
    sheets = Sheets(rows, as_of=as_of)
    carried = []
    for number, row in enumerate(rows, 1):
        record = BudgetLine(
            **{key: row[key] for key in ("category", "line", "carry_rule")},
            opening=_decimal(row["opening"]),
            planned=tuple(map(_decimal, row["planned"])),
            actual=tuple(map(_decimal, row["actual"])),
        )
        if as_of is not None:
            [record] = Budget(start=About(period_start=PROFILE.start), lines=(record,)).until(as_of).lines
        months = months_of(record)
        year, bridge = year_of(months, record.opening), bridge_of(months, rule_of(record), record.opening)
        carried.append(bridge.carried_on)
        assert _cents(sheets.row("lines", number, "available")) == [_shown(m.available) for m in months], AVAILABLE
        assert _cents(sheets.row("lines", number, "left")) == [_shown(m.left) for m in months], LEFT
        figures = {
            "year_planned": year.planned,
            "year_budget": year.budget,
            "budget_to_date": year.to_date,
            "actual_to_date": year.actual,
            "variance": year.variance,
            "forecast": year.forecast,
        }
        if any(month.closed for month in months):
            figures |= {"earned": bridge.earned, "carry_used": bridge.used, "carry_expired": bridge.expired}
            figures |= {"carry_forgiven": bridge.forgiven, "carried_on": bridge.carried_on}
        for key, amount in figures.items():
            found = _cents([sheets.cell("lines", number, key)])
            assert found == [_shown(amount)], f"{key}: {formula_at('budget', 'lines', key)}"
        if any(amount is not None for amount in (row["opening"], *row["planned"], *row["actual"])):
            status = year.status(LIMITS).value
            shown = sheets.cell("lines", number, "status")
            assert shown == STATUS_TEXTS.get(status, status), formula_at("budget", "lines", "status")
    amounts = [sheets.cell("carry_bridge", step, "amount") for step in range(1, 7)]
    if amounts != [""] * 6:
        assert abs(sum(amounts[:5]) - amounts[5]) < 0.005
        assert round(amounts[5], 2) == float(sum(carried))


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _cents(values: list[Any]) -> list[Any]:
    return [round(value * 100) if isinstance(value, int | float) else value for value in values]


def _shown(amount: Decimal | None) -> Any:
    return "" if amount is None else round(amount * 100)
