"""Rows of headings in a sheet that we did not make: plain ones, and those that run across with a measure each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby, pairwise

from smsheets.kinds import KINDS
from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.foreign.calendar_words import Month, month_named, weekday_run
from smsheets.reader.values.scope import plain
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import catalogue, languages
from smsheets.spec.load import load_spec
from smsheets.spec.model import Table, Workbook
from smsheets.spec.reference import foreign_words, load_platforms

OWN_HEADING, KNOWN_WORD, WEAK_WORD = 1.0, 0.95, 0.8
"""How sure a heading is that is one of ours, one of the words for it, or one that often means something else."""

MONTH = "month"
"""A column of other people's budgets that says which month an amount is for; ours has a column per month."""

_LONGEST = 60  # characters; a longer text is no heading


def record_tables(spec: Workbook) -> Iterator[Table]:
    """The tables of a template that people fill."""
    blocks = (block for sheet in spec.sheets for block in sheet.blocks)
    return (block for block in blocks if isinstance(block, Table) and not block.computed)


@cache
def table_headings(kind: str, table: str) -> Mapping[str, Mapping[str, float]]:
    """Normalised heading -> column id -> how sure it is (0..1)."""
    spec = next(item for item in record_tables(load_spec(kind)) if item.id == table)
    found: dict[str, dict[str, float]] = {}

    def add(word: str, column: str, sure: float) -> None:
        label = normal_label(word)
        if label:
            columns = found.setdefault(label, {})
            columns[column] = max(columns.get(column, 0.0), sure)

    for words in foreign_words().values():
        for column, spellings in words.headings.get(table, {}).items():
            for word in spellings:
                add(word.removeprefix("~"), column, WEAK_WORD if word[0] == "~" else KNOWN_WORD)
    for field in spec.columns:
        if field.formula is None:
            for word in field.aliases:
                add(word, field.id, KNOWN_WORD)
            for language in languages():
                add(catalogue(language, "common", kind).text(field.label), field.id, OWN_HEADING)
    return found


@cache
def known_headings(kind: str) -> frozenset[str]:
    """All headings that a column of any table of a template may have; of all templates for an empty kind."""
    tables = [(name, table.id) for name in ((kind,) if kind else KINDS) for table in record_tables(load_spec(name))]
    return frozenset(label for place in tables for label in table_headings(*place))


@cache
def platform_words() -> Mapping[str, str]:
    """Normalised name of a platform -> its id."""
    platforms = load_platforms().values()
    return {normal_label(word): item.id for item in platforms for word in (*item.aliases, item.name, item.id)}


@cache
def _total_words() -> frozenset[str]:
    return frozenset(normal_label(word) for words in foreign_words().values() for word in words.totals)


def is_total(text: str) -> bool:
    """True if a text says that what follows adds others up: `Total`, `Summe Mai`."""
    label = normal_label(text)
    return label in _total_words() or any(label.startswith((f"{word} ", f"{word}:")) for word in _total_words())


def short_label(value: object) -> str:
    """A cell's text as a heading is compared; empty for long texts and other values."""
    return normal_label(value) if isinstance(value, str) and len(value) <= _LONGEST else ""


_FEWEST_ACROSS = 3  # two neighbours may follow each other by chance
_PLATFORM_LETTERS = 5  # shorter names, X among them, are words of other things too

Across = date | Month | int | str
"""The thing a column across stands for: a day, a month, a weekday (Monday = 0), or a platform's id."""


def read_across(cells: Sequence[SourceCell]) -> dict[int, Across]:
    """The things that cells of a row stand for across: columns -> days in steps, months, weekdays or platforms."""
    readings = (read(cells) for read in (days_across, _months, _weekdays, _platforms))
    return next(filter(None, readings), {})


def days_across(cells: Sequence[SourceCell]) -> dict[int, Across]:
    """Real dates in even steps; months where each is a month after the one before."""
    stamps = [
        (cell.col, cell.value.date() if isinstance(cell.value, datetime) else cell.value)
        for cell in cells
        if isinstance(cell.value, date)
    ]
    if len(stamps) < _FEWEST_ACROSS:
        return {}
    steps = {(right - left).days for (_, left), (_, right) in pairwise(stamps)}
    if steps <= {28, 29, 30, 31}:
        return {col: Month(day.year, day.month) for col, day in stamps}
    return dict(stamps) if len(steps) == 1 and min(steps) > 0 else {}


def _months(cells: Sequence[SourceCell]) -> dict[int, Across]:
    found = {cell.col: month for cell in cells if isinstance(cell.value, str) and (month := month_named(cell.value))}
    return dict(found) if len(found) >= _FEWEST_ACROSS and len(set(found.values())) == len(found) else {}


def _weekdays(cells: Sequence[SourceCell]) -> dict[int, Across]:
    for start in range(len(cells)):
        for size in (7, 6, 5):
            part = cells[start : start + size]
            labels = [short_label(cell.value) for cell in part]
            if len(part) == size and "" not in labels and (first := weekday_run(labels)) is not None:
                return {cell.col: (first + offset) % 7 for offset, cell in enumerate(part)}
    return {}


def _platforms(cells: Sequence[SourceCell]) -> dict[int, Across]:
    words = platform_words()
    found = {cell.col: words[label] for cell in cells if (label := short_label(cell.value)) in words}
    return dict(found) if len(found) >= 2 and len(set(found.values())) == len(found) else {}


