"""Lengths of texts, counted as each platform counts.

Segmentation into graphemes (what a person sees as one character) is done by `grapheme`: it is pure Python, so it
also runs in a browser, where `regex` has no wheel. Its tables are of Unicode 13: newer emojis are right, because
their places were reserved in it; only conjuncts of some Indic scripts are counted as two. It is imported when it
is first needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

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

_GENERIC_ENDINGS = (
    "com net org info biz shop store online site blog app dev art design studio club page link email social "
    "media news photo photos photography gallery kitchen cafe coffee restaurant bar pub beer wine pizza farm "
    "garden flowers fashion clothing shoes jewelry beauty hair salon spa fit fitness yoga care clinic dental "
    "health tips guide center city berlin hamburg koeln koln wien tirol bayern saarland ruhr nrw swiss london "
    "paris amsterdam nyc today life live world company business agency digital solutions services support team "
    "tech software cloud host website web wiki work works academy school education training events tickets "
    "tours travel holiday hotel house haus immobilien gmbh ltd inc llc edu gov mil int name pro mobi jobs "
    "museum xyz top fun love gift gifts toys market marketing deals sale discount reisen jetzt"
)
_HOST = r"(?:[a-z0-9\u00c0-\u024f](?:[a-z0-9_\u00c0-\u024f-]*[a-z0-9\u00c0-\u024f])?\.)+"
_PATH = r"(?:[/?][^\s<>\"]*)"
_HASHTAG = re.compile(r"(?<![\w&/])[#\uff03](?=\w*[^\W\d_])(\w+)")
_CLOSERS = ".,;:!?'\"*_)]}»”"


@cache
def _x_link() -> re.Pattern[str]:
    """A link as X finds it; it takes milliseconds to compile, and few runs count letters.

    With http(s), or a bare name with a generic ending (`clay.shop`), or a country's ending with a path or a further
    part in front (`www.clay.de`); a bare `clay.de` stays text.
    """
    return re.compile(
        rf"(?<![\w@#$.])https?://{_HOST}[a-z]{{2,63}}(?::\d+)?{_PATH}?"
        rf"|(?<![\w@#$./-]){_HOST}(?:{'|'.join(_GENERIC_ENDINGS.split())})(?![\w-]|\.\w)(?::\d+)?{_PATH}?"
        rf"|(?<![\w@#$./-]){_HOST}[a-z]{{2}}(?::\d+)?{_PATH}"
        rf"|(?<![\w@#$./-])(?:[a-z0-9-]+\.){{2,}}[a-z]{{2}}(?![\w-]|\.\w)"
        rf"|(?<![\w@#$./-])[a-z0-9-]+\.(?:co|tv)(?![\w-]|\.\w)",
        re.IGNORECASE,
    )


def count_characters(text: str) -> int:
    """Unicode characters, a line break as one."""
    return len(_one_line_break(text))


def count_x(text: str) -> int:
    """X: after NFC, Latin 1, Chinese, Japanese, Korean 2, an emoji sequence 2, a link 23."""
    text = unicodedata.normalize("NFC", _one_line_break(text))
    length, position = 0, 0
    for start, end in _x_links(text):
        length += _x_weight(text[position:start]) + X_URL_LENGTH
        position = end
    return length + _x_weight(text[position:])


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
    return len(_HASHTAG.findall(text))


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


def _x_weight(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if _is_emoji(part) else sum(map(_x_code_point, part)) for part in split_graphemes(text))


def _x_code_point(character: str) -> int:
    return 1 if any(first <= ord(character) <= last for first, last in _X_LIGHT) else 2


def _x_links(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each link; punctuation that closes a sentence is not part of it."""
    if "." not in text:
        return
    for match in _x_link().finditer(text):
        found = match[0]
        while found and found[-1] in _CLOSERS and not (found[-1] == ")" and "(" in found):
            found = found[:-1]
        yield match.start(), match.start() + len(found)


def _is_pictograph(character: str) -> bool:
    from grapheme import grapheme_property_group as groups

    return bool(groups.get_group(character) is groups.GraphemePropertyGroup.EXTENDED_PICTOGRAPHIC)


def _is_regional(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF


def _one_line_break(text: str) -> str:
    return text.replace("\r\n", "\n")
