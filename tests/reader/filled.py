"""Filled workbooks whose sheet is visible in the test: a Markdown table in, records and problem lines out."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from made import made

from smsheets.layout.content import Filling
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import PlacedTable
from smsheets.profile import Profile
from smsheets.reader.read import ReadWorkbook, read_workbook
from smsheets.reader.values.words import normal_label
from smsheets.spec.load import load_spec
from smsheets.spec.model import Block, Column, Form, Sheet, Table, Workbook
from smsheets.writer.workbook import write_workbook

ENGLISH = Profile(channels=("instagram", "facebook"), months=3)
GERMAN = msgspec.structs.replace(ENGLISH, language="de", currency="EUR", country="DE")

Edit = Callable[[Workbook], Workbook]

_ROWS = 40
"""As many as the budget has. The 400 of a new calendar take five times as long, and hardly a test needs them."""


def _unchanged(spec: Workbook) -> Workbook:
    return spec


def filled(
    folder: Path,
    kind: str,
    tables: Mapping[str, str] | None = None,
    *,
    profile: Profile = ENGLISH,
    forms: Mapping[str, Mapping[str, Any]] | None = None,
    edit: Edit = _unchanged,
    lists: Mapping[str, list[str]] | None = None,
    rows: int = _ROWS,
) -> Path:
    """A workbook as a spreadsheet program saves it: these rows typed in, every formula calculated.

    Args:
        tables: Table id -> a Markdown table. `'text'` in quotes is text, as is all that is no number or ISO date.
        edit: Changes the spec the file is written with, as people change their sheets; the reader does not know.
        lists: Values people added on the Lists sheet.
        rows: Spare rows of a table at most, as if the person had deleted the others.
    """
    given = (kind, repr(tables), repr(profile), repr(forms), edit, repr(lists), rows)
    if given not in _WRITTEN:
        spec = edit(with_fewer_rows(load_spec(kind), rows))
        _WRITTEN[given] = _written(spec, profile, tables or {}, forms or {}, lists or {})
    path = folder / f"{kind}.xlsx"
    path.write_bytes(_WRITTEN[given])
    return path


_WRITTEN: dict[object, bytes] = {}
"""What is asked for -> the workbook: many tests change a cell of the same one."""


def _written(
    spec: Workbook,
    profile: Profile,
    tables: Mapping[str, str],
    forms: Mapping[str, Mapping[str, Any]],
    lists: Mapping[str, list[str]],
) -> bytes:
    layout = place_workbook(spec, profile, added=lists)
    rows = {name: markdown_rows(text, layout.tables[name]) for name, text in tables.items()}
    start: dict[str, Any] = {"months": profile.months, "period_start": profile.start, "currency": profile.currency}
    values = {name: dict(form) for name, form in forms.items()}
    filling = Filling({**values, "start": {**start, **values.get("start", {})}}, rows)
    buffer = io.BytesIO()
    write_workbook(layout, filling, buffer)
    return buffer.getvalue()


def markdown_rows(text: str, table: PlacedTable) -> list[dict[str, Any]]:
    """The rows of a Markdown table, its headings as on the sheet (`Jan 2027 Planned`) or other names of columns."""
    keys = {normal_label(alias): column.key for column in table.columns for alias in column.spec.aliases}
    keys |= {normal_label(column.label): column.key for column in table.columns}
    header, *lines = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()
    ]
    named = [keys[normal_label(heading)] for heading in header]
    return [
        {key: typed(cell) for key, cell in zip(named, line, strict=True) if cell}
        for line in lines
        if not (set("".join(line)) <= set("-: ") and "-" in "".join(line))
    ]


def typed(text: str) -> Any:
    """What a spreadsheet makes of what is typed."""
    if text.startswith("'"):
        return text.strip("'")
    for make in (int, float, date.fromisoformat):
        try:
            return make(text)
        except ValueError:
            continue
    return text


def records(read: ReadWorkbook, table: str, *keys: str) -> str:
    """The records that were read, as a Markdown table without its header."""
    lines = [
        "| " + " | ".join("" if (value := row.values.get(key)) is None else str(value) for key in keys) + " |"
        for row in read.rows[table]
    ]
    return "\n".join(lines)


def problem_lines(path: Path) -> list[str]:
    """The problems of a file, its folder left out."""
    return [str(problem).replace(f"{path.parent}/", "") for problem in read_workbook(path).problems]


def template(kind: str, language: str = "en", sample: bool = False) -> bytes:
    """A new workbook of the program."""
    profile = Profile(language=language, currency="EUR" if language == "de" else "USD")
    return made(kind, profile, sample=sample)


def with_fewer_rows(spec: Workbook, rows: int) -> Workbook:
    """No table with more spare rows than these."""
    return change_blocks(
        lambda block: msgspec.structs.replace(block, rows=min(block.rows, rows)) if isinstance(block, Table) else block
    )(spec)


def change_table(table: str, change: Callable[[tuple[Column, ...]], tuple[Column, ...]]) -> Edit:
    """Changes the columns of one table."""

    def block(item: Block) -> Block:
        if not isinstance(item, Table) or item.id != table:
            return item
        return msgspec.structs.replace(item, columns=change(item.columns))

    return change_blocks(block)


def change_blocks(change: Callable[[Block], Block]) -> Edit:
    """Changes every block of every sheet."""
    return change_sheets(
        lambda sheet: msgspec.structs.replace(sheet, blocks=tuple(change(item) for item in sheet.blocks))
    )


def change_sheets(change: Callable[[Sheet], Sheet]) -> Edit:
    """Changes every sheet."""
    return lambda spec: msgspec.structs.replace(spec, sheets=tuple(change(sheet) for sheet in spec.sheets))


def rename_column(table: str, column: str, label: str) -> Edit:
    """Another heading."""

    def change(columns: tuple[Column, ...]) -> tuple[Column, ...]:
        return tuple(msgspec.structs.replace(item, label=label) if item.id == column else item for item in columns)

    return change_table(table, change)


def before_weekends(spec: Workbook) -> Workbook:
    """The spec of a roadmap that counts Saturday and Sunday as days off and has no line for it yet: an edit."""
    text = msgspec.json.encode(spec).decode().replace("{start.weekend_digits}", '\\"0000011\\"')
    spec = msgspec.json.decode(text, type=Workbook)
    first = spec.sheets[0]
    form, *rest = first.blocks
    assert isinstance(form, Form)
    fields = tuple(field for field in form.fields if not field.id.startswith("weekend"))
    form = msgspec.structs.replace(form, fields=fields)
    sheets = (msgspec.structs.replace(first, blocks=(form, *rest)), *spec.sheets[1:])
    return msgspec.structs.replace(spec, sheets=sheets)
