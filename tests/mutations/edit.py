"""What an edit is, and the catalogue that all edits are entered in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hand import Hand

Run = Callable[[Hand], bool]


@dataclass(frozen=True, slots=True)
class Edit:
    """Something that people do to a workbook.

    Attributes:
        name: As a person would tell it.
        run: Does it; False where there is nothing to do it to.
        languages: The workbooks it concerns.
    """

    name: str
    run: Run
    languages: tuple[str, ...] = ("en", "de")


EDITS: list[Edit] = []
"""All of them; filled by the modules `edit_rows`, `edit_columns` and so on."""


def edit(name: str, *languages: str) -> Callable[[Run], Run]:
    """Enters a function into the catalogue."""

    def enter(run: Run) -> Run:
        assert all(item.name != name for item in EDITS), name
        EDITS.append(Edit(name, run, languages or ("en", "de")))
        return run

    return enter
