"""The scope of one column's cells, and how a value is put into a message."""

from __future__ import annotations

import dataclasses
import math
from bisect import bisect
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from smsheets.calc.engine import serial
from smsheets.layout.items import percent_sign
from smsheets.layout.lists import Vocabulary
from smsheets.layout.placed import Layout
from smsheets.plan.reference import Unit
from smsheets.problems import NOTHING, ProblemValue, Quoted
from smsheets.reader.file.source_cells import ErrorValue, SourceCell
from smsheets.reader.values.dates import NUMBERED_DATE, date_order_of, order_evidence, parse_date, without_time
from smsheets.reader.values.numbers import (
    MAJORITY,
    ParsedNumber,
    Reading,
    decimal_sign_of,
    decimal_signs_of,
    is_counted_whole,
    is_foreign,
    parse_number,
    shown_currencies,
    sign_of_place,
    words_of_currency,
)
from smsheets.reader.values.words import Ambiguous
from smsheets.spec.model import Field
from smsheets.spec.vocabulary import FieldType

Value = str | int | Decimal | date | time | bool | tuple[str, ...] | None
"""A value that is read from an input cell."""

Typed = str | int | float | bool | date | datetime | time
"""The content of one."""

Wrong = Callable[..., None]
"""Adds a problem of a code about the cell."""

_SHOWN = 60  # characters of a text in a message
_LOOKED_AT = 500  # characters of a long text that are looked at for that
_GUESSES = 300  # per column: comparing every word with a long list takes seconds


