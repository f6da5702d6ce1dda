"""The content of another workbook, sorted by our tables, and whose workbook it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from smsheets.cells import CellRef, column_letters
from smsheets.errors import OptionError, did_you_mean
from smsheets.periods import add_months, months_between
from smsheets.reader.file.limits import Limits
from smsheets.reader.file.package import UnusableFileError, open_package
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import CellValue, SourceCell, holds
from smsheets.reader.file.workbook_parts import find_part, find_workbook
from smsheets.reader.foreign.headings import Heading, is_total, platforms_named, short_label
from smsheets.reader.foreign.month_grid import MonthGrid, find_grids
from smsheets.reader.foreign.tables import Block, DataLine, ForeignSheet, read_sheet
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import languages
from smsheets.spec.reference import foreign_words

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
    """

    label: str
    heading: str
    where: CellRef
    examples: list[CellValue] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)
    across: bool = False
    cells: tuple[tuple[int, int], ...] = ()
    unsure: bool = False


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


def collect(source: SourceWorkbook, known: Callable[[str], bool], *, with_grids: bool, near: int) -> Material:
    """Reads all sheets of a workbook.

    Args:
        known: Whether a normalised text may be a heading.
        near: The year to look around for one that fits a month without a year.
    """
    sheets: list[ForeignSheet] = []
    grids: list[MonthGrid] = []
    for sheet in source.sheets:
        found = [grid for grid in find_grids(sheet, near) if grid.entries] if with_grids else []
        grids += found
        sheets.append(read_sheet(sheet, known, frozenset(place for grid in found for place in grid.cells)))
    return Material(source, sheets, grids)


def columns_of(blocks: Sequence[tuple[Block, list[DataLine]]], *, with_totals: bool) -> dict[str, ForeignColumn]:
    """Label -> column, of several blocks for one table; columns across are known by their measure.

    Args:
        with_totals: Whether columns that add others up are columns like any other.
    """
    columns: dict[str, ForeignColumn] = {}
    for block, lines in blocks:
        headings = [heading for heading in block.headings if with_totals or not is_total(heading.text)]
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
            for line in lines:
                cell = line.cells.get(heading.col)
                if cell is not None and holds(cell) and len(column.examples) < _MOST_EXAMPLES:
                    column.examples.append(cell.value)
    return columns


def read_corrections(
    given: Sequence[str], columns: Mapping[str, Mapping[str, ForeignColumn]], names: Mapping[str, Mapping[str, str]]
) -> dict[str, list[tuple[str, str]]]:
    """`--map` texts as corrections by table: their heading = our heading or column.

    Args:
        columns: Table id -> label -> their column.
        names: Table id -> normalised name -> column id of ours.

    Raises:
        OptionError: One names no column of theirs, or none of ours; the text says what is meant most likely.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for text in given:
        theirs, sign, ours = text.rpartition("=")
        if not sign or not theirs.strip():
            raise OptionError(f'--map "{text}": write their heading = our heading, for example --map "Caption=copy"')
        tables = [name for name, known in columns.items() if _label_of(theirs, known)]
        if not tables:
            known = sorted({column_name(column) for table in columns.values() for column in table.values()})
            hint = did_you_mean(theirs.strip(), known) or f"; there are: {', '.join(known)}"
            raise OptionError(f"--map \"{text}\": the workbook has no column '{theirs.strip()}'{hint}")
        targets = {name: names[name].get(normal_label(ours), "") for name in tables}
        if ours.strip() and not any(targets.values()):
            ids = sorted({name for table in tables for name in names[table].values()})
            labels = [name for table in tables for name in names[table]]
            hint = did_you_mean(normal_label(ours), labels) or f"; there are: {', '.join(ids)}"
            raise OptionError(f"--map \"{text}\": there is no column '{ours.strip()}' of ours{hint}")
        for name, target in targets.items():
            if target or not ours.strip():
                found.setdefault(name, []).append((_label_of(theirs, columns[name]), target))
    return found


def _label_of(heading: str, columns: Mapping[str, ForeignColumn]) -> str:
    wanted = normal_label(heading)
    if wanted in columns:
        return wanted
    return next((label for label, column in columns.items() if normal_label(column_name(column)) == wanted), "")


def column_name(column: ForeignColumn) -> str:
    """Their column as we name it: its heading, else its letters; columns across by all they stand for."""
    return column.heading or f"Column {column_letters(column.where.col)}"


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


_PREFIX = re.compile(r"(?P<name>[^\n:–—-]{1,30}?)\s*(?::|\s[-–—]\s|–|—)\s*(?P<text>\S.*)", re.DOTALL)


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


def language_of(labels: Iterable[str]) -> str:
    """The language of our workbooks that most headings are in; English where none is."""
    wanted = set(labels)
    counts: Counter[str] = Counter()
    for language, words in foreign_words().items():
        headings = {word for table in words.headings.values() for column in table.values() for word in column}
        weekdays = {day.split()[0] for day in words.weekdays}
        counts[language] = len(wanted & {normal_label(word.removeprefix("~")) for word in headings | weekdays})
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    return best if best in languages() else "en"


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


def number_formats(path: Path, limits: Limits) -> tuple[str, ...]:
    """The number formats that a workbook defines, without their language tags; none where they cannot be read."""
    codes: list[str] = []

    def start(tag: str, attrs: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "numFmt":
            codes.append(attrs.get("formatCode", "").replace("[$", "["))

    try:
        with open_package(path, limits) as package:
            part = find_part(
                package, package.relationships(find_workbook(package)), "styles", "spreadsheetml.styles+xml"
            )
            if part is not None:
                package.parse(part, start=start)
    except UnusableFileError:
        return ()
    return tuple(codes)
