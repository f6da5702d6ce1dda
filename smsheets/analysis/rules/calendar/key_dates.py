"""The rule about the days that matter to the business."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.calendar.names import WEEKDAY_WORDS, calendar_of, whole
from smsheets.plan.key_days import days_without_post

_WITH_IDEA = "Plan a post for '{name}' by {by}. Your own idea for it: {idea}."


@rule(
    "calendar.key_date_without_post",
    level=Level.WARNING,
    needs=("calendar",),
    says="'{name}' is on {weekday}, {date}, in {days} days, and no planned post speaks of it.",
    todo="Plan a post for '{name}' by {by}, or delete the day from the sheet Key dates if it does not matter to you.",
    source="Your own sheet Key dates",
    thresholds=("calendar.key_date_weeks", "calendar.key_date_lead_days"),
    weight=3,
)
def check_key_dates_have_posts(context: Context) -> Iterator[Hit]:
    """Own dates and sale days of the next weeks that no planned post names, and that have no post on the day itself.

    A post names a day when a longer word of the day's name stands in its title or text. A calendar without
    posts is left alone.
    """
    calendar = calendar_of(context)
    weeks = whole(context, "calendar.key_date_weeks")
    lead = timedelta(days=whole(context, "calendar.key_date_lead_days"))
    for row in days_without_post(calendar, context.as_of, weeks) if calendar.planned_posts else ():
        if row.date is None:
            continue
        yield Hit(
            about=row.name or "",
            evidence=(row.cell("date"), row.cell("name")),
            values={
                "name": row.name or "",
                "weekday": WEEKDAY_WORDS[row.date.weekday()],
                "date": row.date,
                "days": (row.date - context.as_of).days,
                "by": max(row.date - lead, context.as_of),
                "idea": row.idea or "",
            },
            todo=_WITH_IDEA if row.idea else "",
        )
