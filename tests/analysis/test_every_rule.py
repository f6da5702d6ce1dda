"""Every rule has tests that would notice if it fell silent, if it always spoke, and if it never asked for an input.

All rules are broken in one way at a time, and the tests of the rules are run: those that fail speak for the rules they
name (`broken_rules.py`). A rule that no failing test names is not tested. Coverage is not measured: broken rules cover
nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from smsheets.analysis.rules import all_rules
from smsheets.spec.reference import load_finding_texts

HERE = Path(__file__).parent
ABOUT_ALL_RULES = {
    "test_every_rule.py", "test_silenced.py",
    "test_fires_by_hand.py", "test_healthy_plan.py", "test_inputs_are_read.py", "test_true_sentences.py",
}  # fmt: skip
"""They speak for no rule alone; most of them write workbooks, which takes long."""


def found_out(way: str, folder: Path) -> set[str]:
    """The ids of the rules of which a test fails when all rules are broken in this way."""
    tests = sorted(path for path in HERE.glob("test_*.py") if path.name not in ABOUT_ALL_RULES)
    noted = folder / "rules.txt"
    options = ["--no-cov", "-q", "-n", "0", "-p", "no:cacheprovider", "-p", "broken_rules"]
    options += ["--tb=no", "--assert=plain"]  # nobody reads how they fail, and saying it takes longer than failing
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment = {**unmeasured, "BREAK_RULES": way, "NOTE_RULES": str(noted), "PYTHONPATH": str(HERE)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *map(str, tests)],
        cwd=HERE.parents[1],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    return set(noted.read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    ("way", "rules"),
    [
        ("fall_silent", [rule.id for rule in all_rules()]),
        ("always_speak", [rule.id for rule in all_rules()]),
        ("ask_for_nothing", [name for name, text in load_finding_texts().items() if text.lacks]),
        ("always_ask", [name for name, text in load_finding_texts().items() if text.lacks]),
    ],
    ids=["fall_silent", "always_speak", "ask_for_nothing", "always_ask"],
)
def test_every_rule_has_a_test_that_notices(way: str, rules: list[str], tmp_path: Path) -> None:
    assert sorted(set(rules) - found_out(way, tmp_path)) == []
