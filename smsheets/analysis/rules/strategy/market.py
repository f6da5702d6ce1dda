"""Rules on customers and products: are the customers where the business is, and does a sale earn anything?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, rule
from smsheets.analysis.rules.strategy.names import channels_in_use, name_of, purpose_root, same
from smsheets.money import Money, Share
from smsheets.plan.known import round_figure
from smsheets.plan.prices import CENT, margin_of, margin_share_of

_CUSTOMER = "customer"


@rule(
    "strategy.channel_without_customers",
    level=Level.NOTE,
    needs=("strategy",),
    says="None of your personas who buy uses {channels}.",
    todo="Write on the sheet Personas whom you reach there, or put the time into the channels where they are: {used}.",
    source="This program's own rule: be where the customers are",
)
def check_channels_have_customers(context: Context) -> Iterator[Hit]:
    """Every channel that is not stopped is used by a persona who buys; one finding for all that are not.

    Nothing is said before a persona names channels. A persona without a kind is one who buys.
    """
    strategy = context.plans.strategy
    personas = strategy.personas if strategy is not None else ()
    buyers = [one for one in personas if one.channels and one.kind in (_CUSTOMER, None)]
    used = {same(channel): channel for one in buyers for channel in one.channels}
    empty = [channel for channel in channels_in_use(context) if used and same(channel.channel) not in used]
    if empty:
        yield Hit(
            about="+".join(channel.channel or "" for channel in empty),
            root=purpose_root(empty),
            evidence=(
                *(channel.cell("channel") for channel in empty),
                *(one.cell("channels") for one in buyers),
            ),
            values={
                "channels": tuple(name_of(channel, context) for channel in empty),
                "used": tuple(context.channel_name(channel) for channel in used.values()),
            },
        )


@rule(
    "strategy.thin_margin",
    level=Level.NOTE,
    needs=("strategy",),
    says="'{item}' earns {margin} a piece ({share} of its price): nothing is left to advertise it with.",
    todo="Do not pay for advertising '{item}', or sell it for at least {price}.",
    source="Margin = price - unit cost; advertising has to be paid from it",
    thresholds=("strategy.thin_margin_share",),
    lacks="Fill in 'Unit cost' of {items} to learn what a sale earns.",
    weight=3,
)
def check_sales_earn_something(context: Context) -> Iterator[Hit | Lack]:
    """What is sold has a margin from which advertising can be paid; a warning where a sale costs money."""
    strategy = context.plans.strategy
    prices = [row for row in strategy.prices if row.item is not None and row.price] if strategy is not None else []
    unknown = [row for row in prices if row.unit_cost is None]
    if unknown:
        cells = tuple(row.cell("unit_cost") for row in unknown)
        yield Lack(evidence=cells, values={"items": tuple(row.item or "" for row in unknown)})
    limit = context.thresholds["strategy.thin_margin_share"]
    for row in prices:
        margin, share = margin_of(row), margin_share_of(row)
        if margin is None or share is None or row.unit_cost is None or share >= limit:
            continue
        enough = row.unit_cost / (1 - limit) if limit < 1 else row.unit_cost
        yield Hit(
            about=row.item or "",
            evidence=(row.cell("price"), row.cell("unit_cost")),
            values={
                "item": row.item or "",
                "margin": Money(margin, context.currency),
                "share": Share(share),
                "price": Money(round_figure(enough, CENT), context.currency),
            },
            level=Level.WARNING if margin < Decimal(0) else None,
        )
