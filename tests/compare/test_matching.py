"""Which row is which: by its id, else by its name, else by what it holds; never by where it stands."""

from __future__ import annotations

from compared import told

BEFORE = """
| id | line            | planned | note           |
| -- | --------------- | ------- | -------------- |
| B1 | Design tool     | 15      | on the 3rd     |
| B2 | Scheduling tool | 25      |                |
| B3 | Instagram ads   | 100     | local only     |
"""


def test_rows_that_were_sorted_are_the_same() -> None:
    sorted_rows = """
    | id | line            | planned | note           |
    | B3 | Instagram ads   | 100     | local only     |
    | B1 | Design tool     | 15      | on the 3rd     |
    | B2 | Scheduling tool | 25      |                |
    """
    assert told(BEFORE, sorted_rows) == []


def test_a_row_put_between_others_is_the_only_news() -> None:
    inserted = """
    | id | line            | planned | note           |
    | B1 | Design tool     | 15      | on the 3rd     |
    | B4 | Facebook ads    | 60      |                |
    | B2 | Scheduling tool | 25      |                |
    | B3 | Instagram ads   | 100     | local only     |
    """
    assert told(BEFORE, inserted) == ["added A3: B4"]
    assert told(inserted, BEFORE) == ["dropped A3: B4"]


def test_a_change_has_both_cells() -> None:
    moved_and_dearer = """
    | id | line            | planned | note           |
    | B3 | Instagram ads   | 120     | local only     |
    | B1 | Design tool     | 15      | on the 3rd     |
    | B2 | Scheduling tool | 25      | dearer         |
    """
    assert told(BEFORE, moved_and_dearer) == ["D3 > D4: B2 note: nothing > dearer", "C4 > C2: B3 planned: 100 > 120"]


def test_an_id_outweighs_a_name() -> None:
    """The second line was given another name, and a new line has its old one."""
    renamed = """
    | id | line            | planned | note           |
    | B1 | Design tool     | 15      | on the 3rd     |
    | B2 | Post planner    | 25      |                |
    | B3 | Instagram ads   | 100     | local only     |
    | B4 | Scheduling tool | 400     | of the agency  |
    """
    assert told(BEFORE, renamed) == ["B3 > B3: B2 line: Scheduling tool > Post planner", "added A5: B4"]


def test_rows_that_were_numbered_anew_are_found_by_what_they_hold() -> None:
    """A line was put in front, and the ids below were filled down again."""
    numbered_anew = """
    | id | line            | planned | note           |
    | B1 | Facebook ads    | 60      |                |
    | B2 | Design tool     | 15      | on the 3rd     |
    | B3 | Scheduling tool | 30      |                |
    | B4 | Instagram ads   | 100     | local only     |
    """
    assert told(BEFORE, numbered_anew) == [
        "A2 > A3: B2 id: B1 > B2 (content)",
        "A3 > A4: B3 id: B2 > B3 (content)",
        "C3 > C4: B3 planned: 25 > 30 (content)",
        "A4 > A5: B4 id: B3 > B4 (content)",
        "added A2: B1",
    ]


def test_a_lost_id_is_told_and_the_row_found() -> None:
    without = BEFORE.replace("| B2 |", "|    |")
    assert told(BEFORE, without) == ["A3 > A3:  id: B2 > nothing (content)"]
    assert told(without, BEFORE) == ["A3 > A3: B2 id: nothing > B2 (content)"]


def test_ids_that_stand_twice_leave_the_name() -> None:
    twice = BEFORE.replace("| B2 |", "| B1 |")
    assert told(BEFORE, twice) == ["A3 > A3: B1 id: B2 > B1 (content)"]
    assert told(twice, twice.replace("| 25 ", "| 26 ")) == ["C3 > C3: B1 planned: 25 > 26"]


def test_another_id_and_little_in_common_is_another_row() -> None:
    other = """
    | id | line            | planned | note           |
    | B1 | Design tool     | 15      | on the 3rd     |
    | B7 | Parcel tape     | 25      | brown          |
    | B3 | Instagram ads   | 100     | local only     |
    """
    assert told(BEFORE, other) == ["dropped A3: B2", "added A3: B7"]


def test_two_rows_that_are_as_much_alike_are_not_guessed_between() -> None:
    one = """
    | id | title     | text                |
    | P1 | Spring    | New mugs are here   |
    """
    two = """
    | id | title     | text                |
    | P8 | Spring    | New mugs are there  |
    | P9 | Spring    | New mugs are there  |
    """
    assert told(one, two) == ["dropped A2: P1", "added A2: P8", "added A3: P9"]


def test_without_ids_the_name_tells_rows_apart() -> None:
    before = """
    | channel   | low | high |
    | Instagram | 3   | 5    |
    | TikTok    | 1   | 2    |
    """
    after = """
    | channel   | low | high |
    | TikTok    | 1   | 3    |
    | Pinterest | 2   | 2    |
    | Instagram | 3   | 5    |
    """
    assert told(before, after) == ["C3 > C2:  high: 2 > 3 (name)", "added A3: "]


def test_without_ids_a_name_that_was_corrected_is_found_by_the_rest() -> None:
    before = """
    | channel   | low | high |
    | Instagram | 3   | 5    |
    | Tiktok    | 1   | 2    |
    """
    assert told(before, before.replace("Tiktok", "Tik Tok")) == ["A3 > A3:  channel: Tiktok > Tik Tok (content)"]


def test_rows_that_hold_the_same_several_times_are_counted() -> None:
    before = """
    | about | strength |
    | we    | fast     |
    | we    | fast     |
    """
    assert told(before, before + "    | we    | fast     |\n") == ["added A4: "]


def test_rows_that_a_new_workbook_begins_with_are_filled_in_and_not_new() -> None:
    before = """
    | about | strength | weakness |
    | we    |          |          |
    | we    |          |          |
    """
    after = """
    | about | strength | weakness |
    | we    | fast     |          |
    | we    | cheap    | few      |
    """
    assert told(before, after) == [
        "B2 > B2:  strength: nothing > fast (name)",
        "B3 > B3:  strength: nothing > cheap (name)",
        "C3 > C3:  weakness: nothing > few (name)",
    ]
