"""Lengths of texts, counted as each platform counts.

Graphemes (what a person sees as one character) are parted by the rules of Unicode, with the conjuncts of Indic scripts
as one, written as one pattern over the properties of characters that `graphemeu` brings along. Its own loop over the
characters takes half a minute for three hundred long texts; a test holds that both part texts alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from smsheets.x_links import find_x_links

X_URL_LENGTH = 23
"""The length of any link for X, however long it is (docs.x.com, counting characters)."""

_X_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
"""Code points that X counts as one; all others count as two (configuration of the twitter-text library)."""

_EMOJI_BY_ITSELF = frozenset(
    "\u231a\u231b\u23e9\u23ea\u23eb\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be"
    "\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753\u2754\u2755"
    "\u2757\u2795\u2796\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55"
) | frozenset(map(chr, range(0x2648, 0x2654)))
"""Characters below U+1F000 that are shown as emojis without a variation selector (Unicode, Emoji_Presentation)."""

_FIRST_EMOJI_BLOCK = 0x1F000
_EMOJI_SELECTOR = "\ufe0f"
_TEXT_SELECTOR = "\ufe0e"
_JOINER = "\u200d"
_KEYCAP = "\u20e3"
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))

_HASHTAGS = re.compile(r"(?<![\w&/])(?:[#\uff03](?=[\d_]*+[^\W\d_])\w++)++")
"""Hashtags, one behind the other without a space too: `#clay#kiln` are two."""
_HASH = re.compile(r"[#\uff03]")

_MASTODON_LINK_LENGTH = 23
"""Mastodon's count for any link with http(s):// (its documentation: links count 23)."""
_MENTION = re.compile(r"(?<![/\w])@([a-z0-9_]++)@[a-z0-9.\-]*[a-z0-9]", re.IGNORECASE)
"""A mention with its server, which Mastodon does not count."""


def count_characters(text: str) -> int:
    """Unicode characters, a line break as one."""
    return len(_one_line_break(text))


def count_x(text: str) -> int:
    """X: after NFC, Latin 1, Chinese, Japanese, Korean 2, an emoji sequence 2, a link 23."""
    text = _composed(_one_line_break(text))
    return _count_around(text, find_x_links(text), X_URL_LENGTH, _x_weight)


def count_mastodon(text: str) -> int:
    """Mastodon: graphemes, a link 23, a mention without its server."""
    links = (link for link in find_x_links(text) if text[slice(*link)].lower().startswith(("http://", "https://")))
    return _count_around(text, links, _MASTODON_LINK_LENGTH, lambda part: count_graphemes(_MENTION.sub(r"@\1", part)))


def count_threads(text: str) -> int:
    """Threads: an emoji counts as its bytes in UTF-8, anything else as one."""
    text = _one_line_break(text)
    return len(text) if text.isascii() else _sum_of_parts(text, _threads_length)


def count_graphemes(text: str) -> int:
    """Characters as a person sees them: a family emoji is one."""
    text = _one_line_break(text)
    return len(text) if text.isascii() else len(split_graphemes(text))


def count_bytes(text: str) -> int:
    """Bytes in UTF-8."""
    return len(_one_line_break(text).encode())


def count_hashtags(text: str) -> int:
    """Words with # in front; `#1` and the # inside a link are none."""
    return sum(len(_HASH.findall(run)) for run in _HASHTAGS.findall(text))


def split_graphemes(text: str) -> list[str]:
    """The text in parts that a person sees as one character each."""
    return _grapheme().findall(text)


@cache
def _grapheme() -> re.Pattern[str]:
    """One part of a text: the rules GB3 to GB13 of Unicode, Standard Annex 29."""
    from grapheme import grapheme_property_group as groups  # type: ignore[import-untyped]
    from grapheme import incb_property_group as conjuncts

    known = _sets_of(groups)
    indic = _sets_of(conjuncts)
    end_of_line = rf"{known['CR']}{known['LF']}{known['Control']}"
    syllable = (
        rf"[{known['L']}]*+(?:[{known['LV']}][{known['V']}]*+|[{known['LVT']}]|[{known['V']}]++)[{known['T']}]*+"
        rf"|[{known['L']}]++|[{known['T']}]++"
    )
    flag = rf"[{known['Regional_Indicator']}]{{2}}"
    emoji = rf"[{known['Extended_Pictographic']}]"
    emojis = rf"{emoji}(?:[{known['Extend']}]*+[{known['ZWJ']}]{emoji})*+"
    link = rf"[{indic['InCBExtend']}]*+[{indic['InCBLinker']}][{indic['InCBExtend']}{indic['InCBLinker']}]*+"
    conjunct = rf"[{indic['InCBConsonant']}](?:{link}[{indic['InCBConsonant']}])*+"
    core = rf"(?:{syllable}|{flag}|{emojis}|{conjunct}|[^{end_of_line}])"
    tail = rf"[{known['Extend']}{known['ZWJ']}{known['SpacingMark']}]*+"
    begun = rf"[{known['Prepend']}]"
    special = f"{''.join(known.values())}{''.join(indic.values())}"
    # Most characters, and syllables that are one letter, are a part by themselves: a look at the next one says so.
    runs = re.findall(f"[^{special}]+", "".join(map(chr, range(0x20, 0x10000))))
    plain = f"[{''.join(_range(ord(run[0]), ord(run[-1])) for run in runs)}{known['LV']}{known['LVT']}]"
    return re.compile(rf"{plain}(?={plain}|\Z)|\r\n|{begun}*+{core}{tail}|{begun}++{tail}|[{end_of_line}]")


