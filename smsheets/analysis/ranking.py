"""The order of findings: harm first, then money, goals, upkeep; in each the most worth a minute first.

The worth of a minute is a finding's effect divided by the minutes of its repair. Where nobody knows the effect, that is
not zero: a minute of it counts as the median of those known in its class, so that it neither wins nor loses every time;
more or less than that by the weight of its rule and by its level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from smsheets.analysis.finding import Finding, Level
from smsheets.median import median
from smsheets.plan.record import group_by
from smsheets.plan.reference import FindingClass

STEPS = 3
_LEVELS, _CLASSES = tuple(Level), tuple(FindingClass)
_USUAL_WEIGHT = 2
"""Weights are 1 to 3: a rule of this one has the median, the others half as much less or more."""
_OF_LEVEL = {Level.ERROR: Decimal(2), Level.WARNING: Decimal(1), Level.NOTE: Decimal("0.5")}
"""By level a minute of unknown worth counts double or half: errors do harm now, notes are worth knowing."""

_Key = Callable[[Finding], tuple[object, ...]]


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Worst first: by level, and within a level as `rank_findings` does."""
    return sorted(rank_findings(findings), key=lambda item: _LEVELS.index(item.level))


def rank_findings(findings: Iterable[Finding]) -> list[Finding]:
    """What to do first: by class, then by the worth of a minute, then by level, then the quickest."""
    listed = list(findings)
    return sorted(listed, key=_rank_among(listed))


def choose_steps(findings: Sequence[Finding]) -> list[Finding]:
    """The first three things to do, of three areas where there are so many; each of a cause of its own.

    Notes are no steps while there is anything else.
    """
    ranked = rank_findings([item for item in findings if item.level is not Level.NOTE] or findings)
    first_of_area = {item.area: item for item in reversed(ranked)}
    leading = [item for item in ranked if first_of_area[item.area] is item]
    others = [item for item in ranked if first_of_area[item.area] is not item]
    chosen = [*leading, *others][:STEPS]
    return [item for item in ranked if any(item is one for one in chosen)]


def _rank_among(findings: Sequence[Finding]) -> _Key:
    """The key by which these findings are ranked: what is usual in a class comes from all of them."""
    usual: dict[FindingClass, Decimal] = {}
    for class_, own in group_by(findings, lambda item: item.class_).items():
        known = [item.effect / item.minutes for item in own if item.effect is not None]
        usual[class_] = median(known) if known else Decimal(1)

    def worth_of_minute(item: Finding) -> Decimal:
        if item.effect is not None:
            return item.effect / item.minutes
        return usual[item.class_] * item.weight / _USUAL_WEIGHT * _OF_LEVEL[item.level]

    return lambda item: (
        _CLASSES.index(item.class_),
        -worth_of_minute(item),
        _LEVELS.index(item.level),
        item.minutes,
        item.id,
        item.evidence,
    )
