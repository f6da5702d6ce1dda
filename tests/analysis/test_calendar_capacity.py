"""Findings about the time that posts take."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from calendar_rows import cells, do, hits, lacks, posts, say, strategy, told

from smsheets.analysis.finding import Level
from smsheets.plan.calendar import Calendar
from smsheets.plan.roadmap import Roadmap, Task

WORK = """
    date | format | owner | status
    2027-07-13 | short_video | Freelancer | draft
    2027-07-14 | short_video | Freelancer | draft
    2027-07-15 | photo | - | draft
    2027-07-15 | photo | Freelancer | published
    2027-06-15 | video | Freelancer | draft
"""
CALENDAR = Calendar(posts=posts(WORK))


class TestOverCapacity:
    def test_calendar_over_capacity_fires(self) -> None:
        (hit,) = hits("calendar.over_capacity", CALENDAR, strategy(Freelancer="4 45"))
        assert told(hit, "person", "monday", "needed", "available", "weeks", "posts") == (
            "Freelancer",
            date(2027, 7, 12),
            Decimal(5),
            Decimal(4),
            1,
            ("P1", "P2"),
        )
        assert (hit.about, hit.root, hit.level) == ("Freelancer", "person Freelancer: time", Level.WARNING)
        assert hit.effect == Decimal(45), "one hour too many"
        assert cells(hit)[-1] == "Team!C4"

    def test_calendar_over_capacity_does_not_fire_at_just_enough_hours(self) -> None:
        assert hits("calendar.over_capacity", CALENDAR, strategy(Freelancer="5")) == []
        assert lacks("calendar.over_capacity", CALENDAR, strategy(Freelancer="5")) == []

    def test_several_times_the_hours_is_an_error(self) -> None:
        (hit,) = hits("calendar.over_capacity", CALENDAR, strategy(Freelancer="2.5"))
        assert hit.level is Level.ERROR
        (hit,) = hits("calendar.over_capacity", CALENDAR, strategy(Freelancer="2.5"), overload_factor="2.1")
        assert hit.level is Level.WARNING

    def test_minutes_are_data(self) -> None:
        assert hits("calendar.over_capacity", CALENDAR, strategy(Freelancer="4"), minutes_short_video="60") == []

    def test_a_post_is_given_to_whoever_has_most_time_left(self) -> None:
        (hit,) = hits("calendar.over_capacity", CALENDAR, strategy(Freelancer="4", Owner="2", Ada="3"))
        assert do(hit) == "Give P1 (about 2.5 hours) to Ada, who has 3 hours left in that week."

    @pytest.mark.parametrize(
        ("due", "giver"),
        [
            (date(2027, 7, 18), "the week from"),
            (date(2027, 7, 12), "the week from"),
            (date(2027, 7, 19), "to Ada, who has 3"),
        ],
    )
    def test_tasks_due_in_that_week_take_time_too(self, due: date, giver: str) -> None:
        roadmap = Roadmap(tasks=(Task(task="Photos", owner="ada", due=due, hours=Decimal(1), status="next"),))
        (hit,) = hits("calendar.over_capacity", CALENDAR, strategy(Freelancer="4", Ada="3"), roadmap=roadmap)
        assert giver in do(hit)

    def test_where_nobody_has_time_it_is_moved_to_a_quieter_week(self) -> None:
        (hit,) = hits("calendar.over_capacity", CALENDAR, strategy(Freelancer="4"))
        assert (
            do(hit) == "Move P1 (about 2.5 hours) to the week from Jul 19, 2027, in which Freelancer has 4 hours left."
        )

    def test_what_is_still_too_much_is_said(self) -> None:
        table = WORK.replace("photo | - ", "short_video | Freelancer ")
        (hit,) = hits("calendar.over_capacity", Calendar(posts=posts(table)), strategy(Freelancer="3", Ada="3"))
        assert do(hit) == (
            "Give P1 (about 2.5 hours) to Ada, who has 3 hours left in that week. That is still 2 hours too many: "
            "move or drop some of P2, P3."
        )
        (hit,) = hits("calendar.over_capacity", Calendar(posts=posts(table)), strategy(Freelancer="3"))
        assert "That is still 2 hours too many: drop some of P2, P3, or choose quicker formats." in do(hit)

    def test_where_there_is_no_time_at_all_the_general_advice_stands(self) -> None:
        (hit,) = hits("calendar.over_capacity", CALENDAR, strategy(Freelancer="1"))
        assert do(hit).startswith("Move posts to quieter weeks, choose quicker formats, or drop a channel.")

    def test_hours_of_people_with_posts_are_asked_for(self) -> None:
        (case,) = lacks("calendar.over_capacity", CALENDAR, strategy(Freelancer="", Owner=""))
        assert say(case) == "Fill in 'Hours per week' for Freelancer to learn whether the posts fit into the week."
        assert cells(case) == ["Team!C4"]


class TestOverCapacityTeam:
    def test_calendar_over_capacity_team_fires_where_posts_have_no_owner(self) -> None:
        (hit,) = hits("calendar.over_capacity_team", CALENDAR, strategy(Freelancer="5"))
        assert told(hit, "needed", "available", "posts") == (Decimal(6), Decimal(5), ("P3",))
        assert (hit.about, hit.root, hit.level) == ("2027-07-12", "posts without an owner", Level.WARNING)
        assert do(hit).startswith("Give each post an owner")

    def test_it_names_who_has_time_for_them(self) -> None:
        (hit,) = hits("calendar.over_capacity_team", CALENDAR, strategy(Freelancer="3", Ada="1"))
        assert do(hit) == "Make Ada responsible for P3 (about 1 hour), with 1 hour left in that week."

    def test_calendar_over_capacity_team_does_not_fire(self) -> None:
        assert hits("calendar.over_capacity_team", CALENDAR, strategy(Freelancer="5", Owner="1")) == []
        assert hits("calendar.over_capacity_team", Calendar(posts=CALENDAR.posts[:2]), strategy(Freelancer="1")) == []
