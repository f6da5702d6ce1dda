"""A metric over the months: how it is read, what its months come to, how far it is from its target.

Blank is unknown, never zero. Followers take the last value, rates are ratios of sums, reach and medians do not
add up at all: a figure that cannot be had is None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeVar

import msgspec

from smsheets.plan.kpi_report import KpiReport, KpiRow, MetricDefinition
from smsheets.plan.record import add_known, round_figure
from smsheets.plan.reference import AddsUp, Direction, KpiDefinition, Unit

Months = Sequence[Decimal | None]
_Word = TypeVar("_Word", bound=Enum)
_SIX_PLACES = Decimal("0.000001")
_UNSAID = MetricDefinition()


class Standing(Enum):
    """The status words of a metric; the values are the ids of the list `kpi_statuses`."""

    ON_TRACK = "on_track"
    WATCH = "watch"
    BEHIND = "behind"
    NO_TARGET = "no_target"
    NO_DATA = "no_data"


class Meaning(msgspec.Struct, frozen=True, kw_only=True):
    """How a row of the KPI report is read.

    Attributes:
        adds_up: None where nobody said it: then there is no year to date.
        times: What a ratio is multiplied by.
    """

    unit: Unit = Unit.COUNT
    direction: Direction = Direction.UP
    adds_up: AddsUp | None = None
    numerator: str | None = None
    denominator: str | None = None
    times: int = 1


class YearToDate(msgspec.Struct, frozen=True, kw_only=True):
    """A metric's months so far as one figure, and what was wanted. None where they do not add up."""

    actual: Decimal | None = None
    target: Decimal | None = None


class KpiMonths:
    """The rows of a KPI report as of one day.

    A month counts from its first day on; figures of later months are left out.

    Args:
        definitions: What the metrics mean where neither the row nor the workbook's own table says it.
    """

    def __init__(self, report: KpiReport, as_of: date, definitions: Mapping[str, KpiDefinition]) -> None:
        self.report = report
        self._known = {key: _as_row(item) for key, item in definitions.items()}
        self.begun = report.months_begun(as_of)
        self._own = {item.metric: item for item in report.metric_definitions if item.metric is not None}
        self._rows = {(row.channel, row.metric): row for row in reversed(report.kpis)}

    def row_of(self, channel: str | None, metric: str | None) -> KpiRow | None:
        """The first row of a channel's metric; a channel of None is the whole business."""
        return None if metric is None else self._rows.get((channel, metric))

    def actuals(self, row: KpiRow) -> tuple[Decimal | None, ...]:
        """The actuals of the months that have begun: as typed, else a rate that its two parts give."""
        typed = row.actual[: self.begun]
        rates = self.rates(row) if None in typed else ()
        worked_out = (*rates, *[None] * (len(typed) - len(rates)))
        return tuple(rate if own is None else own for own, rate in zip(typed, worked_out, strict=False))

    def rates(self, row: KpiRow) -> tuple[Decimal | None, ...]:
        """What the rows of its two parts give for each month that has begun; empty where it is no such ratio."""
        parts = self.parts(row)
        if parts is None:
            return ()
        above, below = (part.actual[: self.begun] for part in parts)
        found = [ratio(one, other) for one, other in zip(above, below, strict=False)]
        return tuple(None if rate is None else rate * self.meaning(row).times for rate in found)

    def parts(self, row: KpiRow) -> tuple[KpiRow, KpiRow] | None:
        """The rows of the same channel that a ratio is worked out from; None where it is none, or one is missing."""
        meaning = self.meaning(row)
        if meaning.adds_up is not AddsUp.RATIO:
            return None
        above, below = (self.row_of(row.channel, metric) for metric in (meaning.numerator, meaning.denominator))
        return None if above is None or below is None else (above, below)

    def targets(self, row: KpiRow) -> tuple[Decimal | None, ...]:
        """The targets of as many months as there are actuals."""
        values = row.target[: len(self.actuals(row))]
        return (*values, *[None] * (len(self.actuals(row)) - len(values)))

    def last_month(self, row: KpiRow) -> int | None:
        """The number of the last month with an actual, from 1."""
        return max((number for number, value in enumerate(self.actuals(row), 1) if value is not None), default=None)

    def meaning(self, row: KpiRow) -> Meaning:
        """How the row is read: what it says itself, else the workbook's sheet of metric definitions, else kpis.yaml."""
        own = self._own.get(row.metric or "", _UNSAID)
        known = self._known.get(row.metric or "", _UNSAID)
        return Meaning(
            unit=_first(Unit, row.unit, own.unit, known.unit) or Unit.COUNT,
            direction=_first(Direction, row.direction, own.direction, known.direction) or Direction.UP,
            adds_up=_first(AddsUp, row.adds_up, own.adds_up, known.adds_up),
            numerator=own.numerator or known.numerator,
            denominator=own.denominator or known.denominator,
            times=own.times or known.times or 1,
        )

    def year_to_date(self, row: KpiRow) -> YearToDate:
        """The months so far as one figure, by the way the metric adds up.

        A sum has a target to date only where every month with an actual has a target. A ratio needs rows of the
        same channel for both its parts, both of them sums; only months in which both are known count.
        """
        meaning = self.meaning(row)
        actuals, targets = self.actuals(row), self.targets(row)
        last = self.last_month(row)
        if last is None:
            return YearToDate()
        if meaning.adds_up is AddsUp.LAST:
            return YearToDate(actual=actuals[last - 1], target=targets[last - 1])
        if meaning.adds_up is AddsUp.SUM:
            wanted = [target for actual, target in zip(actuals, targets, strict=True) if actual is not None]
            return YearToDate(actual=add_known(actuals), target=None if None in wanted else add_known(wanted))
        if meaning.adds_up is AddsUp.RATIO:
            return YearToDate(actual=self._ratio_to_date(row, meaning))
        return YearToDate()

    def _ratio_to_date(self, row: KpiRow, meaning: Meaning) -> Decimal | None:
        above, below = (self.row_of(row.channel, metric) for metric in (meaning.numerator, meaning.denominator))
        if any(part is None or self.meaning(part).adds_up is not AddsUp.SUM for part in (above, below)):
            return None
        rate = ratio(*(self.sums_of_both(above, below) or (None, None)))
        return None if rate is None else rate * meaning.times

    def sums_of_both(self, one: KpiRow | None, other: KpiRow | None) -> tuple[Decimal, Decimal] | None:
        """The sums of two rows over the months of which both are known; None where there is no such month."""
        if one is None or other is None:
            return None
        months = zip(self.actuals(one), self.actuals(other), strict=False)
        known = [(value, beside) for value, beside in months if value is not None and beside is not None]
        if not known:
            return None
        return sum((value for value, _ in known), Decimal(0)), sum((beside for _, beside in known), Decimal(0))


