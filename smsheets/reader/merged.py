"""Cells that lie hidden under a merged range: a person sees its first cell only, and so does the reader."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from smsheets.cells import column_letters

_MOST_ROWS = 200
"""A range merged over more rows than these is named in as many rows: nobody needs a longer list."""

_MOST_CELLS = 20_000
"""No table of people's own has so many hidden cells; ranges of a broken file may lie on top of each other."""


class Merge(NamedTuple):
    """A merged range, all four inside."""

    row: int
    col: int
    last_row: int
    last_col: int

    def __str__(self) -> str:
        return f"{column_letters(self.col)}{self.row}:{column_letters(self.last_col)}{self.last_row}"


def hidden_cells(
    merges: Collection[tuple[int, int, int, int]], columns: Collection[int], first_row: int, last_row: int
) -> dict[tuple[int, int], Merge]:
    """The cells of these columns and rows that lie under a merged range, each with that range."""
    hidden: dict[tuple[int, int], Merge] = {}
    seen = 0
    for merge in (Merge(*corners) for corners in merges):
        for place in _places(merge, columns, first_row, last_row):
            hidden[place] = merge
            seen += 1
        if seen > _MOST_CELLS:
            break
    return hidden


def _places(merge: Merge, columns: Collection[int], first_row: int, last_row: int) -> Iterator[tuple[int, int]]:
    inside = sorted(col for col in columns if merge.col <= col <= merge.last_col)
    top = max(merge.row, first_row)
    if not inside:
        return
    for row in range(top, min(merge.last_row, last_row, top + _MOST_ROWS - 1) + 1):
        yield from ((row, col) for col in inside if (row, col) != (merge.row, merge.col))
