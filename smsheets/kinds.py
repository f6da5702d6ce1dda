"""The kinds of workbooks that the program has a template for: the only list of them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of workbook.

    Attributes:
        id: As the command line, specs, files and JSON name it: `kpi-report`.
        name: As people read it, in English: `KPI report`.
        headings: Headings that other people's workbooks of this kind may have, as an example for them.
    """

    id: str
    name: str
    headings: str

    @property
    def field(self) -> str:
        """As Python names it, in modules and fields: `kpi_report`."""
        return self.id.replace("-", "_")

    @property
    def noun(self) -> str:
        """The name inside a sentence: `a budget`, `a KPI report`."""
        return self.name if self.name[1].isupper() else self.name.lower()


KINDS: Mapping[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind(
            id="strategy",
            name="Strategy",
            headings="Goal, Metric, Target, Deadline, or Strengths, Weaknesses, Opportunities, Threats",
        ),
        Kind(id="roadmap", name="Roadmap", headings="Task, Owner, Start, Due"),
        Kind(id="budget", name="Budget", headings="Item, Category, Planned, Actual, or Item, Jan, Feb, Mar"),
        Kind(id="calendar", name="Calendar", headings="Date, Platform, Text"),
        Kind(
            id="kpi-report",
            name="KPI report",
            headings="Metric, Target, Jan, Feb, Mar, or Month, Platform, Followers, Reach",
        ),
    )
}
"""Id -> kind, in the order in which a plan is made. A kind that is not here comes from a spec of a user's own."""
