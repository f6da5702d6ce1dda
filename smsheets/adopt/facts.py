"""Whose workbook it is, as far as the workbook says: its language, currency, period and channels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from smsheets.periods import add_months
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import languages
from smsheets.spec.foreign_words import foreign_words

_YEAR = 12
_MOST_MONTHS = 24
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "zł": "PLN", "¥": "JPY", "₹": "INR", "r$": "BRL", "kč": "CZK"}
_CODES = "EUR|USD|GBP|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|BRL|MXN|INR|JPY|ZAR"
_MONEY = re.compile(rf"(?<![^\W\d_])(?P<code>{_CODES})(?![^\W\d_])|(?P<sign>r\$|[€£$¥₹]|zł|kč)", re.IGNORECASE)
_LONGEST_TEXT = 40


def language_of(labels: Iterable[str]) -> str:
    """The language of our workbooks that most headings are in; English where none is."""
    wanted = set(labels)
    counts: Counter[str] = Counter()
    for language, words in foreign_words().items():
        headings = {word for table in words.headings.values() for column in table.values() for word in column}
        weekdays = {day.split()[0] for day in words.weekdays}
        counts[language] = len(wanted & {normal_label(word.removeprefix("~")) for word in headings | weekdays})
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    return best if best in languages() else "en"


def currency_of(source: SourceWorkbook, formats: Sequence[str]) -> str:
    """The currency that most number formats show, else most texts; empty where none does."""
    for texts in (formats, _short_texts(source)):
        counts: Counter[str] = Counter()
        for text in texts:
            for found in _MONEY.finditer(text):
                counts[found["code"].upper() if found["code"] else _SIGNS[found["sign"].casefold()]] += 1
        if counts:
            return counts.most_common(1)[0][0]
    return ""


def _short_texts(source: SourceWorkbook) -> Iterable[str]:
    for sheet in source.sheets:
        for cell in sheet.cells.values():
            if isinstance(cell.value, str) and len(cell.value) <= _LONGEST_TEXT:
                yield cell.value


def period_of(days: Sequence[date], start: date | None) -> Mapping[str, Any]:
    """The first month and how many: the year that all days are in, else from the first on, at most two years."""
    if not days:
        return {}
    months = Counter(day.replace(day=1) for day in days)
    first, last = min(months), max(months)
    if start is not None:
        first = start
    elif first.year == last.year:
        first = first.replace(month=1)
    elif _span(first, last) > _MOST_MONTHS:
        first = max(sorted(months, reverse=True), key=lambda month: _within(month, months))
        last = max(month for month in months if month < add_months(first, _MOST_MONTHS))
    return {"start": first, "months": min(max(_span(first, last), _YEAR), _MOST_MONTHS)}


def _within(first: date, months: Mapping[date, int]) -> int:
    """How many days fall into the longest period that begins with a month."""
    return sum(count for month, count in months.items() if 0 < _span(first, month) <= _MOST_MONTHS)


def _span(first: date, last: date) -> int:
    return (last.year - first.year) * _YEAR + last.month - first.month + 1


def year_said(source: SourceWorkbook) -> int:
    """The year that most short texts and sheet names with a year say, 0 where none does."""
    years: Counter[int] = Counter()
    for sheet in source.sheets:
        texts = [sheet.name, *(str(cell.value) for row, cells in sheet.rows() if row <= 12 for cell in cells)]
        for text in texts:
            if len(text) <= _LONGEST_TEXT:
                years.update(int(found) for found in re.findall(r"(?<!\d)(20[2-4]\d)(?!\d)", text))
    return years.most_common(1)[0][0] if years else 0
