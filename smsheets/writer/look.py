"""How cells look: one visual system for all templates, by role.

Looks that must not be mistaken for each other differ in lightness as well as in hue, so that it holds for people with
any kind of colour blindness and on a grey printer; `tests/writer/test_palette.py` works that out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from smsheets.layout.cells_of import CellContent, Role
from smsheets.layout.content import CellValue
from smsheets.layout.measures import HINT_SIZE as HINT_SIZE
from smsheets.layout.measures import TEXT_SIZE as TEXT_SIZE
from smsheets.layout.measures import is_narrow
from smsheets.spec.model import Column
from smsheets.spec.vocabulary import FieldType, Look, SeriesRole

WHITE = "#FFFFFF"
INK = "#1F2933"
MUTED = "#55616E"
"""Of notes and hints."""

_COMPUTED_INK = "#334E68"
DEEP = "#163A56"
"""The band behind a sheet's title."""

ACCENT = "#1F5F8B"
HEADER_FILL = ACCENT
HEADER_COMPUTED_FILL = "#56728A"
LINE = "#D3DAE1"
INPUT_FILL = "#FFFCEE"
INPUT_BAND_FILL = "#FFF4D3"
COMPUTED_FILL = "#EFF3F7"
COMPUTED_BAND_FILL = "#E1E8EF"
_OWN_FILL = "#E7ECEF"
"""Of headings that are not the template's."""

INPUT_TAB = "#E2A32F"
LATER_TAB = "#F6DFA6"
COMPUTED_TAB = ACCENT
REFERENCE_TAB = "#A7B2BD"
START_TAB = DEEP


@dataclass(frozen=True, slots=True)
class Shade:
    """The fill and the outline of a part of a chart; the outline keeps pale shades in sight on white paper."""

    fill: str
    outline: str


PLANNED = Shade("#B5D0E3", "#4C7FA3")
ACTUAL = Shade("#1F5F8B", "#1F5F8B")
TARGET = Shade("#D97A1E", "#D97A1E")

SERIES: dict[SeriesRole | None, Shade] = {
    SeriesRole.PLANNED: PLANNED,
    SeriesRole.ACTUAL: ACTUAL,
    SeriesRole.TARGET: TARGET,
}
"""The shade of a series by its role: the same in all charts."""

OTHER_SERIES = (ACTUAL, PLANNED, TARGET)
"""Shades of series without such a role, in order."""

LINES = ("#1F5F8B", "#D97A1E", "#2E7D6B", "#6B4E9B", "#A0426E", "#5B6770", "#8A6D1B", "#4C7FA3")
MARKERS = ("circle", "square", "diamond", "triangle")
"""Colours and marks of lines without such a role, in order: colour is never alone."""

STATUS: dict[Look | None, Shade] = {
    Look.GOOD: Shade("#2E7D6B", "#2E7D6B"),
    Look.WATCH: Shade("#E2A32F", "#9A6A10"),
    Look.BAD: Shade("#8E1B1B", "#8E1B1B"),
    Look.MUTED: Shade("#DDE2E7", "#7A8793"),
}
"""The shade of a series that counts a status."""


FONT = "Calibri"
TITLE_SIZE, HEADING_SIZE, _TILE_SIZE, NOTE_SIZE = 15, 13, 12, 10
_CARD_SIZE = 20
"""The type scale, in points."""

VALUE_ROLES = (Role.OWN_HEADER, Role.OWN, Role.VALUE_HEADER, Role.VALUE)
"""Cells that no field says anything about: their value alone decides how it is shown."""

_TEXT_FORMAT = "@"
_TIME = "hh:mm"
_SECONDS = ":ss"
_GENERAL = "General"
_CENTRED = (FieldType.DATE, FieldType.MONTH, FieldType.TIME, FieldType.YES_NO, FieldType.ID)
_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LINK)
_PLAIN_TEXTS = (*_TEXTS, FieldType.ID)


