"""Amounts with their currency beside them."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class Money(msgspec.Struct, frozen=True):
    """An exact amount; `currency` is its three letters."""

    amount: Decimal
    currency: str


class Share(msgspec.Struct, frozen=True):
    """A share, 0..1 for 0 to 100 %; shown as a percentage."""

    value: Decimal
