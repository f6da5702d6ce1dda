"""Links in a text as X finds them: each counts as 23 characters there, however long it is.

The rules are those of X's public counting library, and a test holds the texts of its test suites: a link begins with
http(s):// or is a bare name in Latin letters; the name ends in one of the endings of `link_endings.txt`; a port, a path
and a query may follow; punctuation that closes a sentence is not part of it. Any text is read in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_LATIN = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b"
    "\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_CYRILLIC = "\u0400-\u04ff"
_NO_TEXT = "\ufffe\ufeff\uffff\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
"""Code points that no text should hold, and marks that turn the direction of writing."""

_NAME = re.compile(rf"[^\s!'#%&()*+,\\/:;<=>?@\[\]^{{|}}~${_NO_TEXT}]+")
"""A run of letters of any script, digits, dots, hyphens and underscores."""
_LATIN_RUN = re.compile(rf"[\-a-z0-9.{_LATIN}]+", re.IGNORECASE)
_OF_A_WORD = r"a-z0-9@\uff20$#\uff03\ufffe\ufeff\uffff"
"""No link begins right behind one of these: it is a part of a word, a mention, a hashtag."""
_PROTOCOL = re.compile(rf"(?:^|[^{_OF_A_WORD}])(https?://)\Z", re.IGNORECASE)
_LONGEST_PROTOCOL = len(" https://")
_NOT_BEFORE = re.compile(rf"[{_OF_A_WORD}\-_./]", re.IGNORECASE)
"""A bare name right behind one of these is a part of something else, such as an address."""

_PORT = re.compile(r":[0-9]+")
_IN_PATH = rf"[a-z{_CYRILLIC}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_LATIN}]"
_PATH_PIECE = re.compile(rf"{_IN_PATH}+|\((?:{_IN_PATH}+|{_IN_PATH}*\({_IN_PATH}+\){_IN_PATH}*)\)", re.IGNORECASE)
"""Characters of a path, or brackets that are opened and closed, at most two deep."""
_PATH_END = re.compile(rf"[+\-a-z{_CYRILLIC}0-9=_#/{_LATIN})]", re.IGNORECASE)
_QUERY = re.compile(r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]", re.IGNORECASE)

_LONGEST_PART = 63
"""Letters of one part of a name, written as it is sent (RFC 1035)."""
_LONGEST_LINK = 4096
_SHORT_LINK = re.compile(r"https?://t\.co/([a-z0-9]+)", re.IGNORECASE)
_LONGEST_SHORT_LINK = 40
"""Letters behind t.co/: X makes no longer ones, so such a text is not a link."""
_ENCODED = "xn--"
_ENCODED_ENDING = re.compile(r"xn--[\-0-9a-z]+", re.IGNORECASE)
_MORE = re.compile(r"[0-9a-z@+\-]", re.IGNORECASE)
"""Before one of these an ending is none."""


def find_x_links(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each link, in order."""
    if "." not in text:
        return
    position = link_end = 0
    while run := _NAME.search(text, position):
        start, position = run.span()
        # Right behind a link the first character only parts it from the next one.
        start += link_end == start > 0
        protocol = _PROTOCOL.search(text[max(0, start - _LONGEST_PROTOCOL) : start])
        if protocol is None and _NOT_BEFORE.match(text[start - 1 : start]):
            continue
        name_end = _end_of_name(text, start, position)
        if name_end is None:
            continue
        name = text[start:name_end]
        path_end, link_end = _end_of_link(text, name_end)
        if protocol is not None:
            begin = start - len(protocol[1])
            short = _SHORT_LINK.match(text, begin, link_end)
            if short is not None:
                query = _QUERY.match(text, short.end())
                link_end = short.end() if query is None else query.end()
            position = link_end
            too_long = short is not None and len(short[1]) > _LONGEST_SHORT_LINK
            if not too_long and _can_be_sent(name) and link_end - begin <= _LONGEST_LINK:
                yield begin, link_end
            continue
        position = link_end
        bare = list(_bare_names(name))
        for number, (begin, end) in enumerate(bare, 1):
            is_last = number == len(bare)
            if _can_be_sent(name[begin:end]):
                yield start + begin, link_end if is_last and path_end > name_end else start + end


def _end_of_name(text: str, start: int, stop: int) -> int | None:
    """The end of the longest name from `start`: at least one part, a dot, an ending."""
    found, part = None, start
    while (dot := text.find(".", part, stop)) >= 0:
        if dot == part or text[part] in "-_" or text[dot - 1] in "-_":
            break
        if "_" not in text[part:dot]:
            found = _end_of_ending(text, dot + 1) or found
        part = dot + 1
    return found


def _bare_names(name: str) -> Iterator[tuple[int, int]]:
    """Start and end of each name in Latin letters within a name of any script."""
    for run in _LATIN_RUN.finditer(name):
        start, found, part = run.start(), None, run.start()
        while (dot := name.find(".", part, run.end())) >= 0:
            if dot == part:
                if found is not None:
                    yield start, found
                start, found = dot + 1, None
            else:
                found = _end_of_ending(name, dot + 1) or found
            part = dot + 1
        if found is not None:
            yield start, found


def _end_of_ending(text: str, start: int) -> int | None:
    """The end of the longest ending that begins at `start`; no letter or digit, @, + or - may follow it."""
    endings, longest = _endings()
    encoded = _ENCODED_ENDING.match(text, start)
    if encoded is not None:
        return encoded.end()
    for end in range(min(len(text), start + longest), start, -1):
        if text[start:end].lower() in endings and not _MORE.match(text, end):
            return end
    return None


def _end_of_link(text: str, position: int) -> tuple[int, int]:
    """The end of the path behind a name and its port, and the end of the query behind it."""
    port = _PORT.match(text, position)
    end = position if port is None else port.end()
    path_end = end
    if text[end : end + 1] == "/":
        path_end = end + 1
        piece = _PATH_PIECE.match(text, path_end)
        while piece is not None:
            last = piece.end()
            while last > piece.start() and not _PATH_END.match(text[last - 1]):
                last -= 1
            path_end = last if last > piece.start() else path_end
            piece = _PATH_PIECE.match(text, piece.end())
    query = _QUERY.match(text, path_end)
    return path_end, path_end if query is None else query.end()


def _can_be_sent(name: str) -> bool:
    """True if each part of a name, encoded, is short enough."""
    for part in name.split("."):
        if not part.isascii() and part.lower().startswith(_ENCODED):
            return False
        sent = len(part) if part.isascii() else len(_ENCODED) + len(part[:_LONGEST_PART].lower().encode("punycode"))
        if max(sent, len(part)) > _LONGEST_PART:
            return False
    return True


@cache
def _endings() -> tuple[frozenset[str], int]:
    """The endings of names that X knows, and the length of the longest.

    `example` is one, too: it is kept for examples (RFC 2606), so that a sample's links count as real ones would.
    """
    listed = Path(__file__).with_name("link_endings.txt").read_text(encoding="utf-8").split()
    endings = frozenset((*listed, "example"))
    return endings, max(map(len, endings))
