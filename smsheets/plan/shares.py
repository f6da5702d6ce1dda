"""Shares that are meant to add up to the whole: ad money by channel, posts by pillar."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.plan.strategy import Pillar

HALF_PERCENT = Decimal("0.005")
"""Sums are compared to the full percent, half up: three thirds written as 33.3 % add up."""


class ShareState(Enum):
    """Whether shares add up to 100 %."""

    ADDS_UP = "adds_up"
    TOO_LITTLE = "too_little"
    TOO_MUCH = "too_much"


class ShareTotal(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of shares, 0..1 and more, and whether it is the whole."""

    total: Decimal
    state: ShareState


def total_shares(shares: Iterable[Decimal | None]) -> ShareTotal | None:
    """The sum of the shares that are known; None while there is none."""
    known = [share for share in shares if share is not None]
    if not known:
        return None
    total = sum(known, Decimal(0))
    state = ShareState.ADDS_UP
    if not -HALF_PERCENT <= total - 1 < HALF_PERCENT:
        state = ShareState.TOO_LITTLE if total < 1 else ShareState.TOO_MUCH
    return ShareTotal(total=total, state=state)


def promotional_share(pillars: Iterable[Pillar]) -> Decimal | None:
    """The target share of the pillars that sell, 0..1; None while no pillar has a target share."""
    known = [pillar for pillar in pillars if pillar.target_share is not None]
    if not known:
        return None
    return sum((pillar.target_share or Decimal(0) for pillar in known if pillar.promotional), Decimal(0))
