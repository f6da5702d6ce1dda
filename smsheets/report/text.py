"""A report as text for a terminal: readable at 80 columns, without colours when it is piped."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import IO

from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from smsheets.report.document import Entry, Line, Section, TableView
from smsheets.report.wording import Words, plain_text

WIDTH = 80
"""Columns where nothing says how wide the terminal is."""

_LEVEL_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
INDENT = 2
GAP = 2
FRAME = 2
"""Columns that a table's own margin takes."""

_NUMBERS = set("0123456789")


def render_text(sections: Iterable[Section], words: Words, target: IO[str] | None = None) -> str:
    """Prints sections to a stream, or returns them as text where there is none."""
    tty = target is not None and target.isatty()
    buffer = io.StringIO()
    out = target if tty and target is not None else buffer
    console = Console(file=out, width=None if tty else WIDTH, highlight=False, markup=False, emoji=False)
    for section in sections:
        title = words.text(section.title)
        line = "=" if section.chapter else "-"
        console.print(Text(f"\n{title}\n{line * len(title)}", style="bold"))
        for part in section.parts:
            if isinstance(part, TableView):
                _print_table(console, part, words)
            elif isinstance(part, Entry):
                _print_entry(console, part, words)
            else:
                console.print(Text(words.value(part)))
    text = "".join(f"{line.rstrip()}\n" for line in buffer.getvalue().splitlines())
    if target is not None and not tty:
        target.write(text)
    return text


def _print_entry(console: Console, entry: Entry, words: Words) -> None:
    """A finding: its level in front; a problem: its cell in front. What to do, and the rest, indented below."""
    if entry.level == "problem":
        head = Text(plain_text(entry.where), style="bold") + Text(": ")
        tail = f"[{entry.name}]"
    else:
        head = Text(f"[{words.text(entry.level)}]", style=_LEVEL_STYLES[entry.level]) + Text(" ")
        tail = f"{plain_text(entry.where)} [{entry.name}]".strip()
    console.print(head + Text(words.value(entry.says)))
    console.print(Padding(Text(words.value(entry.todo)), (0, 0, 0, INDENT), expand=False))
    console.print(Padding(Text(tail, style="dim"), (0, 0, 0, INDENT), expand=False))


def _print_table(console: Console, view: TableView, words: Words) -> None:
    if view.title:
        console.print(Text(words.text(view.title), style="bold"))
    if not view.rows:
        return
    headings = [words.text(header) for header in view.headers]
    rows = [[words.cell(cell) for cell in row] for row in view.rows]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_footer=False)
    widths = _least_widths([headings, *rows], console.width - FRAME)
    for index, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        numeric = all(_is_number(view.rows[n][index], row[index]) for n, row in enumerate(rows))
        side: JustifyMethod = "right" if numeric else "left"
        table.add_column(Text(heading), justify=side, overflow="fold", min_width=width)
    for number, row in enumerate(rows):
        last = view.total and number == len(rows) - 1
        table.add_row(*(Text(cell) for cell in row), style="bold" if last else "")
    console.print(table)


def _least_widths(rows: list[list[str]], room: int) -> list[int]:
    """For each column its longest word, so that no word is broken; shorter where that would not fit."""
    columns = zip(*rows, strict=True)
    longest = [max(len(word) for text in column for word in (text.split() or [""])) for column in columns]
    for cap in range(max(longest, default=0), 0, -1):
        widths = [min(width, cap) for width in longest]
        if sum(widths) + GAP * len(widths) <= room:
            return widths
    return [1 for _ in longest]


def _is_number(value: object, shown: str) -> bool:
    return not shown or (not isinstance(value, str | Line | tuple) and bool(_NUMBERS & set(shown)))
