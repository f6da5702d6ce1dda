"""How much room texts take, and how wide a column must be for its heading."""

from __future__ import annotations

import pytest
from small_layout import small_layout

from smsheets.layout.measures import BOLD, INDENT, is_narrow, line_count, text_length

SHEETS = """\
sheets:
  - id: main
    name: Main
    blocks:
      - type: table
        id: lines
        rows: 12
        columns:
          - {id: name, label: Verantwortlichkeitsbereich, width: 8}
          - {id: long, label: One two three four five six seven, width: 6}
          - {id: folded, label: One two three four five six eight, width: 6, advanced: true}
          - {id: week, label: W, width: 3, each: weeks}
"""


def test_letters_differ() -> None:
    assert text_length("iiii") < text_length("0000") < text_length("MMMM")
    assert text_length("漢字") > text_length("ab")
    assert text_length("") == 0


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("one", 10, 1), ("one\ntwo", 10, 2), ("three words here", 8, 3), ("0" * 25, 10, 3), ("a b", 0, 1)],
)
def test_lines_are_broken_between_words(text: str, width: float, lines: int) -> None:
    assert line_count(text, width) == lines


def test_small_letters_need_fewer_lines() -> None:
    text = "A sentence that is a little too long for its column."
    assert line_count(text, 30, 0.7) < line_count(text, 30)


def test_no_word_of_a_heading_is_cut() -> None:
    layout = small_layout(SHEETS)
    columns, widths = layout.tables["lines"].repetitions, layout.sheets[1].widths
    assert widths[columns["name"][0].col] >= text_length("Verantwortlichkeitsbereich") * BOLD + INDENT
    long, folded = columns["long"][0], columns["folded"][0]
    assert line_count(long.label, widths[long.col] - INDENT, BOLD) == 2
    assert line_count(folded.label, widths[folded.col] - INDENT, BOLD) == 2


def test_narrow_columns_stay_narrow() -> None:
    layout = small_layout(SHEETS)
    weeks = layout.tables["lines"].repetitions["week"]
    assert all(is_narrow(week.spec) for week in weeks)
    assert {layout.sheets[1].widths[week.col] for week in weeks} == {3.0}


def test_a_heading_of_one_endless_word_or_of_many_lines_ends_somewhere() -> None:
    sheets = SHEETS.replace("Verantwortlichkeitsbereich", "x" * 300).replace("label: W,", 'label: "a\\nb\\nc\\nd\\ne",')
    widths = small_layout(sheets).sheets[1].widths
    assert max(widths.values()) == 60.0
