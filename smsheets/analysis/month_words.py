"""Months by their names, as sentences need them."""

from __future__ import annotations

from datetime import date

from smsheets.analysis.context import Term
from smsheets.periods import add_months

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def month_word(start: date | None, number: int) -> Term | int:
    """The name of a month of a period, numbered from 1; the number itself where the period's start is unknown."""
    return number if start is None else Term(MONTHS[add_months(start.replace(day=1), number - 1).month - 1])
