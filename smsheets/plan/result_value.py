"""What results are worth: the money of an average order, taken from the business's own orders and revenue."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from smsheets.plan.known import round_figure
from smsheets.plan.kpi_months import KpiMonths, ratio
from smsheets.plan.kpi_report import KpiRow
from smsheets.plan.result_cost import REVENUE
from smsheets.plan.spare_money import CENT

ORDERS = "orders"


def average_order(months: KpiMonths, channel: str | None) -> Decimal | None:
    """Revenue / orders of the months of which both are known; None without any.

    Of the channel itself; where it does not know both, of all channels together.
    """
    own = _sums(months, months.row_of(channel, ORDERS), months.row_of(channel, REVENUE))
    if own is not None and own[0]:
        return own[1] / own[0]
    channels = dict.fromkeys(row.channel for row in months.report.kpis if row.metric == ORDERS)
    pairs = [_sums(months, months.row_of(name, ORDERS), months.row_of(name, REVENUE)) for name in channels]
    known = [pair for pair in pairs if pair is not None]
    return ratio(sum((money for _, money in known), Decimal(0)), sum((orders for orders, _ in known), Decimal(0)))


def missing_money(short: Iterable[tuple[KpiRow, Decimal]], months: KpiMonths) -> Decimal | None:
    """The money a month lacks, from what its metrics lack (each in its own unit); None where no money is among them.

    Missing revenue is that money. Without it, missing orders count with the money of an average order; never both,
    because they are the same sales.
    """
    listed = list(short)
    for row, missing in listed:
        if row.metric == REVENUE:
            return missing
    for row, missing in listed:
        value = average_order(months, row.channel) if row.metric == ORDERS else None
        if value is not None:
            return round_figure(missing * value, CENT)
    return None


def _sums(months: KpiMonths, orders: KpiRow | None, revenue: KpiRow | None) -> tuple[Decimal, Decimal] | None:
    if orders is None or revenue is None:
        return None
    pairs = [
        (count, money)
        for count, money in zip(months.actuals(orders), months.actuals(revenue), strict=False)
        if count is not None and money is not None
    ]
    if not pairs:
        return None
    return sum((count for count, _ in pairs), Decimal(0)), sum((money for _, money in pairs), Decimal(0))
