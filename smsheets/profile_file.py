"""smsheets.toml: a profile in a file. Options on the command line win over it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from smsheets.errors import OptionError
from smsheets.profile import Profile

FILE_NAME = "smsheets.toml"
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_KEYS = ("company", "language", "currency", "country", "start", "months", "channels", "team", "thresholds")


def read_profile_file(path: Path) -> dict[str, Any]:
    """The keys of a smsheets.toml, ready for `make_profile`.

    Raises:
        OptionError: The file is not TOML, or has a key that is not known.
    """
    import tomllib

    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OptionError(f"{path}: cannot be read as TOML: {error}") from error
    for key in values:
        if key not in _KEYS:
            raise OptionError(f"{path}: unknown key '{key}'; there are: {', '.join(_KEYS)}")
    return values


def make_profile(values: dict[str, Any], where: str = "") -> Profile:
    """A profile from plain values: dates as text, channels by name.

    Raises:
        OptionError: A value cannot be used; the text names the option and says what to write.
    """
    from smsheets.spec.catalogue import languages

    given = {key: value for key, value in values.items() if value is not None}
    if "start" in given:
        given["start"] = parse_month(given["start"])
    for key in ("channels", "team"):
        if key in given:
            given[key] = tuple(given[key])
    if "channels" in given:
        given["channels"] = tuple(platform_id(name) for name in given["channels"])
    try:
        profile = msgspec.convert(given, Profile)
    except msgspec.ValidationError as error:
        raise OptionError(f"{where or 'options'}: {error}") from error
    if profile.language not in languages():
        raise OptionError(f"--lang {profile.language}: there is no such language; use {' or '.join(languages())}")
    if not 1 <= profile.months <= 24:
        raise OptionError(f"--months {profile.months}: a workbook holds 1 to 24 months")
    if not re.fullmatch(r"[A-Z]{3}", profile.currency):
        raise OptionError(f"--currency {profile.currency}: write the three letters of a currency, for example EUR")
    if not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", profile.country):
        raise OptionError(f"--country {profile.country}: write two letters, for example DE, or DE-BY with a region")
    if not profile.channels:
        raise OptionError("--channels: name at least one channel, for example instagram,facebook")
    _check_thresholds(profile, where)
    return profile


def parse_month(value: object) -> date:
    """`2027-01` (or a date) as the first day of that month.

    Raises:
        OptionError: It is neither.
    """
    if isinstance(value, date):
        return value.replace(day=1)
    match = _MONTH.fullmatch(str(value).strip())
    try:
        if match is None:
            raise ValueError
        return date(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise OptionError(f"--start {value}: write a year and a month, for example 2027-01") from None


def platform_id(name: str) -> str:
    """A platform's id from its id, name or alias; a name that is no platform stays as it is."""
    from smsheets.spec.reference import load_platforms

    wanted = name.strip().casefold()
    for platform in load_platforms().values():
        if wanted in (platform.id, platform.name.casefold(), *(alias.casefold() for alias in platform.aliases)):
            return platform.id
    return name.strip()


def _check_thresholds(profile: Profile, where: str) -> None:
    if not profile.thresholds:
        return
    from smsheets.spec.convert import did_you_mean
    from smsheets.spec.thresholds import load_thresholds

    known = sorted(load_thresholds())
    for name in profile.thresholds:
        if name not in known:
            raise OptionError(f"{where or 'thresholds'}: unknown threshold '{name}'{did_you_mean(name, known)}")
