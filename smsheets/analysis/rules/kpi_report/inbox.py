"""Rules about people who write: answered, in time, and complaints passed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.kpi_standards import channel_name, promise_hours, rounded
from smsheets.analysis.rules.kpi_report.evidence import MOST_CELLS, joined
from smsheets.analysis.variance.kpi_report import messages_so_far
from smsheets.cells import CellRef
from smsheets.money import Share
from smsheets.plan.inbox import (
    COMPLAINT,
    QUESTION,
    by_kind,
    hours_kept,
    hours_waiting,
    is_routed,
    median_answer_hours,
    needs_answer,
    slowest_channel,
    took_too_long,
    waits_too_long,
)
from smsheets.plan.kpi_report import Message
from smsheets.plan.workload import covered_people, person_key


@rule("kpi-report.many_complaints")
def check_complaints_are_few(facts: Facts) -> Iterator[Hit | Lack]:
    """Complaints are less than the limit of all the messages that say their kind."""
    recent = _recent(facts)
    found = _kind_values(recent, COMPLAINT, "kpi-report.complaint_share", facts)
    if found is not None:
        yield Hit(about=COMPLAINT, root="inbox: complaints", evidence=found[0], values=found[1])
    blank = [item for item in recent if item.kind is None]
    if blank:
        yield Lack(
            evidence=tuple(item.cell("kind") for item in blank)[:MOST_CELLS],
            values={"count": len(blank)},
        )


@rule("kpi-report.same_questions")
def check_questions_are_answered_once(facts: Facts) -> Iterator[Hit]:
    """Questions are less than the limit of all the messages that say their kind."""
    found = _kind_values(_recent(facts), QUESTION, "kpi-report.question_share", facts)
    if found is not None:
        yield Hit(about=QUESTION, evidence=found[0], values=found[1])


def _recent(facts: Facts) -> list[Message]:
    report = facts.plans.kpi_report
    if report is None:
        return []
    first = facts.as_of - timedelta(days=int(facts.thresholds["kpi-report.kind_days"]))
    messages = messages_so_far(report, facts.as_of)
    return [item for item in messages if item.received is not None and item.received > first]


def _kind_values(
    messages: list[Message], kind: str, threshold: str, facts: Facts
) -> tuple[tuple[CellRef, ...], dict[str, Wording]] | None:
    """The cells and values of a kind that makes up the limit or more of enough messages; None otherwise."""
    kinds = by_kind(messages)
    own, total = kinds.get(kind, []), sum(len(items) for items in kinds.values())
    if total < facts.thresholds["kpi-report.kind_messages"] or not own:
        return None
    share = Decimal(len(own)) / total
    if share < facts.thresholds[threshold]:
        return None
    channel, _ = Counter(item.channel for item in own).most_common(1)[0]
    values: dict[str, Wording] = {
        "count": len(own),
        "total": total,
        "share": Share(share),
        "days": int(facts.thresholds["kpi-report.kind_days"]),
        "channel": channel_name(facts, channel),
        "messages": tuple(item.message_id for item in own if item.message_id is not None)[:MOST_CELLS],
    }
    return tuple(item.cell("kind") for item in own)[:MOST_CELLS], values


ANSWERS_ROOT = "inbox: answers"


@rule("kpi-report.unanswered")
def check_messages_are_answered(facts: Facts) -> Iterator[Hit]:
    """Messages that wait for longer than promised; a complaint among them is graver."""
    late = [(item, promise) for item, promise in _promised(facts) if waits_too_long(item, promise, facts.as_of)]
    late.sort(key=lambda pair: -(hours_waiting(pair[0], facts.as_of) or 0))
    if not late:
        return
    messages = [item for item, _ in late]
    longest = timedelta(hours=hours_waiting(messages[0], facts.as_of) or 0)
    person = answering_person(facts)
    ids = _ids(messages)
    yield Hit(
        about=joined(ids),
        root=ANSWERS_ROOT,
        evidence=tuple(item.cell("answered") for item in messages)[:MOST_CELLS],
        values={
            "promise": _hours(promise for _, promise in late),
            "count": len(messages),
            "channels": _channels(messages, facts),
            "received": facts.as_of - longest,
            "messages": ids[:MOST_CELLS],
            "first": _quoted(messages[0]),
            "person": person or "",
        },
        level=Level.ERROR if any(item.kind == COMPLAINT for item in messages) else None,
        todo=_ANSWER_TODOS[bool(ids), person is not None],
    )


ANSWER_THESE = "Answer today, begin with {first}, and say sorry for the wait: {messages}."
PERSON_ANSWERS_THESE = "{person} answers today, begins with {first}, and says sorry for the wait: {messages}."
_ANSWER_TODOS = {
    (True, True): PERSON_ANSWERS_THESE,
    (True, False): ANSWER_THESE,
    (False, True): "",
    (False, False): "",
}


@rule("kpi-report.slow_answers")
def check_answers_are_in_time(facts: Facts) -> Iterator[Hit | Lack]:
    """More answers than the limit came later than promised."""
    promised = list(_promised(facts))
    timed = [(item, promise) for item, promise in promised if item.first_answer_hours is not None]
    late = [(item, promise) for item, promise in timed if took_too_long(item, promise)]
    limit = facts.thresholds["kpi-report.late_share"]
    middle = median_answer_hours(item for item, _ in timed)
    if middle is not None and len(late) > len(timed) * limit:
        yield _slow_hit(late, timed, middle, facts)
    unknown = [item for item, _ in promised if item.answered and needs_answer(item) and item.first_answer_hours is None]
    if unknown:
        yield Lack(
            evidence=tuple(item.cell("first_answer_hours") for item in unknown)[:MOST_CELLS],
            values={"messages": _ids(unknown)[:MOST_CELLS]},
        )


def _slow_hit(
    late: list[tuple[Message, Decimal]], timed: list[tuple[Message, Decimal]], middle: Decimal, facts: Facts
) -> Hit:
    late.sort(key=lambda pair: -(pair[0].first_answer_hours or 0))
    messages = [item for item, _ in timed]
    slowest = slowest_channel(messages, int(facts.thresholds["kpi-report.channel_answers"]))
    alone = _answers_alone(facts)
    kept = hours_kept(messages, facts.thresholds["kpi-report.late_share"]) or Decimal(0)
    return Hit(
        about="inbox",
        root=ANSWERS_ROOT,
        evidence=tuple(item.cell("first_answer_hours") for item, _ in late)[:MOST_CELLS],
        values={
            "late": len(late),
            "answered": len(timed),
            "promise": _hours(promise for _, promise in late),
            "share": Share(Decimal(len(late)) / len(timed)),
            "median": rounded(middle, 1),
            "kept": rounded(kept, 1),
            "channel": channel_name(facts, slowest[0]) if slowest is not None else "",
            "slowest": rounded(slowest[1], 1) if slowest is not None else 0,
            "person": alone or "",
        },
        todo=_SLOW_TODOS[slowest is not None, alone is not None],
    )


SLOWEST_CHANNEL = (
    "Begin with {channel}, where the median is {slowest} hours: fix a time of day for its messages, and keep answers to"
    " common questions ready. Or promise {kept} hours: that you keep."
)
SLOWEST_CHANNEL_ALONE = (
    "Begin with {channel}, where the median is {slowest} hours, and find somebody who stands in for {person}. Or"
    " promise {kept} hours: that you keep."
)
NOBODY_STANDS_IN = (
    "Find somebody who stands in for {person}, fix a time of day for messages, or promise {kept} hours: that you keep."
)
_SLOW_TODOS = {
    (True, False): SLOWEST_CHANNEL,
    (True, True): SLOWEST_CHANNEL_ALONE,
    (False, True): NOBODY_STANDS_IN,
    (False, False): "",
}


@rule("kpi-report.complaint_not_routed")
def check_complaints_are_routed(facts: Facts) -> Iterator[Hit]:
    """Complaints that are neither passed on nor resolved."""
    report = facts.plans.kpi_report
    messages = messages_so_far(report, facts.as_of) if report is not None else []
    lost = [item for item in messages if item.kind == COMPLAINT and not is_routed(item)]
    if not lost:
        return
    ids, person = _ids(lost), _complaints_go_to(facts)
    yield Hit(
        about=joined(ids),
        root="inbox: complaints",
        evidence=tuple(item.cell("routed_to") for item in lost)[:MOST_CELLS],
        values={
            "count": len(lost),
            "channels": _channels(lost, facts),
            "messages": tuple(_quoted(item) for item in lost)[:MOST_CELLS],
            "person": person or "",
        },
        case="pass_on_to" if ids and person else "",
    )


def answering_person(facts: Facts) -> str | None:
    """Who has the role of answering comments and messages; None where nobody has, or no strategy was given."""
    strategy = facts.plans.strategy
    roles = strategy.team if strategy is not None else ()
    return next((role.person for role in roles if role.role == "comments" and role.person is not None), None)


def _answers_alone(facts: Facts) -> str | None:
    """Who answers, where nobody stands in for them."""
    person, strategy = answering_person(facts), facts.plans.strategy
    if person is None or strategy is None or person_key(person) in covered_people(strategy.team):
        return None
    return person


def _complaints_go_to(facts: Facts) -> str | None:
    """Whom the house rules name for complaints: for passing them on first, then for answering them."""
    strategy = facts.plans.strategy
    rules = strategy.house_rules if strategy is not None else ()
    owners = [rule.owner for topic in ("routing", "complaints") for rule in rules if rule.topic == topic and rule.owner]
    return owners[0] if owners else None


def _promised(facts: Facts) -> Iterator[tuple[Message, Decimal]]:
    """The messages so far, each with the hours within which its channel is answered."""
    report = facts.plans.kpi_report
    if report is not None:
        for item in messages_so_far(report, facts.as_of):
            yield item, promise_hours(report, facts, item.channel)


def _hours(promises: Iterable[Decimal]) -> Wording:
    """What was promised: one number, or several where channels differ."""
    each = tuple(rounded(hours) for hours in sorted(set(promises)))
    return each[0] if len(each) == 1 else each


def _ids(messages: Iterable[Message]) -> tuple[str, ...]:
    return tuple(item.message_id for item in messages if item.message_id is not None)


def _quoted(message: Message) -> str:
    """A message by its id and what it is about."""
    name = message.message_id or ""
    return f"{name} ({message.summary})" if message.summary else name


def _channels(messages: list[Message], facts: Facts) -> tuple[str, ...]:
    """The channels of some messages, each once."""
    return tuple(dict.fromkeys(channel_name(facts, item.channel) for item in messages))
