"""The checks of a workbook that was read: one tuple, each with the same argument, none that leans on another."""

from __future__ import annotations

from pathlib import Path

import pytest
from filled import filled, problem_lines

from smsheets.problems import Problem, make_problem
from smsheets.reader import read
from smsheets.reader.checks import CHECKS
from smsheets.reader.rows import Checked

MISTAKEN = """
| Post | Date | Channel   |
|------|------|-----------|
| P1   | soon | Instagram |
| P1   |      | Nowhere   |
"""
ONE_POST = """
| Post | Date       | Channel   | Status |
|------|------------|-----------|--------|
| P1   | 2027-01-04 | Instagram | Idea   |
"""


def test_a_check_says_what_must_hold() -> None:
    assert all(check.__name__.startswith("check_") for check in CHECKS)
    assert len(set(CHECKS)) == len(CHECKS)


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """What the checks of a workbook with several mistakes were given."""
    seen: list[Checked] = []
    monkeypatch.setattr(read, "CHECKS", (*CHECKS, lambda checked: seen.append(checked) or ()))
    read.read_workbook(filled(tmp_path, "calendar", {"posts": MISTAKEN}))
    return seen[0]


def test_checks_in_any_order_give_the_same(checked: Checked) -> None:
    forwards = {str(problem) for check in CHECKS for problem in check(checked)}
    backwards = {str(problem) for check in reversed(CHECKS) for problem in check(checked)}
    assert forwards == backwards


def test_a_further_check_is_one_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def check_nobody_plans_a_single_post(checked: Checked) -> list[Problem]:
        posts = checked.found.tables["posts"]
        where = checked.cell(posts.sheet.name, posts.header_row + 1, 1)
        alone = len(posts.rows.records) == 1
        return [make_problem("row.not-a-record", where, table="Posts", found="P1")] if alone else []

    monkeypatch.setattr(read, "CHECKS", (*CHECKS, check_nobody_plans_a_single_post))
    path = filled(
        tmp_path,
        "calendar",
        {"posts": "| Post | Date | Channel | Status |\n|---|---|---|---|\n| P1 | 2027-01-04 | Instagram | Idea |"},
    )
    assert problem_lines(path) == [
        "calendar.xlsx: Posts!A6: This row of 'Posts' has only P1, so it was not read. Fill in the row, or move"
        " the text away from the table. [row.not-a-record]"
    ]
