"""How large a template of one's own may be that a workbook carries along: a stranger's file may carry anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smsheets.spec.model import Column, Table, Workbook, fields_of

LONGEST_SPEC = 1_000_000
"""Characters; the templates of the program have some fifty thousand."""
_MOST_CELLS = 200_000
_MOST_REPEATED = 100
_MOST_SHEETS = 100
_DEEPEST = 32
"""Parentheses in each other in a formula; the program's own have about ten."""
_LONGEST_FORMULA = 4_000
_MOST_LOOPS = 2
_SIGNS = "-+^"
_COUNT = re.compile(r"count: *([0-9]+)")


def is_small(spec: Workbook) -> bool:
    """Whether the layout of a spec and its formulas can be worked out in reasonable time."""
    if len(spec.sheets) > _MOST_SHEETS:
        return False
    tables = [block for sheet in spec.sheets for block in sheet.blocks if isinstance(block, Table)]
    cells = (max(table.rows, _repeated(table)) * sum(map(_repeated, table.columns)) for table in tables)
    if sum(cells) > _MOST_CELLS:
        return False
    return all(map(_is_plain, _formulas(spec)))


def _repeated(part: Column | Table) -> int:
    """How many columns or rows it makes, about."""
    each = part.each or ""
    return int(each[6:]) if each.startswith("count:") and each[6:].isdecimal() else _MOST_REPEATED // 4 if each else 1


def _formulas(spec: Workbook) -> Iterator[str]:
    for field in fields_of(spec):
        yield field.formula or ""
        yield from (item.formula for item in field.formats)
        if isinstance(field, Column):
            yield field.first or ""
            yield field.total or ""


def _is_plain(formula: str) -> bool:
    """Whether a formula is neither long nor deep, and repeats little in itself."""
    if len(formula) > _LONGEST_FORMULA or formula.count("each(") > _MOST_LOOPS:
        return False
    if any(sign * 8 in formula.replace(" ", "") for sign in _SIGNS) or formula.count("^") > 8:
        return False
    if any(len(count) > 3 or int(count) > _MOST_REPEATED for count in _COUNT.findall(formula)):
        return False
    depth = 0
    for sign in formula:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth > _DEEPEST:
            return False
    return True
