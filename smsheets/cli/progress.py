"""A bar for what takes more than a second, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

import click

from smsheets.cli.say import QUIET, detail, is_told

if TYPE_CHECKING:
    # It has no public name.
    from click._termui_impl import ProgressBar

T = TypeVar("T")

PATIENCE = 1.0
"""Seconds before the bar is drawn: what is done by then needs none."""


def watch(items: Iterable[T], doing: str) -> Iterator[T]:
    """Gives the items one by one, with a bar that says how many are done.

    Args:
        items: What is worked through; with `--verbose` each is named with the time it took.
        doing: What is done to them, in a word or two.
    """
    steps = list(items)
    with Bar(len(steps), doing) as bar:
        for step in steps:
            began = perf_counter()
            yield step
            bar.advance()
            detail(f"{doing} {step}: {perf_counter() - began:.2f} s")


@contextmanager
def one_step(doing: str) -> Iterator[None]:
    """A bar around one thing that may take long."""
    began = perf_counter()
    with Bar(1, doing):
        yield
    detail(f"{doing}: {perf_counter() - began:.2f} s")


class Bar:
    """A progress bar that shows itself when its second has passed; silent when piped, and with `--quiet`."""

    def __init__(self, length: int, doing: str) -> None:
        self._bar: ProgressBar[int] = click.progressbar(length=length, label=doing, file=sys.stderr, show_eta=False)
        self._shown, self._ended = False, False
        self._done = 0
        self._lock = Lock()
        self._timer = Timer(PATIENCE, self._show)
        self._timer.daemon = True

    def __enter__(self) -> Bar:
        if sys.stderr.isatty() and not is_told(QUIET):
            self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._timer.cancel()
        with self._lock:
            self._ended = True
            if self._shown:
                self._bar.render_finish()

    def advance(self) -> None:
        """One more is done."""
        with self._lock:
            self._done += 1
            if self._shown:
                self._bar.update(1)

    def _show(self) -> None:
        with self._lock:
            if not self._ended:
                self._shown = True
                self._bar.update(self._done)
                self._bar.render_progress()
