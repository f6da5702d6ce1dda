"""The scope of one column's cells, and how a value is put into a message."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from smsheets.calc.engine import serial
from smsheets.layout.items import percent_sign
from smsheets.layout.lists import Vocabulary
from smsheets.layout.placed import Layout
from smsheets.problems import NOTHING, ProblemValue, Quoted
from smsheets.reader.file.source_cells import ErrorValue
from smsheets.reader.values.dates import date_order_of
from smsheets.reader.values.numbers import decimal_sign_of, is_foreign, shown_currencies, words_of_currency
from smsheets.spec.model import Field, FieldType

Value = str | int | Decimal | date | time | bool | tuple[str, ...] | None
"""A value that is read from an input cell."""

Typed = str | int | float | bool | date | datetime | time
"""The content of one."""

Wrong = Callable[..., None]
"""Adds a problem of a code about the cell."""

_SHOWN = 60  # characters of a text in a message
_LOOKED_AT = 500  # characters of a long text that are looked at for that
_GUESSES = 300  # per column: comparing every word with a long list takes seconds


@dataclass(frozen=True)
class Scope:
    """The scope that the cells of one column (or one form field) are read with.

    Attributes:
        label: The heading as messages name it.
        texts: All texts of the column: they decide how it writes numbers and dates.
        guesses: One is taken for each word that is compared with those of a list, until there are none.
    """

    layout: Layout
    vocabulary: Vocabulary
    field: Field
    label: str
    texts: tuple[str, ...] = ()
    period: tuple[date, date] | None = None
    guesses: Iterator[int] = dataclasses.field(default_factory=lambda: iter(range(_GUESSES)))
    _decided: dict[str, str | None] = dataclasses.field(default_factory=dict)

    @property
    def percent(self) -> str:
        """What is written behind the number of a share in the workbook's language."""
        return percent_sign(self.layout.profile.language)

    @property
    def own_words(self) -> Container[str]:
        """The signs and words of the workbook's currency; asked of the columns that hold texts only."""
        profile = self.layout.profile
        return words_of_currency(profile.currency, profile.country)

    def foreign_sign(self, number_format: str) -> str:
        """The sign of a currency that is not the workbook's, as a cell's format shows it; empty where there is none."""
        currency, signs = self.layout.profile.currency, shown_currencies(number_format)
        return next((sign for sign in signs if is_foreign(sign.casefold(), currency, self.own_words)), "")

    @property
    def decimal_sign(self) -> str | None:
        """How the column writes decimals."""
        if "decimal" not in self._decided:
            self._decided["decimal"] = decimal_sign_of(self.texts, self.layout.profile.language, self.own_words)
        return self._decided["decimal"]

    @property
    def date_order(self) -> str | None:
        """How the column orders day, month and year."""
        if "order" not in self._decided:
            profile = self.layout.profile
            country = profile.country[:2] if profile.language != "en" or profile.country[:2] != "US" else None
            self._decided["order"] = date_order_of(self.texts, profile.language, country)
        return self._decided["order"]


def shown(value: object) -> ProblemValue:
    """A cell's content as a message quotes it."""
    if isinstance(value, str):
        text = " ".join(value[:_LOOKED_AT].split())
        return Quoted(text[:_SHOWN] + ("..." if len(text) > _SHOWN or len(value) > _LOOKED_AT else ""))
    return plain(value)


def plain(value: object) -> str:
    """A number, date, time, text or truth, as a person would type it into the cell."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, float | Decimal):
        number = Decimal(repr(value)) if isinstance(value, float) else value
        return format(number.normalize(), "f") if number == number.to_integral() else format(number, "f")
    return str(value)


def exact(number: float) -> Decimal:
    """The decimal a person typed: the shortest that gives this float."""
    return Decimal(number) if isinstance(number, int) else Decimal(repr(number))


_LAST_DAY = 2_958_466
"""1 January 10000, counted from 1899-12-30."""

_DIGITS = 1e-6
"""Google Sheets keeps ten digits of a computed number."""

Result = str | float | bool | None
"""The value of a formula."""


def same_figure(cached: object, result: Result) -> bool:
    """True if a cell shows what a formula gives."""
    if cached is None or cached == "":
        return result is None or result == "" or result == 0
    if isinstance(cached, ErrorValue):
        return is_error(result)
    if isinstance(cached, bool) or isinstance(result, bool):
        return bool(cached) == bool(result)
    number = serial(cached) if isinstance(cached, date | time) else cached
    if isinstance(number, int | float) and isinstance(result, int | float):
        return math.isclose(number, result, rel_tol=_DIGITS, abs_tol=_DIGITS)
    return _closed_up(str(number)) == _closed_up(str(result))


def _closed_up(text: str) -> str:
    """Without the space before a %, which a text has in one version of a template and has not in another."""
    return text.replace("\u00a0%", "%").replace(" %", "%")


def is_error(result: Result) -> bool:
    """True for a formula that gives an error."""
    return isinstance(result, str) and result.startswith("#")


def shown_result(result: Result, field_type: FieldType) -> ProblemValue:
    """The value of a formula as a message writes it."""
    if result is None or result == "":
        return NOTHING
    if isinstance(result, float) and field_type in (FieldType.DATE, FieldType.MONTH) and 0 < result < _LAST_DAY:
        return date.fromordinal(int(result) + date(1899, 12, 30).toordinal()).isoformat()
    if isinstance(result, float):
        return plain(round(result, 6))
    return shown(result)
