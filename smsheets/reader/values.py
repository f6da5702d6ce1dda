"""What people type, as values: numbers, dates, times, yes and no, labels, several things in one cell.

Pure functions on text, no spreadsheet in them. None means "this is no such thing", `Ambiguous` means "it is one of
these, and nothing here says which": neither is ever guessed. How a whole column writes its numbers and dates is asked
first (`decimal_sign_of`, `date_order_of`), and the answer given to the parser of each cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Generic, TypeVar

import msgspec

Reading = TypeVar("Reading")


class Ambiguous(msgspec.Struct, Generic[Reading], frozen=True):
    """A text with more than one reading: `1.234`, `03/04/2027`. The readings differ, and have no order of merit."""

    readings: tuple[Reading, ...]


class ParsedNumber(msgspec.Struct, frozen=True):
    """A number as it was typed: `12 %` has the value 12 and `percent`."""

    value: Decimal
    percent: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_INVISIBLE = dict.fromkeys(
    (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFE0E, 0xFE0F, 0xFEFF)
)
_STRAIGHT = str.maketrans("‘’‚‛′`´“”„‟″", "'''''''\"\"\"\"\"")
_PLAIN_SIGNS = str.maketrans("−﹣－–—‒％٪٫٬，．：⁄", "------%%.',.:/")

# -- numbers ----------------------------------------------------------------------------------------------------------

_CODES = (
    "AED AFN ALL AMD ARS AUD AZN BAM BBD BDT BGN BHD BIF BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP "
    "CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD GBP GEL GHS GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK "
    "JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
    "MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RMB RON RSD RUB RWF SAR SBD SCR SDG SEK "
    "SGD SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD "
    "XOF XPF YER ZAR ZMW ZWL"
)
_CURRENCIES = _words(
    f"{_CODES.lower()} us$ a$ au$ ca$ c$ nz$ hk$ s$ r$ sfr. sfr fr. kr. kr zł kč ft lei euro euros dollar dollars"
)
_CURRENCY = r"(?P<word>[^\W\d_]{1,7}[.$]?|[^\w\s.,'()+%-])"
_WRAPPINGS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("no cents", r"(?P<rest>.*[0-9])(?P<sign>[.,])-{1,2}"),  # 12,- and 12.--
        ("negative", r"\((?P<rest>.*)\)"),
        ("negative", r"-(?P<rest>.*)"),
        ("positive", r"\+(?P<rest>.*)"),
        ("percent", r"(?P<rest>.*)%"),
        ("percent", r"%(?P<rest>.*)"),
        ("currency", rf"{_CURRENCY}(?P<rest>.*)"),
        ("currency", rf"(?P<rest>.*?){_CURRENCY}"),
    )
)
_SIGNS = frozenset(("negative", "positive"))
_GROUPED = {
    sign: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+|[0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}")
    if sign == ","  # India groups 12,34,567
    else re.compile(rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+")
    for sign in " '.,"
}

_COMMA_LANGUAGES = _words(
    "bg ca cs da de el es et eu fi fr gl hr hu id is it lt lv nb nl nn no pl pt ro ru sk sl sr sv tr uk vi"
)
_POINT_LANGUAGES = _words("cy en ga he hi ja ko ms th zh")
_OTHER_SIGN = {
    **dict.fromkeys(("de-CH", "de-LI", "it-CH", "es-MX", "es-US", "es-PR", "es-DO", "es-GT", "es-HN", "es-NI"), "."),
    **dict.fromkeys(("es-PA", "es-PE", "es-SV"), "."),
    "en-ZA": ",",
}
_MAJORITY = 0.9  # one slip in ten does not undo what the column says


def parse_number(text: str, decimal_sign: str | None) -> ParsedNumber | Ambiguous[ParsedNumber] | None:
    """An amount, count or share as people write it: `1.200,50 €`, `(1'200.50)`, `12 %`, `USD -3`.

    Args:
        text: what stands in the cell.
        decimal_sign: "." or "," where the column has decided, see `decimal_sign_of`. It is asked only where the text
            does not speak for itself: `1.200,50` is always 1200.50.

    Returns:
        None for what is no number as a whole (`12 k`, `abc`, an empty text).
    """
    found = _unwrap(text)
    if found is None:
        return None
    core, kinds, sign = found
    values = _readings(core, sign or decimal_sign)
    signed = [ParsedNumber(-value if "negative" in kinds else value, "percent" in kinds) for value in values]
    if len(signed) > 1:
        return Ambiguous(tuple(signed))
    return signed[0] if signed else None


def decimal_sign_of(texts: Iterable[str], lang: str) -> str | None:
    """How a column writes its decimals: "." or ",".

    Args:
        texts: the column's texts; those that are no numbers, or have two readings, say nothing.
        lang: the workbook's language (`de`, `de-CH`); asked where the column says nothing.

    Returns:
        None where the column contradicts itself (more than one in ten), or the language is unknown.
    """
    evidence = Counter(sign for sign in map(_decimal_evidence, texts) if sign)
    if evidence:
        sign, count = evidence.most_common(1)[0]
        return sign if count >= _MAJORITY * evidence.total() else None
    language, country = _language(lang)
    if special := _OTHER_SIGN.get(f"{language}-{country}"):
        return special
    return "," if language in _COMMA_LANGUAGES else "." if language in _POINT_LANGUAGES else None


def _unwrap(text: str) -> tuple[str, set[str], str | None] | None:
    """Digits and separators alone, what stood around them, and the decimal sign if that gave it away."""
    core = _plain(text)
    kinds: set[str] = set()
    sign = None
    while found := _outermost(core):
        kind, part = found
        if kind in kinds or (kind in _SIGNS and kinds & _SIGNS):
            return None
        kinds.add(kind)
        core = part["rest"].strip()
        sign = part["sign"] if kind == "no cents" else sign
    return core.removeprefix("'"), kinds, sign  # an apostrophe in front is how Excel is told "this is text"


def _outermost(core: str) -> tuple[str, re.Match[str]] | None:
    """What stands around the rest of a number: a sign, parentheses, a currency, `%`, the dash for no cents."""
    for kind, pattern in _WRAPPINGS:
        found = pattern.fullmatch(core)
        if found and (kind != "currency" or _is_currency(found["word"])):
            return kind, found
    return None


def _is_currency(word: str) -> bool:
    return word.casefold() in _CURRENCIES or (len(word) == 1 and unicodedata.category(word) == "Sc")


def _readings(core: str, decimal_sign: str | None) -> list[Decimal]:
    """All values that digits with separators can have; the sign decides only between several."""
    found = {sign: value for sign in ".," if (value := _read_with(core, sign)) is not None}
    if decimal_sign is not None and decimal_sign in found:
        return [found[decimal_sign]]
    return list(dict.fromkeys(found.values()))


def _read_with(core: str, decimal_sign: str) -> Decimal | None:
    """The value if this is the decimal sign; None where the text cannot be meant so."""
    whole, _, part = core.partition(decimal_sign)
    if decimal_sign in core and not re.fullmatch("[0-9]+", part):
        return None
    if not re.fullmatch("[0-9]*", whole):
        used = {letter for letter in whole if not letter.isdecimal()}
        group = used.pop()
        if used or group not in _GROUPED or not _GROUPED[group].fullmatch(whole) or whole[0] == "0":
            return None
        whole = whole.replace(group, "")
    return Decimal(f"{whole or '0'}.{part or '0'}") if part else Decimal(whole) if whole else None


def _decimal_evidence(text: str) -> str | None:
    """The decimal sign this text can only be read with, None where it says nothing."""
    found = _unwrap(text)
    if found is None:
        return None
    core, _, sign = found
    fits = [each for each in ".," if _read_with(core, each) is not None]
    return sign or (fits[0] if len(fits) == 1 else None)


# -- dates and times --------------------------------------------------------------------------------------------------


def _numbered(names: Mapping[str, tuple[str, ...]], *, first: int) -> dict[str, int]:
    """Each spelling in any language, with its number."""
    return {
        spelling: number
        for language in names.values()
        for number, spellings in enumerate(language, start=first)
        for spelling in spellings.split()
    }


MONTH_NAMES: Mapping[str, tuple[str, ...]] = {
    "en": (
        *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
        *("september sept sep", "october oct", "november nov", "december dec"),
    ),
    "de": (
        *("januar jan jänner jän", "februar feb feber", "märz mär mrz maerz", "april apr", "mai", "juni jun"),
        *("juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "dezember dez"),
    ),
}
"""Language -> the twelve months, each with its spellings in lower case. A further language is a further line."""

WEEKDAY_NAMES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "monday mon",
        "tuesday tue tues",
        "wednesday wed",
        "thursday thu thur thurs",
        "friday fri",
        "saturday sat",
        "sunday sun",
    ),
    "de": (
        "montag mo",
        "dienstag di",
        "mittwoch mi",
        "donnerstag do",
        "freitag fr",
        "samstag sonnabend sa",
        "sonntag so",
    ),
}
"""Language -> the seven days from Monday, each with its spellings in lower case."""

_MONTHS = _numbered(MONTH_NAMES, first=1)
_WEEKDAYS = _numbered(WEEKDAY_NAMES, first=0)
_WEEKDAY = re.compile(r"(?P<name>[^\W\d_]{2,})(?:\.?,? )(?P<rest>.+)")
_MONTH = r"(?P<month>[^\W\d_]{3,})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_NAMED_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}[-/ ]*(?:of )?{_MONTH}(?:[-/,. ]+'?(?P<year>\d{{4}}|\d{{2}}))?\.?",
        rf"{_MONTH}[-/. ]*{_DAY}(?:[, ]+'?(?P<year>\d{{4}}|\d{{2}}))?",
        rf"{_MONTH}[-/]{_DAY}[-/](?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[-/., ]+{_MONTH}[-/. ]*{_DAY}",
    )
)
_NUMBERED_DATE = re.compile(r"(\d{1,4}) ?([-./]) ?(\d{1,2})(?: ?\2 ?(\d{1,4})?)?\.?")
_MIDNIGHT = re.compile(r"(?:,? |t)(?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? ?am)(?:z| ?\+00:?00)?$", re.IGNORECASE)
_YMD_PLACES = frozenset(("CN", "HU", "JP", "KR", "LT", "MN", "TW", "hu", "ja", "ko", "lt", "mn", "zh"))
_MDY_COUNTRIES = frozenset(("US", "PH", "PR", "GU", "AS", "VI", "FM", "MH", "PW"))


def parse_date(text: str, order: str | None, period: tuple[date, date] | None) -> date | Ambiguous[date] | None:
    """A day as people write it: `2027-04-03`, `3.4.2027`, `April 3, 2027`, `3 Apr 27`, `17-Jun`.

    Args:
        text: what stands in the cell; a time is accepted only if it is midnight.
        order: "dmy", "mdy" or "ymd" where the column has decided, see `date_order_of`. A day that exists in one order
            only is read so, whatever the column says; so is one whose day of the week (`Mon, 3/5/2027`) fits only one.
        period: the workbook's first and last day, both inside; it gives a year to what has none. Years of two digits
            are 20xx.

    Returns:
        Ambiguous where both orders give a day and they differ, or a day without a year fits several years.
    """
    plain = _MIDNIGHT.sub("", _plain(text)).casefold()
    weekday = None
    if (found := _WEEKDAY.fullmatch(plain)) and found["name"] in _WEEKDAYS:
        weekday, plain = _WEEKDAYS[found["name"]], found["rest"]
    if re.fullmatch(r"\d{8}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    days = _named_days(plain, period) or _numbered_days(plain, order, period)
    if weekday is not None:
        fitting = [day for day in days if day.weekday() == weekday]
        days = fitting or [day for day in _numbered_days(plain, None, period) if day.weekday() == weekday]
    return None if not days else days[0] if len(days) == 1 else Ambiguous(tuple(days))


def date_order_of(texts: Iterable[str], lang: str, country: str | None = None) -> str | None:
    """How a column orders day, month and year: "dmy", "mdy" or "ymd".

    A number over 12 in one place decides; then the country, then the language. English without a country decides
    nothing: half of its writers mean the other.

    Returns:
        None where nothing decides, or the column contradicts itself.
    """
    orders = {order for order in map(_order_evidence, texts) if order}
    if len(orders) > 1:
        orders.discard("ymd")  # a year in front is never misread, and says nothing about the others
    if orders:
        return orders.pop() if len(orders) == 1 else None
    language, region = _language(lang)
    place = (country or region).upper()
    if place in _MDY_COUNTRIES:
        return "mdy"
    if place == "CA" or not (place or language) or (language == "en" and not place):
        return None
    return "ymd" if place in _YMD_PLACES or (not place and language in _YMD_PLACES) else "dmy"


def parse_time(text: str) -> time | None:
    """A time of day: `9:30`, `9.30 Uhr`, `9h30`, `0930`, `9 am`, `9:30 p.m.`; a bare `9` is none."""
    plain = _plain(text).casefold().replace("a.m.", "am").replace("p.m.", "pm")
    found = re.fullmatch(
        r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?)? ?(?P<word>am|pm|uhr|h)?", plain
    ) or re.fullmatch(r"(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>)(?P<word> ?uhr)?", plain)
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


def _named_days(plain: str, period: tuple[date, date] | None) -> list[date]:
    """The days a text with a month's name can mean."""
    for pattern in _NAMED_DATES:
        found = pattern.fullmatch(plain)
        month = _MONTHS.get(found["month"]) if found else None
        if found and month:
            return _existing_days(found["year"], month, int(found["day"]), period)
    return []


