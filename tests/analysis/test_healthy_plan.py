"""A plan in which all is well has no problem and no finding, whatever the language and the time of the year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from by_hand import Plan, healthy_plan

import smsheets

DAYS = [date(2027, 3, 15), date(2027, 7, 15), date(2027, 12, 31), date(2028, 2, 10)]
"""In March, in July, on the last day of the year, and when the year is over."""
NOT_CALCULATED = "workbook.not-calculated"
"""openpyxl computes no formulas: that is no fault of the plan, and says so."""


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_nothing_is_said_of_a_healthy_plan(day: date, language: str, tmp_path: Path) -> None:
    analysis = smsheets.analyze(*healthy_plan(day).typed(tmp_path, language), as_of=day)
    assert [str(problem) for problem in analysis.problems if problem.code != NOT_CALCULATED] == []
    assert [(finding.id, finding.about) for finding in analysis.findings] == []


def test_what_is_wrong_in_it_is_found(tmp_path: Path) -> None:
    """The plan is not silent because nobody looks."""
    plan: Plan = healthy_plan(DAYS[1])
    plan.tables["strategy"]["goals"][0]["owner"] = None
    plan.tables["budget"]["lines"][0]["actual#6"] = 400
    analysis = smsheets.analyze(*plan.typed(tmp_path, kinds=("strategy", "budget")), as_of=DAYS[1])
    assert {finding.id for finding in analysis.findings} == {"budget.over", "strategy.goal_without_owner"}
