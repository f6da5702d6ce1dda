"""Rules on channels: what they are for, whether they are used, paid for and safe."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.strategy.names import same
from smsheets.money import Share
from smsheets.plan.shares import ShareState, total_shares
from smsheets.plan.strategy import Channel


@rule(
    "strategy.channel_without_purpose",
    level=Level.WARNING,
    needs=("strategy",),
    says="{channel} has no purpose.",
    todo="Say in a sentence what the channel is for, or set 'Decision' to stop. Few channels done well beat many.",
    source="This program's own rule: a channel is there for a reason",
)
def check_channels_have_purpose(context: Context) -> Iterator[Hit]:
    """Every channel that is not stopped has a purpose."""
    for channel in _running_channels(context):
        if channel.purpose is None:
            name = context.channel_name(channel.channel) or "?"
            yield Hit(evidence=(channel.cell("purpose"),), values={"channel": name})


@rule(
    "strategy.channel_unused",
    level=Level.WARNING,
    needs=("strategy", "calendar", "kpi-report"),
    says="{channel} stands in the strategy, but has neither posts in the calendar nor figures in the KPI report.",
    todo="Plan posts for it, or set 'Decision' to stop and take the link to it off the website.",
    source="This program's own rule: few channels done well beat many done badly",
)
def check_channels_are_used(context: Context) -> Iterator[Hit]:
    """Every channel that is not stopped has a post or a figure.

    Nothing is said while neither workbook has any.
    """
    used = _channels_with_posts(context) | _channels_with_figures(context)
    if not used:
        return
    for channel in _running_channels(context):
        if same(channel.channel) not in used:
            name = context.channel_name(channel.channel) or "?"
            yield Hit(evidence=(channel.cell("channel"),), values={"channel": name})


@rule(
    "strategy.ad_shares",
    level=Level.WARNING,
    needs=("strategy",),
    says="The ad shares of the channels add up to {total}, not to 100 %.",
    todo="Correct the column 'Ad share', so that all the ad money is given out, and none of it twice.",
    source="Shares of one budget make the whole",
)
def check_ad_shares_add_up(context: Context) -> Iterator[Hit]:
    """The ad shares make 100 %, to the full percent. Without any there is nothing to add up."""
    strategy = context.plans.strategy
    channels = strategy.channels if strategy is not None else ()
    shares = total_shares(channel.ad_share for channel in channels)
    if shares is not None and shares.state is not ShareState.ADDS_UP:
        cells = tuple(channel.cell("ad_share") for channel in channels if channel.ad_share is not None)
        yield Hit(evidence=cells, values={"total": Share(shares.total)})


@rule(
    "strategy.two_factor_off",
    level=Level.ERROR,
    needs=("strategy",),
    says="The {channel} account is open to anybody who gets hold of the password: two-factor is off.",
    todo="Switch on two-factor in the account's security settings today, and keep the backup codes in the password "
    "manager.",
    source="Common advice of all platforms for business accounts",
)
def check_accounts_have_two_factor(context: Context) -> Iterator[Hit]:
    """No account has two-factor off. An empty cell is unknown and says nothing; nor does an account not there."""
    strategy = context.plans.strategy
    for account in strategy.setup if strategy is not None else ():
        if account.two_factor is False and account.account_created is not False:
            values = {"channel": context.channel_name(account.channel) or "?"}
            yield Hit(evidence=(account.cell("two_factor"),), values=values)


def _running_channels(context: Context) -> list[Channel]:
    """The channels of a strategy that somebody began to fill in, without those to be stopped."""
    strategy = context.plans.strategy
    if strategy is None or not strategy.begun:
        return []
    return [channel for channel in strategy.channels if channel.channel is not None and channel.decision != "stop"]


def _channels_with_posts(context: Context) -> set[str]:
    calendar = context.plans.calendar
    posts = calendar.posts if calendar is not None else ()
    return {same(post.channel) for post in posts if post.channel is not None and post.status != "cancelled"}


def _channels_with_figures(context: Context) -> set[str]:
    report = context.plans.kpi_report
    if report is None:
        return set()
    with_kpis = {
        same(row.channel) for row in report.kpis if any(value is not None for value in (*row.target, *row.actual))
    }
    return (with_kpis | {same(result.channel) for result in report.post_results}) - {""}
