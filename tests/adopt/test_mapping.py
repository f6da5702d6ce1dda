"""Which of their columns becomes which of ours, and how a user corrects it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from adopt.foreign_files import adopted, foreign, lost_texts, read_rows

from smsheets.errors import OptionError
from smsheets.rewrite.adoption import Adoption

ROWS = [
    ["Date", "Platform", "Caption", "Mood", "Idea by"],
    ["2027-05-03", "Instagram", "One", "happy", "Ana"],
    ["2027-05-04", "Facebook", "Two", "calm", "Ben"],
]


def mapped(adoption: Adoption) -> dict[str, str]:
    return {match.name: match.target for item in adoption.tables for match in item.matches}


def plan(folder: Path) -> Path:
    return foreign(folder / "plan.xlsx", {"Plan": ROWS})


def test_columns_that_are_none_of_ours_come_along(tmp_path: Path) -> None:
    adoption, target = adopted(plan(tmp_path))
    assert mapped(adoption) == {"Date": "date", "Platform": "channel", "Caption": "copy", "Mood": "", "Idea by": ""}
    assert lost_texts(target, {"Plan": ROWS}, "2027-05-03", "2027-05-04") == []


@pytest.mark.parametrize("ours", ["title", "Title", "Titel", "Headline"])
def test_a_correction_names_our_column_or_its_heading(tmp_path: Path, ours: str) -> None:
    adoption, target = adopted(plan(tmp_path), corrections=[f"Caption={ours}", "mood = Pillar"])
    assert mapped(adoption) == {
        "Date": "date",
        "Platform": "channel",
        "Caption": "title",
        "Mood": "pillar",
        "Idea by": "",
    }
    assert read_rows(target, "posts", "title", "copy", "pillar") == [("One", "", "happy"), ("Two", "", "calm")]


def test_a_correction_can_take_a_column_out(tmp_path: Path) -> None:
    adoption, target = adopted(plan(tmp_path), corrections=["Caption="])
    assert mapped(adoption)["Caption"] == ""
    assert read_rows(target, "posts", "copy") == []
    assert lost_texts(target, {"Plan": ROWS}, "2027-05-03", "2027-05-04") == []


def test_a_corrected_column_wins_over_the_one_that_was_found(tmp_path: Path) -> None:
    adoption, _ = adopted(plan(tmp_path), corrections=["Mood=Text"])
    assert mapped(adoption)["Mood"] == "copy"
    assert mapped(adoption)["Caption"] != "copy"


def test_an_own_column_may_have_the_heading_of_ours(tmp_path: Path) -> None:
    rows = [["Date", "Platform", "Caption", "Status"], ["2027-05-03", "Instagram", "One", "soon"]]
    path = foreign(tmp_path / "plan.xlsx", {"Plan": rows})
    _, target = adopted(path, corrections=["Status="])
    assert read_rows(target, "posts", "copy", "status") == [("One", "")]
    assert lost_texts(target, {"Plan": rows}, "2027-05-03") == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Captoin=copy", "the workbook has no column 'Captoin'; did you mean 'Caption'?"),
        ("Qqq=copy", "the workbook has no column 'Qqq'; there are: Caption, Date, Idea by, Mood, Platform"),
        ("Caption=cpoy", "there is no column 'cpoy' of ours; did you mean 'copy'?"),
        ("Caption=zzzzzz", "there is no column 'zzzzzz' of ours; there are: alt_text, "),
        ("Caption", "write their heading = our heading"),
        ("=copy", "write their heading = our heading"),
    ],
)
def test_what_a_correction_names_must_be_there(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(OptionError) as raised:
        adopted(plan(tmp_path), corrections=[text])
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_cells_tell_what_a_heading_does_not(tmp_path: Path) -> None:
    rows = [
        ["Post", "Where it goes", "When?", "Tags used", "More"],
        ["One", "Instagram", date(2027, 5, 3), "#a", "https://example.com/a"],
        ["Two", "Facebook", date(2027, 5, 4), "#b #c", "https://example.com/b"],
    ]
    path = foreign(tmp_path / "plan.xlsx", {"Posts": rows})
    adoption, _ = adopted(path, "calendar")
    found = mapped(adoption)
    assert found["Where it goes"] == "channel"
    assert found["When?"] == "date"
    assert found["Tags used"] == "hashtags"
    assert found["More"] == "link"


def test_ids_of_another_sort_come_along_and_ours_stay(tmp_path: Path) -> None:
    theirs = [["ID", "Date", "Platform", "Caption"], [101, "2027-05-03", "Instagram", "One"]]
    ours = [["ID", "Date", "Platform", "Caption"], ["P7", "2027-05-03", "Instagram", "One"]]
    first = foreign(tmp_path / "theirs.xlsx", {"Plan": theirs})
    second = foreign(tmp_path / "ours.xlsx", {"Plan": ours})
    assert read_rows(adopted(first)[1], "posts", "post_id", "copy")[0] == ("P1", "One")
    assert lost_texts(adopted(first)[1], {"Plan": theirs}, "2027-05-03") == []
    assert read_rows(adopted(second)[1], "posts", "post_id", "copy")[0] == ("P7", "One")


def test_what_the_user_says_of_the_business_wins(tmp_path: Path) -> None:
    adoption, _ = adopted(
        plan(tmp_path), language="de", currency="CHF", country="CH", start="2026-01", months=18, channels=["tiktok"]
    )
    profile = adoption.profile
    assert (profile.language, profile.currency, profile.country) == ("de", "CHF", "CH")
    assert (profile.start, profile.months, profile.channels) == (date(2026, 1, 1), 18, ("tiktok",))