class Country(NamedTuple):
    """How figures and days are written: the decimals of an amount, the number format of a day, words behind figures."""

    decimals: int
    dates: str
    in_a_month: str = ""
    of_target: str = ""

    @property
    def moments(self) -> str:
        """The number format of a day with its time."""
        return f"{self.dates} {_TIME}"


def number_format(field_type: FieldType, country: Country) -> str:
    """The number format of a field."""
    decimals = country.decimals
    money = "#,##0" + ("." + "0" * decimals if decimals else "")
    return {
        FieldType.MONEY: money,
        FieldType.PERCENT: "0.0%",
        FieldType.INTEGER: "#,##0",
        FieldType.NUMBER: "#,##0.##",
        FieldType.DATE: country.dates,
        FieldType.MONTH: "mmm yyyy",
        FieldType.TIME: _TIME,
    }.get(field_type, _GENERAL)


_BOX: dict[str, Any] = {"border": 1, "border_color": LINE, "valign": "vcenter"}
_INDENTED: dict[str, Any] = {"align": "left", "indent": 1}
_WHITE_ON: dict[str, Any] = {**_BOX, "bold": True, "font_color": WHITE}
_INPUT: dict[str, Any] = {**_BOX, "bg_color": INPUT_FILL}
_COMPUTED: dict[str, Any] = {**_BOX, "bg_color": COMPUTED_FILL, "font_color": _COMPUTED_INK}
_HINT: dict[str, Any] = {"font_color": MUTED, "font_size": HINT_SIZE, "valign": "vcenter", **_INDENTED}
_CARD_EDGES: dict[str, Any] = {"right": 5, "right_color": WHITE}
_CARD: dict[str, Any] = {"bg_color": COMPUTED_FILL, "valign": "vcenter", **_INDENTED, **_CARD_EDGES}
_CARD_ROLES = frozenset(role for role in Role if role.name.startswith("CARD_"))

_ROLES: dict[Role, dict[str, Any]] = {
    Role.TITLE: {
        "bold": True,
        "font_size": TITLE_SIZE,
        "font_color": WHITE,
        "bg_color": DEEP,
        "valign": "vcenter",
        **_INDENTED,
    },
    # Light, since LibreOffice shows every link in a dark blue of its own.
    Role.BACK: {
        "font_size": NOTE_SIZE,
        "font_color": ACCENT,
        "bg_color": COMPUTED_FILL,
        "underline": 1,
        "valign": "vcenter",
        **_INDENTED,
    },
    Role.NOTE: {"font_color": MUTED, "font_size": NOTE_SIZE, "valign": "vcenter"},
    Role.WHEN_EMPTY: {"font_color": ACCENT, "font_size": NOTE_SIZE, "underline": 1, "valign": "vcenter"},
    Role.HEADING: {"bold": True, "font_size": HEADING_SIZE, "font_color": ACCENT, "valign": "vcenter"},
    Role.TEXT: {"valign": "vcenter"},
    Role.LABEL: {"bold": True, "valign": "vcenter"},
    Role.HINT: _HINT,
    Role.LONG_HINT: {**_HINT, "text_wrap": True},
    Role.EXAMPLE: {**_HINT, "italic": True, "text_wrap": True},
    Role.LINK: {**_BOX, **_INDENTED, "font_color": ACCENT, "underline": 1},
    Role.KEY_INPUT: {**_INPUT, **_INDENTED},
    Role.KEY_COMPUTED: {**_COMPUTED, **_INDENTED},
    Role.HEADER: {**_WHITE_ON, "bg_color": HEADER_FILL, "text_wrap": True},
    Role.HEADER_COMPUTED: {**_WHITE_ON, "italic": True, "bg_color": HEADER_COMPUTED_FILL, "text_wrap": True},
    Role.INPUT: _INPUT,
    Role.COMPUTED: _COMPUTED,
    Role.TILE: {**_COMPUTED, "bold": True, "font_size": _TILE_SIZE, "font_color": INK},
    Role.TOTAL_LABEL: {"bold": True, "top": 1, "bottom": 1, "border_color": LINE, "valign": "vcenter"},
    Role.TOTAL: {
        "bold": True,
        "top": 1,
        "bottom": 1,
        "border_color": LINE,
        "bg_color": COMPUTED_FILL,
        "valign": "vcenter",
    },
    Role.LIST_HEADER: {**_WHITE_ON, **_INDENTED, "bg_color": HEADER_FILL, "text_wrap": True},
    Role.LIST_VALUE: {**_BOX, **_INDENTED},
    Role.LIST_SPARE: {**_INPUT, **_INDENTED},
    Role.OWN_HEADER: {**_BOX, "bold": True, "bg_color": _OWN_FILL, "text_wrap": True},
    Role.OWN: _BOX,
    Role.END: {
        "top": 1,
        "border_color": LINE,
        "font_color": MUTED,
        "font_size": HINT_SIZE,
        "italic": True,
        "valign": "top",
    },
    Role.CARD_HEADER: {"font_color": WHITE, "bg_color": ACCENT, "font_size": 1, **_CARD_EDGES},
    Role.CARD_WHERE: {**_CARD, "font_color": MUTED, "font_size": NOTE_SIZE},
    Role.CARD_WHAT: {**_CARD, "bold": True, "text_wrap": True},
    Role.CARD_VALUE: {**_CARD, "bold": True, "font_size": _CARD_SIZE, "font_color": DEEP},
    Role.CARD_CHANGE: {**_CARD, "font_color": MUTED, "font_size": NOTE_SIZE},
    Role.CARD_SHARE: {**_CARD, "font_color": MUTED, "font_size": NOTE_SIZE},
    Role.CARD_WORD: {**_CARD, "bold": True},
    Role.CARD_UNIT: _CARD,
    Role.VALUE_HEADER: {"bold": True, "bg_color": _OWN_FILL, "text_wrap": True, "valign": "top"},
    Role.VALUE: {"valign": "top"},
}

