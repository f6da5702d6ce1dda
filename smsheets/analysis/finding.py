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
        yield Hit(
            about="B4", root="line B4", evidence=(line.cell("actual", 3),), values=values, effect=Decimal(30)
        )

A rule that lacks an input says which cell to fill in, instead of saying nothing: it has a text `lacks`, and yields
`Lack(evidence=(role.cell("hours_per_week"),), values={"person": ...})`.

What several rules see of one and the same cause has one root, the same text in each of them; only the gravest is told
by itself, the others below it. Roots are written so, whatever is known of: `goal G4`, `initiative I5`, `line B4`,
`post P12`, `person Ada: time`, `channel instagram: posts` (too few, too many, none), `channel instagram: results` (its
figures). A cause of its own needs no root.

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
        about: The id of what it is about, the same in every run: `B4`, `instagram`, `P12`, a person's name. It tells
            two findings of a rule apart, between two reports and in the list of findings that are silenced.
        root: What causes it, where other rules may see the same cause; empty where it is a cause of its own.
        evidence: The cells it shows in, the most telling first.
        values: What the rule's texts name.
        level: Where this case is graver or lighter than the rule's own level.
        effect: The money at stake, for the order of findings; None where it cannot be said.
        todo: What to do in this case, where that is something else than the rule's own text; its values are `values`.
    """

    about: str = ""
    root: str = ""
    evidence: tuple[CellRef, ...] = ()
    values: Mapping[str, Wording] = {}
    level: Level | None = None
    effect: Decimal | None = None
    todo: str = ""


class Lack(msgspec.Struct, frozen=True, kw_only=True):
    """A case that a rule cannot judge, because an input is empty.

    Attributes:
        evidence: The cells to fill in, the most telling first.
        values: What the rule's text `lacks` names.
    """

    evidence: tuple[CellRef, ...]
    values: Mapping[str, Wording] = {}


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What to do next, with its evidence.

    Attributes:
        about: The id of what it is about (`B4`, `instagram`); with `id` it is the same finding in every run.
        root: What causes it, as in `Hit`; empty for a cause of its own.
        says, todo: English texts; `{names}` in them stand in `values`.
        effect: The money at stake, where it can be said.
        weight: As in `Rule`.
        source: Where the rule comes from.
        also: Findings that the same cause brings about, worst first; they have none themselves.
    """

    id: str
    about: str = ""
    root: str = ""
    level: Level
    says: str
    todo: str
    source: str
    values: Mapping[str, Wording] = {}
    evidence: tuple[CellRef, ...] = ()
    effect: Decimal | None = None
    weight: int = 1
    also: tuple[Finding, ...] = ()


class Lacking(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule cannot judge for lack of an input: which cell to fill in, and what that would tell."""

    rule: str
    says: str
    values: Mapping[str, Wording] = {}
    evidence: tuple[CellRef, ...] = ()


class NotChecked(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that could not be run because workbooks were not given."""

    rule: str
    missing: tuple[str, ...]


Check = Callable[[Context], Iterator[Hit | Lack]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A check with its stable id, its texts, and where it comes from.

    Attributes:
        lacks: What to fill in, and what that would tell; empty for a rule that needs no more than it is given.
        weight: What it usually costs or gains where no money can be named, for the order within a level: 3 customers
            and sales, 2 people's time and the plan as a whole, 1 one part of it.
    """

    id: str
    level: Level
    needs: tuple[str, ...]
    says: str
    todo: str
    source: str
    thresholds: tuple[str, ...]
    check: Check
    lacks: str = ""
    weight: int = 1


def rule(
    id: str,
    *,
    level: Level,
    needs: tuple[str, ...],
    says: str,
    todo: str,
    source: str,
    thresholds: tuple[str, ...] = (),
    lacks: str = "",
    weight: int = 1,
) -> Callable[[Check], Rule]:
    """Makes a check function a rule."""

    def make(check: Check) -> Rule:
        return Rule(
            id=id,
            level=level,
            needs=needs,
            says=says,
            todo=todo,
            source=source,
            thresholds=thresholds,
            check=check,
            lacks=lacks,
            weight=weight,
        )

    return make
