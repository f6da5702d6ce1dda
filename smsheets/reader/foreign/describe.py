"""A workbook that is not one of ours: what it looks like, and what to do with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from smsheets.cells import CellRef, quote_sheet
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.foreign.calendar_words import Month
from smsheets.reader.foreign.headings import (
    WEAK_WORD,
    bare_label,
    known_headings,
    platform_words,
    short_label,
    table_headings,
)
from smsheets.reader.foreign.month_grid import MonthGrid, find_grids
from smsheets.reader.foreign.tables import Block, DataLine, ForeignSheet, read_sheet
from smsheets.reader.identity.claims import IS_REPORT, is_report
from smsheets.spec.load import load_spec
from smsheets.spec.reference import Sign, foreign_signs

_MOST_CELLS = 40_000
"""Cells that are looked at, in all sheets together: to say what a workbook looks like must cost next to nothing."""

_SHOWN_HEADINGS = 4  # enough to recognise one's own table in a message
_ENOUGH_PLATFORMS = 2  # one name may be anything
_MONTHS_ACROSS = 3  # one or two may be a comparison, and no plan
_NOTHING_KNOWN = "this workbook was not made by smsheets."
_START_ANEW = "Make one with 'smsheets new' and copy your entries into it."


@dataclass(frozen=True, slots=True)
class Looks:
    """The kind of workbook that a foreign one looks like.

    Attributes:
        kind: The template that its rows fit into.
        where: The cell of its first heading.
        headings: The headings it was known by, as they are there; none for a month drawn as a grid.
        rows: How many rows or entries it has; of a large workbook, how many were seen.
        complete: Whether all of it was looked at.
    """

    kind: str
    where: CellRef
    headings: tuple[str, ...]
    rows: int
    complete: bool


def describe_foreign(source: SourceWorkbook) -> str:
    """The kind of the workbook and what to do, without its path."""
    if is_report(source):
        return IS_REPORT
    looks = look_at(source)
    if looks is None:
        return f"{_NOTHING_KNOWN} {_START_ANEW}"
    title = load_spec(looks.kind).title.lower().replace("kpi", "KPI")
    place = f"{_one_line(quote_sheet(looks.where.sheet))}!{looks.where.a1}"
    headings = ", ".join(_one_line(heading) for heading in looks.headings) or "a month with its days"
    rows = f"its {looks.rows} {'row' if looks.rows == 1 else 'rows'}" if looks.complete else "its rows"
    article = "an" if title[0] in "aeio" else "a"
    file = str(source.path)
    shown = f'"{file}"' if re.search(r"[^\w./\\:-]", file) else file
    return (
        f"{_NOTHING_KNOWN[:-1]}; it looks like {article} {title} ({place}: {headings})."
        f" Bring {rows} over with: smsheets adopt {_one_line(shown)} --as {looks.kind} -o mine.xlsx"
    )


def look_at(source: SourceWorkbook) -> Looks | None:
    """The kind that the workbook looks like; None where nothing fits."""
    room = _MOST_CELLS
    seen: list[tuple[Sign, Block, int]] = []
    blocks: list[tuple[Block, int]] = []
    grids: list[MonthGrid] = []
    complete = True
    for sheet in source.sheets:
        if room <= 0:
            complete = False
            break
        complete = complete and len(sheet.cells) <= room
        found = [grid for grid in find_grids(sheet) if grid.entries] if len(sheet.cells) <= room else []
        grids += found
        used = frozenset(place for grid in found for place in grid.cells)
        read = read_sheet(sheet, _is_known, used, room)
        room -= len(sheet.cells)
        blocks += [(block, len(lines)) for block, lines in read.filled_blocks()]
        seen += _signs_of(read)
    entries = sum(len(grid.entries) for grid in grids)
    best = _best(seen)
    if best is None and not grids:
        return None
    if best is None or (grids and entries > best[2]):
        first = grids[0].header[0]
        return Looks("calendar", CellRef("", grids[0].sheet, first.row, first.col), (), entries, complete)
    sign, block, _ = best
    alike = (count for other, count in blocks if 2 * len(block.labels & other.labels) >= len(block.labels))
    rows = sum(alike) + (entries if sign.kind == "calendar" else 0)
    telling = tuple(heading.text for heading in block.headings if _columns(sign, heading.label))
    shown = telling or tuple(heading.text for heading in block.headings if heading.text)
    return Looks(sign.kind, CellRef("", block.sheet, *block.place), shown[:_SHOWN_HEADINGS], rows, complete)


def _best(seen: Sequence[tuple[Sign, Block, int]]) -> tuple[Sign, Block, int] | None:
    """The sign that most rows speak for."""
    rows: Counter[int] = Counter()
    for sign, _, count in seen:
        rows[foreign_signs().index(sign)] += count
    best = min(rows, key=lambda order: (-rows[order], order), default=None)
    return next((entry for entry in seen if foreign_signs().index(entry[0]) == best), None)


def _signs_of(read: ForeignSheet) -> Iterator[tuple[Sign, Block, int]]:
    """The first sign that each block fits, with how many rows it has."""
    titles = [read.sheet.name, *(str(cell.value) for row, cells in read.sheet.rows() if row < 10 for cell in cells[:3])]
    for block, lines in read.filled_blocks():
        sign = next((sign for sign in foreign_signs() if lines and _fits(sign, block, lines, titles)), None)
        if sign is not None:
            yield sign, block, len(lines)


def _fits(sign: Sign, block: Block, lines: Sequence[DataLine], titles: Iterable[str]) -> bool:
    columns = [_columns(sign, heading.label) for heading in block.headings]
    across = block.across
    if sum(isinstance(heading.across, Month) for heading in across) >= _MONTHS_ACROSS:
        columns.append({"months"})
    if any(isinstance(heading.across, str) for heading in across):
        columns.append({"channel"})
    if any(not isinstance(heading.across, str | Month) for heading in across) or any(
        line.context.week or line.context.day for line in lines[:3]
    ):
        columns.append({"date"})
    if any(not isinstance(heading.across, Month) for heading in across):
        columns.append({"copy", "title"})
    if lines[0].context.channel or _nameless_platforms(block, lines):
        columns.append({"channel"})
    if not _all_met(sign.groups, columns):
        return False
    if any(label in sign.telling for heading in block.headings for label in (heading.label, bare_label(heading.label))):
        return True
    if sign.titles:
        return any(word in short_label(title).split() for title in titles for word in sign.titles)
    return sign.platforms and _has_platforms(block, lines)


def _all_met(groups: Sequence[tuple[str, ...]], columns: list[set[str]]) -> bool:
    """True if each group has a column of its own."""
    return not groups or any(
        set(groups[0]) & found and _all_met(groups[1:], columns[:at] + columns[at + 1 :])
        for at, found in enumerate(columns)
    )


def _has_platforms(block: Block, lines: Sequence[DataLine]) -> bool:
    if any(isinstance(heading.across, str) for heading in block.across):
        return True
    cells = (cell for line in lines for cell in line.cells.values())
    return sum(short_label(cell.value) in platform_words() for cell in cells) >= _ENOUGH_PLATFORMS


def _nameless_platforms(block: Block, lines: Sequence[DataLine]) -> bool:
    """True if a column without a heading holds platforms."""
    cells = (line.cells.get(heading.col) for heading in block.headings if not heading.text for line in lines)
    return any(cell is not None and short_label(cell.value) in platform_words() for cell in cells)


def _is_known(label: str) -> bool:
    """True if a label is a heading of any of our tables."""
    return label in known_headings("") or bare_label(label) in known_headings("")


def _columns(sign: Sign, label: str) -> set[str]:
    words = table_headings(sign.kind, sign.table)
    found = words.get(label) or words.get(bare_label(label), {})
    return {column for column, sure in found.items() if sure > WEAK_WORD}


def _one_line(text: str) -> str:
    """A user's text for a line in a terminal."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
