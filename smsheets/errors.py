"""Exceptions: this spec, this file or this option cannot be used.

What is wrong *inside* a user's workbook is data, not an exception: see `smsheets.problems`.
"""

from __future__ import annotations

from collections.abc import Iterable


class SmsheetsError(Exception):
    """Something the program was given cannot be used. The text is one line for the user."""


class SpecError(SmsheetsError):
    """A spec, a data file or a formula in it is wrong; the text begins with `file:line: path:`."""


class WorkbookFileError(SmsheetsError):
    """A file cannot be read as a workbook at all; the text says what it is and what to do."""


class NotAPlanError(WorkbookFileError):
    """A file is a workbook, but none of a plan.

    Attributes:
        is_report: It is a report of this program, which people keep beside their plans.
    """

    def __init__(self, text: str, *, is_report: bool) -> None:
        super().__init__(text)
        self.is_report = is_report


class OptionError(SmsheetsError):
    """An option or a value in smsheets.toml cannot be used."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing where no known word is close."""
    import difflib

    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""
