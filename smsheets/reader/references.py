"""Ids that name a row of the same workbook: the row must be there."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from smsheets.cells import CellRef
from smsheets.problems import make_problem
from smsheets.reader.places.found import Found
from smsheets.reader.rows import Reading, ReadRow, message_label
from smsheets.reader.values.words import normal_label

_COMPARED = 50_000
"""So many pairs of ids are compared for a guess at what was meant."""
_SHOWN = 60


def check_references(rows: Mapping[str, Sequence[ReadRow]], found: Found, reading: Reading) -> None:
    """Adds a problem for every cell that names an id no row has."""
    for table_id, records in rows.items():
        table = found.tables[table_id]
        for column in table.placed.columns:
            target, _, target_column = (column.spec.choices or "").partition(".")
            if not target_column or target not in rows or column.spec.formula is not None:
                continue
            known = {normal_label(str(row.values.get(target_column) or "")): row for row in rows[target]}
            guesses = iter(range(_COMPARED // max(len(known), 1)))
            for row in records:
                value = row.values.get(column.key)
                for named in value if isinstance(value, tuple) else (value,):
                    if named is None or normal_label(str(named)) in known:
                        continue
                    where = CellRef(reading.file, table.sheet.name, row.row, table.columns[column.key])
                    guess = ""
                    if next(guesses, None) is not None:
                        close = difflib.get_close_matches(normal_label(str(named)), known, n=1, cutoff=0.75)
                        guess = str(known[close[0]].values[target_column]) if close else ""
                    label = message_label(column, reading.layout)
                    there = reading.title(reading.layout.tables[target])
                    problem = make_problem(
                        "id.unknown", where, column=label, found=str(named)[:_SHOWN], guess=guess, table=there
                    )
                    reading.problems.append(problem)