_MAGNITUDE = 10
"""Two readings of `1.000` differ a thousandfold; one that is within ten times of the numbers around fits them."""
_SEVERAL = 2
"""Texts of a column that together outweigh how the workbook's country writes numbers: one alone may be a paste."""


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The cells around one, in its row: they say which unit its number has, and how large it is likely to be.

    Attributes:
        unit: The unit that the row names, or its metric has; None where it has none.
        whole: True if the row counts what has no decimals, such as followers.
        look: Gives the other cells of the row that hold the same thing: a KPI's baseline and months.
    """

    unit: Unit | None = None
    whole: bool = False
    look: Callable[[], Sequence[SourceCell]] = tuple


NOTHING_BESIDE = Beside()


@dataclass(frozen=True)
class Scope:
    """The scope that the cells of one column (or one form field) are read with.

    Attributes:
        label: The heading as messages name it.
        texts: All texts of the column: they decide how it writes numbers and dates.
        cells: All cells of the column, from the top.
        guesses: One is taken for each word that is compared with those of a list, until there are none.
    """

    layout: Layout
    vocabulary: Vocabulary
    field: Field
    label: str
    texts: tuple[str, ...] = ()
    period: tuple[date, date] | None = None
    cells: tuple[SourceCell, ...] = ()
    guesses: Iterator[int] = dataclasses.field(default_factory=lambda: iter(range(_GUESSES)))

    @property
    def percent(self) -> str:
        """What is written behind the number of a share in the workbook's language."""
        return percent_sign(self.layout.profile.language)

    @property
    def own_words(self) -> Container[str]:
        """The signs and words of the workbook's currency; asked of the columns that hold texts only."""
        profile = self.layout.profile
        return words_of_currency(profile.currency, profile.country)

    @property
    def country(self) -> str:
        """The two letters of the workbook's country; empty where it is not known."""
        return self.layout.profile.country[:2].upper()

    def foreign_sign(self, number_format: str) -> str:
        """The sign of a currency that is not the workbook's, as a cell's format shows it; empty where there is none."""
        currency, signs = self.layout.profile.currency, shown_currencies(number_format)
        return next((sign for sign in signs if is_foreign(sign.casefold(), currency, self.own_words)), "")

    def number(self, text: str, beside: Beside = NOTHING_BESIDE) -> Reading:
        """A number as it was typed. Of two readings (`1.000`) one is taken only where something says which.

        A count that is whole can only be a thousand. Else how the column writes its other numbers decides, then the
        country for the sign that it groups digits with, then the other numbers of the row: where they are whole and
        about as large as a thousand, it is one. What contradicts itself stays open; so does what one text alone, typed
        or pasted by someone else perhaps, says otherwise than the country, unless the row is as large as a thousand.
        """
        parsed = parse_number(text, None, self.own_words)
        if not isinstance(parsed, Ambiguous):
            return parsed
        small, large = sorted(parsed.readings, key=_size)
        kind, profile = self.field.type, self.layout.profile
        is_whole = kind is FieldType.INTEGER or (kind is FieldType.MONEY and is_counted_whole(profile.currency))
        takes_decimals = kind in (FieldType.NUMBER, FieldType.PERCENT)
        if not self._allows(large):
            return small if takes_decimals and self._allows(small) else parsed
        if beside.whole or is_whole or not self._allows(small):
            return large
        cells = beside.look()
        row = self.numbers_of(cells)
        around = row or (() if beside.unit is not None else self._others(large))
        fitting = [reading for reading in (small, large) if is_near(reading.value, around)]
        nearer = fitting[0] if len(fitting) == 1 else None
        texts = (*self.texts, *(cell.value for cell in cells if isinstance(cell.value, str)))
        if signs := decimal_signs_of(texts, self.own_words):
            sign, count = signs.most_common(1)[0]
            found = parse_number(text, sign, self.own_words) if count >= MAJORITY * signs.total() else parsed
            is_backed = count >= _SEVERAL or found == self._by_place(text) or (bool(row) and nearer == large)
            sure = is_backed and (found == large or (found == small and takes_decimals and nearer != large))
        else:
            found = self._by_place(text)
            if nearer == large and (found != small or not takes_decimals or _are_counts(row)):
                found = large
            sure = found == large and (nearer != small or not takes_decimals)
        return found if sure else parsed

    def _by_place(self, text: str) -> Reading:
        profile = self.layout.profile
        return parse_number(text, sign_of_place(profile.language, profile.country), self.own_words)

    def _allows(self, reading: ParsedNumber) -> bool:
        """True if a reading is within the limits of the field."""
        number = reading.value / (100 if reading.percent else 1)
        least, most = self.field.minimum, self.field.maximum
        return (least is None or number >= exact(least)) and (most is None or number <= exact(most))

    @cached_property
    def _sizes(self) -> tuple[Decimal, ...]:
        return tuple(sorted(set(self.numbers_of(self.cells))))

    def _others(self, reading: ParsedNumber) -> tuple[Decimal, ...]:
        """The smallest and the largest number of the column, one reading of a cell's own left out."""
        ends = (*self._sizes[:2], *self._sizes[-2:])
        return tuple(number for number in ends if number != _size(reading))

    def numbers_of(self, cells: Iterable[SourceCell]) -> tuple[Decimal, ...]:
        """The numbers in some cells, texts too that can be read by themselves; zeros say nothing."""
        numbers: list[Decimal] = []
        for cell in cells:
            value = cell.value
            read = parse_number(value, None, self.own_words) if isinstance(value, str) else None
            if isinstance(read, Ambiguous) and self._by_place(str(value)) == max(read.readings, key=_size):
                read = self._by_place(str(value))
            if isinstance(read, ParsedNumber):
                numbers.append(abs(read.value) / (100 if read.percent else 1))
            elif isinstance(value, int | float) and not isinstance(value, bool):
                numbers.append(abs(exact(value)))
        return tuple(number for number in numbers if number)

    @cached_property
    def date_order(self) -> str | None:
        """How the column orders day, month and year."""
        profile = self.layout.profile
        country = profile.country[:2] if profile.language != "en" or profile.country[:2] != "US" else None
        return date_order_of(self.texts, profile.language, country)

    @cached_property
    def turned_days(self) -> Mapping[int, date]:
        """Row -> the likely day, for the days whose day and month a spreadsheet program has turned round."""
        if not self.texts:
            return {}
        texts = {cell.row: cell.value for cell in self.cells if isinstance(cell.value, str)}
        days = {cell.row: cell.value for cell in self.cells if isinstance(cell.value, date)}
        plain_days = {row: day.date() if isinstance(day, datetime) else day for row, day in days.items()}
        return turned_days(texts, plain_days, self.period)


def _are_counts(numbers: Sequence[Decimal]) -> bool:
    """True if numbers are whole and about as large: then another one of them has no decimals either."""
    return bool(numbers) and all(number % 1 == 0 for number in numbers) and is_near(max(numbers), (min(numbers),))


