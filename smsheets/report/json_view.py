"""The analysis as JSON: a documented, versioned schema.

Amounts are decimals in text (`"120.00"`), exact; dates are `2027-03-15`; a figure that cannot be had is null.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from smsheets.analysis.finding import Finding, Lacking, Level, NotChecked, Wording
from smsheets.analysis.goal_outlook import GoalMonth, Method, Outlook, WhyNot
from smsheets.analysis.headline import Headline
from smsheets.analysis.key_figures import KeyFigure
from smsheets.analysis.plan_states import State
from smsheets.analysis.result import SCHEMA, Analysis, BusinessAnalysis
from smsheets.analysis.shortages import Transfer
from smsheets.analysis.variance.whole import Variance
from smsheets.money import Money, Share
from smsheets.plan.forecast import Spread
from smsheets.plan.reference import Area, Direction, FindingClass, Unit
from smsheets.problems import Problem
from smsheets.report.json import CellView, View, json_bytes, schema_bytes
from smsheets.report.sections.headline import figure_label, verdict_line
from smsheets.report.wording import Words, problem_lines


def said(source: Finding, words: Words) -> dict[str, Any]:
    """A finding's sentences."""
    return {"message": words.text(source.says, source.values), "todo": words.text(source.todo, source.values)}


class TransferView(View, frozen=True, kw_only=True):
    """Money that a finding advises to move: from the budget lines with these ids, `giver`, to `taker`, in words.

    Attributes:
        spare: What the giver has to spare before.
    """

    lines: tuple[str, ...]
    giver: str
    taker: str
    amount: Decimal
    spare: Decimal

    @classmethod
    def _own(cls, source: Transfer, words: Words) -> dict[str, Any]:
        return {"giver": words.value(source.giver), "taker": words.value(source.taker)}


class FindingView(View, frozen=True, kw_only=True):
    """A finding in words.

    Attributes:
        about: The id of what it is about; with `id` it is the same finding in every run.
        class_: What it puts at risk; in the JSON `class`.
        area: The part of the business that it is about.
        minutes: How long it takes to put it right, about.
        effect: The money at stake; null where it is not known, which is not zero.
        hours: The hours at stake, where it is counted in hours.
        transfers: The money that it advises to move; over all findings no line gives more than it has to spare.
        also: What the same cause brings about.
    """

    id: str
    about: str
    level: Level
    class_: FindingClass = msgspec.field(name="class")
    area: Area
    minutes: int
    message: str
    todo: str
    source: str
    evidence: tuple[CellView, ...]
    effect: Decimal | None
    hours: Decimal | None
    transfers: tuple[TransferView, ...]
    also: tuple[FindingView, ...]

    @classmethod
    def _own(cls, source: Finding, words: Words) -> dict[str, Any]:
        return {**said(source, words), "source": words.text(source.source)}


class LackingView(View, frozen=True, kw_only=True):
    """What a rule cannot judge for lack of an input, and the cells to fill in."""

    rule: str
    message: str
    evidence: tuple[CellView, ...]

    @classmethod
    def _own(cls, source: Lacking, words: Words) -> dict[str, Any]:
        return {"message": words.text(source.says, source.values)}


class ProblemView(View, frozen=True, kw_only=True):
    """A problem in words.

    Attributes:
        until: The last column's letters where it concerns a run of cells.
        hint: Whether the value was understood as it was meant, so that nothing has to be done.
    """

    code: str
    hint: bool
    file: str
    sheet: str
    cell: str
    until: str
    message: str
    todo: str

    @classmethod
    def _own(cls, source: Problem, words: Words) -> dict[str, Any]:
        says, todo = problem_lines(source)
        cell = source.cell
        return {
            "file": cell.file,
            "sheet": cell.sheet,
            "cell": cell.a1,
            "hint": source.is_hint,
            "message": words.value(says),
            "todo": words.value(todo),
        }


class MissingView(View, frozen=True, kw_only=True):
    """An input still to fill in: the first cell, its label, and in how many rows (0: no row yet)."""

    cell: CellView
    label: str
    count: int


class OwnColumnView(View, frozen=True, kw_only=True):
    """A column that a person added: its heading and where that stands."""

    cell: CellView
    heading: str


class FileView(View, frozen=True, kw_only=True):
    """A workbook that was read."""

    file: str
    kind: str
    business: str
    language: str
    currency: str
    records: dict[str, int]
    missing: tuple[MissingView, ...]
    notes: tuple[str, ...]
    own_columns: tuple[OwnColumnView, ...]
    own_sheets: tuple[str, ...]


class PlanStateView(View, frozen=True, kw_only=True):
    """How a plan stands. `value` and `of` are the figure that decides it; what they count, `verdict` says in words."""

    kind: str
    state: State
    value: Decimal | None
    of: Decimal | None


