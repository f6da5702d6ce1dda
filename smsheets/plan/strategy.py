"""The strategy plan: why the business is on social media, for whom, with whom, where, by which rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.plan.goals import Goal, ReadinessAnswer, ReadinessLine
from smsheets.plan.record import Plan, Record


class Market(Record, frozen=True, kw_only=True):
    """Where customers live and work. `sales_share` is a share, 0..1."""

    place: str | None = None
    language: str | None = None
    holidays: str | None = None
    shopping_days: str | None = None
    industries: str | None = None
    occupations: str | None = None
    business_goals: str | None = None
    sales_share: Decimal | None = None


class Persona(Record, frozen=True, kw_only=True):
    """A typical person; `kind` is `customer` or `negative`: not to be targeted."""

    name: str | None = None
    kind: str | None = None
    channels: tuple[str, ...] = ()
    challenges: str | None = None
    how_we_help: str | None = None
    objections: str | None = None
    why_we_fit: str | None = None
    occupation: str | None = None
    experience: str | None = None
    income: str | None = None
    personal_background: str | None = None
    demographics: str | None = None
    content_used: str | None = None
    business_goals: str | None = None
    personal_goals: str | None = None


class CompetitorChannel(Record, frozen=True, kw_only=True):
    """A competitor on one channel. The averages are per post."""

    competitor: str | None = None
    channel: str | None = None
    followers: int | None = None
    average_likes: Decimal | None = None
    average_comments: Decimal | None = None
    average_shares: Decimal | None = None
    posts_per_week: Decimal | None = None
    strengths: str | None = None
    weaknesses: str | None = None
    place: str | None = None
    milestones: str | None = None
    distribution: str | None = None
    all_channels: str | None = None
    mission: str | None = None
    goals: str | None = None
    checked_on: date | None = None
    market_position: str | None = None


class Company(Record, frozen=True, kw_only=True):
    """Who we are."""

    seat: str | None = None
    founded: str | None = None
    founder: str | None = None
    milestones: str | None = None
    capacity: str | None = None
    story: str | None = None


class Offer(Record, frozen=True, kw_only=True):
    """The offer: things that are sold, and to whom."""

    products: str | None = None
    value: str | None = None
    market: str | None = None
    niche: str | None = None
    customer: str | None = None


class Reasons(Record, frozen=True, kw_only=True):
    """Why the business exists, and the one advantage nobody else can offer."""

    why_we_exist: str | None = None
    advantage: str | None = None


class Limits(Record, frozen=True, kw_only=True):
    """Money and people there are to work with. `monthly_budget` is in the workbook's currency."""

    monthly_budget: Decimal | None = None
    budget_limit: str | None = None
    people_limit: str | None = None


class Mission(Record, frozen=True, kw_only=True):
    """The work of the business now, and where that leads."""

    what_we_do: str | None = None
    destination: str | None = None
    customer_effect: str | None = None
    company_change: str | None = None


class TeamRole(Record, frozen=True, kw_only=True):
    """A role and who has it. A new workbook has the roles, without people.

    `hourly_value` is in the workbook's currency; `stand_in` is the person this one stands in for.
    """

    role: str | None = None
    person: str | None = None
    hours_per_week: Decimal | None = None
    hourly_value: Decimal | None = None
    stand_in: str | None = None
    note: str | None = None


class SwotRow(Record, frozen=True, kw_only=True):
    """A strength and a weakness of the own business or a competitor: `about` names it."""

    about: str | None = None
    strength: str | None = None
    weakness: str | None = None


class SwotOutsideRow(Record, frozen=True, kw_only=True):
    """An opportunity and a threat that it meets outside: `about` names it."""

    about: str | None = None
    opportunity: str | None = None
    threat: str | None = None


class Product(Record, frozen=True, kw_only=True):
    """The reasons why the product is worth its price."""

    materials: str | None = None
    quality_proof: str | None = None
    unique: str | None = None
    handmade: bool | None = None
    made_in: str | None = None
    feeling: str | None = None


class Distribution(Record, frozen=True, kw_only=True):
    """The ways on which the product reaches people."""

    own_site: str | None = None
    offline: str | None = None
    sales_channels: str | None = None
    blog: str | None = None
    affiliates: str | None = None
    influencers: str | None = None
    paid_campaigns: str | None = None
    promotion_formats: str | None = None


class Price(Record, frozen=True, kw_only=True):
    """A product's price and cost in the workbook's currency; `reinvest_share` is a share of the margin, 0..1."""

    item: str | None = None
    price: Decimal | None = None
    unit_cost: Decimal | None = None
    affordable: str | None = None
    how_often: str | None = None
    reinvest_share: Decimal | None = None


class JourneyStep(Record, frozen=True, kw_only=True):
    """A step of the customer's or the order's way. A new workbook has the steps, without answers."""

    way: str | None = None
    step: str | None = None
    answer: str | None = None
    owner: str | None = None
    tool: str | None = None


