"""Which of our tables each block of theirs fits best."""

from __future__ import annotations

from smsheets.adopt.likeness import heading_scores
from smsheets.adopt.material import Material
from smsheets.reader.foreign.calendar_words import Month
from smsheets.reader.foreign.heading_words import record_tables
from smsheets.reader.foreign.tables import Block, DataLine
from smsheets.spec.model import Table, Workbook

_ENOUGH = 1.3
"""Together, as sure as two columns of which one is weak."""

_LIKELY = 0.5
_ACROSS = 1.5

Blocks = list[tuple[Block, list[DataLine]]]


def sort_blocks(material: Material, spec: Workbook) -> dict[str, Blocks]:
    """Table id -> blocks with rows that fit it better than any other table."""
    found: dict[str, Blocks] = {}
    tables = list(record_tables(spec))
    for block, lines in material.blocks():
        if not lines:
            continue
        fit, _, best = max((_fit(block, table, spec.kind), -number, table) for number, table in enumerate(tables))
        if fit >= _ENOUGH:
            found.setdefault(best.id, []).append((block, lines))
    return found


def _fit(block: Block, table: Table, kind: str) -> float:
    """How many of the table's columns a block has, each as sure as it is."""
    rated = sorted(
        (
            (score, target, heading.label)
            for heading in block.headings
            if heading.label
            for target, score in heading_scores(heading.label, kind, table.id).items()
            if score >= _LIKELY
        ),
        reverse=True,
    )
    targets: set[str] = set()
    labels: set[str] = set()
    fit = 0.0
    for score, target, label in rated:
        if target not in targets and label not in labels:
            targets.add(target)
            labels.add(label)
            fit += score
    return fit + _fit_across(block, table)


def _fit_across(block: Block, table: Table) -> float:
    """Months across are amounts by month; days, weekdays and platforms across are posts."""
    ids = {column.id for column in table.columns}
    monthly = any(column.each == "months" for column in table.columns)
    across = block.across
    if not across:
        return 0.0
    if monthly:
        return _ACROSS if isinstance(across[0].across, Month | str) else 0.0
    return _ACROSS if {"date", "channel", "copy"} <= ids else 0.0
