"""A thousand small workbooks: our reading against two openpyxl loads of each, and whether memory stays flat.

`python tests/bench/many.py` prints ratios; nothing is asserted. Each side runs in a process of its own, in turns.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

_TIMED = r"""
import json, re, resource, sys, time
from pathlib import Path
{imports}
folder, count = Path(sys.argv[1]), int(sys.argv[2])
paths = sorted(folder.glob("*.xlsx"))
start = time.perf_counter()
for number in range(count):
    path = paths[number % len(paths)]
    {read}
seconds = time.perf_counter() - start
status = Path("/proc/self/status")  # elsewhere the most counts what the parent process had, too
most = re.search(r"VmHWM:\s*(\d+)", status.read_text()) if status.exists() else None
kilobytes = int(most[1]) if most else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([seconds, kilobytes / 1024]))
"""
OURS = _TIMED.format(imports="from smsheets.reader.file.source import open_workbook", read="open_workbook(path)")
WHOLE = _TIMED.format(imports="from smsheets.reader.read import read_workbook", read="read_workbook(path)")
THEIRS = _TIMED.format(
    imports="import openpyxl",
    read="openpyxl.load_workbook(path); openpyxl.load_workbook(path, data_only=True)",
)


def main() -> None:
    """Prints one line per kind of workbook, and one on memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--runs", type=int, default=5, help="counted runs of each side")
    parser.add_argument("--files", type=int, default=100, help="files that the openpyxl side reads in a run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, make in (("lists of 50 cells", _make_lists), ("blank templates", _make_templates)):
            scratch = Path(folder, name)
            scratch.mkdir()
            make(scratch)
            _print_ratio(name, OURS, scratch, options.runs, options.files, " (aim: at least 8)")
        _print_ratio("blank templates, read and checked as a plan", WHOLE, scratch, options.runs, options.files)
        _print_memory(Path(folder, "lists of 50 cells"))
        _print_memory(scratch)


def _print_ratio(name: str, ours: str, folder: Path, runs: int, files: int, aim: str = "") -> None:
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(runs + 1):
        for script, kept in zip((ours, THEIRS), times, strict=True):
            seconds, _ = _run(script, folder, files)
            if number:
                kept.append(seconds)
    a, b = (statistics.median(kept) for kept in times)
    print(f"{files} {name}: {a:.2f} s; two openpyxl loads each: {b:.2f} s; {b / a:.1f} times faster{aim}")


def _print_memory(folder: Path) -> None:
    few, many = (_run(OURS, folder, count)[1] for count in (100, 1000))
    print(f"{folder.name}: {few:.0f} MB at most for 100 files, {many:.0f} MB for 1,000")


def _run(script: str, folder: Path, files: int) -> tuple[float, float]:
    """Seconds of the reading alone, and megabytes of the process at its largest."""
    command = [sys.executable, "-c", script, str(folder), str(files)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=ENVIRONMENT, check=True)
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def _make_lists(folder: Path) -> None:
    """A small list as a person keeps it: a heading row, nine rows, two formulas."""
    import xlsxwriter

    for number in range(20):
        book = xlsxwriter.Workbook(folder / f"list-{number:02}.xlsx")
        sheet = book.add_worksheet("Posts")
        sheet.write_row(0, 0, ["Date", "Channel", "Text", "Likes", "Cost"], book.add_format({"bold": True}))
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row in range(1, 10):
            sheet.write_number(row, 0, 46400 + row, day)
            sheet.write_row(row, 1, ["Instagram", f"Post {number} of day {row}", row * 7, row * 1.5])
        sheet.write_formula(10, 3, "=SUM(D2:D10)", None, 315)
        sheet.write_formula(10, 4, "=SUM(E2:E10)", None, 67.5)
        book.close()


def _make_templates(folder: Path) -> None:
    from smsheets import new_workbook
    from smsheets.kinds import KINDS

    for kind in KINDS:
        new_workbook(kind, folder / f"{kind}.xlsx")


if __name__ == "__main__":
    main()
