"""A template edited by LibreOffice's own commands: its sheets show what `analyze` says, or one problem names why.

Inserted and deleted rows and columns, cut cells and sorted rows make a spreadsheet program rewrite formulas, in ways
that no change of the file's XML shows.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from live_workbooks import edit_workbooks

_SHARE = {"budget": 48, "roadmap": 38, "kpi-report": 28, "calendar": 22, "strategy": 16}
"""Edited workbooks of each template in each language, 304 in all: fewer of those that take longest."""
CASES = int(os.environ.get("SMSHEETS_LIVE_CASES", "0"))
"""As many of each template instead."""
FIRST = int(os.environ.get("SMSHEETS_LIVE_SEED", "0")) * 1_000_000
"""The first number; other numbers are other edits."""

Record = Callable[[str, object], None]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", _SHARE)
def test_sheets_show_what_is_said(
    kind: str, language: str, office_python: tuple[str, str], tmp_path: Path, record_property: Record
) -> None:
    cases = CASES or _SHARE[kind]
    outcomes = edit_workbooks(kind, language, range(FIRST, FIRST + cases), office_python, tmp_path)
    different = [outcome for outcome in outcomes if outcome.differences or outcome.errors]
    unexplained = [outcome for outcome in outcomes if not outcome.is_explained]
    several = [outcome for outcome in outcomes if not outcome.is_named_once]
    figures = {
        "cases": len(outcomes),
        "different": len(different),
        "unexplained": len(unexplained),
        "several": len(several),
    }
    record_property("live workbooks", figures)
    assert len(outcomes) == cases
    assert not unexplained, "\n".join(map(str, unexplained))
    assert not several, "\n".join(map(str, several))
