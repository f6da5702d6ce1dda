"""Rules on people, accounts, house rules and readiness of the strategy."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace
from rule_cases import business, cells, do, lacking, placed, say, told

from smsheets.analysis.finding import Level
from smsheets.plan.goals import ReadinessAnswer, ReadinessLine
from smsheets.plan.strategy import Account, HouseRule, Mission, Price, Strategy, TeamRole


def with_team(*roles: tuple[str, str | None] | tuple[str, str | None, str]) -> Strategy:
    """Roles as (role, person, for whom they stand in)."""
    rows = (
        placed(TeamRole(role=role, person=person, stand_in=away[0] if away else None), f"Team {number}")
        for number, (role, person, *away) in enumerate(roles, 5)
    )
    return Strategy(mission=Mission(what_we_do="Pots"), team=tuple(rows))


def test_nobody_answers() -> None:
    rule_id = "strategy.nobody_answers"
    assert told(rule_id, business(strategy=with_team(("lead", "Owner"), ("comments", "Assistant")))) == []
    (finding,) = told(rule_id, business(strategy=with_team(("lead", "Owner"), ("comments", None))))
    assert (finding.about, finding.root) == ("comments", "inbox: answers")
    assert cells(finding) == ["Team 6 person"]
    assert do(finding).startswith("Put one of the team (Owner) beside the role 'Comments and messages'")
    (finding,) = told(rule_id, business(strategy=with_team(("comments", None))))
    assert do(finding).startswith("Put a person beside the role")


def test_the_role_of_answering_may_have_been_deleted() -> None:
    (finding,) = told("strategy.nobody_answers", business(strategy=with_team(("lead", "Owner"))))
    assert cells(finding) == ["Team 5 role"]


@pytest.mark.parametrize(
    ("team", "todo"),
    [
        ([("comments", "Ada"), ("lead", "Bob", "ada")], None),
        ([("comments", "Ada"), ("comments", "Bob")], None),
        ([("comments", None)], None),
        ([("comments", "Ada"), ("lead", "Bob")], "Agree on it with one of the team (Bob), and put Ada into"),
        ([("comments", "Ada"), ("lead", "Ada", "Ada")], "Ask somebody you trust to look in on those days"),
        ([("comments", "Ada"), ("lead", None, "Ada")], "Ask somebody you trust"),
    ],
)
def test_nobody_stands_in_for_who_answers(team: list[tuple[str, str | None]], todo: str | None) -> None:
    found = told("strategy.no_stand_in", business(strategy=with_team(*team)))
    assert len(found) == (todo is not None)
    for finding in found:
        assert (finding.about, finding.root) == ("Ada", "person Ada: stand-in")
        assert cells(finding) == ["Team 5 person", "Team 5 stand_in"]
        assert do(finding).startswith(todo or "")


@pytest.mark.parametrize(
    ("team", "todo"),
    [
        (
            [("lead", "Ada"), ("copy", "Ada"), ("ads", "ada"), ("comments", "Ada"), ("creative", None)],
            None,
        ),
        (
            [("lead", "Ada"), ("copy", "Ada"), ("ads", "Ada"), ("comments", "Bob")],
            "Let one of the others (Bob) stand in",
        ),
        ([("lead", "Ada"), ("copy", "Ada"), ("ads", "Bob"), ("comments", "Bob")], None),
        ([("lead", "Ada"), ("copy", "Ada"), ("ads", "Ada")], None),
        ([("lead", "Ada"), ("copy", "Ada"), ("ads", "Ada"), ("comments", "Bob", "Ada")], None),
    ],
)
def test_everything_hangs_on_one_person(team: list[tuple[str, str | None]], todo: str | None) -> None:
    found = told("strategy.one_head", business(strategy=with_team(*team)))
    assert len(found) == (todo is not None)
    for finding in found:
        assert (finding.about, finding.root) == ("Ada", "person Ada: stand-in")
        assert cells(finding)[:3] == ["Team 5 person", "Team 6 person", "Team 7 person"]
        assert say(finding).startswith("Everything depends on Ada: ")
        assert do(finding).startswith(todo or "")


def test_an_account_with_two_factor_off() -> None:
    accounts = (
        placed(Account(channel="tiktok", account_created=True, two_factor=False), "Setup 10"),
        Account(channel="x", account_created=False, two_factor=False),
        Account(channel="facebook", two_factor=False, recovery_contact="Assistant"),
        Account(channel="pinterest", two_factor=True),
    )
    tiktok, facebook = told("strategy.two_factor_off", business(strategy=Strategy(setup=accounts)))
    assert (tiktok.about, tiktok.root, cells(tiktok)) == ("tiktok", "account tiktok", ["Setup 10 two_factor"])
    assert do(tiktok).startswith("Turn on two-factor login in the account's security settings today")
    assert do(facebook).startswith("Ask Assistant, who gets its recovery mails, to turn on two-factor login")
    assert told("strategy.two_factor_off", business(strategy=Strategy(setup=accounts[1:2]))) == []


def test_whether_two_factor_is_on_is_asked_of_accounts_in_use() -> None:
    accounts = (
        Account(channel="x"),
        Account(channel="facebook", account_created=False, plan="free"),
        placed(Account(channel="tiktok", account_created=True), "Setup 10"),
    )
    (case,) = lacking("strategy.two_factor_off", business(strategy=Strategy(setup=accounts)))
    assert (case.values["channels"], cells(case)) == (("TikTok",), ["Setup 10 two_factor"])
    known = replace(accounts[2], two_factor=True)
    assert lacking("strategy.two_factor_off", business(strategy=Strategy(setup=(*accounts[:2], known)))) == []


@pytest.mark.parametrize(
    ("answers", "todo"),
    [
        ({"business_email": True, "password_manager": True}, None),
        ({"business_email": False, "account_created": False}, None),
        ({}, None),
        ({"business_email": False}, "Change the account to an address of the business in its settings."),
        ({"password_manager": False}, "Put the account's password into the password manager"),
        ({"business_email": False, "password_manager": False}, "Change the account to an address of the business, and"),
    ],
)
def test_an_account_that_can_be_lost(answers: dict[str, bool], todo: str | None) -> None:
    account = placed(Account(channel="tiktok", **answers), "Setup 10")
    found = told("strategy.account_unsafe", business(strategy=Strategy(setup=(account,))))
    assert len(found) == (todo is not None)
    for finding in found:
        assert (finding.about, finding.root) == ("tiktok", "account tiktok")
        assert cells(finding) == [f"Setup 10 {field}" for field in answers]
        assert do(finding).startswith(todo or "")


RULE_ROWS = (
    placed(HouseRule(topic="abuse", guide="State the policy."), "House 6"),
    placed(HouseRule(topic="tone", guide="How we sound", rule="Warm and short"), "House 7"),
    placed(HouseRule(topic="tone", guide="How we sound"), "House 8"),
)


def test_no_policy_is_written() -> None:
    rule_id = "strategy.no_policy"
    team = (TeamRole(person="Owner"),)
    readiness = (placed(ReadinessAnswer(question="policy", answer="no"), "Readiness 9"),)
    assert told(rule_id, business(strategy=Strategy(team=team, house_rules=RULE_ROWS))) == []
    (finding,) = told(rule_id, business(strategy=Strategy(team=team, house_rules=RULE_ROWS[:1], readiness=readiness)))
    assert (finding.about, finding.root) == ("house_rules", "house rules")
    assert cells(finding) == ["House 6 rule", "Readiness 9 answer"]


def test_house_rules_leave_something_open() -> None:
    rule_id = "strategy.policy_gaps"
    (finding,) = told(rule_id, business(strategy=Strategy(house_rules=RULE_ROWS)))
    assert say(finding) == "The house rules leave open: 'State the policy'."
    assert (finding.about, finding.root, cells(finding)) == ("house_rules", "house rules", ["House 6 rule"])
    assert told(rule_id, business(strategy=Strategy(house_rules=RULE_ROWS[1:]))) == []
    assert told(rule_id, business(strategy=Strategy(team=(TeamRole(person="Owner"),), house_rules=RULE_ROWS[:1]))) == []


ANSWERS = (
    ReadinessAnswer(question="reason", answer="yes"),
    placed(ReadinessAnswer(question="sites", answer="partly", next_step="Decide on X"), "Readiness 8"),
    placed(ReadinessAnswer(question="policy", answer="no", next_step="Finish the rules"), "Readiness 9"),
)


def test_not_ready() -> None:
    (finding,) = told("strategy.not_ready", business(strategy=Strategy(readiness=ANSWERS)))
    assert say(finding) == "The readiness score is 0.5; 0.75 is needed."
    assert do(finding) == "Do next what you wrote down yourselves: 'Finish the rules', 'Decide on X'."
    assert (finding.about, cells(finding)) == ("readiness", ["Readiness 9 answer", "Readiness 8 answer"])
    plain = tuple(replace(row, next_step=None) for row in ANSWERS)
    (finding,) = told("strategy.not_ready", business(strategy=Strategy(readiness=plain)))
    assert do(finding).startswith("Start with the questions answered no")


@pytest.mark.parametrize(("line", "is_set"), [("0.5", False), ("0.51", True)])
def test_readiness_line_on_the_sheet_counts_before_the_threshold(line: str, is_set: bool) -> None:
    strategy = Strategy(readiness=ANSWERS, readiness_result=ReadinessLine(line=Decimal(line)))
    assert len(told("strategy.not_ready", business(strategy=strategy))) == is_set


def test_open_questions_of_readiness_are_asked() -> None:
    open_row = placed(ReadinessAnswer(question="measure"), "Readiness 10")
    context = business(strategy=Strategy(readiness=(*ANSWERS, open_row)))
    (case,) = lacking("strategy.not_ready", context)
    assert (case.values["count"], cells(case)) == (1, ["Readiness 10 answer"])
    assert told("strategy.not_ready", context) == []
    assert lacking("strategy.not_ready", business(strategy=Strategy(readiness=ANSWERS))) == []


def with_prices(*prices: tuple[str | None, str | None, str | None]) -> Strategy:
    rows = (
        placed(
            Price(
                item=item,
                price=None if price is None else Decimal(price),
                unit_cost=None if cost is None else Decimal(cost),
            ),
            f"Positioning {number}",
        )
        for number, (item, price, cost) in enumerate(prices, 20)
    )
    return Strategy(prices=tuple(rows))


@pytest.mark.parametrize(
    ("price", "cost", "level", "says"),
    [
        ("10", "9.01", Level.NOTE, "'Mug' earns 0.99 a piece (0.099 of its price)"),
        ("10", "10", Level.NOTE, "'Mug' earns 0 a piece (0 of its price)"),
        ("10", "11", Level.WARNING, "'Mug' costs 1 more than it sells for."),
    ],
)
def test_a_sale_that_earns_hardly_anything(price: str, cost: str, level: Level, says: str) -> None:
    (finding,) = told("strategy.thin_margin", business(strategy=with_prices(("Mug", price, cost))))
    assert say(finding).startswith(says)
    assert (finding.about, finding.level) == ("Mug", level)
    assert cells(finding) == ["Positioning 20 price", "Positioning 20 unit_cost"]
    enough = (Decimal(cost) / Decimal("0.9")).quantize(Decimal("0.01"))
    assert do(finding) == f"Do not pay for advertising 'Mug', or sell it for at least {enough}."


def test_a_sale_that_earns_a_tenth_or_of_which_nothing_is_known() -> None:
    quiet = (("Mug", "10", "9"), ("Bowl", None, "9"), ("Gift", "0", "1"), (None, "10", "10"), ("Cup", "10", None))
    assert told("strategy.thin_margin", business(strategy=with_prices(*quiet))) == []


def test_the_cost_of_what_is_sold_is_asked_for() -> None:
    (case,) = lacking("strategy.thin_margin", business(strategy=with_prices(("Mug", "10", "9"), ("Cup", "10", None))))
    assert (case.values["items"], cells(case)) == (("Cup",), ["Positioning 21 unit_cost"])
    assert (
        lacking("strategy.thin_margin", business(strategy=with_prices(("Mug", "10", "9"), ("Bowl", None, None)))) == []
    )
