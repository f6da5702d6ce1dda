"""How the metrics of a channel went month by month, against their targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.kpi_standards import figure, months_of
from smsheets.analysis.variance.kpi_report import KpiVariance
from smsheets.money import Money, Share
from smsheets.periods import add_months
from smsheets.plan.kpi_definitions import Unit
from smsheets.plan.kpi_months import Standing
from smsheets.report.document import (
    Cell,
    ChartKind,
    ChartView,
    Line,
    Month,
    Part,
    Role,
    Series,
    Shown,
    TableView,
    Verbatim,
)
from smsheets.report.sections.cells import channel_cell, metric_cell, month_cell
from smsheets.report.sections.pictures import worth_drawing

MOST_TRENDS = 8
MONTHS_IN_TABLE = 6
"""With so many months a table stays readable at 80 characters; a longer year takes two."""

_UNITS = {Unit.MONEY: "money", Unit.SHARE: "share", Unit.HOURS: "hours", Unit.COUNT: "count"}
_URGENCY = (Standing.BEHIND, Standing.WATCH, Standing.ON_TRACK, Standing.NO_TARGET, Standing.NO_DATA)


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """A metric with its values as they are shown, one for each month that has begun."""

    item: KpiVariance
    actuals: tuple[Cell, ...]
    targets: tuple[Cell, ...]


def trend_parts(channel: str | None, items: Sequence[KpiVariance], context: Context) -> list[Part]:
    """Small charts of a channel's metrics, and the tables of their months; nothing before the second month."""
    trends = [trend for trend in _trends(items, context) if sum(value is not None for value in trend.actuals) > 1]
    if not trends:
        return []
    order = sorted(range(len(trends)), key=lambda place: (_URGENCY.index(trends[place].item.standing), place))
    drawn = sorted(order[:MOST_TRENDS])
    name = channel_cell(channel, context)
    months = _month_names(max(_last_known(trend) for trend in trends), context)
    parts: list[Part] = [chart for place in drawn for chart in _trend_chart(name, trends[place], months, context)]
    if len(drawn) < len(trends):
        values: dict[str, Shown] = {"channel": name, "drawn": len(drawn), "all": len(trends)}
        parts.append(Line("{channel}: {drawn} of {all} metrics are drawn, those furthest from their targets.", values))
    return [*parts, *_trend_tables(name, trends, months, context)]


def _trends(items: Sequence[KpiVariance], context: Context) -> Iterator[Trend]:
    months = months_of(context)
    for item in items if months is not None else ():
        assert months is not None
        yield Trend(
            item=item,
            actuals=_figures(months.actuals(item.row), item, context),
            targets=_figures(months.targets(item.row), item, context),
        )


def _figures(values: Sequence[Decimal | None], item: KpiVariance, context: Context) -> tuple[Cell, ...]:
    return tuple(None if value is None else figure(value, item.meaning.unit, context) for value in values)


def _month_names(count: int, context: Context) -> tuple[Month | int, ...]:
    report = context.plans.kpi_report
    start = report.start.period_start if report is not None else None
    first = start.replace(day=1) if start is not None else None
    return tuple(
        month_cell(add_months(first, number) if first is not None else None, number + 1) for number in range(count)
    )


def _trend_chart(
    channel: Line | Verbatim, trend: Trend, months: Sequence[Month | int], context: Context
) -> tuple[ChartView, ...]:
    unit = _UNITS[trend.item.meaning.unit]
    return worth_drawing(
        ChartView(
            kind=ChartKind.LINE,
            title=Line("{channel}: {metric}", {"channel": channel, "metric": _metric(trend, context)}),
            says=_trend_says(trend, months),
            categories=tuple(months),
            series=(
                Series(name=Line("Actual"), role=Role.ACTUAL, values=_numbers(trend.actuals, len(months))),
                Series(name=Line("Target"), role=Role.TARGET, values=_numbers(trend.targets, len(months))),
            ),
            unit=unit,
            currency=context.currency if unit == "money" else "",
            small=True,
        )
    )


def _trend_says(trend: Trend, months: Sequence[Month | int]) -> Line:
    known = [place for place, value in enumerate(trend.actuals) if value is not None]
    first, last = known[0], known[-1]
    values = {
        "first": _shown(trend.actuals[first]),
        "from": months[first],
        "last": _shown(trend.actuals[last]),
        "to": months[last],
        "target": _shown(trend.targets[last]),
    }
    if trend.targets[last] is None:
        return Line("From {first} in {from} to {last} in {to}.", values)
    return Line("From {first} in {from} to {last} in {to}; the target then was {target}.", values)


def _trend_tables(
    channel: Line | Verbatim, trends: Sequence[Trend], months: Sequence[Month | int], context: Context
) -> Iterator[TableView]:
    for first in range(0, len(months), MONTHS_IN_TABLE):
        part = slice(first, first + MONTHS_IN_TABLE)
        rows: list[tuple[Cell, ...]] = []
        for trend in trends:
            name = _metric(trend, context)
            width = len(months[part])
            for label, values in ((name, trend.actuals), (Line("{metric}, target", {"metric": name}), trend.targets)):
                shown = (*values[part], *[None] * width)[:width]
                if any(value is not None for value in shown):
                    rows.append((label, *shown))
        if rows:
            headers = (month if isinstance(month, Month) else str(month) for month in months[part])
            title = Line("{channel}: month by month", {"channel": channel})
            yield TableView(title=title, headers=("Metric", *headers), rows=tuple(rows))


def _metric(trend: Trend, context: Context) -> Line | Verbatim:
    return metric_cell(trend.item.row.metric, context)


def _last_known(trend: Trend) -> int:
    """The number of the last month with an actual, from 1."""
    return max(number for number, value in enumerate(trend.actuals, 1) if value is not None)


def _numbers(cells: Sequence[Cell], count: int) -> tuple[Decimal | int | None, ...]:
    """The bare numbers of so many months."""
    return tuple(map(_number, (*cells[:count], *[None] * (count - len(cells)))))


def _number(cell: Cell) -> Decimal | int | None:
    """The bare number of a figure."""
    if isinstance(cell, Money):
        return cell.amount
    if isinstance(cell, Share):
        return cell.value
    return cell if isinstance(cell, Decimal | int) else None


def _shown(cell: Cell) -> Decimal | Money | Share | str:
    return cell if isinstance(cell, Decimal | Money | Share) else ""
