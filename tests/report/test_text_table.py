"""Tables and folded lines: nothing is cut off, and nothing is wider than there is room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.report.text import fold, set_table, text_width

WORDS = st.text(st.sampled_from("ab éß"), max_size=24).map(lambda text: " ".join(text.split()))


def lines_of(headings: list[str], rows: list[list[str]], room: int, right: list[bool] | None = None) -> list[str]:
    table = set_table(headings, rows, right or [False for _ in headings], room)
    return [*table.head, *table.body, *table.total]


def test_columns_stand_side_by_side() -> None:
    rows = [["Ads", "1,234.50"], ["Own time", "7.00"]]
    assert lines_of(["What", "Amount"], rows, 80, [False, True]) == [
        "",
        " What         Amount",
        " ───────────────────",
        " Ads        1,234.50",
        " Own time       7.00",
    ]


def test_the_widest_column_is_folded() -> None:
    rows = [["A line with a long name", "im Rückstand"]]
    assert lines_of(["Posten", "Status bis heute"], rows, 26) == [
        "",
        " Posten        Status bis",
        "               heute",
        " ─────────────────────────",
        " A line with   im",
        " a long name   Rückstand",
    ]


def test_a_total_stands_apart() -> None:
    table = set_table(["A"], [["x"], ["y"]], [False], 80, total=True)
    assert (table.body, table.total) == ([" ─", " x"], [" y"])
    assert set_table(["A"], [["x"]], [False], 80).total == []


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one twothreefour", 5, ["one", "twothreefour"]),
        ("twothree four", 5, ["twothree", "four"]),
        ("", 5, [""]),
    ],
)
def test_texts_are_folded_between_words(text: str, width: int, expected: list[str]) -> None:
    assert fold(text, width) == expected


def test_accents_take_no_column_of_their_own() -> None:
    assert [text_width(text) for text in ("abc", "ä", "a\u0308", "漢", "🎉", "")] == [3, 1, 1, 2, 2, 0]


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=5), st.integers(20, 60))
def test_no_letter_is_lost_and_no_line_too_wide(rows: list[list[str]], room: int) -> None:
    lines = lines_of(["One", "Two", "Three"], rows, room)
    assert max(text_width(line) for line in lines) <= room
    shown = "".join("".join(line.split()) for line in lines[lines.index(next(x for x in lines if "─" in x)) + 1 :])
    assert sorted(shown) == sorted("".join("".join(text.split()) for row in rows for text in row))
