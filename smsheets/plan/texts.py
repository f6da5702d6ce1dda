"""The texts of posts: nearly the same ones, and those over a channel's limit, counted as the channel counts.

Comparing each text with each other is too slow for a thousand posts. Two texts that are nearly the same share many
groups of three words; only pairs that share enough of them are compared closely.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import msgspec

from smsheets.plan.calendar import Calendar, Post, TextLimit
from smsheets.plan.record import group_by
from smsheets.plan.reference import Count, Limit, Platform
from smsheets.text_length import (
    count_bytes,
    count_characters,
    count_graphemes,
    count_hashtags,
    count_mastodon,
    count_threads,
    count_x,
)

_LONGEST = 5_000
"""Characters, as many as nearly all platforms take: of a longer text the beginning is compared."""
_MOST_WORDS = 300
"""Words of a text that are compared: posts are shorter, and the time grows with the square."""
_MOST_GROUPS = 400_000
"""Groups of words of all texts together; of very many long texts, those at their beginnings are kept."""
_MOST_STEPS = 20_000_000
"""Words of one text times words of another, of all pairs that are compared closely: texts made to be nearly alike
would take hours."""
MIN_WORDS = 5
"""Shorter texts ("Good morning!") are alike by chance."""

_GROUP = 3
"""Words that make a group: two are shared by many texts that are not alike."""
_COMMON = 40
"""A group of words in more texts than this is likely a closing line: then only neighbours are paired by it."""

_NOT_TEXT = re.compile(r"https?://\S+|www\.\S+|[@#]\w+")
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese letters: no space parts their words."""
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_LETTER = re.compile(rf"[{_UNSPACED}]")


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without links, hashtags, mentions, punctuation, capitals.

    Of a script without spaces each letter is one.
    """
    return tuple(_WORD.findall(_NOT_TEXT.sub(" ", text[:_LONGEST]).casefold())[:_MOST_WORDS])


def is_too_short(words: Sequence[str]) -> bool:
    """True for a text that may be like another by chance; two letters of a script without spaces count as a word."""
    letters = sum(map(bool, map(_LETTER.fullmatch, words)))
    return len(words) - letters / 2 < MIN_WORDS


def _similar_pairs(texts: Sequence[str], least: float) -> Iterator[tuple[int, int, float]]:
    """Positions of two texts and how alike they are (1 = the same words), where that is at least `least`."""
    known = {text: plain_words(text) for text in dict.fromkeys(texts)}
    words = [known[text] for text in texts]
    steps = 0
    for first, second in _candidates(words, least):
        steps += len(words[first]) * len(words[second]) if words[first] != words[second] else 0
        alike = likeness(words[first], words[second]) if steps <= _MOST_STEPS else 0.0
        if alike >= least:
            yield first, second, alike


def similar_groups(texts: Sequence[str], least: float) -> list[list[int]]:
    """Positions of texts that are alike, directly or over a third one; each group and all groups in order."""
    leader = list(range(len(texts)))

    def find(position: int) -> int:
        while leader[position] != position:
            leader[position] = leader[leader[position]]
            position = leader[position]
        return position

    for first, second, _ in _similar_pairs(texts, least):
        one, other = sorted((find(first), find(second)))
        leader[other] = one
    return [group for group in group_by(range(len(texts)), find).values() if len(group) > 1]


@lru_cache(maxsize=1)
def alike_groups(texts: tuple[str, ...], least: float) -> tuple[tuple[int, ...], ...]:
    """`similar_groups`, remembered: several rules ask for the groups of the same calendar."""
    return tuple(map(tuple, similar_groups(texts, least)))


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike two lists of words are, 0..1: twice the words in common order by all words."""
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()


