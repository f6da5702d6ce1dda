"""What every test run has in common: which tests are deep, how many processes there are, and what is kept.

`tests/README.md` says how to run the tests, `deep_tests.py` which ones are left out unless asked for.
"""

from __future__ import annotations

import gc
import os
import sys
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

import pytest
from deep_tests import DEEP_TESTS, PROGRAM_FIXTURES, PROGRAMS, kept_cases
from hypothesis import settings
from hypothesis.internal.conjecture import engine as hypothesis_engine

from smsheets.calc import engine
from smsheets.calc.engine import Address, Computed, Formulas, Values, evaluate

HERE = Path(__file__).parent

_UNMEASURED = {"mutations", "hostile", "emulate", "proof"}
"""Folders whose tests go over the same code thousands of times: measuring them costs half the time and adds nothing."""

_MEASURED_CASES = 2
"""Cases of a test that are measured: the others go over the same code, and measuring doubles the time of a test."""

_EACH_BY_ITSELF = {"test_live_formulas", "test_recalculated_by_gnumeric"}
"""Files of `proof` whose tests share nothing: each starts its program anew."""

_ALLOCATIONS = 200_000
"""New objects between two searches for dead circles. At Python's 700, a seventh of the run is spent on searching."""

_KEPT_WORKBOOKS = 48
"""Computed workbooks that a process keeps: those of one file of tests, about a megabyte each."""

Results = dict[Address, Computed | None]

_LEFT_OUT = pytest.StashKey[int]()

_SHRINKING_SECONDS = 15
"""Hypothesis takes five minutes to make a failing case smaller; after these it is small enough to be understood."""

_DEEP_EXAMPLES = 200
"""Cases of a property test in `.ci/run`, twice as many as in the quick run.

They are the same in every run, so more of them find something only after a change; whoever changes what a property is
about lets `explore` look for new ones.
"""

_EXPLORED = 500
"""Cases of a property test that are never the same, for those who wait for them."""

# The same cases in every run; `pytest -m hypothesis --hypothesis-profile=explore tests` looks for others.
settings.register_profile("quick", derandomize=True)
settings.register_profile("deep", derandomize=True, max_examples=_DEEP_EXAMPLES, deadline=None)
settings.register_profile("explore", max_examples=_EXPLORED, deadline=None)
settings.load_profile("quick")
hypothesis_engine.MAX_SHRINKING_SECONDS = _SHRINKING_SECONDS

gc.set_threshold(_ALLOCATIONS, 50, 100)


def _computed_once() -> Callable[[Iterable[str], Values, Formulas], Results]:
    """The engine, which remembers what it computed: half of the workbooks in the tests have the same cells."""
    known: OrderedDict[object, Results] = OrderedDict()

    def remembered(sheets: Iterable[str], values: Values, formulas: Formulas) -> Results:
        names = tuple(sheets)
        typed = tuple((address, type(value), value) for address, value in values.items())
        key = (names, typed, tuple(formulas.items()))
        if key not in known:
            known[key] = evaluate(names, values, formulas)
        known.move_to_end(key)
        if len(known) > _KEPT_WORKBOOKS:
            known.popitem(last=False)
        return dict(known[key])

    return remembered


engine.evaluate = _computed_once()  # before any other module takes it from there


_running: pytest.Item | None = None


def _no_program_in_a_quick_test(event: str, arguments: tuple[Any, ...]) -> None:
    """Ends a quick test that starts LibreOffice or the like: it would not run on most people's computers."""
    if event == "subprocess.Popen" and _running is not None and _running.get_closest_marker("deep") is None:
        program, command = arguments[:2]
        started = {Path(os.fsdecode(word)).name for word in (program, command[0]) if word}
        if started & PROGRAMS:
            raise RuntimeError(f"{_running.nodeid} starts {command[0]}, but is not marked deep: see tests/README.md")


