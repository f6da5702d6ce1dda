"""Lines for the user: remarks, errors in one line, a bar for what takes long; and how much is said."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Timer
from time import perf_counter
from typing import IO, TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


QUIET, VERBOSE = "smsheets.quiet", "smsheets.verbose"
"""Keys of how much a command says, in the `meta` of its context."""


def say(line: str, *, err: bool = False) -> None:
    """Prints one line, on standard error where it is no result."""
    from smsheets.safe_text import safe_spaced

    put(f"{safe_spaced(line)}\n", err=err)


def put(text: str, *, exact: bool = False, err: bool = False) -> None:
    """Prints a text. Where the reader of a pipe has had enough, the command goes on, and nobody sees the rest.

    Args:
        exact: It is JSON: what an encoding other than UTF-8 lacks is escaped, not replaced.

    Raises:
        SmsheetsError: Standard output cannot take it, such as a file on a full disk.
    """
    from smsheets.errors import SmsheetsError
    from smsheets.safe_text import escaped_json

    stream = sys.stderr if err else sys.stdout
    if stream is None or stream.closed:
        return
    if exact and (stream.encoding or "").lower().replace("-", "") != "utf8":
        text = escaped_json(text)
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        forget(stream)
        if not (err or isinstance(error, BrokenPipeError)):
            raise SmsheetsError(f"The result cannot be printed: {error.strerror}") from error


def forget(stream: IO[str]) -> None:
    """Sends the rest of a stream nowhere, also what it still holds when the process ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def remark(line: str, *, err: bool = False) -> None:
    """Prints what is good to know, such as the name of a file that was written; nothing with `--quiet`."""
    if not _is_set(QUIET):
        say(line, err=err)


def _detail(line: str) -> None:
    """Prints a step on the way on standard error, with `--verbose` only."""
    if is_verbose():
        say(line, err=True)


def is_verbose() -> bool:
    """True with `--verbose`."""
    return _is_set(VERBOSE)


def _is_set(what: str) -> bool:
    """True where the command that runs is to be `QUIET` or `VERBOSE`."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(what))


P = ParamSpec("P")
T = TypeVar("T")


def expected_errors(function: Callable[P, T]) -> Callable[P, T]:
    """Turns a SmsheetsError into one line on standard error and exit status 2."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        from smsheets.errors import SmsheetsError

        try:
            return function(*args, **kwargs)
        except SmsheetsError as error:
            say(_in_short(str(error)), err=True)
            sys.exit(2)

    return run


_LONGEST_ERROR = 1_000
"""Characters, some lines on a terminal: a value of any length may be typed, or be in a file."""


def _in_short(line: str) -> str:
    """An error of any length, its middle left out: it begins with what is wrong, and ends with what to do."""
    half = _LONGEST_ERROR // 2
    return line if len(line) <= _LONGEST_ERROR else f"{line[:half]} ... {line[-half:]}"


_PATIENCE = 1.0
"""Seconds before the bar is drawn: what is done by then needs none."""


def watch(items: Iterable[T], doing: str) -> Iterator[T]:
    """Gives the items one by one, with a bar that says how many are done.

    Args:
        items: What is worked through; with `--verbose` each is named with the time it took.
        doing: What is done to them, in a word or two.
    """
    steps = list(items)
    with _Bar(len(steps), doing) as bar:
        for step in steps:
            began = perf_counter()
            yield step
            bar.advance()
            _detail(f"{doing} {step}: {perf_counter() - began:.2f} s")


@contextmanager
def one_step(doing: str) -> Iterator[None]:
    """A bar around one thing that may take long."""
    began = perf_counter()
    with _Bar(1, doing):
        yield
    _detail(f"{doing}: {perf_counter() - began:.2f} s")


class _Bar:
    """A progress bar that shows itself when its second has passed; silent when piped, and with `--quiet`."""

    def __init__(self, length: int, doing: str) -> None:
        self._bar: ProgressBar[int] = click.progressbar(length=length, label=doing, file=sys.stderr, show_eta=False)
        self._shown, self._ended = False, False
        self._done = 0
        self._lock = Lock()
        self._timer = Timer(_PATIENCE, self._show)
        self._timer.daemon = True

    def __enter__(self) -> _Bar:
        if sys.stderr.isatty() and not _is_set(QUIET):
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


C = TypeVar("C", bound=Callable[..., Any])


def talk_options(function: C) -> C:
    """Adds the options to a command. What was chosen is kept in the context, where `remark` and `_detail` find it."""
    function = _flag("-v", "--verbose", VERBOSE, "Also print codes for explain, and each step with its time.")(function)
    return _flag("-q", "--quiet", QUIET, "Print results and errors only: no progress, no 'written'.")(function)


def _flag(short: str, name: str, key: str, text: str) -> Callable[[C], C]:
    def keep(context: click.Context, parameter: click.Parameter, value: bool) -> None:
        context.meta[key] = value

    return click.option(short, name, is_flag=True, expose_value=False, callback=keep, help=text)
