"""Goals, and whether they are SMART: specific, measurable, attainable, relevant, time-bound."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.plan.record import Record


class Goal(Record, frozen=True, kw_only=True):
    """A goal. `direction` None means up; `channel` None means all channels together.

    `baseline` and `target` are in the metric's unit: a share is 0..1, an amount is in the workbook's currency.
    """

    goal_id: str | None = None
    goal: str | None = None
    metric: str | None = None
    channel: str | None = None
    baseline: Decimal | None = None
    target: Decimal | None = None
    deadline: date | None = None
    owner: str | None = None
    unit: str | None = None
    direction: str | None = None
    start: date | None = None
    resources_needed: str | None = None
    resources_available: str | None = None
    why: str | None = None
    review: str | None = None

    @property
    def in_use(self) -> bool:
        """Whether anything of it is written; the sheet's own check asks the same cells."""
        written = (self.goal, self.metric, self.target, self.deadline, self.owner)
        return any(value is not None for value in written)

    @property
    def name(self) -> str:
        """What a person recognises it by: its sentence, or its id where it has none."""
        return self.goal or self.goal_id or ""


class CheckWord(Enum):
    """How far one part of the check is met."""

    OK = "ok"
    PARTLY = "partly"
    MISSING = "missing"


class SmartCheck(msgspec.Struct, frozen=True, kw_only=True):
    """The five words of a goal's check, and the parts it lacks.

    Attributes:
        missing: Field ids of the goal, in the order in which the sheet names them. `start` stands there too
            when the start is not before the deadline.
    """

    specific: CheckWord
    measurable: CheckWord
    attainable: CheckWord
    relevant: CheckWord
    time_bound: CheckWord
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def check_smart(goal: Goal) -> SmartCheck:
    """The SMART check of a goal, as the sheet `Goals` computes it.

    Specific is a sentence and a metric (no channel means all of them); measurable is a target, a baseline and a
    unit; attainable is resources that are named and there; relevant is a reason; time-bound is a start before a
    deadline.
    """
    return SmartCheck(
        specific=_word(goal.metric is not None, goal.goal is not None),
        measurable=_word(goal.target is not None, goal.baseline is not None and goal.unit is not None),
        attainable=_attainable(goal),
        relevant=_word(goal.why is not None, True),
        time_bound=_word(goal.deadline is not None, _starts_before_deadline(goal)),
        missing=tuple(_missing(goal)),
    )


def _word(main_part: bool, rest: bool) -> CheckWord:
    if not main_part:
        return CheckWord.MISSING
    return CheckWord.OK if rest else CheckWord.PARTLY


def _attainable(goal: Goal) -> CheckWord:
    if goal.resources_needed is None:
        return CheckWord.MISSING
    return {"yes": CheckWord.OK, "partly": CheckWord.PARTLY}.get(goal.resources_available or "", CheckWord.MISSING)


def _starts_before_deadline(goal: Goal) -> bool:
    return goal.start is not None and goal.deadline is not None and goal.start < goal.deadline


def _missing(goal: Goal) -> list[str]:
    both_dates = goal.start is not None and goal.deadline is not None
    lacking = {
        "goal": goal.goal is None,
        "metric": goal.metric is None,
        "baseline": goal.baseline is None,
        "target": goal.target is None,
        "unit": goal.unit is None,
        "resources_needed": goal.resources_needed is None,
        "resources_available": goal.resources_available != "yes",
        "why": goal.why is None,
        "start": goal.start is None or (both_dates and not _starts_before_deadline(goal)),
        "deadline": goal.deadline is None,
        "owner": goal.owner is None,
    }
    return [field for field, is_missing in lacking.items() if is_missing]