sys.addaudithook(_no_program_in_a_quick_test)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Notes which test is run."""
    global _running
    _running = item
    try:
        return (yield)
    finally:
        _running = None


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """`pytest` alone uses all cores; a file or folder named on the command line starts at once, in this process."""
    return 0 if config.args_source is pytest.Config.ArgsSource.ARGS else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks what is deep, and leaves some tests out of the coverage, where it is measured."""
    measured = not config.getoption("no_cov", default=True) and bool(config.getoption("cov_source", default=None))
    listed: dict[str, dict[str, pytest.Item]] = defaultdict(dict)
    for item in items:
        if PROGRAM_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.deep)
        path, name = item.path.relative_to(HERE).as_posix(), getattr(item, "originalname", item.name)
        listed[path][item.name] = item
        listed[f"{path}::{name}"][item.callspec.id if hasattr(item, "callspec") else ""] = item
    for name in listed.keys() & DEEP_TESTS.keys():
        kept = kept_cases(name, list(listed[name]))
        for case, item in listed[name].items():
            if case not in kept:
                item.add_marker(pytest.mark.deep)
    cases: Counter[tuple[Path, str]] = Counter()
    for item in (item for item in items if measured and item.get_closest_marker("deep") is None):
        test = item.path, getattr(item, "originalname", item.name)
        cases[test] += 1
        if item.path.parent.name in _UNMEASURED or cases[test] > _MEASURED_CASES:
            item.add_marker(pytest.mark.no_cover)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With `--dist loadscope`: tests that share what another program made go to one process, all others to any."""
    if config.getvalue("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            path = Path(nodeid.partition("::")[0])
            return str(path) if path.parent.name == "proof" and path.stem not in _EACH_BY_ITSELF else nodeid

    return Scheduling(config, log)


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Counts the deep tests that this process leaves out."""
    if items:
        items[0].config.stash[_LEFT_OUT] += sum(item.get_closest_marker("deep") is not None for item in items)


def pytest_configure(config: pytest.Config) -> None:
    """Begins to count."""
    config.stash[_LEFT_OUT] = 0


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker process says how many it left out; all of them leave out the same."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left out"] = session.config.stash[_LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Takes a worker's count over."""
    if hasattr(node, "workeroutput"):
        node.config.stash[_LEFT_OUT] = node.workeroutput["left out"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What the edited workbooks came to, and how much was left out."""
    _write_figures(terminalreporter)
    if left_out := config.stash[_LEFT_OUT]:
        terminalreporter.write_line(f"{left_out:,} deep tests left out; .ci/run runs them (pytest -m deep)")


def _write_figures(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures of all edited workbooks, whichever process read them (see `tests/mutations`, `tests/proof`)."""
    names = ("edited workbooks", "live workbooks", "adopted layouts")
    total: dict[str, Counter[str]] = {name: Counter() for name in names}
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            for name, figures in getattr(report, "user_properties", ()):
                if name in total and getattr(report, "when", "") == "call":
                    total[name].update(figures)
    if edited := total["edited workbooks"]:
        terminalreporter.write_line(
            f"{edited['cases']:,} edited workbooks, {edited['followed']:,} values followed, {edited['losses']:,} lost"
            f" or misread without a word, {edited['named']:,} named in problems, {edited['alarms']:,} false alarms"
        )
    layouts = total["adopted layouts"]
    for kind in sorted(name.removesuffix(" layouts") for name in layouts if name.endswith(" layouts")):
        put_in, brought = layouts[f"{kind} put in"], layouts[f"{kind} brought"]
        terminalreporter.write_line(
            f"{layouts[f'{kind} layouts']:,} layouts of {kind}: {brought:,} of {put_in:,} rows brought over"
            f" ({brought / max(put_in, 1):.1%}), {layouts[f'{kind} wrong']:,} wrong without a word"
        )
    if live := total["live workbooks"]:
        terminalreporter.write_line(
            f"{live['cases']:,} workbooks edited with LibreOffice: the sheets of {live['different']:,} show"
            f" something else than the analysis says, {live['unexplained']:,} of them without a problem that names why,"
            f" {live['several']:,} with several problems for one cause"
        )
