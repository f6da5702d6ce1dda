"""Findings about single posts: approval, being out, moments, channels, texts and their lengths."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from calendar_rows import cells, channel, do, hits, lacks, posts, results, say, strategy, told

from smsheets.analysis.finding import Level
from smsheets.plan.calendar import Calendar, Post
from smsheets.plan.strategy import Strategy


def calendar(table: str) -> Calendar:
    return Calendar(posts=posts(table))


class TestNotApproved:
    TABLE = """
        date | status | approver | approved_on
        2027-06-01 | published | Owner | -
        2027-06-01 | published | Ada | 2027-06-02
    """

    def test_calendar_not_approved_fires_once_for_all(self) -> None:
        (hit,) = hits("calendar.not_approved", calendar(self.TABLE))
        assert told(hit, "posts", "approvers") == (("P1", "P2"), ("Owner", "Ada"))
        assert (hit.about, hit.root) == ("P1+P2", "")
        assert cells(hit) == ["Posts!Z6", "Posts!K6", "Posts!Z7", "Posts!K7"]
        assert do(hit).startswith("Have Owner, Ada look at them now")

    def test_one_post_is_its_own_cause(self) -> None:
        (hit,) = hits("calendar.not_approved", calendar("\n".join(self.TABLE.splitlines()[:3])))
        assert (hit.about, hit.root) == ("P1", "post P1")

    def test_calendar_not_approved_does_not_fire(self) -> None:
        table = """
            date | status | approver | approved_on
            2027-06-01 | published | Owner | 2027-06-01
            2027-06-01 | published | - | -
            2027-06-01 | scheduled | Owner | -
        """
        assert hits("calendar.not_approved", calendar(table)) == []


class TestNotPublished:
    TABLE = """
        date | status | channel | owner
        2027-07-04 | scheduled | x | Ada
        2027-07-02 | - | x | -
        2027-07-04 | published | x | -
        2027-07-04 | cancelled | x | -
        2027-07-04 | idea | x | -
        2027-07-05 | scheduled | x | -
    """

    def test_calendar_not_published_fires(self) -> None:
        (hit,) = hits("calendar.not_published", calendar(self.TABLE))
        assert told(hit, "posts", "count", "first") == (("P1", "P2"), 2, date(2027, 7, 2))
        assert (hit.about, hit.effect) == ("P1+P2", None)
        assert cells(hit) == ["Posts!K6", "Posts!K7"]
        assert do(hit).startswith("Ask Ada: set them to Published")

    def test_at_stake_is_what_such_posts_usually_bring(self) -> None:
        kpis = results("channel | revenue\nx | 10\nx | 12.50\nx | 99")
        assert hits("calendar.not_published", calendar(self.TABLE), kpis=kpis)[0].effect == Decimal(25)
        assert hits("calendar.not_published", calendar(self.TABLE), kpis=kpis[:2])[0].effect is None, (
            "two prove nothing"
        )

    def test_calendar_not_published_does_not_fire_on_the_day(self) -> None:
        assert hits("calendar.not_published", calendar(self.TABLE), as_of=date(2027, 7, 2)) == []
        assert len(hits("calendar.not_published", calendar(self.TABLE), as_of=date(2027, 7, 3))) == 1


class TestSameSlot:
    TABLE = """
        date | time | channel | status
        2027-06-17 | 18:00 | instagram | published
        2027-06-17 | 18:00 | instagram | published
        2027-07-08 | 18:00 | instagram | draft
        2027-07-08 | 18:00 | instagram | scheduled
        2027-07-09 | 18:00 | instagram | draft
    """

    def test_calendar_same_slot_fires_for_the_next_moment_that_can_be_changed(self) -> None:
        (hit,) = hits("calendar.same_slot", calendar(self.TABLE))
        assert told(hit, "posts", "channel", "count") == (("P3", "P4"), "Instagram", 2)
        assert (hit.about, hit.level) == ("P3+P4", Level.WARNING)
        assert do(hit).startswith("Move P4 to Jul 10, 2027, when nothing is planned on Instagram yet.")

    def test_what_is_out_is_a_note(self) -> None:
        (hit,) = hits("calendar.same_slot", calendar("\n".join(self.TABLE.splitlines()[:4])))
        assert (hit.about, hit.level) == ("P1+P2", Level.NOTE)
        assert do(hit).startswith("They are out.")

    def test_calendar_same_slot_does_not_fire(self) -> None:
        table = """
            date | time | channel | status
            2027-07-17 | 18:00 | instagram | draft
            2027-07-17 | 18:00 | facebook | draft
            2027-07-17 | 18:00 | instagram | cancelled
            2027-07-17 | 18:01 | instagram | draft
        """
        assert hits("calendar.same_slot", calendar(table)) == []
        assert lacks("calendar.same_slot", calendar(table)) == []

    def test_times_are_asked_for_where_two_posts_share_a_day(self) -> None:
        table = """
            date | time | channel | status
            2027-07-17 | 18:00 | x | draft
            2027-07-17 | - | x | draft
            2027-07-18 | - | x | draft
            2027-06-17 | - | x | draft
            2027-06-17 | - | x | draft
        """
        (case,) = lacks("calendar.same_slot", calendar(table))
        assert say(case) == "Fill in 'Time' of P2 to learn whether they go out at the same moment."
        assert cells(case) == ["Posts!D7"]
        assert lacks("calendar.same_slot", calendar(table.replace("18:00", "-"))) == [], "nobody here fills in times"


class TestChannelNotInStrategy:
    CALENDAR = calendar(
        """
        date | channel | status
        2027-07-01 | tiktok | published
        2027-07-09 | x | draft
        2027-06-01 | x | published
        """
    )

    def test_calendar_channel_not_in_strategy_fires(self) -> None:
        plan = strategy(channel("x", decision="stop"), channel("instagram", decision="keep"))
        found = hits("calendar.channel_not_in_strategy", self.CALENDAR, plan)
        assert [(hit.about, *told(hit, "channel", "posts")) for hit in found] == [
            ("tiktok", "TikTok", ("P1",)),
            ("x", "X", ("P2",)),
        ]
        assert cells(found[1]) == ["Posts!E7"]
        assert do(found[0]).startswith("Add TikTok to the sheet Channels"), "what is out cannot be moved"
        assert do(found[1]).startswith("Move P2 to Instagram, or add X")

    def test_calendar_channel_not_in_strategy_does_not_fire(self) -> None:
        plan = strategy(channel("x"), channel("tiktok"))
        assert hits("calendar.channel_not_in_strategy", self.CALENDAR, plan) == []
        assert hits("calendar.channel_not_in_strategy", self.CALENDAR, Strategy()) == []


TEXT = "Moss, fern, a wet meadow: our new green glaze is in the shop now."


class TestSameText:
    TABLE = f"""
        date | channel | copy | status
        2027-06-01 | instagram | {TEXT} | published
        2027-07-09 | facebook | {TEXT} #clay | draft
        2027-06-01 | x | {TEXT} | cancelled
    """

    def test_calendar_same_text_fires(self) -> None:
        (hit,) = hits("calendar.same_text", calendar(self.TABLE))
        assert told(hit, "posts", "channels") == (("P1", "P2"), ("Instagram", "Facebook"))
        assert (hit.about, hit.root, hit.level) == ("P1+P2", "text of P1", Level.WARNING)
        assert cells(hit) == ["Posts!I6", "Posts!I7"]
        assert do(hit).startswith("Write P1, P2 anew, each for its channel, before Jul 9, 2027")
        assert hits("calendar.repeated_text", calendar(self.TABLE)) == []

    def test_what_is_out_is_a_note(self) -> None:
        (hit,) = hits("calendar.same_text", calendar(self.TABLE.replace("draft", "published")))
        assert (hit.level, do(hit)) == (Level.NOTE, "They are out. Next time write each text for its channel.")

    def test_calendar_same_text_does_not_fire_on_other_texts(self) -> None:
        table = self.TABLE.replace(f"{TEXT} #clay", "We fire only one colour next week, blue or sand, you decide")
        assert hits("calendar.same_text", calendar(table)) == []
        assert hits("calendar.same_text", calendar(self.TABLE), same_text_share="1.01") == []


class TestRepeatedText:
    TABLE = f"""
        date | channel | copy | status
        2027-06-01 | instagram | {TEXT} | published
        2027-06-21 | instagram | {TEXT} | published
        2027-07-31 | instagram | {TEXT} | draft
        2027-12-21 | instagram | {TEXT} | draft
    """

    def test_calendar_repeated_text_fires_for_the_one_that_can_be_changed(self) -> None:
        (hit,) = hits("calendar.repeated_text", calendar(self.TABLE))
        assert told(hit, "first", "second", "days", "posts") == ("P2", "P3", 40, ("P1", "P2", "P3"))
        assert (hit.about, hit.root) == ("P1+P2+P3", "text of P1")
        assert do(hit) == "Write P3 anew before Jul 31, 2027, or move it to 60 days after P2."
        assert hits("calendar.same_text", calendar(self.TABLE)) == []

    def test_the_closest_pair_is_told_where_all_are_out(self) -> None:
        (hit,) = hits(
            "calendar.repeated_text", calendar(self.TABLE.replace("draft", "published")), as_of=date(2028, 1, 1)
        )
        assert told(hit, "first", "second", "days") == ("P1", "P2", 20)
        assert do(hit) == "Change one of them, or leave more time between them."

    def test_calendar_repeated_text_does_not_fire_after_long_enough(self) -> None:
        assert hits("calendar.repeated_text", calendar(self.TABLE), repeat_days="19") == []
        assert hits("calendar.repeated_text", calendar(self.TABLE), repeat_days="20")[0].about == "P1+P2"


class TestTooLong:
    def test_calendar_text_too_long_fires_once_for_each_channel(self) -> None:
        table = f"""
            channel | copy | status
            x | {"a" * 281} | draft
            x | {"a" * 290} | -
            x | {"a" * 282} | published
            x | {"a" * 280} | draft
        """
        found = hits("calendar.text_too_long", calendar(table))
        assert [(hit.about, hit.root, hit.level, *told(hit, "length", "over", "most")) for hit in found] == [
            ("P1+P2", "", Level.ERROR, (281, 290), (1, 10), 280),
            ("P3", "post P3", Level.WARNING, (282,), (2,), 280),
        ]
        assert cells(found[0]) == ["Posts!I6", "Posts!I7"]
        assert do(found[0]) == "Shorten P1, P2 by 1, 10. Longer texts are refused or cut off."
        assert do(found[1]).startswith("They are out")

    def test_calendar_text_too_long_does_not_fire(self) -> None:
        assert hits("calendar.text_too_long", calendar(f"channel | copy\nx | {'a' * 280}\n- | {'a' * 999}")) == []

    def test_calendar_text_may_be_cut_fires(self) -> None:
        (hit,) = hits("calendar.text_may_be_cut", calendar(f"channel | copy\npinterest | {'a' * 501}"))
        assert told(hit, "posts", "length", "most", "over") == (("P1",), (501,), 500, (1,))
        assert (hit.about, hit.root, cells(hit)) == ("P1", "post P1", ["Posts!I6"])

    def test_calendar_text_may_be_cut_does_not_fire(self) -> None:
        table = f"channel | copy\npinterest | {'a' * 500}\npinterest | {'a' * 801}"
        assert hits("calendar.text_may_be_cut", calendar(table)) == [], "P2 is too long for sure"

    def test_calendar_title_too_long_fires(self) -> None:
        (hit,) = hits("calendar.title_too_long", calendar(f"channel | title\nyoutube | {'a' * 101}"))
        assert (hit.about, *told(hit, "length", "over")) == ("P1", (101,), (1,))
        assert (cells(hit), do(hit)) == (["Posts!H6"], "Shorten the title of P1 by 1.")

    def test_calendar_title_too_long_does_not_fire(self) -> None:
        assert (
            hits("calendar.title_too_long", calendar(f"channel | title\nyoutube | {'a' * 100}\nx | {'a' * 400}")) == []
        )

    def test_calendar_too_many_hashtags_fires(self) -> None:
        table = """
            channel | hashtags | copy
            instagram | #a #b #c #d #e #f | Text
            instagram | - | #a #b #c #d #e #f #g
        """
        (hit,) = hits("calendar.too_many_hashtags", calendar(table))
        assert (hit.about, *told(hit, "length", "most", "over")) == ("P1+P2", (6, 7), 5, (1, 2))
        assert cells(hit) == ["Posts!V6", "Posts!I7"]
        assert do(hit) == "Keep the 5 hashtags that fit best, and take 1, 2 away from P1, P2."

    def test_calendar_too_many_hashtags_does_not_fire(self) -> None:
        table = "channel | hashtags | copy\ninstagram | #a #b #c #d #e | Text\nx | #a #b #c #d #e #f | Text"
        assert hits("calendar.too_many_hashtags", calendar(table)) == []

    def test_one_post_that_is_wrong_in_two_ways_is_one_cause(self) -> None:
        post = Post(post_id="P7", channel="instagram", copy="#a #b #c #d #e #f " + "a" * 2200)
        roots = {
            hit.root
            for rule in ("calendar.text_too_long", "calendar.too_many_hashtags")
            for hit in hits(rule, Calendar(posts=(post,)))
        }
        assert roots == {"post P7"}


def test_scheduled_posts_without_a_text() -> None:
    text = "date | channel | status | copy\n2027-07-08 | x | scheduled | -\n2027-07-09 | x | scheduled | A bowl"
    (hit,) = hits("calendar.scheduled_without_text", Calendar(posts=posts(text)))
    assert say(hit) == "Scheduled posts without a text: P1."
    assert cells(hit) == ["Posts!I6"]
    other = text.replace("scheduled | -", "draft | -")
    assert hits("calendar.scheduled_without_text", Calendar(posts=posts(other))) == []
    nowhere = "date | channel | status\n2027-07-08 | x | scheduled"
    assert hits("calendar.scheduled_without_text", Calendar(posts=posts(nowhere))) == [], "texts are kept elsewhere"