def _candidates(words: Sequence[tuple[str, ...]], least: float) -> Iterator[tuple[int, int]]:
    """Pairs that may be alike. The same text many times over gives pairs with its first place only."""
    first_place: dict[tuple[str, ...], int] = {}
    by_group: dict[tuple[str, ...], list[int]] = defaultdict(list)
    most = _MOST_GROUPS // max(len(words), 1)
    for position, text in enumerate(words):
        if is_too_short(text):
            continue
        if text in first_place:
            yield first_place[text], position
            continue
        first_place[text] = position
        begun = text[: max(most, _GROUP)]
        for group in {begun[start : start + _GROUP] for start in range(len(begun) - _GROUP + 1)}:
            by_group[group].append(position)
    shared: Counter[tuple[int, int]] = Counter()
    for places in by_group.values():
        reach = len(places) if len(places) <= _COMMON else 1
        shared.update((one, other) for n, one in enumerate(places) for other in places[n + 1 : n + 1 + reach])
    for (one, other), count in shared.items():
        if count >= _needed(len(words[one]), len(words[other]), least):
            yield one, other


def _needed(one: int, other: int, least: float) -> float:
    """Groups that two texts must share at least to be so alike: a word too many spoils three, one too few two."""
    same = least * (one + other) / 2
    longer, shorter = max(one, other), min(one, other)
    if shorter < same:
        return float("inf")
    return max(1.0, longer - _GROUP + 1 - _GROUP * (longer - same) - (_GROUP - 1) * (shorter - same))


COUNTERS: Mapping[Count, Callable[[str], int]] = {
    Count.CHARACTERS: count_characters,
    Count.X_WEIGHTED: count_x,
    Count.THREADS: count_threads,
    Count.MASTODON: count_mastodon,
    Count.GRAPHEMES: count_graphemes,
    Count.BYTES: count_bytes,
}

_OWN = "The sheet Text limits"


class TooLong(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a post over a limit.

    Attributes:
        part: `copy`, `title` or `hashtags`, also its column.
        length: As the channel counts it.
        most: The limit that is passed.
        refused: True over the hard limit, False where the text may be cut.
        limit: The limit with its source.
    """

    post: Post
    part: str
    length: int
    most: int
    refused: bool
    limit: Limit


def limits_of(channel: str, platforms: Mapping[str, Platform], own: TextLimit | None) -> tuple[Limit, ...]:
    """The limits of a channel; a number that the user changed on the sheet Text limits goes before the platform's.

    A number that is one of the platform's own limits of that part is no change: all of them hold.
    """
    platform = platforms.get(channel)
    known = platform.limits if platform is not None else ()
    written = {} if own is None else {"copy": own.limit, "title": own.title_limit, "hashtags": own.hashtag_limit}
    found = []
    for limit in known:
        number = written.pop(limit.part, None)
        is_known = any(other.part == limit.part and other.error == number for other in known)
        if number is not None and not is_known:
            limit = msgspec.structs.replace(limit, error=number, warn=None, source=_OWN, date="")
        found.append(limit)
    more = (Limit(part=part, error=number, source=_OWN) for part, number in written.items() if number is not None)
    return (*found, *more)


def texts_too_long(calendar: Calendar, platforms: Mapping[str, Platform]) -> Iterator[TooLong]:
    """Every part of every post that is over a limit of its channel, each part once; cancelled posts are left out."""
    own = {row.channel: row for row in reversed(calendar.text_limits)}
    limits = {channel: limits_of(channel, platforms, own.get(channel)) for channel in calendar.channels}
    for post in calendar.posts:
        if post.channel is None or post.status == "cancelled":
            continue
        too_long = [_compare(post, limit) for limit in limits[post.channel]]
        by_part = {found.part: found for found in reversed(too_long) if found is not None}
        yield from by_part.values()


def _compare(post: Post, limit: Limit) -> TooLong | None:
    length = _length(post, limit)
    most = limit.error if limit.warn is None or length > limit.error else limit.warn
    if length <= most:
        return None
    return TooLong(post=post, part=limit.part, length=length, most=most, refused=length > limit.error, limit=limit)


def _length(post: Post, limit: Limit) -> int:
    if limit.part == "hashtags":
        return count_hashtags(post.full_text) if post.copy is not None else count_hashtags(post.hashtags or "")
    text = post.full_text if limit.part == "copy" else post.title or ""
    return COUNTERS[limit.count](text)
