"""The items that tables and columns repeat over: months, weeks, weekdays, the places of a list."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from smsheets.periods import month_end, months_from, weeks_between
from smsheets.profile import Paper, Profile
from smsheets.spec.catalogue import languages

if TYPE_CHECKING:
    from babel import Locale


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
    """The ISO weeks of the workbook's period, labelled by their Monday, its month first where the country has it so."""
    last = month_end(months_from(profile.start, profile.months)[-1])
    names = month_names(profile.language)
    label = "{month} {day}" if date_format(profile).startswith("m") else "{day} {month}"
    return tuple(
        Item(
            n,
            label.format(day=day.day, month=names[day.month - 1]),
            _date_literal(day),
            _date_literal(day + timedelta(days=6)),
        )
        for n, day in enumerate(weeks_between(profile.start, last), 1)
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


@cache
def weekday_numbers() -> Mapping[str, int]:
    """Names of the weekdays, whole and short, in every language, in small letters -> their ISO numbers.

    The words that go with them (`and`, `none`) have no number: 0.
    """
    from babel.dates import get_day_names
    from babel.lists import format_list

    joining = {format_list(["", ""], locale=language).strip().casefold(): 0 for language in languages()}
    names = {
        name.casefold().rstrip("."): number + 1
        for language in languages()
        for width in ("wide", "abbreviated")
        for number, name in get_day_names(width, locale=language).items()
    }
    return {"none": 0, **joining, **names}


def week_start(profile: Profile) -> int:
    """The first day of the week where the business is, whatever language it plans in: 1 = Monday ... 7 = Sunday."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(f"und_{profile.country[:2].upper()}")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(profile.language)
    return int(locale.first_week_day) + 1


WEEKENDS = (
    "0000011", "0000110", "0000001", "0000010", "0000100", "1000001", "1000000", "0100000", "0010000", "0001000",
    "1100000", "0110000", "0011000", "0001100", "0000101", "0000000",
)  # fmt: skip
"""The days of a week that a business may be closed, as NETWORKDAYS.INTL takes them: a 1 is a day off, Monday first.

The frequent ones come first, because a dropdown shows them in this order.
"""

USUAL_WEEKEND = WEEKENDS[0]
"""Saturday and Sunday."""

WEEKEND_DIGITS = "weekend_digits"
"""The field of the first sheet that formulas take the weekend from."""


def weekend_of(profile: Profile) -> str:
    """The weekend of the business: its own, else that of its country and region in the workbook's first week."""
    return profile.weekend or weekend_of_country(profile.country, profile.start)


@cache
def weekend_of_country(country: str, day: date) -> str:
    """The weekend where public holidays are known; else as Babel has it, else Saturday and Sunday.

    They differ for some countries, among them India and Uganda (Babel: Sunday alone) and Libya (Friday and Saturday),
    and Babel knows no weekend in two pieces (Brunei: Friday and Sunday).
    """
    import holidays
    from babel import Locale, UnknownLocaleError

    code, _, region = country.upper().partition("-")
    for subdivision in dict.fromkeys((region or None, None)):
        try:
            known = holidays.country_holidays(code, subdiv=subdivision)
        except NotImplementedError:
            continue
        monday = day - timedelta(days=day.weekday())
        return "".join("1" if known.is_weekend(monday + timedelta(days=n)) else "0" for n in range(7))
    try:
        locale = Locale.parse(f"und_{code}")
    except (UnknownLocaleError, ValueError):
        return USUAL_WEEKEND
    length = (locale.weekend_end - locale.weekend_start) % 7 + 1
    days = {(locale.weekend_start + n) % 7 for n in range(length)}
    return "".join("1" if n in days else "0" for n in range(7))


def days_of_weekend(weekend: str) -> tuple[int, ...]:
    """The days off as ISO numbers (1 = Monday), in the order in which they follow each other: Sunday before Monday."""
    days = [n for n, mark in enumerate(weekend, 1) if mark == "1"]
    return (7, 1) if days == [1, 7] else tuple(days)


@cache
def percent_sign(language: str) -> str:
    """What a language writes behind the number of a share: `%`, or a space that no line is broken at and `%`."""
    from babel import Locale

    return str(Locale.parse(language).percent_formats[None].pattern).rpartition("0")[2]


def is_currency(currency: str) -> bool:
    """True where three letters are a currency's (ISO 4217)."""
    from babel.core import get_global

    return currency in get_global("all_currencies")


def minor_digits(currency: str) -> int:
    """How many decimals a currency has: 2 for EUR, 0 for JPY."""
    from babel.numbers import get_currency_precision

    return int(get_currency_precision(currency))


_LETTER_COUNTRIES = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
"""Where paper is US Letter: CLDR, supplemental data, paperSize; Babel does not bring that table along."""


def paper_of(profile: Profile) -> Paper:
    """The business's own choice, else the paper of its country."""
    if profile.paper is not None:
        return profile.paper
    return Paper.LETTER if profile.country[:2].upper() in _LETTER_COUNTRIES else Paper.A4


_LONGEST_DAY = 12
"""Characters of a day in a column of days: `Mar 15, 2027`."""


def date_format(profile: Profile) -> str:
    """The number format of days: the business's own, else as its country writes them in the workbook's language."""
    return profile.dates or _date_format(profile.language, profile.country[:2].upper())


@cache
def _date_format(language: str, country: str) -> str:
    """The number format of days in a language, as a country writes them.

    That is Babel's medium pattern (`mmm d, yyyy`), or the short one where that one has words in it or needs more room.
    Where nobody knows how a country writes that language, days are written as in most of the world.
    """
    from babel import Locale, UnknownLocaleError

    for name in (f"{language}_{country}", f"{language}_001", language):
        try:
            return _format_of(Locale.parse(name))
        except (UnknownLocaleError, ValueError):
            continue
    return "yyyy-mm-dd"


def date_format_of(language: str) -> str:
    """The number format of days in a language, whatever the country: as reports write them."""
    from babel import Locale

    return _format_of(Locale.parse(language))


def _format_of(locale: Locale) -> str:
    patterns = locale.date_formats
    code = _number_format(patterns["medium"].pattern)
    return code if '"' not in code and len(code) < _LONGEST_DAY else _number_format(patterns["short"].pattern)


def _number_format(pattern: str) -> str:
    """A pattern of CLDR as a number format: the year in full, words in quotes."""
    parts = re.split(r"'([^']*)'", pattern)
    plain = (re.sub("y+", "yyyy", part).lower() for part in parts[::2])
    return "".join(text + (f'"{word}"' if word else "") for text, word in itertools.zip_longest(plain, parts[1::2]))


_DAY_IN_TEXT = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_MONTH_CODE = re.compile(r'"([^"]*)"|m')


def with_days(text: str, profile: Profile) -> str:
    """A text with the days in it, written `2027-03-15`, as the workbook's cells show them."""
    from babel.dates import format_date

    # In CLDR a small m is a minute, and words are in single quotes.
    pattern = _MONTH_CODE.sub(lambda found: "M" if found[1] is None else f"'{found[1]}'", date_format(profile))
    language = profile.language
    return _DAY_IN_TEXT.sub(lambda day: format_date(date.fromisoformat(day[0]), pattern, language), text)


_USUAL_NAMES = ("UK",)
"""Countries by letters that are not those of ISO 3166, as people write them."""


def is_country(text: str) -> bool:
    """True for two letters of a country (ISO 3166), a region behind a hyphen or not."""
    from babel import Locale

    country, _, region = text.strip().upper().partition("-")
    known = len(country) == 2 and country.isalpha() and (country in Locale("en").territories or country in _USUAL_NAMES)
    return known and (not region or (region.isalnum() and len(region) <= 3))


def is_language(text: str) -> bool:
    """True for the letters of a language (ISO 639), a country behind a hyphen or not, and for its English name."""
    from babel import Locale

    names = Locale("en").languages
    letters = text.strip().replace("_", "-").partition("-")[0].casefold()
    return letters in names or text.strip().casefold() in {name.casefold() for name in names.values()}
