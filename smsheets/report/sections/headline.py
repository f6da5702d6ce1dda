"""The brief: the verdict in a sentence, three things to do next, the key figures; also as ten lines for a message.

For each business: the verdict, three things to do with their cells, the key figures, and how many problems there are.
It is plain text without colours, so that it can be piped and pasted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Finding, Wording
from smsheets.analysis.headline import Headline
from smsheets.analysis.key_figures import KeyFigure
from smsheets.analysis.plan_states import PlanState, State
from smsheets.analysis.result import Analysis, BusinessAnalysis
from smsheets.cells import CellRef
from smsheets.money import Money
from smsheets.problems import Problem, count_problems, without_hints
from smsheets.report.document import (
    Entry,
    Line,
    Month,
    Section,
    Shown,
    Status,
    Tile,
    TilesView,
    Tone,
    Verbatim,
    in_one_line,
)
from smsheets.report.sections.cells import finding_entry
from smsheets.report.wording import Words, change_text
from smsheets.safe_text import safe_line

STATES = {
    State.OFF: Status("off track", Tone.BAD),
    State.LOOK: Status("watch", Tone.WATCH),
    State.ON_TRACK: Status("on track", Tone.GOOD),
    State.UNKNOWN: Status("not known", Tone.NEUTRAL),
}
"""The state of a plan in a word."""
_FIRST = {
    State.OFF: Line("Off track: {plans}"),
    State.LOOK: Line("Needs attention: {plans}"),
    State.UNKNOWN: Line("Cannot be judged yet: {plans}"),
    State.ON_TRACK: Line("All on track: {plans}"),
}
_NEXT = {
    State.LOOK: Line("needs attention: {plans}"),
    State.UNKNOWN: Line("not known: {plans}"),
    State.ON_TRACK: Line("on track: {plans}"),
}


class _PlanTexts(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of a kind in the verdict: by its name alone, with the figure that decides, and without one."""

    name: Line
    known: Line
    unknown: Line


_PLANS = {
    "strategy": _PlanTexts(
        name=Line("goals"),
        known=Line("goals ({value} of {of} on course)"),
        unknown=Line("goals (no figures to judge them by yet)"),
    ),
    "roadmap": _PlanTexts(
        name=Line("roadmap"),
        known=Line("roadmap ({value} of {of} initiatives late)"),
        unknown=Line("roadmap (no due dates yet)"),
    ),
    "budget": _PlanTexts(
        name=Line("budget"),
        known=Line("budget ({value} spent of {of})"),
        unknown=Line("budget (no actual amounts yet)"),
    ),
    "calendar": _PlanTexts(
        name=Line("calendar"),
        known=Line("calendar ({value} of the {of} posts wanted)"),
        unknown=Line("calendar (no whole week with posts wanted)"),
    ),
    "kpi-report": _PlanTexts(
        name=Line("results"),
        known=Line("results ({value} of {of} figures behind)"),
        unknown=Line("results (no figure with a target yet)"),
    ),
}
_STALE = {"budget": Line("budget (last amounts: {month})"), "kpi-report": Line("results (last figures: {month})")}
_ALL_FINISHED = Line("roadmap (all initiatives finished)")
_LINES_OVER = Line("budget ({value} spent of {of}, {close} lines over budget)")
_SLIGHTLY_BEHIND = Line("results ({close} of {of} figures slightly behind)")
_UNJUDGED_GOALS = Line("goals ({value} of {of} cannot be judged)")
_LABELS = {
    "spent": Line("Spent to date"),
    "forecast": Line("Forecast in all"),
    "posts": Line("Wanted posts published, last {weeks} weeks"),
    "initiatives": Line("Initiatives on time"),
    "messages": Line("Messages without an answer"),
    "goals": Line("Goals on course"),
}
_COUNTS = ("posts", "initiatives", "goals")


def headline_sections(analysis: Analysis) -> Iterator[Section]:
    """The brief of each business that has a plan."""
    several = len(analysis.businesses) > 1
    for business in analysis.businesses:
        if business.headline.plans:
            yield from _brief_sections(business, several=several)


