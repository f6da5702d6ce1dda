"""Which tests are run without measuring coverage, and what tests measured, in a line at the end of the run."""

from __future__ import annotations

from collections import Counter

import pytest

_UNMEASURED = {"mutations", "hostile", "emulate", "proof"}
"""Folders whose tests go over the same code thousands of times: measuring them costs half the time and adds nothing."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the tests of some folders out of the coverage, where it is measured."""
    for item in items if not config.getoption("no_cov", default=True) else ():
        if item.path.parent.name in _UNMEASURED:
            item.add_marker(pytest.mark.no_cover)


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
