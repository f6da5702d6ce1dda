"""Findings: what to do next, each with its evidence. One rule is one function.

A rule's texts, level, needs and thresholds are data: `workbook_specs/findings/budget.yaml` has them by its id. Its
arithmetic is a function:

    @rule("budget.over")
    def check_lines_within_budget(facts: Facts) -> Iterator[Hit]:
        ...
        values = {"line": ..., "actual": Money(...), ...}
        yield Hit(
            about="B4", root="line B4", evidence=(line.cell("actual", 3),), values=values, effect=Decimal(30)
        )

A rule that lacks an input says which cell to fill in, instead of saying nothing: its data has a text `lacks`, and it
says `yield from lack((role.cell("hours_per_week") for role in unknown), people=...)`.

Findings of several rules with one and the same cause have one root, the same text in each of them; only the gravest is
shown by itself with what to do, the others below it. Roots are written in `smsheets.analysis.subjects`. A cause of its
own needs none. A finding about a part of something larger - a post on a channel, a line of a category - names it in
`within`: it waits below a finding that asks whether the larger thing goes on (`decides` in its text). `moves` and
`takes` name budget lines, so that the same money is not given away twice; `transfers` say how much goes where.

`values` may hold str, int, Decimal, date, time, Money, Share, MonthOfYear, Weekday, and tuples of them; they are put
into words and number formats of the reader's language when the finding is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec

from smsheets.analysis.shortages import Transfer
from smsheets.cells import CellRef
from smsheets.money import Money, Share
from smsheets.periods import MonthOfYear, Weekday
from smsheets.plan.reference import Area, FindingClass
from smsheets.plan.reference import Level as Level

if TYPE_CHECKING:
    from smsheets.analysis.facts import Facts

_Single = str | int | Decimal | date | time | Money | Share | MonthOfYear | Weekday
Wording = _Single | tuple[_Single, ...]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One case that a rule found.

    Attributes:
        about: The id of what it is about, the same in every run: `B4`, `instagram`, `P12`, a person's name. It tells
            two findings of a rule apart, between two reports and in the list of findings that are silenced.
        root: What causes it, where other rules may see the same cause; empty where it is a cause of its own.
        within: Roots of larger things that it is a part of.
        takes: Ids of the budget lines whose money its advice shares out together with other findings.
        moves: Ids of the budget lines whose money its advice gives away on its own.
        transfers: The money that its advice moves.
        evidence: The cells it shows in, the most telling first.
        values: What the rule's texts name.
        level: Where this case is graver or lighter than the rule's own level.
        effect: The money at stake, for the order of findings; None where it cannot be said, which is not zero.
        hours: The hours at stake, of a rule whose effect is counted in them; their worth is `effect`, where known.
        case: Which of the rule's `cases` and `tells` it is, where something else is to be done or said than usual.
    """

    about: str = ""
    root: str = ""
    within: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    evidence: tuple[CellRef, ...] = ()
    values: Mapping[str, Wording] = {}
    level: Level | None = None
    effect: Decimal | None = None
    hours: Decimal | None = None
    case: str = ""


class Lack(msgspec.Struct, frozen=True, kw_only=True):
    """A case that a rule cannot judge, because an input is empty.

    Attributes:
        evidence: The cells to fill in, the most telling first.
        values: What the rule's text `lacks` names.
    """

    evidence: tuple[CellRef, ...]
    values: Mapping[str, Wording] = {}


def lack(cells: Iterable[CellRef], **values: Wording) -> Iterator[Lack]:
    """One case that cannot be judged before these cells are filled in; none where there is no such cell."""
    evidence = tuple(cells)
    if evidence:
        yield Lack(evidence=evidence, values=values)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What to do next, with its evidence.

    Attributes:
        about: The id of what it is about (`B4`, `instagram`); with `id` it is the same finding in every run.
        root, within, takes, moves, transfers: As in `Hit`.
        says, todo: English texts; `{names}` in them stand in `values`.
        effect, hours: As in `Hit`.
        class_, area, minutes, weight, decides: As in `FindingText`.
        source: Where the rule comes from.
        also: Findings that the same cause brings about, worst first. They have none themselves, nothing to do and
            nothing to move: that is said once, by the finding they are below of.
    """

    id: str
    about: str = ""
    root: str = ""
    within: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    level: Level
    class_: FindingClass = FindingClass.UPKEEP
    area: Area = Area.BASICS
    minutes: int = 15
    says: str
    todo: str
    source: str
    values: Mapping[str, Wording] = {}
    evidence: tuple[CellRef, ...] = ()
    effect: Decimal | None = None
    hours: Decimal | None = None
    weight: int = 1
    decides: bool = False
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


Check = Callable[["Facts"], Iterator[Hit | Lack]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A check with its stable id, under which its `FindingText` is found."""

    id: str
    check: Check


def rule(id: str) -> Callable[[Check], Rule]:
    """Makes a check function a rule."""
    return lambda check: Rule(id=id, check=check)


def rules_of(*modules: ModuleType) -> tuple[Rule, ...]:
    """The rules that modules define."""
    return tuple(item for module in modules for item in vars(module).values() if isinstance(item, Rule))
