"""Calendars that other people made: every row and every text comes over."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from adopt.foreign_files import adopted, foreign, lost_texts, read_rows

from smsheets.reader.read import read_workbook

POST = ("date", "channel", "title", "copy")

TITLED_LIST = {
    "May plan": [
        ["Bluebird Studio"],
        ["Social media plan, May 2027"],
        [],
        [None, "Date", "Time", "Platform", "Post type", "Caption", "Mood", "Hashtags", "Status", "Assigned to"],
        [None, date(2027, 5, 3), "9:30", "Instagram", "Reel", "New bowls are here", "happy", "#bowls", "Posted", "Ana"],
        [
            None,
            date(2027, 5, 4),
            "10:00",
            "FB, LinkedIn",
            "Photo",
            "The kiln",
            "calm",
            "#kiln",
            "Drafting",
            "Ben",
        ],
        [
            None,
            date(2027, 5, 5),
            time(11, 0),
            "LinkedIn",
            "Article",
            "Why we fire",
            "proud",
            None,
            "Ready",
            "Ana",
        ],
        [],
        [None, date(2027, 5, 6), None, "TikTok", "Video", "Glaze test", None, "#glaze", "Idea", "Ben"],
        [None, "Total", None, 4],
        [],
        [None, "Remember the market on Sunday"],
    ],
    "Notes": [["The password is with Ana"], [42]],
}


def test_a_list_below_titles(tmp_path: Path) -> None:
    path = foreign(tmp_path / "plan.xlsx", TITLED_LIST, merges={"May plan": ["A1:F1"]})
    adoption, target = adopted(path)
    assert adoption.spec.kind == "calendar"
    assert read_rows(target, "posts", "date", "time", "channel", "format", "copy", "hashtags", "status", "owner") == [
        ("2027-05-03", "09:30:00", "instagram", "short_video", "New bowls are here", "#bowls", "published", "Ana"),
        ("2027-05-04", "10:00:00", "facebook", "photo", "The kiln", "#kiln", "draft", "Ben"),
        ("2027-05-04", "10:00:00", "linkedin", "photo", "The kiln", "#kiln", "draft", "Ben"),
        ("2027-05-05", "11:00:00", "linkedin", "Article", "Why we fire", "", "approved", "Ana"),
        ("2027-05-06", "", "tiktok", "video", "Glaze test", "#glaze", "idea", "Ben"),
    ]
    words = ("9:30", "10:00", "Reel", "Posted", "FB, LinkedIn", "Drafting", "Ready")
    days = ("2027-05-03", "2027-05-04", "2027-05-05", "2027-05-06", "11:00:00")
    assert lost_texts(target, TITLED_LIST, *words, *days) == []
    assert read_workbook(target).problems == ()
    assert {item.value for item in adoption.left} >= {
        "Bluebird Studio",
        "Total",
        4,
        "Remember the market on Sunday",
        42,
    }


WEEKLY = {
    "Plan": [
        ["Content calendar 2027"],
        ["Week of 3 May"],
        ["Day", "Platform", "Topic", "Copy", "Visual"],
        ["Monday", "Instagram", "Bowls", "Our new bowls", "bowls.jpg"],
        ["Tuesday", "Facebook", "Kiln", "A look into the kiln", None],
        [],
        ["Week of 10 May"],
        ["Day", "Platform", "Topic", "Copy", "Visual"],
        ["Wednesday", "Instagram", "Cups", "Cups for tea", "cups.jpg"],
        ["KW 20"],
        ["Day", "Platform", "Topic", "Copy", "Visual"],
        ["Friday", "Facebook", "Market", "See you there", None],
    ]
}


def test_headings_repeated_each_week(tmp_path: Path) -> None:
    path = foreign(tmp_path / "weeks.xlsx", WEEKLY)
    _, target = adopted(path)
    assert read_rows(target, "posts", *POST, "asset") == [
        ("2027-05-03", "instagram", "Bowls", "Our new bowls", "bowls.jpg"),
        ("2027-05-04", "facebook", "Kiln", "A look into the kiln", ""),
        ("2027-05-12", "instagram", "Cups", "Cups for tea", "cups.jpg"),
        ("2027-05-21", "facebook", "Market", "See you there", ""),
    ]
    assert lost_texts(target, WEEKLY, "Monday", "Tuesday", "Wednesday", "Friday") == []


GRID = {
    "Plan": [
        ["May 2027"],
        ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        [None, None, None, None, None, None, 1],
        [None, None, None, None, None, None, "Market day photo"],
        [2, 3, 4, 5, 6, 7, 8],
        [None, "IG: New bowls", "FB: Kiln", None, "Reel on glazing", None, None],
        [None, None, None, None, "Story from the studio", None, None],
        [9, 10, 11, 12, 13, 14, 15],
        [],
        ["16. Sunday quote", 17, 18, 19, "20\nOpen studio", 21, 22],
        [23, 24, 25, 26, 27, 28, 29],
        [None, "Instagram: Sale starts\nFacebook: Sale starts here too"],
        [30, 31],
        [],
        ["Notes: order more clay"],
    ]
}


def test_a_month_grid(tmp_path: Path) -> None:
    path = foreign(tmp_path / "grid.xlsx", GRID)
    _, target = adopted(path)
    assert read_rows(target, "posts", *POST) == [
        ("2027-05-01", "", "Market day photo", ""),
        ("2027-05-03", "instagram", "New bowls", ""),
        ("2027-05-04", "facebook", "Kiln", ""),
        ("2027-05-06", "", "Reel on glazing", ""),
        ("2027-05-06", "", "Story from the studio", ""),
        ("2027-05-16", "", "Sunday quote", ""),
        ("2027-05-20", "", "Open studio", ""),
        ("2027-05-24", "instagram", "Sale starts", ""),
        ("2027-05-24", "facebook", "Sale starts here too", ""),
    ]
    numbers = [str(number) for number in range(1, 32)]
    parted = ("IG: New bowls", "FB: Kiln", "16. Sunday quote", "20\nOpen studio", GRID["Plan"][11][1])
    assert lost_texts(target, GRID, *parted) == []
    left = " | ".join(str(row[2]) for row in _sheet(target, "Not brought over"))
    days = [number for number in numbers if number not in left.split(" | ")]
    assert days == ["16", "20"]  # they stand in front of their texts, and are in their dates


def _sheet(path: Path, name: str) -> list[tuple[object, ...]]:
    from openpyxl import load_workbook

    return list(load_workbook(path)[name].iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("weekdays", "title", "first_is_monday"),
    [
        ("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag", "Mai 2027", True),
        ("Mo Di Mi Do Fr Sa So", "Redaktionsplan Mai 2027", True),
        ("lun. mar. mer. jeu. ven. sam. dim.", "Mai 2027", True),
        ("Lunes Martes Miércoles Jueves Viernes Sábado Domingo", "Mayo de 2027", True),
        ("L M X J V S D", "mayo 2027", True),
        ("Lunedì Martedì Mercoledì Giovedì Venerdì Sabato Domenica", "Maggio 2027", True),
        ("Dom Seg Ter Qua Qui Sex Sáb", "Maio de 2027", False),
        ("ma di wo do vr za zo", "mei 2027", True),
        ("S M T W T F S", "May 2027", False),
    ],
)
def test_month_grids_in_other_languages(tmp_path: Path, weekdays: str, title: str, first_is_monday: bool) -> None:
    lead = 5 if first_is_monday else 6
    days = [None] * lead + list(range(1, 32))
    weeks = [days[at : at + 7] for at in range(0, len(days), 7)]
    path = foreign(
        tmp_path / "grid.xlsx", {"Sheet1": [[title], weekdays.split(), weeks[0], [None] * lead + ["Tea"], *weeks[1:]]}
    )
    _, target = adopted(path, "calendar")
    assert read_rows(target, "posts", *POST) == [("2027-05-01", "", "Tea", "")]


def test_a_grid_without_a_year_takes_the_one_whose_weekdays_fit(tmp_path: Path) -> None:
    rows = [
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        [None, None, None, None, 1, 2, 3],
        [None, None, None, None, "Fireworks"],
        [4, 5, 6, 7, 8, 9, 10],
    ]
    path = foreign(tmp_path / "grid.xlsx", {"January": rows})
    assert date(2027, 1, 1).weekday() == 4
    _, target = adopted(path)
    assert read_rows(target, "posts", *POST) == [("2027-01-01", "", "Fireworks", "")]


def test_a_grid_of_real_dates_with_days_around_the_month(tmp_path: Path) -> None:
    week = [date(2027, 4, 26 + day) for day in range(5)] + [date(2027, 5, 1), date(2027, 5, 2)]
    rows = [
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        week,
        ["Before the month", None, None, None, None, "First of May"],
        [date(2027, 5, day) for day in range(3, 10)],
        [None, "Tea"],
    ]
    path = foreign(tmp_path / "grid.xlsx", {"Calendar": rows})
    _, target = adopted(path)
    assert read_rows(target, "posts", *POST) == [
        ("2027-04-26", "", "Before the month", ""),
        ("2027-05-01", "", "First of May", ""),
        ("2027-05-04", "", "Tea", ""),
    ]


def test_two_grids_side_by_side(tmp_path: Path) -> None:
    names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    rows = [
        ["May 2027", *[None] * 7, "June 2027"],
        [*names, None, *names],
        [*[None] * 5, 1, 2, None, None, 1, 2, 3, 4, 5, 6],
        [*[None] * 5, "May text", None, None, None, "June text"],
        [3, 4, 5, 6, 7, 8, 9, None, 7, 8, 9, 10, 11, 12, 13],
    ]
    path = foreign(tmp_path / "grid.xlsx", {"Plan": rows})
    _, target = adopted(path)
    assert read_rows(target, "posts", *POST) == [
        ("2027-05-01", "", "May text", ""),
        ("2027-06-01", "", "June text", ""),
    ]


def test_one_sheet_per_month_in_german(tmp_path: Path) -> None:
    heads = ["Datum", "Kanal", "Thema", "Text", "Verantwortlich", "Status", "Bemerkung"]
    sheets = {
        "Mai": [
            ["Redaktionsplan Mai 2027"],
            heads,
            ["3. Mai", "Instagram", "Schalen", "Neue Schalen sind da", "Anna", "Entwurf", "bitte prüfen"],
            ["04.05.2027", "Facebook", "Ofen", "Ein Blick in den Ofen", "Ben", "Veröffentlicht", None],
        ],
        "Juni": [
            ["Redaktionsplan Juni 2027"],
            heads,
            [1, "Instagram", "Tassen", "Tassen für Tee", "Anna", "geplant", "!"],
        ],
    }
    path = foreign(tmp_path / "plan.xlsx", sheets)
    adoption, target = adopted(path)
    assert (adoption.profile.language, adoption.profile.country) == ("de", "DE")
    assert read_rows(target, "posts", *POST, "owner", "status") == [
        ("2027-05-03", "instagram", "Schalen", "Neue Schalen sind da", "Anna", "draft"),
        ("2027-05-04", "facebook", "Ofen", "Ein Blick in den Ofen", "Ben", "published"),
        ("2027-06-01", "instagram", "Tassen", "Tassen für Tee", "Anna", "scheduled"),
    ]
    assert lost_texts(target, sheets, "3. Mai", "04.05.2027", "1", "geplant") == []
    assert read_workbook(target).problems == ()


def test_french_and_spanish_headings(tmp_path: Path) -> None:
    french = [
        ["Date de publication", "Réseau social", "Sujet", "Légende", "Responsable", "Statut"],
        ["lundi 3 mai 2027", "Instagram", "Bols", "De nouveaux bols", "Ana", "brouillon"],
        ["mar. 4 mai 2027", "Facebook", "Four", "Le four", "Ben", "publié"],
    ]
    spanish = [
        ["Fecha", "Red social", "Tema", "Texto", "Responsable", "Estado"],
        ["3 de junio de 2027", "Instagram", "Tazas", "Tazas nuevas", "Ana", "programado"],
    ]
    path = foreign(tmp_path / "plan.xlsx", {"Plan": french, "Junio": spanish})
    _, target = adopted(path)
    assert read_rows(target, "posts", *POST, "status") == [
        ("2027-05-03", "instagram", "Bols", "De nouveaux bols", "draft"),
        ("2027-05-04", "facebook", "Four", "Le four", "published"),
        ("2027-06-03", "instagram", "Tazas", "Tazas nuevas", "scheduled"),
    ]


def test_platforms_as_titles_of_sections(tmp_path: Path) -> None:
    rows = [
        ["Instagram"],
        ["Date", "Caption", "Hashtags"],
        ["2027-05-03", "New bowls", "#bowls"],
        ["2027-05-04", "Old bowls", "#old"],
        [],
        ["Facebook"],
        ["Date", "Caption", "Hashtags"],
        ["2027-05-05", "A kiln", "#kiln"],
    ]
    path = foreign(tmp_path / "plan.xlsx", {"Posts": rows})
    _, target = adopted(path)
    assert read_rows(target, "posts", "date", "channel", "copy") == [
        ("2027-05-03", "instagram", "New bowls"),
        ("2027-05-04", "instagram", "Old bowls"),
        ("2027-05-05", "facebook", "A kiln"),
    ]


def test_one_sheet_per_platform(tmp_path: Path) -> None:
    heads = ["Date", "Caption"]
    sheets = {
        "Instagram": [heads, ["2027-05-03", "New bowls"], ["2027-05-06", "Plates"]],
        "LinkedIn": [heads, ["2027-05-04", "We hire"]],
    }
    path = foreign(tmp_path / "plan.xlsx", sheets)
    _, target = adopted(path)
    assert [row[:2] for row in read_rows(target, "posts", "channel", "copy")] == [
        ("instagram", "New bowls"),
        ("instagram", "Plates"),
        ("linkedin", "We hire"),
    ]


def test_weekdays_across_and_platforms_down(tmp_path: Path) -> None:
    rows = [
        ["Week of 3 May 2027"],
        [None, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
        ["Instagram", "Bowls", None, "Cups", None, "Market"],
        ["Facebook", None, "Kiln", None, None, "Market too"],
    ]
    path = foreign(tmp_path / "matrix.xlsx", {"Week plan": rows})
    _, target = adopted(path)
    assert sorted(read_rows(target, "posts", "date", "channel", "title")) == [
        ("2027-05-03", "instagram", "Bowls"),
        ("2027-05-04", "facebook", "Kiln"),
        ("2027-05-05", "instagram", "Cups"),
        ("2027-05-07", "facebook", "Market too"),
        ("2027-05-07", "instagram", "Market"),
    ]
    assert lost_texts(target, {"Week plan": rows}) == []


def test_platforms_across_and_days_down(tmp_path: Path) -> None:
    rows = [
        ["Date", "Theme", "Instagram", "Facebook"],
        [date(2027, 5, 3), "Clay", "A bowl", None],
        [
            date(2027, 5, 4),
            "Fire",
            "A kiln",
            "A kiln, and a text that is too long to be a title: how we fire each bowl twice, and why",
        ],
    ]
    path = foreign(tmp_path / "matrix.xlsx", {"Plan": rows})
    _, target = adopted(path)
    assert read_rows(target, "posts", *POST) == [
        ("2027-05-03", "instagram", "A bowl", ""),
        ("2027-05-04", "instagram", "A kiln", ""),
        ("2027-05-04", "facebook", "", rows[2][3]),
    ]


def test_a_day_that_stands_once_for_several_rows(tmp_path: Path) -> None:
    rows = [
        ["Date", "Platform", "Caption"],
        [date(2027, 5, 3), "Instagram", "One"],
        [None, "Facebook", "Two"],
        [date(2027, 5, 4), "Instagram", "Three"],
        [None, "Facebook", "Four"],
    ]
    expected = [("2027-05-03", "One"), ("2027-05-03", "Two"), ("2027-05-04", "Three"), ("2027-05-04", "Four")]
    merged = foreign(tmp_path / "merged.xlsx", {"Plan": rows}, merges={"Plan": ["A2:A3", "A4:A5"]})
    assert read_rows(adopted(merged)[1], "posts", "date", "copy") == expected
    plain = foreign(tmp_path / "plain.xlsx", {"Plan": rows})
    adoption, target = adopted(plain)
    assert read_rows(target, "posts", "date", "copy") == expected
    assert any("stands once for several rows" in note for note in adoption.notes)


def test_a_row_without_a_day_stays_without_one(tmp_path: Path) -> None:
    days = [[date(2027, 5, day), "Instagram", f"Text {day}"] for day in range(3, 8)]
    path = foreign(
        tmp_path / "plan.xlsx", {"Plan": [["Date", "Platform", "Caption"], *days, [None, "Facebook", "One day"]]}
    )
    _, target = adopted(path)
    assert read_rows(target, "posts", "date", "copy")[-1] == ("", "One day")


def test_day_and_time_in_one_cell_are_parted(tmp_path: Path) -> None:
    rows = [
        ["Date & time", "Platform", "Caption"],
        [datetime(2027, 5, 3, 9, 30), "Instagram", "One"],
        ["4 May 2027, 10:15", "Facebook", "Two"],
    ]
    path = foreign(tmp_path / "plan.xlsx", {"Plan": rows})
    _, target = adopted(path)
    assert read_rows(target, "posts", "date", "time", "copy") == [
        ("2027-05-03", "09:30:00", "One"),
        ("2027-05-04", "10:15:00", "Two"),
    ]


def test_what_cannot_be_read_stays_as_it_was_typed_and_is_named(tmp_path: Path) -> None:
    rows = [
        ["Date", "Platform", "Caption", "Status"],
        ["someday", "Instagram", "One", "hm"],
        ["2027-05-03", "Instagram", "Two", "Draft"],
        ["2027-05-04", "Facebook", "Three", "Draft"],
    ]
    path = foreign(tmp_path / "plan.xlsx", {"Plan": rows})
    adoption, target = adopted(path)
    assert [(item.raw.value, item.column.id) for item in adoption.not_read] == [("someday", "date"), ("hm", "status")]
    assert lost_texts(target, {"Plan": rows}, "2027-05-03", "2027-05-04") == []
    assert [problem.code for problem in read_workbook(target).problems] == ["cell.not-a-date", "cell.not-in-list"]


def test_slips_in_headings_and_columns_without_one(tmp_path: Path) -> None:
    rows = [
        ["Publsh date", "Plattform", "Captoin", None, "Statuss"],
        ["2027-05-03", "Instagram", "One", "#a", "Draft"],
        ["2027-05-04", "Facebook", "Two", "#b", "Draft"],
    ]
    path = foreign(tmp_path / "plan.xlsx", {"Plan": rows})
    adoption, target = adopted(path, "calendar")
    assert read_rows(target, "posts", "date", "channel", "copy", "hashtags", "status") == [
        ("2027-05-03", "instagram", "One", "#a", "draft"),
        ("2027-05-04", "facebook", "Two", "#b", "draft"),
    ]
    sure = {match.name: match.confidence for item in adoption.tables for match in item.matches}
    assert 0.5 <= sure["Captoin"] < 0.95
    assert sure["Column D"] == 0.7
