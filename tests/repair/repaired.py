"""Workbooks repaired in tests: what came over, and what the list says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl

from smsheets.reader.file.source import open_workbook
from smsheets.reader.read import OpenWorkbook, ReadWorkbook, read_source
from smsheets.rewrite.repair import Repaired, repair


@dataclass(frozen=True)
class Both:
    """A workbook before and after."""

    before: OpenWorkbook
    repaired: Repaired
    path: Path

    @cached_property
    def after(self) -> ReadWorkbook:
        """The repaired workbook, read."""
        return read_source(open_workbook(self.path), str(self.path)).read

    @cached_property
    def book(self) -> Any:
        """The repaired workbook by openpyxl."""
        return openpyxl.load_workbook(self.path)

    def listed(self) -> list[tuple[Any, ...]]:
        """The rows of the list, its headings left out."""
        return [tuple(row) for row in self.book[self.repaired.list_name].iter_rows(min_row=2, values_only=True)]

    def contents(self) -> list[str]:
        """What the list says stood there: `Posts!C5: soon`."""
        return [f"{row[0]}!{row[1]}: {row[2] or ''}" for row in self.listed()] if self.repaired.list_name else []


def repaired(path: Path) -> Both:
    """The workbook repaired, beside itself."""
    before = read_source(open_workbook(path), str(path))
    done = repair(before)
    target = path.with_name("fixed.xlsx")
    target.write_bytes(done.data)
    return Both(before, done, target)


def contents_of(read: ReadWorkbook) -> dict[str, Any]:
    """All that was read, without the cells it stood in."""
    layout = read.layout
    return {
        "kind": (read.kind, layout.spec, layout.profile, layout.own_spec),
        "lists": {name: [text for text in item.texts if text] for name, item in layout.lists.items()},
        "forms": {name: dict(form) for name, form in read.forms.items()},
        "rows": {name: [dict(row.values) for row in rows] for name, rows in read.rows.items()},
    }
