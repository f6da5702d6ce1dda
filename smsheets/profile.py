"""The business a workbook is made for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

import msgspec


class Rhythm(Enum):
    """How many posts a week a new workbook wants: as many as usual guidance says, or fewer, as studies found enough."""

    USUAL = "usual"
    LIGHT = "light"


class Paper(Enum):
    """The paper that sheets are printed on."""

    A4 = "a4"
    LETTER = "letter"


class Brand(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How reports for clients look.

    Attributes:
        logo: The name of a picture, .png, .jpg or .svg, from the folder of the settings.
        colour: `#rrggbb`; empty is the colour of the other pages.
        prepared_by: Who sends them.
    """

    logo: str = ""
    colour: str = ""
    prepared_by: str = ""


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Who plans, for when, in which language and money.

    Attributes:
        company: The business's name; empty leaves it to be filled in.
        language: Two letters; a folder of that name under `workbook_specs/locales` (English needs none).
        currency: Three letters (ISO 4217). Empty becomes the one that the country pays in when the workbook begins.
        country: Two letters (ISO 3166), with a region after a hyphen where holidays differ: `DE-BY`.
        weekend: The days off of a week, a 1 for each from Monday on: `0000011`. Empty is the weekend of the country.
        start: The first day of the first month.
        months: How many months, 1 to 24.
        paper: None is the paper of the country.
        dates: The number format of days, `yyyy-mm-dd`. Empty is how days are written in the country.
        cadence: The posts per week that the workbook begins with.
        channels: Platform ids (`instagram`) or names of one's own, in the order they are shown.
        team: The people who can be picked as owner.
        thresholds: Thresholds of one's own, by id.
        silenced: Findings to leave out: a rule's id, or `budget.idle B5` for one case of it.
        lean: New workbooks have the essential sheets only; `smsheets grow` adds the others.
        brand: Of reports for clients.
    """

    company: str = ""
    language: str = "en"
    currency: str = ""
    country: str = "US"
    weekend: str = ""
    start: date = date(2027, 1, 1)
    months: int = 12
    paper: Paper | None = None
    dates: str = ""
    cadence: Rhythm = Rhythm.USUAL
    channels: tuple[str, ...] = ("instagram", "facebook", "tiktok", "google_business")
    team: tuple[str, ...] = ()
    thresholds: Mapping[str, float] = {}
    silenced: tuple[str, ...] = ()
    lean: bool = False
    brand: Brand = Brand()

    def __post_init__(self) -> None:
        if not self.currency:
            currency = currency_of_country(self.country, self.start) or _NO_CURRENCY
            msgspec.structs.force_setattr(self, "currency", currency)


_NO_CURRENCY = "USD"
"""Where a country's currency is not known."""


def currency_of_country(country: str, day: date) -> str:
    """The currency a country pays in on a day: EUR for DE, also for DE-BY; empty where that is not known.

    Where it has two, that is the one of its own: its three letters begin with those of the country.
    """
    from babel.numbers import get_territory_currencies

    code = country[:2].upper()
    tender = get_territory_currencies(code, start_date=day, end_date=day) if code.isalpha() and len(code) == 2 else []
    return next((currency for currency in tender if currency.startswith(code)), next(iter(tender), ""))
