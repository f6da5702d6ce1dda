"""Times as ratios against a named rival in the same run, of whole commands and of reading: `python tests/bench/run.py`.

Each pair is run in turn, A B A B ..., and the ratio of the medians is printed. Nothing is asserted: machines are noisy.
A thousand small workbooks are in `many.py`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from reading import print_reading_ratios
from rivals import BARE_CLICK, TWO_LOADS, write_by_hand_script

ROOT = Path(__file__).parents[2]
BUDGET = ROOT / "samples" / "filled" / "budget.xlsx"
SAMPLES = [str(path) for path in sorted((ROOT / "samples" / "filled").glob("*.xlsx"))]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Both sides may keep their compiled modules, as they do on anybody's computer."""

SMSHEETS = [sys.executable, "-m", "smsheets"]


def main() -> None:
    """Prints one line per pair."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--runs", type=int, default=15, help="counted runs of each command")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        by_hand = write_by_hand_script(scratch)
        pairs = [
            ("smsheets --help", [*SMSHEETS, "--help"], "bare click group", _script(scratch, BARE_CLICK), 1.3),
            (
                "smsheets new budget",
                [*SMSHEETS, "new", "budget", "--start", "2027-01", "--force", "-o", str(scratch / "new.xlsx")],
                "the same cells by hand with XlsxWriter, none computed",
                [sys.executable, str(by_hand), str(scratch / "hand.xlsx")],
                1.6,
            ),
            (
                "smsheets analyze budget.xlsx",
                [*SMSHEETS, "analyze", str(BUDGET)],
                "two openpyxl loads of it",
                [*_script(scratch, TWO_LOADS), str(BUDGET)],
                0.7,
            ),
            (
                "smsheets analyze --html, five samples",
                [*SMSHEETS, "analyze", *SAMPLES, "--html", str(scratch / "report.html")],
                "analyze --format json of them",
                [*SMSHEETS, "analyze", *SAMPLES, "--format", "json"],
                2.5,
            ),
        ]
        for name, ours, rival, theirs, limit in pairs:
            a, b = _alternate(ours, theirs, runs)
            print(f"{name}: {a:.3f} s; {rival}: {b:.3f} s; ratio {a / b:.2f} (aim: at most {limit})")
    print_reading_ratios(BUDGET, runs)


def _script(folder: Path, text: str) -> list[str]:
    path = folder / f"rival_{abs(hash(text))}.py"
    path.write_text(text, encoding="utf-8")
    return [sys.executable, str(path)]


def _alternate(ours: list[str], theirs: list[str], runs: int) -> tuple[float, float]:
    """Median seconds of both commands, run in turn after one warm-up each."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(runs + 1):
        for command, kept in zip((ours, theirs), times, strict=True):
            start = time.perf_counter()
            done = subprocess.run(command, capture_output=True, cwd=ROOT, env=ENVIRONMENT, check=False)
            seconds = time.perf_counter() - start
            if done.returncode not in (0, 1):
                raise SystemExit(f"{command} failed: {done.stderr.decode()}")
            if number:
                kept.append(seconds)
    return statistics.median(times[0]), statistics.median(times[1])


if __name__ == "__main__":
    main()