def _brief_sections(business: BusinessAnalysis, *, several: bool) -> Iterator[Section]:
    """Verdict, what to do next, key figures of one business; `several` names it."""
    headline = business.headline
    title = Line("In brief: {business}", {"business": business_name(business)}) if several else "In brief"
    yield Section(title, (verdict_line(headline), scope_line(business)), chapter=True)
    if headline.steps:
        yield Section("What to do next", tuple(step_entries(headline)))
    if headline.figures:
        yield Section("Key figures", (tiles_view(headline, business.context),))


def business_name(business: BusinessAnalysis) -> Line | Verbatim:
    """The name of a business as headings have it; one of invisible characters is none."""
    return Verbatim(business.business) if safe_line(business.business) else Line("Business without a name")


def scope_line(business: BusinessAnalysis) -> Line:
    """The day of all figures, and the currency of all amounts."""
    scope: dict[str, Shown] = {"day": business.context.as_of, "currency": business.currency}
    return Line("Figures up to {day}, amounts in {currency}.", scope)


def step_entries(headline: Headline) -> Iterator[Entry]:
    """The next steps; what else the same causes bring about, and all their cells, are with the findings."""
    for finding in headline.steps:
        yield msgspec.structs.replace(finding_entry(finding), also=(), cells=())


def verdict_line(headline: Headline, *, short: bool = False) -> Line:
    """The states of the plans, worst first, in a sentence; `short` leaves out the figure that decides it."""
    groups: list[Line] = []
    for state in dict.fromkeys(plan.state for plan in headline.plans):
        template = (_NEXT if groups else _FIRST)[state]
        plans = tuple(_plan_line(plan, short=short) for plan in headline.plans if plan.state is state)
        groups.append(Line(template.text, {"plans": plans}))
    if not groups:
        return Line("Nothing can be said yet: no plan was read.")
    return Line("{verdict}.", {"verdict": in_one_line(groups)})


def tiles_view(headline: Headline, context: Context) -> TilesView:
    """The key figures as tiles."""
    return TilesView(tuple(_tile(item, context) for item in headline.figures))


def figure_label(item: KeyFigure, context: Context, *, short: bool = False) -> Line:
    """The name of a key figure; `short` leaves out its month."""
    if item.id == "forecast" and item.month is not None:
        return Line("Forecast to the end of {month}", {"month": Month(item.month)})
    if item.metric is None:
        weeks = int(context.thresholds["calendar.cadence_weeks"])
        return Line(_LABELS[item.id].text, {"weeks": weeks} if item.id == "posts" else {})
    values: dict[str, Shown] = {"metric": context.metric_name(item.metric)}
    if item.channel is not None:
        values["channel"] = context.channel_name(item.channel)
    if item.month is not None and not short:
        values["month"] = Month(item.month)
    return Line(", ".join(f"{{{name}}}" for name in values), values)


def figure_value(item: KeyFigure) -> Wording | Line:
    """A key figure; of what is counted, how many of how many."""
    if item.value is None:
        return Line("not known")
    if item.id == "goals" and item.state is State.UNKNOWN and item.of is not None:
        return Line("{value} of {of} judged", {"value": item.value, "of": item.of})
    if item.id in _COUNTS and item.of is not None:
        return Line("{value} of {of}", {"value": item.value, "of": item.of})
    return item.value


def _plan_line(plan: PlanState, *, short: bool) -> Line:
    if short:
        return _PLANS[plan.kind].name
    if plan.stale is not None:
        return Line(_STALE[plan.kind].text, {"month": Month(plan.stale)})
    if plan.value is None or plan.of is None:
        return _PLANS[plan.kind].unknown
    return Line(_template(plan).text, {"value": plan.value, "of": plan.of, "close": plan.close})


def _template(plan: PlanState) -> Line:
    """The figure that decides the state of a plan, in words."""
    if plan.kind == "strategy" and plan.state is State.UNKNOWN:
        return _UNJUDGED_GOALS
    if plan.kind == "roadmap" and not plan.of:
        return _ALL_FINISHED
    if plan.kind == "budget" and plan.close:
        return _LINES_OVER
    if plan.kind == "kpi-report" and plan.close and not plan.value:
        return _SLIGHTLY_BEHIND
    return _PLANS[plan.kind].known


_MEASURES = {"spent": Line("of budget"), "forecast": Line("of budget"), **dict.fromkeys(_COUNTS)}
"""Of a figure that is held against something else than a target; a count says itself of how many."""


