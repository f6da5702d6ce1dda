"""The findings about what works, post by post."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from advice import cells, do, say
from kpi_rows import post, report, told

from smsheets.plan.calendar import Calendar, Post

USUAL = tuple(post(row, 100, format="photo") for row in (5, 6, 7, 8))
BEST = tuple(post(row, 200, format="carousel") for row in (9, 10, 11))
WORST = tuple(post(row, 30, format="link") for row in (12, 13, 14))


def planned(number: int, day: int = 8, **more: Any) -> Post:
    return Post(post_id=f"P{number}", **{"date": date(2027, 7, day), "channel": "instagram", **more})


class TestWorks:
    def test_a_format_that_stands_out(self) -> None:
        [finding] = told("kpi-report.works", report(posts=(*USUAL, *BEST)))
        assert say(finding) == (
            "What works - Format: 'Carousel' gets 2 times what is usual on its channel (Engagement rate by reach;"
            " 3 posts)."
        )
        assert (finding.about, finding.root) == ("format+carousel", "format carousel")
        assert cells(finding) == ["Post results!E9", "Post results!E10", "Post results!E11"]
        assert do(finding) == "Do more of it: plan the next ones now."

    def test_weekdays_and_hours_are_named(self) -> None:
        posts = (
            *(post(row, 100, "2027-06-01", "09:30") for row in (5, 6, 7)),
            *(post(row, 300, "2027-06-05", "20:00") for row in (8, 9, 10)),
        )
        day, hour = told("kpi-report.works", report(posts=posts))
        assert (day.about, hour.about) == ("weekday+6", "hour+18")
        assert "Weekday: 'Saturday'" in say(day)
        assert "Time of day: '18:00-21:00'" in say(hour)

    def test_groups_of_the_same_posts_have_one_cause(self) -> None:
        posts = (
            *(post(row, 100, "2027-06-01", pillar="products") for row in (5, 6, 7)),
            *(post(row, 300, "2027-06-05", pillar="community") for row in (8, 9, 10)),
        )
        found = told("kpi-report.works", report(posts=posts))
        assert {item.about: item.root for item in found} == {
            "pillar+community": "pillar community",
            "weekday+6": "pillar community",
        }
        apart = {"kpi-report.overlap_share": "1.01"}
        assert {item.root for item in told("kpi-report.works", report(posts=posts), thresholds=apart)} == {
            "pillar community",
            "weekday 6",
        }

    def test_the_next_posts_are_named(self) -> None:
        calendar = Calendar(
            posts=(
                planned(1, format="carousel"),
                planned(2, format="photo", day=9),
                planned(3, format="photo", day=7),
                planned(4, format="photo", day=4),
                planned(5, format="photo", channel="x"),
                planned(6, format="photo", day=20),
                planned(7, format="photo", day=21),
            )
        )
        [finding] = told("kpi-report.works", report(posts=(*USUAL, *BEST)), calendar=calendar)
        assert do(finding) == (
            "Do more of it. Planned posts on these channels: 5, already like that: 1. Could P3, P2, P6 be"
            " like that, too?"
        )

    @pytest.mark.parametrize("column", ["date", "time"])
    def test_the_next_posts_of_another_day_or_hour(self, column: str) -> None:
        early = {"day": "2027-06-01", "at": "09:30"}
        late = {
            "day": "2027-06-05" if column == "date" else "2027-06-01",
            "at": "20:00" if column == "time" else "09:30",
        }
        posts = (*(post(row, 100, **early) for row in (5, 6, 7)), *(post(row, 300, **late) for row in (8, 9, 10)))
        calendar = Calendar(
            posts=(planned(1, day=10, time=time(20)), planned(2, day=9, time=time(9)), planned(3, day=9))
        )
        [finding] = told("kpi-report.works", report(posts=posts), calendar=calendar)
        assert do(finding).endswith("already like that: 1. Could P2, P3 be like that, too?")

    def test_too_few_posts_or_only_one_group_or_too_little_prove_nothing(self) -> None:
        few = (post(5, 100, format="photo"), post(6, 900, format="carousel"))
        alike = tuple(post(row, 100, format="photo") for row in (5, 6, 7))
        hardly = (*USUAL, *(post(row, 124, format="carousel") for row in (9, 10, 11)))
        for posts in (few, alike, hardly, ()):
            assert told("kpi-report.works", report(posts=posts)) == []

    def test_posts_of_later_days_do_not_count(self) -> None:
        posts = tuple(post(row, 100 * row, "2027-08-01", format="photo" if row < 8 else "link") for row in range(5, 11))
        assert told("kpi-report.works", report(posts=posts)) == []


class TestIgnored:
    def test_a_format_that_falls_behind(self) -> None:
        [finding] = told("kpi-report.ignored", report(posts=(*USUAL, *WORST)))
        assert say(finding) == (
            "What is ignored - Format: 'Link' gets 0.3 times what is usual on its channel (Engagement rate by reach;"
            " 3 posts)."
        )
        assert (finding.about, finding.root) == ("format+link", "format link")
        assert do(finding).startswith("Do less of it")

    def test_planned_ones_are_named(self) -> None:
        calendar = Calendar(posts=(planned(1, format="link"), planned(2, format="photo")))
        [finding] = told("kpi-report.ignored", report(posts=(*USUAL, *WORST)), calendar=calendar)
        assert do(finding).startswith("These posts are planned that way: P1. Change them")

    def test_what_is_clicked_is_not_ignored(self) -> None:
        clicked = tuple(post(row, 30, format="link", clicks=9) for row in (12, 13, 14))
        seen = tuple(post(row, 100, format="photo", clicks=2) for row in (5, 6, 7, 8))
        assert told("kpi-report.ignored", report(posts=(*seen, *clicked))) == []
        alike = tuple(post(row, 30, format="link", clicks=2) for row in (12, 13, 14))
        assert len(told("kpi-report.ignored", report(posts=(*seen, *alike)))) == 1

    def test_a_little_less_is_not_ignored(self) -> None:
        posts = (*USUAL, *(post(row, 71, format="link") for row in (12, 13, 14)))
        assert told("kpi-report.ignored", report(posts=posts)) == []


class TestLikesWithoutClicks:
    posts = tuple(post(row, 20, pillar="community", clicks=0, orders=0) for row in (5, 6, 7))

    def test_liked_pillars_without_a_click(self) -> None:
        [finding] = told("kpi-report.likes_without_clicks", report(posts=self.posts))
        assert say(finding) == "'Community and fun': 3 posts got 60 likes, and not one click or order."
        assert (finding.about, finding.root) == ("community", "pillar community")
        assert cells(finding)[0] == "Post results!L5"
        assert do(finding).startswith("If they are meant to please, fine. If not, end each")

    def test_the_next_ones_are_named(self) -> None:
        calendar = Calendar(posts=(planned(7, pillar="community", channel="x"), planned(8, pillar="products")))
        [finding] = told("kpi-report.likes_without_clicks", report(posts=self.posts), calendar=calendar)
        assert "give the next ones (P7) one thing to do" in do(finding)

    @pytest.mark.parametrize("more", [{"clicks": 1}, {"clicks": None}, {"clicks": 0, "orders": 1}, {"likes": 16}])
    def test_clicks_that_are_there_or_not_counted_or_few_likes(self, more: dict[str, Any]) -> None:
        values: dict[str, Any] = {"likes": 20, "clicks": 0, **more}
        posts = tuple(post(row, pillar="community", **values) for row in (5, 6, 7))
        assert told("kpi-report.likes_without_clicks", report(posts=posts)) == []


def test_the_factor_is_that_of_the_median_post() -> None:
    lucky = (*USUAL, *BEST[:2], post(11, 9000, format="carousel"))
    [finding] = told("kpi-report.works", report(posts=lucky))
    assert finding.values["factor"] == Decimal(2)
