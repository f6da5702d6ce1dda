"""The table of thresholds: where the rules draw their lines, as data."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

import msgspec

from smsheets.spec.load import KINDS, load_data


class Threshold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line drawn.

    Attributes:
        id: `kind.name`, as rules name it.
        value: A share (0.05), a number of days, a count: `unit` says which.
        meaning: What happens at it, in a sentence.
        source: Where the number comes from.
        date: When the source was looked up or is from, `2026-11`; empty where it is this program's own choice.
    """

    id: str
    value: float
    unit: str
    meaning: str
    source: str
    date: str = ""

    @property
    def amount(self) -> Decimal:
        """The value as an exact decimal."""
        return Decimal(str(self.value))


@cache
def load_thresholds(*kinds: str) -> Mapping[str, Threshold]:
    """Thresholds by id: those of some templates, or all."""
    found: dict[str, Threshold] = {}
    for kind in kinds or KINDS:
        for threshold in load_data(f"thresholds/{kind}.yaml", tuple[Threshold, ...]):
            found[threshold.id] = threshold
    return found
