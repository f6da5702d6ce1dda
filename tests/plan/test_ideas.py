"""Ideas that wait."""

from __future__ import annotations

from datetime import date

from smsheets.plan.calendar import Calendar, Idea, Post
from smsheets.plan.content import ReadyIdea, deal_ideas, ready_ideas

AS_OF = date(2027, 7, 5)


def test_ideas_never_used_come_before_evergreen_ones_that_have_rested() -> None:
    calendar = Calendar(
        ideas=(
            Idea(idea_id="N1", idea="Rested", evergreen=True, last_used=date(2027, 4, 6)),
            Idea(idea_id="N2", idea="Tired", evergreen=True, last_used=date(2027, 4, 7)),
            Idea(idea_id="N3", idea="Spent", evergreen=False, last_used=date(2026, 1, 1)),
            Idea(idea_id="N4", idea="Rested longer", evergreen=True, last_used=date(2027, 1, 1)),
            Idea(idea="Fresh"),
            Idea(idea_id="N6"),
        ),
        posts=(
            Post(post_id="P1", status="idea", title="Some day", channel="x"),
            Post(post_id="P2", status="idea", title="Too late", date=date(2027, 7, 4)),
            Post(post_id="P3", status="idea"),
            Post(post_id="P4", status="draft", title="On its way"),
        ),
    )
    ready = ready_ideas(calendar, AS_OF, 90)
    assert [idea.name for idea in ready] == ["'Some day' (P1)", "'Fresh'", "'Rested longer' (N4)", "'Rested' (N1)"]
    assert ready[0].channel == "x"


def test_an_idea_for_any_channel_goes_to_the_one_with_the_fewest() -> None:
    ideas = [
        ReadyIdea(name="a"),
        ReadyIdea(name="b", channel="x"),
        ReadyIdea(name="c"),
        ReadyIdea(name="d", channel="tiktok"),
        ReadyIdea(name="e", channel="x"),
    ]
    assert deal_ideas(ideas, ["x", "facebook"], 2) == {"x": ("b", "e"), "facebook": ("a", "c")}
    assert deal_ideas(ideas, [], 2) == {}
