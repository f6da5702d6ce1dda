"""Rules on shares that make a whole: the ad money by channel, the posts by pillar."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.rules.strategy.names import begun_strategy, name_of
from smsheets.money import Share
from smsheets.plan.channel_time import STOP, TEST
from smsheets.plan.shares import ShareState, promotional_share, total_shares
from smsheets.plan.strategy import Channel, Pillar

_WHOLE = Decimal(1)
_TAKE_FROM_TEST = "Take {difference} from {channel}: it has {share}, and you are only testing it."
_TAKE_FROM_STOPPED = "Take {difference} from {channel}: it has {share}, and is to be stopped."
_TAKE_AWAY = "Take {difference} away; {channel} has most with {share}."
_GIVE_PRIMARY = "Give the missing {difference} to {channel}, your channel for sales, or to another."
_TAKE_FROM_PILLAR = "Take {difference} away; '{pillar}' has most with {share}."
_GIVE_PILLAR = "Give the missing {difference} to a pillar that helps or amuses, such as '{pillar}'."


@rule(
    "strategy.ad_shares",
    level=Level.WARNING,
    needs=("strategy",),
    says="The ad shares of the channels add up to {total}, not to 100 %.",
    todo="Correct the column 'Ad share', so that all the ad money is given out, and none of it twice.",
    source="Shares of one budget make the whole",
    lacks="Fill in 'Ad share' of the channels that get money to learn whether the monthly budget is given out.",
)
def check_ad_shares_add_up(context: Context) -> Iterator[Hit | Lack]:
    """The ad shares make 100 %, to the full percent.

    The effect is what is given out twice or not at all in a month, where the sheet Company has a monthly budget.
    Without any share there is nothing to add up; it is missed where there is a monthly budget.
    """
    strategy = begun_strategy(context)
    if strategy is None:
        return
    channels = [channel for channel in strategy.channels if channel.channel is not None]
    shares = total_shares(channel.ad_share for channel in channels)
    budget = strategy.limits.monthly_budget
    if shares is None and channels and budget:
        yield Lack(evidence=tuple(channel.cell("ad_share") for channel in channels))
    if shares is None or shares.state is ShareState.ADDS_UP:
        return
    paid = [channel for channel in channels if channel.ad_share is not None]
    difference = abs(shares.total - _WHOLE)
    todo, channel = _who_gives(paid, difference) if shares.total > _WHOLE else _who_gets(channels)
    values: dict[str, Wording] = {"total": Share(shares.total), "difference": Share(difference)}
    if channel is not None:
        values.update(channel=name_of(channel, context), share=Share(channel.ad_share or Decimal(0)))
    yield Hit(
        about="ad_share",
        evidence=tuple(channel.cell("ad_share") for channel in paid),
        values=values,
        effect=None if not budget else difference * budget,
        todo=todo,
    )


@rule(
    "strategy.pillar_shares",
    level=Level.NOTE,
    needs=("strategy",),
    says="The target shares of the pillars add up to {total}, not to 100 %.",
    todo="Correct the column 'Target share', so that every post belongs to one pillar.",
    source="Shares of one whole make the whole",
)
def check_pillar_shares_add_up(context: Context) -> Iterator[Hit]:
    """The target shares of the pillars make 100 %, to the full percent."""
    strategy = begun_strategy(context)
    pillars = [pillar for pillar in strategy.pillars if pillar.target_share is not None] if strategy is not None else []
    shares = total_shares(pillar.target_share for pillar in pillars)
    if shares is None or shares.state is ShareState.ADDS_UP:
        return
    too_much = shares.total > _WHOLE
    useful = [pillar for pillar in pillars if too_much or pillar.promotional is False]
    pillar = max(useful, key=_target, default=None)
    values: dict[str, Wording] = {"total": Share(shares.total), "difference": Share(abs(shares.total - _WHOLE))}
    if pillar is not None:
        values.update(pillar=_pillar_name(pillar, context), share=Share(_target(pillar)))
    yield Hit(
        about="target_share",
        evidence=tuple(row.cell("target_share") for row in pillars),
        values=values,
        todo="" if pillar is None else _TAKE_FROM_PILLAR if too_much else _GIVE_PILLAR,
    )


@rule(
    "strategy.mix_too_promotional",
    level=Level.WARNING,
    needs=("strategy",),
    says="{share} of the planned posts are to sell; at most {limit} should.",
    todo="Give {difference} of '{pillar}' to pillars that help or amuse: people do not follow advertising.",
    source="The 80/20 rule of content mixes, one of several in use",
    thresholds=("strategy.promotional_share",),
    lacks="Fill in 'Promotional' of {pillars} to learn whether the planned mix sells too much.",
)
def check_mix_keeps_rule(context: Context) -> Iterator[Hit | Lack]:
    """The pillars that sell have no more of the posts than the sheet Content allows; else the threshold counts."""
    strategy = begun_strategy(context)
    planned = [pillar for pillar in strategy.pillars if pillar.target_share is not None] if strategy is not None else []
    if strategy is None or not planned:
        return
    unknown = [pillar for pillar in planned if pillar.promotional is None]
    if unknown:
        names = tuple(_pillar_name(pillar, context) for pillar in unknown)
        yield Lack(evidence=tuple(pillar.cell("promotional") for pillar in unknown), values={"pillars": names})
    own = strategy.mix.promotional_at_most
    limit = context.thresholds["strategy.promotional_share"] if own is None else own
    selling = [pillar for pillar in planned if pillar.promotional]
    share = promotional_share(planned) or Decimal(0)
    if share > limit:
        yield Hit(
            about="mix",
            evidence=tuple(pillar.cell("target_share") for pillar in selling),
            values={
                "share": Share(share),
                "limit": Share(limit),
                "difference": Share(share - limit),
                "pillar": _pillar_name(max(selling, key=_target), context),
            },
        )


def _who_gives(paid: list[Channel], difference: Decimal) -> tuple[str, Channel]:
    """Whom to take ad money from: a channel to be stopped or only tested that has so much; else the largest."""
    for decision, todo in ((STOP, _TAKE_FROM_STOPPED), (TEST, _TAKE_FROM_TEST)):
        for channel in paid:
            if channel.decision == decision and (channel.ad_share or Decimal(0)) >= difference:
                return todo, channel
    return _TAKE_AWAY, max(paid, key=lambda channel: channel.ad_share or Decimal(0))


def _who_gets(channels: list[Channel]) -> tuple[str, Channel | None]:
    primary = [channel for channel in channels if channel.role == "primary" and channel.decision != STOP]
    return (_GIVE_PRIMARY, primary[0]) if primary else ("", None)


def _target(pillar: Pillar) -> Decimal:
    return pillar.target_share or Decimal(0)


def _pillar_name(pillar: Pillar, context: Context) -> str:
    return context.list_word("pillars", pillar.pillar or "") or "?"
