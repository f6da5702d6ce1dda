"""smsheets.toml: a profile in a file. Options on the command line win over it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from smsheets.errors import OptionError, did_you_mean
from smsheets.periods import DAYS_IN_WEEK, FIRST_DATE, LAST_DATE, add_months
from smsheets.profile import Brand, Profile

FILE_NAME = "smsheets.toml"
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_KEYS = (
    "company", "language", "country", "currency", "weekend", "paper", "dates", "start", "months", "channels",
    "own_channels", "cadence", "team", "thresholds", "silenced", "lean",
    "brand",
)  # fmt: skip


def read_profile_file(path: Path) -> dict[str, Any]:
    """The keys of a smsheets.toml, ready for `make_profile`.

    Raises:
        OptionError: The file is not TOML, or has a key that is not known.
    """
    import tomllib

    from smsheets.spec.yaml_source import read_text

    text = read_text(path, OptionError)
    if any(line.count(".") > _MOST_DOTS for line in _QUOTED.sub("", text).splitlines()):
        raise OptionError(f"{path}: cannot be read as TOML: {_TOO_DEEP}")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OptionError(f"{path}: cannot be read as TOML: {error}") from error
    except RecursionError:
        raise OptionError(f"{path}: cannot be read as TOML: {_TOO_DEEP}") from None
    except ValueError:  # more digits than Python reads
        raise OptionError(f"{path}: cannot be read as TOML: {_TOO_LONG}") from None
    _check_values(values, path)
    for key in values:
        if key not in _KEYS:
            hint = did_you_mean(key, _KEYS) or f"; there are: {', '.join(_KEYS)}"
            raise OptionError(f"{path}: unknown key '{key}'{hint}")
    if isinstance(values.get("thresholds"), dict):
        values["thresholds"] = dict(_flat(values["thresholds"]))
    return values


_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_MOST_DOTS = 20
"""In a line, without those of texts. A name of many steps takes the reader of TOML the square of their number."""
_DEEPEST = 10
"""Tables and lists inside each other; thresholds need two."""
_LARGEST = 2**53
"""Of a whole number: far more than any setting."""
_TOO_DEEP = "its lists and tables are nested too deep"
_TOO_LONG = "a number in it has too many digits"


def _check_values(values: Mapping[str, Any], path: Path) -> None:
    """Refuses what no setting is, so that the rest of the program need not expect it.

    Raises:
        OptionError: Values are nested too deep, or a number is too large.
    """
    level: list[Any] = [values]
    for _ in range(_DEEPEST):
        inner = [item for group in level for item in (group.values() if isinstance(group, dict) else group)]
        if any(isinstance(item, int) and abs(item) > _LARGEST for item in inner):
            raise OptionError(f"{path}: cannot be read as TOML: {_TOO_LONG}")
        level = [item for item in inner if isinstance(item, dict | list)]
    if level:
        raise OptionError(f"{path}: cannot be read as TOML: {_TOO_DEEP}")


def _flat(table: Mapping[str, Any], lead: str = "") -> Iterator[tuple[str, Any]]:
    """TOML reads `calendar.dormant_days` without quotes as a table in a table: both ways of writing mean the same."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{lead}{key}.")
        else:
            yield lead + key, value


def make_profile(values: dict[str, Any], where: str = "") -> Profile:
    """A profile from plain values: dates as text, channels by name.

    Raises:
        OptionError: A value cannot be used; the text names the option and says what to write.
    """
    from smsheets.layout.items import is_currency
    from smsheets.spec.catalogue import languages

    given = {key: value for key, value in values.items() if value is not None}
    _check_texts(given)
    if "start" in given:
        given["start"] = _parse_month(given["start"])
    if given.get("weekend"):
        given["weekend"] = _parse_weekend(given["weekend"])
    for key in ("channels", "team", "silenced"):
        if key in given:
            given[key] = _names(given[key], key)
    own = _own_channels(given.pop("own_channels", ()))
    if "channels" in given or own:
        named = (_platform_id(name) for name in given.get("channels", ()))
        given["channels"] = tuple(dict.fromkeys((*named, *own)))
    if given.get("dates"):
        given["dates"] = _parse_dates(given["dates"])
    for key in ("paper", "cadence"):
        if isinstance(given.get(key), str):
            given[key] = given[key].strip().casefold()
    try:
        profile = msgspec.convert(given, Profile)
    except msgspec.ValidationError as error:
        from smsheets.spec.convert import explain
        from smsheets.spec.yaml_source import show_path

        path, message = explain(str(error), given, Profile)
        raise OptionError(f"{where or FILE_NAME}: {show_path(path)}: {message}") from error
    if profile.language not in languages():
        raise OptionError(f"--lang {profile.language}: there is no such language; use {' or '.join(languages())}")
    if not 1 <= profile.months <= 24:
        raise OptionError(f"--months {profile.months}: a workbook holds 1 to 24 months")
    if not FIRST_DATE <= profile.start <= add_months(LAST_DATE, 1 - profile.months):
        raise OptionError(
            f"--start {profile.start:%Y-%m}: the months must lie between {FIRST_DATE:%Y-%m} and {LAST_DATE:%Y-%m}"
        )
    if not is_currency(profile.currency):
        raise OptionError(f"--currency {profile.currency}: write the three letters of a currency, for example EUR")
    if not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", profile.country):
        raise OptionError(f"--country {profile.country}: write two letters, for example DE, or DE-BY with a region")
    if not profile.channels:
        raise OptionError("--channels: name at least one channel, for example instagram,facebook")
    _check_thresholds(profile, where)
    _check_silenced(profile, where)
    _check_brand(profile.brand, where)
    return profile


