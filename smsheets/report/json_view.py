"""The analysis as JSON: a documented, versioned schema.

Amounts are decimals in text (`"120.00"`), exact; dates are `2027-03-15`; a figure that cannot be had is null.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from smsheets.analysis.finding import Finding, Lacking, Level, NotChecked
from smsheets.analysis.result import SCHEMA, Analysis, BusinessAnalysis, ReadFile
from smsheets.analysis.variance.whole import Variance
from smsheets.problems import MissingInput, Problem
from smsheets.report.json_headline import (
    CellView,
    ForecastView,
    HeadlineView,
    cell_view,
    forecast_view,
    headline_view,
    json_bytes,
    schema_bytes,
)
from smsheets.report.wording import Words, problem_lines


class FindingView(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in words.

    Attributes:
        about: The id of what it is about; with `id` it is the same finding in every run.
        effect: The money at stake, where it can be said.
        also: What the same cause brings about.
    """

    id: str
    about: str
    level: Level
    message: str
    todo: str
    source: str
    evidence: tuple[CellView, ...]
    effect: Decimal | None
    also: tuple[FindingView, ...]


class LackingView(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule cannot judge for lack of an input, and the cells to fill in."""

    rule: str
    message: str
    evidence: tuple[CellView, ...]


class ProblemView(msgspec.Struct, frozen=True, kw_only=True):
    """A problem in words. `until` is the last column's letters where it concerns a run of cells."""

    code: str
    file: str
    sheet: str
    cell: str
    until: str
    message: str
    todo: str


class MissingView(msgspec.Struct, frozen=True, kw_only=True):
    """An input still to fill in: the first cell, its label, and in how many rows (0: no row yet)."""

    cell: CellView
    label: str
    count: int


class OwnColumnView(msgspec.Struct, frozen=True, kw_only=True):
    """A column that a person added: its heading and where that stands."""

    cell: CellView
    heading: str


class FileView(msgspec.Struct, frozen=True, kw_only=True):
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


class BusinessView(msgspec.Struct, frozen=True, kw_only=True):
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


class AnalysisView(msgspec.Struct, frozen=True, kw_only=True):
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
    return AnalysisView(
        as_of=analysis.as_of,
        files=tuple(_file(item) for item in analysis.files),
        businesses=tuple(_business(item, words) for item in analysis.businesses),
        problems=tuple(_problem(item, words) for item in analysis.problems),
    )


def _file(item: ReadFile) -> FileView:
    return FileView(
        file=item.file,
        kind=item.kind,
        business=item.business,
        language=item.language,
        currency=item.currency,
        records=dict(item.records),
        notes=item.notes,
        missing=tuple(missing_view(missing) for missing in item.missing),
        own_columns=tuple(OwnColumnView(cell=cell_view(own.cell), heading=own.heading) for own in item.own_columns),
        own_sheets=item.own_sheets,
    )


def missing_view(item: MissingInput) -> MissingView:
    """An input that is still to fill in, as JSON shows it."""
    return MissingView(cell=cell_view(item.cell), label=item.label, count=item.count)


def _business(item: BusinessAnalysis, words: Words) -> BusinessView:
    plans = msgspec.to_builtins(item.plans, builtin_types=(Decimal, date))
    _shorten_places(plans)
    return BusinessView(
        business=item.business,
        currency=item.currency,
        headline=headline_view(item.headline, item.context, words),
        plans=plans,
        variance=item.variance,
        forecast=forecast_view(item.forecast),
        findings=tuple(_finding(finding, words) for finding in item.findings),
        lacking=tuple(_lacking(lacking, words) for lacking in item.lacking),
        not_checked=item.not_checked,
        silenced=item.silenced,
    )


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


def _finding(item: Finding, words: Words) -> FindingView:
    return FindingView(
        id=item.id,
        about=item.about,
        level=item.level,
        message=words.text(item.says, item.values),
        todo=words.text(item.todo, item.values),
        source=words.text(item.source),
        evidence=tuple(cell_view(cell) for cell in item.evidence),
        effect=item.effect,
        also=tuple(_finding(other, words) for other in item.also),
    )


def _lacking(item: Lacking, words: Words) -> LackingView:
    return LackingView(
        rule=item.rule,
        message=words.text(item.says, item.values),
        evidence=tuple(cell_view(cell) for cell in item.evidence),
    )


def _problem(item: Problem, words: Words) -> ProblemView:
    says, todo = problem_lines(item)
    return ProblemView(
        code=item.code,
        file=item.cell.file,
        sheet=item.cell.sheet,
        cell=item.cell.a1,
        until=item.until,
        message=words.text(says.text, says.values),
        todo=words.text(todo.text, todo.values),
    )
