"""What a post usually earns on its channel: the measure of what a missing one costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from smsheets.median import median
from smsheets.plan.kpi_report import PostResult


def revenue_of(result: PostResult) -> Decimal | None:
    """The money a post brought, in the workbook's currency; no order is no money, a blank is unknown."""
    if result.revenue is None and result.orders == 0:
        return Decimal(0)
    return result.revenue


def usual_revenues(results: Iterable[PostResult], at_least: int) -> Mapping[str, Decimal]:
    """Channel -> the median revenue of its posts that nothing was paid for.

    Channels of which fewer than `at_least` such posts are known are left out: nothing is usual there. The median,
    because one lucky post proves nothing; without paid posts, because nobody would have paid for a missing one either.
    """
    known: dict[str, list[Decimal]] = defaultdict(list)
    for result in results:
        money = revenue_of(result)
        if result.channel is not None and money is not None and not result.spend:
            known[result.channel].append(money)
    return {channel: median(amounts) for channel, amounts in known.items() if len(amounts) >= at_least}
