"""Where the advertising money really goes, against the shares that the strategy wants."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from smsheets.plan.budget import ADVERTISING, BudgetLine
from smsheets.plan.carry import ZERO, CarryMonth, months_of
from smsheets.plan.known import round_figure
from smsheets.plan.shares import ShareState, total_shares
from smsheets.plan.spare_money import CENT
from smsheets.plan.strategy import Channel


class AdShare(msgspec.Struct, frozen=True, kw_only=True):
    """A channel's advertising.

    Attributes:
        wanted, got: Shares of all advertising money that has a channel, 0..1.
        money: The year's: actual of the closed months + planned of the open ones.
        open_money: What is planned for the open months, and may still go elsewhere.
        months: How many open months the channel has a plan for.
        lines: The advertising lines of the channel.
    """

    channel: Channel
    wanted: Decimal
    got: Decimal
    money: Decimal
    open_money: Decimal
    months: int
    lines: tuple[BudgetLine, ...]

    @property
    def gap(self) -> Decimal:
        """By how much of the whole it gets more than wanted; below zero it gets less."""
        return self.got - self.wanted


def compare_ad_shares(channels: Iterable[Channel], lines: Iterable[BudgetLine]) -> tuple[AdShare, ...]:
    """One per channel with a share or with money; none where the shares do not add up, or nothing is advertised."""
    listed = [channel for channel in channels if channel.channel is not None]
    total = total_shares(channel.ad_share for channel in listed)
    if total is None or total.state is not ShareState.ADDS_UP:
        return ()
    ads = [line for line in lines if line.category == ADVERTISING and line.channel is not None]
    by_channel = {
        channel.channel: tuple(line for line in ads if line.channel == channel.channel and line.has_amounts)
        for channel in listed
    }
    money = {name: sum((_money(line) for line in own), ZERO) for name, own in by_channel.items()}
    whole = sum(money.values(), ZERO)
    if whole <= 0:
        return ()
    return tuple(
        AdShare(
            channel=channel,
            wanted=(channel.ad_share or ZERO) / total.total,
            got=money[channel.channel] / whole,
            money=money[channel.channel],
            open_money=sum((_planned(month) for line in own for month in _open(line)), ZERO),
            months=max((len(_open(line)) for line in own), default=0),
            lines=own,
        )
        for channel in listed
        if (own := by_channel[channel.channel]) or channel.ad_share
    )


def money_to_move(giver: AdShare, taker: AdShare) -> Decimal:
    """What brings one of the two to its share, to the cent: never more than is still planned for the giver."""
    whole = giver.money / giver.got if giver.got else ZERO
    return round_figure(max(min(giver.gap * whole, -taker.gap * whole, giver.open_money), ZERO), CENT)


def _money(line: BudgetLine) -> Decimal:
    return sum(((month.actual or ZERO) if month.closed else _planned(month) for month in months_of(line)), ZERO)


def _open(line: BudgetLine) -> list[CarryMonth]:
    return [month for month in months_of(line) if not month.closed and _planned(month) > 0]


def _planned(month: CarryMonth) -> Decimal:
    return month.planned or ZERO
