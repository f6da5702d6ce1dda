"""Text lengths as each platform counts them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smsheets import x_links
from smsheets.text_length import (
    X_URL_LENGTH,
    _composed,
    count_bytes,
    count_characters,
    count_graphemes,
    count_hashtags,
    count_mastodon,
    count_threads,
    count_x,
    split_graphemes,
)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
THUMB_DARK = "\U0001f44d\U0001f3ff"
FLAG = "\U0001f1e9\U0001f1ea"
KEYCAP = "1\ufe0f\u20e3"
SUN = "\u2600\ufe0f"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Good morning", 12),
        ("日本", 4),
        ("한국어", 6),
        ("Ä, ß and é", 10),
        ("“so”", 4),
        ("a … b", 6),
        ("©", 1),
        (FAMILY, 2),
        (THUMB_DARK, 2),
        (FLAG + FLAG, 4),
        (KEYCAP, 2),
        (SUN, 2),
        ("two\r\nlines", 9),
    ],
)
def test_x_counts_by_weight(text: str, length: int) -> None:
    assert count_x(text) == length


def test_x_counts_an_accent_typed_separately_as_one_letter() -> None:
    assert count_x("cafe\u0301") == 4


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("https://clay.example/a/very/long/path?with=a&query=too", ""),
        ("Look: http://clay.example/sale.", "Look: ."),
        ("(https://clay.example/bowls)", "()"),
        ("www.clay.de", ""),
        ("clay.de/bowls", ""),
        ("clay.shop is open", " is open"),
        ("clay.com, as ever", ", as ever"),
        ("https://töpferei.example/größe!", "!"),
    ],
)
def test_x_counts_any_link_as_23(text: str, around: str) -> None:
    assert count_x(text) == X_URL_LENGTH + len(around)


X_LENGTHS = Path(__file__).with_name("x_lengths.jsonl")
"""Section of a suite, length, text: the texts of all suites of twitter-text (Apache License 2.0), each with the length
that version 3.1.0 of the library gives with its default configuration (emoji count 2)."""
NOT_AS_X = {"a \u270c\U0001f3ff\ufe0f#hashtag here"}
"""A skin tone with an emoji selector behind it: the library's emoji ends before the selector, and it counts 2 more."""
LISTED_ENDINGS = (Path(x_links.__file__).with_name("link_endings.txt")).read_text(encoding="utf-8").split()


def test_x_counts_every_text_of_the_public_suites_as_the_library_does() -> None:
    cases = [json.loads(line) for line in X_LENGTHS.read_text(encoding="utf-8").splitlines()]
    wrong = [(section, text, length, count_x(text)) for section, length, text in cases if count_x(text) != length]
    assert {text for _, text, _, _ in wrong} == NOT_AS_X, wrong
    assert len(cases) == 483
    assert any("Weighted" in section for section, _, _ in cases)


@pytest.mark.parametrize("ending", ["de", "shop", "space", "jp", "\ud55c\uad6d", "\u307f\u3093\u306a"])
def test_x_knows_the_endings_of_names(ending: str) -> None:
    assert ending in LISTED_ENDINGS
    assert count_x(f"See clay.{ending} today") == len("See ") + X_URL_LENGTH + len(" today")
    assert len(LISTED_ENDINGS) == 1574


@given(st.text(alphabet="a.-_/:@# \u4e2dcom()?", max_size=200))
def test_links_are_in_order_and_lie_in_the_text(text: str) -> None:
    ends = [position for link in x_links.find_x_links(text) for position in link]
    assert ends == sorted(ends)
    assert all(0 <= position <= len(text) for position in ends)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("New at https://clay.example/a/very/long/path/that/goes/on?and=on today", len("New at  today") + 23),
        ("http://clay.shop", 23),
        ("clay.shop and www.clay.de", 25),
        ("@pottery@mastodon.social says so", len("@pottery says so")),
        ("Write to studio@clay.com", len("Write to studio@clay.com")),
        (FAMILY + FLAG, 2),
        ("cafe\u0301", 4),
    ],
)
def test_mastodon_counts_links_mentions_and_graphemes(text: str, length: int) -> None:
    assert count_mastodon(text) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("\u0928\u092e\u0938\u094d\u0924\u0947", 3),
        ("\u0d15\u0d4d\u0d37", 1),
        (FAMILY, 1),
        (FLAG + FLAG, 2),
        ("\r\n", 1),
        ("\uac01\u1100\u1161", 2),
    ],
)
def test_graphemes_follow_todays_unicode(text: str, length: int) -> None:
    """The first is the word of atproto's own fixture: three, its conjunct is one."""
    assert count_graphemes(text) == length


