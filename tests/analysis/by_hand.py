"""A plan of two channels in which all is well, filled in as a person does it: cell by cell, by openpyxl.

`healthy_plan` gives the rows of each table and the fields of each form; a test changes them before they are typed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook
from reader.filled import with_fewer_rows

from smsheets.kinds import KINDS
from smsheets.layout.placed import Layout
from smsheets.periods import add_months, month_end
from smsheets.profile import Profile
from smsheets.spec.load import load_spec
from smsheets.writer.workbook import NewWorkbook

START = date(2027, 1, 1)
MONTHS = 12
CHANNELS = ("instagram", "facebook")
PEOPLE = ("Ana", "Ben")
_ROWS = 160
"""Spare rows of a table at most: a year of posts on two channels."""

Row = dict[str, Any]


@cache
def _blank(kind: str, language: str) -> tuple[bytes, Layout]:
    """A new workbook of a profile, and where everything of it sits."""
    currency, country = ("EUR", "DE") if language == "de" else ("USD", "US")
    profile = Profile(
        language=language,
        currency=currency,
        country=country,
        start=START,
        months=MONTHS,
        channels=CHANNELS,
        team=PEOPLE,
    )
    new = NewWorkbook(spec=with_fewer_rows(load_spec(kind), _ROWS), profile=profile)
    buffer = io.BytesIO()
    new.write(buffer)
    return buffer.getvalue(), new.layout


def typed_workbook(
    kind: str, language: str, tables: Mapping[str, list[Row]], forms: Mapping[str, Row], path: Path
) -> Path:
    """A new workbook with these rows and fields typed into it, saved by openpyxl.

    What a row does not name keeps what the new workbook has there; None empties a cell. Values of lists are given by
    their ids and typed as the sheet shows them; several are a tuple.
    """
    data, layout = _blank(kind, language)
    book = load_workbook(io.BytesIO(data))
    for name, rows in tables.items():
        table = layout.tables[name]
        for number, row in enumerate(rows):
            for key, value in row.items():
                column = table.by_key[key]
                cell = book[table.sheet].cell(table.first_row + number, column.col)
                cell.value = _as_shown(value, column.spec.choices, layout)
    for name, fields in forms.items():
        form = layout.forms[name]
        choices = {field.id: field.choices for field in form.spec.fields}
        for key, value in fields.items():
            cell = book[form.sheet].cell(form.row_of[key], form.value_col)
            cell.value = _as_shown(value, choices[key], layout)
    book.save(path)
    return path


def _as_shown(value: Any, list_id: str | None, layout: Layout) -> Any:
    if isinstance(value, bool):
        value, list_id = "yes" if value else "no", "yes_no"
    if isinstance(value, tuple):
        return ", ".join(str(_as_shown(item, list_id, layout)) for item in value)
    placed = layout.lists.get(list_id or "")
    if placed is not None and value in placed.ids:
        return placed.texts[placed.ids.index(value)]
    return value


def without(rows: list[Row], first: int, last: int, *keys: str) -> list[Row]:
    """These rows, then empty ones up to a number: the person has deleted what the new workbook had there."""
    return [*rows, *(dict.fromkeys(keys) for _ in range(first, last + 1))]


class Plan:
    """The five workbooks of a plan, before they are typed: kind -> table -> rows, kind -> form -> fields."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self.tables: dict[str, dict[str, list[Row]]] = {kind: {} for kind in KINDS}
        self.forms: dict[str, dict[str, Row]] = {
            kind: {"start": {"business": "Clay & Kiln", "as_of": as_of}} for kind in KINDS
        }

    def typed(self, folder: Path, language: str = "en", kinds: tuple[str, ...] = tuple(KINDS)) -> list[Path]:
        """The workbooks as files."""
        return [
            typed_workbook(kind, language, self.tables[kind], self.forms[kind], folder / f"{kind}.xlsx")
            for kind in kinds
        ]


def months_over(as_of: date) -> list[int]:
    """The months of the plan that are over on a day, from 1."""
    return [number for number in range(1, MONTHS + 1) if month_end(add_months(START, number - 1)) <= as_of]


def healthy_plan(as_of: date) -> Plan:
    """Two channels, three goals, two people; everything that was to be done by the day is done."""
    plan = Plan(as_of)
    _fill_strategy(plan)
    _fill_roadmap(plan)
    _fill_budget(plan)
    _fill_calendar(plan)
    _fill_kpi_report(plan)
    return plan


