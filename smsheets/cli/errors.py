"""One line for what the user can mend; a bug stays a traceback."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from smsheets.cli.say import say

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
            say(str(error), err=True)
            sys.exit(2)

    return run
