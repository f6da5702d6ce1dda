"""How the strategy's rules compare names across workbooks, and how they show them."""

from __future__ import annotations

from smsheets.analysis.context import Context


def same(text: str | None) -> str:
    """A text as two workbooks are compared by it: `G1` and `g1 ` are the same; None is empty."""
    return (text or "").strip().casefold()


def channel_name(context: Context, channel: str | None) -> str:
    """A channel as people write it; `?` where the row names none."""
    platform = context.platforms.get(channel or "")
    return platform.name if platform is not None else channel or "?"


def metric_name(context: Context, metric: str) -> str:
    """A metric as people read it; one of their own stays as it is."""
    definition = context.kpi_definitions.get(metric)
    return definition.label if definition is not None else metric
