"""The strategy's arithmetic: readiness, shares, prices; and whether anybody wrote anything."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.ad_money import ShareState, ShareTotal, promotional_share, total_shares
from smsheets.plan.goals import POINTS, Goal, ReadinessAnswer, Verdict, assess_readiness
from smsheets.plan.results import margin_of, margin_share_of, reinvested_of
from smsheets.plan.strategy import (
    Channel,
    Company,
    HouseRule,
    JourneyStep,
    Mix,
    Pillar,
    Price,
    Strategy,
    TeamRole,
)  # fmt: skip

LINE = Decimal("0.75")
QUESTIONS = ("reason", "sites", "resources", "pipeline", "policy", "measure")


def answers(*given_answers: str | None) -> list[ReadinessAnswer]:
    return [
        ReadinessAnswer(question=question, answer=answer)
        for question, answer in zip(QUESTIONS, given_answers, strict=True)
    ]


@pytest.mark.parametrize(
    ("given_answers", "score", "verdict"),
    [
        (("yes",) * 6, "1", Verdict.READY),
        (("yes", "yes", "yes", "partly", "partly", "partly"), "0.75", Verdict.READY),
        (("yes", "yes", "yes", "yes", "partly", "no"), "0.75", Verdict.READY_WITH_GAPS),
        (("yes", "yes", "yes", "partly", "partly", "no"), "0.6667", Verdict.NOT_READY),
        (("yes", "yes", "yes", "yes", "yes", None), "0.8333", Verdict.UNFINISHED),
        (("no",) * 6, "0", Verdict.NOT_READY),
    ],
)
def test_readiness(given_answers: tuple[str | None, ...], score: str, verdict: Verdict) -> None:
    result = assess_readiness(answers(*given_answers), LINE)
    assert result is not None
    assert (round(result.score, 4), result.verdict) == (Decimal(score), verdict)


def test_readiness_without_an_answer_is_unknown() -> None:
    assert assess_readiness(answers(*(None,) * 6), LINE) is None
    assert assess_readiness([], LINE) is None


def test_an_answer_beside_an_erased_question_still_counts() -> None:
    result = assess_readiness([ReadinessAnswer(answer="yes"), ReadinessAnswer(question="sites", answer="no")], LINE)
    assert result is not None
    assert (result.questions, result.score) == (2, Decimal("0.5"))


@given(st.lists(st.sampled_from([*POINTS, None]), min_size=6, max_size=6))
def test_a_better_answer_never_lowers_the_score(words: list[str | None]) -> None:
    before = assess_readiness(answers(*words), LINE)
    after = assess_readiness(answers(*["yes", *words[1:]]), LINE)
    assert after is not None
    assert 0 <= (before.score if before is not None else 0) <= after.score <= 1


@pytest.mark.parametrize(
    ("shares", "state"),
    [
        (("0.5", "0.3", "0.2"), ShareState.ADDS_UP),
        (("0.333", "0.333", "0.333"), ShareState.ADDS_UP),
        (("0.5", None, "0.4"), ShareState.TOO_LITTLE),
        (("0.5", "0.3", "0.3"), ShareState.TOO_MUCH),
        (("0.995",), ShareState.ADDS_UP),
        (("0.994",), ShareState.TOO_LITTLE),
        (("1.0049",), ShareState.ADDS_UP),
        (("1.005",), ShareState.TOO_MUCH),
        (("1e40",), ShareState.TOO_MUCH),
    ],
)
def test_shares_add_up_to_the_full_percent(shares: tuple[str | None, ...], state: ShareState) -> None:
    known = [Decimal(share) if share is not None else None for share in shares]
    total = sum((share for share in known if share is not None), Decimal(0))
    assert total_shares(known) == ShareTotal(total=total, state=state)


def test_no_shares_have_no_total() -> None:
    assert total_shares([]) is None
    assert total_shares([None, None]) is None


def test_promotional_share_counts_marked_pillars_only() -> None:
    pillars = (
        Pillar(pillar="how_to", promotional=False, target_share=Decimal("0.5")),
        Pillar(pillar="products", promotional=True, target_share=Decimal("0.3")),
        Pillar(pillar="offers", promotional=True),
        Pillar(pillar="community", target_share=Decimal("0.2")),
    )
    assert promotional_share(pillars) == Decimal("0.3")
    assert promotional_share(pillars[2:3]) is None


def test_margins() -> None:
    mug = Price(price=Decimal(34), unit_cost=Decimal("14.50"), reinvest_share=Decimal("0.1"))
    assert margin_of(mug) == Decimal("19.50")
    assert round(margin_share_of(mug) or Decimal(0), 4) == Decimal("0.5735")
    assert reinvested_of(mug) == Decimal("1.95")


@pytest.mark.parametrize("price", [Price(), Price(price=Decimal(1)), Price(unit_cost=Decimal(1))])
def test_margins_are_unknown_without_price_and_cost(price: Price) -> None:
    assert (margin_of(price), margin_share_of(price), reinvested_of(price)) == (None, None, None)


def test_margin_share_of_something_free_does_not_exist() -> None:
    gift = Price(price=Decimal(0), unit_cost=Decimal(3))
    assert (margin_of(gift), margin_share_of(gift)) == (Decimal(-3), None)


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 100))
def test_reinvested_is_the_share_to_half_a_cent(price: int, cost: int, percent: int) -> None:
    row = Price(price=Decimal(price) / 100, unit_cost=Decimal(cost) / 100, reinvest_share=Decimal(percent) / 100)
    exact = Fraction(price - cost, 100) * Fraction(percent, 100)
    assert abs(Fraction(reinvested_of(row) or 0) - exact) <= Fraction(1, 200)


def test_a_new_strategy_is_not_begun() -> None:
    new = Strategy(
        team=(TeamRole(role="lead"), TeamRole(role="comments")),
        goals=(Goal(goal_id="G1"),),
        journey=(JourneyStep(way="customer", step="source"),),
        channels=(Channel(channel="instagram", posts_low=Decimal(3)),),
        mix=Mix(promotional_at_most=Decimal("0.2")),
        house_rules=(HouseRule(topic="abuse", guide="State the policy"),),
        readiness=(ReadinessAnswer(question="reason"),),
    )
    assert not new.begun


@pytest.mark.parametrize(
    "written",
    [
        Strategy(company=Company(seat="By the river")),
        Strategy(team=(TeamRole(role="lead", person="Owner"),)),
        Strategy(goals=(Goal(goal_id="G1", goal="Sell more"),)),
        Strategy(channels=(Channel(channel="x", decision="stop"),)),
        Strategy(house_rules=(HouseRule(rule="Sorry first"),)),
        Strategy(readiness=(ReadinessAnswer(question="reason", answer="no"),)),
    ],
)
def test_any_written_cell_begins_a_strategy(written: Strategy) -> None:
    assert written.begun
