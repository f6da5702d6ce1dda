"""What one sees in ten seconds: how each plan stands, the figures that matter most, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Finding
from smsheets.analysis.forecast import Forecast
from smsheets.analysis.key_figures import KeyFigure, key_figures
from smsheets.analysis.plan_states import PlanState, State, plan_states
from smsheets.analysis.ranking import choose_steps
from smsheets.analysis.variance.whole import Variance

MOST_FIGURES = 8
_WORST_FIRST = (State.OFF, State.LOOK, State.UNKNOWN, State.ON_TRACK)


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on a business.

    Attributes:
        state: The worst of its plans; `unknown` where nothing can be said.
        plans: How each plan that was given stands, worst first.
        steps: What to do next: findings, the most urgent first, of different causes and areas.
        figures: The key figures, eight at most.
    """

    state: State
    plans: tuple[PlanState, ...] = ()
    steps: tuple[Finding, ...] = ()
    figures: tuple[KeyFigure, ...] = ()


def compute_headline(context: Context, variance: Variance, forecast: Forecast, findings: Sequence[Finding]) -> Headline:
    """The verdict on the context's day."""
    plans = sorted(plan_states(context, variance, forecast), key=lambda plan: _WORST_FIRST.index(plan.state))
    return Headline(
        state=plans[0].state if plans else State.UNKNOWN,
        plans=tuple(plans),
        steps=tuple(choose_steps(findings)),
        figures=tuple(_most_telling(key_figures(context, variance, forecast, plans))),
    )


def _most_telling(figures: Iterable[KeyFigure]) -> Iterator[KeyFigure]:
    """All of them, or without the second business figure where there are too many."""
    listed = list(figures)
    spare = [number for number, item in enumerate(listed) if item.id == "result"][1:]
    for number, item in enumerate(listed):
        if len(listed) <= MOST_FIGURES or number not in spare:
            yield item
