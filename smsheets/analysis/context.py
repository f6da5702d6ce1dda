"""What every rule and every variance gets to see: the plans, the date, the thresholds, the platforms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.kinds import KINDS
from smsheets.money import Money
from smsheets.plan.budget import Budget
from smsheets.plan.calendar import Calendar
from smsheets.plan.kpi_report import KpiReport
from smsheets.plan.post_rates import PostGroup
from smsheets.plan.reference import FindingText, KpiDefinition, Platform
from smsheets.plan.roadmap import Roadmap
from smsheets.plan.strategy import Strategy


class Term(str):
    """A word of the program, in English: a report puts it into its reader's language.

    Every other text among the values of a finding or in a table is a person's own and stays as it is: a person who is
    called Owner is not translated.
    """

    __slots__ = ()


class PlanSet(msgspec.Struct, frozen=True, kw_only=True):
    """The plans of one business that were read together; None where a workbook was not given."""

    strategy: Strategy | None = None
    roadmap: Roadmap | None = None
    budget: Budget | None = None
    calendar: Calendar | None = None
    kpi_report: KpiReport | None = None

    def until(self, day: date) -> PlanSet:
        """The plans without the actual figures of months and days that have not begun on a day."""
        return msgspec.structs.replace(
            self,
            budget=None if self.budget is None else self.budget.until(day),
            kpi_report=None if self.kpi_report is None else self.kpi_report.until(day),
        )

    def has(self, kind: str) -> bool:
        """Whether the workbook of a kind (`kpi-report`) was given."""
        return getattr(self, KINDS[kind].field) is not None

    def has_part(self, part: str) -> bool:
        """Whether the workbook that a table or a form (`strategy.team`) is in was made with it."""
        kind, _, block = part.partition(".")
        plan = getattr(self, KINDS[kind].field)
        return plan is not None and block not in plan.left_out


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """One business on one day.

    Attributes:
        plans: What is worked with: figures of months and days that have not begun are left out.
        earlier_reports: KPI reports of times before that of the plans, for comparisons alone.
        given: The plans as they were read, those figures with them; None where there are none.
        as_of: Figures are worked out up to and with this day.
        thresholds: Threshold id -> value, from thresholds.yaml with the user's own on top.
        platforms: Platform id -> what is known of it, from platforms.yaml.
        list_texts: List id -> value id -> its English text, for the lists that several templates share.
        kpi_definitions: Metric id -> its definition, from kpis.yaml.
        finding_texts: Rule id -> its texts, from findings/; the rules that are run, in this order.
        currency: The currency of all amounts.
        silenced: Findings not to tell: a rule's id, `calendar.gap`, or one case of it, `budget.idle B5`.
    """

    plans: PlanSet
    as_of: date
    thresholds: Mapping[str, Decimal]
    platforms: Mapping[str, Platform] = {}
    list_texts: Mapping[str, Mapping[str, str]] = {}
    kpi_definitions: Mapping[str, KpiDefinition] = {}
    finding_texts: Mapping[str, FindingText] = {}
    currency: str = "USD"
    silenced: tuple[str, ...] = ()
    given: PlanSet | None = None
    earlier_reports: tuple[KpiReport, ...] = ()

    def limit(self, threshold: str, own: Decimal | None) -> Decimal:
        """A workbook's own number, else the threshold of this id."""
        return self.thresholds[threshold] if own is None else own

    def money(self, amount: Decimal | None) -> Money:
        """An amount with its currency; None counts as zero."""
        return Money(amount or Decimal(0), self.currency)

    def channel_name(self, channel: str | None) -> str:
        """A channel as people write it; a person's own word as it is; empty where there is none."""
        platform = self.platforms.get(channel or "")
        return platform.name if platform is not None else channel or ""

    def takes_posts(self, channel: str | None) -> bool:
        """False for a channel that is known to be none to post on: a website, a shop."""
        platform = self.platforms.get(channel or "")
        return platform is None or platform.posts

    def metric_name(self, metric: str | None) -> str:
        """A metric as people read it, a Term; a person's own word as it is; empty where there is none."""
        definition = self.kpi_definitions.get(metric or "")
        return Term(definition.label) if definition is not None else metric or ""

    def measures_named(self, group: PostGroup) -> tuple[str, ...]:
        """The figures by which posts were compared, as people read them."""
        return tuple(self.metric_name(measure.value) for measure in group.measures)

    def list_word(self, list_id: str, value: str) -> str:
        """A value of a shared list as the sheet shows it, a Term; a person's own word as it is."""
        texts = self.list_texts.get(list_id, {})
        return Term(texts[value]) if value in texts else value
