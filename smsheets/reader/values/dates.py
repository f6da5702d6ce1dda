"""Days and times of day as people type them, with the names of months and weekdays.

How a whole column orders day, month and year is asked first (`date_order_of`), and the answer given to the parser of
each cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import chain, product

from smsheets.periods import FIRST_DATE, LAST_DATE
from smsheets.reader.values.words import LONGEST_VALUE, Ambiguous, any_of, language_and_country, plain_text
from smsheets.spec.reference import typed_words, words_for


@cache
def _months(country: str) -> Mapping[str, int]:
    """Each spelling of a month, in lower case -> its number."""
    from babel.dates import get_month_names

    return _spellings("months", get_month_names, country, first=1)


@cache
def _weekdays(country: str) -> Mapping[str, int]:
    """Each spelling of a day of the week -> its number; Monday is 0, as in `date.weekday`."""
    from babel.dates import get_day_names

    return {name: number - 1 for name, number in _spellings("weekdays", get_day_names, country, first=0).items()}


def _spellings(
    list_name: str, names_of: Callable[..., Mapping[int, str]], country: str, *, first: int
) -> dict[str, int]:
    """The long and short names of all languages that people type in and of those of a country, numbered from 1.

    A name that means another month elsewhere (`listopad` is October in Croatia, November in Poland) is known in the
    countries that it is used in only.
    """
    from babel import Locale
    from babel.core import UnknownLocaleError
    from babel.languages import get_official_languages

    numbers: dict[str, int] = {}
    spoken = (f"{language}_{country}" for language in reversed(get_official_languages(country, de_facto=True)))
    for name in (*typed_words(), *spoken):
        try:
            locale = Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
        for width, context in product(("wide", "abbreviated"), ("format", "stand-alone")):
            names = names_of(width, context=context, locale=locale)
            numbers |= {plain_text(name).casefold().rstrip("."): number - first + 1 for number, name in names.items()}
        numbers |= getattr(typed_words().get(name), list_name, {})
    return numbers


_NAME = r"[^\W\d_][^\s\d.,/()_-]+"
"""A month or a weekday; in some scripts its letters have marks that are no letters themselves."""
_WEEKDAY = re.compile(rf"(?P<name>{_NAME}(?:-[^\W\d_]+)?)(?:\.?,? )(?P<rest>.+)")
_WEEKDAY_BEHIND = re.compile(rf"(?P<rest>.*\d\.?),? (?P<name>{_NAME})")
"""`1 Ocak 2027 Cuma` in Turkish, `2027. január 1., péntek` in Hungarian."""
_EAST_ASIAN = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일][^\d]*")
NUMBERED_DATE = re.compile(r"(\d{1,4}) ?([-./]) ?(\d{1,2})(?: ?\2 ?(\d{1,4})?)?\.?")
_MIDNIGHT = re.compile(r"(?:,? |t)(?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? ?am)(?:z| ?\+00:?00)?$", re.IGNORECASE)
_YMD_PLACES = frozenset(("CN", "HU", "JP", "KR", "LT", "MN", "TW", "hu", "ja", "ko", "lt", "mn", "zh"))
_SHORT_YEARS = re.compile(r"^\D*\d\d?\D+\d\d?\D+\d\d?\D*$")
"""A date with two digits for each part: in Korea `27. 1. 24.` begins with the year."""
_MDY_COUNTRIES = frozenset(("US", "PH", "PR", "GU", "AS", "VI", "FM", "MH", "PW"))


@cache
def _named_dates() -> tuple[re.Pattern[str], ...]:
    """The ways to write a day with the name of its month."""
    month = rf"(?P<month>{_NAME})\.?"
    before = rf"(?:(?:{any_of(words_for('before_months'))}) )?"
    day = rf"(?P<day>\d{{1,2}})(?:{any_of(words_for('day_endings'))}|\.)?"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{day}[-/ ]*{before}{month}(?:[-/,. ]+{before}'?(?P<year>\d{{4}}|\d{{2}}))?\.?",
            rf"{month}[-/. ]*{day}(?:[, ]+'?(?P<year>\d{{4}}|\d{{2}}))?",
            rf"{month}[-/]{day}[-/](?P<year>\d{{4}})",
            rf"(?P<year>\d{{4}})[-/., ]+{month}[-/. ]*{day}",
        )
    )


@cache
def _times() -> tuple[re.Pattern[str], ...]:
    """The ways to write a time of day."""
    after = any_of(words_for("after_times"))
    return (
        re.compile(
            rf"(?P<hour>\d{{1,2}})(?:(?:[:.]| ?h ?)(?P<minute>\d{{2}})(?:[:.](?P<second>\d{{2}}))?)? ?"
            rf"(?P<word>am|pm|h|{after})?"
        ),
        re.compile(rf"(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<second>)(?P<word> ?(?:{after}))?"),
    )


def parse_date(
    text: str, order: str | None, period: tuple[date, date] | None, country: str = ""
) -> date | Ambiguous[date] | None:
    """A day as people write it: `2027-04-03`, `3.4.2027`, `April 3, 2027`, `3 Apr 27`, `17-Jun`.

    Args:
        text: what is in the cell; a time is accepted only if it is midnight.
        order: "dmy", "mdy" or "ymd" where the column has decided, see `date_order_of`. A day that exists in one order
            only is read so, whatever the column says; so is one whose day of the week (`Mon, 3/5/2027`) fits only one.
        period: the workbook's first and last day, both inside; it gives a year to what has none. Years of two digits
            are 20xx.
        country: the months and weekdays of its languages are known, besides those of the languages with a `words.yaml`.

    Returns:
        Ambiguous where both orders give a day and they differ, or a day without a year fits several years.
    """
    if len(text) > LONGEST_VALUE:
        return None
    plain = _MIDNIGHT.sub("", plain_text(text)).casefold()
    plain = _EAST_ASIAN.sub(r"\1-\2-\3", plain)
    found = _WEEKDAY.fullmatch(plain) or _WEEKDAY_BEHIND.fullmatch(plain)
    if found and found["name"] in _weekdays(country):
        weekday, rest = _weekdays(country)[found["name"]], found["rest"]
        if days := _days(rest, order, period, country):  # `Mar 5, 2027` is no Tuesday, which is `mar` in French
            fitting = [day for day in days if day.weekday() == weekday]
            days = fitting or [day for day in _numbered_days(rest, None, period) if day.weekday() == weekday]
            return _one_or_more(days)
    return _one_or_more(_days(plain, order, period, country))


def _days(plain: str, order: str | None, period: tuple[date, date] | None, country: str) -> list[date]:
    if re.fullmatch(r"\d{8}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    return _named_days(plain, period, country) or _numbered_days(plain, order, period)


def _one_or_more(days: list[date]) -> date | Ambiguous[date] | None:
    return None if not days else days[0] if len(days) == 1 else Ambiguous(tuple(days))


def date_order_of(texts: Iterable[str], lang: str, country: str | None = None) -> str | None:
    """How a column orders day, month and year: "dmy", "mdy" or "ymd".

    A number over 12 in one place decides; then the country, then the language. English without a country decides
    nothing: half of its writers mean the other.

    Returns:
        None where nothing decides, or the column contradicts itself.
    """
    language, region = language_and_country(lang)
    place = (country or region).upper()
    year_first = place in _YMD_PLACES
    clear = (text for text in texts if not (year_first and _SHORT_YEARS.search(text[:LONGEST_VALUE])))
    orders = {order for order in map(order_evidence, clear) if order}
    if len(orders) > 1:
        orders.discard("ymd")  # a year in front is never misread, and says nothing about the others
    if orders:
        return orders.pop() if len(orders) == 1 else None
    if place in _MDY_COUNTRIES:
        return "mdy"
    if place == "CA" or not (place or language) or (language == "en" and not place):
        return None
    return "ymd" if year_first or (not place and language in _YMD_PLACES) else "dmy"


@cache
def _time_behind() -> re.Pattern[str]:
    """A time of day behind a date: `, 9:30`, ` um 9.30 Uhr`, `, 9 am`."""
    before, after = any_of(words_for("before_times")), any_of(words_for("after_times"))
    return re.compile(
        rf"(?:,|\b(?:{before}))?(?: +|(?<=\d)T)"
        rf"(?P<time>\d{{1,2}}(?:(?:[:.h]\d{{2}}){{1,2}}(?: ?(?:am|pm|h|z|{after}))?| ?[ap]m))$",
        re.IGNORECASE,
    )


def parse_moment(
    text: str, order: str | None, period: tuple[date, date] | None, country: str = ""
) -> tuple[date | Ambiguous[date] | None, time | None]:
    """A day as `parse_date` reads it, with the time of day behind it: `2027-04-03 9:30`, `3.4.2027 um 9.30 Uhr`.

    The time is None where there is none, or none that can be read.
    """
    if len(text) > LONGEST_VALUE:
        return None, None
    plain = _HALF_DAY.sub(r"\1m", text.strip())
    behind = _time_behind().search(plain)
    day = parse_date(plain[: behind.start()] if behind else plain, order, period, country)
    return day, parse_time(behind["time"]) if behind and day is not None else None


_HALF_DAY = re.compile(r"\b([ap])\.? ?m\.?(?!\w)")
"""`a.m.`, `a. m.` as Spanish Excel writes it, `pm.`"""
_ZONE = re.compile(
    r"(?P<time>.*[0-9m.]) ?"
    r"(?:(?:utc|gmt)(?: ?[+-][0-9]{1,2}(?::?[0-9]{2})?)?|z|(?:[a-z]{1,3}[sd]|me[sz]|ce|ee|we)t|mez|mesz)"
)
"""A time zone behind a time: `EST`, `CET`, `UTC+1`, `Z`."""


def time_in_zone(text: str) -> time | None:
    """The time of day in a text that names a time zone behind it: `9:30 AM EST`; None where it names none."""
    found = _ZONE.fullmatch(plain_text(text).casefold()) if len(text) <= LONGEST_VALUE else None
    return parse_time(found["time"]) if found else None


def without_weekday(text: str, country: str = "") -> str:
    """A day's text without the name of the day of the week in front of it; empty where there is none."""
    found = _WEEKDAY.fullmatch(plain_text(text).casefold()) if len(text) <= LONGEST_VALUE else None
    return found["rest"] if found and found["name"] in _weekdays(country) else ""


