"""The words that people type, a file in each language's folder: the same lists everywhere, and all of them read."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from smsheets.reader.values.dates import parse_date, parse_time
from smsheets.reader.values.numbers import ParsedNumber, parse_number
from smsheets.reader.values.words import is_placeholder, parse_yes_no, split_many
from smsheets.spec.catalogue import languages
from smsheets.spec.load import specs_folder
from smsheets.spec.reference import TypedWords, foreign_words, typed_words
from smsheets.spec.yaml_source import Source

FOLDERS = sorted(path.name for path in (specs_folder() / "locales").iterdir())


@pytest.mark.parametrize("language", FOLDERS)
def test_every_language_has_the_same_lists_in_the_same_order(language: str) -> None:
    path = specs_folder() / "locales" / language / "words.yaml"
    assert list(Source(path.read_text(encoding="utf-8"), path.name).value) == list(TypedWords.__struct_fields__)


def test_english_says_what_each_list_is_for() -> None:
    """A comment in the lines above it, or above the list that it belongs to."""
    lines = (specs_folder() / "locales" / "en" / "words.yaml").read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("yes:"))
    assert lines[first - 1].startswith("# ")
    assert sum(line.startswith("# ") for line in lines) >= 10


def test_every_language_there_is_has_words() -> None:
    assert set(languages()) <= typed_words().keys() == set(FOLDERS)
    assert foreign_words().keys() == typed_words().keys()


@pytest.mark.parametrize("language", FOLDERS)
def test_the_words_of_a_language_are_read(language: str) -> None:
    words = typed_words()[language]
    assert {parse_yes_no(word) for word in words.yes} == {True}
    assert {parse_yes_no(word) for word in words.no} == {False}
    assert all(map(is_placeholder, words.placeholders))
    for word in words.currencies:
        assert parse_number(f"12 {word}", None) == ParsedNumber(Decimal(12))
    for word in words.after_times:
        assert parse_time(f"9.30 {word}") == time(9, 30)


@pytest.mark.parametrize("language", languages())
def test_dates_and_joined_values_in_the_languages_of_our_workbooks(language: str) -> None:
    words = typed_words()[language]
    for name, month in words.months.items():
        assert parse_date(f"3 {name} 2027", None, None) == date(2027, month, 3)
    for name, day in words.weekdays.items():
        assert parse_date(f"{name}, {7 + day}.3.2027", None, None) == date(2027, 3, 7 + day)
    for word in words.joining:
        assert split_many(f"Instagram {word} Facebook") == ("Instagram", "Facebook")
