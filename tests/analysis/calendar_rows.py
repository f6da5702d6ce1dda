"""Calendars written down as tables, for the tests of what is found in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from string import Formatter
from typing import Any

from smsheets.analysis.context import PlanSet
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Finding, Lacking, Rule
from smsheets.analysis.rules.calendar import RULES
from smsheets.analysis.run import is_silenced, run_rule
from smsheets.plan.calendar import CadenceWanted, Calendar, Idea, KeyDate, MixTarget, Post
from smsheets.plan.kpi_report import Decision, KpiReport, PostResult
from smsheets.plan.record import Where
from smsheets.plan.roadmap import Roadmap
from smsheets.plan.strategy import Channel, Strategy, TeamRole
from smsheets.report.wording import Words
from smsheets.spec.catalogue import load_part
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_finding_texts, load_list_texts, load_platforms

AS_OF = date(2027, 7, 5)
"""A Monday."""

COLUMNS = {
    "post_id": 1, "date": 2, "weekday": 3, "time": 4, "channel": 5, "format": 6, "pillar": 7, "title": 8, "copy": 9,
    "owner": 10, "status": 11, "link": 17, "utm_source": 18, "utm_medium": 19, "hashtags": 22, "alt_text": 23,
    "approver": 25, "approved_on": 26, "published_on": 27, "boosted": 29,
}  # fmt: skip


HEADING = "date | channel | status\n"
GERMAN = frozenset(load_part("de", "calendar"))


def posts(table: str) -> tuple[Post, ...]:
    """Posts P1, P2, ... in rows 6, 7, ...; the heading names the columns, a dash is a blank cell."""
    found = []
    for number, values in enumerate(_lines(table), 1):
        where = Where(file="c.xlsx", sheet="Posts", row=number + 5, columns=COLUMNS)
        found.append(Post(where=where, **{"post_id": f"P{number}", **values}))
    return tuple(found)


def results(table: str) -> tuple[PostResult, ...]:
    """Rows of the KPI report's posts, R1, R2, ... in rows 6, 7, ..., unless they name a post."""
    columns = {"post_id": 1, "date": 2, "time": 3, "channel": 4, "revenue": 19}
    found = []
    for number, values in enumerate(_lines(table), 1):
        where = Where(file="k.xlsx", sheet="Post results", row=number + 5, columns=columns)
        found.append(PostResult(where=where, **{"post_id": f"R{number}", **values}))
    return tuple(found)


def ideas(table: str) -> tuple[Idea, ...]:
    """Ideas N1, N2, ..."""
    return tuple(Idea(idea_id=f"N{number}", **values) for number, values in enumerate(_lines(table), 1))


def out(days: str, name: str) -> str:
    """Lines below HEADING: posts of one channel that are out."""
    return "\n".join(f"{day} | {name} | published" for day in days.split())


def key_dates(table: str) -> tuple[KeyDate, ...]:
    """Key dates in rows 6, 7, ..."""
    columns = {"date": 1, "name": 3}
    return tuple(
        KeyDate(where=Where(file="c.xlsx", sheet="Key dates", row=number, columns=columns), **values)
        for number, values in enumerate(_lines(table), 6)
    )


def wanted(**per_week: str) -> tuple[CadenceWanted, ...]:
    """`instagram="3 5"`; the rows begin at 6, low stands in B. An empty text is a row without numbers."""
    rows = []
    for number, (name, text) in enumerate(per_week.items()):
        low, _, high = text.partition(" ")
        where = Where(file="c.xlsx", sheet="Wanted", row=6 + number, columns={"channel": 1, "low": 2, "high": 3})
        least, most = (Decimal(number) if number else None for number in (low, high))
        rows.append(CadenceWanted(where=where, channel=name, low=least, high=most))
    return tuple(rows)


def targets(**shares: str) -> tuple[MixTarget, ...]:
    """`products="0.2"`; only products sell."""
    where = Where(file="c.xlsx", sheet="Mix", row=20, columns={"pillar": 1, "promotional": 2, "target_share": 3})
    return tuple(
        MixTarget(where=where, pillar=pillar, promotional=pillar == "products", target_share=Decimal(share))
        for pillar, share in shares.items()
    )


def strategy(*channels: Channel, **hours: str) -> Strategy:
    """A strategy with these channels and people: `Owner="5"`, or `Owner="5 25"` with what an hour is worth."""
    team = []
    for row, (person, text) in enumerate(hours.items(), 4):
        where = Where(file="s.xlsx", sheet="Team", row=row, columns={"person": 2, "hours_per_week": 3})
        each_week, _, value = text.partition(" ")
        own, worth = (Decimal(number) if number else None for number in (each_week, value))
        team.append(TeamRole(where=where, role="lead", person=person, hours_per_week=own, hourly_value=worth))
    return Strategy(channels=channels, team=tuple(team))


