"""How the strategy's rules compare names across workbooks, and how they show them."""

from __future__ import annotations


def same(text: str | None) -> str:
    """A text as two workbooks are compared by it: `G1` and `g1 ` are the same; None is empty."""
    return (text or "").strip().casefold()
