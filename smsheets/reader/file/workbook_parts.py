"""The parts of a workbook that its sheets rely on: the list of sheets, shared texts, number formats, properties.

Names of elements are matched without their namespace, which makes strict files no special case.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import msgspec

from smsheets.reader.file.limits import NOT_OURS
from smsheets.reader.file.package import (
    SAVE_AGAIN,
    DamagedFileError,
    LocalNames,
    Package,
    Relationship,
    UnusableFileError,
)
from smsheets.reader.file.source_cells import LONGEST_TEXT, TOO_LONG, ErrorValue, text_value

_LEAP_BUG = 60  # Excel's 29 February 1900, a day that was not
_LAST_SERIAL = 2_958_466  # 1 January 10000
_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_MILLISECONDS = 86_400_000  # in a day

_DATE, _TIME = "date", "time"
_GENERAL = "General"
_BUILTIN_KINDS = {
    **dict.fromkeys(map(str, (14, 15, 16, 17, 22, *range(27, 32), 34, 35, 36, *range(50, 59))), _DATE),
    **dict.fromkeys(map(str, (18, 19, 20, 21, 32, 33, 45, 47)), _TIME),
}  # 46 is [h]:mm:ss: a length of time, which stays a number
"""By the number that a file gives instead of a code. Those of East Asia (27 to 36, 50 to 58) differ by country."""

BUILTIN_CODES = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00", "12": "# ?/?",
    "13": "# ??/??", "14": "mm-dd-yy", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss", "22": "m/d/yy h:mm", "37": "#,##0 ;(#,##0)",
    "38": "#,##0 ;[Red](#,##0)", "39": "#,##0.00;(#,##0.00)", "40": "#,##0.00;[Red](#,##0.00)", "45": "mm:ss",
    "46": "[h]:mm:ss", "47": "mmss.0", "48": "##0.0E+0", "49": "@",
}  # fmt: skip
_FORMAT_NOISE = re.compile(r'"[^"]*"?|\\.|_.|\*.|am/pm|a/p', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]?")


def format_kind(code: str) -> str | None:
    """True if a number format shows a date ("date") or a time of day ("time"); None for numbers and lengths of time."""
    code = _FORMAT_NOISE.sub(" ", code)
    code = code.split(";")[0].lower()
    if _ELAPSED.search(code):
        return None
    code = _BRACKETS.sub("", code).replace("general", "").replace("standard", "")
    if re.search(r"[yd]", code) or (re.search(r"[eg]", code) and not re.search(r"[0#?]", code)):
        return _DATE
    if re.search(r"[hs]", code):
        return _TIME
    return _DATE if "m" in code else None


def serial_value(number: float, kind: str, *, date1904: bool) -> date | datetime | time | float:
    """A count of days as the date or time it shows.

    Args:
        number: days since the workbook's epoch.
        kind: "date" or "time", see `format_kind`.
        date1904: whether the count begins in 1904, as old Macs had it.

    Returns:
        A date for whole days, a datetime for others, a time below one day; the number itself where no such day is.
    """
    if number < 0 or number >= _LAST_SERIAL - (1462 if date1904 else 0):
        return number
    if number < 1 and not (date1904 and kind == _DATE):
        return (datetime.min + timedelta(milliseconds=min(round(number * _MILLISECONDS), _MILLISECONDS - 1))).time()
    if not date1904 and int(number) == _LEAP_BUG:
        return number
    days, rest = divmod(round(number * _MILLISECONDS), _MILLISECONDS)
    if not date1904 and number < _LEAP_BUG:
        days += 1
    try:
        moment = (_EPOCH_1904 if date1904 else _EPOCH_1900) + timedelta(days=days, milliseconds=rest)
    except OverflowError:  # the last millisecond of the last day, rounded up
        return number
    return moment.date() if rest == 0 else moment


class Contents(msgspec.Struct):
    """The facts of the workbook part: sheets as (name, state, relationship id), names, epoch.

    `sheet_names` are the names that hold on one sheet only, by that sheet's place in the list, from 0.
    """

    sheets: list[tuple[str, str, str]]
    names: dict[str, str]
    sheet_names: dict[str, dict[str, str]]
    date1904: bool = False


class Formats(msgspec.Struct):
    """The number formats of cell styles, by the style's number as text.

    `kinds` has those that show a date or a time of day, `codes` all but General.
    """

    kinds: dict[str, str]
    codes: dict[str, str]


def find_workbook(package: Package) -> str:
    """The part that lists the sheets; by its content type where the pointer is missing or wrong."""
    main = next((link.target for link in package.relationships("").values() if link.kind == "officeDocument"), "")
    if package.holds(main):
        return main
    part = package.part_of_kind("sheet.main+xml", "sheet.macroEnabled.main+xml", "template.main+xml")
    if part is None and not package.holds("xl/workbook.xml"):
        raise DamagedFileError(f"this workbook is damaged: it has no list of sheets. {SAVE_AGAIN}")
    return part or "xl/workbook.xml"


def find_part(package: Package, links: dict[str, Relationship], kind: str, content_type: str) -> str | None:
    """A part the workbook points at; by its content type where the pointer is missing or wrong."""
    for link in links.values():
        if link.kind == kind and package.holds(link.target):
            return link.target
    return package.part_of_kind(content_type)


def read_contents(package: Package, part: str) -> Contents:
    """The sheets, the names of the whole workbook, and the epoch."""
    contents = Contents([], {}, {})
    local = LocalNames()
    pieces: list[str] = []
    name = ""
    names = contents.names

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal name, names
        pieces.clear()
        match local[tag]:
            case "workbookPr":
                # An extension further down has an element of the same name, without the epoch.
                contents.date1904 |= attrs.get("date1904", "").lower() in ("1", "true", "on")
            case "sheet":
                link = next((value for key, value in attrs.items() if local[key] == "id"), "")
                contents.sheets.append((attrs.get("name", ""), attrs.get("state", "visible"), link))
            case "definedName":
                name, place = attrs.get("name", ""), attrs.get("localSheetId")
                names = contents.names if place is None else contents.sheet_names.setdefault(place, {})

    def end(tag: str) -> None:
        if local[tag] == "definedName" and name:
            names[name] = "".join(pieces).strip()

    package.parse(part, start=start, end=end, text=pieces.append)
    if len(contents.sheets) > package.limits.parts:
        raise UnusableFileError(f"this workbook has more than {package.limits.parts:,} sheets. {NOT_OURS}")
    return contents


def read_strings(package: Package, part: str | None) -> list[str | ErrorValue]:
    """The texts that cells point at, their rich text runs joined, without the reading aids of Japanese."""
    strings: list[str | ErrorValue] = []
    if part is None:
        return strings
    local = LocalNames()
    runs: list[str] = []
    pieces: list[str] = []
    aside = False

    def start(tag: str, _attrs: dict[str, str]) -> None:
        nonlocal aside
        pieces.clear()
        aside = aside or local[tag] == "rPh"

    def end(tag: str) -> None:
        nonlocal aside
        tag = local[tag]
        if tag == "t" and not aside:
            runs.extend(pieces)
        elif tag == "rPh":
            aside = False
        elif tag == "si":
            text = "".join(runs)
            runs.clear()
            if len(text) > LONGEST_TEXT:
                raise UnusableFileError(f"this workbook is damaged: a text in it {TOO_LONG}. {SAVE_AGAIN}")
            strings.append(text_value(text))
            if len(strings) > package.limits.cells:
                raise UnusableFileError(
                    f"this workbook has more than {package.limits.cells:,} texts. "
                    "Delete the sheets that are not needed and save it again, or allow more with --max-cells."
                )

    package.parse(part, start=start, end=end, text=pieces.append)
    return strings


def read_formats(package: Package, part: str | None) -> Formats:
    """How the cell styles show numbers."""
    formats = Formats({}, {})
    if part is None:
        return formats
    local = LocalNames()
    codes: dict[str, str] = {}
    used: list[str] = []
    section = ""

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal section
        tag = local[tag]
        if tag in ("numFmts", "cellXfs", "cellStyleXfs", "dxfs"):
            section = tag
        elif tag == "numFmt" and section == "numFmts":
            codes[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
        elif tag == "xf" and section == "cellXfs":
            used.append(attrs.get("numFmtId", "0"))

    package.parse(part, start=start)
    kinds: dict[str, str | None] = {}
    for style, number in enumerate(used):
        if number not in kinds:
            kinds[number] = format_kind(codes[number]) if number in codes else _BUILTIN_KINDS.get(number)
        kind = kinds[number]
        if kind:
            formats.kinds[str(style)] = kind
        code = codes.get(number) or BUILTIN_CODES.get(number, "")
        if code and code != _GENERAL:
            formats.codes[str(style)] = code
    return formats


def read_properties(package: Package) -> dict[str, str]:
    """The custom document properties, all as text."""
    properties: dict[str, str] = {}
    kinds = ("custom-properties", "customProperties")
    part = next((link.target for link in package.relationships("").values() if link.kind in kinds), None)
    if part is None or not package.holds(part):
        return properties
    local = LocalNames()
    pieces: list[str] = []
    name = ""

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal name
        pieces.clear()
        if local[tag] == "property":
            name = attrs.get("name", "")

    def end(tag: str) -> None:
        if local[tag] == "property":
            properties[name] = "".join(pieces).strip()

    package.parse(part, start=start, end=end, text=pieces.append)
    return properties
