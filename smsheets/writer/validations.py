"""Dropdowns, limits and hints: the rule of an input cell and the text beside it come from one field."""

from __future__ import annotations

from typing import Any

from smsheets.layout.cells_of import choices_range
from smsheets.layout.items import Item
from smsheets.layout.placed import Layout
from smsheets.spec.model import Field, FieldType

TITLE_LIMIT = 32  # characters of a hint's heading, a limit of Excel
_TEXT_LIMIT = 255  # characters of a hint, a limit of Excel
_FAR_FUTURE = "=DATE(2199,12,31)"
_FAR_PAST = "=DATE(1990,1,1)"


def validation_of(layout: Layout, field: Field, item: Item | None = None) -> dict[str, Any]:
    """The XlsxWriter options of an input cell. A value outside warns and may be kept: locking drives people away."""
    words = layout.words
    options: dict[str, Any] = {"validate": "any", **_rule(layout, field)}
    label = words.text(field.label)
    options["input_title"] = short_title(f"{label}, {item.label}" if item is not None else label)
    if field.hint:
        options["input_message"] = words.text(field.hint)[:_TEXT_LIMIT]
    if options["validate"] != "any":
        options["error_type"] = "warning"
        options["error_title"] = short_title(label)
        options["error_message"] = words.text(_error_message(field, options["validate"]))[:_TEXT_LIMIT]
        # The dropdown cannot offer every day.
        options["show_error"] = not field.dated
    return options


def short_title(text: str) -> str:
    """The heading of a hint: a longer label is cut between words, and shows that it is."""
    if len(text) <= TITLE_LIMIT:
        return text
    kept = text[:TITLE_LIMIT].rpartition(" ")[0] or text[: TITLE_LIMIT - 1]
    return kept.rstrip(" ,;:.") + "…"


def _rule(layout: Layout, field: Field) -> dict[str, Any]:
    source = choices_range(layout, field)
    if source is not None:
        return {"validate": "list", "source": "=" + source}
    if field.type in (FieldType.DATE, FieldType.MONTH):
        return {"validate": "date", "criteria": "between", "minimum": _FAR_PAST, "maximum": _FAR_FUTURE}
    if field.type is FieldType.TIME:
        return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
    if field.type in (FieldType.NUMBER, FieldType.MONEY, FieldType.PERCENT, FieldType.INTEGER):
        kind = "integer" if field.type is FieldType.INTEGER else "decimal"
        low = field.minimum if field.minimum is not None else -1e9
        high = field.maximum if field.maximum is not None else 1e12 if kind == "decimal" else 2e9
        whole = kind == "integer"
        return {
            "validate": kind,
            "criteria": "between",
            "minimum": int(low) if whole else low,
            "maximum": int(high) if whole else high,
        }
    return {}


def _error_message(field: Field, rule: str) -> str:
    if rule == "list":
        return "Please pick a value from the list. You can add values on the sheet Lists."
    if rule == "date":
        return "Please type a date, for example 2027-03-15."
    if field.type is FieldType.TIME:
        return "Please type a time, for example 09:30."
    if rule == "integer":
        return "Please type a whole number, without a unit."
    return "Please type a number, without a unit or currency."
