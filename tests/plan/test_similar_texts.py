"""Texts that are nearly the same are found, fast."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.texts import MIN_WORDS, alike_groups, likeness, plain_words, similar_groups

GLAZE = "Moss, fern, a wet meadow: our new green glaze is in the shop now, mugs first, bowls next week."


@pytest.mark.parametrize(
    "other",
    [
        GLAZE,
        GLAZE.upper(),
        GLAZE.replace(".", "!") + " #clay https://clay.example",
        GLAZE.replace("now", "today"),
        "Hello! " + GLAZE,
    ],
)
def test_nearly_the_same_is_found(other: str) -> None:
    assert similar_groups(["Something else, of about the same length as that one.", GLAZE, other], 0.85) == [[1, 2]]


@pytest.mark.parametrize(
    "other", ["", "Our new green glaze", "Our blue plates are in the shop now, and the green mugs come next week."]
)
def test_different_texts_are_left_alone(other: str) -> None:
    assert similar_groups([GLAZE, other], 0.85) == []


def test_short_texts_are_alike_by_chance() -> None:
    assert similar_groups(["Good morning!", "Good morning!", "Good morning"], 0.85) == []


JAPANESE = "新しい器が焼き上がりました。ぜひ店でご覧ください。"
"""New bowls are fired. Do come and see them at the shop."""


@pytest.mark.parametrize("other", [JAPANESE, "今日" + JAPANESE, JAPANESE.replace("。", "!") + " #clay"])
def test_the_same_text_in_a_script_without_spaces_is_found(other: str) -> None:
    chinese = "我们的新杯子下周到店，欢迎来看看。"
    assert similar_groups([JAPANESE, chinese, other], 0.85) == [[0, 2]]


@pytest.mark.parametrize("greeting", ["おはようございます", "早上好", "สวัสดี"])
def test_greetings_are_alike_by_chance_in_any_script(greeting: str) -> None:
    assert similar_groups([greeting, greeting], 0.85) == []


def test_groups_hold_all_copies() -> None:
    other = "Tea stains in your mug? Baking soda, a soft cloth, two minutes."
    assert similar_groups([GLAZE, other, GLAZE, other + " Swipe.", GLAZE], 0.85) == [[0, 2, 4], [1, 3]]


words = st.lists(st.sampled_from(["clay", "kiln", "bowl", "mug", "glaze", "blue", "green", "sand"]), min_size=MIN_WORDS)


@given(st.lists(words.map(" ".join), max_size=8))
def test_the_short_way_finds_what_comparing_all_finds(texts: list[str]) -> None:
    plain = [plain_words(text) for text in texts]
    together = {position: n for n, group in enumerate(similar_groups(texts, 0.85)) for position in group}
    for one in range(len(texts)):
        for other in range(one + 1, len(texts)):
            if likeness(plain[one], plain[other]) >= 0.85:
                assert together.get(one, -1) == together.get(other, -2), (texts[one], texts[other])


def test_a_thousand_posts_take_no_time() -> None:
    chance = random.Random(7)
    texts = [" ".join(chance.choices([f"word{n}" for n in range(500)], k=60)) for _ in range(900)]
    texts += [text.replace("word1 ", "other ") for text in texts[:50]]
    texts += [f"Our {n} new bowls are in the shop, come and see them on Saturday." for n in range(50)]
    begun = time.perf_counter()
    groups = similar_groups(texts, 0.85)
    assert len(groups) == 51
    assert time.perf_counter() - begun < 3


def test_groups_are_remembered_for_the_same_texts() -> None:
    texts = (GLAZE, "Something else altogether, nothing like it at all", GLAZE + " Now!")
    assert alike_groups(texts, 0.85) == ((0, 2),)
    assert alike_groups(texts, 0.85) is alike_groups(tuple(texts), 0.85)
