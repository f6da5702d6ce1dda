"""What people type, and what it is: a value, several possible values, or nothing of the kind."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.reader.values import (
    Ambiguous,
    ParsedNumber,
    date_order_of,
    decimal_sign_of,
    normal_label,
    parse_date,
    parse_number,
    parse_time,
    parse_yes_no,
    split_many,
)

YEAR = (date(2027, 1, 1), date(2027, 12, 31))
FISCAL = (date(2027, 7, 1), date(2028, 6, 30))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        (" 12 ", "12"),
        ("007", "7"),
        ("1.200,50", "1200.50"),
        ("1,200.50", "1200.50"),
        ("1 200,50", "1200.50"),
        ("1\u00a0200,50\u00a0€", "1200.50"),
        ("1\u202f200,50", "1200.50"),
        ("1\u2009200.50", "1200.50"),
        ("1'200.50", "1200.50"),
        ("1’200.50", "1200.50"),
        ("CHF 1’200.–", "1200"),
        ("12,-", "12"),
        ("1.200,-- €", "1200"),
        ("'1200", "1200"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("12,34,567.80", "1234567.80"),
        ("12,5", "12.5"),
        ("12.50", "12.50"),
        ("0,123", "0.123"),
        ("1234.567", "1234.567"),
        (",5", "0.5"),
        ("-3", "-3"),
        ("+3", "3"),
        ("\u22123", "-3"),
        ("–3", "-3"),
        ("- 3", "-3"),
        ("(3,50)", "-3.50"),
        ("(€ 1,200.50)", "-1200.50"),
        ("€ -5", "-5"),
        ("-€5", "-5"),
        ("-5 €", "-5"),
        ("$12", "12"),
        ("US$ 12", "12"),
        ("R$12,50", "12.50"),
        ("12 kr.", "12"),
        ("12eur", "12"),
        ("EUR 1 200", "1200"),
        ("USD -3", "-3"),
        ("100 zł", "100"),
        ("\u200e12\u200f", "12"),
        ("١٬٢٠٠٫٥٠", "1200.50"),
        ("１２", "12"),
    ],
)
def test_numbers_that_speak_for_themselves(text: str, value: str) -> None:
    for sign in (None, ".", ","):
        assert parse_number(text, sign) == ParsedNumber(Decimal(value))


@pytest.mark.parametrize("text", ["12 %", "12%", "%12", "12\u00a0%", "١٢٪"])
def test_percent_is_told(text: str) -> None:
    assert parse_number(text, None) == ParsedNumber(Decimal(12), percent=True)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "abc",
            "12 k",
            "12k",
            "k",
            "-",
            "€",
            "%",
            "()",
            ".",
            ",",
            "1.",
            "1,",
            "12 pcs",
            "1-2",
            "1 - 2",
            "5-",
        ),
        *("1.2.3", "1 2", "1,2,3", "12 34", "1.200,50.3", "1,200,50", "--3", "+-3", "-(3)", "€ 3 $", "3%%", "1 200 50"),
        *(
            "10²",
            "½",
            "3 4/5",
            "1e5",
            "0x1f",
            "NaN",
            "inf",
            "#DIV/0!",
            "1_000",
            "~12",
            "ca. 12",
            "01.234.567",
            "12\n13",
        ),
    ],
)
def test_what_is_no_number(text: str) -> None:
    for sign in (None, ".", ","):
        assert parse_number(text, sign) is None


@pytest.mark.parametrize(
    ("text", "with_point", "with_comma"), [("1.234", "1.234", "1234"), ("-12,345 €", "-12345", "-12.345")]
)
def test_two_readings_until_the_column_decides(text: str, with_point: str, with_comma: str) -> None:
    point, comma = ParsedNumber(Decimal(with_point)), ParsedNumber(Decimal(with_comma))
    assert parse_number(text, ".") == point
    assert parse_number(text, ",") == comma
    assert parse_number(text, None) == Ambiguous((point, comma))


@pytest.mark.parametrize(
    ("texts", "lang", "sign"),
    [
        (["1.234", "12,50", "abc"], "en", ","),
        (["1,234", "12.50"], "de", "."),
        (["1.234.567"], "en", ","),
        (["12,-"], "en", ","),
        (["1.234", "1200"], "de", ","),
        (["1.234", "1200"], "en", "."),
        ([], "fr", ","),
        ([], "de-CH", "."),
        ([], "de_CH", "."),
        ([], "es-MX", "."),
        ([], "pt-BR", ","),
        ([], "en-US", "."),
        ([], "xx", None),
        (["12,5", "12.5"], "de", None),
        (["12,5"] * 9 + ["12.5"], "en", ","),
        (["12,5"] * 8 + ["12.5"], "en", None),
    ],
)
def test_the_decimal_sign_of_a_column(texts: list[str], lang: str, sign: str | None) -> None:
    assert decimal_sign_of(texts, lang) == sign


STYLES = {"en": (",", "."), "de": (".", ","), "ch": ("’", "."), "fr": ("\u202f", ","), "plain": ("", ".")}


@given(
    number=st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=2),
    style=st.sampled_from(sorted(STYLES)),
    frame=st.sampled_from(["{}", " {} ", "{} €", "EUR {}", "{}\u00a0%"]),
)
def test_what_is_written_in_a_style_is_read_back(number: Decimal, style: str, frame: str) -> None:
    group, decimal = STYLES[style]
    text = f"{number:,}".replace(",", "G").replace(".", decimal).replace("G", group)
    assert parse_number(frame.format(text), None) == ParsedNumber(number, percent="%" in frame)
    assert parse_number(frame.format(text), decimal) == ParsedNumber(number, percent="%" in frame)


@given(number=st.integers(min_value=-(10**12), max_value=10**12), style=st.sampled_from(sorted(STYLES)))
def test_whole_numbers_are_read_back_once_the_sign_is_known(number: int, style: str) -> None:
    group, decimal = STYLES[style]
    text = f"{number:,}".replace(",", group)
    assert parse_number(text, decimal) == ParsedNumber(Decimal(number))
    free = parse_number(text, None)
    assert free == ParsedNumber(Decimal(number)) or (
        isinstance(free, Ambiguous) and ParsedNumber(Decimal(number)) in free.readings
    )


@given(text=st.text(alphabet="0123456789.,' ()-+%€$kEUR/:\u00a0’janMärz\n;&", max_size=14))
def test_nothing_that_is_typed_breaks_anything(text: str) -> None:
    for sign in (None, ".", ","):
        parse_number(text, sign)
    for order in (None, "dmy", "mdy", "ymd"):
        parse_date(text, order, YEAR)
    decimal_sign_of([text], "de")
    date_order_of([text], "en")
    parse_time(text)
    parse_yes_no(text)
    split_many(text)
    assert normal_label(normal_label(text)) == normal_label(text)


@pytest.mark.parametrize(
    "text",
    [
        *("2027-04-13", "2027-4-13", "2027/04/13", "2027.04.13", "20270413", "2027-04-13T00:00:00", "2027-04-13 00:00"),
        *("2027-04-13T00:00:00Z", "13.4.2027", "13. 4. 2027", "13.04.27", "13/04/2027", "04/13/2027", "13-4-2027"),
        *(
            "13. April 2027",
            "13 April 2027",
            "April 13, 2027",
            "April 13 2027",
            "13 Apr 27",
            "13-Apr-27",
            "13-Apr-2027",
        ),
        *("13 apr. 2027", "13th of April, 2027", "Apr 13th, 2027", "13.April.2027", "APR 13, '27", "2027 Apr 13"),
        *("Apr-13-2027", "Tue, 13.4.2027", "Dienstag, 13. April 2027", "Di 13.04.2027", "13.4.2027 12:00 AM"),
        *("١٣/٤/٢٠٢٧", "13\u00a0April\u00a02027", "13-Apr", "April 13", "13. April", "13.4.", "4/13"),
    ],
)
def test_days(text: str) -> None:
    assert parse_date(text, None, YEAR) == date(2027, 4, 13)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "April", "April 2027", "13", "2027", "13.4.2027 10:30", "31.4.2027", "2027-13-13", "0.0.2027"),
        *("13.4.202", "13.4.20277", "5. text", "13/4-2027", "Mon 13.4.2027", "13 Foo 2027", "12.5 k", "Jan 3-15"),
        *("30 February 2027", "3 May 2027 x", "1.2.3.4", "00000000", "99999999", "Sometime, 13.4.2027"),
    ],
)
def test_what_is_no_day(text: str) -> None:
    for order in (None, "dmy", "mdy", "ymd"):
        assert parse_date(text, order, YEAR) is None


@pytest.mark.parametrize(
    ("text", "dmy", "mdy"),
    [
        ("03/04/2027", date(2027, 4, 3), date(2027, 3, 4)),
        ("3.4.27", date(2027, 4, 3), date(2027, 3, 4)),
        ("3/4", date(2027, 4, 3), date(2027, 3, 4)),
    ],
)
def test_two_days_until_the_column_decides(text: str, dmy: date, mdy: date) -> None:
    assert parse_date(text, "dmy", YEAR) == dmy
    assert parse_date(text, "mdy", YEAR) == mdy
    assert parse_date(text, None, YEAR) == Ambiguous((dmy, mdy))


def test_same_day_both_ways_and_the_weekday_that_decides() -> None:
    assert parse_date("4/4/2027", None, None) == date(2027, 4, 4)
    assert parse_date("Sat, 03/04/2027", None, None) == date(2027, 4, 3)
    assert parse_date("Thu, 03/04/2027", "dmy", None) == date(2027, 3, 4)
    assert parse_date("Sat, 02/12/2000", "dmy", None) == date(2000, 12, 2)
    assert parse_date("Sat, 02/12/2000", None, None) == Ambiguous((date(2000, 12, 2), date(2000, 2, 12)))
    assert parse_date("Fri, 13 April 2027", None, None) is None
    assert parse_date("27-04-03", "ymd", None) == date(2027, 4, 3)
    assert parse_date("13/04/2027", "ymd", None) == date(2027, 4, 13)
    assert parse_date("99-04-03", None, None) == date(2099, 4, 3)


@pytest.mark.parametrize(
    ("text", "period", "expected"),
    [
        ("17-Jun", YEAR, date(2027, 6, 17)),
        ("17-Jun", FISCAL, date(2028, 6, 17)),
        ("3. Oktober", FISCAL, date(2027, 10, 3)),
        ("17-Jun", None, None),
        ("17-Jun", (date(2027, 1, 1), date(2027, 3, 31)), None),
        ("17-Jun", (date(2027, 1, 1), date(2028, 12, 31)), Ambiguous((date(2027, 6, 17), date(2028, 6, 17)))),
        ("29 Feb", (date(2027, 1, 1), date(2028, 12, 31)), date(2028, 2, 29)),
        ("03/04", (date(2027, 4, 1), date(2027, 6, 30)), date(2027, 4, 3)),
    ],
)
def test_a_year_comes_from_the_period(text: str, period: tuple[date, date] | None, expected: object) -> None:
    assert parse_date(text, None, period) == expected


@pytest.mark.parametrize(
    ("texts", "lang", "country", "order"),
    [
        (["03/04/2027", "13/04/2027"], "en", "US", "dmy"),
        (["03/04/2027", "04/13/2027"], "de", None, "mdy"),
        (["13/04/2027", "04/13/2027"], "de", None, None),
        (["2027-04-03", "2027-04-13"], "de", None, "ymd"),
        (["2027-04-03", "13.4.2027"], "en", None, "dmy"),
        (["17. April 2027", "1.5", "99.1.2027", "03/04/2027"], "de", None, "dmy"),
        ([], "de", None, "dmy"),
        ([], "fr-FR", None, "dmy"),
        ([], "en", None, None),
        ([], "en-US", None, "mdy"),
        ([], "en", "us", "mdy"),
        ([], "en-GB", None, "dmy"),
        ([], "en-CA", None, None),
        ([], "ja", None, "ymd"),
        ([], "en", "JP", "ymd"),
        ([], "", None, None),
    ],
)
def test_the_date_order_of_a_column(texts: list[str], lang: str, country: str | None, order: str | None) -> None:
    assert date_order_of(texts, lang, country) == order


@given(
    day=st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)),
    pattern=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%y", "%d %B %Y", "%b %d, %Y", "%d-%b-%y", "%a %d/%m/%Y"]),
)
def test_days_are_read_back(day: date, pattern: str) -> None:
    assert parse_date(day.strftime(pattern), "dmy", None) == day


@given(day=st.dates(min_value=YEAR[0], max_value=YEAR[1]), start=st.integers(0, 364))
def test_a_day_without_a_year_is_found_in_any_twelve_months(day: date, start: int) -> None:
    first = day - timedelta(days=start)
    found = parse_date(day.strftime("%d-%b"), None, (first, first + timedelta(days=364)))
    assert found == day


@pytest.mark.parametrize(
    "text", ["Yes", "y", "TRUE", "1", "x", "X", "✓", "✔️", "Ja", "Oui", "Sí", "sì", "sim", "wahr", "waar", " yes* "]
)
def test_yes(text: str) -> None:
    assert parse_yes_no(text) is True


@pytest.mark.parametrize(
    "text", ["No", "n", "false", "0", "nein", "Non", "nee", "não", "falsch", "onwaar", "falso", "✗"]
)
def test_no(text: str) -> None:
    assert parse_yes_no(text) is False


@pytest.mark.parametrize("text", ["", "maybe", "yes and no", "2", "-", "?"])
def test_neither_yes_nor_no(text: str) -> None:
    assert parse_yes_no(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:30", time(9, 30)),
        ("09:30:15", time(9, 30, 15)),
        ("9.30 Uhr", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9 Uhr", time(9)),
        ("9h30", time(9, 30)),
        ("18h", time(18)),
        ("0930", time(9, 30)),
        ("9 am", time(9)),
        ("9:30 pm", time(21, 30)),
        ("9:30PM", time(21, 30)),
        ("9 p.m.", time(21)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("13 pm", None),
        ("0 am", None),
        ("24:00", None),
        ("9:60", None),
        ("9", None),
        ("930", None),
        ("9:3", None),
        ("noon", None),
        ("", None),
    ],
)
def test_times(text: str, expected: time | None) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Planned   Amount * ", "planned amount"),
        ("Date:", "date"),
        ("Straße", "strasse"),
        ("Ｄａｔｅ", "date"),
        ("Owner’s “note”", 'owner\'s "note"'),
        ("Post\u00a0ID\n(short)", "post id (short)"),
        ("Cha\u00adnnel\u200b", "channel"),
        ("*", ""),
    ],
)
def test_labels(text: str, expected: str) -> None:
    assert normal_label(text) == expected


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Instagram, Facebook; X / TikTok\nThreads & Bluesky", "Instagram|Facebook|X|TikTok|Threads|Bluesky"),
        ("Instagram/Facebook", "Instagram|Facebook"),
        ("Instagram+TikTok + Google+", "Instagram|TikTok|Google+"),
        ("TikTok and Pinterest und LinkedIn", "TikTok|Pinterest|LinkedIn"),
        ("A/B test", "A/B test"),
        ("Q&A, R&D", "Q&A|R&D"),
        ("1,200 and 1,5", "1,200|1,5"),
        ("• Reel\n• Story", "Reel|Story"),
        ("- Reel\r\n- Story", "Reel|Story"),
        ("https://example.com/abc/def, www.example.com/abc", "https://example.com/abc/def|www.example.com/abc"),
        ("Brandland", "Brandland"),
        ("behind-the-scenes", "behind-the-scenes"),
        (" , ; ", ""),
    ],
)
def test_several_things_in_one_cell(text: str, pieces: str) -> None:
    assert split_many(text) == tuple(pieces.split("|") if pieces else ())
