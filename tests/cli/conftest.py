"""Commands run in a folder of their own, so that no smsheets.toml of anybody is read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smsheets.cli.main import main

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs a command line; bugs are raised, not swallowed."""

    def call(*words: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(main, list(words), input=typed, catch_exceptions=False)

    return call


_PROGRAM = "import os; os.write(2, b'.'); from smsheets.cli.main import run; run()"


def begin(words: str, folder: Path) -> subprocess.Popen[bytes]:
    """The program in a process of its own, as its script starts it; Python itself has started when it is given."""
    line = [sys.executable, "-c", _PROGRAM, *words.split()]
    whole = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen(line, cwd=folder, env=whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stderr is not None
    assert run.stderr.read(1) == b"."
    return run
