"""How cells look: one visual system for all templates, by role. Colours are RGB: themes do not survive."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from smsheets.layout.cells_of import Role
from smsheets.layout.content import CellValue
from smsheets.spec.model import FieldType, Look

FONT = "Calibri"

INK = "#1F2933"
MUTED = "#5F6C7B"
ACCENT = "#1F5F8B"
LINE = "#C9D3DC"
HEADER_FILL = "#1F5F8B"
HEADER_COMPUTED_FILL = "#56728A"
INPUT_FILL = "#FFFBEB"
INPUT_BAND_FILL = "#FEF3CD"
COMPUTED_FILL = "#F1F4F7"
COMPUTED_BAND_FILL = "#E4EAF0"
OWN_FILL = "#E7ECEF"
"""Of headings that are not the template's."""

VALUE_ROLES = (Role.OWN_HEADER, Role.OWN, Role.VALUE_HEADER, Role.VALUE)
"""Cells that no field says anything about: their value alone decides how it is shown."""

SERIES_COLOURS = ("#1F5F8B", "#E08E2B", "#5B8C5A", "#8A6BA8", "#C05B5B", "#7A8793")
"""Told apart by people with the common kinds of colour blindness, and in grey print by their lightness."""

LOOK_COLOURS: dict[Look | None, str] = {
    Look.GOOD: "#5B8C5A",
    Look.WATCH: "#E08E2B",
    Look.BAD: "#C05B5B",
    Look.MUTED: "#B4BDC6",
}
"""The colour of a chart's series that stands for a status."""

_TEXT_FORMAT = "@"
_GENERAL = "General"
_CENTRED = (FieldType.DATE, FieldType.MONTH, FieldType.TIME, FieldType.YES_NO)


def number_format(field_type: FieldType, decimals: int) -> str:
    """The number format of a field; `decimals` are the currency's minor digits."""
    money = "#,##0" + ("." + "0" * decimals if decimals else "")
    return {
        FieldType.MONEY: money,
        FieldType.PERCENT: "0.0%",
        FieldType.INTEGER: "#,##0",
        FieldType.NUMBER: "#,##0.##",
        FieldType.DATE: "yyyy-mm-dd",
        FieldType.MONTH: "mmm yyyy",
        FieldType.TIME: "hh:mm",
    }.get(field_type, _GENERAL)


_ROLES: dict[Role, dict[str, Any]] = {
    Role.TITLE: {"bold": True, "font_size": 18, "font_color": ACCENT},
    Role.NOTE: {"font_color": MUTED, "font_size": 10},
    Role.HEADING: {"bold": True, "font_size": 13, "font_color": ACCENT},
    Role.TEXT: {"font_size": 11},
    Role.LABEL: {"bold": True, "valign": "top"},
    Role.HINT: {"font_color": MUTED, "font_size": 9, "valign": "top", "indent": 1},
    Role.HEADER: {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": HEADER_FILL,
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
        "border_color": LINE,
    },
    Role.HEADER_COMPUTED: {
        "bold": True,
        "italic": True,
        "font_color": "#FFFFFF",
        "bg_color": HEADER_COMPUTED_FILL,
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
        "border_color": LINE,
    },
    Role.INPUT: {"bg_color": INPUT_FILL, "border": 1, "border_color": LINE, "valign": "top"},
    Role.COMPUTED: {
        "bg_color": COMPUTED_FILL,
        "border": 1,
        "border_color": LINE,
        "font_color": "#334E68",
        "valign": "top",
    },
    Role.TOTAL_LABEL: {"bold": True, "top": 1, "bottom": 1, "border_color": LINE},
    Role.TOTAL: {"bold": True, "top": 1, "bottom": 1, "border_color": LINE, "bg_color": COMPUTED_FILL},
    Role.LIST_HEADER: {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": HEADER_FILL,
        "border": 1,
        "border_color": LINE,
    },
    Role.LIST_VALUE: {"border": 1, "border_color": LINE},
    Role.LIST_SPARE: {"bg_color": INPUT_FILL, "border": 1, "border_color": LINE},
    Role.OWN_HEADER: {
        "bold": True,
        "bg_color": OWN_FILL,
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
        "border_color": LINE,
    },
    Role.OWN: {"border": 1, "border_color": LINE, "valign": "top"},
    Role.VALUE_HEADER: {"bold": True, "bg_color": OWN_FILL, "text_wrap": True, "valign": "top"},
    Role.VALUE: {"valign": "top"},
}

LOOKS: dict[Look, dict[str, Any]] = {
    Look.GOOD: {"font_color": "#1B5E20", "bg_color": "#D9F0DC"},
    Look.WATCH: {"font_color": "#7A4B00", "bg_color": "#FFE8B8"},
    Look.BAD: {"font_color": "#8B1A1A", "bg_color": "#F9D6D5", "bold": True},
    Look.MUTED: {"font_color": "#8A94A0"},
    Look.INFO: {"font_color": "#0B4F6C", "bg_color": "#D6EAF5"},
    Look.BAR: {"font_color": "#8FB8D6", "bg_color": "#8FB8D6"},
    Look.BAR_DONE: {"font_color": "#1F5F8B", "bg_color": "#1F5F8B"},
    Look.MARKER: {"font_color": "#FFFFFF", "bg_color": "#C05B5B", "bold": True},
    Look.SHARE: {"num_format": "0.0%"},
}


def cell_properties(role: Role, field_type: FieldType | None, decimals: int, band: bool) -> dict[str, Any]:
    """The format of a cell."""
    properties: dict[str, Any] = {"font_name": FONT, "font_size": 11, "font_color": INK, **_ROLES[role]}
    if band and role is Role.INPUT:
        properties["bg_color"] = INPUT_BAND_FILL
    if band and role is Role.COMPUTED:
        properties["bg_color"] = COMPUTED_BAND_FILL
    if field_type is not None:
        properties["num_format"] = number_format(field_type, decimals)
        if is_wrapped(role, field_type):
            properties["text_wrap"] = True
        if field_type in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LINK) and role is not Role.TOTAL:
            properties["indent"] = 1
        if field_type in _CENTRED:
            properties["align"] = "center"
        if role is Role.INPUT and field_type in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ID, FieldType.LINK):
            properties["num_format"] = _TEXT_FORMAT
    return properties


def value_properties(role: Role, number_format: str) -> dict[str, Any]:
    """The format of a cell that no field says anything about."""
    properties: dict[str, Any] = {"font_name": FONT, "font_size": 11, "font_color": INK, **_ROLES[role]}
    is_text = number_format == _TEXT_FORMAT
    return {**properties, "num_format": number_format, "text_wrap": is_text, "indent": 1 if is_text else 0}


def value_format(value: CellValue) -> str:
    """The number format that shows a value as what it is."""
    if isinstance(value, str):
        return _TEXT_FORMAT
    if isinstance(value, datetime):
        return "yyyy-mm-dd hh:mm:ss" if value.second else "yyyy-mm-dd hh:mm"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if isinstance(value, time):
        return "hh:mm:ss" if value.second else "hh:mm"
    return _GENERAL


def is_wrapped(role: Role, field_type: FieldType) -> bool:
    """Whether a cell breaks its text into lines."""
    return field_type is FieldType.LONG_TEXT or (role is Role.INPUT and field_type is FieldType.TEXT)
