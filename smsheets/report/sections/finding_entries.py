"""Findings as entries of a report, with the cells they show in."""

from __future__ import annotations

from collections.abc import Sequence

from smsheets.analysis.result import Finding
from smsheets.cells import CellRef
from smsheets.report.document import Entry, Line


def finding_entry(finding: Finding) -> Entry:
    """A finding, with what the same cause brings about below it."""
    return Entry(
        level=finding.level.value,
        says=Line(finding.says, finding.values),
        todo=Line(finding.todo, finding.values),
        where=evidence_text(finding.evidence),
        name=finding.id,
        also=tuple(finding_entry(other) for other in finding.also),
        source=Line(finding.source),
    )


def evidence_text(evidence: Sequence[CellRef], most: int = 3) -> str:
    """The first cells of a finding's evidence: `budget.xlsx: Budget!S15, Budget!AE15; calendar.xlsx: Posts!B4 +2`."""
    by_file: dict[str, list[str]] = {}
    for cell in evidence[:most]:
        by_file.setdefault(cell.file, []).append(str(cell))
    text = "; ".join(f"{file}: {', '.join(cells)}" for file, cells in by_file.items())
    return text + (f" +{len(evidence) - most}" if len(evidence) > most else "")
