"""Findings that help before a post goes out: ready, owned, described, linked, on the right day, for the right day."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from calendar_rows import cells, do, hits, key_dates, lacks, posts, results, say, targets, told
from msgspec.structs import replace

from smsheets.analysis.finding import Level
from smsheets.periods import Weekday
from smsheets.plan.calendar import Calendar

TARGETS = targets(how_to="0.8", products="0.2")


def calendar(table: str) -> Calendar:
    return Calendar(posts=posts(table), mix_targets=TARGETS)


class TestNotReady:
    TABLE = """
        date | status | owner
        2027-07-08 | draft | Ada
        2027-07-06 | in_review | -
        2027-07-08 | approved | -
        2027-07-08 | scheduled | -
        2027-07-08 | idea | -
        2027-07-09 | draft | -
        2027-07-04 | draft | -
    """

    def test_calendar_not_ready_fires(self) -> None:
        (hit,) = hits("calendar.not_ready", calendar(self.TABLE))
        assert told(hit, "posts", "last") == (("P2", "P1"), date(2027, 7, 8))
        assert (hit.about, cells(hit)) == ("P2+P1", ["Posts!K7", "Posts!K6"])
        assert do(hit) == "Begin with P2, it goes out on Jul 6, 2027; ask Ada."

    def test_calendar_not_ready_does_not_fire(self) -> None:
        assert hits("calendar.not_ready", calendar(self.TABLE), ready_days="0") == []
        never = self.TABLE.replace("approved", "draft").replace("scheduled", "draft")
        assert hits("calendar.not_ready", calendar(never)) == [], "nobody here approves or schedules"


class TestNoOwner:
    TABLE = """
        date | status | owner
        2027-07-19 | draft | -
        2027-07-08 | draft | -
        2027-07-08 | draft | Ada
        2027-07-20 | draft | -
        2027-07-08 | published | -
    """

    def test_calendar_no_owner_fires(self) -> None:
        (hit,) = hits("calendar.no_owner", calendar(self.TABLE))
        assert (hit.about, hit.root, cells(hit)) == ("P2+P1", "posts without an owner", ["Posts!J7", "Posts!J6"])
        assert do(hit).startswith("Write into 'Owner' who does them; P2 goes out first, on Jul 8, 2027.")

    def test_calendar_no_owner_does_not_fire(self) -> None:
        assert hits("calendar.no_owner", calendar(self.TABLE), owner_days="2") == []
        assert len(hits("calendar.no_owner", calendar(self.TABLE), owner_days="3")) == 1
        assert hits("calendar.no_owner", calendar(self.TABLE.replace("Ada", "-"))) == [], "somebody does it all alone"


class TestNoAltText:
    TABLE = """
        date | status | format | alt_text
        2027-07-08 | draft | photo | -
        2027-07-08 | draft | short_video | A hand at the wheel
        2027-07-08 | draft | text | -
        2027-07-20 | draft | photo | -
        2027-07-04 | published | photo | -
        2027-07-19 | - | carousel | -
    """

    def test_calendar_no_alt_text_fires(self) -> None:
        (hit,) = hits("calendar.no_alt_text", calendar(self.TABLE))
        assert (hit.about, hit.root, hit.level) == ("P1+P6", "", Level.NOTE)
        assert cells(hit) == ["Posts!W6", "Posts!W11"]
        assert "beginning with P1, which goes out on Jul 8, 2027" in do(hit)

    def test_calendar_no_alt_text_does_not_fire(self) -> None:
        assert hits("calendar.no_alt_text", calendar(self.TABLE.replace("| -\n", "| A bowl\n"))) == []
        assert hits("calendar.no_alt_text", calendar(self.TABLE), alt_text_days="2") == []


class TestLinks:
    TABLE = """
        date | status | channel | pillar | link | utm_source | utm_medium | boosted
        2027-06-20 | published | facebook | products | https://a.example | - | - | -
        2027-08-05 | draft | instagram | products | - | - | - | -
        2027-07-20 | draft | x | products | - | - | - | -
        2027-06-05 | published | pinterest | products | https://b.example | pinterest | - | -
        2027-07-20 | draft | x | how_to | - | - | - | -
        2027-07-20 | draft | x | products | https://c.example | x | social | -
        2027-06-04 | published | x | products | - | - | - | -
    """

    def test_calendar_no_link_fires(self) -> None:
        (hit,) = hits("calendar.no_link", calendar(self.TABLE))
        assert (hit.about, hit.level, hit.effect) == ("P3+P2", Level.WARNING, None)
        assert cells(hit) == ["Posts!Q8", "Posts!Q7"]
        assert do(hit).startswith(
            "Fill in 'Link' of P3, P2 with the very page of what they sell; the next one goes out on Jul 20"
        )

    def test_calendar_no_link_does_not_fire(self) -> None:
        out = calendar("\n".join(self.TABLE.splitlines()[:3] + self.TABLE.splitlines()[8:]))
        assert hits("calendar.no_link", out) == [], "31 days ago is long ago"
        (hit,) = hits("calendar.no_link", out, link_look_back_days="31")
        assert (hit.level, do(hit).split(".")[0]) == (Level.NOTE, "They are out")
        assert hits("calendar.no_link", replace(calendar(self.TABLE), mix_targets=())) == [], "nobody said what sells"

    def test_calendar_no_utm_fires(self) -> None:
        (hit,) = hits("calendar.no_utm", calendar(self.TABLE))
        assert (hit.about, hit.level, hit.effect) == ("P1+P4", Level.NOTE, None)
        assert cells(hit) == ["Posts!R6", "Posts!R9"]
        assert "fill in 'UTM source' (facebook, pinterest)" in do(hit)

    def test_ad_money_for_visits_that_cannot_be_counted_is_at_stake(self) -> None:
        kpis = results("post_id | spend\nP1 | 26.50\nP4 | 3.50\nP6 | 100")
        (hit,) = hits("calendar.no_utm", calendar(self.TABLE), kpis=kpis)
        assert (hit.level, hit.effect) == (Level.WARNING, Decimal(30))
        boosted = self.TABLE.replace("https://a.example | - | - | -", "https://a.example | - | - | yes")
        assert hits("calendar.no_utm", calendar(boosted))[0].level is Level.WARNING

    def test_calendar_no_utm_does_not_fire(self) -> None:
        tracked = self.TABLE.replace("https://a.example | - | - |", "https://a.example | facebook | social |")
        assert hits("calendar.no_utm", calendar(tracked), link_look_back_days="29") == []


class TestKeyDates:
    DAYS = """
        date | name | kind | idea
        2027-07-17 | Craft market | own_date | Stand by the town hall
        2027-08-02 | Summer sale | sale_day | -
        2027-08-03 | Too far away | own_date | -
        2027-07-04 | Over | own_date | -
        2027-07-14 | Bastille Day | public_holiday | -
    """
    POSTS = "date | title | copy | status\n2027-07-08 | Ice cream | Cold bowls | draft"

    def found(self, more: str = "", **changed: Any) -> list[str]:
        plan = Calendar(posts=posts(self.POSTS + more), key_dates=key_dates(self.DAYS))
        return [hit.about for hit in hits("calendar.key_date_without_post", plan, **changed)]

    def test_calendar_key_date_without_post_fires(self) -> None:
        plan = Calendar(posts=posts(self.POSTS), key_dates=key_dates(self.DAYS))
        found = hits("calendar.key_date_without_post", plan)
        assert [(hit.about, *told(hit, "date", "days", "by")) for hit in found] == [
            ("Craft market", date(2027, 7, 17), 12, date(2027, 7, 10)),
            ("Summer sale", date(2027, 8, 2), 28, date(2027, 7, 26)),
        ]
        assert (
            say(found[0]) == "'Craft market' is on Saturday, Jul 17, 2027, in 12 days, and no planned post mentions it."
        )
        assert cells(found[0]) == ["Key dates!A6", "Key dates!C6"]
        assert do(found[0]) == (
            "Plan a post for 'Craft market' by Jul 10, 2027. Your own idea for it: Stand by the town hall."
        )
        assert do(found[1]).startswith("Plan a post for 'Summer sale' by Jul 26, 2027, or delete the day")

    def test_calendar_key_date_without_post_does_not_fire_where_a_post_names_it(self) -> None:
        assert self.found("\n2027-07-06 | Come to the MARKETS | - | draft\n2027-07-09 | - | All on sales now | -") == []

    def test_a_post_on_the_day_will_do(self) -> None:
        assert self.found("\n2027-07-17 | Jugs | - | draft") == ["Summer sale"]
        assert self.found("\n2027-07-18 | Craft market | - | draft\n2027-07-17 | Jugs | - | idea") == [
            "Craft market",
            "Summer sale",
        ]

    def test_how_far_it_looks_is_data(self) -> None:
        assert self.found(key_date_weeks="1") == []
        assert self.found(key_date_weeks="5") == ["Craft market", "Summer sale", "Too far away"]

    def test_a_calendar_without_posts_is_left_alone(self) -> None:
        assert hits("calendar.key_date_without_post", Calendar(key_dates=key_dates(self.DAYS))) == []


class TestBetterTimes:
    KPIS = results(
        "date | time | channel | likes\n"
        + "\n".join(f"2027-06-{day:02} | 18:30 | x | 40" for day in (5, 12, 19))
        + "\n"
        + "\n".join(f"2027-06-{day:02} | 12:00 | x | 10" for day in (2, 9, 16, 23))
    )
    TABLE = """
        date | time | channel | status
        2027-07-07 | 12:00 | x | draft
        2027-07-14 | 12:00 | x | draft
        2027-07-10 | 18:00 | x | draft
        2027-08-03 | 12:00 | x | draft
        2027-07-09 | - | facebook | draft
    """

    def test_calendar_better_day_fires(self) -> None:
        (hit,) = hits("calendar.better_day", calendar(self.TABLE), kpis=self.KPIS)
        assert told(hit, "channel", "weekday", "factor", "count") == ("X", Weekday(6), Decimal(4), 3)
        assert "when they go out on one day: Saturday" in say(hit)
        assert told(hit, "posts", "days") == (("P2",), (date(2027, 7, 17),)), (
            "on the 10th and the 3rd there is a post already"
        )
        assert (hit.about, hit.level) == ("x", Level.NOTE)
        assert cells(hit) == ["Posts!B7", "Post results!B6", "Post results!B7", "Post results!B8"]
        assert do(hit) == "Move P2 to Jul 17, 2027."

    def test_calendar_better_day_does_not_fire(self) -> None:
        assert hits("calendar.better_day", calendar(self.TABLE), kpis=self.KPIS[1:]) == [], (
            "two Saturdays prove nothing"
        )
        assert hits("calendar.better_day", calendar(self.TABLE), kpis=self.KPIS[:3]) == [], "nothing to compare with"
        assert hits("calendar.better_day", calendar(self.TABLE), kpis=self.KPIS, better_time_weeks="1") == []

    def test_calendar_better_hour_fires(self) -> None:
        (hit,) = hits("calendar.better_hour", calendar(self.TABLE), kpis=self.KPIS)
        assert told(hit, "from", "to", "posts", "count") == (time(18), time(21), ("P1", "P2"), 3)
        assert (hit.about, cells(hit)[:2]) == ("P1+P2", ["Posts!D6", "Posts!D7"])
        assert hit.root == ""

    def test_calendar_better_hour_does_not_fire(self) -> None:
        evening = calendar(self.TABLE.replace("12:00", "20:59"))
        assert hits("calendar.better_hour", evening, kpis=self.KPIS) == []
        assert hits("calendar.better_hour", calendar(self.TABLE), kpis=self.KPIS[:3]) == []

    def test_times_of_results_are_asked_for(self) -> None:
        untimed = tuple(replace(row, time=None) for row in self.KPIS[:4]) + self.KPIS[4:]
        (case,) = lacks("calendar.better_hour", calendar(self.TABLE), kpis=untimed)
        assert say(case) == "Fill in 'Time' of your posts in the KPI report to learn which hours are the best."
        assert cells(case) == [f"Post results!C{row}" for row in (6, 7, 8, 9)]
        assert lacks("calendar.better_hour", calendar(self.TABLE), kpis=untimed[1:]) == [], "half of them is enough"
