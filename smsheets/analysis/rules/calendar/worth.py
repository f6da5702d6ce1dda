"""What is at stake in money: orders that missing posts would have brought, and hours of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.rules.calendar.names import results_of, whole
from smsheets.plan.calendar import Post
from smsheets.plan.known import add_known
from smsheets.plan.post_worth import usual_revenues
from smsheets.plan.posting_load import minutes_of
from smsheets.plan.prices import CENT
from smsheets.plan.team import Person, people_of

MINUTES = "calendar.minutes_"
OTHER_MINUTES = MINUTES + "other"
ENOUGH_POSTS = "kpi-report.group_posts"


def usual_revenues_of(context: Context) -> Mapping[str, Decimal]:
    """Channel -> the median revenue of its unpaid posts in the KPI report, where enough of them are known."""
    return usual_revenues(results_of(context), whole(context, ENOUGH_POSTS))


def worth_of_posts(usual: Mapping[str, Decimal], channel: str | None, count: Decimal | int) -> Decimal | None:
    """So many posts times what is usual on their channel; None where that is not known, and where it is nothing."""
    each = usual.get(channel or "")
    return to_cents(each * count) if each else None


def worth_of_each(usual: Mapping[str, Decimal], posts: Iterable[Post]) -> Decimal | None:
    """The worth of these posts, each by its channel; None where none of them can be told."""
    return add_known(worth_of_posts(usual, post.channel, 1) for post in posts)


def minutes_per_post(context: Context, post: Post) -> Decimal:
    """How long a post takes, from the thresholds by format."""
    return minutes_of(post, format_minutes(context), context.thresholds[OTHER_MINUTES])


def format_minutes(context: Context) -> dict[str, Decimal]:
    """Format -> minutes, from the thresholds."""
    return {key.removeprefix(MINUTES): value for key, value in context.thresholds.items() if key.startswith(MINUTES)}


def team_of(context: Context) -> dict[str, Person]:
    """The people of the strategy's team by `person_key`; none without a strategy."""
    strategy = context.plans.strategy
    return people_of(strategy.team) if strategy is not None else {}


def to_cents(amount: Decimal) -> Decimal:
    """An estimate, rounded like money."""
    return amount.quantize(CENT, ROUND_HALF_UP)
