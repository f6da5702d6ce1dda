"""Numbers as people type them: a value, several possible values, or no number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.reader.values.numbers import ParsedNumber, decimal_sign_of, parse_number
from smsheets.reader.values.words import Ambiguous


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
