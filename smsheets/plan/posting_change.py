"""How a channel was posted on in some months: how often, and how much of it sold something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.periods import add_months
from smsheets.plan.kpi_report import PostResult


class Posting(msgspec.Struct, frozen=True, kw_only=True):
    """The posts of a channel over whole months.

    Attributes:
        posts: How many.
        per_month: How many a month.
        selling: The share of them that sells something; None where nobody said it of any.
    """

    posts: int
    per_month: Decimal
    selling: Decimal | None


def posting_of(posts: Iterable[PostResult], channel: str | None, first_day: date, months: int) -> Posting:
    """What was posted on a channel (None: on all) in so many months from the month of `first_day` on."""
    start = first_day.replace(day=1)
    end = add_months(start, months)
    found = [
        post for post in posts if post.date is not None and start <= post.date < end and channel in (None, post.channel)
    ]
    said = [post.promotional for post in found if post.promotional is not None]
    return Posting(
        posts=len(found),
        per_month=Decimal(len(found)) / max(months, 1),
        selling=Decimal(sum(said)) / len(said) if said else None,
    )
