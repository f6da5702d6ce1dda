"""The figures that are seen first, as cards."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from smsheets.money import Money, Share
from smsheets.report.document import Cell, TilesView
from smsheets.report.html.bars import percent
from smsheets.report.html.cells import CellPage, make_cell
from smsheets.report.wording import Words


class TilePage(msgspec.Struct, frozen=True, kw_only=True):
    """One figure in words; what it lacks is empty.

    Attributes:
        arrow: Which way it went: up, down or level.
        bar: How much of its target it is, as a length, never longer than all of it.
    """

    label: str
    value: str
    change: str
    change_share: str
    arrow: str
    of_target: str
    bar: str
    status: CellPage | None


def make_tiles(view: TilesView, words: Words) -> tuple[TilePage, ...]:
    """The cards, in order."""
    return tuple(
        TilePage(
            label=words.value(tile.label),
            value=_shown(tile.value, words),
            change=_signed(tile.change, words),
            change_share=_signed(tile.change_share, words),
            arrow=_arrow(tile.change if tile.change is not None else tile.change_share),
            of_target=_shown(tile.of_target, words),
            bar=percent(tile.of_target.value) if isinstance(tile.of_target, Share) else "",
            status=make_cell(tile.status, words) if tile.status is not None else None,
        )
        for tile in view.tiles
    )


def _shown(value: Cell, words: Words) -> str:
    """A value as a sentence has it: an amount stands alone here, so its currency is said."""
    return words.value(value) if isinstance(value, Money) else words.cell(value)


def _amount(value: Cell) -> Decimal | None:
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, Share):
        return value.value
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _signed(value: Cell, words: Words) -> str:
    amount = _amount(value)
    shown = _shown(value, words)
    return f"+{shown}" if amount is not None and amount > 0 else shown


def _arrow(value: Cell) -> str:
    amount = _amount(value)
    if amount is None:
        return ""
    return "▲" if amount > 0 else "▼" if amount < 0 else "►"
