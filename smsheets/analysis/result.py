"""What an analysis gives: typed, frozen, and the same in text, Markdown, JSON and frames."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.finding import Finding, Lacking, NotChecked
from smsheets.analysis.forecast import Forecast
from smsheets.analysis.headline import Headline
from smsheets.analysis.shortages import Transfer
from smsheets.analysis.variance.whole import Variance
from smsheets.problems import MissingInput, OwnColumn, Problem, without_hints

SCHEMA = "smsheets.analysis/1"
"""Name and version of the JSON; raised when a key is renamed or dropped."""


class ReadFile(msgspec.Struct, frozen=True, kw_only=True):
    """One workbook that was read.

    Attributes:
        records: Table id -> how many rows were read.
        missing: What is still to fill in.
        notes: Plain remarks about the file.
        own_columns: Columns that a person added; like the sheets that a person added, they are left alone.
    """

    file: str
    kind: str
    business: str
    language: str
    currency: str
    records: Mapping[str, int]
    missing: tuple[MissingInput, ...] = ()
    notes: tuple[str, ...] = ()
    own_columns: tuple[OwnColumn, ...] = ()
    own_sheets: tuple[str, ...] = ()


class BusinessAnalysis(msgspec.Struct, frozen=True, kw_only=True):
    """The workbooks of one business together.

    Attributes:
        context: What the figures were worked out with: the plans, the day, the thresholds.
        forecast: Where the year's spending and the goals lead.
        headline: How each plan stands, the key figures, and what to do next.
        findings: Worst first, one for each cause.
        lacking: What cannot be judged before a cell is filled in.
        silenced: How many findings a person's own settings keep out of the report.
    """

    business: str
    context: Context
    variance: Variance
    forecast: Forecast
    headline: Headline
    findings: tuple[Finding, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    silenced: int = 0

    @property
    def plans(self) -> PlanSet:
        """The plans that were read."""
        return self.context.plans

    @property
    def transfers(self) -> tuple[Transfer, ...]:
        """The money that can move, as the findings advise: each pot gives what it has to spare once."""
        return tuple(transfer for finding in self.findings for transfer in finding.transfers)

    @property
    def currency(self) -> str:
        """The currency of all amounts."""
        return self.context.currency


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """Everything `smsheets analyze` knows.

    Attributes:
        as_of: The day all figures are worked out up to.
        businesses: One per business; workbooks belong together by the business's name on their first sheet.
        problems: What is wrong in the files, by file, sheet and cell.
    """

    schema: str = SCHEMA
    as_of: date
    files: tuple[ReadFile, ...]
    businesses: tuple[BusinessAnalysis, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all businesses, worst first within each."""
        return tuple(finding for business in self.businesses for finding in business.findings)

    def language_of(self, business: BusinessAnalysis) -> str:
        """The language of most of the workbooks of a business."""
        name = business.business.casefold()
        own = [file.language for file in self.files if file.business.strip().casefold() == name]
        found = own or [file.language for file in self.files]
        return max(found, key=found.count)

    @property
    def to_repair(self) -> tuple[Problem, ...]:
        """The problems that call for a repair: what was understood as it was meant is none."""
        return without_hints(self.problems)
