"""Findings about what the posts are about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from calendar_rows import cells, do, hits, ideas, lacks, posts, results, say, targets, told

from smsheets.analysis.finding import Level
from smsheets.money import Share
from smsheets.plan.calendar import Calendar, MixTarget

TARGETS = targets(how_to="0.8", products="0.2")
BANK = ideas("idea | pillar\nA sale | products\nHow to wash it | how_to\nA day at the kiln | -\nNot needed | how_to")


def months(text: str, status: str = "published") -> str:
    """`03 PPH` is a March with two posts that sell and one that helps."""
    lines = ["date | pillar | status"]
    for part in text.strip().split(", "):
        month, letters = part.split()
        lines += [f"2027-{month}-10 | {'products' if sign == 'P' else 'how_to'} | {status}" for sign in letters]
    return "\n".join(lines)


def test_calendar_too_promotional_fires_once_for_neighbouring_months() -> None:
    calendar = Calendar(posts=posts(months("01 PPPPP, 02 HHHHH, 03 PPPHH, 04 PPPPH, 05 PPPP")), mix_targets=TARGETS)
    found = hits("calendar.too_promotional", calendar)
    assert [told(hit, "first", "last", "share", "target") for hit in found] == [
        (date(2027, 1, 10), date(2027, 1, 10), Share(Decimal(1)), Share(Decimal("0.2"))),
        (date(2027, 3, 10), date(2027, 4, 10), Share(Decimal("0.7")), Share(Decimal("0.2"))),
    ]
    assert [(hit.about, hit.root, hit.level) for hit in found] == [
        ("2027-01", "mix of the posts", Level.NOTE),
        ("2027-03", "mix of the posts", Level.NOTE),
    ]
    assert cells(found[0])[0] == "Mix!C20"


def test_each_month_says_how_many_selling_posts_are_too_many_and_which() -> None:
    calendar = Calendar(posts=posts(months("03 PPPHH, 04 PPPPH")), mix_targets=TARGETS)
    kpis = results("post_id | revenue | orders\nP1 | 90 | 2\nP2 | - | 0\nP3 | 20 | 1\nP6 | 50 | 1")
    (hit,) = hits("calendar.too_promotional", calendar, kpis=kpis)
    assert told(hit, "swap", "selling", "posts") == (5, 7, ("P2", "P3", "P7", "P8", "P9")), (
        "two of three, three of four"
    )
    assert do(hit) == (
        "Those days are over: 5 of the 7 selling posts were too many, for instance P2, P3, P7, P8, P9. Of the next "
        "ones 20% should sell at most."
    )
    assert cells(hit)[1:] == ["Posts!G7", "Posts!G8", "Posts!G12", "Posts!G13", "Posts!G14"]


def test_after_months_that_are_over_the_posts_to_come_are_counted() -> None:
    ahead = "\n".join(f"2027-07-2{day} | {'products' if day < 2 else 'how_to'} | draft" for day in range(7))
    calendar = Calendar(posts=posts(months("03 PPPPH") + "\n" + ahead), mix_targets=TARGETS)
    (hit,) = hits("calendar.too_promotional", calendar)
    assert do(hit).endswith("At most 1 of the 7 posts to come should sell; so far 2 do.")


def test_posts_to_come_are_swapped_for_ideas() -> None:
    table = """
        date | pillar | status | boosted | initiative_id
        2027-07-01 | products | published | - | -
        2027-07-08 | products | draft | yes | -
        2027-07-09 | products | draft | - | -
        2027-07-12 | products | scheduled | - | I4
        2027-07-10 | products | - | - | -
        2027-07-13 | how_to | draft | - | -
    """
    calendar = Calendar(posts=posts(table), mix_targets=TARGETS, ideas=BANK)
    (hit,) = hits("calendar.too_promotional", calendar)
    assert (hit.about, hit.level) == ("2027-07", Level.WARNING)
    assert told(hit, "swap", "selling", "posts") == (4, 5, ("P2", "P3", "P5", "P4")), "P1 is out"
    assert do(hit) == (
        "Swap 4 of the 5 selling posts for ones that help, show or amuse: P2, P3, P5, P4. Ideas that are ready: "
        "'How to wash it' (N2), 'A day at the kiln' (N3), 'Not needed' (N4)."
    )
    (hit,) = hits("calendar.too_promotional", calendar, promotional_margin="0.6")
    assert hit.values["swap"] == 4, "the margin decides whether, the target how many"


def test_each_month_with_posts_to_come_is_told_by_itself_and_is_one_cause() -> None:
    calendar = Calendar(posts=posts(months("06 PPPPP, 07 PPPHH, 08 PPHHH", "draft")), mix_targets=TARGETS)
    found = hits("calendar.too_promotional", calendar)
    assert [(hit.about, hit.level, hit.values["posts"]) for hit in found] == [
        ("2027-06", Level.NOTE, ("P1", "P2", "P3", "P4")),
        ("2027-07", Level.WARNING, ("P6", "P7")),
        ("2027-08", Level.WARNING, ("P11",)),
    ]
    assert {hit.root for hit in found} == {"mix of the posts"}


def test_posts_that_are_paid_for_or_part_of_a_campaign_are_swapped_last() -> None:
    table = """
        date | pillar | status | boosted | initiative_id
        2027-07-08 | products | draft | yes | -
        2027-07-09 | products | draft | - | I4
        2027-07-12 | products | draft | - | -
        2027-07-13 | how_to | draft | - | -
        2027-07-14 | how_to | draft | - | -
    """
    calendar = Calendar(posts=posts(table), mix_targets=targets(how_to="0.6", products="0.4"))
    (hit,) = hits("calendar.too_promotional", calendar)
    assert do(hit) == "Swap 1 of the 3 selling posts for ones that help, show or amuse: P3."


def test_calendar_too_promotional_does_not_fire_a_little_over_the_target() -> None:
    calendar = Calendar(posts=posts(months("03 PPPHHHHHHH")), mix_targets=TARGETS)
    assert hits("calendar.too_promotional", calendar) == []
    assert len(hits("calendar.too_promotional", calendar, promotional_margin="0.05")) == 1


def test_calendar_too_promotional_does_not_fire_on_few_posts() -> None:
    calendar = Calendar(posts=posts(months("03 PPPP")), mix_targets=TARGETS)
    assert hits("calendar.too_promotional", calendar) == []
    assert len(hits("calendar.too_promotional", calendar, promotional_posts="4")) == 1


def test_without_a_target_it_is_80_to_20() -> None:
    mix = (MixTarget(pillar="products", promotional=True), MixTarget(pillar="how_to"))
    (hit,) = hits("calendar.too_promotional", Calendar(posts=posts(months("03 PPHHH")), mix_targets=mix))
    assert told(hit, "target") == (Share(Decimal("0.2")),)


def test_pillars_are_asked_for_where_most_posts_have_none() -> None:
    table = "date | pillar\n2027-06-01 | -\n2027-06-02 | -\n2027-06-03 | how_to"
    (case,) = lacks("calendar.too_promotional", Calendar(posts=posts(table), mix_targets=TARGETS))
    assert cells(case) == ["Posts!G6", "Posts!G7"]
    assert say(case).startswith("Fill in 'Pillar' of your posts")
    half = posts(
        table.replace("2027-06-02 | -", "2027-06-02 | products").replace("2027-06-03 | how_to", "2027-06-03 | x")
    )
    assert lacks("calendar.too_promotional", Calendar(posts=half, mix_targets=TARGETS)) == []


def test_which_pillars_sell_is_asked_where_nobody_said() -> None:
    mix = tuple(MixTarget(where=row.where, pillar=row.pillar) for row in TARGETS)
    (case,) = lacks("calendar.too_promotional", Calendar(posts=posts(months("03 PH")), mix_targets=mix))
    assert cells(case) == ["Mix!B20", "Mix!B20"]
