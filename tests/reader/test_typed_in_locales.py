"""Amounts, days and times as people type them in many places: the texts are made from Babel's own patterns."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from babel.dates import format_date, format_time
from babel.numbers import format_currency, get_currency_precision

from smsheets.reader.values.dates import hour_meant, number_behind, parse_date, parse_time, time_in_zone
from smsheets.reader.values.numbers import (
    ParsedNumber,
    currency_word,
    decimal_sign_of,
    is_foreign,
    parse_number,
    shown_currencies,
    words_of_currency,
)

PLACES = [
    ("en_US", "USD"), ("en_GB", "GBP"), ("en_IN", "INR"), ("en_ZA", "ZAR"), ("en_NG", "NGN"), ("en_KE", "KES"),
    ("en_TZ", "TZS"), ("en_PH", "PHP"), ("en_CA", "CAD"), ("de_DE", "EUR"), ("de_AT", "EUR"), ("de_CH", "CHF"),
    ("fr_FR", "EUR"), ("fr_CA", "CAD"), ("es_ES", "EUR"), ("es_MX", "MXN"), ("es_PE", "PEN"), ("it_IT", "EUR"),
    ("pt_BR", "BRL"), ("nl_NL", "EUR"), ("pl_PL", "PLN"), ("cs_CZ", "CZK"), ("sv_SE", "SEK"), ("ja_JP", "JPY"),
    ("ko_KR", "KRW"), ("zh_TW", "TWD"), ("vi_VN", "VND"), ("th_TH", "THB"), ("tr_TR", "TRY"), ("id_ID", "IDR"),
    ("ms_MY", "MYR"), ("uk_UA", "UAH"),
]  # fmt: skip


@pytest.mark.parametrize(("locale", "currency"), PLACES)
@pytest.mark.parametrize("amount", ["1234567.5", "-980.25", "75"])
def test_an_amount_as_the_country_writes_it_is_read(locale: str, currency: str, amount: str) -> None:
    own = words_of_currency(currency, locale[-2:])
    number = Decimal(amount).quantize(Decimal(1).scaleb(-get_currency_precision(currency)))
    text = format_currency(number, currency, locale=locale)
    sign = decimal_sign_of([text], locale, own)
    assert parse_number(text, sign, own) == ParsedNumber(number), text
    assert not is_foreign(currency_word(text, own), currency, own)


@pytest.mark.parametrize(
    ("text", "currency", "country", "value"),
    [
        ("TSh 50,000", "TZS", "TZ", 50000), ("Tsh. 75,000/=", "TZS", "TZ", 75000), ("50,000/=", "TZS", "TZ", 50000),
        ("Rs. 500/-", "INR", "IN", 500), ("R 1 200", "ZAR", "ZA", 1200), ("RM50", "MYR", "MY", 50),
        ("S/ 120", "PEN", "PE", 120), ("NT$3,000", "TWD", "TW", 3000), ("3000\u5186", "JPY", "JP", 3000),
        ("500\u5143", "CNY", "CN", 500), ("9000\uc6d0", "KRW", "KR", 9000), ("50.000\u0111", "VND", "VN", 50000),
        ("300 \u0e1a\u0e32\u0e17", "THB", "TH", 300), ("L.E. 450", "EGP", "EG", 450),
        ("1 500 \u0440\u0443\u0431.", "RUB", "RU", 1500), ("1,200-", "USD", "US", -1200), ("N2,500", "NGN", "NG", 2500),
    ],
)  # fmt: skip
def test_signs_that_no_library_knows(text: str, currency: str, country: str, value: int) -> None:
    own = words_of_currency(currency, country)
    assert parse_number(text, "," if country == "VN" else ".", own) == ParsedNumber(Decimal(value))


@pytest.mark.parametrize(
    ("text", "currency", "foreign"),
    [
        ("80 EUR", "USD", True), ("80 \u20ac", "USD", True), ("$80", "EUR", True), ("$80", "CAD", False),
        ("80 kr", "SEK", False), ("80 kr", "EUR", True), ("CHF 80", "EUR", True), ("80", "USD", False),
        ("12 %", "USD", False),
    ],
)  # fmt: skip
def test_another_currency_is_told_from_the_own(text: str, currency: str, foreign: bool) -> None:
    own = words_of_currency(currency, "")
    assert is_foreign(currency_word(text, own), currency, own) is foreign


@pytest.mark.parametrize(
    ("code", "signs"),
    [
        ("#,##0.00", []), ("#,##0.00 [$\u20ac-407]", ["\u20ac"]), ('#,##0.00 "\u20ac"', ["\u20ac"]),
        ("[$CHF-807] #,##0", ["CHF"]), ("$#,##0", ["$"]), ("General", []), ("[Red]-0.00;[h]:mm", []),
    ],
)  # fmt: skip
def test_the_currency_of_a_number_format(code: str, signs: list[str]) -> None:
    assert shown_currencies(code) == signs


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "en_AU", "de_DE", "de_CH", "es_MX", "es_ES"])
@pytest.mark.parametrize("moment", [time(9, 30), time(19, 5), time(12), time(0, 15)])
def test_a_time_as_the_country_writes_it_is_read(locale: str, moment: time) -> None:
    assert parse_time(format_time(moment, "short", locale=locale)) == moment


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "en_AU", "de_DE", "de_AT", "de_CH"])
@pytest.mark.parametrize("form", ["short", "medium", "long", "full"])
@pytest.mark.parametrize("day", [date(2027, 3, 1), date(2027, 12, 24)])
def test_a_day_as_the_country_writes_it_is_read(locale: str, form: str, day: date) -> None:
    order = "mdy" if locale == "en_US" else "dmy"
    assert parse_date(format_date(day, form, locale=locale), order, None) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("9:30 AM EST", time(9, 30)), ("18:00 CET", time(18)), ("7:30 p. m. UTC-6", time(19, 30)), ("08:00Z", time(8)),
        ("9:30", None), ("noonish", None), ("9:30 sharp", None),
    ],
)  # fmt: skip
def test_a_time_zone_is_seen(text: str, moment: time | None) -> None:
    assert time_in_zone(text) == moment


@pytest.mark.parametrize(
    ("day", "moment"),
    [(date(1900, 1, 18), time(18)), (date(1902, 7, 18), time(9, 30)), (date(1905, 1, 3), time(18, 30)),
     (date(1900, 3, 15), None)],
)  # fmt: skip
def test_an_hour_typed_as_a_number_is_known(day: date, moment: time | None) -> None:
    number = number_behind(day)
    assert number is not None
    assert hour_meant(number) == moment
    assert number_behind(date(2027, 1, 18)) is None
