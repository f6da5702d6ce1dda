"""Sheets put together at random: every text and number of theirs stands somewhere in the adopted workbook."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from adopt.foreign_files import foreign, lost_among
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smsheets.errors import OptionError
from smsheets.rewrite.adopt import AdoptOptions, adopt_file

HEADINGS = {
    "calendar": (
        "Date",
        "Platform",
        "Caption",
        "Mood",
        "Status",
        "Owner",
        "Notes",
        "Link",
        "Time",
        "Caption",
        "Facebook",
    ),
    "budget": ("Item", "Category", "Planned", "Actual", "Notes", "Jan", "Feb", "Mar", "Total", "Month", "Mood"),
}
TITLES = ("Week of 3 May 2027", "KW 20", "May 2027", "Instagram", "Monday", "Remember this", "Total", "2027-05-03", 7)


@st.composite
def sheets(draw: st.DrawFn, kind: str) -> list[list[Any]]:
    """Headings, titles, rows and gaps in any order; each text of a row stands there once."""
    rows: list[list[Any]] = []
    headings = draw(st.lists(st.sampled_from(HEADINGS[kind]), min_size=3, max_size=6))
    number = 1000
    parts = st.sampled_from(("title", "gap", "headings", "row", "row", "row"))
    for part in ("headings", "row", *draw(st.lists(parts, max_size=12))):
        if part == "title":
            rows.append([None] * draw(st.integers(0, 2)) + [draw(st.sampled_from(TITLES))])
        elif part == "gap":
            rows.append([])
        elif part == "headings":
            rows.append(list(headings))
        else:
            row: list[Any] = []
            for kind in draw(st.lists(st.sampled_from("tn-"), min_size=1, max_size=7)):
                number += 1
                row.append({"t": f"text {number}", "n": number, "-": None}[kind])
            rows.append(row)
    return rows


@given(st.data(), st.sampled_from(sorted(HEADINGS)))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_text_has_a_place(data: st.DataObject, kind: str) -> None:
    """In a row, a column of one's own, the list of columns, or the list of what was not brought over."""
    found = data.draw(st.lists(sheets(kind), min_size=1, max_size=2))
    named = {f"Sheet {number}": rows for number, rows in enumerate(found, 1)}
    with tempfile.TemporaryDirectory() as folder:
        path = foreign(Path(folder) / "plan.xlsx", named)
        try:
            adoption = adopt_file(path, AdoptOptions(kind=kind, given={}, default_start=date(2027, 1, 1)))
        except OptionError:
            return
    there = [item.value for item in adoption.left]
    for item in adoption.tables:
        there += [match.name for match in item.matches]
        there += [value for row in item.rows for value in (*row.cells.values(), *row.own.values())]
    assert lost_among(there, named) == []