def _numbered_days(plain: str, order: str | None, period: tuple[date, date] | None) -> list[date]:
    found = _NUMBERED_DATE.fullmatch(plain)
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
    if order is not None and days.get(order):
        return days[order]
    return list(dict.fromkeys(chain.from_iterable(days.values())))


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


def _order_evidence(text: str) -> str | None:
    found = _NUMBERED_DATE.fullmatch(_MIDNIGHT.sub("", _plain(text)))
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


# -- words ------------------------------------------------------------------------------------------------------------

_YES = _words("yes y true 1 x on ✓ ✔ ☑ ✅ ja j wahr oui vrai si sí sì s verdadero vero waar sim verdadeiro")
_NO = _words("no n false 0 off ✗ ✘ ☐ ❌ nein falsch non faux falso nee onwaar não nao")
_SEPARATOR = re.compile(r"[;\n\r|]|,(?!\d)|(?<!\d),|\s(?:and|und)\s", re.IGNORECASE)
_JOINT = re.compile(r"\s[/&]\s|(?<=[^\W\d_]{3})[/&](?=[^\W\d_]{3})|\+(?=\s*\w)")


def parse_yes_no(text: str) -> bool | None:
    """Yes or no in English, German, French, Spanish, Italian, Dutch and Portuguese; `x` and a check mark are yes."""
    word = normal_label(text)
    return True if word in _YES else False if word in _NO else None