def _tile(item: KeyFigure, context: Context) -> Tile:
    return Tile(
        label=figure_label(item, context),
        value=figure_value(item),
        change=item.change,
        change_share=item.change_share,
        of_target=item.of_target,
        of=_MEASURES.get(item.id, Line("of target")),
        status=None if item.state is None else STATES[item.state],
    )


WIDTH = 100
"""Characters of a line, where the texts allow it."""

MOST_LINES = 10  # as `--brief` promises
_FIGURE_LINES = 2  # of these ten
_INDENT = "   "
_CUT = "…"
_GAP = " · "


def render_brief(analysis: Analysis, words: Words) -> str:
    """Ten lines at most for each business, with a blank line between two."""
    blocks = ["".join(f"{line}\n" for line in _lines(item, analysis, words)) for item in analysis.businesses]
    if not blocks:
        return f"{words.value(_problem_line(None, analysis))}\n"
    return "\n".join(blocks)


def _lines(business: BusinessAnalysis, analysis: Analysis, words: Words) -> Iterator[str]:
    name, verdict = business_name(business), verdict_line(business.headline, short=True)
    head = Line("{business}, {day}: {verdict}", {"business": name, "day": analysis.as_of, "verdict": verdict})
    yield words.value(head)
    for number, finding in enumerate(business.headline.steps, 1):
        yield from _step_lines(number, finding, words)
    yield from _packed(_figures(business, words))
    yield words.value(_problem_line(business, analysis))


def _step_lines(number: int, finding: Finding, words: Words) -> Iterator[str]:
    """Each step: the finding with its cell, and below it what to do."""
    where = f" ({cell_text(finding.evidence[0])})" if finding.evidence else ""
    lead = f"{number}. "
    says = words.text(finding.says, finding.values)
    yield lead + cut_words(says, WIDTH - len(lead) - len(where)) + where
    yield _INDENT + cut_words(words.text(finding.todo, finding.values), WIDTH - len(_INDENT))


def cell_text(cell: CellRef) -> str:
    """A cell with its workbook, of which only the file's own name is shown."""
    return safe_line(f"{PurePath(cell.file).name}: {cell}")


def cut_words(text: str, longest: int) -> str:
    """The text; where it has more characters, cut after a sentence if that leaves half, else after a whole word."""
    if len(text) <= longest:
        return text
    sentence = text[: longest + 1].rpartition(". ")[0]
    if len(sentence) >= longest // 2:
        return f"{sentence}."
    room = max(longest - len(_CUT), 1)
    shorter = text[: room + 1].rpartition(" ")[0] or text[:room]
    return shorter.rstrip(" ,;:.-") + _CUT


def _figures(business: BusinessAnalysis, words: Words) -> Iterator[str]:
    """`Orders, Jun 2027: 61 (+3)`; an amount that is held against another has it beside it."""
    for item in business.headline.figures:
        label = words.value(figure_label(item, business.context, short=True))
        if isinstance(item.value, Money) and item.of is not None:
            yield words.text("{label} {value} of {of}", {"label": Verbatim(label), "value": item.value, "of": item.of})
            continue
        shown = f"{label}: {words.cell(figure_value(item))}"
        yield f"{shown} ({change_text(item.change, words)})" if item.change is not None and item.metric else shown


def _packed(texts: Iterable[str]) -> Iterator[str]:
    """As many texts beside each other as fit, on two lines; what does not fit is left out."""
    lines: list[str] = []
    for text in texts:
        if lines and len(lines[-1]) + len(_GAP) + len(text) <= WIDTH:
            lines[-1] += _GAP + text
        elif len(lines) < _FIGURE_LINES:
            lines.append(text)
    yield from lines


def _problem_line(business: BusinessAnalysis | None, analysis: Analysis) -> Line:
    """The problems in the files of a business; all of them where there is one business."""
    problems = analysis.problems
    if business is not None and len(analysis.businesses) > 1:
        name = business.business.casefold()
        files = {file.file for file in analysis.files if file.business.strip().casefold() == name}
        problems = tuple(problem for problem in problems if problem.cell.file in files)
    return problem_line(problems)


def problem_line(problems: Iterable[Problem]) -> Line:
    """How many problems there are, and what lists them."""
    count = count_problems(without_hints(problems))
    if not count:
        return Line("Problems in the workbooks: none.")
    return Line("Problems in the workbooks: {count}. smsheets check lists them by cell.", {"count": count})
