"""The variance of a budget is worked out once for each business, however many rules and sections ask for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType

import msgspec

import smsheets
from smsheets.analysis.variance.budget import compute_variance
from smsheets.report.build import text_sections

SAMPLES = Path(__file__).parents[2] / "samples" / "filled"


def count_calls(run: Callable[[], object]) -> int:
    """How often `compute_variance` runs, under whatever name a module has imported it."""
    calls = 0

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call" and frame.f_code is compute_variance.__code__

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return calls


def test_one_analysis_of_a_business_works_its_budget_out_once() -> None:
    files = sorted(SAMPLES.glob("*.xlsx"))
    assert len(files) == 5
    workbooks = [smsheets.read_workbook(path) for path in files]
    assert count_calls(lambda: list(text_sections(smsheets.analyze(*workbooks)))) == 1


def test_each_business_has_its_own() -> None:
    ours = smsheets.read_workbook(SAMPLES / "budget.xlsx")
    start = msgspec.structs.replace(ours.plan.start, business="Another business")
    theirs = replace(ours, plan=msgspec.structs.replace(ours.plan, start=start))
    assert count_calls(lambda: smsheets.analyze(ours, theirs)) == 2
