"""Sums over figures of which some are unknown: blank is unknown, not zero. And figures rounded for people."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation


def add_known(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def round_figure(figure: Decimal, step: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    """A figure to a whole number of steps (0.1, 0.01), half up; one too large to have such places stays as it is."""
    try:
        return figure.quantize(step, rounding)
    except InvalidOperation:
        return figure
