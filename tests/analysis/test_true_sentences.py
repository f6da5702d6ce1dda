"""What findings say fits the situation: nothing is blank in a sentence, no day that is over is proposed.

The rules are run on the sample month by month, so that what was to come is past and what was known is not yet; on plans
with much that is wrong; and on the sample with each of its inputs in turn blank, zero, long ago, done, or in one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from msgspec.structs import replace
from test_fires_by_hand import ILL, SAMPLES

import smsheets
from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Finding, Lacking
from smsheets.analysis.rules import all_rules
from smsheets.analysis.run import run_rule
from smsheets.money import Money
from smsheets.plan.record import Record

DAYS = [date(2027, month, 15) for month in range(1, 13)] + [date(2026, 12, 1), date(2028, 3, 1)]
LOOKING_BACK = {"since", "until", "from"}
"""Values that say since when something is so; they stand in advice to look at what changed."""


@cache
def sample() -> list[smsheets.ReadWorkbook]:
    return [smsheets.read_workbook(path) for path in sorted(SAMPLES.glob("*.xlsx"))]


def cases(analysis: smsheets.FramedAnalysis) -> Iterator[Finding | Lacking]:
    """What each rule finds and lacks, before causes are gathered."""
    for business in analysis.businesses:
        yield from cases_of(business.context)


def cases_of(facts: Context) -> Iterator[Finding | Lacking]:
    assert isinstance(facts, Facts)
    for rule in all_rules():
        yield from run_rule(rule, facts)


def named(text: str) -> list[str]:
    """The names in braces."""
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def faults(found: Finding | Lacking, as_of: date) -> Iterator[str]:
    """What is not true or not said in its sentences."""
    texts = {"says": found.says, "todo": found.todo} if isinstance(found, Finding) else {"says": found.says}
    for part, text in texts.items():
        for name in named(text):
            value = found.values[name]
            if value in ("", ()):
                yield f"{part}: nothing stands for {name}"
            if part == "todo" and isinstance(value, Money) and value.amount <= 0:
                yield f"{part}: {name} is {value.amount}"
            days = [item for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, date)]
            if part == "todo" and name not in LOOKING_BACK and any(day < as_of for day in days):
                yield f"{part}: {name} is over: {min(days)}"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_sample_in_every_month(day: date) -> None:
    analysis = smsheets.analyze(*sample(), as_of=day)
    wrong = {f"{getattr(case, 'id', case)}: {fault}" for case in cases(analysis) for fault in faults(case, day)}
    assert sorted(wrong) == []


@pytest.mark.parametrize("make", ILL, ids=lambda make: make.__name__)
def test_plans_with_much_that_is_wrong(make: object, tmp_path: Path) -> None:
    plan = make()  # type: ignore[operator]
    analysis = smsheets.analyze(*plan.typed(tmp_path), as_of=plan.as_of)
    wrong = {f"{getattr(case, 'id', case)}: {fault}" for case in cases(analysis) for fault in faults(case, plan.as_of)}
    assert sorted(wrong) == []


Change = Callable[[Any], Any]


def blank(value: Any) -> Any:
    """As if nobody had filled it in."""
    if isinstance(value, tuple):
        return tuple(None for _ in value) if any(isinstance(item, Decimal) for item in value) else ()
    return None


def zero(value: Any) -> Any:
    """Every number is zero."""
    if isinstance(value, tuple):
        return tuple(map(zero, value))
    return type(value)(0) if isinstance(value, Decimal | int) and not isinstance(value, bool) else value


def past(value: Any) -> Any:
    """Every day is two years ago."""
    return value - timedelta(days=730) if isinstance(value, date) else value


def done(value: Any) -> Any:
    """Every status is the last one."""
    return "done" if value in ("in_progress", "planned", "next", "on_hold", "review", "backlog") else value


def changed(plans: PlanSet, record_class: str, field: str, change: Change) -> PlanSet:
    """The plans with one field changed in every row of a table, or in a form."""
    found = {}
    for name in plans.__struct_fields__:
        plan = getattr(plans, name)
        for table in plan.__struct_fields__ if plan is not None else ():
            value = getattr(plan, table)
            if isinstance(value, tuple) and value and type(value[0]).__name__ == record_class:
                rows = tuple(replace(row, **{field: change(getattr(row, field))}) for row in value)
                plan = replace(plan, **{table: rows})
            elif type(value).__name__ == record_class and table != "start":
                plan = replace(plan, **{table: replace(value, **{field: change(getattr(value, field))})})
        found[name] = plan
    return PlanSet(**found)


def fields() -> list[tuple[str, str]]:
    """Class and field of every record that the sample has rows of."""
    (business,) = smsheets.analyze(*sample()).businesses
    plans = business.plans
    rows = [
        value[0] if isinstance(value, tuple) else value
        for name in plans.__struct_fields__
        for table in getattr(plans, name).__struct_fields__
        if table != "start" and (value := getattr(getattr(plans, name), table))
    ]
    records = [row for row in rows if isinstance(row, Record)]
    return sorted(
        {(type(row).__name__, field) for row in records for field in row.__struct_fields__ if field != "where"}
    )


def test_each_input_of_the_sample_changed_in_turn() -> None:
    """One class of record after the other; a rule that fails, or says what is not so, is named with the change."""
    (business,) = smsheets.analyze(*sample()).businesses
    given = {name: getattr(business.context, name) for name in business.context.__struct_fields__ if name != "plans"}
    wrong = set()
    for record_class, field in fields():
        for change in (blank, zero, past, done):
            plans = changed(business.plans, record_class, field, change)
            if plans == business.plans:
                continue
            for case in cases_of(Facts(plans=plans, **given)):
                wrong |= {
                    f"{record_class}.{field} {change.__name__}: {getattr(case, 'id', case)}: {fault}"
                    for fault in faults(case, business.context.as_of)
                }
    assert sorted(wrong) == []


def test_single_rows() -> None:
    """Of every table only the first row, the second, ..."""
    (business,) = smsheets.analyze(*sample()).businesses
    given = {name: getattr(business.context, name) for name in business.context.__struct_fields__ if name != "plans"}
    wrong = set()
    for number in range(8):
        found = {}
        for name in business.plans.__struct_fields__:
            plan = getattr(business.plans, name)
            tables = {table: getattr(plan, table) for table in plan.__struct_fields__}
            cut = {key: value[number : number + 1] for key, value in tables.items() if isinstance(value, tuple)}
            found[name] = replace(plan, **cut)
        for case in cases_of(Facts(plans=PlanSet(**found), **given)):
            wrong |= {f"row {number}: {getattr(case, 'id', case)}: {f}" for f in faults(case, business.context.as_of)}
    assert sorted(wrong) == []
