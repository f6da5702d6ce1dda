"""How the tests are run: what the README says, what CI runs, and that a quick run needs no other program."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from deep_tests import DEEP_TESTS, PROGRAMS, kept_cases

HERE = Path(__file__).parent
ROOT = HERE.parent
TEST_COMMAND = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)[1].strip()
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_deep_is_a_marker_that_is_left_out_unless_asked_for(pytestconfig: pytest.Config) -> None:
    assert [line for line in pytestconfig.getini("markers") if line.startswith("deep:")]
    addopts = pytestconfig.getini("addopts")
    assert addopts[addopts.index("-m") + 1] == "not deep"


def test_coverage_is_measured_in_ci_alone(pytestconfig: pytest.Config) -> None:
    assert not [option for option in pytestconfig.getini("addopts") if option.startswith("--cov")]
    assert "--cov=smsheets --cov-branch" in CI
    assert "--cov-fail-under=90" in CI


@pytest.mark.skipif(os.name != "posix", reason="CI is a shell script")
def test_ci_runs_the_readmes_command_to_the_letter_and_then_what_is_deep() -> None:
    """The line of `.ci/run` that takes the command from the README is run."""
    assert TEST_COMMAND.endswith(" .venv/bin/pytest")
    reads = next(line for line in CI.splitlines() if line.startswith("command_line="))
    done = subprocess.run(
        ["bash", "-c", f'{reads}\nprintf %s "$command_line"'], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == TEST_COMMAND
    after = CI.partition('bash -euo pipefail -c "$command_line"')[2]
    assert '.venv/bin/pytest -m "deep or hypothesis"' in after
    assert "export SMSHEETS_SKIP_NOTHING=1" in CI.partition('bash -euo pipefail -c "$command_line"')[0]


@pytest.mark.parametrize("program", sorted(PROGRAMS))
def test_a_quick_test_that_starts_another_program_fails(program: str) -> None:
    with pytest.raises(RuntimeError, match="is not marked deep"):
        subprocess.run([program, "--version"], check=False)


@pytest.mark.parametrize("name", DEEP_TESTS)
def test_what_is_listed_as_deep_exists(name: str) -> None:
    path, _, function = name.partition("::")
    tree = ast.parse((HERE / path).read_text(encoding="utf-8"))
    functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert not function or function in functions


def test_cases_that_are_kept_by_name_are_run() -> None:
    """Nothing is left out because its name was misspelt."""
    named = {name: kept for name, kept in DEEP_TESTS.items() if isinstance(kept, tuple)}
    files = sorted({str(HERE / name.partition("::")[0]) for name in named})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", *files]
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST_ADDOPTS"))}
    done = subprocess.run(command, cwd=ROOT, env=unmeasured, capture_output=True, text=True, check=True)
    collected = set(done.stdout.splitlines())
    wanted = {f"tests/{name}[{case}]" for name, kept in named.items() for case in kept}
    assert sorted(wanted - collected) == []


def test_the_same_cases_are_drawn_again() -> None:
    test = "mutations/test_single_edits.py::test_nothing_is_lost"
    cases = [f"case {number}" for number in range(100)]
    kept = kept_cases(test, cases)
    assert len(kept) == DEEP_TESTS[test]
    assert kept_cases(test, cases[::-1]) == kept


TOOLS = ("mypy", "pandas-stubs", "ruff", "types-openpyxl", "types-PyYAML")
"""What looks at the text of the program only."""


def test_the_lowest_versions_are_the_bounds_that_are_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    bounds = dict(re.match(r"([\w-]+)>=([\d.]+)", line).groups() for line in declared)  # type: ignore[union-attr]
    lines = (ROOT / "requirements.lowest").read_text(encoding="utf-8").splitlines()
    pinned = dict(re.match(r"([\w-]+)==([\d.]+)", line).groups() for line in lines if "==" in line[:30])  # type: ignore[union-attr]
    assert pinned == {name: bound for name, bound in bounds.items() if name not in TOOLS}


def test_the_lock_has_nothing_older_than_the_bounds() -> None:
    def pins(name: str) -> dict[str, tuple[int, ...]]:
        found = re.findall(r"^([\w-]+)==([\d.]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        return {package: tuple(map(int, version.strip(".").split("."))) for package, version in found}

    locked, lowest = pins("requirements.lock"), pins("requirements.lowest")
    assert {name for name, version in lowest.items() if locked[name] < version} == set()