def platform_in(label: str) -> str:
    """The one platform that a title names."""
    known = platform_words()
    if label in known:
        return known[label]
    words = set(re.findall(r"[^\W\d_]+", label))
    named = {known[word] for word in words if len(word) >= _PLATFORM_LETTERS and word in known}
    return named.pop() if len(named) == 1 else ""


_ENOUGH_KNOWN = 0.4  # of a row's cells: people's own headings are among ours
_ENOUGH_ACROSS = 0.6  # of a row's cells, plain headings counted
_TITLE_TEXT = 60  # characters of a heading that are compared

Known = Callable[[str], bool]
"""True if a normalised text may be a heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a block.

    Attributes:
        text: As it is there; empty for a column without a heading.
        label: Normalised, without what it stands for across.
        across: What the column stands for in a table that runs across; None for a plain column.
        cells: The cells it was read from.
    """

    col: int
    text: str
    label: str
    across: Across | None = None
    cells: tuple[SourceCell, ...] = ()


def read_headings(
    cells: Sequence[SourceCell], below: Sequence[SourceCell], known: Known
) -> tuple[list[Heading], bool] | None:
    """The headings of a row and whether the row below belongs to them; None where the row holds no headings."""
    across = read_across(cells)
    labels = [short_label(cell.value) for cell in cells]
    matched = sum(1 for label in labels if label and (known(label) or _parted(label, known) is not None))
    plain_known = sum(cell.col not in across and known(label) for cell, label in zip(cells, labels, strict=True))
    if across and (len(across) >= _FEWEST_ACROSS or len(across) + plain_known >= _ENOUGH_ACROSS * len(cells)):
        return _wide(cells, below, across, known)
    has_numbers = any(isinstance(cell.value, int | float) for cell in cells)
    if has_numbers or matched < max(2, _ENOUGH_KNOWN * len(cells)):
        return None
    items = _composite(cells, known)
    if not items and not across and len(read_across(below)) >= _FEWEST_ACROSS:
        return None  # a line of words above the months
    return [_heading(cell, items) for cell in cells], False


def _heading(cell: SourceCell, items: Mapping[int, tuple[Across, str]]) -> Heading:
    text = _shown_text(cell)
    if cell.col in items:
        across, rest = items[cell.col]
        return Heading(cell.col, text, rest, across, (cell,))
    return Heading(cell.col, text, short_label(text[:_TITLE_TEXT]), None, (cell,))


def _composite(cells: Sequence[SourceCell], known: Known) -> dict[int, tuple[Across, str]]:
    """Columns like `Jan planned`, `Actual Feb`, `Instagram caption`, where there are several."""
    found = {cell.col: parts for cell in cells if (parts := _parted(short_label(cell.value), known)) is not None}
    kinds = {type(across) for across, _ in found.values()}
    return found if len(found) >= _FEWEST_ACROSS and len(kinds) == 1 else {}


def _parted(label: str, known: Known) -> tuple[Across, str] | None:
    """A heading as what it stands for across and its measure; None where it has not both."""
    words = label.replace("-", " ").split()
    for size in (1, 2):
        for lead, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            text, measure = " ".join(lead), " ".join(rest)
            across: Across | None = month_named(text) or platform_words().get(text) if measure else None
            if across is not None and known(measure):
                return across, measure
    return None


def _wide(
    cells: Sequence[SourceCell], below: Sequence[SourceCell], across: Mapping[int, Across], known: Known
) -> tuple[list[Heading], bool]:
    """Headings that run across, with a second row of measures below them where there is one."""
    labels = [short_label(cell.value) for cell in below]
    if any(label and labels.count(label) > 1 and known(label) for label in labels):
        return list(_measured(cells, below, across)), True
    items = {col: (item, "") for col, item in across.items()}
    return [_heading(cell, items) for cell in cells], False


def _measured(
    cells: Sequence[SourceCell], below: Sequence[SourceCell], across: Mapping[int, Across]
) -> Iterator[Heading]:
    """Each measure in the second row with what is above it or, as in merged cells, to the left above it."""
    upper, lower = {cell.col: cell for cell in cells}, {cell.col: cell for cell in below}
    item, named = None, ""
    for col in sorted({*upper, *lower}):
        if col in upper:
            item, named = across.get(col), _shown_text(upper[col])
        both = tuple(line[col] for line in (upper, lower) if col in line)
        text = " ".join(_shown_text(cell) for cell in both)
        if item is not None and col in lower:
            yield Heading(col, text if col in upper else f"{named} {text}", short_label(lower[col].value), item, both)
        else:
            yield Heading(col, text, short_label(text), None, both)


def side_by_side(headings: Sequence[Heading]) -> Iterator[tuple[Heading, ...]]:
    """One block, or several where the same headings are repeated further right."""
    # Neighbours have the same distance from their number in the row.
    numbered = groupby(enumerate(headings), lambda item: item[1].col - item[0])
    runs = [tuple(heading for _, heading in run) for _, run in numbered]
    labels = [{(heading.label, heading.across) for heading in run} for run in runs]
    if len(runs) > 1 and all(len(labels[0] & other) >= 2 for other in labels[1:]):
        yield from runs
    else:
        yield tuple(headings)


def _shown_text(cell: SourceCell) -> str:
    """The value of a cell, on one line."""
    return " ".join(plain(cell.value).split()) if cell.value is not None else ""
