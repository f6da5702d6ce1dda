"""Own time against an outsider's price."""

from __future__ import annotations

from decimal import Decimal

import pytest

from smsheets.plan.budget import OwnTimeTask, TimeChoice, time_cost


def task(hours: str | None, value: str | None, price: str | None) -> OwnTimeTask:
    return OwnTimeTask(
        hours_per_week=None if hours is None else Decimal(hours),
        hourly_value=None if value is None else Decimal(value),
        outside_price=None if price is None else Decimal(price),
    )


def test_a_month_is_a_twelfth_of_the_working_weeks() -> None:
    assert time_cost(task("3", "20", None)).cost == 260
    assert time_cost(task("3", "20", None), Decimal(48)).cost == 240


@pytest.mark.parametrize(
    ("price", "choice"),
    [("250", TimeChoice.HIRE), ("270", TimeChoice.OURSELVES), ("260", TimeChoice.SAME), (None, None)],
)
def test_the_cheaper_way_is_named(price: str | None, choice: TimeChoice | None) -> None:
    assert time_cost(task("3", "20", price)).choice is choice


@pytest.mark.parametrize(("hours", "value"), [(None, "20"), ("3", None), (None, None)])
def test_a_blank_is_unknown_not_free(hours: str | None, value: str | None) -> None:
    cost = time_cost(task(hours, value, "100"))
    assert (cost.cost, cost.saving, cost.choice) == (None, None, None)
