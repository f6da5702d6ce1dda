"""Tables and the cards of key figures on the page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from smsheets.money import Money, Share
from smsheets.report.document import Cell, Line, Month, Status, TableView, TilesView, Tone, Verbatim, number_of
from smsheets.report.html.bars import percent
from smsheets.report.wording import Words, change_text, signed

_SHARES_OF_A_WHOLE = frozenset({"Share", "Done", "Ad share", "Planned share", "Published share", "Way", "Of the way"})
"""Headings of columns whose shares get a bar."""

_LONG = 8  # rows; a longer table without a status is folded
_LONG_TEXT = 16  # characters; a column with a longer text asks for room


SIGNS = {Tone.GOOD: "✓", Tone.WATCH: "!", Tone.BAD: "✕", Tone.NEUTRAL: "–"}
"""Before a status word, so that no colour is needed."""


class CellPage(msgspec.Struct, frozen=True, kw_only=True):
    """A value in words.

    Attributes:
        tone, sign: Of a status.
        bar: Of a share of a whole: how long its bar is, `43.5%`.
    """

    text: str
    tone: str = ""
    sign: str = ""
    bar: str = ""


def make_cell(value: Cell, words: Words, *, bar: bool = False) -> CellPage:
    """A value with its status colour, or with a bar where it has one."""
    text = words.cell(value)
    if isinstance(value, Status):
        return CellPage(text=text, tone=value.tone.value, sign=SIGNS[value.tone])
    if bar and isinstance(value, Share):
        return CellPage(text=text, bar=percent(min(value.value, Decimal(1))))
    return CellPage(text=text)


class TablePage(msgspec.Struct, frozen=True, kw_only=True):
    """A table in words.

    Attributes:
        looks: For each column its class: `number` is set to the right, a `long` text needs room.
        total: The last row, where it is a total.
        judges: Whether it holds a status.
        folded: Whether it is long and does not.
    """

    title: str
    headers: tuple[str, ...]
    looks: tuple[str, ...]
    rows: tuple[tuple[CellPage, ...], ...]
    total: tuple[CellPage, ...] = ()
    folded: bool = False
    judges: bool = False


def make_table(view: TableView, words: Words) -> TablePage:
    """A table with its values in words."""
    columns = list(zip(*view.rows, strict=True)) if view.rows else [() for _ in view.headers]
    barred = [_has_bars(header, column) for header, column in zip(view.headers, columns, strict=True)]
    rows = [
        tuple(make_cell(value, words, bar=bar) for value, bar in zip(row, barred, strict=True)) for row in view.rows
    ]
    total = rows.pop() if view.total and rows else ()
    judges = any(isinstance(value, Status) for row in view.rows for value in row)
    return TablePage(
        title=words.text(view.title) if view.title else "",
        headers=tuple(words.text(header) for header in view.headers),
        looks=tuple(
            _look(header, column, [row[place].text for row in rows])
            for place, (header, column) in enumerate(zip(view.headers, columns, strict=True))
        ),
        rows=tuple(rows),
        total=total,
        folded=len(rows) > _LONG and not judges,
        judges=judges,
    )


def _has_bars(header: str | Month | Verbatim, column: tuple[Cell, ...]) -> bool:
    shares = [value.value for value in column if isinstance(value, Share)]
    return header in _SHARES_OF_A_WHOLE and bool(shares) and all(Decimal(0) <= share <= 1 for share in shares)


def _look(header: str | Month | Verbatim, column: Sequence[Cell], texts: Sequence[str]) -> str:
    is_of_numbers = isinstance(header, Month) or any(map(_is_number, column))
    if is_of_numbers and all(map(_may_be_number, column)):
        return "number"
    return "long" if max(map(len, texts), default=0) > _LONG_TEXT else ""


def _is_number(value: Cell) -> bool:
    return value is not None and not isinstance(value, str | Line | Verbatim | Month | Status | tuple)


def _may_be_number(value: Cell) -> bool:
    return value is None or _is_number(value) or isinstance(value, Line)


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
    of: str
    bar: str
    status: CellPage | None


def make_tiles(view: TilesView, words: Words) -> tuple[TilePage, ...]:
    """The cards, in order."""
    return tuple(
        TilePage(
            label=words.value(tile.label),
            value=_shown(tile.value, words),
            change=change_text(tile.change, words),
            change_share=signed(tile.change_share, words),
            arrow=_arrow(tile.change if tile.change is not None else tile.change_share),
            of_target=_shown(tile.of_target, words),
            of=words.value(tile.of),
            bar=percent(tile.of_target.value) if isinstance(tile.of_target, Share) else "",
            status=make_cell(tile.status, words) if tile.status is not None else None,
        )
        for tile in view.tiles
    )


def _shown(value: Cell, words: Words) -> str:
    """A value as a sentence has it: an amount is alone here, so its currency is said."""
    return words.value(value) if isinstance(value, Money) else words.cell(value)


def _arrow(value: Cell) -> str:
    amount = number_of(value)
    if amount is None:
        return ""
    return "▲" if amount > 0 else "▼" if amount < 0 else "►"