_END = date(2027, 12, 31)
GOALS = {
    "G1": ("instagram", "orders", 20, 50),
    "G2": ("instagram", "followers", 1000, 2200),
    "G3": ("facebook", "orders", 12, 24),
}


def _fill_strategy(plan: Plan) -> None:
    tables, forms = plan.tables["strategy"], plan.forms["strategy"]
    forms["company"] = {"seat": "Bath", "founder": "Ana", "story": "Ana threw her first bowl at school."}
    forms["offer"] = {"products": "Bowls and mugs", "value": "Made to last", "customer": "People who cook at home"}
    forms["reasons"] = {"why_we_exist": "Things that stay", "advantage": "Repairs for ten years"}
    forms["limits"] = {"monthly_budget": 300, "budget_limit": "What the shop earns", "people_limit": "Two people"}
    forms["mission"] = {"what_we_do": "We make tableware", "destination": "A shop of our own"}
    forms["product"] = {"materials": "Stoneware", "handmade": True, "made_in": "Bath"}
    forms["distribution"] = {"own_site": "clay.example", "sales_channels": "Instagram, Facebook"}
    roles = ("lead", "copy", "creative", "ads", "distribution", "influencers", "comments", "analyst")
    people = ("Ana", "Ana", "Ana", "Ben", "Ben", "Ana", "Ben", "Ben")
    tables["team"] = [
        {
            "role": role,
            "person": person,
            "hours_per_week": 3,
            "hourly_value": 25,
            "stand_in": "Ana Ben".replace(person, "").strip(),
        }
        for role, person in zip(roles, people, strict=True)
    ]
    tables["swot"] = [
        {"about": "Our business", "strength": "Good glazes", "weakness": "Few hands"},
        {"about": "Kiln House", "strength": "A large shop", "weakness": "Slow answers"},
        {"about": None},
    ]
    tables["swot_outside"] = [{"about": "Our business", "opportunity": "Markets", "threat": "Cheap imports"}]
    tables["goals"] = [
        {
            "goal_id": name,
            "goal": f"{target} {metric} on {channel}",
            "metric": metric,
            "channel": channel,
            "baseline": baseline,
            "target": target,
            "deadline": _END,
            "owner": "Ana",
            "unit": "count",
            "direction": "up",
            "start": START,
            "resources_needed": "Photos",
            "resources_available": "yes",
            "why": "It pays the rent",
            "review": "monthly",
        }
        for name, (channel, metric, baseline, target) in GOALS.items()
    ]
    tables["markets"] = [{"place": "Bath", "language": "English", "shopping_days": "Saturday", "sales_share": 1}]
    tables["personas"] = [
        {
            "name": "Home cook",
            "kind": "customer",
            "channels": CHANNELS,
            "challenges": "Chipped bowls",
            "how_we_help": "Repairs",
        }
    ]
    tables["competitors"] = [
        {
            "competitor": "Kiln House",
            "channel": "instagram",
            "followers": 4000,
            "average_likes": 90,
            "posts_per_week": 3,
        }
    ]
    tables["prices"] = [
        {"item": "Bowl", "price": 40, "unit_cost": 12, "affordable": "yes", "how_often": "Twice a year"}
    ]
    tables["journey"] = [{"answer": "On our page", "owner": "Ana"} for _ in range(14)]
    tables["channels"] = [
        {
            "channel": "instagram",
            "purpose": "Show new bowls and sell them",
            "role": "primary",
            "posts_low": 2,
            "posts_high": 3,
            "linked": True,
            "ad_share": 0.6,
            "decision": "keep",
            "formats": ("photo",),
            "goal_id": "G1",
        },
        {
            "channel": "facebook",
            "purpose": "Answer neighbours, tell of market days",
            "role": "secondary",
            "posts_low": 1,
            "posts_high": 2,
            "linked": True,
            "ad_share": 0.4,
            "decision": "keep",
            "formats": ("photo",),
            "goal_id": "G3",
        },
    ]
    shares = (0.2, 0.1, 0.1, 0.1, 0.2, 0.1, 0.2)
    tables["pillars"] = [
        {"purpose": "Useful", "promotional": number == 6, "target_share": share} for number, share in enumerate(shares)
    ]
    tables["setup"] = [
        {
            "channel": channel,
            "account_created": True,
            "professional_handle": True,
            "two_factor": True,
            "business_email": True,
            "password_manager": True,
            "last_checked": plan.as_of - timedelta(days=40),
            "recovery_contact": "Ana",
        }
        for channel in CHANNELS
    ]
    tables["tools"] = [
        {
            "tool": "Scheduler",
            "kind": "tool",
            "what_for": "Posts",
            "plan": "paid",
            "monthly_cost": 20,
            "line_id": "B1",
            "access": ("Ana",),
        }
    ]
    tables["listening"] = [
        {"term": f"clay and kiln {number}", "who": "Ben", "how_often": "weekly"} for number in range(5)
    ]
    tables["house_rules"] = [{"rule": "We are kind and quick", "owner": "Ben", "within_hours": 24} for _ in range(9)]
    tables["changes"] = [{"changed_on": START, "what": "First plan", "why": "A new year", "decided_by": "Ana"}]
    tables["readiness"] = [{"answer": "yes"} for _ in range(6)]


