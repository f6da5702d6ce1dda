"""Whether a value that is written into a new workbook fits the type of its cell."""

from __future__ import annotations

from datetime import date, time

from smsheets.spec.model import FieldType, Value

NUMBERS = (FieldType.NUMBER, FieldType.INTEGER, FieldType.MONEY, FieldType.PERCENT)


def what_is_expected(type_: FieldType, value: Value) -> str:
    """What a cell of a type should hold, where this value is something else; empty where it fits."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if type_ in NUMBERS:
        whole = number and float(str(value)).is_integer()
        if type_ is FieldType.INTEGER:
            return "" if whole else "a whole number"
        return "" if number else "a number"
    if type_ is FieldType.YES_NO:
        return "" if value in (True, False, "yes", "no") else "yes or no"
    if type_ in (FieldType.DATE, FieldType.MONTH):
        return "" if _is_iso(date, value) else "a date like 2027-03-15"
    if type_ is FieldType.TIME:
        return "" if _is_iso(time, value) else "a time like 09:30"
    return "" if isinstance(value, str) else "a text"


def _is_iso(type_: type[date] | type[time], value: Value) -> bool:
    if not isinstance(value, str):
        return False
    try:
        type_.fromisoformat(value)
    except ValueError:
        return False
    return True
