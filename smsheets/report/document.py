"""A report before it is text, Markdown or anything else: headings, lines and tables with typed cells."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from smsheets.analysis.finding import Wording


class Line(msgspec.Struct, frozen=True):
    """A sentence: an English text with `{names}`, and the values for them. Both are put into the reader's language."""

    text: str
    values: Mapping[str, Wording | Line] = {}


class TableView(msgspec.Struct, frozen=True, kw_only=True):
    """A table of a report.

    Attributes:
        headers: Short English column headings. Seven columns or fewer stay readable at 80 characters.
        rows: One cell per heading; None is shown as an empty cell. A Line is put into words first.
        total: Whether the last row is a total.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[Wording | Line | None, ...], ...]
    title: str = ""
    total: bool = False


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A finding or a problem: what is, what to do, where, under which stable name.

    Attributes:
        level: `error`, `warning` or `note`; `problem` for a problem.
        where: The cells, as Excel writes them.
    """

    level: str
    says: Line
    todo: Line
    where: str
    name: str


Part = Line | TableView | Entry


class Section(msgspec.Struct, frozen=True):
    """A heading with lines and tables below it, in order. `chapter` marks the few headings of the first level."""

    title: str
    parts: tuple[Part, ...] = ()
    chapter: bool = False
