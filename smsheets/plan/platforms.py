"""What is known of each platform: limits of a text and how it is counted, how often to post, what to measure."""

from __future__ import annotations

from enum import Enum

import msgspec


class Count(Enum):
    """How a platform counts the length of a text (see `smsheets.text_length`)."""

    CHARACTERS = "characters"
    X_WEIGHTED = "x_weighted"
    THREADS = "threads"
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


class Platform(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One platform.

    Attributes:
        id: As in `--channels` (`instagram`).
        name: As people write it; the same in every language.
        aliases: Other ways of writing it (`IG`, `Insta`).
        limits: Text limits.
        cadence: The default of posts per week wanted.
        kpis: The metric ids (kpis.yaml) that a KPI report starts with for it, in order.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    cadence: Cadence | None = None
    kpis: tuple[str, ...] = ()
