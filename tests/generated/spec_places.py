"""For every cell of a template: its label as on the sheet, and the line of the spec that it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from generated.workbook_contents import Place

from smsheets.layout.placed import Layout, PlacedColumn, PlacedForm, PlacedSheet, PlacedTable, PlacedText
from smsheets.layout.prefill import COUNTRY_DAYS
from smsheets.spec.load import specs_folder
from smsheets.spec.yaml_source import Path as Keys
from smsheets.spec.yaml_source import Source

_BLOCK_TEXT = re.compile(r":\s*[|>][-+]?\s*$")
"""The end of a key whose text begins in the next line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecPlace:
    """Where a cell comes from.

    Attributes:
        label: Of its column, with the month, or of its line in a form: `Available, Jul 2027`.
        origin: The same for all cells that one formula, one column of entries or one text makes.
        is_text: It is a heading, a label or another fixed text.
        at: `formula at budget.yaml:127`.
        owner: Where the column, the field or the text as a whole is: `column at budget.yaml:118`.
    """

    label: str
    origin: str
    at: str
    owner: str
    is_text: bool = False


class SpecFile:
    """A YAML file of the specs with the lines of its keys."""

    def __init__(self, path: Path, name: str) -> None:
        text = path.read_text(encoding="utf-8")
        self._source = Source(text, name)
        self._lines = text.splitlines()

    def at(self, *keys: str | int) -> str:
        """File and line of a value; of a long text, the line after its key."""
        line = self._source.line(keys)
        return f"{self._source.name}:{line + bool(_BLOCK_TEXT.search(self._lines[line - 1]))}"

    def has(self, *keys: str | int) -> bool:
        """Whether there is a value."""
        value = self._source.value
        for key in keys:
            if isinstance(value, dict) if isinstance(key, str) else isinstance(value, list) and key < len(value):
                value = value.get(key) if isinstance(value, dict) else value[key]
            else:
                return False
        return value is not None

    def find(self, name: str, keys: Keys) -> Keys | None:
        """The keys, below some others, that lead to the block, column, field or list with an id."""
        if not self.has(*keys):
            return None
        value = self._source.value
        for key in keys:
            value = value[key]
        if isinstance(value, dict) and value.get("id") == name:
            return keys
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        found = (self.find(name, (*keys, key)) for key, _ in inner)
        return next((keys for keys in found if keys is not None), None)


@cache
def shipped(name: str) -> SpecFile:
    """A file of `workbook_specs/`."""
    return SpecFile(specs_folder() / name, name)


def formula_at(kind: str, block: str, field: str, part: str = "formula") -> str:
    """Where the formula of a column or of a form's field is: `formula at budget.yaml:127`."""
    spec = shipped(f"{kind}.yaml")
    keys = spec.find(block, ("sheets",))
    keys = spec.find(field, keys) if keys is not None else None
    assert keys is not None, f"{kind}.yaml has no {block}.{field}"
    return f"formula at {spec.at(*keys, part)}"


def spec_places(layout: Layout, spec: SpecFile, is_sample: bool) -> dict[Place, SpecPlace]:
    """Cell -> where it comes from, for all cells of the sheets that the spec names.

    Args:
        is_sample: Entries come from the sample business, where it has them.
    """
    entries = shipped(f"sample/{layout.spec.kind}.yaml") if is_sample else None
    places = _Places(layout, spec, shipped("common.yaml"), entries)
    return dict(places.all())


