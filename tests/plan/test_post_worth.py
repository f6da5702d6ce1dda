"""What a post usually earns on its channel."""

from __future__ import annotations

from decimal import Decimal

from smsheets.plan.kpi_report import PostResult
from smsheets.plan.results import revenue_of, usual_revenues


def test_no_order_is_no_money_and_a_blank_is_unknown() -> None:
    assert revenue_of(PostResult(orders=0)) == 0
    assert revenue_of(PostResult(orders=2)) is None
    assert revenue_of(PostResult()) is None
    assert revenue_of(PostResult(orders=0, revenue=Decimal("9.90"))) == Decimal("9.90")


def test_the_median_of_what_was_not_paid_for() -> None:
    results = [
        PostResult(channel="x", revenue=Decimal(10)),
        PostResult(channel="x", orders=0),
        PostResult(channel="x", revenue=Decimal(500)),
        PostResult(channel="x", revenue=Decimal(900), spend=Decimal(20)),
        PostResult(channel="x"),
        PostResult(channel="tiktok", revenue=Decimal(7)),
        PostResult(revenue=Decimal(7)),
    ]
    assert usual_revenues(results, 3) == {"x": Decimal(10)}
    assert usual_revenues(results, 1) == {"x": Decimal(10), "tiktok": Decimal(7)}
    assert usual_revenues(results, 4) == {}
