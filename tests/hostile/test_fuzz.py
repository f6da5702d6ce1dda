"""A hundred seeded cases of `fuzz.py`; ten minutes of it find more."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz import make_case, run_case, sample_files

ROUNDS = 6
CASES = 10


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_changed_files_are_read_or_refused_in_one_line(round_: int, tmp_path: Path) -> None:
    files = sample_files()
    seeds = range(round_ * CASES, (round_ + 1) * CASES)
    outcomes = {seed: run_case(make_case(seed, files), tmp_path) for seed in seeds}
    assert {seed: outcome for seed, outcome in outcomes.items() if outcome not in ("read", "refused")} == {}
    assert {"read", "refused"} <= set(outcomes.values())


def test_a_seed_makes_one_file() -> None:
    files = sample_files()
    for seed in range(30):
        assert make_case(seed, files) == make_case(seed, files)
    assert len({make_case(seed, files).data for seed in range(30)}) == 30


def test_a_bug_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_path: Path) -> str:
        raise KeyError("x")

    monkeypatch.setattr("fuzz.read_case", broken)
    outcome = run_case(make_case(1, sample_files()), tmp_path, tmp_path / "kept")
    assert outcome.startswith("KeyError: 'x' (test_fuzz.py:")
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["1.txt", "1.xlsx"]
