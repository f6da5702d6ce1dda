"""Cells that the sections share: a figure with its kind, or nothing where it is unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.kpi_standards import WHOLE_BUSINESS
from smsheets.money import Money, Share
from smsheets.report.document import Line, Month, Verbatim

_CUT = " ..."


def money_cell(amount: Decimal | None, currency: str) -> Money | None:
    """An amount; empty where it is unknown."""
    return None if amount is None else Money(amount, currency)


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
