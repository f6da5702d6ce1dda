"""The content of another workbook, sorted by our tables, and whose workbook it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from smsheets.cells import CellRef, column_letters
from smsheets.errors import WorkbookFileError
from smsheets.periods import add_months, months_between
from smsheets.reader.file.limits import Content, Limits
from smsheets.reader.file.package import UnusableFileError, open_package
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import CellValue, SourceCell, holds
from smsheets.reader.file.workbook_parts import find_part, find_workbook
from smsheets.reader.foreign.calendar_words import Month
from smsheets.reader.foreign.headings import Heading, platforms_named, short_label
from smsheets.reader.foreign.month_grid import MonthGrid, find_grids
from smsheets.reader.foreign.tables import Block, DataLine, ForeignSheet, read_sheet
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import languages
from smsheets.spec.reference import foreign_words

_MOST_ACROSS = 1_000  # cells of a row; a plan with a column for each day of two years has fewer
_MOST_EXAMPLES = 200  # values of a column that are looked at to tell what it holds


@dataclass
class ForeignColumn:
    """A column of theirs: all columns with this heading, on whichever sheet and under however many headings.

    Attributes:
        label: Its heading, normalised: what it is known by.
        heading: As it is there; empty where the column has none.
        where: Its first heading, or the cell above its data.
        cells: The cells of its first heading: (row, column).
        beside: Labels that are in one row of headings with it.
        unsure: Whether it is one of several alike, and nothing says which is for what.
        has_months_beside: Whether the amounts of each month are beside it.
        is_sum: Whether it is, in every row, the sum of these.
    """

    label: str
    heading: str
    where: CellRef
    examples: list[CellValue] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)
    across: bool = False
    cells: tuple[tuple[int, int], ...] = ()
    unsure: bool = False
    has_months_beside: bool = False
    is_sum: bool = False

    @property
    def measure(self) -> str:
        """The heading of what is once for each month or platform: `Budget` of `January Budget`."""
        return f"{self.label[:1].upper()}{self.label[1:]}" if self.across and self.label != ACROSS else ""


@dataclass
class Material:
    """Everything that was found in a workbook."""

    source: SourceWorkbook
    sheets: list[ForeignSheet]
    grids: list[MonthGrid]

    def blocks(self) -> Iterator[tuple[Block, list[DataLine]]]:
        """Every block with its rows, totals left out."""
        for sheet in self.sheets:
            yield from sheet.filled_blocks()


def collect(
    source: SourceWorkbook, known: Callable[[str], bool], given: frozenset[str], kind: str, near: int
) -> Material:
    """Reads all sheets of a workbook.

    Args:
        known: Whether a normalised text may be a heading.
        given: Headings that the user names.
        near: The year to look around for one that fits a month without a year.

    Raises:
        WorkbookFileError: A row has so many cells that reading it takes too long.
    """
    for sheet in source.sheets:
        if any(len(cells) > _MOST_ACROSS for _, cells in sheet.rows()):
            raise WorkbookFileError(
                f"{source.path}: its sheet '{sheet.name}' has more than {_MOST_ACROSS:,} columns. "
                "Delete those that are not needed, or the sheet, and save it again."
            )
    sheets: list[ForeignSheet] = []
    grids: list[MonthGrid] = []
    for sheet in source.sheets:
        found = find_grids(sheet, near) if kind == "calendar" else []
        grids += found
        used = frozenset(place for grid in found for place in grid.cells)
        monthly = kind in ("budget", "kpi-report")
        sheets.append(read_sheet(sheet, known, used, given=given, monthly=monthly))
    return Material(source, sheets, grids)


def columns_of(blocks: Sequence[tuple[Block, list[DataLine]]]) -> dict[str, ForeignColumn]:
    """Label -> column, of several blocks for one table; columns across are known by their measure."""
    columns: dict[str, ForeignColumn] = {}
    for block, lines in blocks:
        headings = block.headings
        labels = {heading.col: label_of(heading) for heading in headings}
        for heading in headings:
            label = labels[heading.col]
            cells = tuple((cell.row, cell.col) for cell in heading.cells)
            where = CellRef("", block.sheet, *(cells[0] if cells else (block.row, heading.col)))
            across = [other.text for other in headings if heading.across is not None and labels[other.col] == label]
            name = f"{across[0]} ... {across[-1]}" if len(across) > 1 else heading.text
            column = columns.setdefault(
                label,
                ForeignColumn(
                    label, name, where, across=heading.across is not None, cells=cells, unsure=heading.unsure
                ),
            )
            column.beside |= set(labels.values()) - {label}
            if heading.across is None and any(isinstance(other.across, Month) for other in headings):
                column.has_months_beside = True
                column.is_sum = all(_is_sum(line, heading) for line in lines)
            for line in lines:
                cell = line.cells.get(heading.col)
                if cell is not None and holds(cell) and len(column.examples) < _MOST_EXAMPLES:
                    column.examples.append(cell.value)
    return columns


def column_name(column: ForeignColumn) -> str:
    """Their column as we name it: its heading, else its letters; columns across by all they stand for."""
    return column.heading or f"Column {column_letters(column.where.col)}"


def _is_sum(line: DataLine, heading: Heading) -> bool:
    """True if the amount below a heading is the sum of the months beside it."""
    months = [line.cells.get(other.col) for other in line.block.headings if isinstance(other.across, Month)]
    amounts = [cell.value for cell in months if cell is not None and isinstance(cell.value, int | float)]
    own = line.cells.get(heading.col)
    value = own.value if own is not None else None
    return isinstance(value, int | float) and abs(value - sum(amounts)) < _SAME_SUM


_SAME_SUM = 0.005  # of the currency: less than its smallest coin

ACROSS = "(across)"
"""The label of columns that run across and have no measure of their own: `Jan`, `Feb`, ..."""


def label_of(heading: Heading) -> str:
    """By what a column is known: its heading, or the measure of a column across."""
    return heading.label or (ACROSS if heading.across is not None else "")


def posts_in(text: str) -> Iterator[tuple[str, str]]:
    """The posts of one cell of a grid, each as its channel and its text; the channel is empty where none is named.

    A platform may be in front of a text, in brackets beside it, or on a line of its own above or below it.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    alone = [_platform_alone(line) for line in lines]
    if any(alone) and not all(alone):
        yield from _by_lines(lines, alone)
        return
    parted = [_parted(line) for line in lines]
    if len(lines) > 1 and all(channel for channel, _ in parted):
        yield from parted
    elif parted and parted[0][0]:
        channel, first = parted[0]
        yield channel, "\n".join((first, *lines[1:]))
    else:
        yield "", text


