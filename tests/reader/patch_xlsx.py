"""Cells changed in the bytes of a workbook, everything else left as it is: the cached results stay."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from smsheets.calc.engine import evaluate
from smsheets.cells import column_letters
from smsheets.reader.file.source import open_workbook


@dataclass(frozen=True)
class Formula:
    """A formula, without `=`, with what it shows; None was never calculated."""

    text: str
    shows: str | float | None = None


def patch_cells(path: Path, cells: Mapping[str, str | float | Formula | None]) -> None:
    """Puts values, formulas or nothing (None) into cells called `Budget!J7`."""
    parts = read_parts(path)
    names = sheet_parts(parts)
    of_sheets: dict[str, dict[str, str | float | Formula | None]] = {}
    for place, value in cells.items():
        sheet, _, cell = place.rpartition("!")
        of_sheets.setdefault(sheet, {})[cell] = value
    for sheet, given in of_sheets.items():
        parts[names[sheet]] = _with_cells(parts[names[sheet]].decode(), given).encode()
    write_parts(path, parts)


def patch_parts(path: Path, change: Callable[[str, str], str | None]) -> None:
    """Changes parts as text: `change` gets name and text, and gives the new text, or None to leave the part out."""
    parts = {}
    for name, data in read_parts(path).items():
        text = change(name, data.decode())
        if text is not None:
            parts[name] = text.encode()
    write_parts(path, parts)


def merge_cells(path: Path, sheet: str, *ranges: str) -> None:
    """Merges ranges of a sheet that has none; what their cells hold stays in the file, as some programs do it."""
    parts = read_parts(path)
    part = sheet_parts(parts)[sheet]
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in ranges)
    element = f'</sheetData><mergeCells count="{len(ranges)}">{merged}</mergeCells>' if ranges else "</sheetData>"
    parts[part] = parts[part].decode().replace("</sheetData>", element, 1).encode()
    write_parts(path, parts)


def copy_sheet(path: Path, old: str, new: str) -> None:
    """A second sheet with the same cells, last in the row of tabs."""
    parts = read_parts(path)
    copy = "xl/worksheets/copied.xml"
    text = parts[sheet_parts(parts)[old]].decode()
    parts[copy] = re.sub(r"<(?:legacyDrawing|drawing)[^>]*/>", "", text).encode()
    number = len(sheet_parts(parts)) + 100
    added = {
        "xl/workbook.xml": ("</sheets>", f'<sheet name="{new}" sheetId="{number}" r:id="rId{number}"/>'),
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'worksheet" Target="worksheets/copied.xml"/>',
        ),
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/{copy}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
            'worksheet+xml"/>',
        ),
    }
    for name, (end, element) in added.items():
        parts[name] = parts[name].decode().replace(end, element + end, 1).encode()
    write_parts(path, parts)


def rename_sheet(path: Path, old: str, new: str) -> None:
    """Another name on a tab, and in the formulas that name it."""
    quoted = f"'{new}'!"

    def change(name: str, text: str) -> str:
        if name == "xl/workbook.xml":
            text = text.replace(f'name="{old}"', f'name="{new}"')
        for shown in (f"'{old}'!", f"{old}!"):
            text = text.replace(shown, quoted)
        return text

    patch_parts(path, change)


def recalculate(path: Path) -> None:
    """What a spreadsheet program does when the file is opened and saved: every formula gets its value."""
    source = open_workbook(path)
    values: dict[tuple[str, int, int], object] = {}
    formulas: dict[tuple[str, int, int], str] = {}
    for sheet in source.sheets:
        for (row, col), cell in sheet.cells.items():
            if cell.formula:
                formulas[sheet.name, row, col] = "=" + cell.formula.replace("TODAY()", '""')
            else:
                values[sheet.name, row, col] = cell.value
    results = evaluate([sheet.name for sheet in source.sheets], values, formulas)
    cells: dict[str, str | float | Formula | None] = {}
    for (sheet_name, row, col), result in results.items():
        shows = "" if result is None else result
        cells[f"{sheet_name}!{column_letters(col)}{row}"] = Formula(formulas[sheet_name, row, col][1:], shows)
    patch_cells(path, cells)


def read_parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: Mapping[str, bytes]) -> None:
    """The same parts always give the same bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Sheet name -> part."""
    text = parts["xl/_rels/workbook.xml.rels"].decode()
    links = dict(re.findall(r'Id="([^"]+)"[^>]*Target="([^"]+)"', text))
    sheets = re.findall(r'<sheet name="([^"]+)"[^>]*r:id="([^"]+)"', parts["xl/workbook.xml"].decode())
    return {name: f"xl/{links[id_]}" for name, id_ in sheets}


_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"((?: [^>]*?)?)(?:/>|>.*?</c>)', re.DOTALL)


def _with_cells(text: str, cells: Mapping[str, str | float | Formula | None]) -> str:
    """The sheet with these cells; those that it has already are found in one pass, as there may be thousands."""
    found: set[str] = set()

    def changed(match: re.Match[str]) -> str:
        if match[1] not in cells or match[1] in found:
            return match[0]
        found.add(match[1])
        style = re.search(r' s="\d+"', match[2])
        return _cell_text(match[1], style[0] if style else "", cells[match[1]])

    text = _CELL.sub(changed, text)
    for cell, value in cells.items():
        if cell not in found:
            text = _with_new_cell(text, cell, value)
    return text


def _with_new_cell(text: str, cell: str, value: str | float | Formula | None) -> str:
    row, new = re.sub(r"\D", "", cell), _cell_text(cell, "", value)
    line = re.search(rf'<row r="{row}"[^>]*?(?:/>|>.*?</row>)', text, re.DOTALL)
    if line is None:
        below = next((m for m in re.finditer(r'<row r="(\d+)"', text) if int(m[1]) > int(row)), None)
        at = below.start() if below else text.index("</sheetData>")
        return f'{text[:at]}<row r="{row}">{new}</row>{text[at:]}'
    inside = line[0] if not line[0].endswith("/>") else line[0][:-2] + "></row>"
    before = max(
        (
            m.end()
            for m in re.finditer(r'<c r="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>)', inside, re.DOTALL)
            if _order(m[1]) < _order(cell)
        ),
        default=inside.index(">") + 1,
    )
    return text[: line.start()] + inside[:before] + new + inside[before:] + text[line.end() :]


def _order(cell: str) -> tuple[int, str]:
    letters = re.sub(r"\d", "", cell)
    return len(letters), letters


def _cell_text(cell: str, style: str, value: str | float | Formula | None) -> str:
    head = f'<c r="{cell}"{style}'
    if value is None:
        return f"{head}/>"
    formula, shows = (f"<f>{escape(value.text)}</f>", value.shows) if isinstance(value, Formula) else ("", value)
    if shows is None:
        return f"{head}>{formula}</c>"
    if isinstance(shows, bool):
        return f'{head} t="b">{formula}<v>{int(shows)}</v></c>'
    if isinstance(shows, int | float):
        return f"{head}>{formula}<v>{shows!r}</v></c>"
    if shows.startswith("#"):
        return f'{head} t="e">{formula}<v>{shows}</v></c>'
    if formula:
        return f'{head} t="str">{formula}<v>{escape(shows)}</v></c>'
    return f'{head} t="inlineStr"><is><t xml:space="preserve">{escape(shows)}</t></is></c>'
