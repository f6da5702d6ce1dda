"""Money that can move: over all findings of a plan no pot is promised twice, and one decision shares out each."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from string import Formatter
from typing import Any

from advice import do, say
from budget_rows import context_of, line, told
from hypothesis import given, settings
from hypothesis import strategies as st
from kpi_rows import kpi, report

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Finding, Level
from smsheets.analysis.result import BusinessAnalysis
from smsheets.analysis.run import analyze_business
from smsheets.money import Money
from smsheets.plan.budget import BudgetLine
from smsheets.plan.kpi_report import KpiReport
from smsheets.plan.spare_money import spare_of
from smsheets.plan.strategy import Channel, Limits, Strategy
from smsheets.spec.load import load_thresholds

ZERO = Decimal(0)
THRESHOLDS = {name: str(item.amount) for name, item in load_thresholds().items()}
CHANNELS = ("instagram", "facebook", "pinterest")
PROMISED = {"take", "moved", "first_amount", "second_amount", "rest_amount"}
"""Names of amounts in advice that are taken from a pot; `amount` is one for each of the `months`."""


def advised(*lines: BudgetLine, **plans: Any) -> BusinessAnalysis:
    return analyze_business("Clay & Kiln", context_of(*lines, thresholds=THRESHOLDS, **plans))


@st.composite
def budget_lines(draw: st.DrawFn) -> tuple[BudgetLine, ...]:
    """Up to six lines that spend far too little, as planned, or far too much; some with months still open."""
    rows = []
    for row in range(10, 10 + draw(st.integers(2, 6))):
        planned, share = draw(st.sampled_from([0, 10, 33, 100])), draw(st.sampled_from([0, 30, 100, 110, 130, 170]))
        spent = draw(st.one_of(st.just(planned * share // 100), st.integers(0, 200)))
        rows.append(
            line(
                f"{spent} " * draw(st.integers(4, 6)),
                planned=f"{planned} " * 12,
                row=row,
                line=f"Line {row}",
                category=draw(st.sampled_from(["advertising"] * 2 + ["software", "hired_services", "own_time"])),
                channel=draw(st.sampled_from(CHANNELS)),
                carry_rule=draw(st.sampled_from(["unspent", "unspent", "both", "none"])),
            )
        )
    return tuple(rows)


def orders(**actual: str) -> KpiReport:
    return report(*(kpi(channel, "orders", values, row=row) for row, (channel, values) in enumerate(actual.items(), 6)))


STRATEGY = Strategy(
    channels=tuple(
        Channel(channel=name, purpose=f"Sell on {name}", ad_share=share)
        for name, share in zip(CHANNELS, map(Decimal, ("0.5", "0.3", "0.2")), strict=True)
    ),
    limits=Limits(monthly_budget=Decimal(150)),
)


def promised_in_words(finding: Finding) -> Decimal:
    """The money that the advice tells to take from somewhere."""
    names = {name for _, name, _, _ in Formatter().parse(finding.todo) if name}
    amounts = [value.amount for name in names & PROMISED if isinstance(value := finding.values[name], Money)]
    if {"amount", "months"} <= names:
        each, months = finding.values["amount"], finding.values["months"]
        assert isinstance(each, Money)
        assert isinstance(months, int)
        amounts.append(each.amount * months)
    return sum(amounts, ZERO)


def left_of(ids: Iterable[str], facts: Facts) -> Decimal:
    """All that some lines have left: what they carry, and what their open months plan."""
    own = [item for item in facts.budget_variance.lines if item.line.line_id in ids]
    open_ = [month.planned or ZERO for item in own for month in item.months if not month.closed]
    carried = [month.carried_on or ZERO for item in own for month in item.months[: item.closed][-1:]]
    return sum(open_, ZERO) + sum((max(amount, ZERO) for amount in carried), ZERO)


@settings(max_examples=60, deadline=None)
@given(budget_lines(), st.none() | st.lists(st.sampled_from(["1 ", "4 ", "30 "]), min_size=3, max_size=3))
def test_no_pot_is_promised_twice(lines: tuple[BudgetLine, ...], results: list[str] | None) -> None:
    """With the budget alone, and with a strategy and results that ask for other shares of the ad money."""
    plans: dict[str, Any] = {}
    if results is not None:
        sold = orders(**{name: each * 6 for name, each in zip(CHANNELS, results, strict=True)})
        plans = {"strategy": STRATEGY, "kpi_report": sold}
    found = advised(*lines, **plans)
    facts = found.context
    assert isinstance(facts, Facts)
    pots: dict[tuple[str, ...], Decimal] = {}
    for finding in found.findings:
        assert promised_in_words(finding) == sum((item.amount for item in finding.transfers), ZERO), finding.id
        assert all(not other.transfers for other in finding.also)
        for item in finding.transfers:
            assert item.amount > 0
            assert item.amount <= item.spare
            pots[item.lines] = pots.get(item.lines, ZERO) + item.amount
    named = [name for ids in pots for name in ids]
    assert len(named) == len(set(named)), "no line gives by itself and again together with others"
    single = {item.line.line_id: item for item in facts.budget_variance.lines}
    for ids, amount in pots.items():
        assert amount <= left_of(ids, facts)
        takes = [item for item in found.findings if item.id in ("budget.over", "budget.pacing", "budget.move_money")]
        if any(item.lines == ids for finding in takes for item in finding.transfers):
            giver = single[ids[0]]
            assert amount <= spare_of(giver.months, giver.year.budget, giver.projected)


RICH = line("0 0 0 0 0 0", row=12, line="Pins", channel="pinterest")
OVER = line("170 " * 6, row=10, planned="100 " * 12, line="Photos", category="hired_services")
ALSO_OVER = line("130 " * 6, row=11, planned="100 " * 12, line="Tools", category="software")


class TestOneDecisionForEachPot:
    def test_lines_that_need_the_same_money_are_one_finding(self) -> None:
        findings = advised(OVER, ALSO_OVER, RICH).findings
        [pot] = [item for item in findings if item.id == "budget.move_money"]
        assert (pot.about, pot.level, pot.effect) == ("B3", Level.ERROR, Decimal(600))
        assert sorted(item.about for item in pot.also if item.id == "budget.over") == ["B1", "B2"]
        assert [(item.amount, item.spare) for item in pot.transfers] == [(420, 600), (180, 180)]

    def test_it_says_who_gets_how_much(self) -> None:
        less = line("150 " * 6, row=10, line="Photos", category="hired_services")
        [pot] = told("budget.move_money", less, ALSO_OVER, RICH)
        assert say(pot) == ("Photos (B1), Tools (B2) need more money than they have. Pins (B3) has €600.00 to spare.")
        assert do(pot) == ("Move €300.00 from Pins (B3) to Photos (B1) and €180.00 to Tools (B2), or spend less there.")
        more = line("120 " * 6, row=13, line="Shop", category="software")
        [pot] = told("budget.move_money", less, ALSO_OVER, RICH, more)
        assert do(pot) == (
            "Move €300.00 from Pins (B3) to Photos (B1), €180.00 to Tools (B2) and €120.00 to Shop (B4), or spend less"
            " there."
        )

    def test_one_line_that_takes_is_told_by_itself(self) -> None:
        assert told("budget.move_money", OVER, RICH) == []
        [alone] = advised(OVER, RICH).transfers
        assert (alone.lines, alone.giver, alone.taker, alone.amount) == (("B3",), "Pins (B3)", "Photos (B1)", 420)
