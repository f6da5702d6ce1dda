"""Findings about channels on which nothing happens any more."""

from __future__ import annotations

from decimal import Decimal

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
        assert (hit.about, hit.root) == ("x", "channel x: posts")
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

    def test_a_channel_without_any_post_sleeps_since_the_calendar_is_kept(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-05-01 2027-07-01", "x")))
        (hit,) = hits("calendar.dormant_linked", calendar, strategy(channel("tiktok", linked=True)))
        assert told(hit, "channel", "days") == ("TikTok", 65)

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
            "Fill in 'Linked from website' for X to learn whether your website sends people to a channel that sleeps.",
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
        assert (hit.about, hit.root) == ("x", "channel x: posts")
        assert "take it off the sheet Wanted cadence" in do(hit)

    def test_calendar_dormant_does_not_fire_the_day_before(self) -> None:
        assert hits("calendar.dormant", self.CALENDAR, dormant_days="125") == []
        assert len(hits("calendar.dormant", self.CALENDAR, dormant_days="124")) == 1

    def test_the_graver_rule_and_stopped_channels_come_first(self) -> None:
        assert hits("calendar.dormant", self.CALENDAR, strategy(channel("x", linked=True))) == []
        stopped = strategy(channel("x", linked=True, decision="stop"))
        assert hits("calendar.dormant", self.CALENDAR, stopped) == []
        assert hits("calendar.dormant_linked", self.CALENDAR, stopped) == []

    def test_a_channel_that_is_only_planned_shows_where_it_is_planned(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-05-03", "x") + "\n2027-07-08 | tiktok | draft"))
        found = {hit.about: cells(hit) for hit in hits("calendar.dormant", calendar)}
        assert found == {"x": ["Posts!B6"], "tiktok": ["Posts!E7"]}

    def test_each_idea_is_given_to_one_channel(self) -> None:
        text = HEADING + out("2027-03-03", "x") + "\n" + out("2027-03-03", "threads")
        found = {
            hit.about: hit.values.get("ideas")
            for hit in hits("calendar.dormant", Calendar(posts=posts(text), ideas=BANK))
        }
        assert found == {"x": ("'Tea stains' (N1)",), "threads": None}
