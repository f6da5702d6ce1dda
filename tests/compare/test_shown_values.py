"""How values and changes are put into words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smsheets.cells import CellRef
from smsheets.comparison.changes import Change, Meaning
from smsheets.comparison.figures import before_and_now, column_name, differing_parts, meaning, places, shown_value
from smsheets.comparison.side import Column, Unread, Value
from smsheets.report.wording import Words

OLD, NEW = CellRef("old.xlsx", "S", 4, 2), CellRef("new.xlsx", "S", 6, 2)


def change(old: Value, new: Value, type_: str = "text", **more: object) -> Change:
    column = Column(id="c", label="Planned", type=type_, words={"instagram": "Instagram"}, repeats="months")
    return Change(column=column, old=old, new=new, old_cell=OLD, new_cell=NEW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "type_", "language", "shown"),
    [
        ("instagram", "text", "en", "Instagram"),
        ("My own shop window", "text", "de", "My own shop window"),
        (Unread("12 k"), "money", "de", "nicht gelesen: '12 k'"),
        (True, "yes_no", "de", "ja"),
        (("instagram", "word of mouth"), "text", "en", "Instagram, word of mouth"),
        (Decimal("1200.5"), "money", "en", "€1,200.50"),
        (Decimal("0.055"), "percent", "de", "5,5\u00a0%"),
        (date(2027, 3, 5), "date", "en", "Mar 5, 2027"),
        (date(2027, 3, 1), "month", "en", "Mar 2027"),
        ("{amount}", "text", "en", "{amount}"),
    ],
)
def test_a_value(value: Value, type_: str, language: str, shown: str) -> None:
    column = Column(id="c", label="C", type=type_, words={"instagram": "Instagram"})
    assert Words(language).value(shown_value(value, column, "EUR")) == shown


@pytest.mark.parametrize(
    ("old", "new", "type_", "shown"),
    [
        ("1.001", "1.002", "number", ["1.001", "1.002"]),
        ("0.0526", "0.0527", "percent", ["0.0526", "0.0527"]),
        ("10", "10.5", "money", ["€10.00", "€10.50"]),
    ],
)
def test_two_numbers_never_look_the_same(old: str, new: str, type_: str, shown: list[str]) -> None:
    both = before_and_now(change(Decimal(old), Decimal(new), type_), "EUR", "EUR")
    assert [Words("en").value(value) for value in both] == shown


def test_what_a_change_means_in_words() -> None:
    def told(item: Change, currency: str = "EUR") -> str:
        return Words("en").cell(meaning(item, currency))

    assert told(change(date(2027, 3, 1), date(2027, 3, 8), "date", days=5, working=True)) == "5 working days later"
    assert told(change(date(2027, 3, 2), date(2027, 3, 1), "date", days=-1)) == "1 day earlier"
    assert told(change(Decimal(10), Decimal(25), "money", more=Decimal(15))) == "€15.00 more"
    assert told(change(Decimal(10), Decimal(25), "money", more=Decimal(15)), "") == ""
    assert told(change(Decimal("0.5"), Decimal("0.4"), "percent", more=Decimal("-0.1"))) == "10 points less"
    assert told(change("draft", "published", meaning=Meaning.PROGRESS)) == "progress"
    assert told(change(None, "x", meaning=Meaning.FILLED)) == "filled in"
    assert told(change("x", "y")) == ""


def test_a_month_stands_with_its_heading() -> None:
    assert Words("de").value(column_name(change("x", "y", each=date(2027, 3, 1)))) == "Geplant, März 2027"


def test_both_cells_are_named_where_the_row_moved() -> None:
    assert places(change("x", "y")) == "B4 → B6"


def test_of_long_texts_what_differs_is_shown() -> None:
    begin, end = "The kiln is warm and the glaze is dry today. ", " And then we open the door and look at all of it."
    old, new = differing_parts(f"{begin}Come on Friday.{end}", f"{begin}Come on Saturday.{end}")
    assert "Friday" in old
    assert "Saturday" in new
    assert old.startswith("…")
    assert new.endswith("…")
    assert differing_parts("short", "longer") == ("short", "longer")
