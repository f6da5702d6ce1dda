"""A workbook that is not one of ours: what it looks like, and what to do with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from smsheets.cells import CellRef, quote_sheet
from smsheets.kinds import KINDS
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.foreign.amounts import metric_named
from smsheets.reader.foreign.calendar_words import Metric, Month, month_in
from smsheets.reader.foreign.headings import (
    MONTH,
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
from smsheets.reader.values.scope import plain
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
    place = f"{_one_line(quote_sheet(looks.where.sheet))}!{looks.where.a1}"
    headings = ", ".join(_one_line(heading) for heading in looks.headings) or "a month with its days"
    rows = f"its {looks.rows} {'row' if looks.rows == 1 else 'rows'}" if looks.complete else "its rows"
    file = str(source.path)
    shown = f'"{file}"' if re.search(r"[^\w./\\:-]", file) else file
    return (
        f"{_NOTHING_KNOWN[:-1]}; it looks like {named_kind(looks.kind)} ({place}: {headings})."
        f" Bring {rows} over with: smsheets adopt {_one_line(shown)} --as {looks.kind} -o mine.xlsx"
    )


def named_kind(kind: str) -> str:
    """A kind of workbook inside a sentence: `an initiative roadmap`, `a KPI report`."""
    title = load_spec(kind).title
    noun = title if title[1].isupper() else title.lower()
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def needed_headings(kind: str) -> str:
    """What a workbook needs so that its rows can be brought into a template, in sentences."""
    return (
        f"A row of headings is needed, such as {KINDS[kind].headings}, and rows below it."
        ' If yours have other names, say what one of them is: --map "Their heading=Our heading".'
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
        found = find_grids(sheet) if len(sheet.cells) <= room else []
        grids += [grid for grid in found if grid.entries]
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
    sure = {heading.col for heading in block.headings if any(c[0] != "~" for c in _columns(sign, heading.label))}
    telling = tuple(heading.text for heading in block.headings if heading.col in sure)
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
        turned, _ = with_metrics_across(block, lines) if lines else (block, lines)
        # Metrics run across in a table of metrics only.
        views = ((sign, turned if sign.table == "kpis" else block) for sign in foreign_signs() if lines)
        fitting = (sign for sign, view in views if _fits(sign, view, lines, titles))
        sign = next(fitting, None)
        if sign is not None:
            yield sign, block, len(lines)


def _fits(sign: Sign, block: Block, lines: Sequence[DataLine], titles: Iterable[str]) -> bool:
    columns = [_columns(sign, heading.label) for heading in block.headings]
    across = block.across
    if sum(isinstance(heading.across, Month) for heading in across) >= _MONTHS_ACROSS:
        columns.append({"months"})
    if any(isinstance(heading.across, Metric) for heading in across):
        columns.append({"metrics"})
    if any(isinstance(heading.across, str) for heading in across):
        columns.append({"channel"})
    if any(not isinstance(heading.across, str | Month | Metric) for heading in across) or any(
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
    return not sign.telling or (sign.platforms and _has_platforms(block, lines))


def _all_met(groups: Sequence[tuple[str, ...]], columns: list[set[str]]) -> bool:
    """True if each group has a column of its own."""
    return not groups or any(
        set(groups[0]) & found and _all_met(groups[1:], columns[:at] + columns[at + 1 :])
        for at, found in enumerate(columns)
    )


def _has_platforms(block: Block, lines: Sequence[DataLine]) -> bool:
    """True if platforms run across, or half the cells of a column name some; not in a list of payments."""
    if any(isinstance(heading.across, str) for heading in block.across):
        return True
    amounts = table_headings("budget", "lines")
    for heading in block.headings:
        values = [line.cells[heading.col].value for line in lines if heading.col in line.cells]
        found = amounts.get(bare_label(heading.label), {})
        if ("planned" in found or "actual" in found) and _are_figures(values):
            return False
    counts = Counter(
        col for line in lines for col, cell in line.cells.items() if short_label(cell.value) in platform_words()
    )
    return counts.total() >= _ENOUGH_PLATFORMS and max(counts.values()) >= len(lines) / 2


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
    return {column if sure > WEAK_WORD else f"~{column}" for column, sure in found.items()} | {
        f"~{column}" for column in found
    }


def _one_line(text: str) -> str:
    """A user's text for a line in a terminal."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def with_metrics_across(block: Block, lines: list[DataLine]) -> tuple[Block, list[DataLine]]:
    """A table with a row for each month and a column for each metric, as one that runs across; others as they are.

    Rows of weeks or days are none of ours: there is one figure a month.
    """
    words = table_headings("kpi-report", "kpis")
    named = {heading.col: set(words.get(bare_label(heading.label), {})) for heading in block.headings}
    metrics = {heading.col for heading in block.headings if heading.text and metric_named(heading.text)}
    if block.across or len(metrics) < _FEWEST_METRICS or any("metric" in found for found in named.values()):
        return block, lines
    first = min(metrics)
    plain_cols = [col for col, found in named.items() if col < first or found]
    for heading in block.headings:
        cells = [line.cells[heading.col].value for line in lines if heading.col in line.cells]
        if heading.col > first and heading.col not in plain_cols and _are_figures(cells):
            metrics.add(heading.col)  # one of their own
    months = [col for col in plain_cols if MONTH in named[col]]
    names = [col for col in plain_cols if MONTH not in named[col]]
    filled = [line for line in lines if metrics & line.cells.keys()]
    periods = {
        (*(plain(line.cells[col].value) for col in names if col in line.cells), month)
        for line in filled
        if (month := _month_of_line(line, months)) is not None
    }
    if not filled or len(periods) < len(filled):
        return block, lines
    headings = tuple(
        replace(heading, label="", across=Metric(heading.text)) if heading.col in metrics else heading
        for heading in block.headings
    )
    turned = replace(block, headings=headings)
    return turned, [replace(line, block=turned) for line in lines]


_FEWEST_METRICS = 2  # one may be a word of any list


def _month_of_line(line: DataLine, cols: Sequence[int]) -> Month | None:
    """The month that a row or the titles above it say."""
    for cell in (line.cells[col] for col in cols if col in line.cells):
        if isinstance(cell.value, date):
            return Month(cell.value.year, cell.value.month)
        return month_in(plain(cell.value)) if cell.value is not None else None
    return line.context.month


def _are_figures(values: Sequence[object]) -> bool:
    """True if any is a number, and none a text."""
    has_texts = any(isinstance(value, str) for value in values)
    return any(isinstance(value, int | float) for value in values) and not has_texts
