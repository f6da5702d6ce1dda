"""Structs become JSON by what a view declares."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from smsheets.cells import CellRef
from smsheets.money import Money, Share
from smsheets.report.json import CellView, View, json_bytes
from smsheets.report.wording import Words

WORDS = Words("de")


class Bill(msgspec.Struct, frozen=True, kw_only=True):
    paid: object
    cells: tuple[CellRef, ...] = ()
    state: str = "no data"


class BillView(View, frozen=True, kw_only=True):
    paid: Decimal | None
    cells: tuple[CellView, ...]
    in_words: str
    payer: str = "Ada"

    @classmethod
    def _own(cls, source: Any, words: Words) -> dict[str, Any]:
        return {"in_words": words.text(source.state), "payer": "Ben"}


@pytest.mark.parametrize(
    ("paid", "shown"),
    [(Money(Decimal("120.00"), "EUR"), '"120.00"'), (Share(Decimal("0.5")), '"0.5"'), (3, '"3"'), (None, "null")],
)
def test_amounts_shares_and_counts_are_exact_decimals(paid: object, shown: str) -> None:
    view = BillView.make(Bill(paid=paid), WORDS)
    assert f'"paid": {shown},' in json_bytes(view).decode()


def test_a_cell_is_written_as_excel_writes_it() -> None:
    view = BillView.make(Bill(paid=None, cells=(CellRef("a.xlsx", "Budget", 14, 8),)), WORDS)
    assert view.cells == (CellView(file="a.xlsx", sheet="Budget", cell="H14"),)


def test_sentences_are_in_words_and_what_the_caller_knows_comes_first() -> None:
    view = BillView.make(Bill(paid=None), WORDS, payer="Cleo")
    assert (view.in_words, view.payer) == ("keine Daten", "Cleo")


def test_a_field_that_the_struct_does_not_have_is_a_mistake_in_the_view() -> None:
    with pytest.raises(AttributeError, match="in_words"):
        WholeView.make(Bill(paid=None), WORDS)


class WholeView(View, frozen=True, kw_only=True):
    in_words: str
