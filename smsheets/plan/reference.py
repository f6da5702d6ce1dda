"""Reference data, whatever the plan: platforms with limits and cadence, metrics with units, and texts of findings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Annotated

import msgspec


class Count(Enum):
    """How a platform counts the length of a text (see `smsheets.text_length`)."""

    CHARACTERS = "characters"
    X_WEIGHTED = "x_weighted"
    THREADS = "threads"
    MASTODON = "mastodon"
    GRAPHEMES = "graphemes"
    BYTES = "bytes"


class Limit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A limit of one platform's texts, with its source and the date of it.

    Attributes:
        part: `copy` (the post's text), `title` or `hashtags` (how many).
        error: More than this is refused or cut by the platform.
        warn: More than this may be cut; None where the sources agree on one number.
    """

    part: str
    error: int
    warn: int | None = None
    count: Count = Count.CHARACTERS
    source: str
    date: str = ""


class Cadence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Posts per week that are worth wanting, as a range, with its source."""

    low: float
    high: float
    source: str
    date: str = ""


class ChannelRole(Enum):
    """The main purpose of a channel: to be seen, to sell, to answer. roles.yaml has what to follow for each."""

    REACH = "reach"
    SALES = "sales"
    SUPPORT = "support"


class Platform(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One platform.

    Attributes:
        id: As in `--channels` (`instagram`).
        name: As people write it; the same in every language.
        aliases: Other ways of writing it (`IG`, `Insta`).
        limits: Text limits.
        cadence: The default of posts per week wanted.
        light: Fewer, as later studies found enough; None where they found the same, or nobody asked.
        kpis: The metric ids (kpis.yaml) that a KPI report starts with for it, in order.
        role: What it is mainly there for; decides which of them a lean KPI report has.
        posts: False for a channel that has a purpose, results and ad money, but is not posted on: a website.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    cadence: Cadence | None = None
    light: Cadence | None = None
    kpis: tuple[str, ...] = ()
    role: ChannelRole = ChannelRole.REACH
    posts: bool = True

    def rhythm(self, light: bool) -> Cadence | None:
        """The posts per week wanted: the light ones where they are asked for and known."""
        return (self.light if light else None) or self.cadence


class OccasionDay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When an occasion is, in some countries.

    Attributes:
        countries: Countries (`GB`) and regions (`DE-BY`); none are all that no other entry names.
        rules: Rules of RFC 5545 without FREQ=YEARLY; none where the day is not kept.
        but_not: A rule of days to leave out.
    """

    countries: tuple[str, ...] = ()
    rules: tuple[str, ...]
    but_not: str = ""


class Occasion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day of trade: Mother's Day, Black Friday.

    Attributes:
        name: As a calendar shows it; translated.
        days: The first one that is for a country counts there.
        holiday: It is left out where it falls on a public holiday, because it is that holiday.
        source: Where its rules come from.
    """

    name: str
    days: tuple[OccasionDay, ...]
    holiday: bool = False
    source: str

    def kept_in(self, *places: str) -> OccasionDay | None:
        """When it is in a country, or a region of it; None where it is not kept.

        Args:
            places: The region first, if there is one.
        """
        for place in places:
            for day in self.days:
                if place in day.countries:
                    return day
        return next((day for day in self.days if not day.countries), None)


class Unit(Enum):
    """What a metric's values are. A share is 0..1; money is in the workbook's currency."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    HOURS = "hours"