def _size(reading: ParsedNumber) -> Decimal:
    return abs(reading.value)


_MONTHS = 12
_SAME_BY_CHANCE = 0.05
"""Below it, chance does not explain that all days after the 12th are texts and no others are."""
_AFTER_THE_12TH = 0.6
"""The share of days that are."""
_MUCH_ROUGHER = 2
"""A column that jumps this many times as far from day to day is not in the order that it was typed in."""


def turned_days(
    texts: Mapping[int, str], days: Mapping[int, date], period: tuple[date, date] | None
) -> Mapping[int, date]:
    """The days of a column whose day and month were turned round when they were typed.

    A spreadsheet program that expects the month first makes January 10 of `1/10/2027`, and leaves `13/10/2027` as a
    text: so texts that can only be read day first say how the others were typed, too (and the other way round). The
    days are given where all texts are after the 12th and all others are not, and where they break the order of the
    column while the turned ones fit. In a column without texts or without order nobody can say.

    Args:
        texts, days: By row, for one column.
        period: As for `parse_date`.

    Returns:
        Row -> the day that was most likely typed.
    """
    plain = {row: without_time(text) for row, text in texts.items()}
    orders = {row: order for row, text in plain.items() if (order := order_evidence(text)) in ("dmy", "mdy")}
    turned = {row: day.replace(month=day.day, day=day.month) for row, day in days.items() if _can_turn(day)}
    if len(set(orders.values())) != 1 or not turned:
        return {}
    read = {row: parse_date(plain[row], order, period) for row, order in orders.items()}
    both = dict(sorted({**{row: day for row, day in read.items() if isinstance(day, date)}, **days}.items()))
    unclear = any(NUMBERED_DATE.fullmatch(text) for row, text in plain.items() if row not in orders)
    if unclear or any(day.day > _MONTHS for day in days.values()):
        return _out_of_order(both, turned)
    was, now = list(both.values()), list((both | turned).values())
    if _is_sorted(was) != _is_sorted(now):
        return turned if _is_sorted(now) else {}
    chance = (1 - _AFTER_THE_12TH) ** len(days) * _AFTER_THE_12TH ** len(orders)
    smoother = _roughness(now) * _MUCH_ROUGHER <= _roughness(was)
    return turned if smoother or chance <= _SAME_BY_CHANCE else {}


def _can_turn(day: date) -> bool:
    return day.day <= _MONTHS and day.day != day.month


def _is_sorted(days: Sequence[date]) -> bool:
    return list(days) in (sorted(days), sorted(days, reverse=True))


def _roughness(days: Sequence[date]) -> int:
    """The days between neighbours, added up."""
    return sum(abs((second - first).days) for first, second in pairwise(days))


def _out_of_order(days: Mapping[int, date], turned: Mapping[int, date]) -> dict[int, date]:
    """Of the days that can be turned, those that do not fit between the others around them."""
    sure = [(row, day) for row, day in days.items() if row not in turned]
    if len(sure) < 2 or not _is_sorted([day for _, day in sure]):
        return {}
    found: dict[int, date] = {}
    falling = sure[0][1] > sure[-1][1]
    for row in turned:
        place = bisect(sure, (row,))
        around = [day for _, day in sure[max(place - 1, 0) : place]], [day for _, day in sure[place : place + 1]]
        low, high = reversed(around) if falling else around
        if not _is_between(days[row], low, high) and _is_between(turned[row], low, high):
            found[row] = turned[row]
    return found if _is_sorted(list((dict(days) | found).values())) else {}


def _is_between(day: date, low: Sequence[date], high: Sequence[date]) -> bool:
    return all(other <= day for other in low) and all(day <= other for other in high)


def is_near(number: Decimal, around: Iterable[Decimal]) -> bool:
    """True if a number is about as large as the others: ten times more than the largest is not."""
    numbers = tuple(around)
    return bool(numbers) and min(numbers) / _MAGNITUDE <= abs(number) <= max(numbers) * _MAGNITUDE


def decimal_sign(layout: Layout) -> str:
    """The decimal sign of a workbook's language."""
    return decimal_sign_of((), layout.profile.language) or "."


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
