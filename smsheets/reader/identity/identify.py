"""Which template a workbook is, and the facts its layout was made from.

The facts stand in several places, because no single one survives every program. Where two places say different things,
the one that fits the headings is right: people copy sheets from one workbook into another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from smsheets.profile import Profile
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.identity.claims import Claim, claims_of, heading_claim, heading_share, short_texts
from smsheets.reader.identity.marker_sheet import marker_sheets
from smsheets.reader.identity.period import MOST_MONTHS, Period, months_in_headings, period_of, weeks_shown
from smsheets.reader.identity.shown_profile import channel_ids, language_of, start_values
from smsheets.reader.lists import listed_channels
from smsheets.spec.catalogue import languages
from smsheets.spec.model import Workbook

_FITS = 0.6
"""With so many of a template's headings its claim needs no comparison with others; templates share some headings."""

_YEARS = range(1950, 2150)
_NUMBER = re.compile(r"([0-9]{1,5})(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a workbook says it is. `spec` is the one it was made from, whether ours or a user's own."""

    spec: Workbook
    version: int
    profile: Profile
    own_spec: bool = False


def identify(source: SourceWorkbook) -> Identity | None:
    """The workbook's identity; None where it is not one of ours."""
    claims = claims_of(source, marker_sheets(source))
    found = short_texts(source)
    chosen = _choose(claims, found)
    if chosen is None:
        return None
    facts: dict[str, str] = {}
    for claim in claims:
        if claim.spec.kind == chosen.spec.kind:
            facts = {**claim.facts, **facts}
    version = _as_number(facts.get("version")) or chosen.spec.version
    return Identity(chosen.spec, version, _profile(facts, source, chosen.spec, found), chosen.own)


def _choose(claims: Sequence[Claim], found: set[str]) -> Claim | None:
    """The first claim where all agree and its headings are there; else the one that fits the headings best."""
    kinds = {claim.spec.kind for claim in claims}
    if len(kinds) == 1 and heading_share(claims[0].spec, found) >= _FITS:
        return claims[0]
    by_headings = heading_claim(found)
    rated = [*claims, *([by_headings] if by_headings is not None else [])]
    return max(rated, key=lambda claim: heading_share(claim.spec, found), default=None)


def _profile(facts: Mapping[str, str], source: SourceWorkbook, spec: Workbook, found: set[str]) -> Profile:
    """The profile the layout was made for: from the facts, else from what the sheets show, else the defaults."""
    language = facts.get("language", "")
    if language not in languages():
        language = language_of(source, spec, found)
    shown = start_values(source, spec)
    period = _period(facts, shown, source)
    usual = Profile(country="DE", currency="EUR") if language == "de" else Profile()
    channels = tuple(name for name in facts.get("channels", "").split(",") if name)
    profile = Profile(
        language=language,
        currency=str(shown.get("currency") or facts.get("currency") or usual.currency).strip().upper(),
        country=facts.get("country") or str(shown.get("country") or usual.country),
        start=period.start,
        months=period.months,
        channels=channels or usual.channels,
    )
    if channels:
        return profile
    listed = channel_ids(listed_channels(source, spec, profile))
    return msgspec.structs.replace(profile, channels=listed) if listed else profile


def _period(facts: Mapping[str, str], shown: Mapping[str, object], source: SourceWorkbook) -> Period:
    """The months as told; headings with mostly other months show a workbook that was made anew from an old one."""
    start = _as_date(facts.get("start")) or _as_date(shown.get("period_start"))
    told_months = _as_number(facts.get("months")) or _as_number(shown.get("months"))
    number = min(told_months, MOST_MONTHS) if told_months else None
    headed = months_in_headings(source)
    if start is not None and number is not None:
        told = Period(start.replace(day=1), number)
        agree = 2 * len(told.days & headed) >= len(headed)
        return told if agree else period_of(headed) or told
    seen = period_of(headed) or weeks_shown(source)
    if seen is not None:
        return seen
    return Period((start or Profile().start).replace(day=1), number or Profile().months)


def _as_date(value: object) -> date | None:
    """A day of a year that a workbook may plan."""
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
    return date(day.year, day.month, day.day) if day.year in _YEARS else None


def _as_number(value: object) -> int | None:
    """A small whole number, also as `12.0`."""
    found = _NUMBER.fullmatch(str(value).strip())
    return int(found[1]) if found else None
