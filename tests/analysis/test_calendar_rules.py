"""The findings about a calendar: when each is made, when not, and never on blanks."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from calendar_rows import AS_OF, cells, channel, context_of, hits, posts, strategy, targets, told, wanted

from smsheets.analysis.finding import Level
from smsheets.analysis.rules.calendar import RULES
from smsheets.money import Share
from smsheets.plan.calendar import CadenceWanted, Calendar, KeyDate, MixTarget, Post, TextLimit
from smsheets.plan.record import About
from smsheets.plan.strategy import Strategy

BLANK = Calendar(
    start=About(period_start=date(2027, 1, 1), months=12),
    posts=tuple(Post(post_id=f"P{number}") for number in range(1, 6)),
    cadence_wanted=wanted(instagram="3 5", x="5 10"),
    mix_targets=targets(how_to="0.8", products="0.2"),
    key_dates=(KeyDate(date=date(2027, 12, 25)),),
    text_limits=(TextLimit(channel="instagram", limit=2200),),
)
STRATEGY = strategy(channel("instagram", linked=True), channel("x"), Owner="5")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("plan", [Strategy(), STRATEGY])
@pytest.mark.parametrize(
    "calendar",
    [Calendar(), BLANK, Calendar(posts=(Post(),), cadence_wanted=(CadenceWanted(),), mix_targets=(MixTarget(),))],
)
def test_a_blank_calendar_gives_no_finding(rule: object, plan: Strategy, calendar: Calendar) -> None:
    assert list(rule.check(context_of(calendar, plan))) == []  # type: ignore[attr-defined]


PARTS = """
    date | time | channel | format | pillar | owner | status | copy | title
    2027-06-01 | - | - | - | - | - | published | - | -
    - | 18:00 | instagram | - | - | - | published | a text of more than five words | -
    - | 18:00 | x | - | - | - | - | a text of more than five words | -
    2027-06-01 | 18:00 | instagram | - | products | Owner | - | - | -
    2027-06-02 | - | tiktok | puppets | - | Nobody | Strange word | - | -
