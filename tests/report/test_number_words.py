"""Numbers and the words behind them: one of a thing, and percents, in every text of every output."""

from __future__ import annotations

import re
import string
from decimal import Decimal

import pytest

from smsheets.kinds import KINDS
from smsheets.money import Share
from smsheets.report.document import Line
from smsheets.report.wording import Words
from smsheets.spec.catalogue import languages, load_part, noun_forms

PARTS = ("common", *KINDS, "report", "headline", "charts", "page", "compare", "explain", "report-workbook", "problems")
TEXTS = sorted({english for part in (*PARTS, "program") for english in load_part("de", part)})
"""Every text of a report, a sheet, a finding and a problem: a test holds that German has them all."""

COUNTED = [text for text in TEXTS if re.search(r"\{\w+\} \w", text)]
ENDING_IN_S = frozenset(
    [
        "is", "has", "was", "costs", "gets", "comes", "stands", "does", "takes", "wants", "brings", "frees",
        "passes", "gives", "lies", "sells", "needs", "plans", "pays", "runs", "saves", "carries", "ends",
        "begins", "serves", "hangs", "speaks", "goes", "makes", "says", "looks", "means", "this", "as", "its",
        "less", "always", "business", "across", "reaches", "belongs", "holds", "fills", "looked", "names",
        "works", "allows", "replies", "keeps", "strategies", "was", "misses", "waits", "starts", "counts", "shows",
        "lets", "hours'", "does", "lacks",
    ]
)  # fmt: skip
"""Words behind a name in braces that are no plural."""


def names_in(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


def with_ones(text: str, language: str) -> str:
    return Words(language).text(text, dict.fromkeys(names_in(text), 1))


def behind_ones(language: str, word: str) -> list[tuple[str, str]]:
    """Every text with a count, and each word of a kind that is behind a one in it."""
    between = "|".join(noun_forms(language).between)
    pattern = re.compile(rf"\b1 (?:(?:{between}) )*({word})")
    return [(text, found) for text in COUNTED for found in pattern.findall(with_ones(text, language))]


def test_one_of_a_thing_is_no_plural_in_english() -> None:
    assert len(COUNTED) > 300
    assert [pair for pair in behind_ones("en", r"[a-z]+s\b") if pair[1] not in ENDING_IN_S] == []


def test_one_of_a_thing_is_no_plural_in_german() -> None:
    one = {*noun_forms("de").one.values()}
    assert [pair for pair in behind_ones("de", r"[A-ZÄÖÜ]\w+") if pair[1] not in one | NO_PLURAL] == []


NO_PLURAL = frozenset(
    [
        "Anzeigengeld", "Posten", "Fehler", "Gezeigt", "Umsatz", "Werbung", "Überziehung", "Zeichen", "Budget",
        "Prozent", "Gefunden",
    ]
)  # fmt: skip
"""German words behind a name in braces that are the same for one, or no noun that is counted."""


@pytest.mark.parametrize(
    ("language", "count", "shown"),
    [("en", 1, "1 post in 1 week"), ("en", 2, "2 posts in 2 weeks"), ("en", 0, "0 posts in 0 weeks"),
     ("de", 1, "1 Beitrag in 1 Woche"), ("de", 3, "3 Beiträge in 3 Wochen")],
)  # fmt: skip
def test_a_count_and_its_word_agree(language: str, count: int, shown: str) -> None:
    text = "{channel}: {posts} posts in {weeks} weeks; most of them on {weekday} ({most})."
    told = Words(language).text(text, {"channel": "X", "posts": count, "weeks": count, "weekday": "-", "most": 1})
    assert shown in told


def test_only_a_whole_one_is_one() -> None:
    words = Words("en")
    assert words.text("{hours} hours", {"hours": Decimal("1.0")}) == "1 hour"
    assert words.text("{hours} hours", {"hours": Decimal("1.5")}) == "1.5 hours"
    assert words.text("{hours} hours", {"hours": "1"}) == "1 hours"


PERCENT = {"en": "24.2%", "de": "24,2\u00a0%"}


@pytest.mark.parametrize("language", languages())
def test_a_share_is_written_as_its_language_does_and_never_broken(language: str) -> None:
    words, share = Words(language), Share(Decimal("0.242"))
    assert words.value(share) == PERCENT[language]
    assert words.text(Line("{share} of it", {"share": share})).startswith(PERCENT[language])


def test_no_text_has_a_space_before_percent_that_a_line_could_be_broken_at() -> None:
    words = Words("de")
    assert [text for text in TEXTS if re.search(r"\d\s%", text) or re.search(r"\d %", words.text(text))] == []
