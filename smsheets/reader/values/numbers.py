"""Numbers as people type them: amounts, counts and shares, with their currencies, signs and separators.

How a whole column writes its decimals is asked first (`decimal_sign_of`), and the answer given to the parser of each
cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import msgspec

from smsheets.reader.values.words import LONGEST_VALUE, Ambiguous, language_and_country, plain_text, word_set
from smsheets.spec.reference import words_for


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
_CURRENCIES = word_set(f"{_CODES.lower()} us$ a$ au$ ca$ c$ nz$ hk$ s$ r$ sfr. sfr fr. kr. kr zł kč ft lei")
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


def parse_number(text: str, decimal_sign: str | None) -> ParsedNumber | Ambiguous[ParsedNumber] | None:
    """An amount, count or share as people write it: `1.200,50 €`, `(1'200.50)`, `12 %`, `USD -3`.

    Args:
        text: what is in the cell.
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
    language, country = language_and_country(lang)
    if special := _OTHER_SIGN.get(f"{language}-{country}"):
        return special
    return "," if language in _COMMA_LANGUAGES else "." if language in _POINT_LANGUAGES else None


def _unwrap(text: str) -> tuple[str, set[str], str | None] | None:
    """Digits and separators alone, what was around them, and the decimal sign if that gave it away."""
    if len(text) > LONGEST_VALUE:
        return None
    core = plain_text(text)
    kinds: set[str] = set()
    sign = None
    while found := _outermost(core):
        kind, part = found
        if kind in kinds or (kind in _SIGNS and kinds & _SIGNS):
            return None
        kinds.add(kind)
        core = part["rest"].strip()
        sign = part["sign"] if kind == "no cents" else sign
    return core.removeprefix("'"), kinds, sign  # an apostrophe in front says "this is text" in Excel


def _outermost(core: str) -> tuple[str, re.Match[str]] | None:
    """The wrapping around the rest of a number: a sign, parentheses, a currency, `%`, the dash for no cents."""
    for kind, pattern in _WRAPPINGS:
        found = pattern.fullmatch(core)
        if found and (kind != "currency" or _is_currency(found["word"])):
            return kind, found
    return None


def _is_currency(word: str) -> bool:
    name = word.casefold()
    if name in _CURRENCIES or name in words_for("currencies"):
        return True
    return len(word) == 1 and unicodedata.category(word) == "Sc"


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
