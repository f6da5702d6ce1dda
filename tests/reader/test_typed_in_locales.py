"""Amounts, days and times as people type them in many places: the texts are made from Babel's own patterns."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from itertools import product

import pytest
from babel.dates import format_date, format_time, get_day_names, get_month_names
from babel.numbers import format_currency, get_currency_precision

from smsheets.reader.values.dates import (
    date_order_of,
    hour_meant,
    number_behind,
    parse_date,
    parse_time,
    time_in_zone,
)
from smsheets.reader.values.numbers import (
    ParsedNumber,
    currency_word,
    decimal_sign_of,
    is_foreign,
    parse_number,
    shown_currencies,
    words_of_currency,
)
from smsheets.spec.reference import typed_words

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


DIGITS = [
    ("ar_EG", "EGP", "arab"), ("fa_IR", "IRR", "arabext"), ("hi_IN", "INR", "deva"), ("bn_BD", "BDT", "beng"),
]  # fmt: skip
"""Places with digits of their own."""


@pytest.mark.parametrize(("locale", "currency", "system"), DIGITS)
@pytest.mark.parametrize("amount", ["1234567.5", "-980.25", "75"])
def test_digits_of_other_scripts_are_read(locale: str, currency: str, system: str, amount: str) -> None:
    own = words_of_currency(currency, locale[-2:])
    number = Decimal(amount).quantize(Decimal(1).scaleb(-get_currency_precision(currency)))
    text = format_currency(number, currency, locale=locale, numbering_system=system)
    assert not text.isascii()
    assert parse_number(text, decimal_sign_of([text], locale, own), own) == ParsedNumber(number), text


LOCALES = [
    *sorted({locale for locale, _ in PLACES} | {locale for locale, _, _ in DIGITS}),
    "en_AU", "fr_CH", "it_CH", "nl_BE", "pt_PT", "sl_SI", "sw_TZ", "sw_KE", "hr_HR", "da_DK", "nb_NO", "fi_FI", "hu_HU",
    "ro_RO", "zh_CN", "ar_AE",
]  # fmt: skip

NOT_READ = {
    "vi_VN": ("full", "long", "medium"),  # "1 tháng 3, 2027": the name of a month is a number
    "th_TH": ("full", "long", "medium"),  # the era is before the year
    "uk_UA": ("full", "long", "medium"),  # "1 березня 2027 р."
    "da_DK": ("full",),  # "mandag den 1. marts 2027"
}
"""Forms that are asked back."""


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ["full", "long", "medium", "short"])
def test_a_day_as_the_country_writes_it_is_read(locale: str, form: str) -> None:
    """Full with the day of the week, long and medium with the name of the month, short in numbers."""
    language, country = locale.split("_")
    order = date_order_of((), language, country)
    for month, number in product(range(1, 13), (1, 12, 24)):
        day = date(2027, month, number)
        text = format_date(day, form, locale=locale)
        expected = None if form in NOT_READ.get(locale, ()) else day
        assert parse_date(text, order, None, country) == expected, text


@pytest.mark.parametrize("language", sorted(typed_words()))
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
@pytest.mark.parametrize("context", ["format", "stand-alone"])
def test_months_and_weekdays_of_every_language_in_every_workbook(language: str, width: str, context: str) -> None:
    for month, name in get_month_names(width, context, locale=language).items():
        for text in (f"24 {name} 2027", f"{name} 24, 2027", f"24. {name.upper()} 27"):
            assert parse_date(text, None, None) == date(2027, month, 24), text
    for number, name in get_day_names(width, context, locale=language).items():
        text = f"{name} {number + 1}/3/2027"  # March 1 is a Monday
        assert parse_date(text, "dmy", None) == date(2027, 3, number + 1), text
        assert parse_date(f"{name}, {number + 2}/3/2027", "dmy", None) is None or number in (2, 5), "another weekday"


@pytest.mark.parametrize(
    ("text", "country", "day"),
    [
        ("5. julij 2027", "SI", date(2027, 7, 5)), ("5 de julio de 2027", "US", date(2027, 7, 5)),
        ("måndag 5 juli 2027", "SE", date(2027, 7, 5)), ("5 Julai 2027", "TZ", date(2027, 7, 5)),
        ("lunedì 5 luglio 2027", "DE", date(2027, 7, 5)), ("1er juillet 2027", "US", date(2027, 7, 1)),
        ("1º de julho de 2027", "BR", date(2027, 7, 1)), ("3 listopad 2027", "HR", date(2027, 10, 3)),
        ("3 listopad 2027", "PL", date(2027, 11, 3)), ("3 listopad 2027", "US", None),
        ("Mar 5, 2027", "FR", date(2027, 3, 5)),
        ("mar 2/3/2027", "FR", date(2027, 3, 2)),
    ],
)  # fmt: skip
def test_days_in_words(text: str, country: str, day: date | None) -> None:
    assert parse_date(text, "dmy", None, country) == day


TIMES_NOT_READ = {
    "ar_AE": "the half of the day is a letter", "ar_EG": "the half of the day is a letter",
    "zh_TW": "the hours of the evening have a name of their own", "ms_MY": "PG and PTG",
}  # fmt: skip
"""Asked back, except for times of languages that write 24 hours."""


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ["short", "medium"])
@pytest.mark.parametrize("moment", [time(9, 30), time(19, 5), time(12), time(0, 15), time(6)])
def test_a_time_as_the_country_writes_it_is_read(locale: str, form: str, moment: time) -> None:
    text = format_time(moment, form, locale=locale)
    read = parse_time(text)
    assert read == moment or (read is None and (locale in TIMES_NOT_READ or " s" in text)), text


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
