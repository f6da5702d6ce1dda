"""Findings about how often channels are fed, and which one to give up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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
    strategy,
    told,
    wanted,
)

from smsheets.analysis.finding import Level
from smsheets.money import Share
from smsheets.plan.calendar import Calendar
from smsheets.plan.record import About

JUNE = out("2027-06-08 2027-06-10 2027-06-15 2027-06-22 2027-07-01", "instagram")


class TestBelowCadence:
    CALENDAR = Calendar(posts=posts(HEADING + JUNE), cadence_wanted=wanted(instagram="3 5"), ideas=BANK)

    def test_calendar_below_cadence_fires(self) -> None:
        (hit,) = hits("calendar.below_cadence", self.CALENDAR)
        assert told(hit, "channel", "published", "weeks", "low") == ("Instagram", Decimal("1.3"), 4, Decimal(3))
        assert cells(hit) == ["Wanted!B6"]
        assert (hit.about, hit.root, hit.level) == ("instagram", "channel instagram", Level.WARNING)
        assert hits("calendar.above_cadence", self.CALENDAR) == []

    def test_calendar_below_cadence_does_not_fire_at_the_number_itself(self) -> None:
        calendar = Calendar(posts=posts(HEADING + JUNE), cadence_wanted=wanted(instagram="1.25 1.25"))
        assert hits("calendar.below_cadence", calendar) + hits("calendar.above_cadence", calendar) == []

    def test_nearly_enough_is_a_note(self) -> None:
        calendar = Calendar(posts=posts(HEADING + JUNE), cadence_wanted=wanted(instagram="1.6"))
        assert hits("calendar.below_cadence", calendar)[0].level is Level.NOTE
        assert hits("calendar.below_cadence", calendar, drop_share="0.8")[0].level is Level.WARNING

    def test_it_names_days_and_ideas_for_the_missing_posts(self) -> None:
        (hit,) = hits("calendar.below_cadence", self.CALENDAR)
        assert hit.values["days"] == tuple(date(2027, 7, day) for day in (12, 13, 15, 19, 20, 22)), (
            "three each week, on Tuesdays and Thursdays as before, then from Monday on"
        )
        assert hit.values["ideas"] == ("'Stamps' (N2)", "'Tea stains' (N1)")
        assert do(hit).startswith(
            "Posts to plan for Instagram until Jul 25, 2027: 6, for instance on Jul 12, 2027, Jul 13"
        )

    def test_weekdays_that_did_better_come_first(self) -> None:
        kpis = results(
            "date | channel | likes\n"
            + "\n".join(
                f"2027-06-{day:02} | instagram | {likes}" for day, likes in [(4, 90), (11, 80), (18, 99), (1, 40)]
            )
            + "\n2027-06-08 | instagram | 30\n2027-06-15 | instagram | 20"
        )
        calendar = Calendar(posts=posts(HEADING + JUNE), cadence_wanted=wanted(instagram="1.5"))
        (hit,) = hits("calendar.below_cadence", calendar, kpis=kpis)
        assert hit.values["days"] == (date(2027, 7, 13), date(2027, 7, 16), date(2027, 7, 23)), (
            "Fridays, then a Tuesday"
        )

    def test_where_enough_is_planned_it_is_to_go_out(self) -> None:
        text = (
            HEADING
            + JUNE
            + "\n2027-07-14 | instagram | draft\n2027-07-20 | instagram | draft\n2027-07-22 | instagram | -"
        )
        calendar = Calendar(posts=posts(text), cadence_wanted=wanted(instagram="1.5"))
        (hit,) = hits("calendar.below_cadence", calendar)
        assert do(hit) == "Enough is planned for Instagram. See to it that it goes out: P6, P7, P8."

    def test_after_the_period_and_where_every_day_is_taken_the_general_advice_stands(self) -> None:
        start = About(period_start=date(2027, 1, 1), months=7)
        over = Calendar(start=start, posts=self.CALENDAR.posts, cadence_wanted=wanted(instagram="3"))
        (hit,) = hits("calendar.below_cadence", over, as_of=date(2027, 7, 20), dormant_days="99", cadence_weeks="5")
        assert do(hit).startswith("Plan more posts for Instagram, or lower the number")
        days = "\n".join(f"2027-07-{day} | instagram | draft" for day in range(12, 26))
        full = Calendar(posts=posts(HEADING + JUNE + "\n" + days), cadence_wanted=wanted(instagram="9"))
        (hit,) = hits("calendar.weeks_ahead", full)
        assert do(hit).startswith("Plan the missing posts now")

    def test_a_calendar_younger_than_the_weeks_is_not_judged(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-07-01", "x")), cadence_wanted=wanted(x="3"))
        assert hits("calendar.below_cadence", calendar) == []

    def test_a_sleeping_channel_is_left_to_its_own_rule(self) -> None:
        text = HEADING + JUNE + "\n" + out("2027-03-01", "x")
        assert hits("calendar.below_cadence", Calendar(posts=posts(text), cadence_wanted=wanted(x="3"))) == []

    def test_numbers_of_channels_in_use_are_asked_for(self) -> None:
        calendar = Calendar(posts=posts(HEADING + JUNE), cadence_wanted=wanted(instagram="", x="", facebook="1"))
        (case,) = lacks("calendar.below_cadence", calendar)
        assert (case.values["channels"], cells(case)) == (("Instagram",), ["Wanted!B6"])
        stopped = strategy(channel("instagram", decision="stop"))
        assert lacks("calendar.below_cadence", calendar, stopped) == []


class TestAboveCadence:
    def test_calendar_above_cadence_fires(self) -> None:
        calendar = Calendar(posts=posts(HEADING + JUNE), cadence_wanted=wanted(instagram="0.5 1"))
        (hit,) = hits("calendar.above_cadence", calendar)
        assert told(hit, "published", "high", "hours") == (Decimal("1.3"), Decimal(1), Decimal("0.3"))
        assert (hit.about, hit.root) == ("instagram", "channel instagram")
        assert "worth about 0.3 hours a week" in do(hit)

    def test_calendar_above_cadence_does_not_fire_without_a_most(self) -> None:
        calendar = Calendar(posts=posts(HEADING + JUNE), cadence_wanted=wanted(instagram="0.5"))
        assert hits("calendar.above_cadence", calendar) == []


class TestWeeksAhead:
    def test_calendar_weeks_ahead_fires_for_each_channel(self) -> None:
        text = HEADING + JUNE + "\n2027-07-14 | instagram | draft\n2027-07-20 | facebook | idea"
        calendar = Calendar(
            posts=posts(text), cadence_wanted=wanted(instagram="1 5", facebook="0.5", tiktok="0"), ideas=BANK
        )
        found = hits("calendar.weeks_ahead", calendar, dormant_days="99")
        assert [told(hit, "channel", "planned", "needed", "missing") for hit in found] == [
            ("Instagram", 1, Decimal(2), 1),
            ("Facebook", 0, Decimal(1), 1),
        ]
        assert [(hit.about, hit.root) for hit in found] == [
            ("instagram", "channel instagram"),
            ("facebook", "channel facebook"),
        ]
        assert told(found[0], "first", "last") == (date(2027, 7, 12), date(2027, 7, 25))
        assert [hit.values["ideas"] for hit in found] == [("'Stamps' (N2)",), ("'Oldest piece' (N5)",)]

    def test_calendar_weeks_ahead_does_not_fire_where_enough_is_planned(self) -> None:
        text = HEADING + JUNE + "\n2027-07-12 | instagram | draft\n2027-07-25 | instagram | -"
        calendar = Calendar(posts=posts(text), cadence_wanted=wanted(instagram="1 5"))
        assert hits("calendar.weeks_ahead", calendar) == []
        assert len(hits("calendar.weeks_ahead", calendar, ahead_weeks="3")) == 1

    def test_after_the_period_nothing_is_missing(self) -> None:
        start = About(period_start=date(2027, 1, 1), months=7)
        calendar = Calendar(start=start, posts=posts(HEADING + JUNE), cadence_wanted=wanted(instagram="1 5"))
        assert len(hits("calendar.weeks_ahead", calendar)) == 1
        assert hits("calendar.weeks_ahead", calendar, as_of=date(2027, 7, 20)) == []

    def test_before_anything_is_out_nothing_is_missing(self) -> None:
        calendar = Calendar(posts=posts(HEADING + "2027-07-12 | x | draft"), cadence_wanted=wanted(x="3"))
        assert hits("calendar.weeks_ahead", calendar) == []


class TestGap:
    CALENDAR = Calendar(posts=posts(HEADING + out("2027-05-01 2027-06-01 2027-06-15 2027-06-29", "x")))

    def test_calendar_gap_fires(self) -> None:
        (hit,) = hits("calendar.gap", self.CALENDAR)
        assert told(hit, "days", "from", "to") == (31, date(2027, 5, 1), date(2027, 6, 1))
        assert cells(hit) == ["Posts!B6", "Posts!B7"]
        assert (hit.about, hit.root) == ("x", "channel x")

    def test_calendar_gap_does_not_fire_at_the_limit_nor_on_stopped_channels(self) -> None:
        assert hits("calendar.gap", self.CALENDAR, gap_days="31") == []
        assert len(hits("calendar.gap", self.CALENDAR, gap_days="30")) == 1
        assert hits("calendar.gap", self.CALENDAR, strategy(channel("x", decision="stop"))) == []

    def test_it_names_ideas_for_such_weeks(self) -> None:
        (hit,) = hits("calendar.gap", Calendar(posts=self.CALENDAR.posts, ideas=BANK))
        assert do(hit) == "Keep something ready for such weeks, for instance 'Tea stains' (N1)."


class TestDropChannel:
    CALENDAR = Calendar(
        posts=posts(
            HEADING
            + "\n".join(
                [
                    out("2027-05-03 2027-05-11 2027-05-19 2027-05-26 2027-06-02", "instagram"),
                    out("2027-05-12", "x"),
                    out("2027-05-13 2027-05-20 2027-05-27 2027-06-03", "facebook"),
                    out("2027-06-09 2027-06-16 2027-06-23 2027-06-30", "facebook"),
                ]
            )
        ),
        cadence_wanted=wanted(instagram="1", x="2", facebook="1"),
    )

    def test_calendar_drop_channel_fires(self) -> None:
        (hit,) = hits("calendar.drop_channel", self.CALENDAR)
        figures = told(hit, "count", "channel", "published", "wanted", "share")
        assert figures == (2, "X", 1, Decimal(16), Share(Decimal("0.0625")))
        assert cells(hit) == ["Wanted!B7", "Wanted!B6"]
        assert (hit.about, hit.root, hit.effect) == ("x", "channel x", None)
        assert do(hit) == "Consider giving up X: that frees about 2 hours a week for Instagram."

    def test_the_time_it_frees_is_worth_money(self) -> None:
        (hit,) = hits("calendar.drop_channel", self.CALENDAR, strategy(Owner="5 25", Ada="2 40"), minutes_other="30")
        assert hit.values["hours"] == Decimal(1)
        assert hit.effect == Decimal(200), "8 weeks of an hour, at the lowest value"

    def test_calendar_drop_channel_does_not_fire_for_one_channel(self) -> None:
        stopped = strategy(channel("x", decision="stop"))
        assert hits("calendar.drop_channel", self.CALENDAR, stopped) == [], "one channel short is no sign of too many"
        assert hits("calendar.drop_channel", self.CALENDAR, drop_share="0.5") == [], "Instagram had just that share"