def parse_time(text: str) -> time | None:
    """A time of day: `9:30`, `9.30 Uhr`, `9h30`, `0930`, `9 am`, `9:30 p.m.`; a bare `9` is none."""
    if len(text) > LONGEST_VALUE:
        return None
    plain = re.sub(r"([ap]m) ?(\d.*)", r"\2 \1", _HALF_DAY.sub(r"\1m", plain_text(text).casefold()))
    found = next((found for pattern in _times() if (found := pattern.fullmatch(plain))), None)
    if not found or not (found["minute"] or found["word"]):
        return None
    hour, word = int(found["hour"]), found["word"]
    if word in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if word == "pm" else 0)
    try:
        return time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None


def _named_days(plain: str, period: tuple[date, date] | None, country: str) -> list[date]:
    """The days a text with a month's name can mean."""
    for pattern in _named_dates():
        found = pattern.fullmatch(plain)
        month = _months(country).get(found["month"].rstrip(".")) if found else None
        if found and month:
            return _existing_days(found["year"], month, int(found["day"]), period)
    return []


def _numbered_days(plain: str, order: str | None, period: tuple[date, date] | None) -> list[date]:
    found = NUMBERED_DATE.fullmatch(plain)
    if not found:
        return []
    first, _, second, third = found.groups()
    if len(first) == 4 or (third and len(third) < 3 and (order == "ymd" or int(first) > 31)):
        return _existing_days(first, int(second), int(third), period) if third and len(third) < 3 else []
    if len(first) > 2 or (third and len(third) not in (2, 4)):
        return []
    days = {
        "dmy": _existing_days(third, int(second), int(first), period),
        "mdy": _existing_days(third, int(first), int(second), period),
    }
    if third is None and period:
        return _days_without_year(int(first), int(second), order, period)
    if order is not None and days.get(order):
        return days[order]
    return list(dict.fromkeys(chain.from_iterable(days.values())))


