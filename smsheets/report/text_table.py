"""A table set in letters of one width, and lines folded to fit: how a report stands in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from texttable import Texttable, uchar_width

_EDGE = " "
_GAP = 3
"""Columns of a terminal between two columns of a table."""

_RULE = "─"


class SetTable(NamedTuple):
    """The lines of a table: its headings below a blank line, the rule with what is under it, the totals."""

    head: list[str]
    body: list[str]
    total: list[str]


def set_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], room: int, *, total: bool = False
) -> SetTable:
    """A table in lines; texts are folded where the columns are too wide together.

    Args:
        right: For each column whether it is set to the right, as numbers are.
        room: Columns of the terminal for it all.
        total: Whether the last row is a total.
    """
    widths = _widths([headings, *rows], room - _GAP * (len(headings) - 1) - len(_EDGE))
    lines = _drawn(headings, rows, right, widths)
    rule = next(number for number, line in enumerate(lines) if set(line) == {_RULE})
    last = len(_drawn(headings, rows[:-1], right, widths)) if total and rows else len(lines)
    set_lines = [(_EDGE + line).rstrip() for line in lines]
    return SetTable(["", *set_lines[:rule]], set_lines[rule:last], set_lines[last:])


def _drawn(
    headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], widths: Sequence[int]
) -> list[str]:
    sides = ["r" if number else "l" for number in right]
    table = Texttable(max_width=0)
    table.set_deco(Texttable.HEADER)
    table.set_chars([_RULE, " ", _RULE, _RULE])
    table.set_cols_dtype(["t" for _ in headings])
    table.set_cols_align(sides)
    table.set_header_align(sides)
    table.set_cols_width(list(widths))
    table.header(list(headings))
    for row in rows:
        table.add_row(list(row))
    drawn: str = table.draw()
    return drawn.splitlines()


def fold(text: str, width: int) -> list[str]:
    """A text in lines of at most this width, parted between words; a longer word, such as a path, stays whole."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def text_width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(uchar_width(sign) for sign in text)


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """What each column asks for; less for the widest of them where there is not so much room."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(text_width, column), default=1) or 1 for column in columns]
    if sum(widths) <= room:
        return widths
    least = _least_widths(columns, room)
    while sum(widths) > room and (shrinking := [n for n, width in enumerate(widths) if width > least[n]]):
        widest = max(widths[n] for n in shrinking)
        for n in shrinking:
            if widths[n] == widest and sum(widths) > room:
                widths[n] -= 1
    return widths


def _least_widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """For each column its longest word, so that no word is broken; shorter where that would not fit."""
    longest = [max(text_width(word) for text in column for word in (text.split() or [""])) for column in columns]
    for cap in range(max(longest), 0, -1):
        widths = [max(1, min(width, cap)) for width in longest]
        if sum(widths) <= room:
            return widths
    return [1 for _ in longest]
