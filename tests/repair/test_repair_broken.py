"""Workbooks as people break them: what comes over, what stands in its place as typed, and what the list says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from filled import ENGLISH, GERMAN, change_table, filled
from openpyxl.comments import Comment
from patch_xlsx import Formula, patch_cells
from repair.repaired import Both, contents_of, repaired

from smsheets.rewrite.account import _without_ours
from smsheets.spec.model import Column

POSTS = """
| Post | Date       | Channel   | Title  | Status |
| ---- | ---------- | --------- | ------ | ------ |
| P1   | 2027-01-04 | Instagram | First  | Draft  |
| P2   | 2027-01-05 | Facebook  | Second | Idea   |
"""
LINES = """
| Line | Category    | What for | Jan 2027 Planned | Jan 2027 Actual |
| ---- | ----------- | -------- | ---------------- | --------------- |
| B1   | Advertising | Ads      | 100              | 80              |
| B2   | Own time    | Hours    | 50               |                 |
"""


def posts(tmp_path: Path, cells: dict[str, Any] | None = None, table: str = POSTS, **more: Any) -> Both:
    """A calendar with these posts and these cells changed, repaired. The headings stand in row 5."""
    path = filled(tmp_path, "calendar", {"posts": table}, **more)
    patch_cells(path, {f"Posts!{cell}": value for cell, value in (cells or {}).items()})
    return repaired(path)


def edited(tmp_path: Path, edit: Callable[[Any], None], kind: str = "calendar", **tables: str) -> Both:
    """A workbook opened, edited and saved by openpyxl, repaired."""
    path = filled(tmp_path, kind, tables or {"posts": POSTS})
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return repaired(path)


def values(both: Both, table: str, key: str) -> list[Any]:
    return [row.values.get(key) for row in both.after.rows[table]]


def test_a_whole_workbook_has_no_list(tmp_path: Path) -> None:
    both = posts(tmp_path)
    assert (both.repaired.list_name, both.repaired.is_whole, both.contents()) == ("", True, [])
    assert contents_of(both.after) == contents_of(both.before.read)


def test_a_word_that_is_in_no_list_stays_in_its_cell(tmp_path: Path) -> None:
    both = posts(tmp_path, {"K6": "nearly done"})
    assert both.contents() == ["Posts!K6: nearly done"]
    assert both.listed()[0][3:] == (
        "'Status' must be one of the words of the list 'Post statuses', found text 'nearly done'.",
        "Pick a word from the list.",
        "Posts!K6",
    )
    assert both.book["Posts"]["K6"].value == "nearly done"
    assert values(both, "posts", "status") == [None, "idea"]
    assert not both.repaired.is_whole


def test_the_list_of_a_german_workbook_is_german(tmp_path: Path) -> None:
    table = "| Beitrag | Status |\n| --- | --- |\n| P1 | fast fertig |"
    both = repaired(filled(tmp_path, "calendar", {"posts": table}, profile=GERMAN))
    assert both.repaired.list_name == "Nicht übernommen"
    heading = [cell.value for cell in both.book["Nicht übernommen"][1]]
    assert heading == ["Blatt", "Zelle", "Was dort stand", "Warum", "Was zu tun ist", "Steht jetzt in dieser Zelle"]
    assert both.listed()[0][4] == "Wählen Sie ein Wort aus der Liste."


def test_an_ambiguous_date_stays_as_it_was_typed(tmp_path: Path) -> None:
    both = posts(tmp_path, {"B6": "03/04/2027"}, profile=GERMAN.__class__(country="CA", months=3))
    assert both.book["Posts"]["B6"].value == "03/04/2027"
    assert values(both, "posts", "date")[0] is None
    assert [item.code for item in both.after.problems] == ["cell.ambiguous-date"]


def test_a_number_that_nobody_can_tell_stays_in_its_cell(tmp_path: Path) -> None:
    """Beside `5.67` and `7,89` nobody can tell what `1.234` is, and neither among the numbers that they are then."""
    table = """
    | Channel   | At least | At most |
    | --------- | -------- | ------- |
    | Instagram | '5.67'   | 9       |
    | Facebook  | '7,89'   | 9       |
    | TikTok    | '1.234'  | 9       |
    """
    both = edited(tmp_path, lambda book: None, cadence_wanted=table)
    assert values(both, "cadence_wanted", "low") == [Decimal("5.67"), Decimal("7.89"), None]
    assert [line[2] for line in both.listed()] == ["1.234"]
    assert both.listed()[0][5] == "Wanted cadence!B8"
    assert both.book["Wanted cadence"]["B8"].value == "1.234"


def test_numbers_and_dates_typed_as_text_become_real_ones(tmp_path: Path) -> None:
    both = posts(tmp_path, {"B6": "5 January 2027"})
    assert both.book["Posts"]["B6"].value == datetime(2027, 1, 5)
    assert (both.after.problems, both.contents()) == ((), [])


def test_a_formula_that_was_typed_over_is_back(tmp_path: Path) -> None:
    both = posts(tmp_path, {"C6": "Sunday!!", "C7": None})
    assert both.contents() == ["Posts!C6: Sunday!!"]
    assert both.book["Posts"]["C6"].value.startswith("=")
    assert both.book["Posts"]["C7"].value.startswith("=")
    assert both.after.problems == ()


def test_a_value_that_the_formula_gives_too_is_no_loss(tmp_path: Path) -> None:
    assert posts(tmp_path, {"C6": "Monday"}).contents() == []


def test_a_formula_of_ones_own_gives_its_value(tmp_path: Path) -> None:
    both = posts(tmp_path, {"H6": Formula('"Fir"&"st!"', "First!")})
    assert values(both, "posts", "title")[0] == "First!"
    assert both.contents() == ['Posts!H6: ="Fir"&"st!"']
    assert both.repaired.is_whole


def test_missing_and_double_ids_become_new_ones(tmp_path: Path) -> None:
    """No new id is one that a cell names: a reference to a row that is gone would get a row."""
    table = """
    | ID | Initiative | Depends on |
    | -- | ---------- | ---------- |
    | I1 | One        |            |
    | I1 | Two        |            |
    | I2 | Three      | I1, I7     |
    """
    both = edited(tmp_path, lambda book: None, "roadmap", initiatives=table)
    assert values(both, "initiatives", "initiative_id") == ["I1", "I8", "I2"]
    assert values(both, "initiatives", "depends_on")[2] == ("I1", "I7")
    assert [line[4] for line in both.listed()] == ["Its ID is I8 now. Write that wherever this row is meant."]


def test_a_missing_id_is_a_remark(tmp_path: Path) -> None:
    both = posts(tmp_path, {"A6": None})
    assert values(both, "posts", "post_id") == ["P3", "P2"]
    assert both.repaired.is_whole
    assert both.contents() == ["Posts!A6: "]


def test_own_columns_come_along_beside_their_rows(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["Posts"]
        sheet.insert_cols(3, 2)
        for row, (mood, day) in enumerate([("Owner", "Day"), ("good", date(2027, 2, 1)), (12, None)], 5):
            sheet.cell(row, 3).value, sheet.cell(row, 4).value = mood, day
        sheet.cell(8, 3).value = "a row of its own"

    both = edited(tmp_path, edit)
    assert both.repaired.own_columns == ("Owner", "Day")
    sheet = both.book["Posts"]
    cols = {sheet.cell(5, col).value: col for col in range(1, sheet.max_column + 1)}
    owners = [col for col in range(1, sheet.max_column + 1) if sheet.cell(5, col).value == "Owner"]
    assert len(owners) == 2
    assert [sheet.cell(row, owners[-1]).value for row in (6, 7, 8)] == ["good", 12, "a row of its own"]
    assert sheet.cell(6, cols["Day"]).value == datetime(2027, 2, 1)
    assert values(both, "posts", "title") == ["First", "Second"]


def test_own_sheets_come_along_as_values(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book.create_sheet("My notes", 1)
        sheet["B2"], sheet["C2"], sheet["D4"] = "Ideas", datetime(2027, 2, 3, 9, 15), "=1+1"
        sheet["E5"] = "=HYPERLINK"
        sheet["E5"].data_type = "s"

    both = edited(tmp_path, edit)
    assert both.repaired.own_sheets == ("My notes",)
    sheet = both.book["My notes"]
    assert (sheet["B2"].value, sheet["C2"].value, sheet["D4"].value) == ("Ideas", datetime(2027, 2, 3, 9, 15), None)
    assert (sheet["E5"].value, sheet["E5"].data_type) == ("=HYPERLINK", "s")


def test_notes_beside_the_tables_are_listed(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["Posts"]["AZ3"] = "Call the printer!"
        book["Posts"]["H900"] = "a post far below"
        book["Start here"]["B40"] = 42
        book["Posts"]["H6"].comment = Comment("Is this true?", "Mia")

    both = edited(tmp_path, edit)
    assert both.contents() == [
        "Start here!B40: 42",
        "Posts!AZ3: Call the printer!",
        "Posts!H6: Is this true?",
        "Posts!A900: ",
    ]
    assert values(both, "posts", "title")[-1] == "a post far below"


@pytest.mark.parametrize(
    ("note", "theirs"),
    [
        ("smsheets: It is wrong. Mend it. [cell.not-a-number]", ""),
        ("Mine\nsmsheets: It is wrong. Mend it. [cell.not-a-number]", "Mine"),
        ("Mine\nsmsheets: One. [a.b]\nsmsheets: Two. [a.c]\nand mine", "Mine\nand mine"),
        ("smsheets: without an end", "smsheets: without an end"),
        ("[cell.x] smsheets: a [b.c] d", "[cell.x]  d"),
        ("smsheets: " * 9_900, ("smsheets: " * 9_900).strip()),
    ],
)
def test_a_note_without_what_an_annotated_copy_wrote(note: str, theirs: str) -> None:
    assert _without_ours(note).strip() == theirs


def test_a_sheet_that_was_deleted_is_there_again(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        del book["Text limits"]
        del book["Lists"]

    both = edited(tmp_path, edit)
    assert {"Text limits", "Lists"} <= set(both.book.sheetnames)
    assert [line[4] for line in both.listed()] == [
        "Nothing: it is there again, as in a new workbook. Delete the sheet if you do not need it."
    ] * 2
    assert both.repaired.is_whole
    assert both.after.problems == ()


def test_own_words_of_a_list_and_own_settings_stay(tmp_path: Path) -> None:
    path = filled(
        tmp_path,
        "budget",
        {"lines": LINES.replace("Advertising", "Owner")},
        profile=GERMAN.__class__(months=3, company="Clay & Kiln"),
        forms={"settings": {"watch_share": 0.07}, "start": {"business": "Owner & Sons"}},
        lists={"categories": ["Prizes", "Gifts"], "people": ["Owner"]},
    )
    both = repaired(path)
    assert both.after.layout.lists["categories"].texts[-2:] == ("Prizes", "Gifts")
    assert both.after.forms["settings"]["watch_share"] == Decimal("0.07")
    assert both.after.forms["start"]["business"] == "Owner & Sons"
    assert values(both, "lines", "category")[0] == "Owner"


def test_people_are_not_translated(tmp_path: Path) -> None:
    """A person called "Owner": the German catalogue has that heading."""
    table = "| Beitrag | Titel | Verantwortlich |\n| --- | --- | --- |\n| P1 | x | Owner |"
    both = repaired(filled(tmp_path, "calendar", {"posts": table}, profile=GERMAN))
    assert values(both, "posts", "owner") == ["Owner"]
    assert contents_of(both.after) == contents_of(both.before.read)


def test_a_heading_that_looks_like_ours_keeps_its_values(tmp_path: Path) -> None:
    both = edited(tmp_path, lambda book: book["Posts"].__setitem__("H5", "Tiltel"))
    assert both.repaired.own_columns == ("Tiltel",)
    assert both.listed()[0][4] == "Its values stand in your own column 'Tiltel' now. Move them where they belong."
    sheet = both.book["Posts"]
    col = next(cell.column for cell in sheet[5] if cell.value == "Tiltel")
    assert [sheet.cell(row, col).value for row in (6, 7)] == ["First", "Second"]


def test_a_column_without_a_heading_is_called_by_its_letter(tmp_path: Path) -> None:
    both = edited(tmp_path, lambda book: book["Posts"].__setitem__("H5", None))
    assert both.repaired.own_columns == ("Column H",)
    sheet = both.book["Posts"]
    col = next(cell.column for cell in sheet[5] if cell.value == "Column H")
    assert [sheet.cell(row, col).value for row in (6, 7)] == ["First", "Second"]


def test_blank_rows_are_left_out_and_the_order_stays(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["Posts"]
        for col in (2, 8):
            sheet.cell(40, col).value = sheet.cell(6, col).value
            sheet.cell(6, col).value = None
        for col in (5, 11):
            sheet.cell(6, col).value = None

    both = edited(tmp_path, edit)
    assert [row.row for row in both.after.rows["posts"]] == [6, 7]
    assert values(both, "posts", "title") == ["Second", "First"]


def test_a_lone_cell_in_the_last_row_of_a_sheet(tmp_path: Path) -> None:
    both = edited(tmp_path, lambda book: book["Posts"].__setitem__("H1048576", "far away"))
    assert values(both, "posts", "title") == ["First", "Second", "far away"]


def test_a_dead_reference_is_the_persons_to_mend(tmp_path: Path) -> None:
    both = edited(tmp_path, lambda book: book["Posts"].__setitem__("B6", "#REF!"))
    assert both.contents() == ["Posts!B6: #REF!"]
    assert both.book["Posts"]["B6"].value is None


@pytest.mark.parametrize("profile", [ENGLISH, GERMAN], ids=["en", "de"])
def test_an_older_template_is_lifted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, profile: Any) -> None:
    """Version 2 of the calendar, made up: 'Title' is called 'Headline', 'Owner' is gone, 'Mood' is new."""
    from msgspec.structs import replace

    from smsheets.reader.identity import claims
    from smsheets.spec.load import load_spec

    def change(columns: tuple[Column, ...]) -> tuple[Column, ...]:
        kept = [item for item in columns if item.id != "approver"]
        renamed = [
            replace(item, label="Headline", aliases=(*item.aliases, "Title", "Titel")) if item.id == "title" else item
            for item in kept
        ]
        return (*renamed, Column(id="mood", label="Mood", hint="x"))

    newer = replace(change_table("posts", change)(load_spec("calendar")), version=2)
    table = "| {} | {} | {} |\n| --- | --- | --- |\n| P1 | First | Mia |"
    heads = ("Post ID", "Title", "Approver") if profile is ENGLISH else ("Beitrags-ID", "Titel", "Freigabe durch")
    path = filled(tmp_path, "calendar", {"posts": table.format(*heads)}, profile=profile)
    monkeypatch.setattr(claims, "load_spec", lambda kind: newer if kind == "calendar" else load_spec(kind))
    monkeypatch.setattr(claims, "_known_headings", claims._known_headings.__wrapped__)
    both = repaired(path)
    assert both.before.read.layout.spec.version == 2
    assert values(both, "posts", "title") == ["First"]
    assert both.repaired.own_columns == (heads[2],)
    headings = [cell.value for cell in both.book[both.after.layout.tables["posts"].sheet][5]]
    assert {"Headline", "Mood"} <= set(headings)
    facts = {row[0]: row[1] for row in both.book["_smsheets"].iter_rows(max_row=9, max_col=2, values_only=True)}
    assert facts["version"] == "2"
    assert facts["smsheets"] == "calendar"
