"""Rules about accounts, the market, and the rules of the house."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from smsheets.analysis.context import Term
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, lack, rule
from smsheets.analysis.subjects import MOST_SHOWN, cells_of, channel_root, joined
from smsheets.money import Money, Share
from smsheets.plan.goals import Verdict, assess_readiness
from smsheets.plan.record import Record, first_by, round_figure
from smsheets.plan.results import margin_of, margin_share_of
from smsheets.plan.roadmap import id_key
from smsheets.plan.spare_money import CENT
from smsheets.plan.strategy import Account, Channel

_SAFEGUARDS = {"business_email": Term("Business e-mail used"), "password_manager": Term("Password manager")}
"""The columns of the sheet Setup that keep an account with the business, and their labels."""
_CUSTOMER = "customer"
_RULES_ROOT = "house rules"


@rule("strategy.two_factor_off")
def check_accounts_have_two_factor(facts: Facts) -> Iterator[Hit | Lack]:
    """No account has two-factor off. An empty cell is unknown; of an account not there nothing is said.

    Nor is anything lacking of one of which the sheet has the channel alone, as in a new workbook.
    """
    accounts = _accounts(facts)
    unknown = [account for account in accounts if account.two_factor is None and account.is_written("channel")]
    names = tuple(_name(account, facts) for account in unknown)
    yield from lack((account.cell("two_factor") for account in unknown), channels=names)
    for account in accounts:
        if account.two_factor is False:
            yield Hit(
                about=account.channel or "",
                root=f"account {account.channel}",
                evidence=(account.cell("two_factor"),),
                values={"channel": _name(account, facts), "contact": account.recovery_contact or ""},
                case="ask" if account.recovery_contact is not None else "",
            )


@rule("strategy.account_unsafe")
def check_accounts_belong_to_business(facts: Facts) -> Iterator[Hit]:
    """An account hangs on an address of the business and on no one person's memory. Empty cells are unknown."""
    for account in _accounts(facts):
        missing = [field for field in _SAFEGUARDS if getattr(account, field) is False]
        if missing:
            yield Hit(
                about=account.channel or "",
                root=f"account {account.channel}",
                evidence=tuple(account.cell(field) for field in missing),
                values={"channel": _name(account, facts), "missing": tuple(_SAFEGUARDS[field] for field in missing)},
                case="" if len(missing) > 1 else "address" if missing == ["business_email"] else "password",
            )


@rule("strategy.account_unfinished")
def check_accounts_are_there(facts: Facts) -> Iterator[Hit]:
    """Channels that are used have an account, and its name is that of the business. Empty cells are unknown."""
    for channel, account in _used_accounts(facts):
        field = "account_created" if account.account_created is False else "professional_handle"
        if getattr(account, field) is False:
            yield Hit(
                about=channel.channel or "",
                root=channel_root(channel.channel) if field == "account_created" else f"account {account.channel}",
                evidence=(account.cell(field),),
                values={"channel": _name(account, facts)},
                case="other_name" if field == "professional_handle" else "",
            )


@rule("strategy.account_unchecked")
def check_accounts_are_looked_after(facts: Facts) -> Iterator[Hit]:
    """Somebody has looked at each account lately; one finding for all. An empty day is left alone: see `no` answers."""
    days = int(facts.thresholds["strategy.account_check_days"])
    old = [
        (account.last_checked, account)
        for _, account in _used_accounts(facts)
        if account.last_checked is not None and (facts.as_of - account.last_checked).days > days
    ]
    if old:
        accounts = [account for _, account in old]
        yield Hit(
            about=joined(account.channel for account in accounts),
            evidence=tuple(account.cell("last_checked") for account in accounts),
            values={
                "channels": tuple(_name(account, facts) for account in accounts),
                "first": min(day for day, _ in old),
                "days": days,
            },
        )


def _used_accounts(facts: Facts) -> Iterator[tuple[Channel, Account]]:
    """The channels that are not stopped, with their rows of the sheet Setup."""
    accounts = first_by(facts.strategy.setup, lambda account: account.channel and id_key(account.channel))
    for channel in facts.channels_in_use:
        account = accounts.get(id_key(channel.channel))
        if channel.channel is not None and account is not None:
            yield channel, account