class StepView(View, frozen=True, kw_only=True):
    """What to do next: the finding with this id and `about` has its evidence."""

    id: str
    about: str
    class_: FindingClass = msgspec.field(name="class")
    area: Area
    minutes: int
    effect: Decimal | None
    hours: Decimal | None
    message: str
    todo: str

    @classmethod
    def _own(cls, source: Finding, words: Words) -> dict[str, Any]:
        return said(source, words)


class KeyFigureView(View, frozen=True, kw_only=True):
    """A key figure. `unit` is `money`, `share` or `count`; `change_share` and `of_target` are shares, 0..1."""

    id: str
    label: str
    metric: str | None
    channel: str | None
    month: date | None
    unit: str
    value: Decimal | None
    of: Decimal | None
    change: Decimal | None
    change_share: Decimal | None
    of_target: Decimal | None
    state: State | None

    @classmethod
    def _own(cls, source: KeyFigure, words: Words) -> dict[str, Any]:
        return {"unit": _unit(source.value)}


class HeadlineView(View, frozen=True, kw_only=True):
    """The verdict on a business."""

    state: State
    verdict: str
    plans: tuple[PlanStateView, ...]
    steps: tuple[StepView, ...]
    figures: tuple[KeyFigureView, ...]

    @classmethod
    def _own(cls, source: Headline, words: Words) -> dict[str, Any]:
        return {"verdict": words.value(verdict_line(source))}


class SpendView(View, frozen=True, kw_only=True):
    """The spending of all months.

    `forecast` is that of the budget's variance; `at_pace` is what the months that are over would make of it, and
    `cells` are to be filled in where that cannot be said.
    """

    budget: Decimal | None
    spent: Decimal | None
    forecast: Decimal | None
    at_pace: Spread | None
    ratio: Spread | None
    points: int
    cells: tuple[CellView, ...]


class GoalView(View, frozen=True, kw_only=True):
    """When a goal is reached. `pace` is the step a month; where `why_not` says something, there is no forecast."""

    goal_id: str
    goal: str
    metric: str | None
    channel: str | None
    unit: Unit
    direction: Direction
    baseline: Decimal | None
    value: Decimal | None
    known_on: date | None
    level: Decimal | None
    target: Decimal | None
    deadline: date | None
    outlook: Outlook
    why_not: WhyNot | None
    method: Method | None
    points: int
    pace: Spread | None
    needed: Decimal | None
    earliest: date | None
    likely: date | None
    latest: date | None
    months: tuple[GoalMonth, ...]
    cells: tuple[CellView, ...]


class ForecastView(View, frozen=True, kw_only=True):
    """What can be expected."""

    spend: SpendView | None
    goals: tuple[GoalView, ...]


class BusinessView(View, frozen=True, kw_only=True):
    """One business: its brief, its plans (records by table id), variance, forecast and findings.

    A record's `where` has its sheet and row.
    """

    business: str
    currency: str
    headline: HeadlineView
    plans: dict[str, dict[str, Any] | None]
    variance: Variance
    forecast: ForecastView
    findings: tuple[FindingView, ...]
    lacking: tuple[LackingView, ...]
    not_checked: tuple[NotChecked, ...]
    silenced: int

    @classmethod
    def _own(cls, source: BusinessAnalysis, words: Words) -> dict[str, Any]:
        figures = (
            KeyFigureView.make(item, words, label=words.value(figure_label(item, source.context)))
            for item in source.headline.figures
        )
        plans = msgspec.to_builtins(source.plans, builtin_types=(Decimal, date))
        _shorten_places(plans)
        return {"headline": HeadlineView.make(source.headline, words, figures=tuple(figures)), "plans": plans}


class AnalysisView(View, frozen=True, kw_only=True):
    """Everything, in the order it is computed."""

    schema: str = SCHEMA
    as_of: date
    files: tuple[FileView, ...]
    businesses: tuple[BusinessView, ...]
    problems: tuple[ProblemView, ...]


def render_json(analysis: Analysis, words: Words) -> bytes:
    """The analysis as indented JSON in UTF-8."""
    return json_bytes(make_view(analysis, words))


def analysis_schema() -> bytes:
    """The JSON Schema of what `render_json` gives."""
    return schema_bytes(AnalysisView)


def make_view(analysis: Analysis, words: Words) -> AnalysisView:
    """The analysis with its sentences put into words."""
    return AnalysisView.make(analysis, words)


def _shorten_places(part: Any) -> None:
    """Leaves sheet and row of every `where`: the columns are the same in every row."""
    if isinstance(part, dict):
        where = part.get("where")
        if isinstance(where, dict):
            part["where"] = {"sheet": where["sheet"], "row": where["row"]}
        for name, value in part.items():
            if name != "where":
                _shorten_places(value)
    elif isinstance(part, list | tuple):
        for value in part:
            _shorten_places(value)


def _unit(value: Wording | None) -> str:
    if isinstance(value, Money):
        return "money"
    return "share" if isinstance(value, Share) else "count"
