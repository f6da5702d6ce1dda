"""Number formats and the numbers under them: which formats show a date or a time, and which day a count of days is."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_LEAP_BUG = 60  # Excel's 29 February 1900, a day that was not
_LAST_SERIAL = 2_958_466  # 1 January 10000
_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_MILLISECONDS = 86_400_000  # in a day

_DATE, _TIME = "date", "time"
GENERAL = "General"
BUILTIN_KINDS = {
    **dict.fromkeys(map(str, (14, 15, 16, 17, 22, *range(27, 32), 34, 35, 36, *range(50, 59))), _DATE),
    **dict.fromkeys(map(str, (18, 19, 20, 21, 32, 33, 45, 47)), _TIME),
}  # 46 is [h]:mm:ss: a length of time, which stays a number
"""By the number that a file gives instead of a code. Those of East Asia (27 to 36, 50 to 58) differ by country."""

BUILTIN_CODES = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00", "12": "# ?/?",
    "13": "# ??/??", "14": "mm-dd-yy", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss", "22": "m/d/yy h:mm", "37": "#,##0 ;(#,##0)",
    "38": "#,##0 ;[Red](#,##0)", "39": "#,##0.00;(#,##0.00)", "40": "#,##0.00;[Red](#,##0.00)", "45": "mm:ss",
    "46": "[h]:mm:ss", "47": "mmss.0", "48": "##0.0E+0", "49": "@",
}  # fmt: skip
_FORMAT_NOISE = re.compile(r'"[^"]*"?|\\.|_.|\*.|am/pm|a/p', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]?")


def format_kind(code: str) -> str | None:
    """Whether a number format shows a date ("date") or a time of day ("time"); None for numbers and lengths of time."""
    code = _FORMAT_NOISE.sub(" ", code)
    code = code.split(";")[0].lower()
    if _ELAPSED.search(code):
        return None
    code = _BRACKETS.sub("", code).replace("general", "").replace("standard", "")
    if re.search(r"[yd]", code) or (re.search(r"[eg]", code) and not re.search(r"[0#?]", code)):
        return _DATE
    if re.search(r"[hs]", code):
        return _TIME
    return _DATE if "m" in code else None


def serial_value(number: float, kind: str, *, date1904: bool) -> date | datetime | time | float:
    """A count of days as the date or time it shows.

    Args:
        number: days since the workbook's epoch.
        kind: "date" or "time", see `format_kind`.
        date1904: whether the count begins in 1904, as old Macs had it.

    Returns:
        A date for whole days, a datetime for others, a time below one day; the number itself where no such day is.
    """
    if number < 0 or number >= _LAST_SERIAL - (1462 if date1904 else 0):
        return number
    if number < 1 and not (date1904 and kind == _DATE):
        return (datetime.min + timedelta(milliseconds=min(round(number * _MILLISECONDS), _MILLISECONDS - 1))).time()
    if not date1904 and int(number) == _LEAP_BUG:
        return number
    days, rest = divmod(round(number * _MILLISECONDS), _MILLISECONDS)
    if not date1904 and number < _LEAP_BUG:
        days += 1
    try:
        moment = (_EPOCH_1904 if date1904 else _EPOCH_1900) + timedelta(days=days, milliseconds=rest)
    except OverflowError:  # the last millisecond of the last day, rounded up
        return number
    return moment.date() if rest == 0 else moment
