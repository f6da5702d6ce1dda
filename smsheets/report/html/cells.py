"""A value on the page: its text, and what the page does with it."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from smsheets.money import Share
from smsheets.report.document import Cell, Status, Tone
from smsheets.report.html.bars import percent
from smsheets.report.wording import Words

SIGNS = {Tone.GOOD: "✓", Tone.WATCH: "!", Tone.BAD: "✕", Tone.NEUTRAL: "–"}
"""What stands before a status word: told apart without colour."""


class CellPage(msgspec.Struct, frozen=True, kw_only=True):
    """A value in words.

    Attributes:
        tone, sign: Of a status.
        bar: Of a share of a whole: how long its bar is, `43.5%`.
    """

    text: str
    tone: str = ""
    sign: str = ""
    bar: str = ""


def make_cell(value: Cell, words: Words, *, bar: bool = False) -> CellPage:
    """A value with its status colour, or with a bar where that is asked for."""
    text = words.cell(value)
    if isinstance(value, Status):
        return CellPage(text=text, tone=value.tone.value, sign=SIGNS[value.tone])
    if bar and isinstance(value, Share):
        return CellPage(text=text, bar=percent(min(value.value, Decimal(1))))
    return CellPage(text=text)
