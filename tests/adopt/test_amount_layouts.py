"""Budgets and KPI tables drawn at random: what comes over was put in, or it is named. See `layout_grammar.py`."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from adopt.amount_layouts import PLATFORMS, AmountLayout, Row, amounts_of, draw_amounts
from adopt.foreign_files import shown
from adopt.layout_grammar import (
    CASES,
    CHUNKS,
    YEAR,
    Outcome,
    Record,
    Sheet,
    adopted_layout,
    check_chunk,
    rng_of,
    said_texts,
    source_of,
)

from smsheets.reader.foreign.describe import look_at
from smsheets.rewrite.adoption import Adoption
from smsheets.spec.reference import load_kpi_definitions

_TABLE = {"budget": "lines", "kpi-report": "kpis"}


@pytest.mark.parametrize("chunk", CHUNKS)
@pytest.mark.parametrize("kind", sorted(_TABLE))
def test_what_comes_over_is_what_was_put_in(kind: str, chunk: int, record_property: Record) -> None:
    check_chunk(chunk, CASES // len(_TABLE), lambda number: _outcome(kind, number), record_property)


def _outcome(kind: str, number: int) -> tuple[Outcome, Sequence[Sheet]]:
    layout = draw_amounts(kind, rng_of(kind, number))
    adoption = adopted_layout(layout.sheets, kind, start=f"{YEAR}-01")
    outcome = Outcome(kind, len(layout.rows), 0, []) if adoption is None else _compared(kind, layout, adoption)
    looks = look_at(source_of(layout.sheets))
    if looks is not None and (adoption if looks.kind == kind else adopted_layout(layout.sheets, looks.kind)) is None:
        outcome.wrong.append(f"{layout.shape}: analyze offers {looks.kind}, and adopt refuses it")
    return outcome, layout.sheets


def _compared(kind: str, layout: AmountLayout, adoption: Adoption) -> Outcome:
    """Each amount of a row that came over is looked up by itself: it must be in its column, month and row."""
    places = {value: (row, column, month) for value, row, column, month in amounts_of(layout.rows)}
    wrong: list[str] = []
    found: dict[int, set[object]] = {}
    for table in adoption.tables:
        for shown_row in table.rows:
            amounts = {key: value for key, value in shown_row.cells.items() if isinstance(value, int | float)}
            if table.table.id != _TABLE[kind]:
                wrong += [f"{layout.shape}: {key} of {table.table.id}: {value}" for key, value in amounts.items()]
                continue
            for key, value in amounts.items():
                row, column, month = places.get(value, (None, "", 0))
                if row is None or key != f"{column}#{month}":
                    wrong.append(f"{layout.shape}: {value} is {key}, not {column}#{month}, in {shown_row.cells}")
                    continue
                differing = _other_names(row, shown_row.cells, adoption)
                if differing:
                    wrong.append(f"{layout.shape}: {value} is of {shown_row.cells}, not of {row.names}")
                elif not _missing_names(row, shown_row.cells):
                    found.setdefault(id(row), set()).add((column, month, id(shown_row)))
    said = set(said_texts(adoption))
    said |= {shown(value) for table in adoption.tables for row in table.rows for value in row.own.values()}
    lost = [value for value in (*places, *layout.named) if shown(value) not in said]
    wrong += [f"{layout.shape}: gone without a word: {value}" for value in lost]
    brought = sum(_is_whole(row, found.get(id(row), set())) for row in layout.rows)
    return Outcome(kind, len(layout.rows), brought, wrong)


def _is_whole(row: Row, found: set[object]) -> bool:
    """True if all amounts of a row came over, into one row."""
    return len(found) == len(row.amounts) and len({item[2] for item in found if isinstance(item, tuple)}) == 1


def _other_names(row: Row, cells: object, adoption: Adoption) -> list[str]:
    """The names that are there and are others than those that were put in."""
    assert isinstance(cells, dict)
    return [name for name in row.names if cells.get(name) and cells[name] != _expected(row, name, adoption)]


def _missing_names(row: Row, cells: object) -> list[str]:
    assert isinstance(cells, dict)
    return [name for name in row.names if not cells.get(name)]


def _expected(row: Row, name: str, adoption: Adoption) -> str:
    if name == "metric":
        return adoption.layout.words.text(load_kpi_definitions()[row.names[name]].label)
    if name == "channel":
        return PLATFORMS[row.names[name]]
    return row.names[name]
