"""Calendars and roadmaps in which a guess would be wrong: nothing is brought over as something that it is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from adopt.layout_grammar import Sheet, source_of

from smsheets.layout.content import CellValue
from smsheets.reader.foreign.describe import describe_foreign
from smsheets.rewrite.adopt import AdoptOptions, adopt
from smsheets.rewrite.adoption import Adoption, our_name

DAY, LATER = date(2027, 3, 1), date(2027, 3, 3)
Rows = Sequence[Sequence[Any]]


def sheets(**named: Rows) -> list[Sheet]:
    """Sheets with these rows from A1 on."""
    found = []
    for name, rows in named.items():
        found.append(Sheet(name.replace("_", " ").strip()))
        for row in rows:
            found[-1].put_row(row)
    return found


def adopted(kind: str, *corrections: str, start: str = "", **named: Rows) -> Adoption:
    given = {"start": start} if start else {}
    options = AdoptOptions(kind=kind, given=given, corrections=corrections, default_start=date(2027, 1, 1))
    return adopt(source_of(sheets(**named)), options)


def rows_of(adoption: Adoption, table: str, *columns: str) -> list[tuple[CellValue, ...]]:
    found = next((item.rows for item in adoption.tables if item.table.id == table), [])
    return [tuple(row.cells.get(column) for column in columns) for row in found]


def targets(adoption: Adoption) -> dict[str, str]:
    return {match.name: match.target for item in adoption.tables for match in item.matches}


def left(adoption: Adoption) -> list[str]:
    return [part for item in adoption.left for part in str(item.value).split(" | ")]


@pytest.mark.parametrize("alone", [LATER, "03.03.2027", "Wednesday 3 March"])
@pytest.mark.parametrize(
    ("heads", "post"),
    [
        ([["Date", "Platform", "Topic", "Status"]], ["Instagram", "Bowl A", "Draft"]),
        ([["Date", "Instagram", "Facebook"]], ["Bowl A"]),
        ([["Date", "Instagram", None, "Facebook"], [None, "Text", "Status", "Text", "Status"]], ["Bowl A", "Draft"]),
        ([["Date", "Text", "Instagram", "Facebook"]], ["Bowl A", "x"]),
    ],
)
def test_a_day_that_nothing_is_planned_for_is_no_post(heads: Rows, post: list[str], alone: CellValue) -> None:
    """Calendars with all their days written down beforehand; the day is on the list of what was not brought over."""
    days: list[CellValue] = [DAY, date(2027, 3, 2), alone, date(2027, 3, 15)]
    days = days if isinstance(alone, date) else ["01.03.2027", "02.03.2027", alone, "15.03.2027"]
    plan = [*heads, [days[0], *post], [days[1], *post], [days[2]], [days[3], *post], [days[2]]]
    adoption = adopted("calendar", Plan=plan)
    dates = [row[0] for row in rows_of(adoption, "posts", "date")]
    assert dates == [DAY, date(2027, 3, 2), date(2027, 3, 15)]


@pytest.mark.parametrize(
    "heads",
    [
        ["Date", "Instagram", "Status", "Facebook", "Status"],
        ["Date", "Instagram", "Status (IG)", "Facebook", "Status (FB)"],
        ["Date", "Instagram", "Instagram status", "Facebook", "Facebook status"],
        ["Date", "📷 Instagram", "1. Status", "📘 Facebook", "2. Status"],
    ],
)
def test_a_platform_with_a_status_of_its_own(heads: list[str]) -> None:
    rows = [heads, [DAY, "Bowl A", "Draft", "Bowl B", "Posted"], [LATER, "Mug A", "Posted", "Mug B", "Draft"]]
    assert rows_of(adopted("calendar", Plan=rows), "posts", "channel", "title", "status") == [
        ("Instagram", "Bowl A", "Draft"),
        ("Facebook", "Bowl B", "Published"),
        ("Instagram", "Mug A", "Published"),
        ("Facebook", "Mug B", "Draft"),
    ]


def test_a_status_in_front_of_its_platform() -> None:
    rows = [["Date", "Status", "Instagram", "Status", "Facebook"], [DAY, "Draft", "Bowl A", "Posted", "Bowl B"]]
    assert rows_of(adopted("calendar", Plan=rows), "posts", "channel", "status") == [
        ("Instagram", "Draft"),
        ("Facebook", "Published"),
    ]


def test_a_status_of_nobody_knows_which_platform_is_none() -> None:
    rows = [
        ["Date", "Status", "Instagram", "Status", "Facebook", "Status"],
        [DAY, "Draft", "Bowl A", "Posted", "Bowl B", "Idea"],
    ]
    adoption = adopted("calendar", Plan=rows)
    assert rows_of(adoption, "posts", "channel", "title", "status") == [
        ("Instagram", "Bowl A", None),
        ("Facebook", "Bowl B", None),
    ]
    own = [sorted(map(str, row.own.values())) for item in adoption.tables for row in item.rows]
    assert own == [["Draft", "Idea", "Posted"]] * 2


@pytest.mark.parametrize(
    ("yes", "no"), [(True, False), ("x", None), ("Yes", "no"), (1, 0), ("✓", "✗"), ("ja", "nein"), ("X", "-")]
)
def test_a_box_that_is_not_ticked_is_no_post(yes: Any, no: Any) -> None:
    rows = [
        ["Date", "Topic", "Instagram", "Facebook", "TikTok", "Status"],
        [DAY, "Bowls", yes, yes, no, "Draft"],
        [LATER, "Studio", yes, no, yes, "Scheduled"],
    ]
    adoption = adopted("calendar", Plan=rows)
    assert rows_of(adoption, "posts", "date", "channel", "title", "status") == [
        (DAY, "Instagram", "Bowls", "Draft"),
        (DAY, "Facebook", "Bowls", "Draft"),
        (LATER, "Instagram", "Studio", "Scheduled"),
        (LATER, "TikTok", "Studio", "Scheduled"),
    ]
    assert any("not ticked" in note for note in adoption.notes)


def test_a_post_without_any_ticked_box_has_no_channel() -> None:
    rows = [["Date", "Topic", "Instagram", "Facebook"], [DAY, "Bowls", False, False], [LATER, "Cups", True, False]]
    assert rows_of(adopted("calendar", Plan=rows), "posts", "channel", "title") == [
        (None, "Bowls"),
        ("Instagram", "Cups"),
    ]


def test_a_status_below_each_platform() -> None:
    rows = [
        ["Date", "Caption", "Instagram", "LinkedIn"],
        [DAY, "New bowls", "Posted", "Draft"],
        [LATER, "Cups", "Draft", "Draft"],
    ]
    assert rows_of(adopted("calendar", Plan=rows), "posts", "channel", "copy", "status")[:2] == [
        ("Instagram", "New bowls", "Published"),
        ("LinkedIn", "New bowls", "Draft"),
    ]


PLAN = [["Date", "Platform", "Caption", "Status"], [DAY, "Instagram", "Bowls", "Draft"], [LATER, "X", "Cups", "Idea"]]


@pytest.mark.parametrize(
    "stray",
    [
        [["Category", "Hashtags", "Usage note"], ["Core", "#clay", "always"], ["Fair", "#fair", "in May"]],
        [["Invoice", "Client", "Date", "Amount", "Paid"], ["R1", "Anna", DAY, 90, "x"], ["R2", "Ben", LATER, 20, "x"]],
        [
            ["Date", "Description", "Category", "Amount"],
            [DAY, "clay", "material", 90],
            [LATER, "glaze", "material", 20],
        ],
        [["Platform", "Handle", "Best time"], ["Instagram", "@shop", "in the evening"], ["Facebook", "@bowls", "noon"]],
    ],
)
@pytest.mark.parametrize("place", ["sheet", "below", "beside"])
def test_a_table_of_something_else_is_not_brought_over(stray: Rows, place: str) -> None:
    if place == "sheet":
        adoption = adopted("calendar", Plan=PLAN, More=stray)
    elif place == "below":
        adoption = adopted("calendar", Plan=[*PLAN, [], *stray])
    else:
        lines = max(len(PLAN), len(stray))
        pairs = zip([*PLAN, *[[None] * 4] * lines], [*stray, *[[]] * lines], strict=False)
        adoption = adopted("calendar", Plan=[[*mine, None, *theirs] for mine, theirs in pairs][:lines])
    assert rows_of(adoption, "posts", "title", "copy") == [(None, "Bowls"), (None, "Cups")]
    assert [item.table.id for item in adoption.tables] == ["posts"]
    for row in stray[1:]:
        assert str(row[0]) in left(adoption)


def test_map_brings_such_a_table_over_all_the_same() -> None:
    bank = [["Category", "Hashtags", "Usage note"], ["Core", "#clay", "Bowls for all"], ["Fair", "#fair", "Come"]]
    adoption = adopted("calendar", "Usage note=Text", Plan=PLAN, Bank=bank)
    assert ("Bowls for all",) in rows_of(adoption, "posts", "copy")


def test_what_is_not_sure_is_shown_with_how_sure_it_is() -> None:
    rows = [
        ["Date", "Platform", "Reach", "Impressions", "Clicks (all)"],
        [DAY, "Facebook", 100, 200, 9],
        [LATER, "Facebook", 1, 2, 3],
    ]
    adoption = adopted("kpi-report", Plan=rows)
    match = next(match for item in adoption.tables for match in item.matches if match.name == "Clicks (all)")
    assert (match.target, match.perhaps) == ("", "clicks")
    table = next(item.table for item in adoption.tables)
    assert our_name(table, match, adoption.layout.words) == "a column of your own (Link clicks?)"
    assert 0 < match.confidence < 0.5


@pytest.mark.parametrize("heading", ["Video views", "Page likes", "Cost per click", "Reach (paid)"])
def test_figures_with_another_meaning_stay_their_own(heading: str) -> None:
    rows = [["Date", "Platform", "Saves", heading], [DAY, "Facebook", 1, 9], [LATER, "Facebook", 2, 3]]
    adoption = adopted("kpi-report", Plan=[[*row, 5 if number else "Reach"] for number, row in enumerate(rows)])
    assert targets(adoption)[heading] == ""


@pytest.mark.parametrize(
    ("heads", "row", "other", "expected"),
    [
        # the heading says a text, the cells a format
        (
            ["Week", "Message", "Post"],
            ["First", "Our services", "Carousel"],
            ["Next", "Clean", "Photo"],
            {"Post": "format"},
        ),
        (["Date", "Caption", "Content"], [DAY, "Our bowls", "Reel"], [LATER, "Cups", "Photo"], {"Content": "format"}),
        # of two texts the longer one is the text
        (
            ["Date", "Post", "Caption"],
            [DAY, "Bowls", "All our new bowls are out now"],
            [LATER, "Cups", "Cups are here, come and see"],
            {"Post": "title", "Caption": "copy"},
        ),
        # sentences are no hashtags, and hashtags are no text
        (
            ["Date", "Network", "COPY / HASHTAGS"],
            [DAY, "X", "Our new bowls are out #clay"],
            [LATER, "X", "Come #kiln"],
            {"COPY / HASHTAGS": "copy"},
        ),
        (
            ["Date", "Network", "Topic", "Text"],
            [DAY, "X", "A", "#clay"],
            [LATER, "X", "B", "#cup"],
            {"Text": "hashtags"},
        ),
        # the word before `of` names the thing
        (
            ["Date", "Text", "Kind of content"],
            [DAY, "One", "Trust"],
            [LATER, "Two", "Awareness"],
            {"Kind of content": ""},
        ),
        # a word within a heading is no short name of a record elsewhere
        (["Date", "Text", "Hook line"], [DAY, "One", "Look"], [LATER, "Two", "See"], {"Hook line": ""}),
    ],
)
def test_a_false_friend(heads: list[str], row: list[Any], other: list[Any], expected: dict[str, str]) -> None:
    found = targets(adopted("calendar", Plan=[heads, row, other]))
    assert {heading: found[heading] for heading in expected} == expected


@pytest.mark.parametrize(
    "heads",
    [
        ["📅 Date", "📱 Platform", "✍️ Caption", "#️⃣ Hashtags", "📌 Status"],
        ["1. Date", "2. Platform", "3. Caption", "4. Hashtags", "5. Status"],
        ["(1) Date", "(2) Platform", "(3) Caption", "(4) Hashtags", "(5) Status"],
        [
            "Date\n(dd/mm)",
            "Platform\nwhere",
            "Caption\n(text of the post, at most 2,200 characters with all)",
            "Hashtags",
            "Status",
        ],
        ["DATE:", "PLATFORM *", "Caption ✍️", "• Hashtags", "Status (internal)"],
    ],
)
def test_headings_dressed_up(heads: list[str]) -> None:
    rows = [
        heads,
        [DAY, "Instagram", "New bowls", "#clay", "✅ Posted"],
        [LATER, "🔵 Facebook", "Cups", "#cup", "1. Draft"],
    ]
    source = source_of(sheets(Plan=rows))
    assert "it looks like a content calendar" in describe_foreign(source)
    adoption = adopt(source, AdoptOptions(given={}, default_start=DAY))
    assert rows_of(adoption, "posts", "date", "channel", "copy", "hashtags", "status") == [
        (DAY, "Instagram", "New bowls", "#clay", "Published"),
        (LATER, "Facebook", "Cups", "#cup", "Draft"),
    ]


def test_weekdays_left_out_of_a_grid() -> None:
    rows = [["Tuesday", "Thursday"], ["1. Morning", "3. Quote"], ["8. Again", 10], ["15. Bowls", "17.Cups"]]
    assert rows_of(adopted("calendar", JUNE=rows, start="2027-06"), "posts", "date", "title") == [
        (date(2027, 6, 1), "Morning"),
        (date(2027, 6, 3), "Quote"),
        (date(2027, 6, 8), "Again"),
        (date(2027, 6, 15), "Bowls"),
        (date(2027, 6, 17), "Cups"),
    ]


def test_a_year_with_one_row_of_weekdays() -> None:
    week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    rows = [
        [None, *week],
        ["February", 1, 2, 3, 4, 5, 6, "7: Open day"],
        *([None, *range(first, first + 7)] for first in (8, 15, 22)),
        [],
        ["March", "1: Spring", *range(2, 8)],
        [None, *range(8, 14), "14: Mugs"],
    ]
    adoption = adopted("calendar", **{"2027 calendar": rows})
    assert rows_of(adoption, "posts", "date", "title") == [
        (date(2027, 2, 7), "Open day"),
        (date(2027, 3, 1), "Spring"),
        (date(2027, 3, 14), "Mugs"),
    ]


def test_a_grid_without_a_month_names_the_days_that_it_has() -> None:
    rows = [
        ["Mon", "Tue", "Wed", "Thu", "Fri"],
        [29, 30, 31, 1, 2],
        [None, "Bowls"],
        [5, 6, 7, 8, 9],
        [None, None, "Cups"],
    ]
    adoption = adopted("calendar", Plan=rows)
    assert rows_of(adoption, "posts", "date", "title") == [("30", "Bowls"), ("7", "Cups")]
    assert {item.found for item in adoption.not_read} == {"30", "7"}


def test_the_channel_is_on_a_line_of_its_own() -> None:
    rows = [
        ["May 2027"],
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        [*[None] * 5, 1, 2],
        [3, 4, 5, 6, 7, 8, 9],
        ["Bowls\nInstagram", "IG\nCups", "Mugs (FB)", "[TikTok] Plates", "Bowls\nIG\nCups\nFB", "One\nline\nmore", "x"],
    ]
    assert rows_of(adopted("calendar", Plan=rows), "posts", "channel", "title", "copy") == [
        ("Instagram", "Bowls", None),
        ("Instagram", "Cups", None),
        ("Facebook", "Mugs", None),
        ("TikTok", "Plates", None),
        ("Instagram", "Bowls", None),
        ("Facebook", "Cups", None),
        (None, None, "One\nline\nmore"),
        (None, "x", None),
    ]


def test_feast_days_among_the_posts_are_key_dates() -> None:
    rows = [
        ["May 2027"],
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        [*[None] * 5, "1\nLabour Day", 2],
        [3, 4, 5, 6, 7, 8, "9\nMother's Day\nIG: Flowers"],
        ["Labour Day wishes", "World Bowl Day"],
    ]
    adoption = adopted("calendar", Plan=rows)
    assert rows_of(adoption, "posts", "date", "channel", "title") == [
        (date(2027, 5, 9), "Instagram", "Flowers"),
        (date(2027, 5, 3), None, "Labour Day wishes"),
    ]
    assert rows_of(adoption, "key_dates", "date", "name") == [
        (date(2027, 5, 1), "Labour Day"),
        (date(2027, 5, 9), "Mother's Day"),
        (date(2027, 5, 4), "World Bowl Day"),
    ]


def test_months_across_and_days_down() -> None:
    rows = [
        ["2027"],
        ["Day", "January", "February", "March"],
        [1, "Bowls", None, "Cups"],
        [2, None, "Mugs", None],
    ]
    assert sorted(rows_of(adopted("calendar", Plan=rows), "posts", "date", "title")) == [
        (date(2027, 1, 1), "Bowls"),
        (date(2027, 2, 2), "Mugs"),
        (date(2027, 3, 1), "Cups"),
    ]


def test_bars_beside_a_roadmap_are_columns_of_their_own() -> None:
    rows = [
        ["Task", "Owner", "Start", "End", "Jan", "Feb", "Mar"],
        ["Shop photos", "Ana", date(2027, 1, 13), date(2027, 2, 20), "x", "x", None],
        ["New site", "Ben", date(2027, 2, 13), date(2027, 3, 20), None, "x", "x"],
    ]
    adoption = adopted("roadmap", Plan=rows)
    assert rows_of(adoption, "initiatives", "initiative", "start") == [
        ("Shop photos", date(2027, 1, 13)),
        ("New site", date(2027, 2, 13)),
    ]
    assert [len(row.own) for item in adoption.tables for row in item.rows] == [2, 2]


def test_an_idea_without_a_day_takes_none_from_above() -> None:
    """A day is given to the rows below it only where they begin with its column."""
    ideas = [["Tour", "Scheduled", DAY, "TikTok"], ["Sale", "Idea", None, "Instagram"]]
    adoption = adopted("calendar", Content=[["Name", "Status", "Publish date", "Channel"], *ideas])
    assert rows_of(adoption, "posts", "title", "date") == [("Tour", DAY), ("Sale", None)]


def test_platforms_down_and_weekdays_across() -> None:
    """The rows that say who makes it are no posts."""
    plan = [
        ["Semana del 1 al 7 de marzo de 2027"],
        [None, "Lunes", "Martes", "Miércoles"],
        ["Instagram", "Torno", None, "Taza"],
        ["Facebook", None, "Taller", None],
        ["Responsable", "Ana", "Ben", "Ana"],
    ]
    adoption = adopted("calendar", Semana=plan)
    assert rows_of(adoption, "posts", "channel", "date", "title") == [
        ("Instagram", DAY, "Torno"),
        ("Instagram", LATER, "Taza"),
        ("Facebook", date(2027, 3, 2), "Taller"),
    ]
    assert {"Responsable", "Ana", "Ben"} <= set(left(adoption))


@pytest.mark.parametrize("started", [date(2027, 2, 1), date(2027, 2, 2)])
def test_three_days_of_a_task_a_month_apart_are_no_months_across(started: date) -> None:
    """An export of a tool for tasks; a number of its own beside the words of our lists is no traceback."""
    heads = ["Task ID", "Created At", "Name", "Section/Column", "Assignee", "Start Date", "Due Date", "Projects"]
    task = [1201, date(2027, 1, 4), "Launch", "To do", "Ana", started, date(2027, 3, 1), "Social 2027"]
    guide = [1202, date(2027, 1, 4), "Guide", "Done", "Ben", date(2027, 1, 10), date(2027, 2, 1), "Social 2027"]
    adoption = adopted("roadmap", Tasks=[heads, task, guide])
    assert rows_of(adoption, "initiatives", "initiative", "owner", "start", "due") == [
        ("Launch", "Ana", started, date(2027, 3, 1)),
        ("Guide", "Ben", date(2027, 1, 10), date(2027, 2, 1)),
    ]


def test_the_amount_of_a_quarter_is_not_that_of_its_first_month() -> None:
    months = [["Item", "Category", "Q1 Budget", "Q2 Budget", "Jan planned"], ["Ads", "Ads", 3000, 2000, 900]]
    adoption = adopted("budget", Budget=months)
    assert rows_of(adoption, "lines", "line", "planned#1") == [("Ads", 900)]
    assert targets(adoption)["Q1 Budget"] == targets(adoption)["Q2 Budget"] == ""