def _days_without_year(first: int, second: int, order: str | None, period: tuple[date, date]) -> list[date]:
    """The days `2.7.` can be. That one lies outside of the period does not undo the order of the column."""
    inside = {
        "dmy": _existing_days(None, second, first, period),
        "mdy": _existing_days(None, first, second, period),
    }
    year = str(period[0].year)
    exist = {"dmy": _existing_days(year, second, first, None), "mdy": _existing_days(year, first, second, None)}
    if order is not None and exist.get(order):
        return inside[order]
    if order == "ymd" and all(exist.values()):  # a year in front says nothing about day and month
        inside = exist
    return list(dict.fromkeys(chain.from_iterable(inside.values())))


def _existing_days(year: str | None, month: int, day: int, period: tuple[date, date] | None) -> list[date]:
    """The day if there is one; without a year, each that falls into the period."""
    if year:
        years = range(_full_year(year), _full_year(year) + 1)
    elif period:
        years = range(period[0].year, period[1].year + 1)
    else:
        return []
    days = []
    for each in years:
        try:
            day_of_year = date(each, month, day)
        except ValueError:
            continue
        if year or (period and period[0] <= day_of_year <= period[1]):
            days.append(day_of_year)
    return days


def _full_year(year: str) -> int:
    return int(year) + (2000 if len(year) == 2 else 0)


