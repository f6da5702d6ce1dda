"""Rules about people who write: answered, in time, and complaints passed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from smsheets.analysis.facts import Facts, channel_names
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.kpi_standards import channel_name, promise_hours, rounded
from smsheets.analysis.subjects import MOST_SHOWN, cells_of, joined
from smsheets.analysis.variance.kpi_report import messages_so_far
from smsheets.money import Share
from smsheets.plan import inbox
from smsheets.plan.inbox import COMPLAINT, QUESTION
from smsheets.plan.kpi_report import Message
from smsheets.plan.record import group_by
from smsheets.plan.workload import covered_people, person_key

_COMPLAINTS_ROOT = "inbox: complaints"
_ANSWERS_ROOT = "inbox: answers"


@rule("kpi-report.many_complaints")
def check_complaints_are_few(facts: Facts) -> Iterator[Hit | Lack]:
    """Complaints are less than the limit of all the messages that say their kind."""
    recent = _recent(facts)
    yield from _common_kind(recent, COMPLAINT, facts.thresholds["kpi-report.complaint_share"], facts, _COMPLAINTS_ROOT)
    blank = [item for item in recent if item.kind is None]
    yield from lack(cells_of(blank, "kind"), count=len(blank))


@rule("kpi-report.same_questions")
def check_questions_are_answered_once(facts: Facts) -> Iterator[Hit]:
    """Questions are less than the limit of all the messages that say their kind."""
    yield from _common_kind(_recent(facts), QUESTION, facts.thresholds["kpi-report.question_share"], facts)


def _recent(facts: Facts) -> list[Message]:
    first = facts.as_of - timedelta(days=int(facts.thresholds["kpi-report.kind_days"]))
    messages = messages_so_far(facts.kpi_report, facts.as_of)
    return [item for item in messages if item.received is not None and item.received > first]


def _common_kind(messages: list[Message], kind: str, limit: Decimal, facts: Facts, root: str = "") -> Iterator[Hit]:
    """A kind that makes up the limit or more of enough messages."""
    kinds = group_by(messages, lambda message: message.kind)
    own, total = kinds.get(kind, []), sum(len(items) for items in kinds.values())
    if total < facts.thresholds["kpi-report.kind_messages"] or not own or Decimal(len(own)) / total < limit:
        return
    channel, _ = Counter(item.channel for item in own).most_common(1)[0]
    yield Hit(
        about=kind,
        root=root,
        evidence=cells_of(own, "kind"),
        values={
            "count": len(own),
            "total": total,
            "share": Share(Decimal(len(own)) / total),
            "days": int(facts.thresholds["kpi-report.kind_days"]),
            "channel": channel_name(facts, channel),
            "messages": _ids(own)[:MOST_SHOWN],
        },
        case="" if _ids(own) else "without_ids",
    )


@rule("kpi-report.unanswered")
def check_messages_are_answered(facts: Facts) -> Iterator[Hit]:
    """Messages that wait for longer than promised; a complaint among them is graver."""
    late = _waiting_too_long(facts)
    if not late:
        return
    messages = [item for item, _ in late]
    ids, person = _ids(messages), person_in_role(facts, "comments")
    yield Hit(
        about=joined(ids),
        root=_answers_root(facts),
        evidence=cells_of(messages, "answered"),
        values={
            "promise": _hours(promise for _, promise in late),
            "count": len(messages),
            "channels": channel_names(messages, facts),
            "received": messages[0].received or facts.as_of,
            "messages": ids[:MOST_SHOWN],
            "first": _quoted(messages[0]),
            "person": person or "",
        },
        level=Level.ERROR if any(item.kind == COMPLAINT for item in messages) else None,
        case="" if not ids else "by_person" if person else "by_id",
    )


@rule("kpi-report.slow_answers")
def check_answers_are_in_time(facts: Facts) -> Iterator[Hit | Lack]:
    """More answers than the limit came later than promised, of the messages that need one."""
    promised = [(item, promise) for item, promise in _promised(facts) if inbox.needs_answer(item)]
    timed = [(item, promise) for item, promise in promised if inbox.answer_hours(item) is not None]
    late = [(item, promise) for item, promise in timed if inbox.took_too_long(item, promise)]
    if len(late) > len(timed) * facts.thresholds["kpi-report.late_share"]:
        yield _slow_hit(late, [item for item, _ in timed], facts)
    unknown = [item for item, _ in promised if item.answered and inbox.answer_hours(item) is None]
    yield from lack(cells_of(unknown, "first_answer_hours"), messages=_ids(unknown)[:MOST_SHOWN])


def _slow_hit(late: list[tuple[Message, Decimal]], timed: list[Message], facts: Facts) -> Hit:
    late.sort(key=lambda pair: -(inbox.answer_hours(pair[0]) or 0))
    slowest = inbox.slowest_channel(timed, int(facts.thresholds["kpi-report.channel_answers"]))
    alone = _answers_alone(facts)
    if slowest is not None:
        case = "slowest_channel_alone" if alone else "slowest_channel"
    else:
        case = "nobody_else" if alone else ""
    return Hit(
        about="inbox",
        root=_answers_root(facts),
        evidence=tuple(
            item.cell("first_answer_hours" if item.first_answer_hours is not None else "answered") for item, _ in late
        ),
        values={
            "late": len(late),
            "answered": len(timed),
            "promise": _hours(promise for _, promise in late),
            "share": Share(Decimal(len(late)) / len(timed)),
            "median": rounded(inbox.median_answer_hours(timed) or Decimal(0), 1),
            "kept": rounded(inbox.hours_kept(timed, facts.thresholds["kpi-report.late_share"]) or Decimal(0), 1),
            "channel": "" if slowest is None else channel_name(facts, slowest[0]),
            "slowest": 0 if slowest is None else rounded(slowest[1], 1),
            "person": alone or "",
        },
        case=case,
    )


@rule("kpi-report.complaint_not_routed")
def check_complaints_are_routed(facts: Facts) -> Iterator[Hit]:
    """Complaints that are neither passed on nor resolved; what else waits for an answer is told with them."""
    lost = _lost_complaints(facts)
    if not lost:
        return
    ids, person, waiting = _ids(lost), _complaints_go_to(facts), _others_waiting(facts)
    if waiting:
        case = "pass_on_and_answer" if ids and person else "and_answer"
    else:
        case = "pass_on_to" if ids and person else ""
    messages = [item for item, _ in waiting]
    yield Hit(
        about=joined(ids),
        root=_COMPLAINTS_ROOT,
        evidence=(*cells_of(lost, "routed_to"), *cells_of(messages, "answered")),
        values={
            "count": len(lost),
            "channels": channel_names(lost, facts),
            "messages": tuple(map(_quoted, lost))[:MOST_SHOWN],
            "person": person or "",
            "unanswered": len(waiting),
            "promise": _hours(promise for _, promise in waiting),
            "waiting": _ids(messages)[:MOST_SHOWN],
        },
        case=case,
    )


@rule("kpi-report.complaint_unsolved")
def check_complaints_are_solved(facts: Facts) -> Iterator[Hit]:
    """Complaints that somebody deals with are solved within some days.

    An empty `Resolved` is a no only where somebody fills in that column.
    """
    messages = messages_so_far(facts.kpi_report, facts.as_of)
    if all(item.resolved is None for item in messages):
        return
    days = int(facts.thresholds["kpi-report.complaint_days"])
    dated = [(item.received, item) for item in messages if item.kind == COMPLAINT and item.routed_to is not None]
    old = [(day, item) for day, item in dated if day is not None and (facts.as_of - day).days > days]
    late = sorted((pair for pair in old if not pair[1].resolved), key=lambda pair: pair[0])
    if late:
        complaints = [item for _, item in late]
        yield Hit(
            about=joined(_ids(complaints)) or COMPLAINT,
            evidence=cells_of(complaints, "resolved"),
            values={
                "days": days,
                "count": len(complaints),
                "channels": channel_names(complaints, facts),
                "received": late[0][0],
                "people": tuple(dict.fromkeys(item.routed_to or "" for item in complaints)),
                "messages": tuple(_quoted(item) or "?" for item in complaints)[:MOST_SHOWN],
            },
            case="several" if len(complaints) > 1 else "",
        )


def _lost_complaints(facts: Facts) -> list[Message]:
    messages = messages_so_far(facts.kpi_report, facts.as_of)
    return [item for item in messages if item.kind == COMPLAINT and not inbox.is_routed(item)]


def _others_waiting(facts: Facts) -> list[tuple[Message, Decimal]]:
    """The messages with an id that wait too long, without the complaints that nobody deals with."""
    lost = _lost_complaints(facts)
    return [pair for pair in _waiting_too_long(facts) if pair[0].message_id and pair[0] not in lost]


def _answers_root(facts: Facts) -> str:
    """The cause of slow answers: the same as of complaints that lie around, where these name all that waits."""
    lost, waiting = _lost_complaints(facts), _waiting_too_long(facts)
    named = all(item.message_id is not None or item in lost for item, _ in waiting)
    return _COMPLAINTS_ROOT if lost and named else _ANSWERS_ROOT


def _waiting_too_long(facts: Facts) -> list[tuple[Message, Decimal]]:
    """The messages without an answer for longer than promised, with the hours promised; the oldest first."""
    late = [(item, promise) for item, promise in _promised(facts) if inbox.waits_too_long(item, promise, facts.as_of)]
    return sorted(late, key=lambda pair: pair[0].received or date.max)


def person_in_role(facts: Facts, *roles: str) -> str | None:
    """Who has the first of these roles that anybody has; None where nobody has, or no strategy was given."""
    team = facts.plans.strategy.team if facts.plans.strategy is not None else ()
    return next((row.person for wanted in roles for row in team if row.role == wanted and row.person), None)


def _answers_alone(facts: Facts) -> str | None:
    """The person who answers, where they have no stand-in."""
    person, strategy = person_in_role(facts, "comments"), facts.plans.strategy
    if person is None or strategy is None or person_key(person) in covered_people(strategy.team):
        return None
    return person


def _complaints_go_to(facts: Facts) -> str | None:
    """Whom the house rules name for complaints: for passing them on first, then for answering them."""
    rules = facts.plans.strategy.house_rules if facts.plans.strategy is not None else ()
    owners = (rule.owner for topic in ("routing", "complaints") for rule in rules if rule.topic == topic and rule.owner)
    return next(owners, None)


def _promised(facts: Facts) -> Iterator[tuple[Message, Decimal]]:
    """The messages so far, each with the hours within which its channel is answered."""
    for item in messages_so_far(facts.kpi_report, facts.as_of):
        yield item, promise_hours(facts.kpi_report, facts, item.channel)


def _hours(promises: Iterable[Decimal]) -> Wording:
    """The promise: one number, or several where channels differ."""
    each = tuple(rounded(hours) for hours in sorted(set(promises)))
    return each[0] if len(each) == 1 else each


def _ids(messages: Iterable[Message]) -> tuple[str, ...]:
    return tuple(item.message_id for item in messages if item.message_id is not None)


def _quoted(message: Message) -> str:
    """A message by its id and its subject."""
    name = message.message_id or ""
    return f"{name} ({message.summary})" if message.summary else name