def _by_lines(lines: Sequence[str], alone: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The posts of a cell with platforms on lines of their own; each is above its text if the first line is one."""
    above = bool(alone[0])
    if sum(map(bool, alone)) == 1 or not (above or alone[-1]):
        channels = " / ".join(dict.fromkeys(filter(None, alone)))
        yield channels, "\n".join(line for line, channel in zip(lines, alone, strict=True) if not channel)
        return
    channel, texts = "", list[str]()
    for line, named in (*zip(lines, alone, strict=True), ("", "end")):
        if named and texts:
            yield (channel if above else named.replace("end", "")), "\n".join(texts)
            texts = []
        channel = named or channel
        texts += [] if named else [line]


def _platform_alone(line: str) -> str:
    """The platforms that a line names and nothing else: `(IG)`; a small x is a mark."""
    label = short_label(line.strip("()[] "))
    return platforms_named(label) if len(label) > 1 or line.strip("()[] ") == "X" else ""


_LONGEST_NAME = 30  # characters


def _parted(line: str) -> tuple[str, str]:
    """`IG: new bowls`, `[IG] new bowls`, `New bowls (IG)` -> the platform and the rest; no platform where none is."""
    found = _PREFIX.fullmatch(line)
    if found and (platform := platforms_named(short_label(found["name"]))):
        return platform, found["text"].strip()
    for opening, closing in ("()", "[]"):
        if line.startswith(opening):
            name, _, rest = line[1:].partition(closing)
        elif line.endswith(closing):
            rest, _, name = line[:-1].rpartition(opening)
        else:
            continue
        if rest.strip() and len(name) <= _LONGEST_NAME and (platform := platforms_named(short_label(name))):
            return platform, rest.strip()
    return "", line


_PREFIX = re.compile(
    r"\s*+(?P<name>[^\s:–—-][^\n:–—-]{0,29}?)\s*+(?::|(?<=\s)[-–—]\s|–|—)\s*+(?P<text>\S.*+)", re.DOTALL
)


def all_cells(source: SourceWorkbook) -> Iterator[tuple[str, SourceCell]]:
    """Every cell that shows something, with its sheet."""
    for sheet in source.sheets:
        for place in sorted(sheet.cells):
            if holds(sheet.cells[place]):
                yield sheet.name, sheet.cells[place]


_YEAR = 12  # months
_MOST_MONTHS = 24  # as many as a workbook can have
_SYMBOLS = {"€": "EUR", "£": "GBP", "$": "USD", "zł": "PLN", "¥": "JPY", "₹": "INR", "r$": "BRL", "kč": "CZK"}
_CODES = "EUR|USD|GBP|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|BRL|MXN|INR|JPY|ZAR"
_MONEY = re.compile(rf"(?<![^\W\d_])(?P<code>{_CODES})(?![^\W\d_])|(?P<symbol>r\$|[€£$¥₹]|zł|kč)", re.IGNORECASE)
_LONGEST_TEXT = 40  # characters of a text that may show a currency


def language_of(labels: Iterable[str], source: SourceWorkbook) -> str:
    """The language of our workbooks that most headings are in; English where none is, or the texts are in another."""
    wanted = set(labels)
    counts: Counter[str] = Counter()
    for language, words in foreign_words().items():
        headings = {word for table in words.headings.values() for column in table.values() for word in column}
        weekdays = {day.split()[0] for day in words.weekdays}
        counts[language] = len(wanted & {normal_label(word.removeprefix("~")) for word in headings | weekdays})
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    found = foreign_words()[best]
    if found.unlike:
        texts = (cell.value for sheet in source.sheets for cell in sheet.cells.values() if isinstance(cell.value, str))
        short = (text.casefold()[:_LONGEST_READ] for text in islice(texts, _MOST_EXAMPLES))
        said = [word for text in short for word in _WORDS.findall(text)]
        if sum(word in found.unlike for word in said) > sum(word in found.common for word in said):
            return "en"
    return best if best in languages() else "en"


_LONGEST_READ = 500  # characters of a text that say its language
_WORDS = re.compile(r"[^\W\d_]+")


def currency_of(source: SourceWorkbook, formats: Sequence[str]) -> str:
    """The currency that most number formats show, else most texts; empty where none does."""
    cells = (cell.value for sheet in source.sheets for cell in sheet.cells.values())
    short = (value for value in cells if isinstance(value, str) and len(value) <= _LONGEST_TEXT)
    for texts in (formats, short):
        counts = Counter(
            found["code"].upper() if found["code"] else _SYMBOLS[found["symbol"].casefold()]
            for text in texts
            for found in _MONEY.finditer(text)
        )
        if counts:
            return counts.most_common(1)[0][0]
    return ""


def period_of(days: Sequence[date], start: date | None) -> Mapping[str, Any]:
    """The first month and how many: the year that all days are in, else from the first on, at most two years."""
    if not days:
        return {}
    months = Counter(day.replace(day=1) for day in days)
    first, last = min(months), max(months)
    if start is not None:
        first = start
    elif first.year == last.year:
        first = first.replace(month=1)
    elif months_between(first, last) >= _MOST_MONTHS:
        first = max(sorted(months, reverse=True), key=lambda month: _within(month, months))
        last = max(month for month in months if month < add_months(first, _MOST_MONTHS))
    return {"start": first, "months": min(max(months_between(first, last) + 1, _YEAR), _MOST_MONTHS)}


def _within(first: date, months: Mapping[date, int]) -> int:
    """How many days fall into the longest period that begins with a month."""
    return sum(count for month, count in months.items() if 0 <= months_between(first, month) < _MOST_MONTHS)


def year_said(source: SourceWorkbook) -> int:
    """The year that most short texts and sheet names with a year say, 0 where none does."""
    years: Counter[int] = Counter()
    for sheet in source.sheets:
        texts = [sheet.name, *(str(cell.value) for row, cells in sheet.rows() if row <= 12 for cell in cells)]
        for text in texts:
            if len(text) <= _LONGEST_TEXT:
                years.update(int(found) for found in re.findall(r"(?<!\d)(20[2-4]\d)(?!\d)", text))
    return years.most_common(1)[0][0] if years else 0


def number_formats(content: Content, limits: Limits) -> tuple[str, ...]:
    """The number formats that a workbook defines, without their language tags; none where they cannot be read."""
    codes: list[str] = []

    def start(tag: str, attrs: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "numFmt":
            codes.append(attrs.get("formatCode", "").replace("[$", "["))

    try:
        with open_package(content, limits) as package:
            part = find_part(
                package, package.relationships(find_workbook(package)), "styles", "spreadsheetml.styles+xml"
            )
            if part is not None:
                package.parse(part, start=start)
    except UnusableFileError:
        return ()
    return tuple(codes)


NO_MONTH = Month(0, 0)
"""The month of amounts that nothing says one of."""

Place = tuple[str, int, int]
"""Sheet, row, column."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A value on its way. `place` is the cell whose content it is; None where it was put together from others."""

    value: CellValue
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a column across: our column for its measure, if there is one, and the measure's label."""

    target: str
    label: str
    raw: Raw


FieldKey = tuple[str, Month | None]
"""One of our columns; with the month for a column that ours has once for each month."""


OwnKey = str | tuple[str, Month]
"""A column of their own by its label; with the month for one that is there once for each month."""


@dataclass
class RawRow:
    """A row of one of our tables: our columns, and columns of their own by label.

    Attributes:
        again: Further cells whose content this row has: the names of a line that is once for each month.
    """

    fields: dict[FieldKey, Raw] = field(default_factory=dict)
    own: dict[OwnKey, Raw] = field(default_factory=dict)
    again: list[Place] = field(default_factory=list)

    def value(self, column: str) -> CellValue:
        """The content of a plain column of ours."""
        raw = self.fields.get((column, None))
        return raw.value if raw is not None else None


@dataclass
class Behind:
    """Cells of rows that were read, which stay behind.

    Attributes:
        outside: The amount of a month that the new workbook does not have, or a second one for a month.
        worked_out: What our workbook works out itself.
        months: What only said the month of an amount.
        income: What came in.
    """

    outside: set[Place] = field(default_factory=set)
    worked_out: set[Place] = field(default_factory=set)
    months: set[Place] = field(default_factory=set)
    income: set[Place] = field(default_factory=set)
