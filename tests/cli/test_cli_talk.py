"""How much commands say on the way: progress, --quiet, --verbose, and what shells complete."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import Run

from smsheets.cli import say as progress
from smsheets.cli.main import main
from smsheets.cli.say import QUIET, watch

TALKING = ("new", "analyze", "check", "repair", "adopt", "compare", "samples")


@pytest.fixture
def budget(folder: Path, run: Run) -> Path:
    run("new", "budget", "-o", "plan.xlsx")
    return folder / "plan.xlsx"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class SecondPassed:
    """A timer whose time is over as soon as it starts."""

    def __init__(self, seconds: float, act: Callable[[], None]) -> None:
        self.seconds, self.act = seconds, act

    def start(self) -> None:
        assert self.seconds == 1
        self.act()

    def cancel(self) -> None:
        """Nothing is left to be cancelled."""


class SecondNotPassed(SecondPassed):
    def start(self) -> None:
        """It is cancelled before its time is over."""


def shown_on(stream: io.StringIO, timer: type, monkeypatch: pytest.MonkeyPatch, *, quiet: bool = False) -> str:
    """What a command that works through three things writes to a stream."""

    @click.command()
    def command() -> None:
        click.get_current_context().meta[QUIET] = quiet
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", stream)
            assert list(watch(["a", "b", "c"], "Reading")) == ["a", "b", "c"]

    monkeypatch.setattr(progress, "Timer", timer)
    CliRunner().invoke(command, [], catch_exceptions=False)
    return stream.getvalue()


def test_a_bar_is_drawn_on_a_terminal_after_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = shown_on(Terminal(), SecondPassed, monkeypatch)
    assert shown.count("Reading") == 4
    assert "0%" in shown
    assert "100%" in shown


def test_nothing_is_drawn_when_it_is_fast_or_piped_or_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_on(Terminal(), SecondNotPassed, monkeypatch) == ""
    assert shown_on(io.StringIO(), SecondPassed, monkeypatch) == ""
    assert shown_on(Terminal(), SecondPassed, monkeypatch, quiet=True) == ""


@pytest.mark.parametrize("name", TALKING)
def test_every_command_that_takes_time_can_be_quiet_or_verbose(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    options = {option for parameter in command.params for option in parameter.opts}
    assert {"-q", "--quiet", "-v", "--verbose"} <= options


def test_quiet_leaves_results_and_errors(budget: Path, run: Run) -> None:
    loud, quiet = run("analyze", "plan.xlsx", "-o", "a.txt"), run("analyze", "plan.xlsx", "-o", "b.txt", "--quiet")
    assert "a.txt written" in loud.stdout
    assert (quiet.stdout, quiet.stderr, quiet.exit_code) == ("", "", loud.exit_code)
    assert Path("a.txt").read_text(encoding="utf-8") == Path("b.txt").read_text(encoding="utf-8")
    assert run("check", "plan.xlsx", "-q").stdout == run("check", "plan.xlsx").stdout
    assert "no-such.xlsx" in run("analyze", "no-such.xlsx", "-q").stderr
    assert run("new", "budget", "-o", "other.xlsx", "-q").stdout == ""
    assert Path("other.xlsx").is_file()


def test_verbose_says_each_step_beside_the_result(budget: Path, run: Run) -> None:
    plain, told = run("analyze", "plan.xlsx"), run("analyze", "plan.xlsx", "--verbose")
    assert told.stdout == plain.stdout
    assert plain.stderr == ""
    assert "Reading plan.xlsx: " in told.stderr
    assert "Working out figures and findings: " in told.stderr
    assert "Checking plan.xlsx: " in run("check", "plan.xlsx", "-v").stderr
    assert "Making budget: " in run("new", "budget", "-o", "third.xlsx", "-v").stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell(shell: str, run: Run) -> None:
    script = run("completion", shell).stdout
    assert f"_SMSHEETS_COMPLETE={shell}_complete" in script
    assert "smsheets" in script


def test_what_is_completed() -> None:
    def complete(*words: str) -> list[str]:
        line = " ".join(("smsheets", *words))
        environment = {"_SMSHEETS_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words))}
        call = [sys.executable, "-c", "import sys; sys.argv[0] = 'smsheets'; from smsheets.cli.main import run; run()"]
        done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
        return [answer.partition(",")[2] for answer in done.stdout.splitlines()]

    assert complete("ana") == ["analyze"]
    assert complete("explain", "budget.ov") == ["budget.over"]
    assert "markdown" in complete("analyze", "--format", "")
    assert complete("completion", "z") == ["zsh"]
