"""Rules on shares of the strategy that make a whole: when they speak, what they say to do, when they keep quiet."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rule_cases import business, cells, do, lacking, placed, say, told

from smsheets.plan.strategy import Channel, Limits, Mix, Pillar, Strategy, TeamRole

PEOPLE = (TeamRole(role="lead", person="Owner"),)


def with_shares(*shares: str | None, decision: str | None = None, budget: str | None = None) -> Strategy:
    names = ("instagram", "facebook", "tiktok")
    rows = (
        Channel(
            channel=name,
            role="primary" if name == "facebook" else None,
            decision=decision if name == "tiktok" else None,
            ad_share=None if share is None else Decimal(share),
        )
        for name, share in zip(names, shares, strict=False)
    )
    limits = Limits(monthly_budget=None if budget is None else Decimal(budget))
    channels = tuple(placed(channel, f"Channels {number}") for number, channel in enumerate(rows, 11))
    return Strategy(team=PEOPLE, channels=channels, limits=limits)


@pytest.mark.parametrize("shares", [("0.5", "0.5", None), (None,), ("0.333", "0.333", "0.333")])
def test_ad_shares_that_add_up_or_are_not_there(shares: tuple[str | None, ...]) -> None:
    assert told("strategy.ad_shares", business(strategy=with_shares(*shares))) == []


@pytest.mark.parametrize(
    ("strategy", "todo", "effect"),
    [
        (with_shares("0.6", "0.5"), "Take 0.1 away; Instagram has most with 0.6.", None),
        (
            with_shares("0.6", "0.4", "0.1", decision="test"),
            "Take 0.1 from TikTok: it has 0.1, and you are only te",
            None,
        ),
        (
            with_shares("0.6", "0.4", "0.2", decision="stop"),
            "Take 0.2 from TikTok: it has 0.2, and is to be stop",
            None,
        ),
        (with_shares("0.6", "0.6", "0.1", decision="test"), "Take 0.3 away; Instagram has most", None),
        (with_shares("0.5", "0.4", budget="500"), "Give the missing 0.1 to Facebook, your channel", Decimal(50)),
        (with_shares("0.9"), "Correct the column 'Ad share'", None),
    ],
)
def test_ad_shares_that_do_not_add_up(strategy: Strategy, todo: str, effect: Decimal | None) -> None:
    (finding,) = told("strategy.ad_shares", business(strategy=strategy))
    assert do(finding).startswith(todo)
    assert (finding.about, finding.effect) == ("ad_share", effect)
    assert cells(finding)[0] == "Channels 11 ad_share"


def test_ad_shares_are_asked_for_where_there_is_money() -> None:
    (case,) = lacking("strategy.ad_shares", business(strategy=with_shares(None, None, budget="500")))
    assert cells(case) == ["Channels 11 ad_share", "Channels 12 ad_share"]
    for strategy in (with_shares(None), with_shares("1", None, budget="500")):
        assert lacking("strategy.ad_shares", business(strategy=strategy)) == []


def with_pillars(*pillars: tuple[str, bool | None, str | None], at_most: str | None = None) -> Strategy:
    rows = (
        placed(
            Pillar(pillar=name, promotional=sells, target_share=None if share is None else Decimal(share)),
            f"Content {number}",
        )
        for number, (name, sells, share) in enumerate(pillars, 9)
    )
    mix = Mix(promotional_at_most=None if at_most is None else Decimal(at_most))
    return Strategy(team=PEOPLE, pillars=tuple(rows), mix=mix)


@pytest.mark.parametrize(
    ("shares", "todo"),
    [
        (("0.8", "0.2"), None),
        ((None, None), None),
        (("0.9", "0.2"), "Take 0.1 away; 'Tips and how-to' has most with 0.9."),
        (("0.7", "0.2"), "Give the missing 0.1 to a pillar that helps or amuses, such as 'Tips and how-to'."),
        ((None, "0.2"), "Correct the column 'Target share', so that every post belongs to one pillar."),
    ],
)
def test_pillar_shares(shares: tuple[str | None, str | None], todo: str | None) -> None:
    strategy = with_pillars(("how_to", False, shares[0]), ("products", True, shares[1]))
    found = told("strategy.pillar_shares", business(strategy=strategy))
    assert [do(finding) for finding in found] == ([] if todo is None else [todo])
    assert [(finding.about, cells(finding)[-1]) for finding in found] in (
        [],
        [("target_share", "Content 10 target_share")],
    )


@pytest.mark.parametrize(
    ("selling", "at_most", "limit"),
    [("0.2", None, None), ("0.21", None, "0.2"), ("0.3", "0.3", None), ("0.25", "0.1", "0.1")],
)
def test_a_mix_that_sells_too_much(selling: str, at_most: str | None, limit: str | None) -> None:
    strategy = with_pillars(("products", True, selling), ("how_to", False, "0.7"), at_most=at_most)
    found = told("strategy.mix_too_promotional", business(strategy=strategy))
    assert [say(finding) for finding in found] == (
        [] if limit is None else [f"{selling} of the planned posts are to sell; at most {limit} should."]
    )
    for finding in found:
        difference = Decimal(selling) - Decimal(limit or 0)
        assert do(finding).startswith(f"Give {difference} of 'Products and offers' to pillars that help or amuse")
        assert (finding.about, cells(finding)) == ("mix", ["Content 9 target_share"])


def test_whether_a_pillar_sells_is_asked() -> None:
    strategy = with_pillars(("products", None, "0.3"), ("how_to", False, "0.7"), ("customers", None, None))
    (case,) = lacking("strategy.mix_too_promotional", business(strategy=strategy))
    assert (case.values["pillars"], cells(case)) == (("Products and offers",), ["Content 9 promotional"])
    assert lacking("strategy.mix_too_promotional", business(strategy=with_pillars(("how_to", False, "1")))) == []