_LONGEST_NAME = 100
"""Characters of a channel or a person: a heading, and a word in lists."""
_LONGEST_COMPANY = 200
_MOST_NAMES = {"channels": 100, "own_channels": 100, "team": 500}
"""Each channel has columns of its own, so that a calendar of a hundred is made in four seconds."""


def _check_texts(given: Mapping[str, object]) -> None:
    """Refuses texts that no workbook can hold, and more names than a workbook is made with in some seconds.

    Raises:
        OptionError: A text is too long, or has what a terminal of another encoding makes of a letter; or there are too
            many names.
    """
    for key, value in given.items():
        option = f"--{key.rstrip('s') if key == 'own_channels' else key}".replace("_", "-")
        texts = value.split(",") if isinstance(value, str) and key in _MOST_NAMES and key != "own_channels" else value
        names = texts if isinstance(texts, list | tuple) else (texts,)
        if len(names) > _MOST_NAMES.get(key, len(names)):
            raise OptionError(f"{option}: a workbook holds at most {_MOST_NAMES[key]} names, not {len(names):,}")
        longest = _LONGEST_NAME if key in _MOST_NAMES else _LONGEST_COMPANY
        for text in names:
            if not isinstance(text, str):
                continue
            if any("\ud800" <= letter <= "\udfff" for letter in text):
                raise OptionError(f"{option} {text}: a letter did not arrive whole. Write it into {FILE_NAME} instead.")
            if len(text) > longest:
                raise OptionError(f"{option} {text[:_SHOWN]}...: write at most {longest} characters")


def _names(value: object, key: str) -> tuple[str, ...]:
    """Names from a list, or from one text with commas; each once, in their order."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
        raise OptionError(f"--{key} {value}: write names, with commas between them")
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def _parse_month(value: object) -> date:
    """`2027-01` (or a date) as the first day of that month.

    Raises:
        OptionError: It is neither.
    """
    if isinstance(value, date):
        return date(value.year, value.month, 1)
    match = _MONTH.fullmatch(str(value).strip())
    try:
        if match is None:
            raise ValueError
        return date(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise OptionError(f"--start {value}: write a year and a month, for example 2027-01") from None


def _parse_weekend(value: object) -> str:
    """`friday, saturday` as the digits of a weekend; `none` is no day off.

    Raises:
        OptionError: A word is no day of the week, or no day is left to work on.
    """
    from smsheets.layout.items import weekday_numbers

    known = weekday_numbers()
    words = value if isinstance(value, list | tuple) else re.split(r"[,;/&+]|\s+", str(value))
    days = {known.get(str(word).strip().casefold().rstrip(".")) for word in words if str(word).strip()}
    if None in days or len(days - {0}) == DAYS_IN_WEEK:
        raise OptionError(f"--weekend {value}: write the days off, for example friday,saturday; or none")
    return "".join("1" if n in days else "0" for n in range(1, 8))


_SHOWN = 40  # characters of a text that is too long
_FEWEST_LETTERS = 4
"""Of a name that is guessed at: nearly every short word looks like IG or LI."""

_DATES = re.compile(r"(?i)(?=.*y)(?=.*m)(?=.*d)(?:d{1,2}+|m{1,3}+|yyyy|yy|[ .,/-])++")


def _parse_dates(value: object) -> str:
    """A number format of days: a day, a month and a year, `dd.mm.yyyy`; `iso` for `yyyy-mm-dd`.

    Raises:
        OptionError: It is none.
    """
    text = str(value).strip()
    if text.casefold() == "iso":
        return "yyyy-mm-dd"
    if _DATES.fullmatch(text) is None:
        raise OptionError(f"--dates {text}: write how days are shown, for example dd.mm.yyyy, mmm d, yyyy or iso")
    return text.lower()


def find_platform(name: str) -> str | None:
    """A platform's id from its id, name or alias; None for a name that is no platform's."""
    wanted = name.strip().casefold()
    return next((id_ for id_, names in _platform_names().items() if wanted in names), None)


def _platform_names() -> Mapping[str, tuple[str, ...]]:
    from smsheets.spec.reference import load_platforms

    return {
        item.id: (item.id, item.name.casefold(), *(alias.casefold() for alias in item.aliases))
        for item in load_platforms().values()
    }


def _platform_id(name: str) -> str:
    """The id of a platform that somebody named.

    Raises:
        OptionError: No platform has that name.
    """
    found = find_platform(name)
    if found is not None:
        return found
    names = _platform_names()
    words = {word for found in names.values() for word in found if len(word) >= _FEWEST_LETTERS}
    likely = did_you_mean(name.strip().casefold(), words)
    raise OptionError(
        f"--channels {name}: no channel is known by this name{likely}; there are: {', '.join(names)}."
        f" Is it one of your own? Then write --own-channel {shlex.quote(name)}, or own_channels in {FILE_NAME}."
    )


def _own_channels(value: object) -> tuple[str, ...]:
    """Channels of one's own, as they are: a comma is part of a name. A name that a platform has is that platform."""
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise OptionError(f"own_channels {value}: write a list of names")
    return tuple(find_platform(name) or " ".join(name.split()) for name in names if name.strip())


