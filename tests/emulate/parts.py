"""What the emulators write with: parts of a package, shared texts, formulas that share one text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from emulate.written_book import Cell, Place, Sheet, as_moved

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
FEWEST_SHARING = 2


def text(value: str) -> str:
    """Text between tags; a carriage return would not survive as it is."""
    return escape(value, {"\r": "_x000D_"})


def attribute(value: str) -> str:
    """An attribute's value with its quotes."""
    return quoteattr(value, {"\n": "&#10;", "\t": "&#9;"})


def zip_parts(parts: Mapping[str, str]) -> bytes:
    """The file; a name with a slash at its end is a folder."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def relationships(links: Iterable[tuple[str, str, str]]) -> str:
    """Relationships from (id, kind or whole address, target)."""
    lines = "".join(
        f'<Relationship Id="{id_}" Type="{kind if "/" in kind else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for id_, kind, target in links
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def content_types(overrides: Iterable[tuple[str, str]]) -> str:
    """The kinds of the parts, from (part, kind); a kind without a slash is one of spreadsheets."""
    lines = "".join(
        f'<Override PartName="/{part}" ContentType="{kind if "/" in kind else f"{CONTENT}.{kind}+xml"}"/>'
        for part, kind in overrides
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    plain = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{rels}{plain}{lines}</Types>'


def custom_properties(values: Mapping[str, str]) -> str:
    """Custom document properties."""
    types = "http://schemas.openxmlformats.org/officeDocument/2006"
    lines = "".join(
        f'<property fmtid="{FMTID}" pid="{pid}" name={attribute(name)}><vt:lpwstr>{text(value)}</vt:lpwstr></property>'
        for pid, (name, value) in enumerate(values.items(), 2)
    )
    return f'{HEAD}<Properties xmlns="{types}/custom-properties" xmlns:vt="{types}/docPropsVTypes">{lines}</Properties>'


class Texts:
    """Shared texts, numbered as they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.uses = 0

    def add(self, value: str) -> int:
        """The number of a text."""
        self.uses += 1
        return self.numbers.setdefault(value, len(self.numbers))


def item(value: str) -> str:
    """A shared text as most programs write it."""
    space = ' xml:space="preserve"' if value != value.strip() or "\n" in value or "  " in value else ""
    return f"<si><t{space}>{text(value)}</t></si>"


def shared_groups(sheet: Sheet) -> dict[Place, tuple[int, str]]:
    """Cells of formulas that were filled down -> (number of the group, its range for its first cell, else nothing)."""
    columns: dict[int, list[Cell]] = {}
    for place in sorted(sheet.cells):
        if sheet.cells[place].formula:
            columns.setdefault(place[1], []).append(sheet.cells[place])
    groups: dict[Place, tuple[int, str]] = {}
    number = 0
    for cells in columns.values():
        for run in _runs(cells):
            if len(run) >= FEWEST_SHARING:
                groups.update({(cell.row, cell.col): (number, "") for cell in run})
                groups[run[0].row, run[0].col] = number, f"{run[0].name}:{run[-1].name}"
                number += 1
    return groups


def _runs(cells: list[Cell]) -> Iterable[list[Cell]]:
    """Neighbours that hold the same formula."""
    run: list[Cell] = []
    for cell in cells:
        same = run and cell.row == run[-1].row + 1 and _form(cell) == _form(run[-1])
        if run and not same:
            yield run
            run = []
        run.append(cell)
    if run:
        yield run


def _form(cell: Cell) -> str:
    return as_moved(cell.formula or "", cell.row, cell.col)


def formula(cell: Cell, groups: Mapping[Place, tuple[int, str]], words: str | None = None) -> str:
    """The `<f>` of a cell; of a group only the first one has the text."""
    written = text(words if words is not None else cell.formula or "")
    group = groups.get((cell.row, cell.col))
    if group is None:
        return f"<f>{written}</f>"
    number, area = group
    return f'<f t="shared" ref="{area}" si="{number}">{written}</f>' if area else f'<f t="shared" si="{number}"/>'
