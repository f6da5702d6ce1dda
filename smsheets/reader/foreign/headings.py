"""Rows of headings in a sheet that we did not make: plain ones, and those that run across with a measure each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.foreign.across import FEWEST_ACROSS, Across, read_across
from smsheets.reader.foreign.calendar_words import month_named
from smsheets.reader.foreign.heading_words import platform_words, short_label
from smsheets.reader.values.scope import plain

_ENOUGH_KNOWN = 0.4
_ENOUGH_ACROSS = 0.6
_TITLE_TEXT = 60

Known = Callable[[str], bool]
"""Whether a normalised text may be a heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a block.

    Attributes:
        text: As it stands there; empty for a column without a heading.
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
    if across and (len(across) >= FEWEST_ACROSS or len(across) + plain_known >= _ENOUGH_ACROSS * len(cells)):
        return _wide(cells, below, across, known)
    has_numbers = any(isinstance(cell.value, int | float) for cell in cells)
    if has_numbers or matched < max(2, _ENOUGH_KNOWN * len(cells)):
        return None
    items = _composite(cells, known)
    if not items and not across and len(read_across(below)) >= FEWEST_ACROSS:
        return None  # a line of words above the months
    return [_heading(cell, items) for cell in cells], False


def _heading(cell: SourceCell, items: Mapping[int, tuple[Across, str]]) -> Heading:
    text = shown_text(cell)
    if cell.col in items:
        across, rest = items[cell.col]
        return Heading(cell.col, text, rest, across, (cell,))
    return Heading(cell.col, text, short_label(text[:_TITLE_TEXT]), None, (cell,))


def _composite(cells: Sequence[SourceCell], known: Known) -> dict[int, tuple[Across, str]]:
    """Columns like `Jan planned`, `Actual Feb`, `Instagram caption`, where there are several."""
    found: dict[int, tuple[Across, str]] = {}
    for cell in cells:
        parts = _parted(short_label(cell.value), known)
        if parts is not None:
            found[cell.col] = parts
    kinds = {type(across) for across, _ in found.values()}
    return found if len(found) >= FEWEST_ACROSS and len(kinds) == 1 else {}


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
    headings = []
    for cell in cells:
        item, text = across.get(cell.col), shown_text(cell)
        label = "" if item is not None else short_label(text[:_TITLE_TEXT])
        headings.append(Heading(cell.col, text, label, item, (cell,)))
    return headings, False


def _measured(
    cells: Sequence[SourceCell], below: Sequence[SourceCell], across: Mapping[int, Across]
) -> Iterator[Heading]:
    """Each measure in the second row with what stands above it or, as in merged cells, to the left above it."""
    upper, lower = {cell.col: cell for cell in cells}, {cell.col: cell for cell in below}
    item, named = None, ""
    for col in sorted({*upper, *lower}):
        if col in upper:
            item, named = across.get(col), shown_text(upper[col])
        both = tuple(line[col] for line in (upper, lower) if col in line)
        text = " ".join(shown_text(cell) for cell in both)
        if item is not None and col in lower:
            yield Heading(col, text if col in upper else f"{named} {text}", short_label(lower[col].value), item, both)
        else:
            yield Heading(col, text, short_label(text), None, both)


def side_by_side(headings: Sequence[Heading]) -> Iterator[tuple[Heading, ...]]:
    """One block, or several where the same headings stand again further right."""
    runs: list[list[Heading]] = []
    for heading in headings:
        if runs and heading.col == runs[-1][-1].col + 1:
            runs[-1].append(heading)
        else:
            runs.append([heading])
    labels = [{(heading.label, heading.across) for heading in run} for run in runs]
    if len(runs) > 1 and all(len(labels[0] & other) >= 2 for other in labels[1:]):
        yield from (tuple(run) for run in runs)
    else:
        yield tuple(headings)


def holds(cell: SourceCell) -> bool:
    """Whether a cell shows anything, or would if it were calculated."""
    if cell.value is None:
        return cell.is_formula and not cell.has_cached
    return not (isinstance(cell.value, str) and not cell.value.strip())


def shown_text(cell: SourceCell) -> str:
    """What a cell shows, on one line."""
    return " ".join(plain(cell.value).split()) if cell.value is not None else ""