def channel(name: str, **more: Any) -> Channel:
    where = Where(file="s.xlsx", sheet="Channels", row=4, columns={"channel": 1, "linked": 7})
    return Channel(where=where, channel=name, **more)


def context_of(
    calendar: Calendar,
    plan: Strategy | None = None,
    as_of: date = AS_OF,
    *,
    kpis: tuple[PostResult, ...] = (),
    decisions: tuple[Decision, ...] = (),
    roadmap: Roadmap | None = None,
    **changed: str,
) -> Facts:
    """`changed` overrides thresholds: `dormant_days="10"`."""
    thresholds = {name: threshold.amount for name, threshold in load_thresholds().items()}
    thresholds |= {f"calendar.{name}": Decimal(value) for name, value in changed.items()}
    report = KpiReport(post_results=kpis, decisions=decisions) if kpis or decisions else None
    plans = PlanSet(calendar=calendar, strategy=plan, kpi_report=report, roadmap=roadmap)
    return Facts(
        plans=plans,
        as_of=as_of,
        thresholds=thresholds,
        platforms=load_platforms(),
        list_texts=load_list_texts(),
        finding_texts=load_finding_texts(),
        currency="EUR",
    )


def hits(rule_id: str, calendar: Calendar, plan: Strategy | None = None, **more: Any) -> list[Finding]:
    """What one rule finds. Each finding holds what every finding must: see the assertions."""
    found = [
        case for case in run_rule(rule_of(rule_id), context_of(calendar, plan, **more)) if isinstance(case, Finding)
    ]
    for finding in found:
        assert finding.evidence, "it shows where"
        assert finding.about, "it can be told from others, and silenced"
        assert names_in(finding.says, finding.todo) <= {*finding.values}, "the texts name what is there"
        assert {finding.says, finding.todo} <= GERMAN, "both are translated"
        assert is_silenced(finding, (rule_id,))
        assert is_silenced(finding, (f"{rule_id} {finding.about}",))
        assert not is_silenced(finding, (f"{rule_id} {finding.about}x", rule_id[:-1]))
    assert len({finding.about for finding in found}) == len(found), "no two are about the same"
    return found


def lacks(rule_id: str, calendar: Calendar, plan: Strategy | None = None, **more: Any) -> list[Lacking]:
    """What one rule cannot judge; each case says what to fill in and where."""
    found = [
        case for case in run_rule(rule_of(rule_id), context_of(calendar, plan, **more)) if isinstance(case, Lacking)
    ]
    for case in found:
        assert case.evidence
        assert "learn" in say(case)
        assert names_in(case.says) <= {*case.values}
        assert case.says in GERMAN
    return found


def names_in(*texts: str) -> set[str]:
    """The `{names}` in texts."""
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def rule_of(rule_id: str) -> Rule:
    return next(rule for rule in RULES if rule.id == rule_id)


def say(finding: Finding | Lacking) -> str:
    """The sentence as a report shows it in English."""
    return Words("en").text(finding.says, finding.values)


def do(finding: Finding) -> str:
    """What to do, as a report shows it in English."""
    return Words("en").text(finding.todo, finding.values)


def told(finding: Finding, *names: str) -> tuple[Any, ...]:
    return tuple(finding.values[name] for name in names)


def cells(finding: Finding | Lacking) -> list[str]:
    return [str(ref) for ref in finding.evidence]


def _lines(table: str) -> list[dict[str, Any]]:
    """One dictionary per line below the heading, without the blank cells."""
    heading, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    pairs = [zip(heading, line, strict=True) for line in lines]
    return [{name: _value(name, text) for name, text in pair if text not in ("", "-")} for pair in pairs]


def _value(name: str, text: str) -> Any:
    reading: Mapping[str, Any] = {
        "date": date.fromisoformat,
        "published_on": date.fromisoformat,
        "approved_on": date.fromisoformat,
        "last_used": date.fromisoformat,
        "time": time.fromisoformat,
        "boosted": lambda word: word == "yes",
        "evergreen": lambda word: word == "yes",
        "revenue": Decimal,
        "spend": Decimal,
        "orders": int,
        "likes": int,
        "reach": int,
    }
    return reading.get(name, str)(text)


BANK = ideas(
    """
    idea | channel | pillar | evergreen | last_used
    Tea stains | - | how_to | yes | 2027-01-12
    Stamps | instagram | - | yes | -
    Used up | instagram | - | - | 2027-01-12
    Just used | instagram | - | yes | 2027-06-12
    Oldest piece | facebook | - | - | -
    """
)
"""One idea for any channel that has rested, a new one for Instagram, two that cannot be used, one for Facebook."""
