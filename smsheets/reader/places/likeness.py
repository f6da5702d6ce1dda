"""Labels that look like each other: misspelt, or with a remark behind them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from smsheets.reader.values.words import normal_label

LOOKS_LIKE = 0.72
_MOST_COMPARED = 200
_LONG_LABEL = 4


def lookalike(label: str, strange: Mapping[int, str]) -> tuple[int, str] | None:
    """The strange heading that looks most like a label, or None where none does."""
    wanted = normal_label(label)
    rated = [(likeness(wanted, normal_label(text)), col, text) for col, text in strange.items()]
    rated = [entry for entry in rated if entry[0] >= LOOKS_LIKE]
    if not rated:
        return None
    _, col, text = max(rated)
    return col, text


def likeness(wanted: str, found: str) -> float:
    """How much a label looks like another, 0 to 1; one with a remark behind it looks just like it."""
    if wanted == found or (len(wanted) >= _LONG_LABEL and re.match(rf"{re.escape(wanted)}\W", found)):
        return 1.0
    if len(found) > 2 * len(wanted) + 2:
        return 0.0
    return difflib.SequenceMatcher(None, wanted, found).ratio()
