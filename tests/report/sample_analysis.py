"""The sample business, analyzed once per language: what tests of whole reports look at."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from made import put

from smsheets import Analysis, analyze
from smsheets.kinds import KINDS
from smsheets.layout.content import sample_profile
from smsheets.profile_file import make_profile
from smsheets.report.build import markdown_sections, report_sections, text_sections
from smsheets.report.document import Section


@cache
def sample_analysis(language: str = "en", currency: str = "EUR") -> Analysis:
    """The five filled workbooks of one language, read and analyzed together."""
    profile = make_profile({**sample_profile(language), "language": language, "currency": currency})
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{kind}.xlsx" for kind in KINDS]
        for kind, path in zip(KINDS, paths, strict=True):
            put(kind, path, profile, sample=True)
        return analyze(*paths)


def sections_of(analysis: Analysis) -> list[Section]:
    """The report of an analysis, before it is text or anything else."""
    return list(report_sections(analysis))


def text_of(analysis: Analysis) -> list[Section]:
    """The same as a terminal shows it, the brief at its end."""
    return list(text_sections(analysis))


def markdown_of(analysis: Analysis) -> list[Section]:
    """The same as Markdown has it, the brief at its beginning."""
    return list(markdown_sections(analysis))
