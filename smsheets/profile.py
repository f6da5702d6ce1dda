"""The business a workbook is made for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Who plans, for when, in which language and money.

    Attributes:
        company: The business's name; empty leaves it to be filled in.
        language: Two letters; a folder of that name under `workbook_specs/locales` (English needs none).
        currency: Three letters (ISO 4217).
        country: Two letters (ISO 3166), with a region after a hyphen where holidays differ: `DE-BY`.
        weekend: The days off of a week, a 1 for each from Monday on: `0000011`. Empty is the weekend of the country.
        start: The first day of the first month.
        months: How many months, 1 to 24.
        channels: Platform ids (`instagram`) or names of one's own, in the order they are shown.
        team: The people who can be picked as owner.
        thresholds: Thresholds of one's own, by id.
        silenced: Findings to leave out: a rule's id, or `budget.idle B5` for one case of it.
    """

    company: str = ""
    language: str = "en"
    currency: str = "USD"
    country: str = "US"
    weekend: str = ""
    start: date = date(2027, 1, 1)
    months: int = 12
    channels: tuple[str, ...] = ("instagram", "facebook", "tiktok", "google_business")
    team: tuple[str, ...] = ()
    thresholds: Mapping[str, float] = {}
    silenced: tuple[str, ...] = ()