def _check_thresholds(profile: Profile, where: str) -> None:
    if not profile.thresholds:
        return
    from smsheets.spec.load import check_threshold, load_thresholds

    known = sorted(load_thresholds())
    for name, value in profile.thresholds.items():
        if name not in known:
            raise OptionError(f"{where or 'thresholds'}: unknown threshold '{name}'{did_you_mean(name, known)}")
        check_threshold(name, value, f"{where or FILE_NAME}: ")


def _check_silenced(profile: Profile, where: str) -> None:
    if not profile.silenced:
        return
    from smsheets.spec.reference import load_finding_texts

    known = sorted(load_finding_texts())
    for name in profile.silenced:
        if name.split(" ")[0] not in known:
            raise OptionError(f"{where or 'silenced'}: unknown finding '{name}'{did_you_mean(name, known)}")


_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_LONGEST_PATH = 1_000


def _check_brand(brand: Brand, where: str) -> None:
    """Refuses what cannot be a colour, a name or the name of a file.

    Raises:
        OptionError: The text names the setting.
    """
    lead = f"{where or FILE_NAME}: brand"
    if brand.colour and _COLOUR.fullmatch(brand.colour) is None:
        raise OptionError(f"{lead}.colour: write a colour as in CSS, for example #1f5f8b, not {brand.colour!r}")
    longest = {"prepared_by": _LONGEST_NAME, "logo": _LONGEST_PATH}
    for name, most in longest.items():
        if len(getattr(brand, name)) > most:
            raise OptionError(f"{lead}.{name}: write at most {most:,} characters")


def full_colour(colour: str) -> str:
    """`#abc` as `#aabbcc`, in small letters."""
    digits = colour.lstrip("#").casefold()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits) if digits else ""


_LARGEST_LOGO = 500_000
"""Bytes: a report is sent by mail, and carries its logo inside."""
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""How files of a picture begin."""
_HEAD = 10_000
"""Characters before an SVG picture begins, at most: what made it, and comments."""
_NO_PICTURE = "is no picture that a report can carry: save it as .png, .jpg or .svg"
_ACTS = re.compile(
    r"<!ENTITY|<\?xml-stylesheet|<(?:\w+:)?(?:script|foreignObject|iframe|object|embed|audio|video|link|animate|set)\b"
    r"|\son\w+\s*=|@import|javascript:|href\s*=\s*[\"'](?!#|data:image/(?:png|jpeg);)"
    r"|url\(\s*[\"']?(?!#|data:image/(?:png|jpeg);)",
    re.IGNORECASE,
)
"""In an SVG picture: what runs, moves, or leads out of it."""


def read_logo(brand: Brand, folder: Path) -> str:
    """The logo as a `data:` address; empty where there is none.

    Args:
        folder: Of the settings, from which its name goes.

    Raises:
        OptionError: It cannot be read, is too large, or is no picture that only shows something.
    """
    import base64

    from smsheets.files import is_endless

    if not brand.logo:
        return ""
    path = folder / brand.logo
    try:
        if is_endless(path):
            raise OptionError(f"{path}: {_NO_PICTURE}")
        with path.open("rb") as stream:
            data = stream.read(_LARGEST_LOGO + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not possible"
        raise OptionError(f"brand.logo: {path} cannot be read: {reason}") from error
    if len(data) > _LARGEST_LOGO:
        raise OptionError(f"brand.logo: {path} is larger than {_LARGEST_LOGO // 1_000} KB: save a smaller picture")
    kind = next((kind for start, kind in _PICTURES.items() if data.startswith(start)), "")
    if not kind:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = ""
        if "<svg" not in text[:_HEAD] or not text.lstrip().startswith(("<svg", "<?xml", "<!")):
            raise OptionError(f"brand.logo: {path} {_NO_PICTURE}")
        if _ACTS.search(text):
            raise OptionError(
                f"brand.logo: {path} does more than show a picture (a script, or a link to elsewhere): save it as .png"
            )
        kind = "image/svg+xml"
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
