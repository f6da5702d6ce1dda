"""Cells of figures, charts, and findings as entries, as all sections have them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Finding
from smsheets.analysis.kpi_standards import WHOLE_BUSINESS, figure
from smsheets.cells import CellRef
from smsheets.kinds import KINDS
from smsheets.money import Money, Share
from smsheets.plan.record import group_by
from smsheets.plan.reference import Unit
from smsheets.report.document import Cell, ChartKind, ChartView, Entry, Line, Month, Role, Series, Verbatim

_CUT = " ..."


def money_cell(amount: Decimal | None, currency: str) -> Money | None:
    """An amount; empty where it is unknown."""
    return None if amount is None else Money(amount, currency)


def money_cells(currency: str, *amounts: Decimal | None) -> tuple[Money | None, ...]:
    """Several amounts beside each other."""
    return tuple(money_cell(amount, currency) for amount in amounts)


def figure_cell(value: Decimal | None, unit: Unit, context: Context) -> Decimal | Money | Share | None:
    """A metric's value as it is shown; empty where it is unknown."""
    return None if value is None else figure(value, unit, context)


def word_cell(words: Mapping[str, str], value: str) -> Line | Verbatim:
    """A word of ours in the reader's language; a person's own as it is."""
    return Line(words[value]) if value in words else Verbatim(value)


def kind_cell(kind: str) -> Line | Verbatim:
    """A kind of workbook in the reader's language; a person's own by its id."""
    return Line(KINDS[kind].name) if kind in KINDS else Verbatim(kind)


def share_cell(share: Decimal | None) -> Share | None:
    """A share; empty where it is unknown."""
    return None if share is None else Share(share)


def range_cell(low: Decimal | None, high: Decimal | None) -> Decimal | Line | None:
    """`3 to 5`; one number where the other is unknown or the same."""
    if low is None or high is None or low == high:
        return low if low is not None else high
    return Line("{low} to {high}", {"low": low, "high": high})


def month_cell(first_day: date | None, number: int) -> Month | int:
    """`Jun 2027`; the month's number, from 1, where the start of the period is unknown."""
    return number if first_day is None else Month(first_day)


def channel_cell(channel: str | None, context: Context) -> Line | Verbatim:
    """A channel's name, a person's own as it is; None is the whole business."""
    return Line(WHOLE_BUSINESS) if channel is None else Verbatim(context.channel_name(channel))


def metric_cell(metric: str | None, context: Context) -> Line | Verbatim:
    """A metric's name in the reader's language; a person's own as it is."""
    name = context.metric_name(metric)
    return Line(name) if metric in context.kpi_definitions else Verbatim(name)


def list_cell(list_id: str, value: str, context: Context) -> Line | Verbatim:
    """A value of a shared list in the reader's language; a person's own word as it is."""
    known = value in context.list_texts.get(list_id, {})
    return Line(context.list_word(list_id, value)) if known else Verbatim(value)


def shorten(text: str, longest: int) -> str:
    """The text on one line, cut after a whole word where it has more than `longest` characters."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    return plain[: longest - len(_CUT)].rsplit(" ", 1)[0].rstrip(",;:.") + _CUT


MOST_BARS = 12
"""Bars of a kind that are seen at a glance, at most; the table beside them has all."""

NamedSeries = tuple[Line | Verbatim, Role, Iterable[Decimal | int | None]]
"""What a series of a chart is called, what it shows, and its values."""

_Item = TypeVar("_Item")


def make_chart(
    title: Line | Verbatim,
    says: Line,
    categories: Iterable[Cell],
    *named: NamedSeries,
    kind: ChartKind = ChartKind.BARS,
    unit: str = "count",
    currency: str = "",
    small: bool = False,
    of: int = 0,
) -> tuple[ChartView, ...]:
    """A chart without series that know nothing; nothing where the rest shows nothing.

    A line needs two known values; a bar needs one that is not zero.

    Args:
        named: Each series with its name and its role.
        of: How many there are in all, where only the most important categories are drawn: the chart says so.
    """
    every = (Series(name=name, role=role, values=tuple(values)) for name, role, values in named)
    series = tuple(item for item in every if any(value is not None for value in item.values))
    if kind is ChartKind.LINE:
        worth = any(sum(value is not None for value in item.values) > 1 for item in series)
    else:
        worth = any(value for item in series for value in item.values)
    if not worth:
        return ()
    along = tuple(categories)
    chart = ChartView(
        kind=kind,
        title=title,
        says=say_how_many(says, len(along), of),
        categories=along,
        series=series,
        unit=unit,
        currency=currency,
        small=small,
    )
    return (chart,)


def say_how_many(says: Line, drawn: int, of: int) -> Line:
    """The sentence of a picture, with how many of all it shows where these are not all."""
    if drawn >= of:
        return says
    return Line("{says} Shown: {drawn} of {all}.", {"says": says, "drawn": drawn, "all": of})


def keep_largest(items: Sequence[_Item], size: Callable[[_Item], Decimal], most: int = MOST_BARS) -> tuple[_Item, ...]:
    """The largest of them, in the order they had."""
    if len(items) <= most:
        return tuple(items)
    places = sorted(range(len(items)), key=lambda place: (-abs(size(items[place])), place))
    return tuple(items[place] for place in sorted(places[:most]))


def finding_entry(finding: Finding) -> Entry:
    """A finding, with what the same cause brings about below it."""
    return Entry(
        level=finding.level.value,
        says=Line(finding.says, finding.values),
        todo=Line(finding.todo, finding.values),
        where=evidence_text(finding.evidence),
        name=finding.id,
        cells=_all_cells(finding.evidence),
        also=tuple(finding_entry(other) for other in finding.also),
        source=Line(finding.source),
    )


_MOST_CELLS = 3
"""Cells of a finding that are named beside it; of more, all are listed below."""


def evidence_text(evidence: Sequence[CellRef]) -> str:
    """The first cells of a finding's evidence: `budget.xlsx: Budget!S15, Budget!AE15; calendar.xlsx: Posts!B4 +2`."""
    by_file = group_by(evidence[:_MOST_CELLS], lambda cell: cell.file)
    text = "; ".join(f"{file}: {', '.join(map(str, cells))}" for file, cells in by_file.items())
    return text + (f" +{len(evidence) - _MOST_CELLS}" if len(evidence) > _MOST_CELLS else "")


def _all_cells(evidence: Sequence[CellRef]) -> tuple[Verbatim, ...]:
    """Every cell, the first of each workbook with its name; nothing where they are named beside the finding."""
    if len(evidence) <= _MOST_CELLS:
        return ()
    by_file = group_by(evidence, lambda cell: cell.file)
    return tuple(
        Verbatim(str(cell) if place else f"{file}: {cell}")
        for file, cells in by_file.items()
        for place, cell in enumerate(cells)
    )
