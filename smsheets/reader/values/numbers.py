"""Numbers as people type them: amounts, counts, shares and lengths of time, with currencies, signs and separators.

How a whole column writes its decimals is asked first (`decimal_sign_of`), and the answer given to the parser of each
cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from decimal import Decimal
from functools import cache
from itertools import product

import msgspec

from smsheets.reader.values.words import (
    LONGEST_VALUE,
    Ambiguous,
    any_of,
    language_and_country,
    plain_text,
    word_set,
)
from smsheets.spec.reference import currencies_of, typed_words, words_for


class ParsedNumber(msgspec.Struct, frozen=True):
    """A number as it was typed: `12 %` has the value 12 and `percent`."""

    value: Decimal
    percent: bool = False


Reading = ParsedNumber | Ambiguous[ParsedNumber] | None
"""A number that was read, one with two readings, or none."""

_CODES = (
    "AED AFN ALL AMD ARS AUD AZN BAM BBD BDT BGN BHD BIF BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP "
    "CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD GBP GEL GHS GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK "
    "JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK "
    "MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RMB RON RSD RUB RWF SAR SBD SCR SDG SEK "
    "SGD SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD "
    "XOF XPF YER ZAR ZMW ZWL"
)
_CODE_WORDS = word_set(_CODES.lower())
_CURRENCY = r"(?P<word>[^\W\d_]{1,7}(?:\$|/\.?|\.[^\W\d_]{1,2}\.?|\.)?|[^\w\s.,'()+%-])"
_WRAPPINGS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("no cents", r"(?P<rest>.*[0-9])(?P<sign>[.,])-{1,2}"),  # 12,- and 12.--
        ("whole", r"(?P<rest>.*[0-9]) ?/[-=]"),  # 12/= in East Africa, 12/- in India
        ("negative", r"\((?P<rest>.*)\)"),
        ("negative", r"-(?P<rest>.*)"),
        ("negative", r"(?P<rest>.*[0-9]) ?-"),  # 12- as accounting programs write it
        ("positive", r"\+(?P<rest>.*)"),
        ("percent", r"(?P<rest>.*)%"),
        ("percent", r"%(?P<rest>.*)"),
        ("currency", rf"{_CURRENCY}(?P<rest>.*)"),
        ("currency", rf"(?P<rest>.*?){_CURRENCY}"),
    )
)
_SIGNS = frozenset(("negative", "positive"))
_SINGLE = frozenset("abcdefghijklmnopqrstuvwxyz")
"""Beside an amount one of these is the currency only where the workbook's own is written so: `R 500`."""
_GROUPED = {
    sign: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+|[0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}")
    if sign == ","  # India groups 12,34,567
    else re.compile(rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+")
    for sign in " '.,"
}

MAJORITY = 0.9
"""One slip in ten does not undo what a column says."""


def parse_number(text: str, decimal_sign: str | None, own_words: Container[str] = ()) -> Reading:
    """An amount, count or share as people write it: `1.200,50 €`, `(1'200.50)`, `12 %`, `USD -3`.

    Args:
        text: what is in the cell.
        decimal_sign: "." or "," where the column has decided, see `decimal_sign_of`. It is asked only where the text
            does not speak for itself: `1.200,50` is always 1200.50.
        own_words: further signs of the workbook's currency, in lower case: `r` where amounts are in rands.

    Returns:
        None for what is no number as a whole (`12 k`, `abc`, an empty text).
    """
    found = _unwrap(text, own_words)
    if found is None:
        return None
    core, kinds, sign, _ = found
    values = _readings(core, sign or decimal_sign)
    signed = [ParsedNumber(-value if "negative" in kinds else value, "percent" in kinds) for value in values]
    if len(signed) > 1:
        return Ambiguous(tuple(signed))
    return signed[0] if signed else None


def currency_word(text: str, own_words: Container[str] = ()) -> str:
    """The sign or word of a currency beside an amount, in lower case; empty where there is none."""
    found = _unwrap(text, own_words)
    return found[3] if found is not None else ""


@cache
def words_of_currency(currency: str, country: str) -> frozenset[str]:
    """The signs and words of a currency in a country, in lower case, single letters too.

    Babel has the signs of the languages spoken there: `TSh` in Tanzania, `R` in South Africa.
    """
    from babel.core import UnknownLocaleError
    from babel.languages import get_official_languages
    from babel.numbers import get_currency_symbol

    region = country[:2].upper()
    words = {currency.casefold()}
    for language in (*get_official_languages(region, de_facto=True), "en"):
        try:
            words.add(plain_text(get_currency_symbol(currency, f"{language}_{region}")).casefold())
        except (UnknownLocaleError, ValueError):
            continue
    return frozenset(words) | frozenset(word for word in _SINGLE if currency in currencies_of(word))


def is_counted_whole(currency: str) -> bool:
    """True for a currency without decimals, such as the yen."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency) == 0


def is_foreign(word: str, currency: str, own_words: Container[str]) -> bool:
    """True for the sign or word of another currency than `currency`; False for one that nobody knows."""
    meant = currencies_of(word)
    return bool(meant) and word not in own_words and currency not in meant


_FORMAT_CURRENCY = re.compile(r"\[\$([^\[\]\-]++)[^\[\]]*+\]|\"([^\"]+)\"|([$\u20a0-\u20cf\u00a2-\u00a5])")
"""The currency that a number format shows: `[$EUR]`, `[$\u20ac-407]`, `"CHF"`, `$`."""


def shown_currencies(number_format: str) -> list[str]:
    """The signs and words of currencies, and other texts in quotes, that a number format puts beside a number."""
    return [next(filter(None, found)).strip() for found in _FORMAT_CURRENCY.findall(number_format)]


def decimal_sign_of(texts: Iterable[str], lang: str, own_words: Container[str] = ()) -> str | None:
    """How a column writes its decimals: "." or ",".

    Args:
        texts: the column's texts; those that are no numbers, or have two readings, say nothing.
        lang: the workbook's language (`de`, `de-CH`); asked where the column says nothing.
        own_words: as in `parse_number`.

    Returns:
        None where the column contradicts itself (more than one in ten), or the language is unknown.
    """
    evidence = decimal_signs_of(texts, own_words)
    if evidence:
        sign, count = evidence.most_common(1)[0]
        return sign if count >= MAJORITY * evidence.total() else None
    return _usual_sign(*language_and_country(lang))


def decimal_signs_of(texts: Iterable[str], own_words: Container[str] = ()) -> Counter[str]:
    """How many texts can only be read with "." or "," for the decimals."""
    return Counter(sign for text in texts if (sign := _decimal_evidence(text, own_words)))


@cache
def sign_of_place(language: str, country: str) -> str | None:
    """The decimal sign of a language and a country, from Babel; None where they, or the country's languages, differ.

    Args:
        country: `US`, `DE-BY`; empty where it is not known.
    """
    from babel.languages import get_official_languages

    region = country[:2].upper()
    spoken = get_official_languages(region, de_facto=True) if region else ()
    signs = {_usual_sign(language, "")} | {_usual_sign(each, region) for each in (language, *spoken) if region}
    return signs.pop() if len(signs) == 1 else None


@cache
def _usual_sign(language: str, country: str) -> str | None:
    from babel.core import UnknownLocaleError
    from babel.numbers import get_decimal_symbol

    for locale in (f"{language}_{country}", language):
        try:
            return "," if get_decimal_symbol(locale) == "," else "."
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _unwrap(text: str, own_words: Container[str]) -> tuple[str, set[str], str | None, str] | None:
    """Digits and separators alone, what was around them, the decimal sign if that gave it away, and the currency."""
    if len(text) > LONGEST_VALUE:
        return None
    core = plain_text(text)
    kinds: set[str] = set()
    sign, word = None, ""
    while found := _outermost(core, own_words):
        kind, part = found
        if kind in kinds or (kind in _SIGNS and kinds & _SIGNS):
            return None
        kinds.add(kind)
        core = part["rest"].strip()
        sign = part["sign"] if kind == "no cents" else sign
        word = part["word"].casefold() if kind == "currency" else word
    return core.removeprefix("'"), kinds, sign, word  # an apostrophe in front says "this is text" in Excel


def _outermost(core: str, own_words: Container[str]) -> tuple[str, re.Match[str]] | None:
    """The wrapping around the rest of a number: a sign, parentheses, a currency, `%`, the dash for no cents."""
    for kind, pattern in _WRAPPINGS:
        found = pattern.fullmatch(core)
        if found and (kind != "currency" or _is_currency(found["word"].casefold(), own_words)):
            return kind, found
    return None


def _is_currency(word: str, own_words: Container[str]) -> bool:
    if word in own_words or word in _CODE_WORDS or word in words_for("currencies"):
        return True
    return (len(word) > 1 and bool(currencies_of(word))) or (len(word) == 1 and _is_sign(word))


def _is_sign(word: str) -> bool:
    """A sign that is used for nothing but currencies, or a letter that a script of its own has for one: `円`."""
    return unicodedata.category(word) == "Sc" or (bool(currencies_of(word)) and word not in _SINGLE)


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


def _decimal_evidence(text: str, own_words: Container[str]) -> str | None:
    """The decimal sign this text can only be read with, None where it says nothing."""
    found = _unwrap(text, own_words)
    if found is None:
        return None
    core, _, sign, _ = found
    fits = [each for each in ".," if _read_with(core, each) is not None]
    return sign or (fits[0] if len(fits) == 1 else None)


_UNITS = ("second", "minute", "hour", "day", "week")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::[0-5]\d)?")
_MINUTES = {"second": Decimal(1) / 60, "minute": Decimal(1), "hour": Decimal(60)}
"""Longer units have none: a day of work has 8 hours or 24, and a week 5 days or 7."""
_DIGITS = Decimal("0.0001")
"""20 minutes are a third of an hour: four decimals keep the second."""


@cache
def _unit_words() -> Mapping[str, str]:
    """Each word for a length of time in the languages that people type in, in lower case -> its unit."""
    from babel.units import format_unit

    words: dict[str, str] = {}
    for language, unit, count in product(typed_words(), _UNITS, (1, 2)):
        name = f"duration-{unit}"
        for text in (
            format_unit(count, name, "long", locale=language),
            format_unit(count, name, "short", locale=language),
        ):
            words[re.sub(r"[0-9]", "", plain_text(text).casefold()).strip(" .")] = unit
    for each in typed_words().values():
        words |= each.units
    return words


@cache
def _lengths() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number with its unit behind it, and a text of one or two of them: `2 hours and 15 minutes`."""
    words, joining = any_of(_unit_words()), any_of(words_for("joining"))
    piece = rf"([0-9][0-9.,' ]*+)({words})(?![^\W\d_])\.?"
    return re.compile(piece), re.compile(rf"{piece}(?:,? ?(?:(?:{joining}) )?{piece})?")


def parse_length(text: str, unit: str, number: Callable[[str], Reading]) -> Decimal | None:
    """A length of time in a unit: `90 min`, `1 h 30 min`, `1h30`, `29:00`; None where it is none.

    Args:
        unit: "hour", "day" or "week"; None is given for what cannot be put into it for sure, such as a day in hours.
        number: Reads the numbers in the text.
    """
    plain = plain_text(text).casefold() if len(text) <= LONGEST_VALUE else ""
    one, several = _lengths()
    clock = _CLOCK.fullmatch(re.sub(r"(?<=\d) ?h ?(?=[0-5]\d$)", ":", plain))
    if clock and unit == "hour":
        return length_of_minutes(Decimal(60 * int(clock[1]) + int(clock[2])), unit)
    if not several.fullmatch(plain):
        return None
    total = Decimal(0)
    for amount, word in one.findall(plain):
        found, read = _unit_words()[word], number(amount.strip())
        if not isinstance(read, ParsedNumber) or (found != unit and not {found, unit} <= _MINUTES.keys()):
            return None
        total += read.value if found == unit else read.value * _MINUTES[found] / _MINUTES[unit]
    return _few_decimals(total)


def length_of_minutes(minutes: Decimal, unit: str) -> Decimal | None:
    """A number of minutes in another unit; None where it cannot be put into it for sure."""
    return _few_decimals(minutes / _MINUTES[unit]) if unit in _MINUTES else None


def _few_decimals(number: Decimal) -> Decimal:
    rounded = number.quantize(_DIGITS)
    return rounded.to_integral() if rounded == rounded.to_integral() else rounded.normalize()


_FACTORS = {"": 1, "k": 1000, "m": 1_000_000}


@cache
def _nearly_number() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:{any_of(words_for('about'))})\.? |~ ?)?(?P<number>[^\w]?[0-9][0-9.,' ]*?[^\w]?) ?(?P<factor>[km])?",
        re.IGNORECASE,
    )


def number_meant(text: str, number: Callable[[str], Reading]) -> Decimal | None:
    """The number in `12 k` or `about 200`; None where it cannot be said for sure, as in `5 days` and `1.000 k`."""
    found = _nearly_number().fullmatch(text.strip()) if len(text) <= LONGEST_VALUE else None
    read = number(found["number"]) if found else None
    if found is None or not isinstance(read, ParsedNumber):
        return None
    return read.value * _FACTORS[(found["factor"] or "").casefold()]
