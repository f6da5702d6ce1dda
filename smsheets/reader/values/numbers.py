"""Numbers as people type them: amounts, counts and shares, with their currencies, signs and separators.

How a whole column writes its decimals is asked first (`decimal_sign_of`), and the answer given to the parser of each
cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable
from decimal import Decimal
from functools import cache

import msgspec

from smsheets.reader.values.words import LONGEST_VALUE, Ambiguous, language_and_country, plain_text, word_set
from smsheets.spec.reference import currencies_of, words_for


class ParsedNumber(msgspec.Struct, frozen=True):
    """A number as it was typed: `12 %` has the value 12 and `percent`."""

    value: Decimal
    percent: bool = False


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

_COMMA_LANGUAGES = word_set(
    "bg ca cs da de el es et eu fi fr gl hr hu id is it lt lv nb nl nn no pl pt ro ru sk sl sr sv tr uk vi"
)
_POINT_LANGUAGES = word_set("cy en ga he hi ja ko ms th zh")
_OTHER_SIGN = {
    **dict.fromkeys(("de-CH", "de-LI", "it-CH", "es-MX", "es-US", "es-PR", "es-DO", "es-GT", "es-HN", "es-NI"), "."),
    **dict.fromkeys(("es-PA", "es-PE", "es-SV"), "."),
    "en-ZA": ",",
}
_MAJORITY = 0.9  # one slip in ten does not undo what the column says


def parse_number(
    text: str, decimal_sign: str | None, own_words: Container[str] = ()
) -> ParsedNumber | Ambiguous[ParsedNumber] | None:
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
            words.add(get_currency_symbol(currency, f"{language}_{region}").casefold())
        except (UnknownLocaleError, ValueError):
            continue
    return frozenset(words) | frozenset(word for word in _SINGLE if currency in currencies_of(word))


def is_foreign(word: str, currency: str, own_words: Container[str]) -> bool:
    """True for the sign or word of another currency than `currency`; False for one that nobody knows."""
    meant = currencies_of(word)
    return bool(meant) and word not in own_words and currency not in meant


_FORMAT_CURRENCY = re.compile(r"\[\$([^\]\-]+)[^\]]*\]|\"([^\"]+)\"|([$\u20a0-\u20cf\u00a2-\u00a5])")
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
    evidence = Counter(sign for text in texts if (sign := _decimal_evidence(text, own_words)))
    if evidence:
        sign, count = evidence.most_common(1)[0]
        return sign if count >= _MAJORITY * evidence.total() else None
    language, country = language_and_country(lang)
    if special := _OTHER_SIGN.get(f"{language}-{country}"):
        return special
    return "," if language in _COMMA_LANGUAGES else "." if language in _POINT_LANGUAGES else None


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
