"""The findings about a calendar, all together: never on blanks, never slow, one for each cause."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from calendar_rows import AS_OF, context_of, key_dates, posts, results, strategy, targets, wanted
from calendar_rows import channel as channel_row

from smsheets.analysis.finding import Rule
from smsheets.analysis.rules.calendar import RULES
from smsheets.analysis.run import analyze_business, run_rule
from smsheets.plan.calendar import CadenceWanted, Calendar, KeyDate, MixTarget, Post, TextLimit
from smsheets.plan.record import About
from smsheets.plan.strategy import Strategy
from smsheets.spec.reference import load_finding_texts

BLANK = Calendar(
    start=About(period_start=date(2027, 1, 1), months=12),
    posts=tuple(Post(post_id=f"P{number}") for number in range(1, 6)),
    cadence_wanted=wanted(instagram="3 5", x="5 10", pinterest=""),
    mix_targets=(MixTarget(pillar="how_to"), MixTarget(pillar="products")),
    key_dates=(KeyDate(date=date(2027, 12, 25)), *key_dates("date | name | kind\n2027-07-20 | Sale | sale_day")),
    text_limits=(TextLimit(channel="instagram", limit=2200),),
)
STRATEGY = strategy(channel_row("instagram", linked=True), channel_row("x"), Owner="5", Ada="")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("plan", [Strategy(), STRATEGY])
@pytest.mark.parametrize(
    "calendar",
    [Calendar(), BLANK, Calendar(posts=(Post(),), cadence_wanted=(CadenceWanted(),), mix_targets=(MixTarget(),))],
)
def test_a_blank_calendar_gives_no_finding_and_lacks_nothing(rule: Rule, plan: Strategy, calendar: Calendar) -> None:
    assert list(run_rule(rule, context_of(calendar, plan))) == []


PARTS = """
    date | time | channel | format | pillar | owner | status | copy | title
    2027-06-01 | - | - | - | - | - | published | - | -
    - | 18:00 | instagram | - | - | - | published | a text of more than five words | -
    - | 18:00 | x | - | - | - | - | a text of more than five words | -
    2027-06-01 | 18:00 | instagram | - | products | Owner | - | - | -
    2027-06-02 | - | tiktok | puppets | - | Nobody | Strange word | - | -
    2027-07-06 | - | - | - | products | - | idea | - | -
    2027-07-06 | - | - | photo | products | - | - | - | Open
"""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_half_filled_rows_break_nothing(rule: Rule) -> None:
    kpis = results("channel | likes\ninstagram | 3\n- | 4")
    list(run_rule(rule, context_of(Calendar(posts=posts(PARTS)), STRATEGY, kpis=kpis)))


def test_every_rule_says_where_it_is_from_and_names_thresholds_there_are() -> None:
    known = context_of(Calendar()).thresholds
    for rule in RULES:
        text = load_finding_texts()[rule.id]
        assert text.source
        assert rule.id.startswith("calendar.")
        assert set(text.thresholds) <= set(known)
        assert 1 <= text.weight <= 3
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_what_ails_a_channel_is_told_once() -> None:
    table = "date | channel | status\n" + "\n".join(
        f"{day} | facebook | published" for day in ("2027-05-03", "2027-05-04", "2027-06-08", "2027-07-01")
    )
    calendar = Calendar(posts=posts(table), cadence_wanted=wanted(facebook="2 4", x="1"))
    found = analyze_business("Clay & Kiln", context_of(calendar)).findings
    by_root = {finding.root: [finding.id, *(other.id for other in finding.also)] for finding in found}
    assert by_root == {
        "channel x": ["calendar.not_started"],
        "channel facebook": ["calendar.below_cadence", "calendar.weeks_ahead", "calendar.gap"],
    }


SIGNS = (
    "bowl",
    "mug",
    "kiln",
    "blue",
    "green",
    "sand",
    "glaze",
    "shop",
    "friday",
    "new",
    "come",
    "see",
    "our",
    "table",
)


def long_text(number: int) -> str:
    """Texts that are nearly the same, but not quite: the hardest case for comparing them."""
    words = [SIGNS[place * 7 % len(SIGNS)] for place in range(90)]
    for change in range(6):
        words[(number * 13 + change * 17) % 90] = f"w{number}x{change}"
    return " ".join(words)


@pytest.mark.parametrize("kind", ["distinct", "same", "near", "channels"])
def test_five_thousand_posts_are_judged_at_once(kind: str) -> None:
    texts: dict[str, Callable[[int], str]] = {
        "distinct": lambda n: (
            f"Bowl number {n} comes from kiln {n % 97} and looks like {n * 7919 % 101} clouds in {n % 17}"
        ),
        "same": lambda n: "Come in and see our new bowls, they are here today and only today",
        "near": long_text,
        "channels": lambda n: f"Post {n}",
    }
    lines = [
        f"2027-{1 + n % 12:02}-{1 + n % 28:02} | 18:00 | {f'c{n}' if kind == 'channels' else 'instagram'} | "
        f"{'published' if n % 12 < 6 else 'draft'} | {'products' if n % 2 else 'how_to'} | Owner | {texts[kind](n)}"
        for n in range(5000)
    ]
    table = posts("date | time | channel | status | pillar | owner | copy\n" + "\n".join(lines))
    calendar = Calendar(
        posts=table, cadence_wanted=wanted(instagram="3 5"), mix_targets=targets(how_to="0.8", products="0.2")
    )
    kpis = results(
        "date | channel | likes | reach | revenue\n"
        + "\n".join(f"{post.date} | {post.channel} | {n % 97} | 1000 | {n % 50}" for n, post in enumerate(table))
    )
    context = context_of(calendar, STRATEGY, AS_OF, kpis=kpis)
    begun = time.perf_counter()
    told = {rule.id: len(list(run_rule(rule, context))) for rule in RULES}
    assert time.perf_counter() - begun < 12
    assert told["calendar.not_published"] == 1
    assert told["calendar.over_capacity"] == 1


def test_money_at_stake_is_exact() -> None:
    kpis = results("channel | revenue | orders\nx | 10.01 | 1\nx | 10.01 | 1\nx | 30 | 1")
    calendar = Calendar(
        posts=posts("date | channel | status\n2027-06-01 | x | published\n2027-06-29 | x | published"),
        cadence_wanted=wanted(x="3"),
    )
    found = analyze_business("Clay & Kiln", context_of(calendar, kpis=kpis)).findings
    told = {finding.id: finding.effect for top in found for finding in (top, *top.also)}
    assert told["calendar.weeks_ahead"] == 6 * Decimal("10.01")
