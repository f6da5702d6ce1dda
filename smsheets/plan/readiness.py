"""Readiness: six questions, a score and a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.plan.record import Record

POINTS = {"yes": Decimal(1), "partly": Decimal("0.5"), "no": Decimal(0)}
"""What an answer counts."""


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
    """What the score means. `READY_WITH_GAPS`: the score is reached though a question is answered no."""

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
        verdict: What that means against the line.
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
