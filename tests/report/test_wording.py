"""Values in words: what a cell can hold at most, in every language."""

from __future__ import annotations

from decimal import Decimal

import pytest

from smsheets.money import Money, Share
from smsheets.periods import MonthOfYear, Weekday
from smsheets.report.wording import Words


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_largest_number_of_a_cell_is_written_out(sign: int, language: str) -> None:
    words, most = Words(language), sign * Decimal("1.5e308")
    for value in (most, Money(most, "EUR"), Money(most, ""), Share(most)):
        assert sum(letter.isdigit() for letter in words.value(value)) >= 309
    assert sum(letter.isdigit() for letter in words.cell(Money(most, "JPY"))) == 309


def test_a_number_keeps_its_usual_look() -> None:
    words = Words("de")
    assert words.value(Money(Decimal("1234.5"), "EUR")) == "1.234,50 €"
    assert words.cell(Money(Decimal("1234.5"), "EUR")) == "1.234,50"
    assert words.value(Share(Decimal("0.1234"))) == "12,3\u00a0%"
    assert words.value(Decimal("1234.567")) == "1.234,57"


@pytest.mark.parametrize(
    ("language", "months", "weekdays"),
    [
        ("en", "January, March, December", "Monday, Saturday, Sunday"),
        ("de", "Januar, März, Dezember", "Montag, Samstag, Sonntag"),
    ],
)
def test_months_and_weekdays_have_their_names(language: str, months: str, weekdays: str) -> None:
    words = Words(language)
    assert words.value((MonthOfYear(1), MonthOfYear(3), MonthOfYear(12))) == months
    assert words.value((Weekday(1), Weekday(6), Weekday(7))) == weekdays
