"""Cells that the sections share: a figure with its kind, or nothing where it is unknown."""

from __future__ import annotations

from decimal import Decimal

from smsheets.analysis.finding import Wording
from smsheets.money import Money, Share
from smsheets.report.document import Line

Cell = Wording | Line | None


def money_cell(amount: Decimal | None, currency: str) -> Money | None:
    """An amount; empty where it is unknown."""
    return None if amount is None else Money(amount, currency)


def share_cell(share: Decimal | None) -> Share | None:
    """A share; empty where it is unknown."""
    return None if share is None else Share(share)


def range_cell(low: Decimal | None, high: Decimal | None) -> Cell:
    """`3 to 5`; one number where the other is unknown or the same."""
    if low is None or high is None or low == high:
        return low if low is not None else high
    return Line("{low} to {high}", {"low": low, "high": high})