"""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_half_filled_rows_break_nothing(rule: object) -> None:
    list(rule.check(context_of(Calendar(posts=posts(PARTS)), STRATEGY)))  # type: ignore[attr-defined]


def test_every_rule_says_where_it_is_from_and_names_thresholds_there_are() -> None:
    known = context_of(Calendar()).thresholds
    for rule in RULES:
        assert rule.source
        assert rule.id.startswith("calendar.")
        assert set(rule.thresholds) <= set(known)


def out(days: str, name: str) -> str:
    return "\n".join(f"{day} | {name} | published" for day in days.split())


HEADING = "date | channel | status\n"


class TestDormant:
    @pytest.mark.parametrize(
        ("last", "level"),
        [
            ("2027-06-06", None),
            ("2027-06-05", Level.WARNING),
            ("2027-04-07", Level.WARNING),
            ("2027-04-06", Level.ERROR),
        ],
    )
    def test_a_linked_channel_warns_after_30_days_and_is_an_error_after_90(
        self, last: str, level: Level | None
    ) -> None:
        calendar = Calendar(posts=posts(HEADING + out(last, "instagram")))
        found = hits("dormant_linked", calendar, strategy(channel("instagram", linked=True)))
        assert [hit.level or Level.WARNING for hit in found] == ([level] if level else [])

    def test_it_names_the_last_post_and_the_link(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-03-03 2027-01-03", "x")))
        (hit,) = hits("dormant_linked", calendar, strategy(channel("x", linked=True)))
        assert told(hit, "channel", "days") == ("X", 124)
        assert cells(hit) == ["Posts!B6", "Channels!G4"]

    def test_a_channel_without_any_post_sleeps_since_the_calendar_is_kept(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-05-01 2027-07-01", "x")))
        (hit,) = hits("dormant_linked", calendar, strategy(channel("tiktok", linked=True)))
        assert told(hit, "channel", "days") == ("TikTok", 65)

    def test_a_stopped_channel_may_sleep(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-01-01", "x")))
        plan = strategy(channel("x", linked=True, decision="stop"))
        assert hits("dormant_linked", calendar, plan) == []
        assert hits("dormant", calendar, plan) == []

    def test_without_a_strategy_any_sleeping_channel_is_told(self) -> None:
        calendar = Calendar(
            posts=posts(HEADING + out("2027-03-03", "x") + "\n" + out("2027-07-01", "instagram")),
            cadence_wanted=wanted(x="1"),
        )
        (hit,) = hits("dormant", calendar)
        assert told(hit, "channel", "days") == ("X", 124)
        assert cells(hit) == ["Posts!B6", "Wanted!B6"]
        assert hits("dormant", calendar, strategy(channel("x", linked=True))) == [], "the graver rule has it"


JUNE = out("2027-06-08 2027-06-10 2027-06-15 2027-06-22 2027-07-01", "instagram")


class TestCadence:
    def test_below(self) -> None:
        calendar = Calendar(posts=posts(HEADING + JUNE), cadence_wanted=wanted(instagram="3 5"))
        (hit,) = hits("below_cadence", calendar)
        assert told(hit, "channel", "published", "weeks", "low") == ("Instagram", Decimal("1.3"), 4, Decimal(3))
        assert cells(hit) == ["Wanted!B6"]
        assert hits("above_cadence", calendar) == []

    def test_above(self) -> None:
        calendar = Calendar(posts=posts(HEADING + JUNE), cadence_wanted=wanted(instagram="0.5 1"))
        (hit,) = hits("above_cadence", calendar)
        assert told(hit, "published", "high") == (Decimal("1.3"), Decimal(1))
        assert hits("below_cadence", calendar) == []

    def test_within(self) -> None:
        calendar = Calendar(posts=posts(HEADING + JUNE), cadence_wanted=wanted(instagram="1 2"))
        assert hits("below_cadence", calendar) + hits("above_cadence", calendar) == []

    def test_a_calendar_younger_than_the_weeks_is_not_judged(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-07-01", "x")), cadence_wanted=wanted(x="3"))
        assert hits("below_cadence", calendar) == []

    def test_a_sleeping_channel_is_left_to_its_own_rule(self) -> None:
        text = HEADING + JUNE + "\n" + out("2027-03-01", "x")
        assert hits("below_cadence", Calendar(posts=posts(text), cadence_wanted=wanted(x="3"))) == []

    def test_weeks_ahead(self) -> None:
        text = HEADING + JUNE + "\n2027-07-14 | instagram | draft\n2027-07-20 | facebook | idea"
        calendar = Calendar(posts=posts(text), cadence_wanted=wanted(instagram="1 5", facebook="0.5", tiktok="0"))
        (hit,) = hits("weeks_ahead", calendar)
        assert told(hit, "channels") == (("Instagram 1 / 2", "Facebook 0 / 1"),)
        assert told(hit, "first", "last") == (date(2027, 7, 12), date(2027, 7, 25))

    def test_after_the_period_nothing_is_missing(self) -> None:
        start = About(period_start=date(2027, 1, 1), months=7)
        calendar = Calendar(start=start, posts=posts(HEADING + JUNE), cadence_wanted=wanted(instagram="1 5"))
        assert len(hits("weeks_ahead", calendar)) == 1
        assert hits("weeks_ahead", calendar, as_of=date(2027, 7, 20)) == []

    def test_gap(self) -> None:
        calendar = Calendar(posts=posts(HEADING + out("2027-05-01 2027-06-01 2027-06-15 2027-06-29", "x")))
        (hit,) = hits("gap", calendar)
        assert told(hit, "days", "from", "to") == (31, date(2027, 5, 1), date(2027, 6, 1))
        assert cells(hit) == ["Posts!B6", "Posts!B7"]
        assert hits("gap", calendar, gap_days="31") == []


class TestPosts:
    def test_published_without_approval(self) -> None:
        table = """
            date | status | approver | approved_on
            2027-06-01 | published | Owner | -
            2027-06-01 | published | Owner | 2027-06-02
            2027-06-01 | published | Owner | 2027-06-01
            2027-06-01 | published | - | -
            2027-06-01 | scheduled | Owner | -
        """
        found = hits("not_approved", Calendar(posts=posts(table)))
        assert [told(hit, "post", "approver") for hit in found] == [("P1", "Owner"), ("P2", "Owner")]

    def test_due_and_not_published(self) -> None:
        table = """
            date | status
            2027-07-04 | scheduled
            2027-07-04 | -
            2027-07-04 | published
            2027-07-04 | cancelled
            2027-07-04 | idea
            2027-07-05 | scheduled
        """
        (hit,) = hits("not_published", Calendar(posts=posts(table)))
        assert told(hit, "posts") == (("P1", "P2"),)

    def test_same_slot(self) -> None:
        table = """
            date | time | channel | status
            2027-06-17 | 18:00 | instagram | draft
            2027-06-17 | 18:00 | facebook | draft
            2027-06-17 | 18:00 | instagram | published
            2027-06-17 | 18:00 | instagram | cancelled
            2027-06-17 | - | x | draft
            2027-06-17 | - | x | draft
        """
        (hit,) = hits("same_slot", Calendar(posts=posts(table)))
        assert told(hit, "posts", "channel") == (("P1", "P3"), "Instagram")

    def test_channel_not_in_strategy(self) -> None:
        text = HEADING + "2027-07-01 | tiktok | published\n2027-07-09 | x | draft\n2027-06-01 | x | published"
        calendar = Calendar(posts=posts(text))
        found = hits("channel_not_in_strategy", calendar, strategy(channel("x", decision="stop")))
        assert [told(hit, "channel", "posts") for hit in found] == [("TikTok", ("P1",)), ("X", ("P2",))]
        assert hits("channel_not_in_strategy", calendar, strategy(channel("x"), channel("tiktok"))) == []
        assert hits("channel_not_in_strategy", calendar, Strategy()) == []


TEXT = "Moss, fern, a wet meadow: our new green glaze is in the shop now."


class TestTexts:
    def test_the_same_text_on_two_channels(self) -> None:
        table = f"""
            date | channel | copy | status
            2027-06-01 | instagram | {TEXT} | draft
            2027-06-01 | facebook | {TEXT} #clay | draft
            2027-06-01 | x | {TEXT} | cancelled
        """
        (hit,) = hits("same_text", Calendar(posts=posts(table)))
        assert told(hit, "posts", "channels") == (("P1", "P2"), ("Instagram", "Facebook"))
        assert hits("repeated_text", Calendar(posts=posts(table))) == []

    def test_the_same_text_again_on_one_channel(self) -> None:
        table = f"""
            date | channel | copy
            2027-06-01 | instagram | {TEXT}
            2027-06-21 | instagram | {TEXT}
            2027-12-21 | instagram | {TEXT}
        """
        (hit,) = hits("repeated_text", Calendar(posts=posts(table)))
        assert told(hit, "first", "second", "days") == ("P1", "P2", 20)
        assert hits("same_text", Calendar(posts=posts(table))) == []

    def test_too_long(self) -> None:
        table = f"""
            channel | copy | status
            x | {"a" * 281} | draft
            x | {"a" * 281} | published
            pinterest | {"a" * 501} | draft
        """
        calendar = Calendar(posts=posts(table))
        found = hits("text_too_long", calendar)
        assert [(*told(hit, "post", "length", "over"), hit.level) for hit in found] == [
            ("P1", 281, 1, None),
            ("P2", 281, 1, Level.WARNING),
        ]
        assert [told(hit, "post", "most") for hit in hits("text_may_be_cut", calendar)] == [("P3", 500)]

    def test_title_and_hashtags(self) -> None:
        table = f"""
            channel | title | hashtags | copy
            youtube | {"a" * 101} | - | -
            instagram | - | #a #b #c #d #e #f | Text
            instagram | - | - | #a #b #c #d #e #f
        """
        calendar = Calendar(posts=posts(table))
        assert [told(hit, "post", "over") for hit in hits("title_too_long", calendar)] == [("P1", 1)]
        found = hits("too_many_hashtags", calendar)
        assert [(*told(hit, "post", "length"), *cells(hit)) for hit in found] == [
            ("P2", 6, "Posts!V7"),
            ("P3", 6, "Posts!I8"),
        ]


def months(text: str) -> str:
    """`03 PPH` is a March with two posts that sell and one that helps."""
    lines = ["date | pillar | status"]
    for part in text.strip().split(", "):
        month, letters = part.split()
        lines += [f"2027-{month}-10 | {'products' if sign == 'P' else 'how_to'} | published" for sign in letters]
    return "\n".join(lines)


class TestMix:
    def test_neighbouring_months_are_told_together(self) -> None:
        table = posts(months("01 PPPPP, 02 HHHHH, 03 PPPHH, 04 PPPPH, 05 PPPP"))
        found = hits("too_promotional", Calendar(posts=table, mix_targets=targets(how_to="0.8", products="0.2")))
        assert [told(hit, "first", "last", "share", "target") for hit in found] == [
            (date(2027, 1, 10), date(2027, 1, 10), Share(Decimal(1)), Share(Decimal("0.2"))),
            (date(2027, 3, 10), date(2027, 4, 10), Share(Decimal("0.7")), Share(Decimal("0.2"))),
        ]
        assert cells(found[0])[0] == "Mix!C20"

    def test_a_little_over_the_target_is_fine(self) -> None:
        calendar = Calendar(posts=posts(months("03 PPPHHHHHHH")), mix_targets=targets(how_to="0.8", products="0.2"))
        assert hits("too_promotional", calendar) == []
        assert len(hits("too_promotional", calendar, promotional_margin="0.05")) == 1

    def test_without_a_target_it_is_80_to_20(self) -> None:
        mix = (MixTarget(pillar="products", promotional=True), MixTarget(pillar="how_to"))
        (hit,) = hits("too_promotional", Calendar(posts=posts(months("03 PPHHH")), mix_targets=mix))
        assert told(hit, "target") == (Share(Decimal("0.2")),)


WORK = """
    date | format | owner | status
    2027-07-13 | short_video | Freelancer | draft
    2027-07-14 | short_video | Freelancer | draft
    2027-07-15 | photo | - | draft
    2027-07-15 | photo | Freelancer | published
    2027-06-15 | video | Freelancer | draft
