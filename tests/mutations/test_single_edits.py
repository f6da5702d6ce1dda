"""Each edit alone, on every template in the languages it concerns."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases import EDITS, Case, Outcome, explain, run
from compositions import Record, record_figures
from edit import Edit
from filled_books import FILLINGS

from smsheets.kinds import KINDS

HANDS = 3
"""So many choices of what to edit are tried until there is something to edit."""


@pytest.mark.parametrize("item", EDITS, ids=lambda item: item.name)
def test_nothing_is_lost(item: Edit, tmp_path: Path, record_property: Record) -> None:
    outcomes = [
        done for kind in KINDS for language in item.languages if (done := _edited(item, kind, language, tmp_path))
    ]
    assert outcomes, "there is nothing to edit in any template"
    record_figures(outcomes, record_property)
    losing = [outcome for outcome in outcomes if outcome.verdict.losses]
    if losing:
        shown = "\n\n".join(explain(outcome) for outcome in losing[:3])
        pytest.fail(f"{len(losing)} of {len(outcomes)} edited workbooks lose something\n\n{shown}", pytrace=False)


def _edited(item: Edit, kind: str, language: str, folder: Path) -> Outcome | None:
    for number in range(HANDS):
        outcome = run(Case(kind, language, number, number % FILLINGS, ((item, f"alone {number}"),)), folder)
        if "nothing to do" not in outcome.notes[0]:
            return outcome
    return None