_TIME_BEHIND = re.compile(r"(?<=\d)(?:,? |t)\d{1,2}[:.h]\d{2}.*$", re.IGNORECASE)


def without_time(text: str) -> str:
    """A day's text without the time of day behind it."""
    return _TIME_BEHIND.sub("", plain_text(text[:LONGEST_VALUE]))


def order_evidence(text: str) -> str | None:
    """The order that a day in numbers can only be read in; None where it says nothing."""
    if len(text) > LONGEST_VALUE:
        return None
    found = NUMBERED_DATE.fullmatch(without_time(text))
    if not found:
        return None
    first, _, second, third = found.groups()
    if third and len(first) == 4:
        return "ymd"
    if len(first) > 2 or not third:
        return None
    if 12 < int(first) <= 31 and 1 <= int(second) <= 12:
        return "dmy"
    return "mdy" if 12 < int(second) <= 31 and 1 <= int(first) <= 12 else None


_EPOCH = date(1899, 12, 30).toordinal()
_FIRST_DAYS = date(1910, 1, 1)
"""A day before this one in a column of times is a number that was typed as an hour: `18` is January 18, 1900."""
_MARCH_1900 = date(1900, 3, 1)  # Excel has a day too many before it


def day_in(value: object, period: tuple[date, date] | None) -> datetime | date | str | None:
    """The day in a cell that is made for a word, so that its format may not show one; None for everything else.

    A text that is a day is given back as it is, for its column to say how it orders day and month.
    """
    if isinstance(value, int | float) and FIRST_DATE.toordinal() <= value + _EPOCH <= LAST_DATE.toordinal():
        return datetime.fromordinal(_EPOCH) + timedelta(minutes=round(value * 24 * 60))
    if isinstance(value, date):
        return value
    return value if isinstance(value, str) and parse_moment(value, None, period)[0] is not None else None


def number_behind(value: object) -> float | None:
    """The number that was typed, where the cell's format makes a day of 1900 of it; None for other days and texts."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, date) and not isinstance(value, datetime) and value < _FIRST_DAYS:
        return value.toordinal() - _EPOCH - (value < _MARCH_1900)
    return None


def hour_meant(number: float | None) -> time | None:
    """The time in a number that was typed without its colon: 18, 930, 1830."""
    if number is None or number != int(number):
        return None
    hours, minutes = (int(number), 0) if number < 24 else divmod(int(number), 100)
    return time(hours, minutes) if 0 <= hours < 24 and 0 <= minutes < 60 else None
