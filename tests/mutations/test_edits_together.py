"""Edits that lost something, most of them together with another one only."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases import Case, edit_named, explain, run

TOGETHER: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "a table's totals stay far above its headings, below another table": (
        *("budget", "en", 0),
        {"cut a table and paste it under another sheet's": "0 466 0", "insert many rows above a table": "0 466 1"},
    ),
    "the upper of two copies lacks a heading, and another table has some of the same": (
        *("calendar", "en", 2),
        {"copy a table below itself": "0 666 1", "a heading wiped out": "0 666 5"},
    ),
    "a value slips below the last line of its form, and the line's label is gone": (
        *("kpi-report", "de", 2),
        {"a form's value one line down and one cell beside": "0 853 0", "a label of a form wiped out": "0 853 1"},
    ),
    "a heading is written over its neighbour's, and its own place has another": (
        *("kpi-report", "en", 1),
        {"a heading written over its neighbour's": "9101 774 0", "a heading in one's own words": "9101 774 2"},
    ),
    "a column is copied beside itself in the lower of two copies of a table": (
        *("roadmap", "de", 2),
        {"copy a table below itself": "88172645 1537 1", "copy a column beside itself": "88172645 1537 2"},
    ),
    "a copy beside the last column has its heading in the row above, merged with its own": (
        *("roadmap", "en", 3),
        {"copy a column beside itself": "12 108 0", "merge a heading with the row above it": "12 108 1"},
    ),
    "the ids are copied, and a column is gone whose values may be beside them": (
        *("kpi-report", "de", 1),
        {"copy a column beside itself": "heads1 4 0", "delete a column that must be filled": "heads1 4 1"},
    ),
    "a heading begins in the row above, merged, and the label of a form reads like the table's title": (
        *("strategy", "de", 0),
        {"merge a heading with the row above it": "13 137 2"},
    ),
    "a misspelt heading looks like that of a deleted month, but more like its own": (
        *("budget", "en", 1),
        {"delete a month": "heads2 41 0", "a letter left out of a heading": "heads2 41 1"},
    ),
    "a row whose id is a formula is cut and pasted above the headings": (
        *("calendar", "en", 0),
        {"cut a row and paste it above the headings": "14 132 0", "a formula in place of a value": "14 132 2"},
    ),
}
"""What happens -> template, language, filling, and edits, each with what its choices are drawn from."""


@pytest.mark.parametrize("what", TOGETHER)
def test_nothing_is_lost(what: str, tmp_path: Path) -> None:
    kind, language, filling, edits = TOGETHER[what]
    case = Case(kind, language, 1, filling, tuple((edit_named(name), draw) for name, draw in edits.items()))
    outcome = run(case, tmp_path)
    assert "nothing to do" not in "".join(outcome.notes)
    if outcome.verdict.losses:
        pytest.fail(explain(outcome), pytrace=False)
