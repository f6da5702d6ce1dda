"""Rows that a new workbook starts with and that depend on the business: its channels, its country's days.

They are things to complete, never demo data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from smsheets.errors import OptionError
from smsheets.periods import month_end, months_from
from smsheets.plan.reference import ChannelRole, KpiDefinition, Limit, OccasionDay, Platform
from smsheets.profile import Profile, Rhythm
from smsheets.spec.reference import load_kpi_definitions, load_occasions, load_platforms, load_role_metrics
from smsheets.spec.vocabulary import RowSource, Value

_Rows = list[dict[str, Value | date]]
"""Column id -> value. Dates are real ones: unlike the sample's, they do not move with the period."""


def prefilled_rows(source: RowSource | None, profile: Profile) -> _Rows:
    """The rows of a source; column id -> value, list values by id.

    Raises:
        OptionError: No public holidays are known for the country.
    """
    return [] if source is None else SOURCES[source](profile)


_LEAN_KPIS = 4
"""Metrics of a channel in a lean KPI report, at most: what a person types once a month without putting it off."""


def lean_kpis(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those rows of a KPI report that a lean one has: of each channel the metrics that suit its role best, in order.

    A row without a channel is about the whole business, and stays.
    """
    first = {role: {metric: n for n, metric in enumerate(named)} for role, named in load_role_metrics().items()}
    kept: set[int] = set()
    for channel in {row.get("channel") for row in rows}:
        platform = load_platforms().get(channel or "")
        order = first[platform.role if platform is not None else ChannelRole.REACH]
        own = [n for n, row in enumerate(rows) if row.get("channel") == channel]
        own.sort(key=lambda n: order.get(rows[n].get("metric") or "", len(order)))
        kept.update(own[:_LEAN_KPIS] if channel else own)
    return [row for n, row in enumerate(rows) if n in kept]


def _channels(profile: Profile) -> _Rows:
    return [{"channel": channel} for channel in profile.channels]


def _channel_ads(profile: Profile) -> _Rows:
    names = load_platforms()
    return [
        {
            "category": "advertising",
            "line": f"{names[channel].name if channel in names else channel}",
            "channel": channel,
            "carry_rule": "unspent",
        }
        for channel in profile.channels
    ]


def _platforms(profile: Profile, *, posted_on: bool = False) -> Iterator[tuple[str, Platform | None]]:
    """Each channel with what is known of it; of those only that are posted on, where that is asked for."""
    for channel in profile.channels:
        platform = load_platforms().get(channel)
        if platform is None or platform.posts or not posted_on:
            yield channel, platform


def _channel_cadence(profile: Profile) -> _Rows:
    rows: _Rows = []
    for channel, platform in _platforms(profile, posted_on=True):
        cadence = platform.rhythm(profile.cadence is Rhythm.LIGHT) if platform is not None else None
        low, high = (cadence.low, cadence.high) if cadence is not None else (None, None)
        rows.append({"channel": channel, "low": low, "high": high})
    return rows


def _channel_kpis(profile: Profile) -> _Rows:
    definitions = load_kpi_definitions()
    return [
        {"channel": channel, **_definition(definitions[metric])}
        for channel, platform in _platforms(profile)
        for metric in (platform.kpis if platform is not None else ())
    ]


def _definition(item: KpiDefinition) -> dict[str, Value | date]:
    return {
        "metric": item.id,
        "unit": item.unit.value,
        "direction": item.direction.value,
        "adds_up": item.adds_up.value,
    }


def _kpi_definitions(profile: Profile) -> _Rows:
    return [
        {
            **_definition(item),
            "formula": item.formula,
            "source": item.source,
            "numerator": item.numerator,
            "denominator": item.denominator,
            "times": item.times if item.numerator is not None else None,
        }
        for item in load_kpi_definitions().values()
    ]


def _months(profile: Profile) -> _Rows:
    return [{"period": month} for month in months_from(profile.start, profile.months)]


def _text_limits(profile: Profile) -> _Rows:
    rows: _Rows = []
    for channel, platform in _platforms(profile, posted_on=True):
        tightest_last = sorted(platform.limits if platform is not None else (), key=lambda limit: -limit.error)
        limits = {limit.part: limit for limit in tightest_last}
        known = {part: limit.error for part, limit in limits.items()}
        rows.append(
            {
                "channel": channel,
                "limit": known.get("copy"),
                "title_limit": known.get("title"),
                "hashtag_limit": known.get("hashtags"),
                "source": _source(limits.get("copy")),
            }
        )
    return rows


def _source(limit: Limit | None) -> str | None:
    if limit is None:
        return None
    return f"{limit.source} ({limit.date})" if limit.date else limit.source


def _channel_plan(profile: Profile) -> _Rows:
    wanted = {row["channel"]: row for row in _channel_cadence(profile)}
    return [
        {"channel": channel, "posts_low": row.get("low"), "posts_high": row.get("high")}
        for channel in profile.channels
        for row in (wanted.get(channel, {}),)
    ]


COUNTRY_DAYS = frozenset({RowSource.PUBLIC_HOLIDAYS, RowSource.KEY_DATES})
"""The sources of days that the country brings along: rows of one's own are added to them."""


def days_off(source: RowSource | None, profile: Profile) -> _Rows:
    """The public holidays, for a table that begins with the country's days; a business chooses its occasions."""
    return _public_holidays(profile) if source in COUNTRY_DAYS else []


def _public_holidays(profile: Profile) -> _Rows:
    import holidays

    country, _, region = profile.country.upper().partition("-")
    years = sorted({month.year for month in months_from(profile.start, profile.months)})
    try:
        found = holidays.country_holidays(country, subdiv=region or None, years=years, language=None)
    except NotImplementedError as error:
        raise OptionError(f"--country {profile.country}: no public holidays are known for it. {error}") from error
    names = _holiday_names(country, region, years, profile.language) or found
    return [{"date": day, "name": names.get(day, found[day]), "kind": "public_holiday"} for day in sorted(found)]


def _holiday_names(country: str, region: str, years: list[int], language: str) -> Mapping[object, str]:
    """The same days named in the workbook's language, where the library has it."""
    import holidays

    found = [code for code in holidays.country_holidays(country).supported_languages if code.startswith(language)]
    if not found:
        return {}
    return dict(holidays.country_holidays(country, subdiv=region or None, years=years, language=found[0]).items())


def _key_dates(profile: Profile) -> _Rows:
    """The public holidays, and the occasions of the workbook's months, in order; on one day the holiday first."""
    import holidays

    rows = _public_holidays(profile)
    code, _, region = profile.country.upper().partition("-")
    # Christmas Eve is no holiday where only the day off for Christmas was moved to it.
    off = holidays.country_holidays(code, subdiv=region or None, observed=False)
    months = months_from(profile.start, profile.months)
    for occasion in load_occasions():
        # The library knows other letters for some countries: UK.
        kept = occasion.kept_in(f"{off.country}-{region}", off.country)
        for day in _days_within(kept, months[0], month_end(months[-1])) if kept is not None else ():
            if not (occasion.holiday and day in off):
                rows.append({"date": day, "name": occasion.name, "kind": "occasion"})
    return sorted(rows, key=lambda row: str(row["date"]))


def _days_within(kept: OccasionDay, first: date, last: date) -> list[date]:
    from dateutil.rrule import rruleset, rrulestr

    begin, start, end = (datetime.combine(day, time()) for day in (first.replace(month=1, day=1), first, last))
    found = rruleset()
    for rule in kept.rules:
        found.rrule(rrulestr(f"FREQ=YEARLY;{rule}", dtstart=begin))
    if kept.but_not:
        found.exrule(rrulestr(f"FREQ=YEARLY;{kept.but_not}", dtstart=begin))
    return [moment.date() for moment in found.between(start, end, inc=True)]


SOURCES: Mapping[RowSource, Callable[[Profile], _Rows]] = {
    RowSource.CHANNELS: _channels,
    RowSource.CHANNEL_ADS: _channel_ads,
    RowSource.CHANNEL_CADENCE: _channel_cadence,
    RowSource.CHANNEL_PLAN: _channel_plan,
    RowSource.CHANNEL_KPIS: _channel_kpis,
    RowSource.KPI_DEFINITIONS: _kpi_definitions,
    RowSource.KEY_DATES: _key_dates,
    RowSource.MONTHS: _months,
    RowSource.TEXT_LIMITS: _text_limits,
    RowSource.PUBLIC_HOLIDAYS: _public_holidays,
}