def _fill_roadmap(plan: Plan) -> None:
    over = plan.as_of >= _END
    part = min((plan.as_of - START).days / (_END - START).days + 0.03, 1)
    rows: list[Row] = []
    tasks: list[Row] = []
    for number, name in enumerate(GOALS, 1):
        rows.append(
            {
                "initiative_id": f"I{number}",
                "initiative": f"Work for {name}",
                "goal_id": name,
                "owner": PEOPLE[number % 2],
                "start": START,
                "due": _END,
                "done_share": 1 if over else round(part, 2),
                "status": "done" if over else "in_progress",
                "finished_on": _END if over else None,
                "channel": GOALS[name][0],
                "planned_budget": 100,
                "line_ids": "B4",
                "success_measure": f"{GOALS[name][3]} reached",
                "result": "Reached, as planned" if over else None,
            }
        )
        due = plan.as_of + timedelta(days=20)
        tasks.append(
            {
                "task_id": f"T{number}",
                "task": f"Next step for {name}",
                "initiative_id": f"I{number}",
                "owner": "Ana",
                "priority": "high",
                "due": min(due, _END),
                "status": "done" if over else "next",
                "hours": 1,
            }
        )
    plan.tables["roadmap"] = {"initiatives": rows, "tasks": tasks}


def _fill_budget(plan: Plan) -> None:
    months = months_over(plan.as_of)

    def line(number: int, category: str, name: str, amount: float, channel: str | None = None) -> Row:
        amounts = {f"planned#{month}": amount for month in range(1, MONTHS + 1)}
        actual = {f"actual#{month}": amount for month in months}
        head = {
            "line_id": f"B{number}",
            "category": category,
            "line": name,
            "channel": channel,
            "carry_rule": "unspent",
        }
        return {**head, "owner": "Ana", **amounts, **actual}

    lines = [
        line(1, "software", "Scheduler", 20),
        line(2, "advertising", "Instagram ads", 90, "instagram"),
        line(3, "advertising", "Facebook ads", 60, "facebook"),
        line(4, "hired_services", "Photos", 50),
        line(5, "own_time", "Our own time", 650),
    ]
    tasks = [
        {
            "time_id": f"W{n}",
            "task": f"Task {n}",
            "person": person,
            "hours_per_week": 3,
            "hourly_value": 25,
            "outside_price": 600,
        }
        for n, person in enumerate(("Ana", "Ben"), 1)
    ]
    plan.tables["budget"] = {
        "lines": without(lines, 6, 6, "line_id", "category", "line", "channel", "carry_rule"),
        "own_time": without(tasks, 3, 7, "time_id", "task"),
    }


_WORDS = [
    "bowl",
    "glaze",
    "kiln",
    "morning",
    "market",
    "saw",
    "blue",
    "plate",
    "thrown",
    "wheel",
    "clay",
    "river",
    "winter",
    "table",
    "bread",
    "soup",
    "honey",
    "lamp",
    "wood",
    "ash",
    "copper",
    "iron",
    "foot",
    "rim",
    "handle",
    "spout",
    "tea",
    "coffee",
    "guests",
    "garden",
    "stone",
    "rain",
    "bench",
    "shelf",
    "window",
    "neighbour",
    "brush",
    "slow",
    "fire",
    "oven",
    "cup",
    "saucer",
    "jug",
    "oil",
    "salt",
    "lemon",
    "fig",
    "linen",
    "basket",
    "ladle",
]
_PILLARS = ("how_to", "behind_the_scenes", "customers", "community", "products")