LOOKS: dict[Look, dict[str, Any]] = {
    Look.GOOD: {"font_color": "#1B5E20", "bg_color": "#D9F0DC"},
    Look.WATCH: {"font_color": "#7A4B00", "bg_color": "#FFE8B8"},
    Look.BAD: {"font_color": "#8B1A1A", "bg_color": "#F9D6D5", "bold": True},
    Look.MUTED: {"font_color": "#58636F"},
    Look.INFO: {"font_color": "#0B4F6C", "bg_color": "#D6EAF5"},
    Look.BAR: {"font_color": DEEP, "bg_color": "#A9C7DD"},
    Look.BAR_DONE: {"font_color": WHITE, "bg_color": ACCENT},
    Look.MARKER: {"font_color": WHITE, "bg_color": "#A83A3A", "bold": True},
    Look.SHARE: {"num_format": "0.0%"},
    Look.HIDDEN: {"font_color": COMPUTED_FILL, "bg_color": COMPUTED_FILL},
}

UNUSED: dict[str, Any] = {"bg_color": WHITE, "left": 1, "right": 1, "bottom": 1, "border_color": WHITE}
"""Of a computed row or column that holds nothing yet: as if it were not there."""


class Setting(NamedTuple):
    """The surroundings of a cell, as far as they decide how it looks.

    Attributes:
        band: It is in every other group of columns.
        narrow: Its column is too narrow for a heading that runs across.
        in_form: It is the value beside a label.
        in_grid: It is a day of a calendar, or a task on a board.
        tall: It is in a row of three lines.
    """

    band: bool = False
    narrow: bool = False
    in_form: bool = False
    in_grid: bool = False
    tall: bool = False


_ALONE = Setting()


def setting_of(cell: CellContent) -> Setting:
    """A cell's surroundings."""
    field = cell.field
    in_form = field is not None and not isinstance(field, Column)
    in_grid = isinstance(field, Column) and field.each is not None and field.type is FieldType.LONG_TEXT
    return Setting(cell.band, is_narrow(field), in_form, in_grid, cell.tall)


