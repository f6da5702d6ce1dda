"""Lengths of texts, counted as each platform counts.

Segmentation into graphemes (what a person sees as one character) is done by `graphemeu`: it is pure Python, so it also
runs in a browser, and follows today's Unicode, with the conjuncts of Indic scripts as one. It is imported when it is
first needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

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

_HASHTAGS = re.compile(r"(?<![\w&/])(?:[#\uff03](?=\w*[^\W\d_])\w+)+")
"""Hashtags, one behind the other without a space too: `#clay#kiln` are two."""
_HASH = re.compile(r"[#\uff03]")

_MASTODON_LINK_LENGTH = 23
"""Mastodon's count for any link with http(s):// (its documentation: links count 23)."""
_MENTION = re.compile(r"(?<![/\w])@([a-z0-9_]+)@[a-z0-9.\-]*[a-z0-9]", re.IGNORECASE)
"""A mention with its server, which Mastodon does not count."""


def count_characters(text: str) -> int:
    """Unicode characters, a line break as one."""
    return len(_one_line_break(text))


def count_x(text: str) -> int:
    """X: after NFC, Latin 1, Chinese, Japanese, Korean 2, an emoji sequence 2, a link 23."""
    text = unicodedata.normalize("NFC", _one_line_break(text))
    return _count_around(text, find_x_links(text), X_URL_LENGTH, _x_weight)


def count_mastodon(text: str) -> int:
    """Mastodon: graphemes, a link 23, a mention without its server."""
    links = (link for link in find_x_links(text) if text[slice(*link)].lower().startswith(("http://", "https://")))
    return _count_around(text, links, _MASTODON_LINK_LENGTH, lambda part: count_graphemes(_MENTION.sub(r"@\1", part)))


def count_threads(text: str) -> int:
    """Threads: an emoji counts as its bytes in UTF-8, anything else as one."""
    text = _one_line_break(text)
    if text.isascii():
        return len(text)
    return sum(len(part.encode()) if _is_emoji(part) else len(part) for part in split_graphemes(text))


def count_graphemes(text: str) -> int:
    """Characters as a person sees them: a family emoji is one."""
    text = _one_line_break(text)
    return len(text) if text.isascii() else sum(1 for _ in split_graphemes(text))


def count_bytes(text: str) -> int:
    """Bytes in UTF-8."""
    return len(_one_line_break(text).encode())


def count_hashtags(text: str) -> int:
    """Words with # in front; `#1` and the # inside a link are none."""
    return sum(len(_HASH.findall(run)) for run in _HASHTAGS.findall(text))


def split_graphemes(text: str) -> Iterator[str]:
    """The text in parts that a person sees as one character each."""
    import grapheme  # type: ignore[import-untyped]

    yield from grapheme.graphemes(text)


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
    if text.isascii():
        return len(text)
    return sum(2 if _is_emoji(part) else sum(map(_x_code_point, part)) for part in split_graphemes(text))


def _x_code_point(character: str) -> int:
    return 1 if any(first <= ord(character) <= last for first, last in _X_LIGHT) else 2


def _is_pictograph(character: str) -> bool:
    from grapheme import grapheme_property_group as groups

    return bool(groups.get_group(character) is groups.GraphemePropertyGroup.EXTENDED_PICTOGRAPHIC)


def _is_regional(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def _one_line_break(text: str) -> str:
    return text.replace("\r\n", "\n")
