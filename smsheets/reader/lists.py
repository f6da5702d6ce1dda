"""The Lists sheet of a user's file: the words of the dropdowns as they are there, people's own among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from smsheets.layout.lists import place_lists
from smsheets.layout.placed import PlacedList
from smsheets.profile import Profile
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceSheet
from smsheets.reader.identity.claims import headings, is_marker_sheet, sheet_labels
from smsheets.reader.values.scope import plain
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import Catalogue, catalogue, languages
from smsheets.spec.model import Workbook

_HEADING_ROWS = 15  # made in row 3 or 4; people insert rows above
_SURE_HEADINGS = 3
"""So many headings of a table in one row are no words of lists, whatever else is in it."""
_ROWS_OF_HEAD = 3
"""A table's title, its totals and its headings."""
_MOST_PLACES = 1_000
"""A list is read this far down. A cell with a word from further down is one that is in no list."""


@dataclass(frozen=True)
class ReadLists:
    """The lists as they are in a file.

    Attributes:
        shown: List id -> its texts in their order; an empty place between two is an empty text.
        added: List id -> those that a new workbook does not have.
        sheet: The name of the sheet they are on; empty where there is none.
        headings: List id -> row and column of its heading there; its words are below.
    """

    shown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sheet: str = ""
    headings: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def read_lists(source: SourceWorkbook, spec: Workbook, profile: Profile) -> ReadLists:
    """Reads the Lists sheet, found by its name or else by its headings; without one, nothing."""
    words = catalogue(profile.language, "common", "program", spec.kind)
    lists = place_lists(spec, profile, words, words.text("Lists"), {}, {})
    best: tuple[int, SourceSheet | None] = (0, None)
    places: dict[str, tuple[int, int]] = {}
    for sheet in source.sheets:
        found = _headings(sheet, lists, words) if not is_marker_sheet(sheet) else {}
        if len(found) > best[0] and (_is_lists(sheet) or len(found) > max(1, len(lists) // 2)):
            best, places = (len(found), sheet), found
    if best[1] is None:
        return ReadLists()
    end = _other_table_below(best[1], max(row for row, _ in places.values()), spec)
    shown = {name: _below(best[1], *place, end) for name, place in places.items()}
    added = {}
    for name, texts in shown.items():
        known = {normal_label(text) for text in lists[name].texts}
        added[name] = tuple(text for text in texts if text and normal_label(text) not in known)
    return ReadLists(shown, added, best[1].name, places)


def listed_channels(source: SourceWorkbook, spec: Workbook, profile: Profile) -> tuple[str, ...]:
    """The channels as the Lists sheet shows them; none without one."""
    return tuple(text for text in read_lists(source, spec, profile).shown.get("channels", ()) if text)


def _is_lists(sheet: SourceSheet) -> bool:
    names = {catalogue(language, "common", "program").text("Lists") for language in languages()}
    return not {normal_label(name) for name in names}.isdisjoint(sheet_labels(sheet.name))


def _headings(sheet: SourceSheet, lists: Mapping[str, PlacedList], words: Catalogue) -> dict[str, tuple[int, int]]:
    """List id -> where its heading is, in the row that has most of them."""
    wanted: dict[str, str] = {}
    for name, placed in lists.items():
        wanted.setdefault(normal_label(placed.spec.label), name)
    for name, placed in lists.items():
        wanted[normal_label(words.text(placed.spec.label))] = name
    rows: dict[int, dict[str, tuple[int, int]]] = {}
    for (row, col), cell in sheet.cells.items():
        if row <= _HEADING_ROWS and isinstance(cell.value, str) and len(cell.value) < 60:
            name = wanted.get(normal_label(cell.value), "")
            if name:
                rows.setdefault(row, {}).setdefault(name, (row, col))
    return max(rows.values(), key=len, default={})


def _other_table_below(sheet: SourceSheet, row: int, spec: Workbook) -> int:
    """The row from which another table of the template is on the sheet, its title included; or 0."""
    known = frozenset().union(*(headings(spec, language) for language in languages()))
    for number, cells in sheet.rows():
        top = next((line for line in range(number, number - _ROWS_OF_HEAD, -1) if not sheet.row(line - 1)), 0)
        if not row < top <= row + _MOST_PLACES:  # words of lists follow each other
            continue
        texts = [normal_label(cell.value) for cell in cells if isinstance(cell.value, str) and cell.value.strip()]
        there = sum(text in known for text in texts)
        if there >= _SURE_HEADINGS or (there == len(texts) > 1):
            return top
    return 0


def _below(sheet: SourceSheet, row: int, col: int, end: int) -> tuple[str, ...]:
    """The texts below a heading, down to the last one, or to another table."""
    last_row = min(row + _MOST_PLACES, end - 1) if end else row + _MOST_PLACES
    texts = {
        cell.row: plain(cell.value).strip()
        for cell in sheet.cells.values()
        if cell.col == col and row < cell.row <= last_row and cell.value is not None
    }
    last = max((number for number, text in texts.items() if text), default=row)
    return tuple(texts.get(number, "") for number in range(row + 1, last + 1))
