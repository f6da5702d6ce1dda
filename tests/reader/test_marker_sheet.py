"""The hidden sheet that says what stands where, as programs and people leave it."""

from __future__ import annotations

from pathlib import Path

import pytest
from filled import filled
from patch_xlsx import patch_parts

from smsheets.reader.file.source import SourceWorkbook, open_workbook
from smsheets.reader.identity.claims import MapEntry, marker_sheets, sheet_labels


@pytest.fixture
def budget(tmp_path: Path) -> Path:
    return filled(tmp_path, "budget", {})


def renamed(path: Path, name: str) -> SourceWorkbook:
    patch_parts(path, lambda part, text: text.replace('name="_smsheets"', f'name="{name}"'))
    return open_workbook(path)


@pytest.mark.parametrize("name", ["_smsheets", "_smsheets - Table 1", "Sheet9"])
def test_it_is_found_under_any_name(name: str, budget: Path) -> None:
    (marker,) = marker_sheets(renamed(budget, name))
    assert marker.facts == {
        "smsheets": "budget",
        "version": "1",
        "language": "en",
        "currency": "USD",
        "country": "US",
        "start": "2027-01-01",
        "months": "3",
        "channels": "instagram,facebook",
    }
    assert MapEntry("lines", "line_id", "Budget", 5, 1, "Line ID") in marker.entries
    assert {entry.block for entry in marker.entries} >= {"lines", "own_time", "start"}
    assert marker.spec == ""


def test_without_it_there_is_none(budget: Path) -> None:
    patch_parts(budget, lambda part, text: text.replace("<t>smsheets</t>", "<t>other</t>"))
    assert marker_sheets(open_workbook(budget)) == ()


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("Budget", ("budget",)),
        (" Budget ", ("budget",)),
        ("Budget - Table 1", ("budget - table 1", "budget")),
        ("Own time - Own time-1", ("own time - own time-1", "own time")),
        ("KPI-Bericht", ("kpi-bericht",)),
    ],
)
def test_sheets_as_numbers_names_them(name: str, labels: tuple[str, ...]) -> None:
    assert sheet_labels(name) == labels
