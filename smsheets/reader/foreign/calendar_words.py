"""Months, weeks and weekdays in the titles and headings of any workbook, in the languages of `adopt/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from smsheets.reader.values.dates import parse_date
from smsheets.reader.values.words import Ambiguous, any_of, normal_label
from smsheets.spec.reference import foreign_words, words_for

_LONGEST_TITLE = 80  # characters; a longer text is a sentence
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_FIRST_OF_MONTH = re.compile(r"(?:0?(\d)|(1[0-2]))[/.-](20\d\d)|(20\d\d)[/.-](?:0?(\d)|(1[0-2]))")
_LONGEST_DATE = 48  # characters, of a weekday, a day, a month and a year in any language
_WEEK = 7
_WEEKS_OF_MONTH = 5  # a higher number can only be one of the year


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month; the year is 0 where nothing says it."""

    year: int
    month: int


def month_after(month: Month | None) -> Month | None:
    """The month after another; the year stays open where it is."""
    if month is None:
        return None
    return Month(month.year + (month.month == 12 and month.year > 0), month.month % 12 + 1)


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric that a column is for, as the sheet names it."""

    name: str


@cache
def _month_numbers() -> Mapping[str, int]:
    """Each spelling of a month, normalised -> its number."""
    return {
        normal_label(word): number
        for words in foreign_words().values()
        for number, spellings in enumerate(words.months, 1)
        for word in spellings.split()
    }


@cache
def _weekday_numbers() -> tuple[Mapping[str, frozenset[int]], ...]:
    """For each language each spelling of a weekday -> the days it can stand for, Monday = 0."""
    found: list[Mapping[str, frozenset[int]]] = []
    for words in foreign_words().values():
        spoken: dict[str, frozenset[int]] = {}
        for number, spellings in enumerate(words.weekdays):
            for word in map(normal_label, spellings.split()):
                spoken[word] = spoken.get(word, frozenset()) | {number}
        found.append(spoken)
    return tuple(found)


_FEWEST_LETTERS = 5  # weekdays in a row, where single letters stand for them


def weekdays_of(labels: Sequence[str]) -> tuple[int, ...] | None:
    """The weekdays of neighbouring headings within one week, Monday = 0, Tuesday a week later 8; some may be left out.

    Single letters are days only where five or more follow each other without a gap.
    """
    words = [label.rstrip(".") for label in labels]
    for spoken in _weekday_numbers():
        if not all(word in spoken for word in words):
            continue
        for first in sorted(spoken[words[0]]):
            days = [first]
            for word in words[1:]:
                days.append(
                    min(day for day in (*spoken[word], *(day + _WEEK for day in spoken[word])) if day > days[-1])
                )
                if days[-1] >= first + _WEEK:
                    break
            else:
                runs = days[-1] - days[0] == len(days) - 1 and len(days) >= _FEWEST_LETTERS
                if runs or all(len(word) > 1 for word in words):
                    return tuple(days)
    return None


@lru_cache(maxsize=8192)
def may_name_weekday(label: str) -> bool:
    """True for a word or letter that stands for a weekday in any language."""
    return any(label.rstrip(".") in spoken for spoken in _weekday_numbers())


def weekday_of(text: str) -> int | None:
    """The weekday that a text is the name of; None where it is none, or a different one in each language."""
    word = normal_label(text).rstrip(".")
    if len(word) < 2:
        return None
    days = sorted({day for spoken in _weekday_numbers() for day in spoken.get(word, ())})
    return days[0] if len(days) == 1 else None


@lru_cache(maxsize=8192)
def month_named(text: str) -> Month | None:
    """The month that a text names and nothing else: `Mai`, `May 2027`, `mayo de 2027`, `05/2027`."""
    label = normal_label(text)
    if found := _FIRST_OF_MONTH.fullmatch(label):
        year, month = found[3] or found[4], found[1] or found[2] or found[5] or found[6]
        return Month(int(year), int(month)) if month != "0" else None
    words = [word for word in _WORD.findall(label) if word not in words_for("particles")]
    years = _YEAR.findall(label)
    rest = re.sub(r"[\W_]|\d{4}", "", _WORD.sub("", label))
    short = re.fullmatch(r"\W*[^\W\d_]+\W+(\d\d)", label)
    if len(words) != 1 or words[0] not in _month_numbers() or len(years) > 1 or (rest and not short):
        return None
    # `Jan '27` is a month, `May 27` a day of it.
    year = int(years[0]) if years else 2000 + int(short[1]) if short and "'" in label else 0
    return None if rest and not year else Month(year, _month_numbers()[words[0]])


def month_in(text: str) -> Month | None:
    """The month of a title: `Content calendar May 2027`, `Redaktionsplan: Mai`; none for a `may` in a sentence."""
    if len(text) > _LONGEST_TITLE:
        return None
    named = month_named(text)
    if named is not None:
        return named
    label = normal_label(text)
    words = _WORD.findall(label)
    months = {_month_numbers()[word] for word in words if word in _month_numbers() and len(word) > 2}
    years = set(_YEAR.findall(label))
    alone = not re.search(r"\d", label) and len(words) <= 4 and bool(words) and words[-1] in _month_numbers()
    if len(months) == 1 and (len(years) == 1 or alone):
        return Month(int(years.pop()) if years else 0, months.pop())
    return None


def year_in(text: str) -> int:
    """The year of a title, 0 where there is none, or several."""
    years = set(_YEAR.findall(text)) if len(text) <= _LONGEST_TITLE else set()
    return int(years.pop()) if len(years) == 1 else 0


@dataclass(frozen=True, slots=True)
class WeekTitle:
    """The title of a week: `Week of 3 May`, `KW 14`. The number is one of the year's weeks; 0 where a day is named."""

    number: int = 0
    day_text: str = ""
    year: int = 0

    def monday(self, year: int, period: tuple[date, date] | None, order: str | None = None) -> date | None:
        """The Monday of the week, for titles without a year in the year that is given."""
        if self.number:
            try:
                return date.fromisocalendar(self.year or year, self.number, 1) if self.year or year else None
            except ValueError:
                return None
        day = day_named(self.day_text, year, period, order)
        return day - timedelta(days=day.weekday()) if day is not None else None


