"""The findings about looking back: decisions that nobody kept, months that nobody reviewed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from advice import cells, do, say
from calendar_rows import HEADING, out, posts
from kpi_rows import kpi, lacking, report, told

from smsheets.analysis.finding import Level
from smsheets.plan.calendar import Calendar
from smsheets.plan.kpi_report import Decision, KpiReport, Review
from smsheets.plan.record import Where
from smsheets.plan.strategy import Strategy, TeamRole


def decision(number: int, due: str | None = "2027-05-31", **more: Any) -> Decision:
    where = Where(file="kpis.xlsx", sheet="Decisions", row=4 + number, columns={"due": 5})
    day = None if due is None else date.fromisoformat(due)
    return Decision(where=where, decision_id=f"D{number}", due=day, **{"decision": "Give up X", **more})


class TestDecisionsOverdue:
    def test_what_was_decided_and_nobody_did_the_oldest_first(self) -> None:
        decisions = (decision(1, "2027-07-04"), decision(2, owner="Ada"), decision(3, done=True))
        [finding] = told("kpi-report.decisions_overdue", report(decisions=decisions))
        assert say(finding) == (
            "Decisions that nobody carried out in time: 2 (D2, D1). The oldest was due on May 31, 2027: 'Give up X'"
        )
        assert (finding.about, cells(finding)) == ("D2+D1", ["Decisions!E6", "Decisions!E5"])
        assert do(finding) == "Ada does D2 this week, sets a realistic day, or drops it and writes down why."

    def test_a_decision_that_nobody_owns(self) -> None:
        [finding] = told("kpi-report.decisions_overdue", report(decisions=(decision(1),)))
        assert do(finding).startswith("Do it this week")

    def test_a_decision_on_a_channel_that_is_asleep_belongs_to_that_channel(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-03-03", "x") + "\n" + out("2027-07-01", "instagram")))
        decisions = (
            decision(1, decision="Ask 3 x why they left"), decision(2), decision(3, decision="More on Instagram")
        )  # fmt: skip
        found = told(
            "kpi-report.decisions_overdue",
            report(decisions=decisions),
            calendar=calendar,
        )
        assert [(item.about, item.within) for item in found] == [("D1+D3", ()), ("D2", ("channel x",))]

    @pytest.mark.parametrize("more", [{"due": "2027-07-05"}, {"done": True}, {"decision": None}])
    def test_kept_or_not_due_yet(self, more: dict[str, Any]) -> None:
        plan = report(decisions=(decision(1, **more),))
        assert told("kpi-report.decisions_overdue", plan) == []
        assert lacking("kpi-report.decisions_overdue", plan) == []

    def test_decisions_without_a_day_are_asked_about(self) -> None:
        decisions = (decision(1, None), decision(2, None, done=True), decision(3, "2028-01-01"))
        [lack] = lacking("kpi-report.decisions_overdue", report(decisions=decisions))
        assert say(lack) == "Fill in by when it is to be done (D1) to learn whether decisions are kept."
        assert cells(lack) == ["Decisions!E5"]


def reviewed(*months: int, actual: str = "1 2 3 4 5 6") -> KpiReport:
    reviews = (
        Review(
            where=Where(file="kpis.xlsx", sheet="Review", row=4 + month, columns={"what_came": 2}),
            period=date(2027, month, 1),
            what_came="Much" if month in months else None,
        )
        for month in range(1, 13)
    )
    return report(kpi("x", "likes", actual), review=tuple(reviews))


class TestReviewStale:
    def test_the_last_month_has_not_been_reviewed(self) -> None:
        [finding] = told("kpi-report.review_stale", reviewed(1, 2, 3, 4, 5), as_of=date(2027, 7, 7))
        assert say(finding) == "Months that nobody has looked back on: June."
        assert (finding.about, finding.level) == ("2027-06", Level.NOTE)
        assert cells(finding) == ["Review!B10"]
        assert do(finding).startswith("Take half an hour, answer the four questions of the sheet Review for June")

    def test_several_months_are_graver(self) -> None:
        [finding] = told("kpi-report.review_stale", reviewed(4), as_of=date(2027, 7, 7))
        assert say(finding) == "Months that nobody has looked back on: May, June."
        assert (finding.about, finding.level) == ("2027-05", Level.WARNING)

    def test_who_reads_the_numbers_is_named(self) -> None:
        team = (TeamRole(role="lead", person="Ben"), TeamRole(role="analyst", person="Ada"))
        plan = reviewed(1, 2, 3, 4, 5)
        late = {"as_of": date(2027, 7, 9)}
        assert do(told("kpi-report.review_stale", plan, strategy=Strategy(team=team), **late)[0]).startswith(
            "Ada takes"
        )
        only_ben = Strategy(team=team[:1])
        assert do(told("kpi-report.review_stale", plan, strategy=only_ben, **late)[0]).startswith("Ben takes half an")

    @pytest.mark.parametrize(
        ("plan", "as_of"),
        [
            (reviewed(1, 2, 3, 4, 5), date(2027, 7, 6)),
            (reviewed(1, 2, 3, 4, 5, 6), date(2027, 7, 31)),
            (reviewed(12), date(2028, 3, 1)),
            (reviewed(actual="- -"), date(2027, 7, 31)),
            (reviewed(actual="- - - - - 6"), date(2027, 7, 1)),
        ],
        ids=["in the first days", "reviewed", "after the period", "nobody fills it in", "just begun"],
    )
    def test_up_to_date(self, plan: KpiReport, as_of: date) -> None:
        assert told("kpi-report.review_stale", plan, as_of=as_of) == []

    def test_months_count_from_the_first_figure_on(self) -> None:
        plan = reviewed(actual="- - - 4 5")
        [finding] = told("kpi-report.review_stale", plan, as_of=date(2027, 6, 30))
        assert say(finding) == "Months that nobody has looked back on: April, May."

    def test_a_sheet_without_rows_for_the_month(self) -> None:
        [finding] = told("kpi-report.review_stale", report(kpi("x", "likes", "1")), as_of=date(2027, 2, 20))
        assert cells(finding) == ["KPIs!C6"]
