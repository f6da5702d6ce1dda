"""Formulas as the emulators rewrite them."""

from __future__ import annotations

import pytest
from emulate.written_book import as_moved, places, shifted

ROWS = {"Budget": 1, "Start here": 2}
NAMES = {"Budget": "Budget - Table 1", "Start here": "Start here - Table 1"}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(A1:B9)", "SUM(A2:B10)"),
        ("$A$1+A$1", "$A$2+A$2"),
        ("'Start here'!$B$4", "'Start here - Table 1'!$B$6"),
        ("SUM('Start here'!B4:B9)+A1", "SUM('Start here - Table 1'!B6:B11)+A2"),
        ('IF(A1="B2!C3","",LOG10(A1))', 'IF(A2="B2!C3","",LOG10(A2))'),
        ("DATE(2027,1,1)", "DATE(2027,1,1)"),
        ("Other!A1", "'Other'!A1"),
    ],
)
def test_references_follow_their_cells(formula: str, expected: str) -> None:
    assert shifted(formula, ROWS, NAMES, "Budget") == expected


def test_formulas_that_were_filled_down_are_alike() -> None:
    assert as_moved("A1+$B$2", 1, 3) == as_moved("A2+$B$2", 2, 3)
    assert as_moved("A1+B2", 1, 3) != as_moved("A1+B2", 2, 3)


def test_the_cells_of_a_range() -> None:
    assert places("B2:C3") == [(2, 2), (2, 3), (3, 2), (3, 3)]
    assert places("B2") == [(2, 2)]
