"""People's own words for the values of a list, several in one cell, and signs for "nothing yet"."""

from __future__ import annotations

from pathlib import Path

import pytest
from filled import GERMAN, filled, problem_lines, records

from smsheets.kinds import KINDS
from smsheets.reader.read import read_workbook
from smsheets.spec.catalogue import catalogue, languages
from smsheets.spec.load import load_spec

POST = """
| Post | Date       | Channel | Status | Owner |
|------|------------|---------|--------|-------|
| P1   | 2027-03-05 | {}      | {}     | {}    |
"""


def post(folder: Path, channel: str = "Instagram", status: str = "Idea", owner: str = "") -> Path:
    return filled(folder, "calendar", {"posts": POST.format(channel, status, owner)})


def codes(path: Path) -> list[str]:
    return [problem.code for problem in read_workbook(path).problems]


@pytest.mark.parametrize(
    ("typed", "read", "word"),
    [
        ("done", "published", "Published"),
        ("erledigt", "published", "Published"),
        ("Posted", "published", "Published"),
        ("LIVE", "published", "Published"),
        ("WIP", "draft", "Draft"),
        ("in progress", "draft", "Draft"),
        ("geplant", "scheduled", "Scheduled"),
        ("Veröffentlicht", "published", "Published"),
    ],
)
def test_a_status_in_ones_own_words(typed: str, read: str, word: str, tmp_path: Path) -> None:
    path = post(tmp_path, status=typed)
    assert records(read_workbook(path), "posts", "status") == f"| {read} |"
    assert problem_lines(path) == [
        f"calendar.xlsx: Posts!K6: 'Status' must be one of the words of the list 'Post statuses', found text '{typed}';"
        f" it was read as '{word}', but the sheet's own formulas do not know it. Pick '{word}'. [cell.other-word]"
    ]


@pytest.mark.parametrize("typed", ["published", "PUBLISHED", "'  Published '", "Published:"])
def test_case_and_spaces_alone_are_no_problem(typed: str, tmp_path: Path) -> None:
    path = post(tmp_path, status=typed)
    assert records(read_workbook(path), "posts", "status") == "| published |"
    assert codes(path) == []


def test_an_english_word_in_a_german_workbook(tmp_path: Path) -> None:
    posts = "| Datum | Kanal | Status |\n|--|--|--|\n| 2027-03-05 | Insta | Published |"
    path = filled(tmp_path, "calendar", {"posts": posts}, profile=GERMAN)
    assert records(read_workbook(path), "posts", "channel", "status") == "| instagram | published |"
    assert codes(path) == ["cell.other-word", "cell.other-word"]


@pytest.mark.parametrize("typed", ["IG", "insta", "Instagramm"])
def test_other_names_of_a_channel(typed: str, tmp_path: Path) -> None:
    path = post(tmp_path, channel=typed)
    assert records(read_workbook(path), "posts", "channel") == "| instagram |"
    assert codes(path) == ["cell.other-word"]


@pytest.mark.parametrize("typed", ["Twitter for X", "Twitter / X", "X"])
def test_a_channel_that_the_list_does_not_have(typed: str, tmp_path: Path) -> None:
    """There is no word of the list to pick; the value is clear all the same."""
    path = post(tmp_path, channel=typed)
    assert records(read_workbook(path), "posts", "channel") == "| x |"


@pytest.mark.parametrize("typed", ["Instagram, Facebook", "IG / FB", "IG+FB", "Instagram & Facebook", "IG/FB"])
def test_several_values_in_a_cell_for_one(typed: str, tmp_path: Path) -> None:
    path = post(tmp_path, channel=typed)
    assert records(read_workbook(path), "posts", "channel") == "|  |"
    assert problem_lines(path) == [
        f"calendar.xlsx: Posts!E6: 'Channel' must hold one value, found text '{typed}': Instagram, Facebook."
        " Write one row for each, with one of them. [cell.several-values]"
    ]


def test_one_value_that_holds_a_separator(tmp_path: Path) -> None:
    """An own value that was added to the list is looked up whole; so is a person's name."""
    posts = POST.format("Instagram & Facebook", "Idea", "Tom & Tina")
    path = filled(tmp_path, "calendar", {"posts": posts}, lists={"channels": ["Instagram & Facebook"]})
    assert records(read_workbook(path), "posts", "channel", "owner") == "| Instagram & Facebook | Tom & Tina |"
    assert codes(path) == ["cell.not-in-open-list"]


def test_a_value_of_a_closed_list_beside_an_unknown_word(tmp_path: Path) -> None:
    path = post(tmp_path, status="Draft, nearly")
    assert records(read_workbook(path), "posts", "status") == "|  |"
    assert "'Status' must hold one value, found text 'Draft, nearly': Draft, nearly." in problem_lines(path)[0]


@pytest.mark.parametrize("typed", ["'-'", "'TBD'", "'?'", "'n/a'", "'N.A.'", "'tbc'", "'noch offen'", "'–'"])
def test_a_sign_for_nothing_yet(typed: str, tmp_path: Path) -> None:
    posts = f"""
    | Post | Date    | Time    | Channel | Title   | Owner   | Status  |
    |------|---------|---------|---------|---------|---------|---------|
    | P1   | {typed} | {typed} | {typed} | {typed} | {typed} | {typed} |
    """
    path = filled(tmp_path, "calendar", {"posts": posts})
    read = read_workbook(path)
    text = typed.strip("'")
    assert records(read, "posts", "date", "time", "channel", "title", "owner", "status") == f"|  |  |  | {text} |  |  |"
    assert codes(path) == ["cell.placeholder"] * 5
    assert problem_lines(path)[0] == (
        f"calendar.xlsx: Posts!B6: 'Date' must hold a value or nothing, found text '{text}', which was read as nothing."
        " Leave it empty until there is a value. [cell.placeholder]"
    )


def test_a_sign_that_is_a_value_of_the_list(tmp_path: Path) -> None:
    posts = POST.format("?", "Idea", "")
    path = filled(tmp_path, "calendar", {"posts": posts}, lists={"channels": ["?"]})
    assert records(read_workbook(path), "posts", "channel") == "| ? |"


def test_a_tick_in_a_column_for_yes_and_no(tmp_path: Path) -> None:
    ideas = "| No. | Idea | Evergreen |\n|--|--|--|\n| N1 | One | x |\n| N2 | Two | ja |\n| N3 | Three | No |"
    path = filled(tmp_path, "calendar", {"ideas": ideas})
    assert records(read_workbook(path), "ideas", "evergreen") == "| True |\n| True |\n| False |"
    assert codes(path) == ["cell.other-word", "cell.other-word"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_means_one_value_of_its_list(kind: str) -> None:
    for spec in load_spec(kind).lists:
        meant: dict[str, str] = {}
        for value in spec.values:
            translations = (catalogue(language, "common", kind).text(value.text) for language in languages())
            for word in (value.id, value.text, *value.aliases, *translations):
                assert meant.setdefault(word.casefold(), value.id) == value.id, (spec.id, word)
