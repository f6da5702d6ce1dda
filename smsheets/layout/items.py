"""The items that tables and columns repeat over: months, weeks, weekdays, the places of a list."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import msgspec

from smsheets.periods import month_end, months_from, weeks_between
from smsheets.profile import Profile


class Item(msgspec.Struct, frozen=True):
    """One thing that is repeated over.

    Attributes:
        n: Its number, from 1.
        label: How a header shows it.
        literal: How a formula writes it: a DATE, a number, or the cell of a list.
        end: The same for its last day; equal to `literal` where it has none.
        known: False for a spare place of a list.
    """

    n: int
    label: str
    literal: str
    end: str
    known: bool = True


def month_items(profile: Profile) -> tuple[Item, ...]:
    """The months of the workbook's period, labelled in its language."""
    names = month_names(profile.language)
    return tuple(
        Item(n, f"{names[day.month - 1]} {day.year}", _date_literal(day), _date_literal(month_end(day)))
        for n, day in enumerate(months_from(profile.start, profile.months), 1)
    )


def week_items(profile: Profile) -> tuple[Item, ...]:
    """The ISO weeks of the workbook's period, labelled by number and Monday."""
    last = month_end(months_from(profile.start, profile.months)[-1])
    names = month_names(profile.language)
    mondays = enumerate(weeks_between(profile.start, last), 1)
    return tuple(
        Item(n, f"{day.day} {names[day.month - 1]}", _date_literal(day), _date_literal(day + timedelta(days=6)))
        for n, day in mondays
    )


def weekday_items(profile: Profile) -> tuple[Item, ...]:
    """The seven weekdays as ISO numbers (1 = Monday), from the first day of the week of the country."""
    names = weekday_names(profile.language)
    first = week_start(profile)
    days = [(first - 1 + offset) % 7 + 1 for offset in range(7)]
    return tuple(Item(n, names[day - 1], str(day), str(day)) for n, day in enumerate(days, 1))


def count_items(count: int) -> tuple[Item, ...]:
    """Plain numbers from 1."""
    return tuple(Item(n, str(n), str(n), str(n)) for n in range(1, count + 1))


def _date_literal(day: date) -> str:
    """A date as every program's formulas read it."""
    return f"DATE({day.year},{day.month},{day.day})"


@cache
def month_names(language: str) -> tuple[str, ...]:
    """Short names of the months, January first."""
    from babel.dates import get_month_names

    names = get_month_names("abbreviated", context="stand-alone", locale=language)
    return tuple(names[number] for number in range(1, 13))


@cache
def weekday_names(language: str) -> tuple[str, ...]:
    """Names of the weekdays, Monday first."""
    from babel.dates import get_day_names

    names = get_day_names("wide", locale=language)
    return tuple(names[number] for number in range(7))


def week_start(profile: Profile) -> int:
    """The first day of the week where the business is, whatever language it plans in: 1 = Monday ... 7 = Sunday."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(f"und_{profile.country[:2].upper()}")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(profile.language)
    return int(locale.first_week_day) + 1


def is_currency(currency: str) -> bool:
    """True where three letters are a currency's (ISO 4217)."""
    from babel.core import get_global

    return currency in get_global("all_currencies")


def minor_digits(currency: str) -> int:
    """How many decimals a currency has: 2 for EUR, 0 for JPY."""
    from babel.numbers import get_currency_precision

    return int(get_currency_precision(currency))


def currency_of_country(country: str) -> str:
    """The currency a country pays in: EUR for DE, also for DE-BY; empty where that is not known."""
    from babel.numbers import get_territory_currencies

    return next(iter(get_territory_currencies(country[:2])), "")
