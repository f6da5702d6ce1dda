"""The parts of a workbook that its sheets rely on: the list of sheets, shared texts, number formats, properties.

Names of elements are matched without their namespace, which makes strict files no special case.
"""

from __future__ import annotations

import msgspec

from smsheets.reader.number_formats import BUILTIN_FORMATS, format_kind
from smsheets.reader.package import SAVE_AGAIN, LocalNames, Package, Relationship, UnusableFileError
from smsheets.reader.source_cells import ErrorValue, text_value


class Contents(msgspec.Struct):
    """What the workbook part says: sheets as (name, state, relationship id), names, epoch."""

    sheets: list[tuple[str, str, str]]
    names: dict[str, str]
    date1904: bool = False


def find_workbook(package: Package) -> str:
    """The part that lists the sheets; by its content type where the pointer is missing or wrong."""
    main = next((link.target for link in package.relationships("").values() if link.kind == "officeDocument"), "")
    if package.holds(main):
        return main
    part = package.part_of_kind("sheet.main+xml", "sheet.macroEnabled.main+xml", "template.main+xml")
    if part is None and not package.holds("xl/workbook.xml"):
        raise UnusableFileError(f"this workbook is damaged: it has no list of sheets. {SAVE_AGAIN}")
    return part or "xl/workbook.xml"


def find_part(package: Package, links: dict[str, Relationship], kind: str, content_type: str) -> str | None:
    """A part the workbook points at; by its content type where the pointer is missing or wrong."""
    for link in links.values():
        if link.kind == kind and package.holds(link.target):
            return link.target
    return package.part_of_kind(content_type)


def read_contents(package: Package, part: str) -> Contents:
    """The sheets, the names of the whole workbook, and the epoch."""
    contents = Contents([], {})
    local = LocalNames()
    pieces: list[str] = []
    name: str | None = None

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal name
        pieces.clear()
        match local[tag]:
            case "workbookPr":
                # An extension further down has an element of the same name, without the epoch.
                contents.date1904 |= attrs.get("date1904", "").lower() in ("1", "true", "on")
            case "sheet":
                link = next((value for key, value in attrs.items() if local[key] == "id"), "")
                contents.sheets.append((attrs.get("name", ""), attrs.get("state", "visible"), link))
            case "definedName":
                name = None if "localSheetId" in attrs else attrs.get("name")

    def end(tag: str) -> None:
        if local[tag] == "definedName" and name:
            contents.names[name] = "".join(pieces).strip()

    package.parse(part, start=start, end=end, text=pieces.append)
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
            strings.append(text_value("".join(runs)))
            runs.clear()

    package.parse(part, start=start, end=end, text=pieces.append)
    return strings


def read_formats(package: Package, part: str | None) -> dict[str, str]:
    """Which cell styles (by number, as text) show a date or a time of day."""
    formats: dict[str, str] = {}
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
    for style, number in enumerate(used):
        builtin = BUILTIN_FORMATS.get(int(number)) if number.isdecimal() and len(number) < 6 else None
        kind = format_kind(codes[number]) if number in codes else builtin
        if kind:
            formats[str(style)] = kind
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
