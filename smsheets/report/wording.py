"""English texts with typed values -> words, number and date formats of one language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from smsheets.money import Money, Share
from smsheets.report.document import Cell, Line, Shown, Status, Verbatim
from smsheets.safe_text import safe_line
from smsheets.spec.catalogue import Catalogue, catalogue
from smsheets.spec.load import KINDS

_QUOTED = 500
"""So many characters of a person's text are shown."""


class Words:
    """Puts sentences and values into a language."""

    def __init__(self, language: str) -> None:
        reports = (f"{kind}-report" for kind in KINDS)
        self.language = language
        views = ("headline", "charts", "page", "compare", "explain")
        self._catalogue: Catalogue = catalogue(language, "common", *KINDS, *reports, *views, "problems", "program")

    def text(self, english: str, values: Mapping[str, Shown | None] | None = None) -> str:
        """A sentence in this language, its `{names}` filled in. Without values it may be a person's own text."""
        template = self._catalogue.text(english)
        if not values:
            return safe_line(template)
        return template.format_map(_Values({name: self.value(value) for name, value in values.items()}))

    def value(self, value: Shown | None) -> str:
        """A value as a person reads it."""
        if value is None:
            return ""
        if isinstance(value, Verbatim):
            return safe_line(_cut(value.text))
        if isinstance(value, Line):
            return self.text(value.text, value.values)
        if isinstance(value, tuple):
            return ", ".join(self.value(item) for item in value)
        if isinstance(value, str):
            return safe_line(_cut(self._catalogue.text(value)))
        return self._formatted(value)

    def cell(self, value: Cell) -> str:
        """A value in a table: amounts without their currency, which is said once above."""
        if isinstance(value, Status):
            return self.text(value.word)
        if isinstance(value, Money):
            from babel import numbers

            digits = numbers.get_currency_precision(value.currency) if value.currency else 2
            pattern = "#,##0." + "0" * digits if digits else "#,##0"
            return safe_line(numbers.format_decimal(value.amount, pattern, locale=self.language))
        return self.value(value)

    def _formatted(self, value: int | Decimal | date | time | Money | Share) -> str:
        from babel import dates, numbers

        if isinstance(value, Money):
            if not value.currency:
                return str(numbers.format_decimal(value.amount, "#,##0.00", locale=self.language))
            return safe_line(numbers.format_currency(value.amount, value.currency, locale=self.language))
        if isinstance(value, Share):
            return safe_line(numbers.format_percent(value.value, "#,##0.# %", locale=self.language))
        if isinstance(value, datetime | date):
            return safe_line(dates.format_date(value, "medium", locale=self.language))
        if isinstance(value, time):
            return safe_line(dates.format_time(value, "short", locale=self.language))
        return safe_line(numbers.format_decimal(value, "#,##0.##", locale=self.language))


def _cut(text: str) -> str:
    """A person's text as a report quotes it: a cell can hold a whole book."""
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "..."


class _Values(dict[str, str]):
    """Leaves out what a text names but nobody gave."""

    def __missing__(self, name: str) -> str:
        return ""
