"""What each metric means: its unit, which way is better, and how its months add up to a year."""

from __future__ import annotations

from enum import Enum

import msgspec


class Unit(Enum):
    """What a metric's values are. A share is 0..1; money is in the workbook's currency."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    HOURS = "hours"


class Direction(Enum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class AddsUp(Enum):
    """How the months of a metric become one figure.

    `none`: they do not, because the same people would be counted twice (reach) or because it is a median.
    """

    SUM = "sum"
    LAST = "last"
    RATIO = "ratio"
    NONE = "none"


class Family(Enum):
    """What a metric says: how many could see it, how many liked it, how many did more, what the business got."""

    AUDIENCE = "audience"
    EXPOSURE = "exposure"
    APPLAUSE = "applause"
    CONVERSATION = "conversation"
    BUSINESS = "business"
    COST = "cost"
    SERVICE = "service"


class KpiDefinition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One metric.

    Attributes:
        id: In goals, in KPI rows and in platforms.yaml.
        label: As a person reads it; translated.
        aliases: Other ways people write it.
        numerator, denominator: Metric ids of a ratio.
        times: A ratio is multiplied by this (1,000 for a price per thousand).
        vanity: Whether a channel measured by nothing else is measured by vanity alone.
        family: What it says.
        formula: How it is worked out, in words, with what was counted.
        source: Where the definition comes from; `date` is when that was looked up.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    unit: Unit
    direction: Direction = Direction.UP
    adds_up: AddsUp
    numerator: str | None = None
    denominator: str | None = None
    times: int = 1
    family: Family
    vanity: bool = False
    formula: str
    source: str
    date: str = ""
