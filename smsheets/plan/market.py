"""The market of a strategy: where customers are, what they are like, who else sells to them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.plan.record import Record


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