class _Places:
    def __init__(self, layout: Layout, spec: SpecFile, common: SpecFile, entries: SpecFile | None) -> None:
        self.layout = layout
        self.spec = spec
        self.common = common
        self.entries = entries

    def all(self) -> Iterator[tuple[Place, SpecPlace]]:
        yield from self._start(self.layout.sheets[0])
        for index, sheet in enumerate(self.layout.sheets[1:]):
            yield from self._sheet(sheet, self.spec, ("sheets", index), sheet.blocks)
        yield from self._lists()

    def _start(self, sheet: PlacedSheet) -> Iterator[tuple[Place, SpecPlace]]:
        """The first sheet: its form is shared, its texts are the workbook's own."""
        yield from self._sheet(sheet, self.common, ("start",), sheet.blocks[1:-2])
        yield (sheet.name, 1, 1), self._label("title", self.spec, ("title",))
        texts = [block for block in sheet.blocks if isinstance(block, PlacedText)]
        for block, key in zip(texts, ("purpose", "steps", "version"), strict=True):
            for n, _ in enumerate(block.spec.lines):
                row = block.row + n + bool(block.spec.title)
                keys = (key, n) if key == "steps" else (key,)
                yield (sheet.name, row, block.col), self._label(f"{key} {n}", self.spec, keys)
        if sheet.guide is not None:
            numbers = {other.name: n for n, other in enumerate(self.layout.sheets[1:])}
            row = sheet.guide.row
            for _, names in sheet.guide.groups:
                row += 1  # its title
                for name in names:
                    row += 1
                    if name in numbers:
                        place = (sheet.name, row, sheet.guide.col)
                        yield place, self._label(f"link {row}", self.spec, ("sheets", numbers[name], "name"))

    def _sheet(
        self, sheet: PlacedSheet, file: SpecFile, keys: Keys, blocks: tuple[object, ...]
    ) -> Iterator[tuple[Place, SpecPlace]]:
        yield (sheet.name, 1, 1), self._label("title", file, (*keys, "title" if sheet.spec.title else "name"))
        for n, _ in enumerate(sheet.spec.note):
            yield (sheet.name, 2 + n, 1), self._label(f"note {n}", file, (*keys, "note", n))
        for n, block in enumerate(blocks):
            if isinstance(block, PlacedTable):
                yield from self._table(block, file, (*keys, "blocks", n))
            elif isinstance(block, PlacedForm):
                yield from self._form(block, file, (*keys, "blocks", n))
            elif isinstance(block, PlacedText):
                for offset in range(len(block.spec.lines) + bool(block.spec.title)):
                    place = self._label(f"text {n}.{offset}", file, (*keys, "blocks", n))
                    yield (sheet.name, block.row + offset, block.col), place

    def _table(self, table: PlacedTable, file: SpecFile, keys: Keys) -> Iterator[tuple[Place, SpecPlace]]:
        if table.title_row is not None:
            place = (table.sheet, table.title_row, table.columns[0].col)
            yield place, self._label(f"{table.spec.id} title", file, (*keys, "title"))
        numbers = {column.id: number for number, column in enumerate(table.spec.columns)}
        for column in table.columns:
            own = (*keys, "columns", numbers[column.spec.id])
            place = SpecPlace(
                label=", ".join(reversed(column.label.split("\n"))),
                origin=f"{table.spec.id}.{column.spec.id}",
                at=f"column at {file.at(*own)}",
                owner=f"column at {file.at(*own)}",
            )
            yield (table.sheet, 0, column.col), place
            at = f"label at {file.at(*own, 'label')}"
            heading = replace(place, origin=f"{place.origin} label", at=at, is_text=True)
            yield (table.sheet, table.header_row, column.col), heading
            if table.total_row is not None and column.spec.total is not None:
                at = f"formula at {file.at(*own, 'total')}"
                total = replace(place, label=f"{place.label}, total", origin=f"{place.origin} total", at=at)
                yield (table.sheet, table.total_row, column.col), total
            for row in range(table.first_row, table.last_row + 1):
                cell = (table.sheet, row, column.col)
                if column.spec.formula is None:
                    yield cell, replace(place, at=self._typed(table, row) or place.at)
                else:
                    part = _part_of(column)
                    at = f"formula at {file.at(*own, part)}"
                    yield cell, replace(place, origin=f"{place.origin} {part}", at=at)

    def _typed(self, table: PlacedTable, row: int) -> str | None:
        """Where the sample business has a row; its rows come after the public holidays, which no file lists."""
        if table.spec.prefill_from in COUNTRY_DAYS:
            return None
        return self._entry("tables", table.spec.id, row - table.first_row)

    def _entry(self, *keys: str | int) -> str | None:
        """Where the sample business has an entry."""
        return f"entry at {self.entries.at(*keys)}" if self.entries is not None and self.entries.has(*keys) else None

    def _form(self, form: PlacedForm, file: SpecFile, keys: Keys) -> Iterator[tuple[Place, SpecPlace]]:
        if form.title_row is not None:
            place = (form.sheet, form.title_row, form.label_col)
            yield place, self._label(f"{form.spec.id} title", file, (*keys, "title"))
        for n, field in enumerate(form.spec.fields):
            row, own, origin = form.row_of[field.id], (*keys, "fields", n), f"{form.spec.id}.{field.id}"
            label = self.layout.words.text(field.label)
            yield (form.sheet, row, form.label_col), self._label(f"{origin} label", file, (*own, "label"), label)
            yield (form.sheet, row, form.hint_col), self._label(f"{origin} hint", file, (*own, "hint"), label)
            if form.example_col is not None:
                example = self._label(f"{origin} example", file, (*own, "example"), label)
                yield (form.sheet, row, form.example_col), example
            owner = f"field at {file.at(*own)}"
            at = f"formula at {file.at(*own, 'formula')}"
            if field.formula is None:
                at = self._entry("forms", form.spec.id, field.id) or owner
            yield (form.sheet, row, form.value_col), SpecPlace(label=label, origin=origin, at=at, owner=owner)

    def _lists(self) -> Iterator[tuple[Place, SpecPlace]]:
        for placed in self.layout.lists.values():
            own = self.spec.find(placed.spec.id, ("lists",))
            file = self.spec if own is not None else self.common
            keys = own or self.common.find(placed.spec.id, ("lists",)) or ()
            label = self.layout.words.text(placed.spec.label)
            for row in range(placed.first_row - 1, placed.first_row + placed.places):
                yield (placed.sheet, row, placed.col), self._label(f"{placed.spec.id} list", file, keys, label)

    def _label(self, origin: str, file: SpecFile, keys: Keys, label: str = "") -> SpecPlace:
        at = f"text at {file.at(*keys)}"
        return SpecPlace(label=label, origin=origin, at=at, owner=at, is_text=True)


def _part_of(column: PlacedColumn) -> str:
    """The key of a column's formula: `first` in the first of its repetitions, where it has one of its own."""
    is_first = column.spec.first is not None and column.item is not None and column.item.n == 1
    return "first" if is_first else "formula"
