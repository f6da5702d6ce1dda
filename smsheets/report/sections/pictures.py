"""What the sections' pictures share: which are worth drawing, and how many bars stay readable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

import msgspec

from smsheets.report.document import ChartKind, ChartView, Line

MOST_BARS = 12
"""So many bars of a kind are told apart at a glance; the table beside them has all."""

_Item = TypeVar("_Item")


def worth_drawing(chart: ChartView, of: int = 0) -> tuple[ChartView, ...]:
    """The chart without series that know nothing; nothing where the rest shows nothing.

    A line needs two known values; a bar needs one that is not zero.

    Args:
        of: How many there are in all, where only the most important categories are drawn: the chart says so.
    """
    series = tuple(item for item in chart.series if any(value is not None for value in item.values))
    if chart.kind is ChartKind.LINE:
        worth = any(sum(value is not None for value in item.values) > 1 for item in series)
    else:
        worth = any(value for item in series for value in item.values)
    says = say_how_many(chart.says, len(chart.categories), of)
    return (msgspec.structs.replace(chart, series=series, says=says),) if worth else ()


def say_how_many(says: Line, drawn: int, of: int) -> Line:
    """What a picture says, and how many of all it shows where these are not all."""
    if drawn >= of:
        return says
    return Line("{says} Shown: {drawn} of {all}.", {"says": says, "drawn": drawn, "all": of})


def keep_largest(items: Sequence[_Item], size: Callable[[_Item], Decimal], most: int = MOST_BARS) -> tuple[_Item, ...]:
    """The largest of them, in the order they had."""
    if len(items) <= most:
        return tuple(items)
    places = sorted(range(len(items)), key=lambda place: (-abs(size(items[place])), place))
    return tuple(items[place] for place in sorted(places[:most]))
