"""What the page itself says, around the report."""

from __future__ import annotations

import msgspec

from smsheets.report.wording import Words


class PageTexts(msgspec.Struct, frozen=True, kw_only=True):
    """The page's own texts, in the reader's language."""

    skip: str
    contents: str
    brief: str
    next_steps: str
    figures: str
    also: str
    of_target: str
    target: str
    as_of: str
    done: str
    from_day: str
    due: str
    slips_to: str
    name: str
    time: str
    status: str


def page_texts(words: Words) -> PageTexts:
    """The page's own texts in a language."""
    return PageTexts(
        skip=words.text("Skip to the report"),
        contents=words.text("On this page"),
        brief=words.text("In brief"),
        next_steps=words.text("What to do next"),
        figures=words.text("The figures"),
        also=words.text("Also"),
        of_target=words.text("of target"),
        target=words.text("Target"),
        as_of=words.text("as of"),
        done=words.text("done"),
        from_day=words.text("from"),
        due=words.text("due"),
        slips_to=words.text("likely until"),
        name=words.text("Initiative"),
        time=words.text("When"),
        status=words.text("Status"),
    )
