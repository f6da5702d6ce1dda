"""A spec of one's own under one of the program's kinds: its workbooks are read and analyzed as that kind."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.spec.model import Column, Field, Form, Table, Workbook
from smsheets.spec.yaml_source import Path, Source

Placed = tuple[Path, Field]


def check_kinship(workbook: Workbook, original: Workbook, source: Source) -> None:
    """Refuses a field that has another nature than the one of the same id in the program's own spec.

    Fields may be added and left out; what is kept must still hold what the plan's records hold.

    Raises:
        SpecError: With the first such field.
    """
    known = {path: field for path, (_, field) in _fields(original).items()}
    for path, (where, field) in _fields(workbook).items():
        other = known.get(path)
        for key in _natures(field) if other is not None else ():
            wanted, found = _nature(other, key), _nature(field, key)
            if wanted != found:
                raise source.error(
                    where,
                    f"'{'.'.join(path)}' of a {workbook.kind} has {key} {wanted}, not {found};"
                    " give the column another id, or the spec a kind of its own",
                )


def _natures(field: Field) -> tuple[str, ...]:
    return ("type", "many", "each") if isinstance(field, Column) else ("type", "many")


def _nature(field: Field | None, key: str) -> str:
    value = getattr(field, key, None)
    return str(getattr(value, "value", value)).lower()


def _fields(workbook: Workbook) -> dict[tuple[str, str], Placed]:
    """(table or form, field) -> where it stands in the spec's file, without the first sheet, and the field."""
    return {(block, field.id): (path, field) for block, path, field in _walk(workbook)}


def _walk(workbook: Workbook) -> Iterator[tuple[str, Path, Field]]:
    for number, sheet in enumerate(workbook.sheets[1:]):
        for index, block in enumerate(sheet.blocks):
            here = ("sheets", number, "blocks", index)
            if isinstance(block, Form):
                for n, field in enumerate(block.fields):
                    yield block.id, (*here, "fields", n), field
            elif isinstance(block, Table):
                for n, column in enumerate(block.columns):
                    yield block.id, (*here, "columns", n), column