@lru_cache(maxsize=8192)
def week_in(text: str) -> WeekTitle | None:
    """The week that a title names; None where it names none."""
    if len(text) > _LONGEST_TITLE:
        return None
    label = normal_label(text)
    lead = _week_lead().match(label)
    if lead is None:
        return None
    rest = label[lead.end() :].strip(" :.-")
    if found := re.fullmatch(r"(?:nr\.? ?|no\.? ?|#)?(\d{1,2})(?:[ /,-]+(?:\(?)(20\d\d)\)?)?", rest):
        # "Week 2" may be the second one of a month; "KW 2" never is.
        of_year = lead["iso"] is not None or int(found[1]) > _WEEKS_OF_MONTH
        return WeekTitle(int(found[1]), "", int(found[2] or 0)) if of_year else None
    if not re.search(r"\d", rest):
        return None
    rest = re.sub(r"^\d{1,2}\s*[(:,-]\s*(?=\d)", "", rest).strip("() ")  # Week 14 (3 May - 9 May)
    return WeekTitle(0, _first_day(rest))


@cache
def _week_lead() -> re.Pattern[str]:
    """The words in front of a week; `iso` where they number the weeks of the year."""
    iso = {word for words in foreign_words().values() for word in words.iso_weeks}
    plain = {word for words in foreign_words().values() for word in words.weeks} - iso
    return re.compile(rf"(?:(?P<iso>{any_of(iso)})|(?:{any_of(plain)}))(?![^\W\d_])")


@cache
def _until() -> re.Pattern[str]:
    """The text between the first and the last day of a week."""
    return re.compile(rf"\s*(?:–|—|\s-\s|-(?=\d{{1,2}}\D)|\b(?:{any_of(words_for('until'))})\b)\s*")


def _first_day(text: str) -> str:
    """`3 May - 9 May`, `3.-9. Mai`, `3 - 9 May 2027` -> the first of the two days, as far as it is written out."""
    parts = _until().split(text, maxsplit=1)
    first = parts[0].strip(" .")
    if len(parts) == 1 or not re.fullmatch(r"\d{1,2}", first):
        return text if len(parts) == 1 else parts[0].strip()
    return re.sub(r"^\d{1,2}", first, parts[1].strip())


def in_english(text: str) -> str:
    """A day with its names in English, for the reader's parser: `3 de mayo de 2027` as `3 may 2027`."""
    if len(text) > _LONGEST_DATE or not re.search(r"\d", text):
        return text
    months, english = _month_numbers(), foreign_words()["en"]
    named = [word for word in _WORD.findall(normal_label(text)) if word in months]

    def translated(found: re.Match[str]) -> str:
        word = normal_label(found[0])
        if word in words_for("particles"):
            return ""
        day = weekday_of(word) if found.start() == 0 and (word not in months or len(named) > 1) else None
        if day is not None:
            return english.weekdays[day].split()[0]
        return english.months[months[word] - 1].split()[0] if word in months else found[0]

    return " ".join(_WORD.sub(translated, text).split())


def day_named(text: str, year: int, period: tuple[date, date] | None, order: str | None = None) -> date | None:
    """The one day that a text names, in any of the languages; without a year in the year that is given.

    Args:
        year: The year of the title or sheet; 0 where nothing says it.
        period: The days the workbook plans: it gives a year where `year` is 0.
    """
    if year:
        period = date(year, 1, 1), date(year, 12, 31)
    if len(text) > _LONGEST_DATE:
        return None
    parsed = parse_date(in_english(text), order, period)
    return None if isinstance(parsed, Ambiguous) else parsed


@cache
def _day_text() -> re.Pattern[str]:
    """The number of a day, with a text behind it."""
    return re.compile(
        rf"(?P<number>\d{{1,2}})(?:(?:{any_of(words_for('day_endings'))}|[.)º°])?"
        r"(?:(?:\s+[-–|]|[:,])?\s+(?P<text>\S.*))?|[.)]\s*(?P<tight>[^\W\d].*))",
        re.DOTALL,
    )


def day_of(value: object) -> tuple[int, str, date | None] | None:
    """A cell as the number of a day, the text after it, and the date it holds: `5`, `5.`, `5. Reel`, a date."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.day, "", value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (int(value), "", None) if value == int(value) and 1 <= value <= 31 else None
    if not isinstance(value, str):
        return None
    text = value.strip()
    if found := _day_text().fullmatch(text):
        number = int(found["number"])
        return (number, (found["text"] or found["tight"] or "").strip(), None) if 1 <= number <= 31 else None
    first, _, rest = text.partition("\n")
    named = day_named(first, 2000, None) if len(first) < 20 and re.search(r"\d", first) else None
    return (named.day, rest.strip(), None) if named is not None else None


@cache
def _feasts() -> re.Pattern[str]:
    names = sorted({word for item in foreign_words().values() for word in item.feasts})
    return re.compile(
        "|".join(".{2,40}".join(re.escape(normal_label(part)) for part in name.split("*")) for name in names)
    )


def is_feast(text: str) -> bool:
    """True for the name of a day that calendars print, and nothing else: `Easter`, `World Water Day`."""
    return len(text) <= _LONGEST_DATE and _feasts().fullmatch(normal_label(text)) is not None
