"""Roadmaps drawn at random: what comes over is what was put in, or it is named. See `layout_grammar.py`."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from adopt.layout_grammar import (
    CHUNKS,
    Outcome,
    Record,
    Sheet,
    check_chunk,
    outcome_of,
    rng_of,
    said_texts,
    values_of,
)
from adopt.roadmap_layouts import COLUMNS, RoadmapLayout

from smsheets.rewrite.adoption import Adoption

_CASES = 300  # there are fewer ways to draw a list of tasks than a calendar


@pytest.mark.parametrize("chunk", CHUNKS)
def test_what_comes_over_is_what_was_put_in(chunk: int, record_property: Record) -> None:
    check_chunk(chunk, _CASES, _outcome, record_property)


def _outcome(number: int) -> tuple[Outcome, Sequence[Sheet]]:
    layout = RoadmapLayout(rng_of("roadmap", number))
    return outcome_of("roadmap", layout, layout.rows, _compared)


def _compared(layout: RoadmapLayout, adoption: Adoption) -> Outcome:
    wanted = {row["initiative"]: dict(values_of(row, COLUMNS)) for row in layout.rows}
    found: dict[str, dict[str, str]] = {}
    wrong: list[str] = []
    for table in adoption.tables:
        for row in table.rows:
            cells = dict(values_of(row.cells, COLUMNS))
            name = cells.get("initiative", "")
            if table.table.id != "initiatives" or name not in wanted or name in found:
                if table.table.id not in ("holidays", "tasks"):
                    wrong.append(f"not put in, but came over: {table.table.id} {row.cells}")
                continue
            found[name] = cells
            unread = {(item.column.id, item.found) for item in adoption.not_read}
            wrong += [
                f"{key} is {value!r}, not {wanted[name].get(key)!r}, of {name}"
                for key, value in cells.items()
                if wanted[name].get(key) != value and (key, value) not in unread
            ]
    said = set(said_texts(adoption))
    wrong += [f"gone without a word: {name}" for name in wanted if name not in found and name not in said]
    brought = sum(wanted[name] == cells for name, cells in found.items())
    return Outcome("roadmap", len(layout.rows), brought, wrong)
