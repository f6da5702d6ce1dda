"""How people who write are answered."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Wording
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.variance.kpi_report import InboxGroup, InboxVariance
from smsheets.report.document import Cell, ChartView, Line, Part, Role, TableView
from smsheets.report.sections.cells import MOST_BARS, channel_cell, make_chart, word_cell

_KINDS = {"question": "Question", "complaint": "Complaint", "mention": "Mention", "praise": "Praise", "other": "Other"}


def inbox_parts(inbox: InboxVariance, context: Context) -> list[Part]:
    """The messages in words, by channel and by kind; nothing without any."""
    if not inbox.messages:
        return []
    channels = [(_channel(group, context), group) for group in inbox.by_channel]
    kinds = [(_kind(group), group) for group in inbox.by_kind]
    parts: list[Part] = [*_lines(inbox), *_answers_chart(channels, inbox), *_hours_chart(channels)]
    parts.append(_table("Messages by channel", "Channel", channels, promised=True))
    parts.append(_table("Messages by kind", "Kind", kinds, promised=False))
    return parts


def _lines(inbox: InboxVariance) -> list[Line]:
    lines = [
        Line(
            "Messages: {messages}, needing an answer: {needing}, answered: {answered}. Waiting too long: {waiting}."
            " Complaints nobody deals with: {not_routed}.",
            {
                "messages": inbox.messages,
                "needing": inbox.needing,
                "answered": inbox.answered,
                "waiting": inbox.waiting,
                "not_routed": inbox.not_routed,
            },
        )
    ]
    if inbox.median_hours is not None:
        values: dict[str, Wording] = {
            "median": rounded(inbox.median_hours, 1),
            "promise": rounded(inbox.promise_hours),
            "late": inbox.late,
        }
        lines.append(
            Line("First answer: usually {median} hours, promised {promise}; later than promised: {late}.", values)
        )
    return lines


def _answers_chart(named: Sequence[tuple[Cell, InboxGroup]], inbox: InboxVariance) -> tuple[ChartView, ...]:
    known = [(name, group) for name, group in named if group.needing or group.late]
    shown = known[:MOST_BARS]
    return make_chart(
        Line("Messages answered"),
        Line(
            "{answered} of {needing} messages that need an answer have one; {late} answers came late.",
            {"answered": inbox.answered, "needing": inbox.needing, "late": inbox.late},
        ),
        [name for name, _ in shown],
        (Line("To answer"), Role.PLANNED, [group.needing for _, group in shown]),
        (Line("Answered"), Role.ACTUAL, [group.answered for _, group in shown]),
        (Line("Late"), Role.OTHER, [group.late for _, group in shown]),
        of=len(known),
    )


def _hours_chart(named: Sequence[tuple[Cell, InboxGroup]]) -> tuple[ChartView, ...]:
    known = [(name, group) for name, group in named if group.median_hours is not None]
    shown = known[:MOST_BARS]
    slow = [group for _, group in known if (group.median_hours or Decimal(0)) > (group.promise_hours or Decimal(0))]
    return make_chart(
        Line("Hours until the first answer"),
        Line(
            "Channels where answers usually take longer than promised: {slow} of {all}.",
            {"slow": len(slow), "all": len(known)},
        ),
        [name for name, _ in shown],
        (Line("Usual"), Role.ACTUAL, [_hours(group) for _, group in shown]),
        (Line("Promised"), Role.TARGET, [_promised(group) for _, group in shown]),
        unit="hours",
        of=len(known),
    )


def _table(title: str, header: str, named: Sequence[tuple[Cell, InboxGroup]], *, promised: bool) -> TableView:
    counts = ("To answer", "Answered", "Not answered", "Late", "Usual hours")
    rows: list[tuple[Cell, ...]] = []
    for name, group in named:
        row = (name, group.needing, group.answered, group.unanswered, group.late, _hours(group))
        rows.append((*row, _promised(group)) if promised else row)
    headers = (header, *counts, "Promised") if promised else (header, *counts)
    return TableView(title=title, headers=headers, rows=tuple(rows))


def _hours(group: InboxGroup) -> Decimal | None:
    return None if group.median_hours is None else rounded(group.median_hours, 1)


def _promised(group: InboxGroup) -> Decimal | None:
    return None if group.promise_hours is None else rounded(group.promise_hours)


def _channel(group: InboxGroup, context: Context) -> Cell:
    return Line("no channel") if group.key is None else channel_cell(group.key, context)


def _kind(group: InboxGroup) -> Cell:
    if group.key is None:
        return Line("not sorted yet")
    return word_cell(_KINDS, group.key)