def _text(number: int) -> str:
    """A text that no other number has, nor nearly."""
    return " ".join(Random(number).sample(_WORDS, 14)).capitalize()


def post_days() -> Iterator[tuple[date, str]]:
    """Tuesdays and Fridays on Instagram, Wednesdays on Facebook."""
    for days in range((_END - START).days + 1):
        day = START + timedelta(days=days)
        if day.isoweekday() in (2, 3, 5):
            yield day, "facebook" if day.isoweekday() == 3 else "instagram"


def _fill_calendar(plan: Plan) -> None:
    rows: list[Row] = []
    for number, (day, channel) in enumerate(post_days(), 1):
        out, soon = day < plan.as_of, (day - plan.as_of).days <= 14
        pillar = _PILLARS[number % 5]
        row: Row = {
            "post_id": f"P{number}",
            "date": day,
            "time": time(18, 0),
            "channel": channel,
            "format": "photo",
            "pillar": pillar,
            "title": f"Day {number}",
            "copy": _text(number),
            "owner": "Ana" if number % 2 else "Ben",
            "status": "published" if out else "scheduled" if soon else "draft",
            "alt_text": "A bowl on a table",
            "approver": "Ana",
            "approved_on": day - timedelta(days=20) if out or soon else None,
            "published_on": day if out else None,
        }
        if pillar == "products":
            row |= {
                "link": f"https://clay.example/p{number}",
                "utm_source": channel,
                "utm_medium": "social",
                "utm_campaign": "year",
            }
        rows.append(row)
    wanted = [{"channel": "instagram", "low": 2, "high": 3}, {"channel": "facebook", "low": 1, "high": 2}]
    ideas = [{"idea_id": "N1", "idea": "How a handle is pulled", "pillar": "how_to", "evergreen": True}]
    plan.tables["calendar"] = {"posts": rows, "cadence_wanted": wanted, "ideas": ideas}


def _fill_kpi_report(plan: Plan) -> None:
    months = months_over(plan.as_of)
    rows: list[Row] = []

    def row(channel: str, metric: str, goal: str, baseline: float, target: float) -> None:
        steps = {n: baseline + (target - baseline) * n / MONTHS for n in range(1, MONTHS + 1)}
        rows.append(
            {
                "kpi_id": f"K{len(rows) + 1}",
                "channel": channel,
                "metric": metric,
                "unit": None,
                "direction": None,
                "adds_up": None,
            }
            | {"goal_id": goal, "baseline": baseline}
            | {f"target#{n}": round(value) for n, value in steps.items()}
            | {f"actual#{n}": round(steps[n]) + 1 for n in months}
        )

    for name, (channel, metric, baseline, target) in GOALS.items():
        row(channel, metric, name, baseline, target)
        if metric == "orders":
            row(channel, "revenue", name, baseline * 40, target * 40)
    blank = dict.fromkeys(("kpi_id", "channel", "metric", "unit", "direction", "adds_up"))
    results = [
        {
            "post_id": f"P{number}",
            "date": day,
            "time": time(18, 0),
            "channel": channel,
            "format": "photo",
            "pillar": _PILLARS[number % 5],
            "reach": 1000,
            "likes": 50,
            "comments": 5,
            "shares": 2,
            "saves": 2,
            "clicks": 10,
        }
        for number, (day, channel) in enumerate(post_days(), 1)
        if day < plan.as_of
    ]
    kinds = ("question", "praise", "mention", "other")
    inbox = [
        {
            "message_id": f"M{month * 4 + number}",
            "received": add_months(START, month - 1) + timedelta(days=3 * number),
            "channel": CHANNELS[number % 2],
            "kind": kind,
            "answered": True,
            "first_answer_hours": 5,
            "summary": "A word",
        }
        for month in months
        for number, kind in enumerate(kinds)
    ]
    words = dict.fromkeys(("what_came", "what_next", "is_working", "what_better"), "As planned")
    review = [
        {"period": add_months(START, month - 1), **words, "reviewed_on": month_end(add_months(START, month - 1))}
        for month in months
    ]
    decisions = [
        {
            "decision_id": "D1",
            "period": START,
            "decision": "Go on",
            "owner": "Ana",
            "due": START + timedelta(days=40),
            "done": True,
        }
    ]
    plan.tables["kpi-report"] = {
        "kpis": [*rows, *(blank for _ in range(20 - len(rows)))],
        "post_results": results,
        "inbox": inbox,
        "review": review,
        "decisions": decisions,
    }
