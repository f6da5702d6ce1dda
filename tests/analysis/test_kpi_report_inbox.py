"""The findings about the inbox."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from advice import cells, do, say
from kpi_rows import lacking, message, report, told

from smsheets.analysis.finding import Level
from smsheets.plan.kpi_report import Message
from smsheets.plan.strategy import HouseRule, Strategy, TeamRole

ADA_ANSWERS = (TeamRole(role="comments", person="Ada"),)


def timed(*hours: int, **more: Any) -> tuple[Message, ...]:
    return tuple(message(row, first_answer_hours=Decimal(item), **more) for row, item in enumerate(hours, 8))


class TestUnanswered:
    def test_unanswered_messages_the_oldest_first(self) -> None:
        inbox = (
            message(8),
            message(9, received="2027-06-20", channel="facebook", summary="Opening hours?"),
            message(10, "praise"),
            message(11, received="2027-07-05"),
        )
        [finding] = told("kpi-report.unanswered", report(inbox=inbox))
        assert say(finding) == (
            "Messages without an answer for longer than the 24 hours promised: 2 (Facebook, Instagram). The oldest came"
            " in on Jun 20, 2027."
        )
        assert (finding.about, finding.root, finding.level) == ("M2+M1", "inbox: answers", Level.WARNING)
        assert cells(finding) == ["Inbox!E9", "Inbox!E8"]
        assert do(finding) == ("Answer today, begin with M2 (Opening hours?), and say sorry for the wait: M2, M1.")

    def test_who_answers_is_named(self) -> None:
        [finding] = told("kpi-report.unanswered", report(inbox=(message(8),)), strategy=Strategy(team=ADA_ANSWERS))
        assert do(finding) == "Ada answers today, begins with M1, and says sorry for the wait: M1."

    def test_channels_with_promises_of_their_own_are_still_one_finding(self) -> None:
        rules = (HouseRule(topic="response", channel="x", within_hours=Decimal(4)),)
        inbox = (message(8, received="2027-07-04", channel="x"), message(9, received="2027-07-04"), message(10))
        [finding] = told("kpi-report.unanswered", report(inbox=inbox), strategy=Strategy(house_rules=rules))
        assert "longer than the 4, 24 hours promised: 2" in say(finding)

    def test_an_unanswered_complaint_is_graver(self) -> None:
        [finding] = told("kpi-report.unanswered", report(inbox=(message(8, "complaint"),)))
        assert finding.level is Level.ERROR

    @pytest.mark.parametrize(
        "item",
        [
            message(8, answered=True),
            message(8, first_answer_hours=Decimal(90)),
            message(8, received=None),
            message(8, received="2027-08-01"),
            message(8, received="2027-07-04"),
            message(8, None, None),
        ],
    )
    def test_nothing_waits(self, item: Any) -> None:
        assert told("kpi-report.unanswered", report(inbox=(item,))) == []


class TestSlowAnswers:
    def test_answers_slower_than_the_promise(self) -> None:
        [finding] = told("kpi-report.slow_answers", report(inbox=timed(30, 2, 90, 4)))
        assert say(finding) == "2 of 4 answers came later than the 24 hours promised (50%); usually they take 17 hours."
        assert (finding.about, finding.root) == ("inbox", "inbox: answers")
        assert cells(finding) == ["Inbox!F10", "Inbox!F8"]
        assert do(finding) == (
            "Fix a time of day for messages and a stand-in, keep answers to common questions ready, or promise 90"
            " hours, which you can keep."
        )

    def test_the_slowest_channel_and_who_answers_alone(self) -> None:
        inbox = (*timed(30, 2, 90), *timed(1, 2, 3, channel="facebook"))
        [finding] = told("kpi-report.slow_answers", report(inbox=inbox))
        assert do(finding).startswith("Begin with Instagram, where answers usually take 30 hours: fix a time of day")
        [finding] = told("kpi-report.slow_answers", report(inbox=inbox), strategy=Strategy(team=ADA_ANSWERS))
        assert "and find somebody who stands in for Ada. Or promise 90 hours" in do(finding)
        covered = Strategy(team=(*ADA_ANSWERS, TeamRole(role="lead", person="Ben", stand_in="Ada")))
        [finding] = told("kpi-report.slow_answers", report(inbox=inbox), strategy=covered)
        assert "stands in" not in do(finding)
        [finding] = told("kpi-report.slow_answers", report(inbox=timed(90)), strategy=Strategy(team=ADA_ANSWERS))
        assert do(finding).startswith("Find somebody who stands in for Ada")

    def test_a_few_late_ones_are_no_finding(self) -> None:
        kept = (*timed(*(1,) * 9), message(30, first_answer_hours=Decimal(90)))
        assert told("kpi-report.slow_answers", report(inbox=kept)) == []
        assert len(told("kpi-report.slow_answers", report(inbox=kept[1:]))) == 1
        assert told("kpi-report.slow_answers", report(inbox=timed(24))) == []

    def test_the_promise_is_the_house_rules_then_the_workbooks_then_the_default(self) -> None:
        late = report(inbox=timed(10))
        rules = (
            HouseRule(topic="response", within_hours=Decimal(48)),
            HouseRule(topic="response", channel="instagram", within_hours=Decimal(4)),
            HouseRule(topic="approval", within_hours=Decimal(1)),
        )
        promised = report(inbox=timed(10), promise_hours=8)
        assert told("kpi-report.slow_answers", late) == []
        assert told("kpi-report.slow_answers", promised)[0].values["promise"] == 8
        strict, general = Strategy(house_rules=rules), Strategy(house_rules=rules[:1])
        assert told("kpi-report.slow_answers", late, strategy=strict)[0].values["promise"] == 4
        assert told("kpi-report.slow_answers", promised, strategy=general) == []

    def test_hours_that_nobody_noted_are_asked_for(self) -> None:
        inbox = (message(8, answered=True), message(9, "praise", answered=True), message(10), *timed(1))
        [lack] = lacking("kpi-report.slow_answers", report(inbox=inbox))
        assert say(lack) == (
            "Fill in after how many hours the first answer came (M1) to learn whether the promise is kept."
        )
        assert cells(lack) == ["Inbox!F8"]
        assert lacking("kpi-report.slow_answers", report(inbox=inbox[1:])) == []


class TestComplaints:
    def test_complaints_that_reach_nobody(self) -> None:
        inbox = (
            message(8, "complaint", answered=True, summary="Broken"),
            message(9, "complaint", routed_to="Owner", answered=True),
            message(10, "complaint", resolved=True, answered=True),
            message(11, answered=True),
        )
        [finding] = told("kpi-report.complaint_not_routed", report(inbox=inbox))
        assert say(finding) == "Complaints that nobody in the business deals with: 1 (Instagram)."
        assert (finding.about, finding.root, cells(finding)) == ("M1", "inbox: complaints", ["Inbox!G8"])
        assert do(finding).startswith("Write into 'Passed on to' who solves it")
        rules = (HouseRule(topic="complaints", owner="Ada"), HouseRule(topic="routing", owner="Ben"))
        [finding] = told("kpi-report.complaint_not_routed", report(inbox=inbox), strategy=Strategy(house_rules=rules))
        assert do(finding).startswith(
            "By your house rules that is for Ben: write it into 'Passed on to' of M1 (Broken)"
        )
        assert told("kpi-report.complaint_not_routed", report(inbox=inbox[1:])) == []

    def test_what_else_waits_is_told_with_the_complaint(self) -> None:
        inbox = (message(8, "complaint"), message(9), message(10, received="2027-06-20"))
        [finding] = told("kpi-report.complaint_not_routed", report(inbox=inbox))
        assert say(finding).endswith("Other messages that wait longer than the 24 hours promised: 2.")
        assert do(finding).endswith("Then answer M3, M2, and say sorry for the wait.")
        assert cells(finding) == ["Inbox!G8", "Inbox!E10", "Inbox!E9"]
        [unanswered] = told("kpi-report.unanswered", report(inbox=inbox))
        assert unanswered.root == finding.root
        nameless = (*inbox, msgspec.structs.replace(message(11), message_id=None))
        [alone] = told("kpi-report.unanswered", report(inbox=nameless))
        assert alone.root != finding.root, "what the complaint does not name is told by itself"
        rules = (HouseRule(topic="routing", owner="Ben"),)
        [finding] = told("kpi-report.complaint_not_routed", report(inbox=inbox), strategy=Strategy(house_rules=rules))
        assert do(finding).startswith("By your house rules that is for Ben")
        assert do(finding).endswith("Then answer M3, M2, and say sorry for the wait.")

    def test_a_complaint_that_was_passed_on_and_is_not_solved(self) -> None:
        waits = message(8, "complaint", "2027-06-20", routed_to="Ben", answered=True, summary="Lost parcel")
        used = message(9, "question", resolved=True)
        [finding] = told("kpi-report.complaint_unsolved", report(inbox=(waits, used)))
        assert say(finding) == (
            "Complaints that were passed on and are not solved after 7 days: 1 (Instagram). The oldest came in on"
            " Jun 20, 2027."
        )
        assert do(finding).startswith("Ask Ben today how far M1 (Lost parcel) is, and tell the customer")
        assert (finding.about, cells(finding)) == ("M1", ["Inbox!H8"])
        other = message(10, "complaint", "2027-06-10", routed_to="Ann", resolved=False)
        [both] = told("kpi-report.complaint_unsolved", report(inbox=(waits, used, other)))
        assert do(both).endswith("tell each customer by when it is solved: M3, M1 (Lost parcel).")
        for quiet in ({"resolved": True}, {"received": date(2027, 6, 28)}, {"routed_to": None}, {"kind": "question"}):
            inbox = (msgspec.structs.replace(waits, **quiet), used)
            assert told("kpi-report.complaint_unsolved", report(inbox=inbox)) == []
        assert told("kpi-report.complaint_unsolved", report(inbox=(waits,))) == [], "nobody fills in the column"

    def many(self, complaints: int, others: int, **more: Any) -> list[Message]:
        kinds = ["complaint"] * complaints + ["praise"] * others
        return [message(row, kind, **more) for row, kind in enumerate(kinds, 8)]

    def test_many_complaints(self) -> None:
        inbox = (*self.many(3, 17), message(90, None), message(91, "complaint", "2027-03-01"))
        [finding] = told("kpi-report.many_complaints", report(inbox=inbox))
        assert say(finding) == ("3 of 20 messages of the last 90 days are complaints (15%), most of them on Instagram.")
        assert (finding.about, finding.root) == ("complaint", "inbox: complaints")
        assert cells(finding) == ["Inbox!D8", "Inbox!D9", "Inbox!D10"]
        assert do(finding).startswith("Read M1, M2, M3 together and look for one cause")

    @pytest.mark.parametrize(("complaints", "others"), [(3, 18), (3, 6), (0, 20)])
    def test_few_complaints_or_few_messages(self, complaints: int, others: int) -> None:
        inbox = tuple(self.many(complaints, others))
        assert told("kpi-report.many_complaints", report(inbox=inbox)) == []

    def test_kinds_that_nobody_noted_are_asked_for(self) -> None:
        [lack] = lacking("kpi-report.many_complaints", report(inbox=(message(8, None), message(9))))
        assert say(lack) == ("Fill in the kind of 1 message to learn how many of them are complaints and questions.")
        assert cells(lack) == ["Inbox!D8"]
        assert lacking("kpi-report.many_complaints", report(inbox=(message(9), message(10, None, None)))) == []

    def test_the_same_questions(self) -> None:
        asked = (*(message(row) for row in range(8, 14)), *(message(row, "praise") for row in range(14, 18)))
        [finding] = told("kpi-report.same_questions", report(inbox=asked))
        assert say(finding) == ("6 of 10 messages of the last 90 days are questions (60%), most of them on Instagram.")
        assert (finding.about, finding.level) == ("question", Level.NOTE)
        assert do(finding).startswith("Look through M1, M2, M3, M4, M5, M6 for what is asked twice")
        assert told("kpi-report.same_questions", report(inbox=(*asked, message(30, "mention")))) == []


def test_messages_of_later_days_do_not_count() -> None:
    later = report(inbox=tuple(message(row, "complaint", "2027-08-01") for row in range(8, 30)))
    for rule_id in ("kpi-report.many_complaints", "kpi-report.complaint_not_routed", "kpi-report.unanswered"):
        assert told(rule_id, later) == []
        assert len(told(rule_id, later, as_of=date(2027, 8, 5))) == 1
