"""Sample workbooks to compare, tables drawn in Markdown, and what a comparison told."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from made import put

from smsheets import read_workbook
from smsheets.comparison.changes import TableChanges, compare_table
from smsheets.comparison.pairs import make_side
from smsheets.comparison.side import Column, Part, Row, Side, Table, Value
from smsheets.layout.content import sample_profile
from smsheets.plan.record import Where
from smsheets.profile_file import make_profile


def write_sample(kind: str, path: Path, language: str = "en", **settings: object) -> Path:
    """The sample business's workbook; `settings` as in smsheets.toml."""
    profile = make_profile({**sample_profile(language), "language": language, **settings})
    put(kind, path, profile, sample=True)
    return path


@cache
def sample_side(kind: str) -> Side:
    with tempfile.TemporaryDirectory() as folder:
        return make_side(read_workbook(write_sample(kind, Path(folder) / f"{kind}.xlsx")))


def drawn_table(text: str, *, names: tuple[str, ...] = (), table: str = "rows") -> Table:
    """A table as Markdown draws it; the column `id` holds the ids, a cell of digits is an amount or a day."""
    lines = [line.strip().strip("|").split("|") for line in text.strip().splitlines() if set(line) - set("|- ")]
    headings, *rows = [[cell.strip() for cell in line] for line in lines]
    columns = {name: col for col, name in enumerate(headings, 1)}
    return Table(
        id=table,
        title="Rows",
        id_column="id" if "id" in headings else "",
        columns=tuple(Column(id=name, label=name.capitalize()) for name in headings if name != "id"),
        names=names or tuple(name for name in headings if name != "id")[:1],
        rows=tuple(_row(dict(zip(headings, row, strict=True)), columns, number) for number, row in enumerate(rows, 2)),
    )


def _row(cells: dict[str, str], columns: dict[str, int], number: int) -> Row:
    row_id = cells.pop("id", "")
    values: dict[Part, Value] = {(name, None): _value(text) for name, text in cells.items() if text}
    return Row(id=row_id, values=values, where=Where(file="f.xlsx", sheet="S", row=number, columns=columns))


def _value(text: str) -> Value:
    if text.replace(".", "", 1).isdecimal():
        return Decimal(text)
    return date.fromisoformat(text) if text[:2] == "20" and text.count("-") == 2 else text


def told(old: str, new: str, **kwargs: tuple[str, ...]) -> list[str]:
    """What became of a drawn table, one line for each thing that is told."""
    return list(told_lines(compare_table(drawn_table(old, **kwargs), drawn_table(new, **kwargs))))


def told_lines(changes: TableChanges) -> Iterable[str]:
    for row in changes.changed:
        for change in row.changes:
            by = "" if row.by.value == "id" else f" ({row.by.value})"
            was = "nothing" if change.old is None else change.old
            now = "nothing" if change.new is None else change.new
            yield f"{change.old_cell.a1} > {change.new_cell.a1}: {row.new.id} {change.column.id}: {was} > {now}{by}"
    yield from (f"dropped {row.first_cell.a1}: {row.id}" for row in changes.dropped)
    yield from (f"added {row.first_cell.a1}: {row.id}" for row in changes.added)
