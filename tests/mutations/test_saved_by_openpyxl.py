"""Edited workbooks saved once more by openpyxl: shared texts, its own styles, and no cached results."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from cases import Case, Outcome, apply, explain, judged, make_case
from compositions import LANGUAGES, Record, record_figures
from xlsx_bytes import to_bytes

from smsheets.kinds import KINDS

EACH = 5
LOSES_CACHE = (
    "a formula in place of a value",
    "a checkbox in a yes or no cell",
    "a note far away from everything",
)
"""What a formula over an input shows is gone after openpyxl; and a cell at the end of a sheet takes it minutes."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost(kind: str, language: str, tmp_path: Path, record_property: Record) -> None:
    outcomes = [_saved(make_case(kind, language, number), tmp_path) for number in range(90_000, 90_000 + EACH)]
    record_figures(outcomes, record_property)
    losing = [outcome for outcome in outcomes if outcome.verdict.losses]
    if losing:
        pytest.fail("\n\n".join(explain(outcome) for outcome in losing[:3]), pytrace=False)


def _saved(case: Case, folder: Path) -> Outcome:
    edits = tuple((item, seed) for item, seed in case.edits if item.name not in LOSES_CACHE)
    case = Case(case.kind, case.language, case.number, case.filling, edits)
    book, notes = apply(case)
    path = folder / "edited.xlsx"
    openpyxl.load_workbook(io.BytesIO(to_bytes(book))).save(path)
    return judged(case, book, notes, path)
