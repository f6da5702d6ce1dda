"""One case again, as a failure names it: `SMSHEETS_EDIT_CASE=budget.de.0.171`; with its fewest edits and its file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cases import explain, make_case, run, shrink

NAME = os.environ.get("SMSHEETS_EDIT_CASE", "")


@pytest.mark.skipif(not NAME, reason="skipped: a single edited workbook; SMSHEETS_EDIT_CASE names none")
def test_nothing_is_lost(tmp_path: Path) -> None:
    kind, language, seed, number = NAME.split(".")
    case = make_case(kind, language, int(number), int(seed))
    outcome = run(case, tmp_path)
    if outcome.verdict.losses:
        outcome = run(shrink(case, tmp_path), tmp_path)
        pytest.fail(f"{explain(outcome)}\n  the file: {tmp_path / 'edited.xlsx'}", pytrace=False)
