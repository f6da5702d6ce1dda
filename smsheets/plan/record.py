"""The parts of a plan: records that know the cells they came from, and sums of figures, some unknown.

A plan type (`Budget`, `Calendar`, ...) has one field per table and per form of its spec, under the same id:
a table is a `tuple[SomeRecord, ...]`, a form is one record. A record has one field per input column, under the
same id. Values by field type:

| spec type | value | | spec type | value |
|---|---|---|---|---|
| text, long_text, id, link | `str` | | date, month | `date` |
| number, money, percent (a share, 0.05) | `Decimal` | | time | `time` |
| integer | `int` | | yes_no | `bool` |
| with `choices` | the list value's id, or the person's own text in an open list | | with `many` | `tuple[str, ...]` |

A day with a time (`timed`), and a day in place of a yes (`dated`), are parted: `received` and `received_at`, `answered`
(True), `answered_on` and `answered_at`, as far as the record has these fields.

A blank cell, and one that could not be read, is `None` (`()` with `many`). A column that repeats over months
is a tuple with one such value per repetition.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TypeVar

import msgspec

from smsheets.cells import CellRef
from smsheets.periods import add_months, months_between

_Number = TypeVar("_Number", int, Decimal)
_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


def add_known(amounts: Iterable[_Number | None]) -> _Number | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, type(known[0])(0)) if known else None


def blank_from(values: Sequence[_Item | None], begun: int | None) -> tuple[_Item | None, ...]:
    """One value per month, those of months that have not begun left blank; `begun` of None leaves all as they are."""
    known = values[:begun]
    return (*known, *(None,) * (len(values) - len(known)))


def group_by(items: Iterable[_Item], key: Callable[[_Item], _Key | None]) -> dict[_Key, list[_Item]]:
    """Items by what they share, in the order in which each key is first met; those without it are left out."""
    groups: dict[_Key, list[_Item]] = {}
    for item in items:
        name = key(item)
        if name is not None:
            groups.setdefault(name, []).append(item)
    return groups


def first_by(items: Iterable[_Item], key: Callable[[_Item], _Key | None]) -> dict[_Key, _Item]:
    """The first item of each key, as in `group_by`."""
    return {name: own[0] for name, own in group_by(items, key).items()}


def round_figure(figure: Decimal, step: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    """A figure to a whole number of steps (0.1, 0.01), half up; one too large to have such places stays as it is."""
    try:
        return figure.quantize(step, rounding)
    except InvalidOperation:
        return figure


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """Where a record stands: `columns` maps a column id to its column number, or `id#3` for the third repetition.

    For a form, `cells` maps a field id to (row, column) instead. `unread` are the columns (by the same keys) whose cell
    is filled in and could not be read.
    """

    file: str = ""
    sheet: str = ""
    row: int = 0
    columns: Mapping[str, int] = {}
    cells: Mapping[str, tuple[int, int]] = {}
    unread: frozenset[str] = frozenset()


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a table, or a form. Subclasses add the fields (all with `None`, `()` or so as default)."""

    where: Where = Where()

    def is_written(self, *but: str) -> bool:
        """Some field has a value, these left out."""
        return any(getattr(self, field) is not None for field in self.__struct_fields__ if field not in ("where", *but))

    def cell(self, field: str, repetition: int | None = None) -> CellRef:
        """The cell of a field; `repetition` counts from 1 (the first month).

        A column that is not on the user's sheet gives the row's first cell.
        """
        where = self.where
        if field in where.cells:
            row, col = where.cells[field]
            return CellRef(where.file, where.sheet, row, col)
        key = field if repetition is None else f"{field}#{repetition}"
        first = min(where.columns.values(), default=1)
        return CellRef(where.file, where.sheet, where.row, where.columns.get(key, first))


class About(Record, frozen=True, kw_only=True):
    """The form `start` of every workbook: whose it is, and for when. `weekend`: a 1 for each day off, Monday first."""

    business: str | None = None
    period_start: date | None = None
    months: int | None = None
    currency: str | None = None
    language: str | None = None
    country: str | None = None
    weekend: str | None = None
    as_of: date | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook that was read. Subclasses add a field per table and form.

    `left_out` are those that a lean workbook was made without: that they are empty says nothing about the business.
    """

    start: About = About()
    left_out: frozenset[str] = frozenset()

    @property
    def file(self) -> str:
        """The file it was read from."""
        return self.start.where.file

    def first_day(self, month: int) -> date | None:
        """The first day of a month of the period, numbered from 1; None where the period's start is unknown."""
        start = self.start.period_start
        return None if start is None else add_months(start.replace(day=1), month - 1)

    def months_begun(self, day: date) -> int | None:
        """How many months of the period have begun on a day; None where the period's start is unknown: all count."""
        start = self.start.period_start
        return None if start is None else max(0, months_between(start, day) + 1)

    def months_ahead(self, values: Sequence[object], day: date) -> tuple[int, ...]:
        """The months, numbered from 1, that have a value although they have not begun on a day or on the as-of date."""
        begun = self.months_begun(max(day, self.start.as_of or day))
        return tuple(n for n, value in enumerate(values, 1) if begun is not None and n > begun and value is not None)
