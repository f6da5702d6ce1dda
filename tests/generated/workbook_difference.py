"""Two workbooks of one template compared, each difference in one line: cell, label, before, after, line of the spec.

What one formula of the spec does to hundreds of cells is one line, and cells whose own formula is as it was are only
counted: they show another value because of the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generated.spec_places import SpecPlace
from generated.workbook_contents import EMPTY, Contents, Place, read_contents
from patch_xlsx import read_parts
from refresh import COMMAND

from smsheets.cells import column_letters

_Change = tuple[Place, str, str]
"""A place, and a property of it before and after."""

MOST_LINES = 20
_EXCERPT = 90
"""Characters of a long formula or property that are shown, from shortly before the first that differs."""

_LEAD = 25
_FOLLOWS_FROM_CELLS = ("xl/worksheets/", "xl/sharedStrings.xml", "xl/styles.xml", "xl/calcChain.xml")
"""Parts that hold nothing more once the cells of the workbook are compared."""

_REPEATED_VALUES = re.compile(rb"<c:(num|str)Cache>.*?</c:\1Cache>", re.DOTALL)


def describe_difference(kept: Path, made: Path, places: Callable[[], Mapping[Place, SpecPlace]] = dict) -> list[str]:
    """What a workbook that was kept and one made now differ in, at most `MOST_LINES` lines; none where they are equal.

    Args:
        places: Gives where the cells of the one made now come from; asked only where there is a difference.
    """
    before, after = read_parts(kept), read_parts(made)
    if before == after:
        return []
    compared = _Compared(read_contents(kept.read_bytes()), read_contents(made.read_bytes()), places())
    lines = [*compared.sheets()] or [*compared.moved()]
    follow = "" if lines else compared.consequences()
    lines = lines or [*compared.roots(), *compared.looks()]
    rest = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    if not lines:
        lines = [f"same cells, other bytes: {_join_parts(rest)}"]
    elif other := [name for name in rest if not _follows_from_cells(name, before.get(name), after.get(name))]:
        lines.append(f"other bytes too: {_join_parts(other)}")
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], f"and {_count(len(lines) - MOST_LINES, 'more difference')}"]
    return [f"{line}; if this is meant: {COMMAND}" for line in lines] + ([follow] if follow else [])


def _follows_from_cells(name: str, before: bytes | None, after: bytes | None) -> bool:
    """Whether a part says nothing more once the cells are compared: a chart only repeats their values."""
    if before is None or after is None or name.startswith(_FOLLOWS_FROM_CELLS):
        return name.startswith(_FOLLOWS_FROM_CELLS)
    return _REPEATED_VALUES.sub(b"", before) == _REPEATED_VALUES.sub(b"", after)


class _Compared:
    """Two contents, place by place."""

    def __init__(self, kept: Contents, made: Contents, places: Mapping[Place, SpecPlace]) -> None:
        self.kept = kept
        self.made = made
        self.places = places
        self._order = {name: number for number, name in enumerate((*made.sheets, *kept.sheets))}
        cells = {*kept.values, *kept.formulas, *made.values, *made.formulas}
        differing = sorted((cell for cell in cells if self._value(cell) or self._formula(cell)), key=self._sorted)
        own = [cell for cell in differing if self._formula(cell) or cell not in made.formulas]
        # Cells whose own formula, entry or text is the same only follow from those where it differs.
        self._own = own or differing
        self._following = [cell for cell in differing if cell not in set(own)] if own else []

    def sheets(self) -> Iterator[str]:
        """Sheets that are new or gone."""
        for name in self.made.sheets:
            if name not in self.kept.sheets:
                yield f"sheet {name} is new"
        for name in self.kept.sheets:
            if name not in self.made.sheets:
                yield f"sheet {name} is gone"

    def moved(self) -> Iterator[str]:
        """What came in or went, where headings and labels of a sheet have other places than before."""
        for sheet in self.made.sheets:
            kept = self.kept.labels(sheet)
            made = {text: place for text, place in self.made.labels(sheet).items() if self._is_text(place)}
            moved = [text for text, place in made.items() if kept.get(text, place) != place]
            if not moved:
                continue
            all_kept, all_made = self._texts(self.kept, sheet), self._texts(self.made, sheet)
            new = self._grouped([place for text, place in made.items() if text not in all_kept])
            gone = [place for text, place in kept.items() if text not in all_made]
            for cells in new:
                text = self.made.values[cells[0]]
                yield f"{_address(cells[0])} {text} is new{self._more(cells)}{self._at(cells[0])}"
            if gone:
                more = f" (and {_count(len(gone) - 1, 'more text')} of this sheet)" if len(gone) > 1 else ""
                yield f"{_address(gone[0])} {self.kept.values[gone[0]]} is gone{more}"
            first = min((made[text] for text in moved), key=self._sorted)
            text = self.made.values[first]
            yield (
                f"{_address(first)} {text} was at {_address(kept[text])}: cells of this sheet moved"
                f" ({_count(len(moved), 'text')}), so the workbook is not compared any further"
            )

    def roots(self) -> Iterator[str]:
        """One line for each formula, column of entries or text of the spec that makes other cells than before."""
        for cells in self._grouped(self._own):
            cell = next((cell for cell in cells if self._value(cell)), cells[0])
            yield f"{self._name(cell)} {self._change(cell)}{self._more(cells)}{self._at(cell)}"

    def looks(self) -> Iterator[str]:
        """One line for each property of a column that has another value; one for all columns that changed alike."""
        before, after = self.kept.looks, self.made.looks
        columns: dict[tuple[str, str, str], list[_Change]] = {}
        for place, what in sorted({**before, **after}, key=lambda key: (self._sorted(key[0]), key[1])):
            was, now = before.get((place, what), "none"), after.get((place, what), "none")
            if was != now:
                columns.setdefault((place[0], what, self._origin(place)), []).append((place, was, now))
        alike: dict[tuple[str, frozenset[tuple[str, str]]], list[_Change]] = {}
        for (_, what, _), changes in columns.items():
            alike.setdefault((what, frozenset((was, now) for _, was, now in changes)), []).extend(changes)
        for (what, _), changes in alike.items():
            place, was, now = changes[0]
            more = f" (and {_count(len(changes) - 1, 'more place')} like it)" if len(changes) > 1 else ""
            yield f"{self._name(place)}: {what} {_was_is(was, now)}{more}{self._at(place, whole=True)}"

    def consequences(self) -> str:
        """How many cells only follow from the others."""
        if not self._following:
            return ""
        first = self._following[0]
        if len(self._following) == 1:
            return f"because of this {self._name(first)} shows another value, its own formula is unchanged"
        cells = f"{len(self._following):,} cells show other values, their own formulas are unchanged"
        return f"because of this {cells}; the first is {self._name(first)}"

    def _value(self, cell: Place) -> bool:
        return self.kept.values.get(cell) != self.made.values.get(cell)

    def _formula(self, cell: Place) -> bool:
        return self.kept.formulas.get(cell) != self.made.formulas.get(cell)

    def _is_text(self, cell: Place) -> bool:
        return cell in self.places and self.places[cell].is_text

    def _texts(self, contents: Contents, sheet: str) -> set[str]:
        return {value for place, value in contents.values.items() if place[0] == sheet}

    def _sorted(self, place: Place) -> tuple[int, int, int]:
        return self._order[place[0]], place[1], place[2]

    def _grouped(self, cells: list[Place]) -> list[list[Place]]:
        """Cells of one sheet that come from the same formula, column of entries or text of the spec."""
        groups: dict[tuple[str, str], list[Place]] = {}
        for cell in cells:
            groups.setdefault((cell[0], self._origin(cell)), []).append(cell)
        return list(groups.values())

    def _name(self, place: Place) -> str:
        """A cell, column, row or sheet with its label, as people call it."""
        found = self._place(place)
        label = f" '{found.label}'" if found is not None and found.label and place[2] else ""
        return f"{_address(place)}{label}"

    def _change(self, cell: Place) -> str:
        was, now = (contents.values.get(cell, EMPTY) for contents in (self.kept, self.made))
        if was != now:
            same = "" if self._formula(cell) or cell not in self.made.formulas else ", its formula is unchanged"
            return f"{_was_is(was, now)}{same}"
        was, now = (contents.formulas.get(cell, "none") for contents in (self.kept, self.made))
        return f"is {self.made.values.get(cell, EMPTY)} as before, formula {_was_is(was, now)}"

    def _more(self, cells: list[Place]) -> str:
        if len(cells) == 1:
            return ""
        where = "column" if self._place(cells[0]) is not None else "sheet"
        return f" (and {_count(len(cells) - 1, 'more cell')} of this {where})"

    def _place(self, place: Place) -> SpecPlace | None:
        """Where a cell comes from, or the column that it is in."""
        return self.places.get(place) or self.places.get((place[0], 0, place[2]))

    def _origin(self, place: Place) -> str:
        found = self._place(place)
        return found.origin if found is not None else ""

    def _at(self, place: Place, whole: bool = False) -> str:
        """The line of the spec; `whole` is that of the column or field as a whole."""
        found = self._place(place)
        return "" if found is None else f"; {found.owner if whole else found.at}"


def _address(place: Place) -> str:
    sheet, row, col = place
    if row and col:
        return f"{sheet}!{column_letters(col)}{row}"
    return f"{sheet}, column {column_letters(col)}" if col else f"{sheet}, row {row}" if row else f"sheet {sheet}"


def _was_is(was: str, now: str) -> str:
    """Both, long ones from shortly before the first character that differs."""
    pairs = enumerate(zip(was, now, strict=False))
    same = next((n for n, (one, other) in pairs if one != other), min(len(was), len(now)))
    start = max(0, same - _LEAD) if max(len(was), len(now)) > _EXCERPT else 0
    return f"was {_excerpt(was, start)}, is {_excerpt(now, start)}"


def _excerpt(text: str, start: int) -> str:
    end = start + _EXCERPT
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _count(number: int, what: str) -> str:
    """`1 more cell`, `479 more cells`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _join_parts(names: list[str]) -> str:
    return f"{'part' if len(names) == 1 else 'parts'} {', '.join(names)}"
