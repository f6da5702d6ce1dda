"""A report as text for a terminal: readable at 80 columns, without colours when it is piped."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, NamedTuple

from texttable import Texttable, uchar_width

from smsheets.report.document import Entry, Line, Picture, Section, Status, TableView, TilesView
from smsheets.report.wording import Words, every_place
from smsheets.safe_text import safe_line

_EDGE = " "
_GAP = 3
"""Columns of a terminal between two columns of a table."""

_RULE = "─"


class _SetTable(NamedTuple):
    """The lines of a table: its headings below a blank line, the rule with what is under it, the totals."""

    head: list[str]
    body: list[str]
    total: list[str]


def set_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], room: int, *, total: bool = False
) -> _SetTable:
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
    return _SetTable(["", *set_lines[:rule]], set_lines[rule:last], set_lines[last:])


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
    return len(text) if text.isascii() else sum(uchar_width(character) for character in text)


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """The width each column asks for; less for the widest of them where there is not so much room."""
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


WIDTH = 80
"""Columns where nothing says how wide the terminal is."""

_INDENT = "  "

BOLD, _DIM = "1", "2"
_LEVEL_STYLES = {"error": "1;31", "warning": "33", "note": "36"}
_NUMBERS = set("0123456789")


def render_text(
    sections: Iterable[Section], words: Words, target: IO[str] | None = None, *, codes: bool = False
) -> str:
    """Sections as text, in lines and styles that fit the stream they are for.

    Args:
        codes: Whether findings and problems have their codes behind them, for `smsheets explain`.
    """
    page = Page(words, target, codes=codes)
    return "".join(f"{line}\n" for section in sections for line in page.section_lines(section))


class Page:
    """How wide the lines are, whether they are styled, and whether codes are shown."""

    def __init__(self, words: Words, target: IO[str] | None, *, codes: bool) -> None:
        terminal = target is not None and target.isatty()
        self.words = words
        self.codes = codes
        self.width = shutil.get_terminal_size((WIDTH, 0)).columns if terminal else WIDTH
        self.styled = terminal and _shows_styles()

    def section_lines(self, section: Section) -> Iterator[str]:
        """A heading and the lines below it."""
        title = self.words.text(section.title)
        rule = ("=" if section.chapter else "-") * len(title)
        if title:
            yield ""
            yield from (self.style(line, BOLD) for line in (*self.folded(title), *self.folded(rule)))
        for part in section.parts:
            if isinstance(part, Picture):
                continue
            if isinstance(part, TableView | TilesView):
                yield from self._table_lines(part.table if isinstance(part, TilesView) else part)
            elif isinstance(part, Entry):
                yield from self._entry_lines(part)
            else:
                yield from self.folded(self.words.value(part))

    def _entry_lines(self, entry: Entry) -> Iterator[str]:
        """A finding: its level in front; a problem: its cell in front. What to do, and the rest, indented below."""
        words, of_problem = self.words, entry.level == "problem"
        if of_problem:
            head, style, joint, tail = safe_line(entry.where), BOLD, ": ", self.code(entry.name)
        else:
            head, style, joint = f"[{words.text(entry.level)}]", _LEVEL_STYLES[entry.level], " "
            tail = f"{every_place(entry, words)} {self.code(entry.name)}".strip()
        first, *rest = self.folded(head + joint + words.value(entry.says))
        shown = self._linked(self.style(head, style), entry.link)
        yield shown + first[len(head) :] if first.startswith(head) else first
        yield from rest
        yield from self.folded(words.value(entry.todo), _INDENT)
        if of_problem and entry.cells:
            yield from self.folded(words.text("All cells: {cells}", {"cells": entry.cells}), _INDENT)
        if tail:
            yield from (self.style(line, _DIM) for line in self.folded(tail, _INDENT))
        for other in entry.also:
            says, where = words.value(other.says), every_place(other, words)
            seen = f"{words.text('Also')}: {says} {where} {self.code(other.name)}"
            yield from self.folded(seen.rstrip(), _INDENT)

    def _table_lines(self, view: TableView) -> Iterator[str]:
        words = self.words
        if view.title:
            yield from (self.style(line, BOLD) for line in self.folded(words.text(view.title)))
        if not view.rows:
            return
        headings = [words.text(header) for header in view.headers]
        rows = [[words.cell(cell) for cell in row] for row in view.rows]
        numeric = [
            all(_is_number(view.rows[n][index], row[index]) for n, row in enumerate(rows))
            for index in range(len(headings))
        ]
        head, body, total = set_table(headings, rows, numeric, self.width, total=view.total)
        yield from (self.style(line, BOLD) for line in head)
        yield from body
        yield from (self.style(line, BOLD) for line in total)
        yield ""

    def code(self, name: str) -> str:
        """A code as it is shown behind what is said: nothing where codes are not shown."""
        return f"[{name}]" if self.codes else ""

    def folded(self, text: str, indent: str = "") -> list[str]:
        """A text in lines that fit, all of them indented."""
        return [(indent + line).rstrip() for line in fold(text, self.width - len(indent))]

    def style(self, text: str, style: str) -> str:
        """A text in a style, where the page has styles."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.styled and text else text

    def _linked(self, text: str, address: str) -> str:
        """A text that leads somewhere when it is clicked, where the terminal can do that."""
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if self.styled and address else text


def _shows_styles() -> bool:
    """True where a terminal shows bold and coloured text, and its user wants it (https://no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return os.name != "nt" or bool({"WT_SESSION", "ANSICON", "TERM"} & os.environ.keys())


def _is_number(value: object, shown: str) -> bool:
    return not shown or (not isinstance(value, str | Line | Status | tuple) and bool(_NUMBERS & set(shown)))
