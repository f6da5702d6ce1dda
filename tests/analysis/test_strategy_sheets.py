"""Sheets of the strategy that are empty, half filled, or answered no: one calm line each, and not in the first days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from rule_cases import AS_OF, business, cells, do, placed, say, told

from smsheets.analysis.finding import Level
from smsheets.plan.goals import Goal
from smsheets.plan.record import About
from smsheets.plan.strategy import (
    Account,
    Channel,
    CompetitorChannel,
    JourneyStep,
    ListeningTerm,
    Persona,
    Price,
    Strategy,
    SwotOutsideRow,
    SwotRow,
    TeamRole,
)

BEGUN = (placed(TeamRole(role="lead", person="Ana"), "Team 4"),)


def strategy(start: date = date(2027, 1, 1), **tables: object) -> Strategy:
    begun: dict[str, object] = {"start": placed(About(period_start=start, business="Clay"), "Start 3"), "team": BEGUN}
    return Strategy(**{**begun, **tables})  # type: ignore[arg-type]


def only(rule_id: str, **tables: object) -> list[str]:
    """What a rule says and does, and that it says nothing in the first days."""
    early = strategy(start=date(2027, 6, 20), **tables)
    found = told(rule_id, business(strategy=strategy(**tables)))
    assert told(rule_id, business(strategy=early)) == []
    assert told(rule_id, business(strategy=strategy(start=date(2027, 8, 1), **tables))) == []
    return [f"{say(item)} {do(item)}" for item in found]


def test_a_strategy_without_a_goal() -> None:
    row = placed(Goal(goal_id="G1"), "Goals 9")
    (text,) = only("strategy.no_goals", goals=(row,))
    assert text.startswith("The strategy has no goal. Write one goal on the sheet Goals")
    assert only("strategy.no_goals", goals=(row, Goal(goal="More orders"))) == []
    assert cells(told("strategy.no_goals", business(strategy=strategy(goals=(row,))))[0]) == ["Goals 9 goal"]
    assert cells(told("strategy.no_goals", business(strategy=strategy()))[0]) == ["Start 3 business"]


def test_nobody_is_described() -> None:
    (text,) = only("strategy.no_persona", personas=(Persona(kind="customer"), Persona(name="Troll", kind="negative")))
    assert text.startswith("The sheet Personas does not say yet whom you want to reach. Describe one customer")
    assert only("strategy.no_persona", personas=(Persona(name="Home cook"),)) == []


def test_nobody_listens() -> None:
    rows = (placed(ListeningTerm(kind="brand"), "Listening 6"), placed(ListeningTerm(kind="product"), "Listening 7"))
    (text,) = only("strategy.not_listening", listening=rows)
    assert text.startswith("The sheet Listening has no word to watch for yet.")
    assert only("strategy.not_listening", listening=(ListeningTerm(term="clay", who="Ben"),)) == []
    unwatched = strategy(listening=(ListeningTerm(term="clay"), ListeningTerm(term="kiln", who="Ben")))
    (finding,) = told("strategy.not_listening", business(strategy=unwatched))
    assert say(finding) == "Words that nobody watches for: clay."
    assert do(finding).startswith("Write into 'Who' on the sheet Listening")


def test_steps_without_an_answer_are_one_line() -> None:
    steps = [placed(JourneyStep(way="customer", step=f"s{n}"), f"Journey {n}") for n in range(6, 9)]
    (text,) = only("strategy.journey_open", journey=tuple(steps))
    assert text.startswith("Steps on the sheet Journey without an answer: 3 of 3.")
    answered = tuple(JourneyStep(way="customer", step="s", answer="In the shop") for _ in steps)
    assert only("strategy.journey_open", journey=answered) == []


def test_roles_without_people_are_one_line() -> None:
    roles = (*BEGUN, placed(TeamRole(role="ads"), "Team 5"), placed(TeamRole(role="copy"), "Team 6"))
    (text,) = only("strategy.role_without_person", team=roles)
    assert text.startswith("Roles that nobody has on the sheet Team: 2. Put a person beside each of them")
    assert only("strategy.role_without_person", team=(*BEGUN, TeamRole(role="comments"), TeamRole())) == []


def test_rivals_that_nobody_weighs_are_one_line() -> None:
    rivals = tuple(placed(CompetitorChannel(competitor=name), "Competitors 6") for name in ("Kiln House", "kiln house"))
    (text,) = only("strategy.rival_without_swot", competitors=rivals, swot=(SwotRow(about="Kiln House"),))
    assert text.startswith("Competitors that are not on the sheet SWOT: Kiln House.")
    weighed = (SwotRow(about="Kiln house ", strength="A shop"),)
    assert only("strategy.rival_without_swot", competitors=rivals, swot=weighed) == []
    outside = (SwotOutsideRow(about="Kiln House", threat="Moves away"),)
    assert only("strategy.rival_without_swot", competitors=rivals, swot_outside=outside) == []


@pytest.mark.parametrize(
    ("answer", "level", "says"),
    [
        ("no", Level.WARNING, "By your own answer your customers cannot afford 'Vase'."),
        ("partly", Level.NOTE, "By your own answer not all of your customers can afford 'Vase'."),
        ("yes", None, ""),
        (None, None, ""),
    ],
)
def test_a_price_that_cannot_be_paid(answer: str | None, level: Level | None, says: str) -> None:
    price = placed(Price(item="Vase", price=Decimal(400), affordable=answer), "Positioning 20")
    found = told("strategy.price_too_high", business(strategy=strategy(prices=(price,))))
    assert [(item.level, say(item)) for item in found] == ([(level, says)] if level else [])


CHANNELS = (Channel(channel="x", purpose="Talk"), Channel(channel="tiktok", decision="stop"))


def test_an_account_that_is_not_there_or_has_another_name() -> None:
    rows = (Account(channel="X", account_created=False), Account(channel="tiktok", account_created=False))
    (finding,) = told("strategy.account_unfinished", business(strategy=strategy(channels=CHANNELS, setup=rows)))
    assert (say(finding), finding.root) == (
        "There is no account on X yet, and the strategy has the channel.",
        "channel x",
    )
    rows = (Account(channel="x", account_created=True, professional_handle=False),)
    (finding,) = told("strategy.account_unfinished", business(strategy=strategy(channels=CHANNELS, setup=rows)))
    assert say(finding) == "The X account does not have the name of the business."
    rows = (Account(channel="x", account_created=True, professional_handle=True), Account(channel="x"))
    assert told("strategy.account_unfinished", business(strategy=strategy(channels=CHANNELS, setup=rows))) == []


def test_accounts_that_nobody_has_checked_for_long_are_one_line() -> None:
    def found(*days: date | None) -> list[str]:
        rows = tuple(Account(channel=name, last_checked=day) for name, day in zip(("x", "tiktok"), days, strict=False))
        channels = (CHANNELS[0], Channel(channel="tiktok", purpose="Show"))
        context = business(strategy=strategy(channels=channels, setup=rows))
        return [say(item) for item in told("strategy.account_unchecked", context)]

    assert date(2027, 7, 5) == AS_OF
    assert found(date(2027, 1, 5), date(2026, 12, 1)) == [
        "Accounts that nobody has looked after for more than 180 days: X, TikTok. The longest since 2026-12-01."
    ]
    assert found(date(2027, 1, 6), None) == []
