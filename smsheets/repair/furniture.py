"""What of a person's file is the template's own: titles, notes, headings, labels, hints, list words, formulas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from msgspec.structs import replace

from smsheets.layout.cells_of import Role, workbook_cells
from smsheets.layout.content import Filling
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceSheet
from smsheets.reader.identity.marker_sheet import is_marker_sheet
from smsheets.reader.places.labels import Labels
from smsheets.reader.places.locate import Found, FoundForm, FoundTable
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import catalogue, languages

_FILLED = (Role.INPUT, Role.COMPUTED)
_REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?\d+")


class Furniture:
    """The template's own cells, as they may stand in a person's file, in any language."""

    def __init__(self, source: SourceWorkbook, found: Found, layout: Layout) -> None:
        self._source = source
        self._layout = layout
        self._blocks: list[FoundTable | FoundForm] = [*found.tables.values(), *found.forms.values()]

    @cached_property
    def homes(self) -> Mapping[str, frozenset[str]]:
        """Sheet of the person's file -> the template's sheets that stand on it; without those of their own."""
        homes: dict[str, set[str]] = {}
        for block in self._blocks:
            homes.setdefault(block.sheet.name, set()).add(block.placed.sheet)
        labels, there = Labels(self._layout), {normal_label(sheet.name) for sheet in self._source.sheets}
        for placed in self._layout.sheets:
            names = {normal_label(placed.name)} & there or labels.of_sheet(placed.name)
            for sheet in self._source.sheets:
                if normal_label(sheet.name) in names and not any(placed.name in home for home in homes.values()):
                    homes.setdefault(sheet.name, set()).add(placed.name)
        if self.lists_sheet is not None:
            homes.setdefault(self.lists_sheet, set()).add(self._layout.lists_sheet)
        return {name: frozenset(names) for name, names in homes.items()}

    @cached_property
    def lists_sheet(self) -> str | None:
        """The person's Lists sheet: by its name, else by its headings."""
        names = {normal_label(catalogue(language, "common", "program").text("Lists")) for language in languages()}
        sheets = [sheet for sheet in self._source.sheets if not is_marker_sheet(sheet)]
        named = next((sheet.name for sheet in sheets if normal_label(sheet.name) in names), None)
        if named is not None:
            return named
        wanted = {normal_label(self._layout.words.text(item.spec.label)) for item in self._layout.lists.values()}
        taken = {block.sheet.name for block in self._blocks}
        rated = [(len(wanted & _texts_of(sheet)), sheet.name) for sheet in sheets if sheet.name not in taken]
        best = max(rated, default=(0, ""))
        return best[1] if best[0] > max(1, len(wanted) // 2) else None

    @cached_property
    def own_sheets(self) -> list[SourceSheet]:
        """The person's own sheets, those that hold a value."""
        theirs = (sheet for sheet in self._source.sheets if sheet.name not in self.homes)
        return [sheet for sheet in theirs if sheet.last_row and not is_marker_sheet(sheet)]

    def texts(self, sheet: str) -> Counter[str]:
        """How often each text stands on the template's sheets that a sheet of the person's file holds."""
        found: Counter[str] = Counter()
        for texts in self._texts.values():
            here: Counter[str] = Counter()
            for home in self.homes.get(sheet, ()):
                here += texts.get(home, Counter())
            found |= here
        return found

    def has_formula(self, formula: str) -> bool:
        """Whether the template has such a formula somewhere, whatever cells it names."""
        return _shape(formula) in self._shapes

    @cached_property
    def _texts(self) -> Mapping[str, Mapping[str, Counter[str]]]:
        """Language -> sheet of the layout -> its texts."""
        profile, spec = self._layout.profile, self._layout.spec
        mine = [sheet.name for sheet in self._layout.sheets] + [self._layout.lists_sheet]
        texts: dict[str, dict[str, Counter[str]]] = {}
        for language in dict.fromkeys((profile.language, *languages())):
            layout = self._layout
            if language != profile.language:
                layout = place_workbook(spec, replace(profile, language=language), own_spec=layout.own_spec)
            cells = workbook_cells(layout, Filling())
            texts[language] = {
                name: Counter(normal_label(str(cell.value)) for cell in found if _is_text(cell.role, cell.value))
                for name, found in zip(mine, cells.values(), strict=True)
            }
        return texts

    @cached_property
    def _shapes(self) -> set[str]:
        cells = workbook_cells(self._layout, Filling())
        return {_shape(cell.formula) for found in cells.values() for cell in found if cell.formula is not None}


def _is_text(role: Role, value: object) -> bool:
    return role not in _FILLED and value is not None


def _shape(formula: str) -> str:
    """A formula without the cells it names: these move along with rows and columns."""
    plain = formula.removeprefix("=").replace("_xlfn.", "").replace(" ", "")
    return _REFERENCE.sub("#", plain).casefold()


def _texts_of(sheet: SourceSheet) -> set[str]:
    return {normal_label(cell.value) for cell in sheet.cells.values() if isinstance(cell.value, str)}
