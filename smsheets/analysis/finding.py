"""Findings: what to do next, each with its evidence. One rule is one function.

A rule is made like this:

    @rule(
        "budget.over",
        level=Level.ERROR,
        needs=("budget",),
        says="'{line}' is over: {actual} spent of {available} up to {month}.",
        todo="Stop or cut '{line}', or move {over} from a line with money left.",
        source="Variance = available - actual; 15 % is this program's default",
        thresholds=("budget.over_share",),
    )
    def check_lines_within_budget(context: Context) -> Iterator[Hit]:
        ...
        values = {"line": ..., "actual": Money(...), ...}
        yield Hit(evidence=(line.cell("actual", 3),), values=values, effect=Decimal(30))

`values` may hold str, int, Decimal, date, time, Money, Share, and tuples of them; they are put into words and number
formats of the reader's language when the finding is shown. `says` and `todo` are plain words for a shop owner.
A rule whose `needs` are not all given is not run, and the report says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.analysis.context import Context
from smsheets.cells import CellRef
from smsheets.money import Money, Share

Wording = str | int | Decimal | date | time | Money | Share | tuple["str | int | Decimal | date | Money | Share", ...]


class Level(Enum):
    """How much a finding matters. `note` tells something worth knowing; nothing is wrong."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One case that a rule found.

    Attributes:
        evidence: The cells it shows in, the most telling first.
        values: What the rule's texts name.
        level: Where this case is graver or lighter than the rule's own level.
        effect: The money at stake, for the order of findings; None where it cannot be said.
    """

    evidence: tuple[CellRef, ...] = ()
    values: Mapping[str, Wording] = {}
    level: Level | None = None
    effect: Decimal | None = None


Check = Callable[[Context], Iterator[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A check with its stable id, its texts, and where it comes from."""

    id: str
    level: Level
    needs: tuple[str, ...]
    says: str
    todo: str
    source: str
    thresholds: tuple[str, ...]
    check: Check


def rule(
    id: str,
    *,
    level: Level,
    needs: tuple[str, ...],
    says: str,
    todo: str,
    source: str,
    thresholds: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Makes a check function a rule."""

    def make(check: Check) -> Rule:
        return Rule(
            id=id, level=level, needs=needs, says=says, todo=todo, source=source, thresholds=thresholds, check=check
        )

    return make