@lru_cache(maxsize=8192)
def normal_label(text: str) -> str:
    """A label as it is compared: without case, double spaces, curly quotes, and the `*` or `:` people put behind it."""
    plain = unicodedata.normalize("NFKC", text.translate(_STRAIGHT).translate(_INVISIBLE)).casefold()
    return " ".join(unicodedata.normalize("NFKC", plain).split()).rstrip("*: ")


def split_many(text: str) -> tuple[str, ...]:
    """Several things in one cell: `Instagram, Facebook; X / TikTok & Bluesky`, one a line, or with bullets.

    A slash or `&` counts with spaces around it or between words of three letters and more: `A/B test` and `Q&A` stay
    whole, and so do addresses of pages. Labels that hold a separator themselves (`Facts & Figures`) are to be looked up
    before this is asked.
    """
    pieces: list[str] = []
    for piece in _SEPARATOR.split(text.translate(_INVISIBLE)):
        pieces += [piece] if "://" in piece or "www." in piece else _JOINT.split(piece)
    trimmed = (re.sub(r"^\s*(?:[-•*·–]\s+)?", "", piece).strip() for piece in pieces)
    return tuple(piece for piece in trimmed if piece)


def _plain(text: str) -> str:
    """One line with plain spaces, quotes, signs and digits, whatever script or typography it came in."""
    text = text.translate(_INVISIBLE).translate(_STRAIGHT).translate(_PLAIN_SIGNS)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)
    return " ".join(text.split())


def _language(lang: str) -> tuple[str, str]:
    """`de_CH` -> ("de", "CH"); the country is empty where none is given."""
    language, _, rest = lang.replace("_", "-").partition("-")
    country = next((part for part in rest.split("-") if len(part) == 2), "")
    return language.lower(), country.upper()
