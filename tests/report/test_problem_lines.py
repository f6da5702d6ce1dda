"""Problems in words: English in the catalogue of texts, other languages in theirs, no text left behind."""

from __future__ import annotations

from string import Formatter

import msgspec
import pytest

from smsheets.cells import CellRef
from smsheets.problems import NOTHING, QUOTED, SOME_NUMBER, Quoted, make_problem, problem_texts
from smsheets.report.wording import Words, problem_lines
from smsheets.spec.catalogue import languages, load_part

CELL = CellRef("budget.xlsx", "Budget", 14, 8)
TEXTS = {
    *(text for words in problem_texts().values() for text in msgspec.structs.astuple(words) if text),
    *(QUOTED, NOTHING, SOME_NUMBER),
}


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", languages()[1:])
def test_a_language_has_every_text_and_no_other(language: str) -> None:
    texts = load_part(language, "problems")
    assert set(texts) == TEXTS
    assert [text for text, own in texts.items() if names(text) != names(own)] == []


def test_a_problem_in_english() -> None:
    problem = make_problem("cell.not-a-number", CELL, column="Actual, Mar 2027", found=Quoted("12 k"), read="12000")
    assert str(problem) == (
        "budget.xlsx: Budget!H14: 'Actual, Mar 2027' must be a number, found text '12 k'. Write 12000, or leave it"
        " empty. [cell.not-a-number]"
    )


@pytest.mark.parametrize(
    ("language", "says", "todo"),
    [
        (
            "en",
            "'Ist, Mär 2027' must be a number, found text 'bald'.",
            "Write a plain number such as 1200, or leave it empty.",
        ),
        (
            "de",
            "'Ist, Mär 2027' muss eine Zahl sein, gefunden: Text 'bald'.",
            "Schreiben Sie eine Zahl wie 1200, oder lassen Sie die Zelle leer.",
        ),
    ],
)
def test_a_problem_in_the_reader_s_language(language: str, says: str, todo: str) -> None:
    problem = make_problem("cell.not-a-number", CELL, column="Ist, Mär 2027", found=Quoted("bald"), read=SOME_NUMBER)
    words = Words(language)
    assert [words.text(line.text, line.values) for line in problem_lines(problem)] == [says, todo]


def test_a_guess_is_said_only_where_there_is_one() -> None:
    found = Quoted("Instagrm")
    with_guess = make_problem("cell.not-in-list", CELL, column="Channel", list="All", found=found, guess="Instagram")
    without = make_problem("cell.not-in-list", CELL, column="Channel", list="All", found=found, guess="")
    assert with_guess.says.endswith("found text 'Instagrm'; did you mean 'Instagram'?")
    assert without.says.endswith("found text 'Instagrm'.")


def test_a_run_of_cells() -> None:
    problem = make_problem("table.missing-column", CellRef("a.xlsx", "Posts", 3, 2), "F", column="Date")
    assert problem.place == "a.xlsx: Posts!B3:F3"


@pytest.mark.parametrize("code", problem_texts())
def test_a_text_has_one_shape(code: str) -> None:
    words = problem_texts()[code]
    assert words.says.endswith(".")
    assert words.todo.endswith(".")
    assert "invalid" not in words.says
    assert len(words.says) < 150


def test_words_of_the_sheet_are_not_translated() -> None:
    """'Lists' and 'Done' have German words, but this sheet is called 'Lists' and that cell says 'Done'."""
    problem = make_problem(
        "cell.not-in-open-list", CELL, column="Status", list="Categories", found=Quoted("Done"), lists_sheet="Lists"
    )
    says, todo = (Words("de").value(line) for line in problem_lines(problem))
    assert "Text 'Done'" in says
    assert "'Categories'" in says
    assert "'Lists'" in todo


NEVER_SEVERAL = {
    "cell.not-a-first-day", "cell.not-a-currency", "cell.not-a-language", "cell.not-a-country",  # lines of Start here
    "row.several-not-counted", "row.not-shown",  # about several rows already
}  # fmt: skip


def test_what_can_be_wrong_all_down_a_column_is_said_once_for_all() -> None:
    by_cell = {code for code in problem_texts() if code.partition(".")[0] in ("cell", "row", "id")} - NEVER_SEVERAL
    assert {code for code in by_cell if not (problem_texts()[code].several or problem_texts()[code].hint)} == set()