def cell_properties(
    role: Role, field_type: FieldType | None, country: Country, setting: Setting = _ALONE
) -> dict[str, Any]:
    """The format of a cell."""
    properties: dict[str, Any] = {"font_name": FONT, "font_size": TEXT_SIZE, "font_color": INK, **_ROLES[role]}
    if role in _CARD_ROLES:
        return {**properties, "num_format": _card_format(role, country)}
    if role in (Role.HEADER, Role.HEADER_COMPUTED):
        return {**properties, **_header_position(field_type, setting.narrow)}
    if setting.band and role is Role.INPUT:
        properties["bg_color"] = INPUT_BAND_FILL
    if setting.band and role is Role.COMPUTED:
        properties["bg_color"] = COMPUTED_BAND_FILL
    if field_type is not None:
        properties["num_format"] = number_format(field_type, country)
        properties.update(_position(role, field_type))
        if role is Role.INPUT and field_type in _PLAIN_TEXTS:
            properties["num_format"] = _TEXT_FORMAT
    if setting.in_form:
        properties.update(_INDENTED)
    if setting.tall:
        properties["valign"] = "top"
    if setting.in_grid:
        properties.update(valign="top", font_size=HINT_SIZE)
    if setting.narrow:
        properties.update(align="center", indent=0, font_size=HINT_SIZE)
    return properties


def _card_format(role: Role, country: Country) -> str:
    """The number format of a row of cards."""
    return {
        Role.CARD_HEADER: ";;;",  # a bar: its words are for who reads the file
        Role.CARD_VALUE: "#,##0.##",
        Role.CARD_CHANGE: "▲ 0.0%{0};▼ 0.0%{0};0.0%{0}".format(f' "{country.in_a_month}"'),
        Role.CARD_SHARE: f'0.0% "{country.of_target}"',
    }.get(role, _GENERAL)


def _header_position(field_type: FieldType | None, narrow: bool) -> dict[str, Any]:
    """Headings of texts begin where the texts do; those of figures and days are in the middle."""
    if narrow:
        return {"rotation": 90, "align": "center", "font_size": HINT_SIZE, "text_wrap": False}
    return _INDENTED if field_type is None or field_type in _TEXTS else {"align": "center"}


def _position(role: Role, field_type: FieldType) -> dict[str, Any]:
    position: dict[str, Any] = {}
    if is_wrapped(role, field_type):
        position["text_wrap"] = True
    if field_type in _TEXTS and role is not Role.TOTAL:
        position.update(_INDENTED)
    if field_type in _CENTRED:
        position["align"] = "center"
    return position


def value_properties(role: Role, number_format: str) -> dict[str, Any]:
    """The format of a cell that no field says anything about."""
    properties: dict[str, Any] = {"font_name": FONT, "font_size": TEXT_SIZE, "font_color": INK, **_ROLES[role]}
    is_text = number_format == _TEXT_FORMAT
    return {**properties, "num_format": number_format, "text_wrap": is_text, "indent": 1 if is_text else 0}


def look_properties(look: Look, country: Country) -> dict[str, Any]:
    """The format of a conditional look."""
    if look in (Look.DAY, Look.MOMENT):
        return {"num_format": country.dates if look is Look.DAY else country.moments}
    return LOOKS[look]


def value_format(value: CellValue, country: Country) -> str:
    """The number format that shows a value as what it is."""
    if isinstance(value, str):
        return _TEXT_FORMAT
    if isinstance(value, datetime):
        return country.moments + (_SECONDS if value.second else "")
    if isinstance(value, date):
        return country.dates
    if isinstance(value, time):
        return _TIME + (_SECONDS if value.second else "")
    return _GENERAL


def is_wrapped(role: Role, field_type: FieldType) -> bool:
    """True where a cell breaks its text into lines."""
    return field_type is FieldType.LONG_TEXT or (role is Role.INPUT and field_type is FieldType.TEXT)
