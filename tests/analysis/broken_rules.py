"""A pytest plugin that breaks every rule in one way, and notes the rules of which a test finds that out.

A test speaks for the rules whose ids stand in its source as text in quotes; a parametrized one for the id that is its
parameter, if one is. It is used by `test_every_rule.py`, in a process of its own. Tests that speak for no rule are left
out, and so is a test whose rules were all found out by tests before it.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Check, Hit, Lack, Rule
from smsheets.analysis.rules import all_rules
from smsheets.cells import CellRef

Case = Hit | Lack


def fall_silent(check: Check, context: Facts) -> Iterator[Case]:
    """Finds nothing."""
    yield from (case for case in check(context) if isinstance(case, Lack))


def always_speak(check: Check, context: Facts) -> Iterator[Case]:
    """Finds something where there is nothing."""
    found = list(check(context))
    yield from found
    if not any(isinstance(case, Hit) for case in found):
        yield Hit(about="?", evidence=(CellRef("?", "?", 1, 1),))


def ask_for_nothing(check: Check, context: Facts) -> Iterator[Case]:
    """Never says what is lacking."""
    yield from (case for case in check(context) if isinstance(case, Hit))


def always_ask(check: Check, context: Facts) -> Iterator[Case]:
    """Says that something is lacking where nothing is."""
    found = list(check(context))
    yield from found
    if not any(isinstance(case, Lack) for case in found):
        yield Lack(evidence=(CellRef("?", "?", 1, 1),))


WAYS: dict[str, Callable[[Check, Facts], Iterator[Case]]] = {
    way.__name__: way for way in (fall_silent, always_speak, ask_for_nothing, always_ask)
}


class BrokenRules:
    """The plugin; it writes the ids of the rules that were found out, one in a line."""

    def __init__(self, way: str, noted: Path) -> None:
        self._noted = noted
        self._found_out: set[str] = set()
        self._ids = {rule.id for rule in all_rules()}
        for rule in all_rules():
            _break(rule, WAYS[way])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.failed:
            self._found_out |= {value for name, value in report.user_properties if name == "rule"}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            assert isinstance(item, pytest.Function)
            item.user_properties += [("rule", rule_id) for rule_id in self._spoken_for(item)]
        items[:] = [item for item in items if item.user_properties]

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if self._found_out.issuperset(rule_id for name, rule_id in item.user_properties if name == "rule"):
            pytest.skip("each rule it speaks for was found out")

    def pytest_sessionfinish(self) -> None:
        self._noted.write_text("\n".join(sorted(self._found_out)), encoding="utf-8")

    def _spoken_for(self, test: pytest.Function) -> set[str]:
        source = inspect.getsource(test.function)
        named = {rule_id for rule_id in self._ids if f'"{rule_id}"' in source}
        given = list(test.callspec.params.values()) if hasattr(test, "callspec") else []
        return {rule_id for rule_id in named if rule_id in given} or named


def _break(rule: Rule, way: Callable[[Check, Facts], Iterator[Case]]) -> None:
    check = rule.check
    object.__setattr__(rule, "check", lambda context: way(check, context))


def pytest_configure(config: pytest.Config) -> None:
    plugin = BrokenRules(os.environ["BREAK_RULES"], Path(os.environ["NOTE_RULES"]))
    config.pluginmanager.register(plugin)
    settings.register_profile("broken", derandomize=True, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("broken")  # a failing case need not be made small: nobody reads it
