"""What a product earns, and how much of that goes back into marketing."""

from __future__ import annotations

from decimal import Decimal

from smsheets.plan.known import round_figure
from smsheets.plan.strategy import Price

CENT = Decimal("0.01")


def margin_of(price: Price) -> Decimal | None:
    """Price less unit cost, in the price's currency; None where one of them is not known."""
    if price.price is None or price.unit_cost is None:
        return None
    return price.price - price.unit_cost


def margin_share_of(price: Price) -> Decimal | None:
    """The margin as a share of the price, 0..1; None where it is not known or the price is zero."""
    margin = margin_of(price)
    if margin is None or not price.price:
        return None
    return margin / price.price


def reinvested_of(price: Price) -> Decimal | None:
    """The part of the margin of one piece that goes into marketing, to the cent; None where it is not known."""
    margin = margin_of(price)
    if margin is None or price.reinvest_share is None:
        return None
    return round_figure(margin * price.reinvest_share, CENT)
