"""The sample business, whose texts try to be something else than texts: what a report does with them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

SAMPLES = Path(__file__).parents[2] / "samples" / "filled"

BUSINESS = "<img src=x onerror=alert(1)> & \"Clay\" 'n' Kiln"
TEXTS = (
    "<script>alert(1)</script>",
    "</style></svg><script>alert(2)</script>",
    "\"><img src=https://example.com/x.png onerror='alert(3)'>",
    "=cmd|' /C calc'!A0",
    "_x001B_[31mred_x001B_[0m_x0007_",
    "\u202egnp.exe \u2066hidden\u2069",
    "{{ 7 * 7 }} {% raw %} {0} {name} %s",
    "a" * 700,
    "javascript:alert(4)//",
    "]]> <!-- --> &lt;b&gt; &#60;i&#62;",
    "مرحبا שלום 你好 🏺",
)
COLUMNS = {
    "strategy": {"Goals": ("Goal",), "Channels": ("Purpose",), "Team": ("Note",)},
    "roadmap": {"Initiatives": ("Initiative",), "Tasks": ("Task",)},
    "budget": {"Budget": ("What for", "Note"), "Own time": ("What we do",)},
    "calendar": {"Posts": ("Title", "Text"), "Key dates": ("Name",), "Ideas": ("Idea",)},
    "kpi-report": {"Decisions": ("Decision",), "Inbox": ("Passed on to",)},
}
PEOPLE = {
    "Owner": "<b onmouseover=alert(5)>Owner</b>",
    "Assistant": "\u202etnatsissA",
    "Freelancer": "Free" + "lancer" * 60,
    "Pinterest": "<svg/onload=alert(6)>" + "x" * 200,
}
"""What stands in more than one workbook and is the same everywhere: people, and a channel of their own."""


def write_hostile_workbooks(folder: Path) -> list[Path]:
    """The five samples with hostile texts in the columns that people write freely."""
    return [_write(kind, folder) for kind in COLUMNS]


def _write(kind: str, folder: Path) -> Path:
    texts = cycle(TEXTS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(SAMPLES / f"{kind}.xlsx")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "Clay & Kiln":
                    cell.value = BUSINESS
                elif isinstance(cell.value, str) and cell.value in PEOPLE and sheet.title != "Lists":
                    cell.value = PEOPLE[cell.value]
    for name, headings in COLUMNS[kind].items():
        for heading in headings:
            for place in _filled(book[name], heading):
                _set_text(book[name], place, next(texts))
    path = folder / f"{kind}.xlsx"
    book.save(path)
    return path


def _filled(sheet: Worksheet, heading: str) -> Iterator[tuple[int, int]]:
    """Row and column of the cells below a heading that hold a text."""
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == heading)
    for row in range(head.row + 1, sheet.max_row + 1):
        if isinstance(sheet.cell(row, head.column).value, str):
            yield row, head.column


def _set_text(sheet: Worksheet, place: tuple[int, int], text: str) -> None:
    cell = sheet.cell(*place)
    cell.value = text
    cell.data_type = "s"
