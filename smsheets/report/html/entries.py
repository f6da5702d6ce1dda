"""Findings and problems on the page, by how much they matter."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from smsheets.report.document import Entry
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line

LEVELS = {"error": "✕", "warning": "!", "note": "i", "problem": "?"}
"""Levels, gravest first, and the sign before each: told apart without colour."""

PRINTED = 12
"""So many of a level are printed; the style sheet has the same number."""


class EntryPage(msgspec.Struct, frozen=True, kw_only=True):
    """A finding or a problem in words."""

    level: str
    word: str
    sign: str
    says: str
    todo: str
    where: str
    name: str
    source: str = ""
    also: tuple[EntryPage, ...] = ()


class EntryGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of one level, under their heading.

    Attributes:
        open: Whether they are seen without a click.
        paper: What is said on paper, where only the first of them are printed.
    """

    level: str
    heading: str
    entries: tuple[EntryPage, ...]
    open: bool
    paper: str = ""


def make_entry(entry: Entry, words: Words) -> EntryPage:
    """A finding or a problem with what its cause brings about."""
    return EntryPage(
        level=entry.level,
        word="" if entry.level == "problem" else words.text(entry.level),
        sign=LEVELS[entry.level],
        says=words.value(entry.says),
        todo=words.value(entry.todo),
        where=safe_line(entry.where),
        name=entry.name,
        source=words.value(entry.source) if entry.source is not None else "",
        also=tuple(make_entry(other, words) for other in entry.also),
    )


def group_entries(entries: Iterable[Entry], words: Words) -> tuple[EntryGroup, ...]:
    """Entries by level, gravest first; notes are folded away where there is something graver."""
    by_level: dict[str, list[EntryPage]] = {}
    for entry in entries:
        by_level.setdefault(entry.level, []).append(make_entry(entry, words))
    present = [level for level in LEVELS if level in by_level]
    return tuple(
        EntryGroup(
            level=level,
            heading=_heading(level, len(by_level[level]), words),
            entries=tuple(by_level[level]),
            open=level != "note" or present == ["note"],
            paper=words.text("On paper: the first {count}.", {"count": PRINTED})
            if len(by_level[level]) > PRINTED
            else "",
        )
        for level in present
    )


def _heading(level: str, count: int, words: Words) -> str:
    values = {"count": count}
    if level == "error":
        return words.text("1 error") if count == 1 else words.text("{count} errors", values)
    if level == "warning":
        return words.text("1 warning") if count == 1 else words.text("{count} warnings", values)
    if level == "note":
        return words.text("1 note") if count == 1 else words.text("{count} notes", values)
    return words.text("1 problem") if count == 1 else words.text("{count} problems", values)
