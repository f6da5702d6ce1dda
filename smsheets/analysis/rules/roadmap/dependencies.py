"""Rules about initiatives that wait for others. An id that no row has is a problem of the sheet, not a finding."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
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
)
def check_dependencies_end_first(context: Context) -> Iterator[Hit]:
    """Unfinished initiatives that start before an unfinished one they depend on can end."""
    by_id = _by_id(context)
    in_circle = {item.initiative_id for circle in find_circles(by_id) for item in circle}
    for item in unfinished_initiatives(context):
        if item.start is None or item.initiative_id in in_circle:
            continue
        for other in (by_id[id_key(text)] for text in item.depends_on if id_key(text) in by_id):
            end = likely_end(other, context.as_of)
            if other.unfinished and end is not None and item.start <= end:
                yield Hit(
                    evidence=(item.cell("start"), item.cell("depends_on"), other.cell("due")),
                    values={"initiative": item.name, "start": item.start, "other": other.name, "end": end},
                )


@rule(
    "roadmap.cycle",
    level=Level.ERROR,
    needs=("roadmap",),
    says="These initiatives wait for each other, so none of them can begin: {ids}.",
    todo="Take one id out of 'Depends on' in one of these rows: {ids}.",
    source="Dependencies run one way",
)
def check_dependencies_have_no_circle(context: Context) -> Iterator[Hit]:
    """Circles of initiatives that depend on each other, as long as one of them is unfinished."""
    for circle in find_circles(_by_id(context)):
        if any(item.unfinished for item in circle):
            yield Hit(
                evidence=tuple(item.cell("depends_on") for item in circle),
                values={"ids": tuple(item.initiative_id or "" for item in circle)},
            )


def _by_id(context: Context) -> dict[str, Initiative]:
    roadmap = context.plans.roadmap
    return initiatives_by_id(roadmap.initiatives_in_use) if roadmap is not None else {}
