"""The sheet that lists what was not brought over."""

from __future__ import annotations

from collections.abc import Sequence

from smsheets.cells import CellRef
from smsheets.layout.content import CellValue
from smsheets.layout.own_cells import ValueSheet
from smsheets.layout.placed import Layout
from smsheets.repair.draft import Draft
from smsheets.repair.left_over import LeftOver
from smsheets.report.wording import Words

_LONGEST = 32_000
"""A cell holds 32,767 characters; a longer text goes on in the next row."""

_WIDTHS = (20, 10, 44, 60, 60, 20)


def list_sheet(items: Sequence[LeftOver], draft: Draft, layout: Layout) -> ValueSheet:
    """The sheet, in the workbook's language: one row per thing, its content letter by letter.

    Args:
        layout: Of the repaired workbook.
    """
    words = Words(layout.profile.language)
    header = (
        words.text("Sheet"),
        words.text("Cell"),
        words.text("What stood there"),
        words.text("Why"),
        words.text("What to do"),
        words.text("Stands in this cell now"),
    )
    rows: list[Sequence[CellValue]] = [header]
    for item in items:
        where = (item.cell.sheet, item.cell.a1) if item.has_cell else (None, None)
        first, *rest = _pieces(item.content)
        why, todo = (words.text(line.text, line.values) for line in (item.why, item.todo))
        rows.append((*where, first, why, todo, _now(item, draft, layout)))
        rows += [(*where, piece) for piece in rest]
    return ValueSheet(name=words.text("Not brought over"), rows=rows, header_rows=1, widths=_WIDTHS)


def _pieces(text: str) -> list[str]:
    return [text[start : start + _LONGEST] for start in range(0, len(text), _LONGEST)] or [""]


def _now(item: LeftOver, draft: Draft, layout: Layout) -> str | None:
    if item.place is None:
        return None
    sheet, row, col = draft.place_of(item.place, layout)
    return str(CellRef("", sheet, row, col))
