"""Sheets by name, as programs change them: Numbers puts the table's name behind it."""

from __future__ import annotations

from smsheets.reader.values.words import normal_label

_NUMBERS = " - "


def sheet_labels(name: str) -> tuple[str, ...]:
    """What a sheet may be called, normalised: `Budget - Table 1` is also `budget`."""
    whole = normal_label(name)
    first, between, _ = name.rpartition(_NUMBERS)
    return (whole, normal_label(first)) if between else (whole,)
