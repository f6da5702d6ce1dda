"""Findings about channels on which nothing happens any more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from calendar_rows import (
    BANK,
    HEADING,
    cells,
    channel,
    do,
    hits,
    lacks,
    out,
    posts,
    results,
    say,
    strategy,
    told,
    wanted,
)

from smsheets.analysis.finding import Level
from smsheets.plan.calendar import Calendar
from smsheets.plan.kpi_report import Decision


class TestDormantLinked:
    @pytest.mark.parametrize(
        ("last", "level"),
        [
            ("2027-06-06", None),
            ("2027-06-05", Level.WARNING),
            ("2027-04-07", Level.WARNING),
            ("2027-04-06", Level.ERROR),
        ],
    )
    def test_calendar_dormant_linked_fires_from_30_days_on_and_is_an_error_after_90(
        self, last: str, level: Level | None
    ) -> None:
        calendar = Calendar(posts=posts(HEADING + out(last, "instagram")))
        found = hits("calendar.dormant_linked", calendar, strategy(channel("instagram", linked=True)))
        assert [hit.level for hit in found] == ([level] if level else [])

    def test_it_names_the_last_post_and_the_link(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-03-03 2027-01-03", "x")))
        (hit,) = hits("calendar.dormant_linked", calendar, strategy(channel("x", linked=True)))
        assert told(hit, "channel", "days") == ("X", 124)
        assert cells(hit) == ["Posts!B6", "Channels!G4"]
        assert (hit.about, hit.root) == ("x", "channel x")
        assert do(hit).startswith("Post on X this week, or take the link off the website")

    def test_it_names_the_next_planned_post_else_ideas(self) -> None:
        text = HEADING + out("2027-03-03", "x") + "\n2027-07-20 | x | draft\n2027-07-08 | x | draft"
        plan = strategy(channel("x", linked=True))
        (hit,) = hits("calendar.dormant_linked", Calendar(posts=posts(text), ideas=BANK), plan)
        assert do(hit).startswith("See to it that P3 goes out on Jul 8, 2027, and plan the one after it.")
        (hit,) = hits(
            "calendar.dormant_linked", Calendar(posts=posts(HEADING + out("2027-03-03", "x")), ideas=BANK), plan
        )
        assert do(hit).startswith("Post on X this week, for instance 'Tea stains' (N1); or take the link off")

    def test_an_overdue_decision_on_the_channel_is_what_to_do(self) -> None:
        text, plan = HEADING + out("2027-03-03", "x"), strategy(channel("x", linked=True))
        late = Decision(decision_id="D2", decision="Decide whether Twitter is given up", due=date(2027, 5, 31))
        begin = "X: decide on D2, overdue since May 31, 2027. No posts for 124 days"
        next_one = "\n2027-07-08 | x | draft"
        for table, end in (("", "there every week."), (next_one, "beginning with P2 on Jul 8, 2027.")):
            calendar = Calendar(posts=posts(text + table), ideas=BANK)
            (hit,) = hits("calendar.dormant_linked", calendar, plan, decisions=(late,))
            assert say(hit) == f"{begin}, and your website links to it."
            assert do(hit).startswith("Give X up and take the link off the website, or post")
            assert do(hit).endswith(end)
            (hit,) = hits("calendar.dormant", calendar, decisions=(late,))
            assert say(hit) == f"{begin}."
            assert do(hit).startswith("Give X up and say so on the profile, or post")
        done = (msgspec.structs.replace(late, done=True),)
        (hit,) = hits("calendar.dormant_linked", Calendar(posts=posts(text)), plan, decisions=done)
        assert do(hit).startswith("Post on X this week")

    def test_a_channel_without_any_post_is_not_asleep(self) -> None:
        text = HEADING + out("2027-05-01 2027-07-01", "x")
        plan = strategy(channel("tiktok", linked=True))
        for table in (text, text + "\n2027-07-08 | tiktok | draft"):
            assert hits("calendar.dormant_linked", Calendar(posts=posts(table)), plan) == []

    def test_at_stake_is_what_the_posts_wanted_since_then_usually_bring(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-05-31", "x")), cadence_wanted=wanted(x="2"))
        plan = strategy(channel("x", linked=True))
        assert hits("calendar.dormant_linked", calendar, plan)[0].effect is None
        kpis = results(
            "channel | revenue | orders | spend\nx | 30 | 1 | -\nx | - | 0 | -\nx | 40 | 1 | -\nx | 900 | 9 | 5"
        )
        (hit,) = hits("calendar.dormant_linked", calendar, plan, kpis=kpis)
        assert hit.effect == Decimal(300), "35 days, 2 a week, 30 each; what was paid for does not count"

    def test_whether_the_website_links_to_a_sleeping_channel_is_asked(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-03-03", "x") + "\n" + out("2027-07-01", "instagram")))
        plan = strategy(channel("x"), channel("instagram"), channel("tiktok"))
        (case,) = lacks("calendar.dormant_linked", calendar, plan)
        assert (say(case), cells(case)) == (
            "Fill in 'Linked from website' for X to learn whether your website sends people to a channel without "
            "posts.",
            ["Channels!G4"],
        )
        assert lacks("calendar.dormant_linked", calendar, strategy(channel("x", linked=False))) == []


class TestDormant:
    CALENDAR = Calendar(
        posts=posts(HEADING + out("2027-03-03", "x") + "\n" + out("2027-07-01", "instagram")),
        cadence_wanted=wanted(x="1"),
    )

    def test_calendar_dormant_fires_without_a_strategy(self) -> None:
        (hit,) = hits("calendar.dormant", self.CALENDAR)
        assert told(hit, "channel", "days") == ("X", 124)
        assert cells(hit) == ["Posts!B6", "Wanted!B6"]
        assert (hit.about, hit.root) == ("x", "channel x")
        assert "take it off the sheet Wanted cadence" in do(hit)

    def test_calendar_dormant_does_not_fire_the_day_before(self) -> None:
        assert hits("calendar.dormant", self.CALENDAR, dormant_days="125") == []
        assert len(hits("calendar.dormant", self.CALENDAR, dormant_days="124")) == 1

    def test_the_graver_rule_and_stopped_channels_come_first(self) -> None:
        assert hits("calendar.dormant", self.CALENDAR, strategy(channel("x", linked=True))) == []
        stopped = strategy(channel("x", linked=True, decision="stop"))
        assert hits("calendar.dormant", self.CALENDAR, stopped) == []
        assert hits("calendar.dormant_linked", self.CALENDAR, stopped) == []

    def test_a_channel_with_its_first_post_to_come_is_not_asleep(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-05-03", "x") + "\n2027-07-08 | tiktok | draft"))
        assert [hit.about for hit in hits("calendar.dormant", calendar)] == ["x"]

    def test_each_idea_is_given_to_one_channel(self) -> None:
        text = HEADING + out("2027-03-03", "x") + "\n" + out("2027-03-03", "threads")
        found = {
            hit.about: hit.values.get("ideas")
            for hit in hits("calendar.dormant", Calendar(posts=posts(text), ideas=BANK))
        }
        assert found == {"x": ("'Tea stains' (N1)",), "threads": None}


class TestNotStarted:
    TEXT = HEADING + out("2027-06-05 2027-07-01", "x")

    def hits(self, text: str = TEXT, **more: object) -> list[str]:
        calendar = Calendar(posts=posts(text), cadence_wanted=wanted(x="1", tiktok="2"))
        return [do(hit) for hit in hits("calendar.not_started", calendar, **more)]

    def test_calendar_not_started_fires_where_nothing_is_out_or_planned(self) -> None:
        calendar = Calendar(posts=posts(self.TEXT), cadence_wanted=wanted(x="1", tiktok="2"), ideas=BANK)
        (hit,) = hits("calendar.not_started", calendar)
        assert say(hit) == "TikTok has not started: nothing went out there yet, and nothing is planned."
        assert (hit.about, hit.root, cells(hit)) == ("tiktok", "channel tiktok", ["Wanted!B7"])
        assert do(hit).startswith("Plan the first post on TikTok, for instance ")
        assert self.hits()[0].endswith("off the sheet Wanted cadence until you have time for it.")
        plan = strategy(channel("tiktok", linked=True))
        assert self.hits(plan=plan)[0].endswith("take the link off your website until there is something to see.")

    def test_calendar_not_started_waits_for_the_first_post_and_for_a_calendar_that_runs(self) -> None:
        assert self.hits(self.TEXT + "\n2027-08-01 | tiktok | draft") == []
        assert self.hits(HEADING + out("2027-06-06 2027-07-01", "x")) == []
        assert self.hits(plan=strategy(channel("tiktok", decision="stop"))) == []

    def test_what_begins_late_is_measured_from_its_beginning(self) -> None:
        text = self.TEXT + "\n" + out("2027-06-30", "tiktok") + "\n2027-07-08 | tiktok | draft"
        calendar = Calendar(posts=posts(text), cadence_wanted=wanted(tiktok="2"))
        assert hits("calendar.below_cadence", calendar) == []
        assert hits("calendar.drop_channel", calendar) == []
