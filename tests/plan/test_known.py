"""Sums over figures of which some are unknown, and figures rounded."""

from __future__ import annotations

from decimal import Decimal

import pytest

from smsheets.plan.record import add_known, round_figure


def test_what_is_unknown_is_not_zero() -> None:
    assert add_known([Decimal(2), None, Decimal("0.5")]) == Decimal("2.5")
    assert add_known([None]) is None


@pytest.mark.parametrize(("figure", "rounded"), [("2.25", "2.3"), ("-2.25", "-2.3"), ("3", "3.0"), ("1e40", "1e40")])
def test_a_figure_is_rounded_half_up_where_it_has_such_places(figure: str, rounded: str) -> None:
    assert str(round_figure(Decimal(figure), Decimal("0.1"))) == str(Decimal(rounded))
