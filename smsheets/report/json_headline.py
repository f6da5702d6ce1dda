"""The brief and the forecasts as JSON: figures as plain decimals, sentences in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Wording
from smsheets.analysis.forecast import Forecast, SpendMonth, SpendOutlook
from smsheets.analysis.goal_outlook import GoalMonth, GoalOutlook, Method, Outlook, WhyNot
from smsheets.analysis.headline import Headline
from smsheets.analysis.key_figures import KeyFigure
from smsheets.analysis.plan_states import State
from smsheets.cells import CellRef
from smsheets.money import Money, Share
from smsheets.plan.forecast import Spread
from smsheets.plan.reference import Direction, Unit
from smsheets.report.sections.headline import figure_label, verdict_line
from smsheets.report.wording import Words


class CellView(msgspec.Struct, frozen=True, kw_only=True):
    """A cell: file, sheet and address as Excel writes it."""

    file: str
    sheet: str
    cell: str


def cell_view(cell: CellRef) -> CellView:
    """A cell as JSON shows it."""
    return CellView(file=cell.file, sheet=cell.sheet, cell=cell.a1)


def json_bytes(view: Any) -> bytes:
    """A view as indented JSON in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(view), indent=2) + b"\n"


def schema_bytes(view: type) -> bytes:
    """The JSON Schema of a view."""
    return json_bytes(msgspec.json.schema(view))


class PlanStateView(msgspec.Struct, frozen=True, kw_only=True):
    """How a plan stands. `value` and `of` are the figure that decides it; what they count, `verdict` says in words."""

    kind: str
    state: State
    value: Decimal | None
    of: Decimal | None


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """What to do next: the finding with this id and `about` has its evidence."""

    id: str
    about: str
    message: str
    todo: str


class KeyFigureView(msgspec.Struct, frozen=True, kw_only=True):
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


class HeadlineView(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on a business."""

    state: State
    verdict: str
    plans: tuple[PlanStateView, ...]
    steps: tuple[StepView, ...]
    figures: tuple[KeyFigureView, ...]


class SpendView(msgspec.Struct, frozen=True, kw_only=True):
    """The year's spending.

    `as_planned` is the forecast of the budget's variance; `cells` are to be filled in where there is no other.
    """

    budget: Decimal | None
    spent: Decimal | None
    as_planned: Decimal | None
    total: Spread | None
    ratio: Spread | None
    points: int
    months: tuple[SpendMonth, ...]
    cells: tuple[CellView, ...]


class GoalView(msgspec.Struct, frozen=True, kw_only=True):
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


class ForecastView(msgspec.Struct, frozen=True, kw_only=True):
    """What can be expected."""

    spend: SpendView | None
    goals: tuple[GoalView, ...]


def headline_view(headline: Headline, context: Context, words: Words) -> HeadlineView:
    """The brief in words."""
    return HeadlineView(
        state=headline.state,
        verdict=words.value(verdict_line(headline)),
        plans=tuple(
            PlanStateView(kind=plan.kind, state=plan.state, value=_number(plan.value), of=_number(plan.of))
            for plan in headline.plans
        ),
        steps=tuple(
            StepView(
                id=step.id,
                about=step.about,
                message=words.text(step.says, step.values),
                todo=words.text(step.todo, step.values),
            )
            for step in headline.steps
        ),
        figures=tuple(_figure(item, context, words) for item in headline.figures),
    )


def forecast_view(forecast: Forecast) -> ForecastView:
    """The forecasts with their cells as Excel writes them."""
    return ForecastView(
        spend=None if forecast.spend is None else SpendView(**_with_cells(forecast.spend)),  # type: ignore[arg-type]
        goals=tuple(GoalView(**_with_cells(goal)) for goal in forecast.goals),  # type: ignore[arg-type]
    )


def _with_cells(item: SpendOutlook | GoalOutlook) -> dict[str, object]:
    return {**msgspec.structs.asdict(item), "cells": tuple(cell_view(cell) for cell in item.cells)}


def _figure(item: KeyFigure, context: Context, words: Words) -> KeyFigureView:
    return KeyFigureView(
        id=item.id,
        label=words.value(figure_label(item, context)),
        metric=item.metric,
        channel=item.channel,
        month=item.month,
        unit=_unit(item.value),
        value=_number(item.value),
        of=_number(item.of),
        change=_number(item.change),
        change_share=_number(item.change_share),
        of_target=_number(item.of_target),
        state=item.state,
    )


def _unit(value: Wording | None) -> str:
    if isinstance(value, Money):
        return "money"
    return "share" if isinstance(value, Share) else "count"


def _number(value: Wording | None) -> Decimal | None:
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, Share):
        return value.value
    return Decimal(value) if isinstance(value, int | Decimal) else None
