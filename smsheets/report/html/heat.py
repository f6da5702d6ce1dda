"""Heat maps as tables: each count is there as a number, and darker where there are more."""

from __future__ import annotations

from datetime import date

import msgspec

from smsheets.report.document import Cell, HeatView
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line

STEPS = 4
"""Shades above the empty one: one for each of the first counts, or parts of the highest."""


class HeatCell(msgspec.Struct, frozen=True, kw_only=True):
    """A count, and its shade from 0 (none) to STEPS; a count that cannot be known has no text and no shade."""

    text: str
    shade: int | None


class HeatPage(msgspec.Struct, frozen=True, kw_only=True):
    """A heat map ready for the page."""

    title: str
    says: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]


def make_heat(view: HeatView, words: Words) -> HeatPage:
    """The counts with their shades."""
    most = max((count for _, counts in view.rows for count in counts if count is not None), default=0)
    return HeatPage(
        title=words.value(view.title),
        says=words.value(view.says),
        corner=words.text(view.corner),
        columns=tuple(_heading(column, words) for column in view.columns),
        rows=tuple(
            (_heading(name, words), tuple(_cell(count, most, words) for count in counts)) for name, counts in view.rows
        ),
    )


def _heading(value: Cell, words: Words) -> str:
    """A heading; a day without its year, which the table below has."""
    if not isinstance(value, date):
        return words.cell(value)
    from babel import dates

    return safe_line(dates.format_skeleton("MMMd", value, locale=words.language))


def _cell(count: int | None, most: int, words: Words) -> HeatCell:
    if count is None:
        return HeatCell(text="", shade=None)
    return HeatCell(text=words.value(count), shade=-(-count * STEPS // max(most, STEPS)))
