"""What belongs together in several workbooks: names as they are compared, initiatives of goals, channels in use."""

from __future__ import annotations

from smsheets.analysis.facts import Facts
from smsheets.plan.roadmap import Initiative
from smsheets.plan.strategy import Account, Channel
from smsheets.plan.workload import running_channels


def name_key(text: str | None) -> str:
    """A name as two workbooks are compared by it: `G1` and `g1 ` are the same; None is empty."""
    return (text or "").strip().casefold()


def initiatives_by_goal(facts: Facts) -> dict[str, list[Initiative]]:
    """The initiatives for each goal, by the goal's id as `name_key` writes it; given-up ones left out."""
    roadmap = facts.plans.roadmap
    found: dict[str, list[Initiative]] = {}
    for item in roadmap.initiatives_in_use if roadmap is not None else ():
        if item.goal_id is not None and not item.cancelled:
            found.setdefault(name_key(item.goal_id), []).append(item)
    return found


def channels_in_use(facts: Facts) -> list[Channel]:
    """The channels of a strategy that somebody began to fill in, without those to be stopped."""
    return running_channels(facts.strategy.channels) if facts.strategy.begun else []


def name_of(channel: Channel | Account, facts: Facts) -> str:
    """A channel, or the channel of an account, as people write it; `?` where it has none."""
    return facts.channel_name(channel.channel) or "?"
