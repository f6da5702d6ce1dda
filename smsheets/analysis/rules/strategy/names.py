"""How the strategy's rules compare names across workbooks, and what they say is the cause."""

from __future__ import annotations

from collections.abc import Sequence

from smsheets.analysis.context import Context
from smsheets.plan.goals import Goal
from smsheets.plan.roadmap import Initiative
from smsheets.plan.strategy import Channel, Strategy
from smsheets.plan.workload import Person, people_of, running_channels


def same(text: str | None) -> str:
    """A text as two workbooks are compared by it: `G1` and `g1 ` are the same; None is empty."""
    return (text or "").strip().casefold()


def id_of(goal: Goal) -> str:
    """The goal's id; its sentence where it has none."""
    return goal.goal_id or goal.name


def cause_in(goal: Goal) -> str:
    """The root of what goes wrong because of how a goal is written, or because nobody works for it."""
    return f"goal {id_of(goal)}"


def begun_strategy(context: Context) -> Strategy | None:
    """The strategy, once anybody wrote anything into it."""
    strategy = context.plans.strategy
    return strategy if strategy is not None and strategy.begun else None


def goals_of(context: Context) -> tuple[Goal, ...]:
    """The goals in use."""
    strategy = context.plans.strategy
    return tuple(goal for goal in strategy.goals if goal.in_use) if strategy is not None else ()


def initiatives_by_goal(context: Context) -> dict[str, list[Initiative]]:
    """What the roadmap does for each goal, by the goal's id as `same` writes it; given-up initiatives left out."""
    roadmap = context.plans.roadmap
    found: dict[str, list[Initiative]] = {}
    for item in roadmap.initiatives_in_use if roadmap is not None else ():
        if item.goal_id is not None and not item.cancelled:
            found.setdefault(same(item.goal_id), []).append(item)
    return found


def channels_in_use(context: Context) -> list[Channel]:
    """The channels of a strategy that somebody began to fill in, without those to be stopped."""
    strategy = begun_strategy(context)
    return running_channels(strategy.channels) if strategy is not None else []


def name_of(channel: Channel, context: Context) -> str:
    """A channel as people write it."""
    return context.channel_name(channel.channel) or "?"


def purpose_root(channels: Sequence[Channel]) -> str:
    """The root of what goes wrong because nobody knows what these channels are for."""
    return f"channel {'+'.join(channel.channel or '' for channel in channels)}: purpose"


def team_of(context: Context) -> dict[str, Person]:
    """The people of the sheet Team by `person_key`."""
    strategy = context.plans.strategy
    return people_of(strategy.team) if strategy is not None else {}
