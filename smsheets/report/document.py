"""A report before it is text, Markdown or anything else: headings, lines and tables with typed cells."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from smsheets.analysis.finding import Wording


class Verbatim(msgspec.Struct, frozen=True):
    """A person's own text, such as the name of a sheet: it is the same in every language."""

    text: str


class Line(msgspec.Struct, frozen=True):
    """A sentence: an English text with `{names}`, and the values for them. Both are put into the reader's language."""

    text: str
    values: Mapping[str, Shown] = {}


Shown = Wording | Line | Verbatim | tuple["Shown", ...]
"""What is put into words."""


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
        link: Where they can be opened, for terminals that follow links.
    """

    level: str
    says: Line
    todo: Line
    where: str
    name: str
    link: str = ""


Part = Line | TableView | Entry


class Section(msgspec.Struct, frozen=True):
    """A heading with lines and tables below it, in order. `chapter` marks the few headings of the first level.

    Without a title the lines stand by themselves.
    """

    title: str | Verbatim
    parts: tuple[Part, ...] = ()
    chapter: bool = False