def _sets_of(properties: Any) -> Mapping[str, str]:
    """Property -> its characters, as they are written within the brackets of a pattern."""
    sets: dict[str, list[str]] = {}
    for code, group in properties.SINGLE_CHAR_MAPPINGS.items():
        sets.setdefault(group.value, []).append(_range(code, code))
    for first, last, group in properties.RANGE_TREE[1]:
        sets.setdefault(group.value, []).append(_range(first, last))
    return {name: "".join(parts) for name, parts in sets.items()}


def _range(first: int, last: int) -> str:
    return f"\\U{first:08x}-\\U{last:08x}"


_PIECE = 128
"""Characters that are composed at a time: putting a run of accents in order takes the square of its length."""
_JAMO = range(0x1160, 0x1200)


def _composed(text: str) -> str:
    """The text in NFC. A run of more than a hundred accents, which is no word, is composed in pieces."""
    if text.isascii() or len(text) <= _PIECE:
        return unicodedata.normalize("NFC", text)
    pieces: list[str] = []
    start = 0
    while start < len(text):
        end = stop = min(start + _PIECE, len(text))
        while start < end < len(text) and _joins(text[end]):
            end -= 1
        end = end if end > start else stop
        pieces.append(unicodedata.normalize("NFC", text[start:end]))
        start = end
    return "".join(pieces)


def _joins(character: str) -> bool:
    """True if it may become one with what is before it."""
    return unicodedata.category(character).startswith("M") or ord(character) in _JAMO


def _is_emoji(part: str) -> bool:
    """True if one grapheme is shown as an emoji."""
    first = part[0]
    if _KEYCAP in part or _is_regional(first):
        return len(part) > 1
    if not _is_pictograph(first) or _TEXT_SELECTOR in part:
        return False
    marked = len(part) > 1 and (_EMOJI_SELECTOR in part or _JOINER in part or bool(_SKIN_TONES & set(part)))
    return marked or first in _EMOJI_BY_ITSELF or ord(first) >= _FIRST_EMOJI_BLOCK


def _count_around(text: str, links: Iterable[tuple[int, int]], each_link: int, count: Callable[[str], int]) -> int:
    """The length of a text whose links all count the same; what is between them is counted by `count`."""
    length, position = 0, 0
    for start, end in links:
        length += count(text[position:start]) + each_link
        position = end
    return length + count(text[position:])


def _x_weight(text: str) -> int:
    return len(text) if text.isascii() else _sum_of_parts(text, _x_length)


def _sum_of_parts(text: str, length_of: Callable[[str], int]) -> int:
    """The lengths of all graphemes together; of equal ones it is asked once."""
    return sum(count * length_of(part) for part, count in Counter(split_graphemes(text)).items())


_REMEMBERED = 1 << 16
"""Graphemes whose length is kept: more than all letters of Chinese and Korean."""


@lru_cache(_REMEMBERED)
def _x_length(part: str) -> int:
    return 2 if _is_emoji(part) else sum(map(_x_code_point, part))


def _threads_length(part: str) -> int:
    return len(part.encode()) if _is_emoji(part) else len(part)


def _x_code_point(character: str) -> int:
    return 1 if any(first <= ord(character) <= last for first, last in _X_LIGHT) else 2


def _is_pictograph(character: str) -> bool:
    from grapheme import grapheme_property_group as groups

    return bool(groups.get_group(character) is groups.GraphemePropertyGroup.EXTENDED_PICTOGRAPHIC)


def _is_regional(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def _one_line_break(text: str) -> str:
    return text.replace("\r\n", "\n")
