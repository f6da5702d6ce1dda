"""Workbooks that were read -> one analysis: which belong together, up to which day, in which money."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from smsheets.analysis.context import PlanSet
from smsheets.analysis.facts import Facts
from smsheets.analysis.result import Analysis, BusinessAnalysis, ReadFile
from smsheets.analysis.run import analyze_business
from smsheets.errors import OptionError, did_you_mean
from smsheets.kinds import KINDS
from smsheets.periods import FIRST_DATE, LAST_DATE, months_from
from smsheets.plan.kpi_report import KpiReport
from smsheets.problems import Problem, make_problem
from smsheets.reader.read import ReadWorkbook
from smsheets.spec.load import check_threshold, load_thresholds
from smsheets.spec.reference import load_finding_texts, load_kpi_definitions, load_list_texts, load_platforms


def analyze_workbooks(
    workbooks: Sequence[ReadWorkbook], as_of: date | None, thresholds: Mapping[str, float], silenced: Sequence[str] = ()
) -> Analysis:
    """The analysis of a set of workbooks.

    Raises:
        OptionError: No day is given, and no workbook carries an as-of date; nobody plans with that day; or a threshold
            has an unknown name, or is no number that can be compared with.
    """
    day = as_of or latest_as_of(workbooks)
    if day is None:
        raise OptionError("Say up to which day: give an as-of date, or fill in 'As-of date' on the sheet 'Start here'.")
    if not FIRST_DATE <= day <= LAST_DATE:
        raise OptionError(f"As-of date {day}: write a day from {FIRST_DATE} to {LAST_DATE}, for example 2027-07-05")
    lines = _with_own(thresholds)
    problems = [problem for workbook in workbooks for problem in workbook.problems]
    businesses: list[BusinessAnalysis] = []
    groups = _by_business(workbooks)
    problems += _names_apart(groups)
    for name, all_given in groups.items():
        group, earlier = _earlier_reports(all_given, day)
        chosen = _one_per_kind(group, problems)
        currency = _currency(chosen, problems) or group[0].currency
        problems += _periods_apart(chosen)
        plans = PlanSet(**{KINDS[kind].field: workbook.plan for kind, workbook in chosen.items()})  # type: ignore[arg-type]
        facts = Facts(
            plans=plans.until(day),
            given=plans,
            as_of=day,
            thresholds=lines,
            platforms=load_platforms(),
            kpi_definitions=load_kpi_definitions(),
            finding_texts=load_finding_texts(),
            list_texts=load_list_texts(),
            currency=currency,
            silenced=tuple(silenced),
            earlier_reports=earlier,
        )
        businesses.append(analyze_business(name, facts))
    return Analysis(
        as_of=day,
        files=tuple(_read_file(item) for item in workbooks),
        businesses=tuple(businesses),
        problems=tuple(problems),
    )


def latest_as_of(workbooks: Sequence[ReadWorkbook]) -> date | None:
    """The latest as-of date that a workbook carries on its first sheet."""
    return max((item.plan.start.as_of for item in workbooks if item.plan.start.as_of is not None), default=None)


def _with_own(thresholds: Mapping[str, float]) -> dict[str, Decimal]:
    """All thresholds, a person's own on top."""
    lines = {name: threshold.amount for name, threshold in load_thresholds().items()}
    for name, value in thresholds.items():
        if name not in lines:
            raise OptionError(f"There is no threshold '{name}'{did_you_mean(name, lines)}")
        check_threshold(name, value)
        lines[name] = Decimal(str(value))
    return lines


def _by_business(workbooks: Sequence[ReadWorkbook]) -> dict[str, list[ReadWorkbook]]:
    """Business -> its workbooks. One without a name belongs to the only business there is, else to none."""
    groups: dict[str, list[ReadWorkbook]] = {}
    shown: dict[str, str] = {}
    nameless: list[ReadWorkbook] = []
    for workbook in workbooks:
        name = (workbook.plan.start.business or "").strip()
        if name:
            groups.setdefault(shown.setdefault(name.casefold(), name), []).append(workbook)
        else:
            nameless.append(workbook)
    if nameless:
        groups.setdefault(next(iter(groups)) if len(groups) == 1 else "", []).extend(nameless)
    return groups


