"""Reading one filled budget inside of a process that has everything imported, against two openpyxl loads of it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path


def print_reading_ratios(path: Path, runs: int) -> None:
    """Prints one line per way of reading; all ways are run in turn."""
    import openpyxl

    from smsheets.reader.file.source import open_workbook
    from smsheets.reader.read import read_workbook

    def two_loads() -> None:
        openpyxl.load_workbook(path)
        openpyxl.load_workbook(path, data_only=True)

    ways: dict[str, Callable[[], object]] = {
        "the cells": lambda: open_workbook(path),
        "the plan, every formula checked": lambda: read_workbook(path),
    }
    times: dict[str, list[float]] = {name: [] for name in (*ways, "rival")}
    for number in range(runs + 1):
        for name, way in (*ways.items(), ("rival", two_loads)):
            start = time.perf_counter()
            way()
            if number:
                times[name].append(time.perf_counter() - start)
    rival = statistics.median(times["rival"])
    for name in ways:
        ours = statistics.median(times[name])
        print(
            f"reading {path.name}, {name}: {ours:.4f} s; two openpyxl loads of it: {rival:.4f} s; "
            f"ratio {ours / rival:.2f} (aim: at most 0.3)"
        )
