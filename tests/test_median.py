from __future__ import annotations

import statistics
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.median import median


@given(st.lists(st.integers(-1000, 1000), min_size=1))
def test_it_is_what_the_standard_library_says(numbers: list[int]) -> None:
    assert median(numbers) == statistics.median(numbers)


def test_amounts_stay_exact() -> None:
    assert median([Decimal("0.3"), Decimal("0.1")]) == Decimal("0.2")
    assert median([Decimal("0.3")]) == Decimal("0.3")


def test_of_nothing_there_is_none() -> None:
    with pytest.raises(IndexError):
        median([])