def _earlier_reports(group: Sequence[ReadWorkbook], day: date) -> tuple[Sequence[ReadWorkbook], tuple[KpiReport, ...]]:
    """The workbooks without the KPI reports that end before the running one begins, and these: last year's, say."""
    reports = [workbook for workbook in group if isinstance(workbook.plan, KpiReport)]
    begun = [workbook for workbook in reports if _months_of(workbook)[0] <= day]
    if len(reports) < 2 or len(begun) < len(reports):
        return group, ()
    running = max(begun, key=lambda workbook: _months_of(workbook)[0])
    start, currency = _months_of(running)[0], running.currency
    earlier = [item for item in reports if _months_of(item)[-1] < start and item.currency == currency]
    kept = [workbook for workbook in group if all(workbook is not item for item in earlier)]
    return kept, tuple(item.plan for item in earlier if isinstance(item.plan, KpiReport))


def _one_per_kind(group: Sequence[ReadWorkbook], problems: list[Problem]) -> dict[str, ReadWorkbook]:
    chosen: dict[str, ReadWorkbook] = {}
    for workbook in group:
        if workbook.kind not in KINDS:
            continue
        first = chosen.setdefault(workbook.kind, workbook)
        if first is not workbook:
            cell = workbook.plan.start.cell("business")
            problems.append(make_problem("set.two-of-a-kind", cell, found=first.file, read=workbook.file))
    return chosen


def _currency(chosen: Mapping[str, ReadWorkbook], problems: list[Problem]) -> str:
    """The budget's currency where it is given, else that of the first workbook."""
    if not chosen:
        return ""
    counted = chosen.get("budget") or next(iter(chosen.values()))
    for workbook in chosen.values():
        if workbook.currency != counted.currency:
            cell = workbook.plan.start.cell("currency")
            problems.append(make_problem("set.currencies", cell, found=workbook.currency, read=counted.currency))
    return counted.currency


_ALIKE = 0.8
"""Of two names, 0 to 1: `Clay & Kiln` and `Clay and Kiln` are 0.84 alike, without signs and spaces."""


def _names_apart(groups: Mapping[str, Sequence[ReadWorkbook]]) -> Iterator[Problem]:
    """A problem for each business that has nearly the name of a larger one, and none of the same kinds of workbooks."""
    named = sorted((group for name, group in groups.items() if name), key=len, reverse=True)
    for n, group in enumerate(named):
        cell, kinds = group[0].plan.start.cell("business"), {workbook.kind for workbook in group}
        for larger in named[:n]:
            found, read = (str(item[0].plan.start.business) for item in (group, larger))
            if kinds.isdisjoint(workbook.kind for workbook in larger) and _are_alike(found, read):
                yield make_problem("set.businesses", cell, found=found, read=read)
                break


def _are_alike(name: str, other: str) -> bool:
    first, second = ("".join(filter(str.isalnum, text.casefold())) for text in (name, other))
    return difflib.SequenceMatcher(None, first, second).ratio() >= _ALIKE


def _periods_apart(chosen: Mapping[str, ReadWorkbook]) -> Iterator[Problem]:
    """A problem for each workbook that has no month in common with most of the others."""
    months = {kind: frozenset(_months_of(workbook)) for kind, workbook in chosen.items()}
    if len(months) < 2:
        return
    most = max(months.values(), key=lambda own: sum(not own.isdisjoint(other) for other in months.values()))
    for kind, workbook in chosen.items():
        if months[kind].isdisjoint(most):
            found, read = (f"{min(own):%Y-%m} - {max(own):%Y-%m}" for own in (months[kind], most))
            yield make_problem("set.periods", workbook.plan.start.cell("period_start"), found=found, read=read)


def _months_of(workbook: ReadWorkbook) -> Sequence[date]:
    profile = workbook.layout.profile
    return months_from(profile.start, profile.months)


def _read_file(workbook: ReadWorkbook) -> ReadFile:
    return ReadFile(
        file=workbook.file,
        kind=workbook.kind,
        business=workbook.plan.start.business or "",
        language=workbook.language,
        currency=workbook.currency,
        records={name: len(rows) for name, rows in workbook.rows.items()},
        missing=workbook.missing,
        notes=workbook.notes,
        own_columns=tuple(column for columns in workbook.own_columns.values() for column in columns),
        own_sheets=workbook.own_sheets,
    )
