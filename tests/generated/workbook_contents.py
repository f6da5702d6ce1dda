"""All that people see of a workbook's file, cell by cell: values, formulas, looks, widths, entry rules, formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import builtin_format_code
from writer.written_package import Package

Place = tuple[str, int, int]
"""Sheet, row and column, both from 1; row 0 is a whole column, column 0 a whole row, both the whole sheet."""

EMPTY = "empty"
_DAY_ZERO = datetime(1899, 12, 30)
_MOST_COLUMNS = 500
"""A width that holds for more columns than this is meant for the rest of the sheet."""

_READ_APART = {"sheetData", "cols", "dataValidations", "conditionalFormatting", "dimension"}
_SHOWN_OF_ROWS = ("ht", "hidden", "outlineLevel")
_SHOWN_OF_COLUMNS = ("width", "hidden", "outlineLevel", "collapsed")
_IN_WORDS = {"ht": "height", "outlineLevel": "outline level"}


@dataclass(frozen=True, kw_only=True)
class Contents:
    """A workbook's file, read without the program that is tested.

    Attributes:
        values: Cell -> its value as people would write it; a formula's is the cached one. No entry where it is empty.
        formulas: Cell -> formula, with `=`.
        looks: Cell, column, row or sheet, and the name of a property -> the property as text.
    """

    sheets: tuple[str, ...]
    values: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    looks: dict[tuple[Place, str], str] = field(default_factory=dict)

    def labels(self, sheet: str) -> dict[str, Place]:
        """The texts that are in exactly one cell of a sheet, without being computed."""
        found: dict[str, list[Place]] = {}
        for place, value in self.values.items():
            if place[0] == sheet and value.startswith("'") and place not in self.formulas:
                found.setdefault(value, []).append(place)
        return {text: places[0] for text, places in found.items() if len(places) == 1}


def read_contents(data: bytes) -> Contents:
    """The contents of a workbook written by XlsxWriter."""
    package = Package("", data)
    contents = Contents(sheets=tuple(package.sheets))
    texts = ["".join(part.text or "" for part in item.iter("t")) for item in package.xml("xl/sharedStrings.xml")]
    styles, formats = _read_styles(package.xml("xl/styles.xml"))
    for name, sheet in package.sheets.items():
        for cell in sheet.iter("c"):
            place = (name, *_row_and_col(cell.get("r", "")))
            style = styles[int(cell.get("s", "0"))]
            contents.looks.update({(place, what): text for what, text in style.items()})
            formula = cell.find("f")
            if formula is not None:
                contents.formulas[place] = f"={formula.text}"
            value = _show_value(cell, texts, style["number format"])
            if value != EMPTY:
                contents.values[place] = value
        contents.looks.update(_read_sheet(name, sheet, formats))
    return contents


def _show_value(cell: Element, texts: list[str], number_format: str) -> str:
    kind, text = cell.get("t", "n"), cell.findtext("v") or ""
    if kind == "inlineStr":
        kind, text = "str", "".join(part.text or "" for part in cell.iter("t"))
    if kind == "s":
        text = texts[int(text)]
    if not text:
        return EMPTY
    if kind in ("s", "str"):
        return "'" + " ".join(text.split()) + "'"
    if kind == "n" and "yy" in number_format:
        day = _DAY_ZERO + timedelta(days=float(text))
        return day.date().isoformat() if float(text).is_integer() else day.isoformat(" ", "minutes")
    return {"0": "FALSE", "1": "TRUE"}[text] if kind == "b" else text.removesuffix(".0")


def _read_styles(root: Element) -> tuple[list[dict[str, str]], list[str]]:
    """The looks of cells by number, and those of conditional formats."""
    codes = {item.get("numFmtId"): item.get("formatCode", "") for item in root.iter("numFmt")}
    parts = {name: [show_element(item) for item in root.find(f"{name}s") or ()] for name in ("font", "fill", "border")}
    styles = []
    for xf in root.find("cellXfs") or ():
        number = xf.get("numFmtId", "0")
        style = {"number format": codes.get(number) or builtin_format_code(int(number)) or number}
        style |= {name: known[int(xf.get(f"{name}Id", "0"))] for name, known in parts.items()}
        for name in ("alignment", "protection"):
            found = xf.find(name)
            style[name] = "none" if found is None else show_element(found)
        styles.append(style)
    return styles, [show_element(item) for item in root.find("dxfs") or ()]


def _read_sheet(name: str, sheet: Element, formats: list[str]) -> Iterator[tuple[tuple[Place, str], str]]:
    """What a sheet's part holds beside its cells."""
    for row in sheet.iter("row"):
        yield from _attributes((name, int(row.get("r", "0")), 0), row.attrib, _SHOWN_OF_ROWS)
    for column in sheet.iter("col"):
        first, last = int(column.get("min", "1")), int(column.get("max", "1"))
        for col in range(first, min(last, first + _MOST_COLUMNS) + 1):
            yield from _attributes((name, 0, col), column.attrib, _SHOWN_OF_COLUMNS)
    for rule in sheet.iter("dataValidation"):
        place = (name, *_row_and_col(rule.get("sqref", "")))
        for what, text in rule.attrib.items():
            yield (place, "cells of the entry rule" if what == "sqref" else f"entry rule's {what}"), text
        for formula in rule:
            yield (place, f"entry rule's {formula.tag}"), formula.text or ""
    for format_ in sheet.iter("conditionalFormatting"):
        place = (name, *_row_and_col(format_.get("sqref", "")))
        for number, rule in enumerate(format_, 1):
            look = formats[int(rule.attrib["dxfId"])] if "dxfId" in rule.attrib else ""
            yield (place, f"conditional format {number}"), f"{format_.get('sqref')} {show_element(rule)} {look}"
    for child in sheet:
        if child.tag not in _READ_APART:
            yield ((name, 0, 0), child.tag), show_element(child)


def _attributes(
    place: Place, found: Mapping[str, str], wanted: tuple[str, ...]
) -> Iterator[tuple[tuple[Place, str], str]]:
    return (((place, _IN_WORDS.get(key, key)), found[key]) for key in wanted if key in found)


def show_element(element: Element) -> str:
    """An element without its brackets: `font(b, sz(val=11))`; the number of its look is left out."""
    attributes = {name: value for name, value in element.attrib.items() if name != "dxfId"}
    inside = [f"{name.rpartition('}')[2]}={value}" for name, value in attributes.items()]
    inside += [element.text.strip()] if element.text and element.text.strip() else []
    inside += [show_element(child) for child in element]
    return f"{element.tag}({', '.join(inside)})" if inside else element.tag


def _row_and_col(area: str) -> tuple[int, int]:
    """The first cell of `J10:J49`, or of several areas."""
    found = re.match(r"([A-Z]+)([0-9]+)", area)
    assert found, area
    col = 0
    for letter in found[1]:
        col = col * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), col
