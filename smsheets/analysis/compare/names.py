"""By what people tell the rows of a table apart, and which tables are about the days of a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NAMES: Mapping[str, tuple[str, ...]] = {
    "team": ("role", "person"),
    "swot": ("about",),
    "goals": ("goal",),
    "markets": ("place",),
    "personas": ("name",),
    "competitors": ("competitor", "channel"),
    "prices": ("item",),
    "journey": ("way", "step"),
    "channels": ("channel",),
    "pillars": ("pillar",),
    "setup": ("channel",),
    "tools": ("tool",),
    "listening": ("kind", "term"),
    "house_rules": ("topic", "channel"),
    "changes": ("changed_on", "what"),
    "readiness": ("question",),
    "initiatives": ("initiative",),
    "tasks": ("task",),
    "holidays": ("date", "name"),
    "lines": ("line",),
    "own_time": ("task",),
    "posts": ("title", "date", "channel"),
    "cadence_wanted": ("channel",),
    "mix_targets": ("pillar",),
    "key_dates": ("date", "name"),
    "ideas": ("idea",),
    "text_limits": ("channel",),
    "kpis": ("channel", "metric"),
    "post_results": ("date", "channel"),
    "inbox": ("received", "summary"),
    "review": ("period",),
    "decisions": ("decision",),
    "metric_definitions": ("metric",),
}
"""Table -> its columns that make a name."""

DATED = frozenset(
    ("changes", "tasks", "holidays", "posts", "key_dates", "post_results", "inbox", "review", "decisions")
)
"""Tables whose rows belong to days: in another period they are other rows."""


def name_columns(table: str, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that name a row; in a table of a template of one's own it is the first one."""
    return tuple(name for name in NAMES.get(table, columns[:1]) if name in columns)
