"""Social media workbooks out, filled workbooks back: templates, plan summary, variance, findings.

The public names are `new_workbook`, `read_workbook`, `analyze`, `client_report`, `compare`, `annotate_workbook`,
`repair_workbook`, `grow_workbook`, `adopt_workbook` and their types; each is imported when first used, so that
`import smsheets` costs nothing.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
"""As in `typing`, which takes a moment to import: Ctrl-C is to find the command line already there."""

if TYPE_CHECKING:
    from smsheets.analysis.result import Analysis as Analysis
    from smsheets.api import adopt_workbook as adopt_workbook
    from smsheets.api import analyze as analyze
    from smsheets.api import annotate_workbook as annotate_workbook
    from smsheets.api import client_report as client_report
    from smsheets.api import compare as compare
    from smsheets.api import grow_workbook as grow_workbook
    from smsheets.api import new_workbook as new_workbook
    from smsheets.api import read_workbook as read_workbook
    from smsheets.api import repair_workbook as repair_workbook
    from smsheets.comparison.run import Comparison as Comparison
    from smsheets.errors import SmsheetsError as SmsheetsError
    from smsheets.problems import Problem as Problem
    from smsheets.profile import Profile as Profile
    from smsheets.reader.file.limits import Limits as Limits
    from smsheets.reader.read import ReadWorkbook as ReadWorkbook

_HOMES = {
    "Analysis": "smsheets.analysis.result",
    "Comparison": "smsheets.comparison.run",
    "Limits": "smsheets.reader.file.limits",
    "Problem": "smsheets.problems",
    "Profile": "smsheets.profile",
    "ReadWorkbook": "smsheets.reader.read",
    "SmsheetsError": "smsheets.errors",
    "adopt_workbook": "smsheets.api",
    "analyze": "smsheets.api",
    "annotate_workbook": "smsheets.api",
    "client_report": "smsheets.api",
    "compare": "smsheets.api",
    "grow_workbook": "smsheets.api",
    "new_workbook": "smsheets.api",
    "read_workbook": "smsheets.api",
    "repair_workbook": "smsheets.api",
}

__all__ = sorted(_HOMES)
__version__ = "0.2.0"


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'smsheets' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)
