"""A person's own words are never translated, even where the program has the same word for something of its own.

The check: rename people, lines, goals and so on to words that the German catalogue knows (`Owner`), and again to
words that it cannot know (`Ownerqq`). But for that ending both German reports must be the same.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec
import pytest
from sample_analysis import markdown_of, sample_analysis

from smsheets import Analysis
from smsheets.analysis.context import Context, PlanSet, Term
from smsheets.analysis.run import analyze_business
from smsheets.report.json_view import render_json
from smsheets.report.markdown import render_markdown
from smsheets.report.sections.headline import render_brief
from smsheets.report.wording import Words

ENDING = "qq"
RENAMED = {
    "Owner": "Owner",
    "Assistant": "Share",
    "Facebook ads": "Advertising",
    "Pinterest ads": "Total",
    "Autumn shop campaign": "Budget to date",
    "5,000 followers through influencers": "Month",
    "Double the German Instagram audience in 6 months": "Forecast",
    "pinterest": "Owner",
    "behind_the_scenes": "Advertising",
    "link_clicks": "Deadline",
    "software": "Forecast",
    "carousel": "Target",
}
"""What the sample says -> a word that the program has too."""

Item = TypeVar("Item")
GERMAN = Words("de")


def renamed(item: Item, ending: str) -> Item:
    """The same with other words, all the way down."""
    if isinstance(item, str):
        return RENAMED[item] + ending if item in RENAMED else item  # type: ignore[return-value]
    if isinstance(item, tuple):
        return tuple(renamed(part, ending) for part in item)  # type: ignore[return-value]
    if isinstance(item, msgspec.Struct):
        fields = {name: value for name, value in msgspec.structs.asdict(item).items() if name != "where"}
        return msgspec.structs.replace(item, **{name: renamed(value, ending) for name, value in fields.items()})
    return item


def analysis_of(ending: str) -> Analysis:
    """The English sample with its people and things renamed."""
    sample = sample_analysis("en")
    own = sample.businesses[0].context
    plans = PlanSet(**{kind: renamed(plan, ending) for kind, plan in msgspec.structs.asdict(own.plans).items()})
    business = analyze_business(f"Findings{ending}", msgspec.structs.replace(own, plans=plans))
    return Analysis(as_of=sample.as_of, files=(), businesses=(business, business))


@pytest.mark.parametrize("word", sorted({*RENAMED.values(), "Findings"}))
def test_the_words_are_ones_that_the_program_translates(word: str) -> None:
    assert GERMAN.value(Term(word)) != word
    assert GERMAN.value(Term(word + ENDING)) == word + ENDING
    assert GERMAN.value(word) == word


def test_markdown_leaves_own_words_alone() -> None:
    known = render_markdown(markdown_of(analysis_of("")), GERMAN)
    unknown = render_markdown(markdown_of(analysis_of(ENDING)), GERMAN)
    assert ENDING in unknown
    assert known.splitlines() == unknown.replace(ENDING, "").splitlines()


def test_json_leaves_own_words_alone() -> None:
    known = render_json(analysis_of(""), GERMAN).decode()
    unknown = render_json(analysis_of(ENDING), GERMAN).decode()
    assert known.splitlines() == unknown.replace(ENDING, "").splitlines()


def test_the_brief_leaves_own_words_alone() -> None:
    known, unknown = (render_brief(analysis_of(ending), GERMAN) for ending in ("", ENDING))
    assert known.split()[0] == "Findings,"
    assert unknown.split()[0] == f"Findings{ENDING},"


def test_words_of_the_program_are_translated_wherever_they_come_from() -> None:
    context: Context = sample_analysis("en").businesses[0].context
    assert GERMAN.value(context.metric_name("orders")) == "Bestellungen"
    assert GERMAN.value(context.metric_name("Orders")) == "Orders"
    assert GERMAN.value(context.list_word("formats", "carousel")) == GERMAN.value(Term("Carousel"))
    assert GERMAN.value(context.list_word("formats", "Target")) == "Target"
    assert GERMAN.value((context.metric_name("orders"), "Owner")) == "Bestellungen, Owner"