"""


class TestCapacity:
    def test_more_posts_than_a_person_has_hours(self) -> None:
        (hit,) = hits("over_capacity", Calendar(posts=posts(WORK)), strategy(Freelancer="4"))
        assert told(hit, "person", "monday", "needed", "available", "weeks", "posts") == (
            "Freelancer",
            date(2027, 7, 12),
            Decimal(5),
            Decimal(4),
            1,
            ("P1", "P2"),
        )
        assert cells(hit)[-1] == "Team!C4"

    def test_enough_hours(self) -> None:
        assert hits("over_capacity", Calendar(posts=posts(WORK)), strategy(Freelancer="5")) == []

    def test_minutes_are_data(self) -> None:
        calendar = Calendar(posts=posts(WORK))
        assert hits("over_capacity", calendar, strategy(Freelancer="4"), minutes_short_video="60") == []

    def test_the_whole_team_where_posts_have_no_owner(self) -> None:
        (hit,) = hits("over_capacity_team", Calendar(posts=posts(WORK)), strategy(Freelancer="5"))
        assert told(hit, "needed", "available", "posts") == (Decimal(6), Decimal(5), ("P3",))
        assert hits("over_capacity_team", Calendar(posts=posts(WORK)), strategy(Freelancer="5", Owner="2")) == []

    def test_which_channel_to_drop(self) -> None:
        text = HEADING + "\n".join(
            [
                out("2027-05-03 2027-05-11 2027-05-19 2027-05-26 2027-06-02", "instagram"),
                out("2027-05-12", "x"),
                out("2027-05-13 2027-05-20 2027-05-27 2027-06-03", "facebook"),
                out("2027-06-09 2027-06-16 2027-06-23 2027-06-30", "facebook"),
            ]
        )
        calendar = Calendar(posts=posts(text), cadence_wanted=wanted(instagram="1", x="2", facebook="1"))
        (hit,) = hits("drop_channel", calendar)
        assert told(hit, "count", "channel", "published", "wanted", "share") == (
            2,
            "X",
            1,
            Decimal(16),
            Share(Decimal("0.0625")),
        )
        assert cells(hit) == ["Wanted!B7", "Wanted!B6"]
        stopped = strategy(channel("x", decision="stop"))
        assert hits("drop_channel", calendar, stopped) == [], "one channel short is no sign of too many"


def test_a_thousand_posts_are_judged_at_once() -> None:
    lines = [
        f"2027-{1 + n % 6:02}-{1 + n % 28:02} | instagram | published | Bowl number {n} comes from kiln {n % 97} "
        f"and looks like {n * 7919 % 101} clouds in colour {n * 31 % 17}"
        for n in range(1000)
    ]
    table = posts("date | channel | status | copy\n" + "\n".join(lines))
    context = context_of(Calendar(posts=table, cadence_wanted=wanted(instagram="3 5")), STRATEGY, AS_OF)
    begun = time.perf_counter()
    for rule in RULES:
        list(rule.check(context))
    assert time.perf_counter() - begun < 8