class Channel(Record, frozen=True, kw_only=True):
    """A channel and what it is for. `ad_share` is the share of the ad money, 0..1; posts are per week."""

    channel: str | None = None
    purpose: str | None = None
    role: str | None = None
    posts_low: Decimal | None = None
    posts_high: Decimal | None = None
    linked: bool | None = None
    ad_share: Decimal | None = None
    decision: str | None = None
    handle: str | None = None
    audience: str | None = None
    formats: tuple[str, ...] = ()
    goal_id: str | None = None


class Mix(Record, frozen=True, kw_only=True):
    """The rule of the content mix; `promotional_at_most` is a share, 0..1."""

    rule: str | None = None
    promotional_at_most: Decimal | None = None


class Pillar(Record, frozen=True, kw_only=True):
    """A subject of the content; `target_share` is a share of all posts, 0..1."""

    pillar: str | None = None
    purpose: str | None = None
    promotional: bool | None = None
    target_share: Decimal | None = None
    example: str | None = None


class Account(Record, frozen=True, kw_only=True):
    """How a channel's account is set up and kept safe. None is unknown, not no."""

    channel: str | None = None
    account_created: bool | None = None
    professional_handle: bool | None = None
    two_factor: bool | None = None
    business_email: bool | None = None
    password_manager: bool | None = None
    last_checked: date | None = None
    landing_page: str | None = None
    recovery_contact: str | None = None
    plan: str | None = None


class Tool(Record, frozen=True, kw_only=True):
    """A tool, or a place where shared files live. `monthly_cost` is in the workbook's currency."""

    tool: str | None = None
    kind: str | None = None
    what_for: str | None = None
    plan: str | None = None
    monthly_cost: Decimal | None = None
    line_id: str | None = None
    access: tuple[str, ...] = ()
    place: str | None = None


class ListeningTerm(Record, frozen=True, kw_only=True):
    """A word to watch for."""

    kind: str | None = None
    term: str | None = None
    place: str | None = None
    who: str | None = None
    how_often: str | None = None
    note: str | None = None


class HouseRule(Record, frozen=True, kw_only=True):
    """A rule of the house. A new workbook has topics and what to settle, without rules."""

    topic: str | None = None
    guide: str | None = None
    rule: str | None = None
    channel: str | None = None
    owner: str | None = None
    within_hours: Decimal | None = None
    agreed_on: date | None = None


class Change(Record, frozen=True, kw_only=True):
    """A change of the strategy."""

    changed_on: date | None = None
    what: str | None = None
    why: str | None = None
    decided_by: str | None = None
    goal_id: str | None = None
    look_back_on: date | None = None


class Strategy(Plan, frozen=True, kw_only=True):
    """A strategy workbook that was read."""

    company: Company = Company()
    offer: Offer = Offer()
    reasons: Reasons = Reasons()
    limits: Limits = Limits()
    mission: Mission = Mission()
    team: tuple[TeamRole, ...] = ()
    swot: tuple[SwotRow, ...] = ()
    swot_outside: tuple[SwotOutsideRow, ...] = ()
    goals: tuple[Goal, ...] = ()
    markets: tuple[Market, ...] = ()
    personas: tuple[Persona, ...] = ()
    competitors: tuple[CompetitorChannel, ...] = ()
    product: Product = Product()
    distribution: Distribution = Distribution()
    prices: tuple[Price, ...] = ()
    journey: tuple[JourneyStep, ...] = ()
    channels: tuple[Channel, ...] = ()
    mix: Mix = Mix()
    pillars: tuple[Pillar, ...] = ()
    setup: tuple[Account, ...] = ()
    tools: tuple[Tool, ...] = ()
    listening: tuple[ListeningTerm, ...] = ()
    house_rules: tuple[HouseRule, ...] = ()
    changes: tuple[Change, ...] = ()
    readiness_result: ReadinessLine = ReadinessLine()
    readiness: tuple[ReadinessAnswer, ...] = ()

    @property
    def goals_in_use(self) -> tuple[Goal, ...]:
        """The goals without the rows that hold nothing but an id."""
        return tuple(goal for goal in self.goals if goal.in_use)

    @property
    def begun(self) -> bool:
        """Something is filled in; a new workbook has roles, steps, questions and channels only."""
        forms = (self.company, self.offer, self.reasons, self.limits, self.mission, self.product, self.distribution)
        return (
            any(form.is_written() for form in forms)
            or any(role.person is not None for role in self.team)
            or bool(self.goals_in_use)
            or any(channel.purpose is not None or channel.decision is not None for channel in self.channels)
            or any(rule.rule is not None for rule in self.house_rules)
            or any(answer.answer is not None for answer in self.readiness)
        )