class Direction(Enum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class AddsUp(Enum):
    """How the months of a metric become one figure.

    `none`: they do not, because the same people would be counted twice (reach) or because it is a median.
    """

    SUM = "sum"
    LAST = "last"
    RATIO = "ratio"
    NONE = "none"


class Family(Enum):
    """The side of the business a metric shows: who could see it, who liked it, who did more, what was earned."""

    AUDIENCE = "audience"
    EXPOSURE = "exposure"
    APPLAUSE = "applause"
    CONVERSATION = "conversation"
    BUSINESS = "business"
    COST = "cost"
    SERVICE = "service"


class KpiDefinition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One metric.

    Attributes:
        id: In goals, in KPI rows and in platforms.yaml.
        label: As a person reads it; translated.
        aliases: Other ways people write it.
        numerator, denominator: Metric ids of a ratio.
        times: A ratio is multiplied by this (1,000 for a price per thousand).
        limit: No figure can be above it: 1 for a share of a whole.
        at_most: Metrics that can be no lower in the same month or post, each with the platforms where they can.
        whole: True where a count has no decimals; a rating has some.
        vanity: True where a channel measured by nothing else is measured by vanity alone.
        family: The side of the business that it shows.
        formula: How it is worked out, in words, with what was counted.
        source: Where the definition comes from; `date` is when that was looked up.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    unit: Unit
    direction: Direction = Direction.UP
    adds_up: AddsUp
    numerator: str | None = None
    denominator: str | None = None
    times: int = 1
    limit: int | None = None
    at_most: Mapping[str, tuple[str, ...]] = {}
    family: Family
    vanity: bool = False
    whole: bool = True
    formula: str
    source: str
    date: str = ""


class Level(Enum):
    """How much a finding matters. `note` tells something worth knowing; nothing is wrong."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class FindingClass(Enum):
    """What a finding puts at risk; those that do harm to customers and accounts come first.

    `harm`: customers wait, or an account is open. `money`: money is lost now. `goals`: goals, work or posts are off
    course. `upkeep`: the plan itself is not in order.
    """

    HARM = "harm"
    MONEY = "money"
    GOALS = "goals"
    UPKEEP = "upkeep"


class Area(Enum):
    """The part of the business that a finding is about: what to do next is of different areas.

    `basics` are the market, the rules of the house, and the decisions of the reviews.
    """

    CUSTOMERS = "customers"
    ACCOUNTS = "accounts"
    BUDGET = "budget"
    GOALS = "goals"
    WORK = "work"
    PEOPLE = "people"
    CHANNELS = "channels"
    POSTS = "posts"
    RESULTS = "results"
    BASICS = "basics"


class EffectUnit(Enum):
    """In what the effect of a finding is counted."""

    MONEY = "money"
    HOURS = "hours"


Minutes = Annotated[int, msgspec.Meta(ge=1, le=480)]
"""A repair that takes longer than a working day is an initiative, not an answer to a finding."""


class FindingText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The texts and settings of one rule; its arithmetic is a function in `smsheets.analysis.rules`.

    Attributes:
        level: Of a case that does not bring its own.
        class_: What it puts at risk (`class` in the file): first in the order of what to do next.
        area: What it is about.
        minutes: How long its repair takes, about: this program's own estimate.
        effect: In what its effect is counted, where the rule can work it out; a rule without one cannot.
        at_stake: What its effect is, in a few words; empty without an effect.
        needs: The kinds of workbooks without which the rule is not run.
        parts: Tables and forms (`strategy.team`) without which it is not run: a lean workbook never had some of them.
        says, todo: For a shop owner, in English; `{names}` in them are values of the case.
        cases: Case name -> what to do in such a case, instead of `todo`.
        tells: Case name -> what is said in such a case, instead of `says`.
        decides: It asks whether its subject (a channel, a category) goes on, so that findings within that subject wait.
        lacks: What to fill in, and what that would show; empty for a rule that needs no more than it is given.
        source: Where the rule comes from.
        thresholds: Ids of the thresholds that it compares with.
        weight: What it usually costs or gains where no effect is known, for the order within a class: 3 customers
            and sales, 2 people's time and the plan as a whole, 1 one part of it.
    """

    level: Level
    class_: FindingClass = msgspec.field(name="class")
    area: Area
    minutes: Minutes
    effect: EffectUnit | None = None
    at_stake: str = ""
    needs: tuple[str, ...]
    parts: tuple[str, ...] = ()
    says: str
    todo: str
    source: str
    cases: Mapping[str, str] = {}
    tells: Mapping[str, str] = {}
    decides: bool = False
    lacks: str = ""
    thresholds: tuple[str, ...] = ()
    weight: int = 1

    def __post_init__(self) -> None:
        if (self.effect is None) != (not self.at_stake):
            raise ValueError("'effect' and 'at_stake' belong together")

    def in_case(self, case: str) -> tuple[str, str]:
        """What is said in a case, and what to do in it; an empty case is the usual one."""
        if case and case not in self.cases and case not in self.tells:
            raise LookupError(f"A rule names the case '{case}', which its text does not have.")
        return self.tells.get(case, self.says), self.cases.get(case, self.todo)