def _accounts(facts: Facts) -> list[Account]:
    """The accounts that are not said not to be there."""
    return [account for account in facts.strategy.setup if account.account_created is not False]


def _name(account: Account, facts: Facts) -> str:
    return facts.channel_name(account.channel) or "?"


@rule("strategy.channel_without_customers")
def check_channels_have_customers(facts: Facts) -> Iterator[Hit]:
    """Every channel that is not stopped is used by a persona who buys; one finding for all that are not.

    Nothing is said before a persona names channels. A persona without a kind is one who buys.
    """
    buyers = [one for one in facts.strategy.personas if one.channels and one.kind in (_CUSTOMER, None)]
    used = {id_key(channel): channel for one in buyers for channel in one.channels}
    empty = [channel for channel in facts.channels_in_use if used and id_key(channel.channel) not in used]
    if empty:
        about = joined(channel.channel for channel in empty)
        yield Hit(
            about=about,
            root=channel_root(about),
            evidence=(*(channel.cell("channel") for channel in empty), *(one.cell("channels") for one in buyers)),
            values={
                "channels": tuple(facts.channel_name(channel.channel) for channel in empty),
                "used": tuple(map(facts.channel_name, used.values())),
            },
        )


@rule("strategy.thin_margin")
def check_sales_earn_something(facts: Facts) -> Iterator[Hit | Lack]:
    """Each product has a margin from which advertising can be paid; a warning where a sale costs money."""
    prices = [row for row in facts.strategy.prices if row.item is not None and row.price]
    unknown = [row for row in prices if row.unit_cost is None]
    yield from lack((row.cell("unit_cost") for row in unknown), items=tuple(row.item or "" for row in unknown))
    limit = facts.thresholds["strategy.thin_margin_share"]
    for row in prices:
        margin, share = margin_of(row), margin_share_of(row)
        if margin is None or share is None or row.unit_cost is None or share >= limit:
            continue
        enough = row.unit_cost / (1 - limit) if limit < 1 else row.unit_cost
        yield Hit(
            about=row.item or "",
            evidence=(row.cell("price"), row.cell("unit_cost")),
            values={
                "item": row.item or "",
                "margin": Money(abs(margin), facts.currency),
                "share": Share(share),
                "price": Money(round_figure(enough, CENT), facts.currency),
            },
            level=Level.WARNING if margin < Decimal(0) else None,
            case="at_a_loss" if margin < Decimal(0) else "",
        )


@rule("strategy.price_too_high")
def check_prices_can_be_paid(facts: Facts) -> Iterator[Hit]:
    """Nothing is sold at a price that its customers cannot pay; a note where some of them can."""
    for row in facts.strategy.prices:
        if row.affordable in ("no", "partly"):
            yield Hit(
                about=row.item or joined((row.cell("item").a1,)),
                evidence=(row.cell("affordable"), row.cell("price")),
                values={"item": row.item or "?"},
                level=Level.NOTE if row.affordable == "partly" else None,
                case="partly" if row.affordable == "partly" else "",
            )


@rule("strategy.no_persona")
def check_somebody_is_to_be_reached(facts: Facts) -> Iterator[Hit]:
    """The sheet Personas describes somebody who buys."""
    personas = facts.strategy.personas
    if facts.settled and not any(one.name is not None and one.kind in (_CUSTOMER, None) for one in personas):
        yield _empty_sheet("personas", personas, "name", facts)


@rule("strategy.not_listening")
def check_somebody_listens(facts: Facts) -> Iterator[Hit]:
    """The sheet Listening has a word to watch for, and somebody watches for each."""
    rows = facts.strategy.listening
    terms = [row for row in rows if row.term is not None]
    unwatched = [row for row in terms if row.who is None]
    if facts.settled and not terms:
        yield _empty_sheet("listening", rows, "term", facts)
    elif unwatched:
        terms_named = tuple(row.term or "" for row in unwatched)[:MOST_SHOWN]
        yield Hit(
            about="listening", evidence=cells_of(unwatched, "who"), values={"terms": terms_named}, case="nobody_watches"
        )


