"""Templates filled and edited at random, as people edit them, then repaired: the same plan, and nothing lost unsaid.

The edits are those of `tests/mutations`. `SMSHEETS_REPAIR_CASES=500` tries so many of each template instead of 6.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from cases import apply, make_case
from repair.repaired import Both, contents_of, repaired
from xlsx_bytes import to_bytes

from smsheets.errors import WorkbookFileError
from smsheets.kinds import KINDS
from smsheets.reader.file.source import open_workbook
from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.identity.claims import is_marker_sheet
from smsheets.reader.places.labels import Labels
from smsheets.reader.read import OpenWorkbook, ReadWorkbook
from smsheets.reader.values.scope import plain
from smsheets.reader.values.words import normal_label

CASES = int(os.environ.get("SMSHEETS_REPAIR_CASES", "6"))
FIRST = int(os.environ.get("SMSHEETS_REPAIR_FIRST", "0"))
READ_IN_PART = ("cell.date-with-time", "cell.several-values", "cell.not-in-list", "cell.merged")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost(kind: str, language: str, tmp_path: Path) -> None:
    failed: list[str] = []
    for number in range(FIRST, FIRST + CASES // 2):
        book, edits = apply(make_case(kind, language, number))
        path = tmp_path / f"{kind}.{language}.{number}.xlsx"
        path.write_bytes(to_bytes(book))
        try:
            both = repaired(path)
        except WorkbookFileError:
            continue
        found = [*differences(both.before.read, both.after), *unsaid(both)]
        if found:
            failed.append("\n".join([str(path), *edits, *found[:8]]))
    assert not failed, "\n\n".join(failed)


def differences(before: ReadWorkbook, after: ReadWorkbook) -> Iterator[str]:
    """What was read in the person's workbook and is not in the repaired one."""
    first, second, words = contents_of(before), contents_of(after), _template_words(before)
    if first["kind"] != second["kind"]:
        yield f"{first['kind'][2]} became {second['kind'][2]}"
    for name, form in first["forms"].items():
        yield from (
            f"{name}.{key}: {value!r} became {second['forms'][name].get(key)!r}"
            for key, value in form.items()
            if value not in (None, ()) and second["forms"][name].get(key) != value
        )
    for name, rows in first["rows"].items():
        spec = before.layout.tables[name].spec
        own_id = spec.columns[0].id if spec.prefix else ""
        kept = [bare for row in rows if (bare := _bare(row, own_id)) and not _is_heading(bare, words)]
        now = [bare for row in second["rows"][name] if (bare := _bare(row, own_id)) and not _is_heading(bare, words)]
        if kept != now:
            pairs = [(old, new) for old, new in zip(kept, now, strict=False) if old != new]
            yield f"{name}: {len(kept)} rows became {len(now)}; {pairs[:1]}"


def _is_heading(row: Mapping[str, Any], words: set[str]) -> bool:
    """Whether headings in another language were read as a record: under headings in their own they are none."""
    return len(row) > 1 and all(isinstance(value, str) and normal_label(value) in words for value in row.values())


def _bare(row: Mapping[str, Any], own_id: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != own_id and value not in (None, ())}


def unsaid(both: Both) -> Iterator[str]:
    """Constants of the person's file that stand nowhere in the repaired one: not as they were, and not as was read."""
    there = open_workbook(both.path)
    shown = {_text(cell) for sheet in there.sheets for cell in sheet.cells.values()}
    listed = "\n".join(_text(cell) for cell in there.sheets[-2].cells.values())
    known = set(_read_cells(both.before)) | set(_headings(both.before))
    words = _template_words(both.before.read)
    for sheet in both.before.source.sheets:
        for (row, col), cell in sheet.cells.items():
            text = _text(cell)
            if not text or cell.is_formula or text in shown or text in listed or is_marker_sheet(sheet):
                continue
            if (sheet.name, row, col) not in known and normal_label(text) not in words:
                yield f"{sheet.name}!{row},{col}: {text!r}"


def _text(cell: SourceCell) -> str:
    return "" if cell.value is None else plain(cell.value).strip()


def _read_cells(opened: OpenWorkbook) -> Iterator[tuple[str, int, int]]:
    """The cells whose whole content is in the plan."""
    partly = {
        (item.cell.sheet, item.cell.row, item.cell.col) for item in opened.read.problems if item.code in READ_IN_PART
    }
    for name, rows in opened.read.rows.items():
        table = opened.found.tables[name]
        for row in rows:
            places = {key: (table.sheet.name, row.row, table.columns[key]) for key in row.values}
            yield from (
                place for key, place in places.items() if row.values[key] not in (None, ()) and place not in partly
            )
    for name, form in opened.found.forms.items():
        read = opened.read.forms[name]
        yield from ((form.sheet.name, *place) for key, place in form.cells.items() if read.get(key) not in (None, ()))


def _headings(opened: OpenWorkbook) -> Iterator[tuple[str, int, int]]:
    """The headings that were found, and the ids of rows: those of blank rows are the template's own."""
    for table in opened.found.tables.values():
        spec = table.placed.spec
        col = table.columns.get(spec.columns[0].id) if spec.prefix else None
        ids = [cell for place, cell in table.sheet.cells.items() if place[1] == col]
        is_id = re.compile(rf"{spec.prefix}\d+")
        yield from ((table.sheet.name, cell.row, cell.col) for cell in ids if is_id.fullmatch(_text(cell)))
        yield from ((table.sheet.name, table.header_row, col) for col in table.columns.values())


def _template_words(read: ReadWorkbook) -> set[str]:
    """Labels, headings and list words of the template, in any language."""
    layout = read.layout
    labels = Labels(layout)
    words = {
        label for table in layout.tables.values() for column in table.columns for label in labels.of_column(column)
    }
    for form in layout.forms.values():
        for item in form.spec.fields:
            words |= set(labels.of_field(item.label, item.aliases)) | set(labels.of_field(item.hint, ()))
    return words
