"""What tests measured, in a line at the end of the run."""

from __future__ import annotations

from collections import Counter

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures of all edited workbooks, whichever process read them (see `tests/mutations`)."""
    total: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            for name, figures in getattr(report, "user_properties", ()):
                if name == "edited workbooks" and getattr(report, "when", "") == "call":
                    total.update(figures)
    if total:
        terminalreporter.write_line(
            f"{total['cases']:,} edited workbooks, {total['followed']:,} values followed, {total['losses']:,} lost or"
            f" misread without a word, {total['named']:,} named in problems, {total['alarms']:,} false alarms"
        )
