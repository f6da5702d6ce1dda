"""Goals, how SMART they are and where each should be by now; and the six questions of readiness."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.plan.record import Record
from smsheets.plan.reference import Direction

_DOWN = Direction.DOWN.value


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
        """Something of it is filled in; the sheet's own check asks the same cells."""
        written = (self.goal, self.metric, self.target, self.deadline, self.owner)
        return any(value is not None for value in written)

    @property
    def leads_nowhere(self) -> bool:
        """Its target is its baseline, or lies where its direction does not lead."""
        if self.baseline is None or self.target is None:
            return False
        return self.target >= self.baseline if self.direction == _DOWN else self.target <= self.baseline

    @property
    def name(self) -> str:
        """Its sentence, or its id where it has none."""
        return self.goal or self.goal_id or ""


class CheckWord(Enum):
    """How far one part of the check is met."""

    OK = "ok"
    PARTLY = "partly"
    MISSING = "missing"


class SmartCheck(msgspec.Struct, frozen=True, kw_only=True):
    """The five words of a goal's check, and the parts it lacks.

    Attributes:
        missing: Field ids of the goal, in the order in which the sheet names them. `target` is one of them also when
            it leads nowhere, `start` also when it is not before the deadline.
    """

    specific: CheckWord
    measurable: CheckWord
    attainable: CheckWord
    relevant: CheckWord
    time_bound: CheckWord
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Nothing is missing."""
        return not self.missing


def check_smart(goal: Goal) -> SmartCheck:
    """The SMART check of a goal, as the sheet `Goals` computes it.

    Specific is a sentence and a metric (no channel means all of them); measurable is a target on the side of the
    baseline to which the direction leads, and a unit; attainable is resources that are named and there; relevant is a
    reason; time-bound is a start before a deadline.
    """
    return SmartCheck(
        specific=_word(goal.metric is not None, goal.goal is not None),
        measurable=_word(
            goal.target is not None, goal.baseline is not None and goal.unit is not None and not goal.leads_nowhere
        ),
        attainable=_word(
            goal.resources_needed is not None and goal.resources_available in ("yes", "partly"),
            goal.resources_available == "yes",
        ),
        relevant=_word(goal.why is not None, True),
        time_bound=_word(goal.deadline is not None, _starts_before_deadline(goal)),
        missing=tuple(_missing(goal)),
    )


def _word(main_part: bool, rest: bool) -> CheckWord:
    if not main_part:
        return CheckWord.MISSING
    return CheckWord.OK if rest else CheckWord.PARTLY


def _starts_before_deadline(goal: Goal) -> bool:
    return goal.start is not None and goal.deadline is not None and goal.start < goal.deadline


def _missing(goal: Goal) -> list[str]:
    parts = ("goal", "metric", "baseline", "target", "unit", "resources_needed", "resources_available", "why", "start")
    wrong = {
        "target": goal.target is None or goal.leads_nowhere,
        "resources_available": goal.resources_available != "yes",
        "start": goal.start is None or (goal.deadline is not None and not _starts_before_deadline(goal)),
    }
    return [field for field in (*parts, "deadline", "owner") if wrong.get(field, getattr(goal, field) is None)]


class GoalLine(msgspec.Struct, frozen=True, kw_only=True):
    """A goal on one day, in the metric's unit.

    Attributes:
        expected: Where the straight line is on that day.
        behind: How far the value is from there, as a share of the whole way; negative is ahead.
        missing: The same in the metric's unit, 0 or more.
    """

    expected: Decimal
    behind: Decimal
    missing: Decimal


def goal_line(goal: Goal, value: Decimal, day: date) -> GoalLine | None:
    """How a value of a day compares with the line; None where the goal leads nowhere, or its dates are not known.

    Before its start a goal is at its baseline, after its deadline at its target.
    """
    if goal.baseline is None or goal.target is None or goal.start is None or goal.deadline is None:
        return None
    days, way = (goal.deadline - goal.start).days, goal.target - goal.baseline
    if days <= 0 or goal.leads_nowhere:
        return None
    passed = min(max(Decimal((day - goal.start).days) / days, Decimal(0)), Decimal(1))
    expected = goal.baseline + way * passed
    behind = (expected - value) / way
    return GoalLine(expected=expected, behind=behind, missing=max(behind, Decimal(0)) * abs(way))


POINTS = {"yes": Decimal(1), "partly": Decimal("0.5"), "no": Decimal(0)}
"""The points of an answer."""


class ReadinessLine(Record, frozen=True, kw_only=True):
    """The score from which the business calls itself ready, a share 0..1."""

    line: Decimal | None = None


class ReadinessAnswer(Record, frozen=True, kw_only=True):
    """A readiness question; `answer` is `yes`, `partly` or `no`. A new workbook has the questions alone."""

    question: str | None = None
    answer: str | None = None
    evidence: str | None = None
    next_step: str | None = None
    owner: str | None = None


class Verdict(Enum):
    """The meaning of a score. `READY_WITH_GAPS`: the score is reached though a question is answered no."""

    UNFINISHED = "unfinished"
    READY = "ready"
    READY_WITH_GAPS = "ready_with_gaps"
    NOT_READY = "not_ready"


class Readiness(msgspec.Struct, frozen=True, kw_only=True):
    """The result of the questions.

    Attributes:
        questions: How many there are.
        answered: How many have an answer.
        score: Points by questions, a share 0..1; an open question counts like a no.
        verdict: The score against the line.
    """

    questions: int
    answered: int
    score: Decimal
    verdict: Verdict


def assess_readiness(answers: Sequence[ReadinessAnswer], line: Decimal) -> Readiness | None:
    """The score and verdict, as the sheet `Readiness` computes them; None while nothing is answered.

    Args:
        line: The score that is enough, a share 0..1.
    """
    points = [POINTS[row.answer] for row in answers if row.answer in POINTS]
    if not points:
        return None
    asked = sum(row.question is not None for row in answers)
    score = sum(points, Decimal(0)) / max(asked, len(points))
    return Readiness(
        questions=max(asked, len(points)),
        answered=len(points),
        score=score,
        verdict=_verdict(score, line, finished=len(points) >= asked, gaps=Decimal(0) in points),
    )


def _verdict(score: Decimal, line: Decimal, *, finished: bool, gaps: bool) -> Verdict:
    if not finished:
        return Verdict.UNFINISHED
    if round(score - line, 4) < 0:
        return Verdict.NOT_READY
    return Verdict.READY_WITH_GAPS if gaps else Verdict.READY
