"""Small .xlsx files made by hand: for what no library would write, but people's programs do."""

from __future__ import annotations

import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def rels(*links: tuple[str, str, str]) -> str:
    """Relationships from (id, kind, target)."""
    lines = "".join(f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{to}"/>' for id_, kind, to in links)
    return f'{HEAD}<Relationships xmlns="{RELS}">{lines}</Relationships>'


def workbook(
    sheets: str = '<sheet name="Budget" sheetId="1" r:id="rId1"/>', *, before: str = "", after: str = ""
) -> str:
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheets>{sheets}</sheets>{after}</workbook>'


def worksheet(rows: str, after: str = "") -> str:
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def strings(*items: str) -> str:
    return f'{HEAD}<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def styles(*codes: str | int) -> str:
    """Cell style n shows the n-th of these: a number format's code, or the number of a built-in one."""
    custom = "".join(
        f'<numFmt numFmtId="{200 + at}" formatCode="{code}"/>' for at, code in enumerate(codes) if isinstance(code, str)
    )
    used = "".join(f'<xf numFmtId="{code if isinstance(code, int) else 200 + at}"/>' for at, code in enumerate(codes))
    return f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{custom}</numFmts><cellXfs>{used}</cellXfs></styleSheet>'


def make_xlsx(path: Path, rows: str = "", parts: dict[str, str | bytes | None] | None = None) -> Path:
    """A workbook with one sheet, Budget, of these rows.

    `parts` adds parts or replaces them; None leaves one out.
    """
    contents: dict[str, str | bytes | None] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook(),
        "xl/_rels/workbook.xml.rels": rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": worksheet(rows),
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            if content is not None:
                archive.writestr(name, content)
    return path