def ratio(numerator: Decimal | int | None, denominator: Decimal | int | None) -> Decimal | None:
    """Numerator / denominator; None where one is unknown or the denominator is zero."""
    return None if numerator is None or not denominator else Decimal(numerator) / denominator


def change_share(value: Decimal | None, before: Decimal | None) -> Decimal | None:
    """The change as a share of the value before; None where one is unknown or the value before is zero."""
    return None if value is None or before is None else ratio(value - before, abs(before))


def shortfall(actual: Decimal | None, target: Decimal | None, direction: Direction) -> Decimal | None:
    """How far short of its target a value is, as a share of the target; negative is better than wanted.

    To six places, as on the sheet. A target of zero is met (0) or missed (1).
    """
    if actual is None or target is None:
        return None
    missing = actual - target if direction is Direction.DOWN else target - actual
    if not target:
        return Decimal(1) if missing > 0 else Decimal(0)
    return round_figure(missing / abs(target), _SIX_PLACES)


def standing_of(
    actual: Decimal | None, target: Decimal | None, direction: Direction, watch: Decimal, behind: Decimal
) -> Standing:
    """The status word of a value. `watch` and `behind` are shares of the target."""
    if actual is None:
        return Standing.NO_DATA
    short = shortfall(actual, target, direction)
    if short is None:
        return Standing.NO_TARGET
    if short <= watch:
        return Standing.ON_TRACK
    return Standing.WATCH if short <= behind else Standing.BEHIND


def _first(words: type[_Word], *texts: str | None) -> _Word | None:
    """The first of them that is one of the words; None where none is."""
    known = {word.value: word for word in words}
    return next((known[text] for text in texts if text in known), None)


def _as_row(definition: KpiDefinition) -> MetricDefinition:
    """A definition as a row of the sheet of metric definitions says it."""
    return MetricDefinition(
        metric=definition.id,
        unit=definition.unit.value,
        direction=definition.direction.value,
        adds_up=definition.adds_up.value,
        numerator=definition.numerator,
        denominator=definition.denominator,
        times=definition.times,
    )
