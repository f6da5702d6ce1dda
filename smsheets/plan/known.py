"""Sums over figures of which some are unknown: blank is unknown, not zero."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal


def add_known(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
