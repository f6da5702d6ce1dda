"""Advertising money by channel against the shares wanted."""

from __future__ import annotations

from decimal import Decimal

from smsheets.plan.ad_money import AdShare, compare_ad_shares, money_to_move
from smsheets.plan.budget import BudgetLine
from smsheets.plan.strategy import Channel


def wants(channel: str, share: str | None) -> Channel:
    return Channel(channel=channel, ad_share=None if share is None else Decimal(share))


def ads(channel: str | None, planned: str, actual: str = "", category: str = "advertising") -> BudgetLine:
    return BudgetLine(
        category=category,
        channel=channel,
        planned=tuple(map(Decimal, planned.split())),
        actual=tuple(map(Decimal, actual.split())),
    )


LINES = (
    ads("instagram", "100 100 100", "150"),
    ads("instagram", "50 0 0", "0"),
    ads("facebook", "50 50 50"),
    ads(None, "999 999 999"),
    ads("facebook", "999 999 999", category="software"),
)


def test_the_year_is_what_was_spent_and_what_is_still_planned() -> None:
    first, second = compare_ad_shares([wants("instagram", "0.5"), wants("facebook", "0.5")], LINES)
    assert (first.money, first.got, first.gap) == (350, Decimal("0.7"), Decimal("0.2"))
    assert (first.open_money, first.months, len(first.lines)) == (200, 2, 2)
    assert (second.money, second.got, second.months) == (150, Decimal("0.3"), 3)
    assert money_to_move(first, second) == 100


def test_no_more_is_moved_than_is_still_planned() -> None:
    spent = (ads("instagram", "100 100", "300 10"), ads("facebook", "10 10"))
    first, second = compare_ad_shares([wants("instagram", "0.5"), wants("facebook", "0.5")], spent)
    assert money_to_move(first, second) == 0
    assert money_to_move(second, first) == 0


def test_a_channel_without_share_and_money_is_left_out() -> None:
    channels = [wants("instagram", "1"), wants("x", None), wants("facebook", None)]
    assert [item.channel.channel for item in compare_ad_shares(channels, LINES)] == ["instagram", "facebook"]


def test_nothing_is_compared_without_shares_that_add_up_or_without_money() -> None:
    both = [wants("instagram", "0.5"), wants("facebook", "0.6")]
    assert compare_ad_shares(both, LINES) == ()
    assert compare_ad_shares([wants("instagram", None)], LINES) == ()
    assert compare_ad_shares([wants("instagram", "1")], ()) == ()


def test_a_giver_without_money_gives_nothing() -> None:
    empty = AdShare(
        channel=wants("x", "1"),
        wanted=Decimal(1),
        got=Decimal(0),
        money=Decimal(0),
        open_money=Decimal(0),
        months=0,
        lines=(),
    )
    assert money_to_move(empty, empty) == 0
