"""A website, a shop, a newsletter, a blog: channels with a purpose, results and ad money that are not posted on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from calendar_rows import HEADING, context_of, out, posts, strategy, wanted
from calendar_rows import channel as channel_row
from filled import ENGLISH, filled

from smsheets.analysis.run import analyze_business
from smsheets.api import analyze
from smsheets.plan.calendar import Calendar
from smsheets.plan.strategy import Strategy
from smsheets.spec.reference import load_platforms

WITHOUT_POSTS = [platform.id for platform in load_platforms().values() if not platform.posts]
INSTAGRAM = HEADING + out("2027-03-01 2027-05-03 2027-06-28", "instagram")
PURPOSE = "Where people order"


def findings_about(name: str, calendar: Calendar, plan: Strategy) -> list[str]:
    """The findings whose cause or case is a channel."""
    found = analyze_business("Clay & Kiln", context_of(calendar, plan)).findings
    every = [*found, *(other for finding in found for other in finding.also)]
    return [finding.id for finding in every if name in (finding.about, *finding.root.split(": ")[0].split(" "))]


def plan_with(name: str, purpose: str | None = PURPOSE) -> Strategy:
    return strategy(
        channel_row("instagram", linked=True, purpose="Show the work", decision="keep"),
        channel_row(name, linked=True, purpose=purpose, decision="keep", ad_share=Decimal("0.2")),
        Owner="5",
    )


def test_these_are_known() -> None:
    assert WITHOUT_POSTS == ["website", "shop", "newsletter", "blog"]


@pytest.mark.parametrize("name", WITHOUT_POSTS)
def test_nothing_is_said_of_posts_that_nobody_wants(name: str) -> None:
    calendar = Calendar(posts=posts(INSTAGRAM), cadence_wanted=wanted(instagram="1 2", **{name: ""}))
    assert findings_about(name, calendar, plan_with(name)) == []


@pytest.mark.parametrize("name", WITHOUT_POSTS)
def test_one_post_on_it_asks_for_no_rhythm(name: str) -> None:
    table = INSTAGRAM + "\n" + out("2027-03-01 2027-04-28", name)
    calendar = Calendar(posts=posts(table), cadence_wanted=wanted(instagram="1 2"))
    assert findings_about(name, calendar, plan_with(name)) == []


def test_a_number_that_somebody_wants_is_judged() -> None:
    table = INSTAGRAM + "\n" + out("2027-03-01", "newsletter")
    calendar = Calendar(posts=posts(table), cadence_wanted=wanted(newsletter="1"))
    assert "calendar.dormant_linked" in findings_about("newsletter", calendar, plan_with("newsletter"))


def test_it_needs_a_purpose_as_any_other_and_nobody_says_stop_for_want_of_posts() -> None:
    calendar = Calendar(posts=posts(INSTAGRAM + "\n2027-07-20 | instagram | scheduled"))
    found = analyze_business("Clay & Kiln", context_of(calendar, plan_with("website", None))).findings
    (aimless,) = (finding for finding in found if finding.id == "strategy.channel_without_purpose")
    assert aimless.values["idle"] == ()


@pytest.mark.parametrize("profile", [ENGLISH, msgspec.structs.replace(ENGLISH, channels=("instagram", "website"))])
def test_the_whole_report_knows_it(profile: object, tmp_path: Path) -> None:
    """Also in a workbook whose list of channels was made without it, and has it now: the word is one that is known."""
    assert isinstance(profile, type(ENGLISH))
    table = """
    | Channel   | Purpose            | Linked from website | Decision |
    |-----------|--------------------|---------------------|----------|
    | Instagram | Show the work      | yes                 | keep     |
    | Website   | Where people order | yes                 | keep     |
    """
    listed = {} if "website" in profile.channels else {"channels": ["Website"]}
    plan = filled(tmp_path, "strategy", {"channels": table}, profile=profile, lists=listed)
    rows = "".join(f"| P{n} | 2027-0{n}-0{n} | Instagram | Published |\n" for n in range(1, 4))
    calendar = filled(
        tmp_path,
        "calendar",
        {"posts": "| Post | Date | Channel | Status |\n|--|--|--|--|\n" + rows},
        profile=profile,
    )
    analysis = analyze(plan, calendar, as_of=date(2027, 3, 31))
    assert [problem.code for problem in analysis.problems] == []
    assert "website" in [row.channel for row in analysis.businesses[0].plans.strategy.channels]
    told = [finding for finding in analysis.businesses[0].findings if "Website" in str(finding.values)]
    assert [finding.id for finding in told] == []
