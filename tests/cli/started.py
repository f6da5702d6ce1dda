"""The program in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PROGRAM = "import os; os.write(2, b'.'); from smsheets.cli.main import run; run()"


def begin(words: str, folder: Path) -> subprocess.Popen[bytes]:
    """The program in a process of its own, as its script starts it; Python itself has started when it is given."""
    line = [sys.executable, "-c", _PROGRAM, *words.split()]
    whole = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen(line, cwd=folder, env=whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stderr is not None
    assert run.stderr.read(1) == b"."
    return run
