"""Working days between dates, as LibreOffice's NETWORKDAYS.INTL and WORKDAY.INTL count them: `working_days.jsonl`.

One line is a place, the days of its week that are off (a 1 each, Monday first), some dates that are off, a first and a
last day, the working days between them with both counted (`days`), and the day on which as many working days have
gone by after the day before the first (`nth` of them, `end`). What it holds is LibreOffice 7.4.7's own word, asked
again by tests/proof/test_working_days_by_libreoffice.py.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import msgspec

FILE = Path(__file__).with_suffix(".jsonl")


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table. `place` is a country, with a region where that has another weekend; empty for none."""

    place: str
    weekend: str
    off: tuple[date, ...]
    first: date
    last: date
    days: int
    nth: int
    end: date


def counted() -> tuple[Counted, ...]:
    """Every line."""
    return tuple(msgspec.convert(json.loads(line), Counted) for line in FILE.read_text(encoding="utf-8").splitlines())
