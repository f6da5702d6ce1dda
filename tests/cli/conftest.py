"""Commands run in a folder of their own, so that no smsheets.toml of anybody is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smsheets.cli.main import main

Run = Callable[..., Result]


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
