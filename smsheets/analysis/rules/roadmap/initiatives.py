"""Rules about one initiative at a time: late, slipping, or lacking what it needs to be done at all."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.variance.roadmap import slipping_from
from smsheets.money import Share
from smsheets.plan.roadmap import Initiative
from smsheets.plan.slip import Progress, days_past_due, expected_share, known_done_share, progress_of, slip_days


def unfinished_initiatives(context: Context) -> tuple[Initiative, ...]:
    """The initiatives that still need something done; none without a roadmap."""
    roadmap = context.plans.roadmap
    return tuple(item for item in roadmap.initiatives if item.unfinished) if roadmap is not None else ()


@rule(
    "roadmap.overdue",
    level=Level.WARNING,
    needs=("roadmap",),
    says="'{initiative}' was due on {due} and is not finished. Working days late: {days}.",
    todo="Finish '{initiative}', or agree on a new due date that you can keep and tell whoever waits for it.",
    source="Due date on the sheet Initiatives; an error from the table's number of working days on",
    thresholds=("roadmap.overdue_days",),
)
def check_initiatives_in_time(context: Context) -> Iterator[Hit]:
    """Unfinished initiatives past their due date."""
    roadmap = context.plans.roadmap
    if roadmap is None:
        return
    for item in unfinished_initiatives(context):
        days = days_past_due(item, context.as_of, roadmap.days_off)
        if days is None or item.due is None:
            continue
        grave = days >= context.thresholds["roadmap.overdue_days"]
        yield Hit(
            evidence=(item.cell("due"), item.cell("status"), item.cell("done_share")),
            values={"initiative": item.name, "due": item.due, "days": days},
            level=Level.ERROR if grave else None,
        )


@rule(
    "roadmap.slipping",
    level=Level.WARNING,
    needs=("roadmap",),
    says="'{initiative}' is slipping: {done} done where {expected} is expected by now. Working days behind: {days}.",
    todo="Give '{initiative}' more time each week, make it smaller, or move its due date ({due}) before it is overdue.",
    source="Slip = working days gone by - % done x planned working days (earned schedule, spread evenly)",
    thresholds=("roadmap.slip_days",),
)
def check_initiatives_keep_pace(context: Context) -> Iterator[Hit]:
    """Initiatives in work that are behind, but not yet past due."""
    roadmap = context.plans.roadmap
    if roadmap is None:
        return
    limit = slipping_from(roadmap, context)
    for item in unfinished_initiatives(context):
        if progress_of(item, context.as_of, roadmap.days_off, limit) is not Progress.SLIPPING:
            continue
        done = known_done_share(item)
        expected = expected_share(item, context.as_of, roadmap.days_off)
        days = slip_days(item, context.as_of, roadmap.days_off)
        if done is None or expected is None or days is None or item.due is None:
            continue
        yield Hit(
            evidence=(item.cell("done_share"), item.cell("due")),
            values={
                "initiative": item.name,
                "done": Share(done),
                "expected": Share(expected),
                "days": days,
                "due": item.due,
            },
        )


@rule(
    "roadmap.no_owner",
    level=Level.WARNING,
    needs=("roadmap",),
    says="Nobody owns '{initiative}'.",
    todo="Choose one person who sees to it that '{initiative}' gets done. What everybody owns, nobody does.",
    source="One owner per initiative",
)
def check_initiatives_have_owner(context: Context) -> Iterator[Hit]:
    """Unfinished initiatives without an owner."""
    for item in unfinished_initiatives(context):
        if item.owner is None:
            yield Hit(evidence=(item.cell("owner"),), values={"initiative": item.name})


@rule(
    "roadmap.no_goal",
    level=Level.WARNING,
    needs=("roadmap",),
    says="'{initiative}' serves no goal.",
    todo="Name the goal that '{initiative}' serves, or drop it: its time and money are taken from your goals.",
    source="Every initiative serves a goal of the strategy",
)
def check_initiatives_have_goal(context: Context) -> Iterator[Hit]:
    """Unfinished initiatives without a goal id."""
    for item in unfinished_initiatives(context):
        if item.goal_id is None:
            yield Hit(evidence=(item.cell("goal_id"),), values={"initiative": item.name})


@rule(
    "roadmap.no_dates",
    level=Level.NOTE,
    needs=("roadmap",),
    says="'{initiative}' has no start date or no due date, so nobody can tell whether it is late.",
    todo="Fill in both dates of '{initiative}'; a rough guess is better than none.",
    source="Slip needs a start and a due date",
)
def check_initiatives_have_dates(context: Context) -> Iterator[Hit]:
    """Unfinished initiatives that lack one of their dates."""
    for item in unfinished_initiatives(context):
        missing = tuple(field for field in ("start", "due") if getattr(item, field) is None)
        if missing:
            yield Hit(evidence=tuple(item.cell(field) for field in missing), values={"initiative": item.name})


@rule(
    "roadmap.due_before_start",
    level=Level.ERROR,
    needs=("roadmap",),
    says="'{initiative}' is due on {due}, before it starts on {start}.",
    todo="Correct the start or the due date of '{initiative}'.",
    source="A due date is not before the start",
)
def check_dates_in_order(context: Context) -> Iterator[Hit]:
    """Initiatives whose two dates are the wrong way round."""
    roadmap = context.plans.roadmap
    for item in roadmap.initiatives if roadmap is not None else ():
        if item.start is not None and item.due is not None and item.due < item.start and not item.cancelled:
            yield Hit(
                evidence=(item.cell("due"), item.cell("start")),
                values={"initiative": item.name, "due": item.due, "start": item.start},
            )


@rule(
    "roadmap.done_without_result",
    level=Level.NOTE,
    needs=("roadmap",),
    says="'{initiative}' is done, but what came of it is not written down.",
    todo="Write down the result of '{initiative}' in one sentence with a number: the next plan is made from it.",
    source="An initiative ends with a result",
)
def check_done_has_result(context: Context) -> Iterator[Hit]:
    """Finished initiatives without a result."""
    roadmap = context.plans.roadmap
    for item in roadmap.initiatives if roadmap is not None else ():
        if item.in_use and item.finished and item.result is None:
            yield Hit(
                evidence=(item.cell("result"), item.cell("success_measure")),
                values={"initiative": item.name},
            )
