"""How the strategy's rules compare names across workbooks, and what they say is the cause."""

from __future__ import annotations

from collections.abc import Sequence

from smsheets.analysis.facts import Facts
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


def begun_strategy(facts: Facts) -> Strategy | None:
    """The strategy, once anybody wrote anything into it."""
    strategy = facts.plans.strategy
    return strategy if strategy is not None and strategy.begun else None


def goals_of(facts: Facts) -> tuple[Goal, ...]:
    """The goals in use."""
    strategy = facts.plans.strategy
    return tuple(goal for goal in strategy.goals if goal.in_use) if strategy is not None else ()


def initiatives_by_goal(facts: Facts) -> dict[str, list[Initiative]]:
    """What the roadmap does for each goal, by the goal's id as `same` writes it; given-up initiatives left out."""
    roadmap = facts.plans.roadmap
    found: dict[str, list[Initiative]] = {}
    for item in roadmap.initiatives_in_use if roadmap is not None else ():
        if item.goal_id is not None and not item.cancelled:
            found.setdefault(same(item.goal_id), []).append(item)
    return found


def channels_in_use(facts: Facts) -> list[Channel]:
    """The channels of a strategy that somebody began to fill in, without those to be stopped."""
    strategy = begun_strategy(facts)
    return running_channels(strategy.channels) if strategy is not None else []


def name_of(channel: Channel, facts: Facts) -> str:
    """A channel as people write it."""
    return facts.channel_name(channel.channel) or "?"


def purpose_root(channels: Sequence[Channel]) -> str:
    """The root of what goes wrong because nobody knows what these channels are for."""
    return f"channel {'+'.join(channel.channel or '' for channel in channels)}: purpose"


def team_of(facts: Facts) -> dict[str, Person]:
    """The people of the sheet Team by `person_key`."""
    strategy = facts.plans.strategy
    return people_of(strategy.team) if strategy is not None else {}
