"""No regular expression of the program takes long over a text: ten times the text, about ten times the time."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from patterns import UsedPattern, used_patterns, worst_texts

from smsheets.reader.checks.references import _wildcards
from smsheets.reader.foreign.amounts import _said
from smsheets.reader.values.words import LONGEST_VALUE

BUILT = {
    "smsheets.reader.checks.references._ids_above": [r"P\d+"],
    "smsheets.reader.checks.references._wildcards": [_wildcards(text).pattern for text in ("a*b*c*d", "???*a", "**")],
    "smsheets.reader.checks.rows._like": [r"P\d+"],
    "smsheets.reader.checks.rows._fits": [r"P\d+"],
    "smsheets.reader.places.found._Sorting._is_id": [r"P\d+"],
    "smsheets.reader.places.labels.likeness": [r"Business name\W"],
    "smsheets.reader.foreign.amounts._said": [_said(name).pattern for name in ("rates", "worked_out")],
    "smsheets.spec.catalogue._behind_number": [r" (?:(?:new|more) )*(?P<noun>\w+)"],
}
"""Functions that put a pattern together from their arguments -> patterns like theirs."""

SHORT = {
    "smsheets.reader.foreign.calendar_words._until": LONGEST_VALUE,
    "smsheets.reader.values.dates._time_behind": LONGEST_VALUE,
    "smsheets.reader.values.numbers._WRAPPINGS": LONGEST_VALUE,
    "smsheets.reader.values.numbers._lengths": LONGEST_VALUE,
    "smsheets.rewrite.mapping._parts": 200,
    "smsheets.rewrite.adopted_values._joints": LONGEST_VALUE,
    "smsheets.rewrite.adopted_values._time_behind": 60,
}
"""Patterns that are never given a longer text -> its most characters."""

BEGUN = 60
"""Characters after which an exponential pattern does not end any more."""
SIZES = (1_000, 10_000)
FAR_ABOVE = 4
"""Times as long as ten texts of a tenth; with the square of its length, a text takes ten times as long."""
SOON = 50e-6
"""Seconds for a thousand characters: a pattern that goes over them once needs less, the square of them takes more."""
TRIES = 5
"""A computer that does something else at the same time makes one of them long, not all."""
AT_ONCE = 5e-3
"""Seconds for a text that is never long."""
GIVEN_UP = 3.0
"""Seconds of the processor for one text."""

PATTERNS = used_patterns(BUILT)


class TookTooLongError(Exception):
    """The watchdog's."""


def bark(_signal: int, _frame: FrameType | None) -> None:
    raise TookTooLongError


def seconds_of(work: Callable[[Any], object], text: object, times: int = 1) -> float:
    """How long it takes so often; infinity for what does not end.

    The processor's own clock goes in steps of some milliseconds on some systems, so it is not asked.
    """
    before = signal.signal(signal.SIGVTALRM, bark)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP)
        start = time.perf_counter()
        for _ in range(times):
            work(text)
        return time.perf_counter() - start
    except TookTooLongError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def slow_texts(item: UsedPattern) -> Iterator[object]:
    """The texts that a pattern takes far too long for."""
    for work in item.tries:
        for text in worst_texts(item.pattern, BEGUN):
            if seconds_of(work, text) == float("inf"):
                yield text
                return
        if item.where in SHORT:
            for text in worst_texts(item.pattern, SHORT[item.where]):
                if all(seconds_of(work, text) > AT_ONCE for _ in range(TRIES)):
                    yield text
            continue
        for short, text in zip(*(worst_texts(item.pattern, size) for size in SIZES), strict=True):
            if seconds_of(work, short) >= SOON and all(
                seconds_of(work, text) > FAR_ABOVE * seconds_of(work, short, 10) for _ in range(TRIES)
            ):
                yield text


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the watchdog is POSIX's")
@pytest.mark.parametrize("item", PATTERNS, ids=lambda item: f"{item.where.removeprefix('smsheets.')}-{hash_of(item)}")
def test_no_text_takes_a_pattern_long(item: UsedPattern) -> None:
    text = next(slow_texts(item), None)
    assert text is None, f"{item.where}: {item.pattern.pattern!r} takes more than its length for {text!r:.80} ..."


def hash_of(item: UsedPattern) -> str:
    """Parts the patterns of one place."""
    from hashlib import sha256

    return sha256(repr((item.pattern.pattern, sorted(item.methods))).encode()).hexdigest()[:4]
