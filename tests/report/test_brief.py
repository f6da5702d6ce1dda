"""Ten lines for a message: what has to stand in them, and that they stay ten."""

from __future__ import annotations

import unicodedata
from datetime import date

import msgspec
import pytest
from sample_analysis import sample_analysis

from smsheets import Analysis
from smsheets.analysis.finding import Finding, Level
from smsheets.analysis.headline import Headline
from smsheets.analysis.plan_states import State
from smsheets.analysis.result import ReadFile
from smsheets.cells import CellRef
from smsheets.problems import make_problem
from smsheets.report.sections.headline import MOST_LINES, WIDTH, cut_words, render_brief
from smsheets.report.wording import Words


def brief(analysis: Analysis, language: str = "en") -> list[str]:
    return render_brief(analysis, Words(language)).splitlines()


def with_headline(headline: Headline, **more: object) -> Analysis:
    analysis = sample_analysis()
    business = msgspec.structs.replace(analysis.businesses[0], headline=headline)
    return msgspec.structs.replace(analysis, businesses=(business,), **more)


def finding(says: str, todo: str = "Do it.", level: Level = Level.ERROR) -> Finding:
    cell = CellRef("plan/my budget.xlsx", "Budget", 15, 19)
    return Finding(id="budget.over", level=level, says=says, todo=todo, source="", evidence=(cell,))


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_sample_takes_ten_lines_without_colours(language: str) -> None:
    text = render_brief(sample_analysis(language), Words(language))
    lines = text.splitlines()
    assert len(lines) <= MOST_LINES
    assert "\x1b" not in text
    assert "{" not in text
    assert [line for line in lines[1:] if len(line) > WIDTH] == []


def test_the_first_line_says_who_when_and_how_it_goes() -> None:
    assert brief(sample_analysis())[0].startswith("Clay & Kiln, Jul 5, 2027: Off track: goals; needs attention: ")


def test_a_step_has_its_cell_and_what_to_do_below_it() -> None:
    steps = (finding("'Ads' is over."), finding("'Tools' is over.", "Cancel one."))
    lines = brief(with_headline(Headline(state=State.OFF, steps=steps)))
    assert lines[1:5] == [
        "1. 'Ads' is over. (my budget.xlsx: Budget!S15)",
        "   Do it.",
        "2. 'Tools' is over. (my budget.xlsx: Budget!S15)",
        "   Cancel one.",
    ]


def test_a_long_step_is_cut_and_keeps_its_cell() -> None:
    (_, says, todo, _) = brief(with_headline(Headline(state=State.OFF, steps=(finding("word " * 80, "do " * 80),))))
    assert len(says) <= WIDTH
    assert says.endswith("word… (my budget.xlsx: Budget!S15)")
    assert len(todo) <= WIDTH
    assert todo.endswith("do…")


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("Fits.", 5, "Fits."),
        ("One two three", 9, "One two…"),
        ("One two, three", 9, "One two…"),
        ("Onetwothree", 6, "Onetw…"),
        ("First of all. Then more of it.", 16, "First of all."),
        ("A. Then quite a lot more", 16, "A. Then quite a…"),
    ],
)
def test_a_cut_text_ends_with_a_sentence_or_a_word(text: str, longest: int, expected: str) -> None:
    assert cut_words(text, longest) == expected
    assert len(expected) <= longest


def test_the_key_figures_stand_on_two_lines() -> None:
    lines = brief(sample_analysis())
    assert lines[-3].startswith("Spent to date €8,129.90 of €8,090.00 · ")
    assert "Orders: 61 (+3)" in lines[-2]


def test_the_last_line_counts_the_problems() -> None:
    problem = make_problem(
        "cell.not-a-number", CellRef("b.xlsx", "Budget", 1, 1), column="Actual", found="text 'x'", read="1"
    )
    assert brief(sample_analysis())[-1] == "Problems in the workbooks: none."
    counted = brief(with_headline(Headline(state=State.OFF), problems=(problem, problem)))
    assert counted[-1] == "Problems in the workbooks: 2. smsheets check lists them by cell."


def test_several_businesses_stand_one_below_the_other_with_their_own_problems() -> None:
    one = sample_analysis()
    business = one.businesses[0]
    problem = make_problem(
        "cell.not-a-number", CellRef("other.xlsx", "Budget", 1, 1), column="Actual", found="text 'x'", read="1"
    )
    other = ReadFile(file="other.xlsx", kind="budget", business=" other ", language="en", currency="EUR", records={})
    both = msgspec.structs.replace(
        one,
        businesses=(business, msgspec.structs.replace(business, business="Other")),
        files=(*one.files, other),
        problems=(problem,),
    )
    first, second = render_brief(both, Words("en")).split("\n\n")
    assert first.startswith("Clay & Kiln, ")
    assert first.endswith("Problems in the workbooks: none.")
    assert second.startswith("Other, ")
    assert "Problems in the workbooks: 1." in second


def test_without_a_business_it_still_says_something() -> None:
    empty = Analysis(as_of=date(2027, 3, 1), files=(), businesses=())
    assert brief(empty) == ["Problems in the workbooks: none."]


def test_what_people_typed_stays_one_line_of_text() -> None:
    nasty = "\x1b[31mred\x1b[0m\n\u202eevil {x}"
    analysis = with_headline(Headline(state=State.OFF, steps=(finding("Is {x}.", "Do {x}."),)))
    steps = (msgspec.structs.replace(analysis.businesses[0].headline.steps[0], values={"x": nasty}),)
    text = render_brief(with_headline(Headline(state=State.OFF, steps=steps)), Words("en"))
    assert len(text.splitlines()) == 4
    assert {sign for sign in text if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf")} == set()
