"""Rules about initiatives that wait for others. An id that no row has is a problem of the sheet, not a finding."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.roadmap.causes import cause_in, id_of, is_late
from smsheets.analysis.rules.roadmap.initiatives import unfinished_initiatives
from smsheets.plan.dependencies import find_circles, id_key, initiatives_by_id, likely_end
from smsheets.plan.roadmap import Initiative


@rule(
    "roadmap.starts_too_early",
    level=Level.WARNING,
    needs=("roadmap",),
    says="'{initiative}' starts on {start}, but needs '{other}', which does not end before {end}.",
    todo="Let '{initiative}' start after {end}, finish '{other}' earlier, or drop the dependency.",
    source="What an initiative depends on ends before it starts",
    weight=2,
)
def check_dependencies_end_first(context: Context) -> Iterator[Hit]:
    """Unfinished initiatives that start before an unfinished one they depend on can end; the last one to end is named.

    Where that one is late, it is the cause; otherwise the start is.
    """
    roadmap = context.plans.roadmap
    by_id = _by_id(context)
    in_circle = {item.initiative_id for circle in find_circles(by_id) for item in circle}
    for item in unfinished_initiatives(context):
        if roadmap is None or item.start is None or item.initiative_id in in_circle:
            continue
        waits_for = [by_id[id_key(text)] for text in item.depends_on if id_key(text) in by_id]
        ends = [(likely_end(other, context.as_of), other) for other in waits_for if other.unfinished]
        late = [(end, other) for end, other in ends if end is not None and item.start <= end]
        if late:
            end, other = max(late, key=lambda pair: pair[0])
            yield Hit(
                about=f"{id_of(item)}+{id_of(other)}",
                root=cause_in(other if is_late(other, roadmap, context) else item),
                evidence=(item.cell("start"), item.cell("depends_on"), other.cell("due")),
                values={"initiative": item.name, "start": item.start, "other": other.name, "end": end},
            )


@rule(
    "roadmap.cycle",
    level=Level.ERROR,
    needs=("roadmap",),
    says="These initiatives wait for each other, so none of them can begin: {ids}.",
    todo="Take {last} out of 'Depends on' of {first}, or one id out of another of these rows: {ids}.",
    source="Dependencies run one way",
    weight=2,
)
def check_dependencies_have_no_circle(context: Context) -> Iterator[Hit]:
    """Circles of initiatives that depend on each other, as long as one of them is unfinished.

    The dependency to take out is the one by which the first of them on the sheet waits for the others.
    """
    for circle in find_circles(_by_id(context)):
        if any(item.unfinished for item in circle):
            ids = tuple(id_of(item) for item in circle)
            yield Hit(
                about="+".join(ids),
                root=cause_in(circle[0]),
                evidence=tuple(item.cell("depends_on") for item in circle),
                values={"ids": ids, "first": ids[0], "last": ids[1 % len(ids)]},
            )


def _by_id(context: Context) -> dict[str, Initiative]:
    roadmap = context.plans.roadmap
    return initiatives_by_id(roadmap.initiatives_in_use) if roadmap is not None else {}
