"""Calendars written down as tables, for the tests of what is found in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.finding import Hit
from smsheets.analysis.rules.calendar import RULES
from smsheets.plan.calendar import CadenceWanted, Calendar, MixTarget, Post
from smsheets.plan.record import Where
from smsheets.plan.strategy import Channel, Strategy, TeamRole
from smsheets.spec.reference import load_platforms
from smsheets.spec.thresholds import load_thresholds

AS_OF = date(2027, 7, 5)
"""A Monday."""

COLUMNS = {
    "post_id": 1, "date": 2, "weekday": 3, "time": 4, "channel": 5, "format": 6, "pillar": 7, "title": 8, "copy": 9,
    "owner": 10, "status": 11, "hashtags": 22, "approver": 25, "approved_on": 26, "published_on": 27,
}  # fmt: skip


def posts(table: str) -> tuple[Post, ...]:
    """Posts P1, P2, ... in rows 6, 7, ...; the heading names the columns, a dash is a blank cell."""
    heading, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    found = []
    for number, line in enumerate(lines, 1):
        values: dict[str, Any] = {"post_id": f"P{number}"}
        for name, text in zip(heading, line, strict=True):
            if text not in ("", "-"):
                values[name] = _value(name, text)
        found.append(Post(where=Where(file="c.xlsx", sheet="Posts", row=number + 5, columns=COLUMNS), **values))
    return tuple(found)


def wanted(**per_week: str) -> tuple[CadenceWanted, ...]:
    """`instagram="3 5"`; the rows begin at 6, low stands in B."""
    rows = []
    for number, (channel, text) in enumerate(per_week.items()):
        low, _, high = text.partition(" ")
        where = Where(file="c.xlsx", sheet="Wanted", row=6 + number, columns={"channel": 1, "low": 2, "high": 3})
        rows.append(CadenceWanted(where=where, channel=channel, low=Decimal(low), high=Decimal(high) if high else None))
    return tuple(rows)


def targets(**shares: str) -> tuple[MixTarget, ...]:
    """`products="0.2"`; only products sell."""
    where = Where(file="c.xlsx", sheet="Mix", row=20, columns={"pillar": 1, "target_share": 3})
    return tuple(
        MixTarget(where=where, pillar=pillar, promotional=pillar == "products", target_share=Decimal(share))
        for pillar, share in shares.items()
    )


def strategy(*channels: Channel, **hours: str) -> Strategy:
    """A strategy with these channels and people: `Owner="5"`."""
    where = Where(file="s.xlsx", sheet="Team", row=4, columns={"person": 2, "hours_per_week": 3})
    team = tuple(
        TeamRole(where=where, role="lead", person=person, hours_per_week=Decimal(number))
        for person, number in hours.items()
    )
    return Strategy(channels=channels, team=team)


def channel(name: str, **more: Any) -> Channel:
    where = Where(file="s.xlsx", sheet="Channels", row=4, columns={"channel": 1, "linked": 7})
    return Channel(where=where, channel=name, **more)


def context_of(calendar: Calendar, plan: Strategy | None = None, as_of: date = AS_OF, **changed: str) -> Context:
    """`changed` overrides thresholds: `dormant_days="10"`."""
    thresholds = {name: threshold.amount for name, threshold in load_thresholds().items()}
    thresholds |= {f"calendar.{name}": Decimal(value) for name, value in changed.items()}
    plans = PlanSet(calendar=calendar, strategy=plan)
    return Context(plans=plans, as_of=as_of, thresholds=thresholds, platforms=load_platforms(), currency="EUR")


def hits(
    rule_id: str, calendar: Calendar, plan: Strategy | None = None, as_of: date = AS_OF, **changed: str
) -> list[Hit]:
    """What one rule finds."""
    found = next(rule for rule in RULES if rule.id == f"calendar.{rule_id}")
    return list(found.check(context_of(calendar, plan, as_of, **changed)))


def told(hit: Hit, *names: str) -> tuple[Any, ...]:
    return tuple(hit.values[name] for name in names)


def cells(hit: Hit) -> list[str]:
    return [str(ref) for ref in hit.evidence]


def _value(name: str, text: str) -> Any:
    reading: Mapping[str, Any] = {
        "date": date.fromisoformat,
        "published_on": date.fromisoformat,
        "approved_on": date.fromisoformat,
        "time": time.fromisoformat,
    }
    return reading.get(name, str)(text)
