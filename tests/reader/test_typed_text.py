"""Any text at all, given to every parser of what people type."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from smsheets.reader.values.dates import date_order_of, parse_date, parse_time
from smsheets.reader.values.numbers import decimal_sign_of, parse_number
from smsheets.reader.values.words import normal_label, parse_yes_no, split_many

YEAR = (date(2027, 1, 1), date(2027, 12, 31))


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
