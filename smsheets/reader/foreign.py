"""A workbook that is not one of ours: what it looks like, and what to do with it."""

from __future__ import annotations

from smsheets.reader.source import SourceWorkbook


def describe_foreign(source: SourceWorkbook) -> str:
    """What the workbook is and what to do, without its path."""
    return "this workbook was not made by smsheets. Make one with 'smsheets new' and copy your entries into it."
