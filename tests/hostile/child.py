"""The program as a whole process with little memory and time: what it printed, and what it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

MOST_MEGABYTES = 500
"""Of real memory, at its peak."""
MOST_SECONDS = 10
"""Of the processor's time, on a machine that does nothing else."""
_BUSY = 3
"""On a busy machine the same work takes up to so many times as much of it: caches and cores are shared."""
_ADDRESSES = 1 << 30


@dataclass(frozen=True)
class Run:
    status: int
    out: str
    err: str
    seconds: float
    megabytes: float

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()


# It stands between the tests and the program: the system counts a process's memory from what started it on, and the
# process that runs the tests may have more of it than the program may take.
_STARTER = """
import json, os, resource, subprocess, sys

report, seconds, addresses, *command = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
resource.setrlimit(resource.RLIMIT_AS, (int(addresses), int(addresses)))
process = subprocess.Popen(command)
_, status, used = os.wait4(process.pid, 0)
with open(report, "w") as stream:
    json.dump((os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss), stream)
os._exit(0)  # the process was waited for already
"""


def run_smsheets(*words: str | Path, folder: Path | None = None, seconds: int = _BUSY * MOST_SECONDS) -> Run:
    """Runs a command line; a process that takes more than it may is ended by the system, with a negative status."""
    environment = {**os.environ, "COVERAGE_PROCESS_START": "", "PYTHONFAULTHANDLER": "1"}
    environment.pop("COVERAGE_PROCESS_CONFIG", None)
    program = [sys.executable, "-m", "smsheets", *map(str, words)]
    with (
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        tempfile.NamedTemporaryFile(mode="r", suffix=".json") as report,
    ):
        starter = [sys.executable, "-I", "-S", "-c", _STARTER, report.name, str(seconds), str(_ADDRESSES)]
        subprocess.run([*starter, *program], stdout=out, stderr=err, cwd=folder, env=environment, check=True)
        status, used, kilobytes = json.load(report)
        out.seek(0)
        err.seek(0)
        return Run(
            status, out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace"), used, kilobytes / 1024
        )
