"""A report before it is text, HTML, a workbook or anything else: headings, lines, tables with typed cells, pictures.

Pictures (charts, bars of time, heat maps) repeat what a table of the same section says: a report in plain text leaves
them out and still holds every figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.analysis.finding import Wording
from smsheets.money import Money, Share
from smsheets.periods import Period


class Verbatim(msgspec.Struct, frozen=True):
    """A person's own text, such as the name of a sheet: it is the same in every language."""

    text: str


class Line(msgspec.Struct, frozen=True):
    """A sentence: an English text with `{names}`, and the values for them. Both are put into the reader's language."""

    text: str
    values: Mapping[str, Shown] = {}


def in_one_line(parts: Sequence[Line]) -> Line:
    """Several parts of a sentence as one, with semicolons between them."""
    first, *rest = parts
    return Line("{first}; {rest}", {"first": first, "rest": in_one_line(rest)}) if rest else first


class Month(msgspec.Struct, frozen=True):
    """A month, by its first day: `Jun 2027`. In a table, along a chart, in a heading and inside a sentence."""

    first_day: date


Shown = Wording | Line | Verbatim | Month | Period | tuple["Shown", ...]
"""Everything that can be put into words."""


class Tone(Enum):
    """The meaning of a status for its reader. It gives a colour and never comes alone: a word says the same."""

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"
    NEUTRAL = "neutral"


class Status(msgspec.Struct, frozen=True):
    """A status word in English, with what it means."""

    word: str
    tone: Tone


Cell = Wording | Line | Verbatim | Month | Period | Status | None
"""The content of a cell of a table; None is an empty cell."""


def number_of(value: object) -> Decimal | None:
    """The bare number of an amount, a share or a count; None for what is no number."""
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, Share):
        return value.value
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


class TableView(msgspec.Struct, frozen=True, kw_only=True):
    """A table of a report.

    Attributes:
        headers: Short English column headings, months, or a person's own names. Seven or fewer fit into 80 characters.
        rows: One cell per heading; None is shown as an empty cell. A Line is put into words first.
        title: A short English text; a Line or Verbatim where it names something of a person's.
        total: Whether the last row is a total.
    """

    headers: tuple[str | Month | Verbatim, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str | Line | Verbatim = ""
    total: bool = False


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """One figure that is seen first.

    Attributes:
        label: What it is: an English text, or a person's own.
        change, change_share: Against the month before, as an amount and as a share of it.
        of_target: Actual / target.
        of: What that is a share of, in words; None where the value says it itself.
    """

    label: Line | Verbatim
    value: Cell
    change: Cell = None
    change_share: Cell = None
    of_target: Cell = None
    of: Line | None = Line("of target")
    status: Status | None = None


class TilesView(msgspec.Struct, frozen=True):
    """The figures that are seen first, in order."""

    tiles: tuple[Tile, ...]

    @property
    def table(self) -> TableView:
        """The same as a table, for reports without pictures."""
        return TableView(
            headers=("Figure", "Now", "Change", "%", "Of target", "Status"),
            rows=tuple(
                (tile.label, tile.value, tile.change, tile.change_share, tile.of_target, tile.status)
                for tile in self.tiles
            ),
        )


class Role(Enum):
    """The role of a series of a chart; each has one look in all charts."""

    PLANNED = "planned"
    AVAILABLE = "available"
    ACTUAL = "actual"
    TARGET = "target"
    FORECAST = "forecast"
    RANGE = "range"
    OTHER = "other"


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """The values of one line or kind of bar of a chart, one for each category; None where nothing is known."""

    name: Line | Verbatim
    role: Role
    values: tuple[Decimal | int | None, ...]


class ChartKind(Enum):
    """How a chart is drawn. BRIDGE: the first and the last value begin at zero, those between them float."""

    COLUMNS = "columns"
    BARS = "bars"
    LINE = "line"
    BRIDGE = "bridge"


class ChartView(msgspec.Struct, frozen=True, kw_only=True):
    """A chart.

    Attributes:
        title: A short English text, or a person's own (a metric of theirs).
        says: What one sees in it, in a sentence: the text for people who cannot see it.
        categories: Along its axis, one for each value of a series.
        unit: `money`, `share`, `count`, `hours` or `days`.
        currency: Of `money`.
        small: One of several that are looked at side by side.
        change, status: Of a small one: its last value against the one before, and what that value means.
    """

    kind: ChartKind
    title: Line | Verbatim
    says: Line
    categories: tuple[Cell, ...]
    series: tuple[Series, ...]
    unit: str = "count"
    currency: str = ""
    small: bool = False
    change: Cell = None
    status: Status | None = None


class TimeBar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar of a time chart, from its start to its due day, both included; `ends` is later where it slips."""

    name: Verbatim
    start: date
    due: date
    ends: date
    done_share: Decimal
    status: Status


class TimeBarsView(msgspec.Struct, frozen=True, kw_only=True):
    """Bars along the days (a Gantt chart), with a line at the as-of day."""

    title: Line
    says: Line
    bars: tuple[TimeBar, ...]
    as_of: date


class HeatView(msgspec.Struct, frozen=True, kw_only=True):
    """Counts by two things, darker where there are more.

    Attributes:
        corner: The heading of the rows.
        rows: Heading and one count per column; None where it cannot be known, such as a day to come.
    """

    title: Line
    says: Line
    corner: str
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, tuple[int | None, ...]], ...]


Picture = ChartView | TimeBarsView | HeatView
"""A report in plain text leaves these out."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A finding or a problem: what is, what to do, where, under which stable name.

    Attributes:
        level: `error`, `warning` or `note`; `problem` for a problem.
        where: The cells, as Excel writes them.
        cells: Every cell by itself, where there are more than `where` names.
        count: How many problems it stands for.
        link: Where they can be opened, for terminals that follow links.
        also: What the same cause brings about.
        source: Where the rule comes from.
    """

    level: str
    says: Line
    todo: Line
    where: str
    name: str
    cells: tuple[Line | Verbatim, ...] = ()
    count: int = 1
    link: str = ""
    also: tuple[Entry, ...] = ()
    source: Line | None = None


Part = Line | TableView | TilesView | Picture | Entry


class Section(msgspec.Struct, frozen=True):
    """A heading with lines and tables below it, in order. `chapter` marks the few headings of the first level.

    Without a title the lines have no heading.
    """

    title: str | Line | Verbatim
    parts: tuple[Part, ...] = ()
    chapter: bool = False
