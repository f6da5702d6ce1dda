"""A report as text for a terminal: readable at 80 columns, without colours when it is piped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from typing import IO

from smsheets.report.document import Entry, Line, Picture, Section, Status, TableView, TilesView
from smsheets.report.text_table import fold, set_table
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line

WIDTH = 80
"""Columns where nothing says how wide the terminal is."""

INDENT = "  "

_BOLD, _DIM = "1", "2"
_LEVEL_STYLES = {"error": "1;31", "warning": "33", "note": "36"}
_NUMBERS = set("0123456789")


def render_text(sections: Iterable[Section], words: Words, target: IO[str] | None = None) -> str:
    """Prints sections to a stream, or returns them as text where there is none."""
    page = _Page(words, target)
    text = "".join(f"{line}\n" for section in sections for line in page.section_lines(section))
    if target is not None:
        target.write(text)
    return text


class _Page:
    """How wide the lines are, and whether they are styled."""

    def __init__(self, words: Words, target: IO[str] | None) -> None:
        terminal = target is not None and target.isatty()
        self.words = words
        self.width = shutil.get_terminal_size((WIDTH, 0)).columns if terminal else WIDTH
        self.styled = terminal and _shows_styles()

    def section_lines(self, section: Section) -> Iterator[str]:
        """A heading and what stands below it."""
        title = self.words.text(section.title)
        rule = ("=" if section.chapter else "-") * len(title)
        if title:
            yield ""
            yield from (self._style(line, _BOLD) for line in (*self._folded(title), *self._folded(rule)))
        for part in section.parts:
            if isinstance(part, Picture):
                continue
            if isinstance(part, TableView | TilesView):
                yield from self._table_lines(part.table if isinstance(part, TilesView) else part)
            elif isinstance(part, Entry):
                yield from self._entry_lines(part)
            else:
                yield from self._folded(self.words.value(part))

    def _entry_lines(self, entry: Entry) -> Iterator[str]:
        """A finding: its level in front; a problem: its cell in front. What to do, and the rest, indented below."""
        where, words = safe_line(entry.where), self.words
        if entry.level == "problem":
            head, style, joint, tail = where, _BOLD, ": ", f"[{entry.name}]"
        else:
            head, style, joint = f"[{words.text(entry.level)}]", _LEVEL_STYLES[entry.level], " "
            tail = f"{where} [{entry.name}]".strip()
        first, *rest = self._folded(head + joint + words.value(entry.says))
        shown = self._linked(self._style(head, style), entry.link)
        yield shown + first[len(head) :] if first.startswith(head) else first
        yield from rest
        yield from self._folded(words.value(entry.todo), INDENT)
        yield from (self._style(line, _DIM) for line in self._folded(tail, INDENT))
        for other in entry.also:
            seen = f"{words.text('Also')}: {words.value(other.says)} {safe_line(other.where)} [{other.name}]"
            yield from self._folded(seen, INDENT)

    def _table_lines(self, view: TableView) -> Iterator[str]:
        words = self.words
        if view.title:
            yield from (self._style(line, _BOLD) for line in self._folded(words.text(view.title)))
        if not view.rows:
            return
        headings = [words.text(header) for header in view.headers]
        rows = [[words.cell(cell) for cell in row] for row in view.rows]
        numeric = [
            all(_is_number(view.rows[n][index], row[index]) for n, row in enumerate(rows))
            for index in range(len(headings))
        ]
        head, body, total = set_table(headings, rows, numeric, self.width, total=view.total)
        yield from (self._style(line, _BOLD) for line in head)
        yield from body
        yield from (self._style(line, _BOLD) for line in total)
        yield ""

    def _folded(self, text: str, indent: str = "") -> list[str]:
        return [(indent + line).rstrip() for line in fold(text, self.width - len(indent))]

    def _style(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.styled and text else text

    def _linked(self, text: str, address: str) -> str:
        """A text that leads somewhere when it is clicked, where the terminal can do that."""
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if self.styled and address else text


def _shows_styles() -> bool:
    """Whether a terminal can show bold and coloured text, and its user wants it (https://no-color.org)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return os.name != "nt" or bool({"WT_SESSION", "ANSICON", "TERM"} & os.environ.keys())


def _is_number(value: object, shown: str) -> bool:
    return not shown or (not isinstance(value, str | Line | Status | tuple) and bool(_NUMBERS & set(shown)))
