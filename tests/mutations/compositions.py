"""Edits at random, one to six after the other, on one of the five templates in both languages.

`SMSHEETS_EDIT_CASES=50000` tries so many in all instead of 2,000, `SMSHEETS_EDIT_SEED=7` tries others, and
`SMSHEETS_EDIT_CASE=budget.de.0.171 pytest tests/mutations/test_one_case.py` tries one of them again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from cases import Outcome, explain, make_case, run, shrink
from verdict import figures

from smsheets.kinds import KINDS

CASES = int(os.environ.get("SMSHEETS_EDIT_CASES", "2000"))
LANGUAGES = ("en", "de")
CHUNKS = range(20)
MOST_SHOWN = 4

Record = Callable[[str, object], None]


def check_chunk(kind: str, chunk: int, folder: Path, record: Record) -> None:
    """Runs a twentieth of a template's cases; fails with the smallest edits that lose something."""
    each = -(-CASES // (len(KINDS) * len(CHUNKS)))
    numbers = range(chunk * each, (chunk + 1) * each)
    outcomes = [run(make_case(kind, LANGUAGES[number % 2], number), folder) for number in numbers]
    record_figures(outcomes, record)
    losing = [outcome for outcome in outcomes if outcome.verdict.losses]
    if losing:
        shown = "\n\n".join(_smallest(losing, folder))
        pytest.fail(f"{len(losing)} of {len(outcomes)} edited workbooks lose something\n\n{shown}", pytrace=False)


def record_figures(outcomes: Sequence[Outcome], record: Record) -> None:
    """For the line at the end of the test run."""
    record("edited workbooks", dict(figures([outcome.verdict for outcome in outcomes])))


def _smallest(losing: Sequence[Outcome], folder: Path) -> list[str]:
    """The first of each set of edits that lose something."""
    found: dict[frozenset[str], str] = {}
    for outcome in losing:
        if len(found) == MOST_SHOWN:
            break
        case = shrink(outcome.case, folder)
        names = frozenset(item.name for item, _ in case.edits)
        if names not in found:
            found[names] = explain(run(case, folder))
    return list(found.values())
