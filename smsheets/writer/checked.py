"""XlsxWriter with its soft refusals made errors: it warns, or returns a negative number, and leaves things out."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from smsheets.errors import SmsheetsError


class NotWrittenError(SmsheetsError):
    """The workbook could not be written whole; the text says which part."""


def checked(what: str, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Calls an XlsxWriter method.

    Raises:
        NotWrittenError: The method warned, or returned a negative number or False.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            result = call(*args, **kwargs)
        except UserWarning as warning:
            raise NotWrittenError(f"{what} cannot be written: {' '.join(str(warning).split())}") from warning
    if result is False or (isinstance(result, int) and result is not True and result < 0):
        raise NotWrittenError(f"{what} cannot be written: a limit of the file format is passed")
    return result