@pytest.mark.parametrize("text", ["me.too", "studio@clay.com", "e.g. this", "1,240.50", "kiln.log"])
def test_x_leaves_what_is_no_link_as_text(text: str) -> None:
    assert count_x(text) == len(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x7E, min_codepoint=0x20, exclude_characters=".")))
def test_plain_letters_count_the_same_everywhere(text: str) -> None:
    counts = {count_x(text), count_characters(text), count_threads(text), count_graphemes(text), count_bytes(text)}
    assert counts == {len(text)}


@given(st.text())
def test_graphemes_put_together_are_the_text(text: str) -> None:
    assert "".join(split_graphemes(text)) == text


@given(st.text(alphabet=st.characters(exclude_characters=".\r")))
def test_x_counts_a_text_and_its_normal_form_the_same(text: str) -> None:
    assert count_x(text) == count_x(unicodedata.normalize("NFD", text))


def test_threads_counts_an_emoji_as_its_bytes() -> None:
    assert count_threads("Hi " + THUMB_DARK) == 3 + 8
    assert count_threads("Grüße") == 5
    assert count_threads("\u2600") == 1, "a sign that is shown as text is no emoji"


def test_graphemes_and_bytes() -> None:
    assert count_graphemes(FAMILY + "e\u0301") == 2
    assert count_bytes("é") == 2
    assert count_characters("a\r\nb") == 3


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("#clay and #töpferei_2027", 2),
        ("no. #1", 0),
        ("https://clay.example/#top", 0),
        ("a#b", 0),
        ("", 0),
    ],
)
def test_hashtags_are_counted(text: str, number: int) -> None:
    assert count_hashtags(text) == number


@given(
    st.text(
        st.sampled_from("a1é日가\u1100\u1161\u11a8क्ष\u200d\u0300\u0301\ufe0f\u20e3#👨👧🏿🇩🇪☀\r\n\x00\u0600\u0e33"),
        max_size=12,
    )
)
def test_graphemes_are_those_of_the_library(text: str) -> None:
    """But where it does not do as Unicode says: it joins what follows a text's first joiner of conjuncts, and pictures
    over two joiners, and takes flags behind a control character or a sign in front of numbers apart."""
    import grapheme

    assume(not re.search("(?:^|[^क्ष\u200d\u0300\u0301])[\u200d\u0300\u0301]*्", text))
    assume(not re.search("[\r\n\x00\u0600][🇩🇪]|\u200d\u200d", text))
    assert split_graphemes(text) == list(grapheme.graphemes(text))


@pytest.mark.parametrize("before", ["", "a", "\r", "\n", "\x00"])
def test_a_flag_is_one_grapheme_whatever_is_before_it(before: str) -> None:
    """Rules GB12 and GB13 of Unicode's UAX 29: regional indicators are taken in pairs."""
    assert split_graphemes(f"{before}🇩🇪🇩🇪") == [*before, "🇩🇪", "🇩🇪"]


@pytest.mark.parametrize("run", [1, 29, 127, 128, 129, 300, 1_000])
@pytest.mark.parametrize("piece", ["e\u0301", "\u1112\u1161\u11ab", "a\u0316\u0301 ", "é日", "\u09c7\u09be", "straße "])
def test_long_texts_are_composed_as_short_ones(piece: str, run: int) -> None:
    text = piece * run
    assert _composed(text) == unicodedata.normalize("NFC", text)


AWKWARD = {
    "accents": "a" + "\u0316\u0301" * 16_000,
    "families": FAMILY * 4_500,
    "flags": FLAG * 16_000,
    "Japanese": "日本語" * 10_000,
    "German": "Grüße aus Köln " * 2_100,
    "Hindi": "क्षत्रिय" * 4_000,
    "addresses": "www.a.de " * 3_500,
    "one address": "http://a.de/" + "(a)" * 10_000,
    "mentions": "@a@b.c " * 4_500,
    "hashtags": "#1a" * 10_000,
    "signs": "#" * 32_000,
}


@pytest.mark.parametrize("count", [count_x, count_mastodon, count_threads, count_graphemes, count_hashtags])
@pytest.mark.parametrize("kind", AWKWARD)
def test_a_long_text_takes_no_longer_than_its_length(kind: str, count: Callable[[str], int]) -> None:
    """It takes as long as sixteen texts of a sixteenth; with the square of its length it would take sixteen times."""
    text = AWKWARD[kind]
    short = text[: len(text) // 16]
    assert any(_seconds(count, text, 1) < 6 * _seconds(count, short, 16) for _ in range(5))


def _seconds(count: Callable[[str], int], text: str, times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        count(text)
    return time.process_time() - start


def test_the_library_is_imported_when_it_is_needed() -> None:
    code = "import sys, smsheets.text_length; sys.exit('grapheme' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