@rule("strategy.journey_open")
def check_journey_is_answered(facts: Facts) -> Iterator[Hit]:
    """Each step of the customer's and the order's way has an answer; one finding for all that have none."""
    steps = [row for row in facts.strategy.journey if row.step is not None]
    open_ = [row for row in steps if row.answer is None]
    if facts.settled and open_:
        yield Hit(
            about="journey",
            evidence=cells_of(open_, "answer"),
            values={"count": len(open_), "steps": len(steps)},
        )


@rule("strategy.rival_without_swot")
def check_rivals_are_weighed(facts: Facts) -> Iterator[Hit]:
    """Each competitor is weighed on the sheet SWOT; one finding for all that are not."""
    weighed = {id_key(row.about) for row in facts.strategy.swot if row.is_written("about")}
    weighed |= {id_key(row.about) for row in facts.strategy.swot_outside if row.is_written("about")}
    named = first_by(facts.strategy.competitors, lambda row: row.competitor and id_key(row.competitor))
    missing = [row for key, row in named.items() if key not in weighed]
    if facts.settled and missing:
        names = tuple(row.competitor or "" for row in missing)[:MOST_SHOWN]
        yield Hit(about="swot", evidence=cells_of(missing, "competitor"), values={"competitors": names})


def _empty_sheet(about: str, rows: Sequence[Record], field: str, facts: Facts) -> Hit:
    """A sheet on which nothing is filled in: it shows in its first cell, else where the workbook begins."""
    return Hit(about=about, evidence=cells_of(rows[:1], field) or (facts.strategy.start.cell("business"),))


@rule("strategy.no_policy")
def check_policy_is_written(facts: Facts) -> Iterator[Hit]:
    """At least one house rule is written, once anything of the strategy is."""
    strategy = facts.strategy
    if not strategy.begun or any(item.rule is not None for item in strategy.house_rules):
        return
    rules = tuple(item.cell("rule") for item in strategy.house_rules if item.topic is not None)
    answers = tuple(row.cell("answer") for row in strategy.readiness if row.question == "policy")
    yield Hit(about="house_rules", root=_RULES_ROOT, evidence=rules + answers)


@rule("strategy.policy_gaps")
def check_policy_is_whole(facts: Facts) -> Iterator[Hit]:
    """Every topic that the sheet House rules asks about has a rule, once one of them has."""
    rules = facts.strategy.house_rules
    settled = {item.guide for item in rules if item.rule is not None}
    gaps = [item for item in rules if item.guide not in settled and item.guide is not None]
    if gaps and any(item.rule is not None for item in rules):
        questions = tuple(dict.fromkeys(_quoted(item.guide) for item in gaps))
        yield Hit(
            about="house_rules",
            root=_RULES_ROOT,
            evidence=tuple(item.cell("rule") for item in gaps),
            values={"open": questions},
        )


@rule("strategy.not_ready")
def check_readiness_above_line(facts: Facts) -> Iterator[Hit | Lack]:
    """The readiness score reaches its line; the one on the sheet counts before the threshold.

    It cannot be said before all questions are answered.
    """
    strategy = facts.strategy
    if not strategy.begun:
        return
    unanswered = [row for row in strategy.readiness if row.question is not None and row.answer is None]
    yield from lack((row.cell("answer") for row in unanswered), count=len(unanswered))
    line = facts.limit("strategy.readiness_line", strategy.readiness_result.line)
    result = assess_readiness(strategy.readiness, line)
    if result is not None and result.verdict is Verdict.NOT_READY:
        short = [row for answer in ("no", "partly") for row in strategy.readiness if row.answer == answer]
        steps = tuple(_quoted(row.next_step) for row in short if row.next_step is not None)
        yield Hit(
            about="readiness",
            evidence=tuple(row.cell("answer") for row in short),
            values={"score": Share(result.score), "line": Share(line), "steps": steps},
            case="own_steps" if steps else "",
        )


def _quoted(sentence: str | None) -> str:
    """A person's sentence inside one of ours."""
    return f"'{(sentence or '').strip().rstrip('.')}'"
