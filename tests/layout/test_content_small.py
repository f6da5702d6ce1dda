"""What stands in the cells people fill: defaults, prefilled rows, thresholds, the sample and its dates."""

from __future__ import annotations

from datetime import date, time

import msgspec
import pytest
from small_layout import PROFILE, small_spec

from smsheets.errors import OptionError
from smsheets.kinds import KINDS
from smsheets.layout.content import (
    SAMPLE_START,
    Content,
    Filling,
    fill,
    load_sample,
    own_values,
    sample_profile,
    starting_content,
)
from smsheets.layout.place import place_workbook
from smsheets.layout.prefill import prefilled_rows
from smsheets.profile import Profile
from smsheets.profile_file import make_profile
from smsheets.spec.load import load_spec, load_thresholds
from smsheets.spec.model import Workbook
from smsheets.spec.vocabulary import FieldType, RowSource
from smsheets.writer.workbook import NewWorkbook

SHEETS = """\
lists:
  - {id: words, label: Words, open: true, values: [{id: good, text: Good}]}
sheets:
  - id: main
    name: Main
    blocks:
      - type: form
        id: settings
        fields:
          - {id: watch, label: Watch, type: percent, threshold: budget.watch_share}
          - {id: limit, label: Limit, type: integer, default: 7}
          - {id: free, label: Free}
      - type: table
        id: lines
        rows: 12
        prefill: [{name: One, word: good}, {name: Two, sure: "no"}]
        columns:
          - {id: name, label: Name}
          - {id: word, label: Word, choices: words}
          - {id: day, label: Day, type: date}
          - {id: month, label: Month, type: month}
          - {id: at, label: At, type: time, default: "09:30"}
          - {id: sure, label: Sure, type: yes_no, default: "yes"}
          - {id: words, label: Words too, choices: words, many: true}
          - {id: amount, label: Amount, type: money, each: months}
"""


def shown(spec: Workbook, content: Content, profile: Profile = PROFILE) -> Filling:
    rows = {name: len(values) for name, values in content.tables.items()}
    return fill(place_workbook(spec, profile, rows, own_values(spec, profile, content)), content)


def test_a_new_workbook_has_defaults_and_prefilled_rows() -> None:
    spec = small_spec(SHEETS)
    filling = shown(spec, starting_content(spec, PROFILE))
    assert filling.forms["settings"] == {"watch": 0.05, "limit": 7, "free": None}
    assert filling.tables["lines"] == [
        {"name": "One", "word": "Good", "at": time(9, 30), "sure": "yes"},
        {"name": "Two", "at": time(9, 30), "sure": "no"},
    ]


def test_the_first_sheet_says_whose_it_is() -> None:
    spec = small_spec(SHEETS)
    profile = msgspec.structs.replace(PROFILE, company="Clay", currency="EUR")
    assert shown(spec, starting_content(spec, profile), profile).forms["start"] == {
        "business": "Clay", "period_start": date(2027, 1, 1), "months": 3, "currency": "EUR", "language": "en",
        "country": "DE", "as_of": None,
    }  # fmt: skip


def test_thresholds_of_ones_own_become_the_settings() -> None:
    profile = make_profile({"thresholds": {"budget.watch_share": 0.1}})
    content = starting_content(load_spec("budget"), profile)
    assert content.forms["settings"]["watch_share"] == 0.1
    assert content.forms["settings"]["over_share"] == load_thresholds()["budget.over_share"].value


def test_content_is_shown_in_the_workbooks_language() -> None:
    spec = small_spec(SHEETS)
    row = {"name": "Mine", "word": "good", "sure": True, "words": ["good", "my own"], "amount": [1, None, 3.5]}
    content = Content(tables={"lines": [row, {"sure": False, "words": "good"}, {}]})
    assert shown(spec, content).tables["lines"] == [
        {"name": "Mine", "word": "Good", "sure": "yes", "words": "Good, my own", "amount#1": 1, "amount#3": 3.5},
        {"sure": "no", "words": "Good"},
        {},
    ]
    german = shown(spec, content, msgspec.structs.replace(PROFILE, language="de")).tables["lines"]
    assert [row.get("sure") for row in german] == ["ja", "nein", None]


def test_words_that_an_open_list_does_not_have_go_onto_it() -> None:
    spec = small_spec(SHEETS)
    rows = [{"word": word} for word in ("good", "fine", "bad", "fine")]
    content = Content(tables={"lines": rows})
    assert own_values(spec, PROFILE, content) == {"words": ["fine", "bad"]}
    layout = place_workbook(spec, PROFILE, {"lines": 4}, own_values(spec, PROFILE, content))
    assert layout.lists["words"].texts == ("Good", "fine", "bad")
    assert layout.lists["words"].places == 3 + 8


@pytest.mark.parametrize(
    ("start", "day", "month", "last"),
    [
        (date(2027, 1, 1), date(2027, 3, 15), date(2027, 3, 1), date(2027, 1, 31)),
        (date(2027, 7, 1), date(2027, 9, 15), date(2027, 9, 1), date(2027, 7, 31)),
        (date(2028, 1, 1), date(2028, 3, 15), date(2028, 3, 1), date(2028, 1, 31)),
        (date(2026, 12, 1), date(2027, 2, 15), date(2027, 2, 1), date(2026, 12, 31)),
        (date(2027, 2, 1), date(2027, 4, 15), date(2027, 4, 1), date(2027, 2, 28)),
    ],
)
def test_the_samples_dates_move_with_the_period(start: date, day: date, month: date, last: date) -> None:
    """The sample begins in January 2027; a day that the other month does not have becomes its last."""
    assert date(2027, 1, 1) == SAMPLE_START
    spec = small_spec(SHEETS)
    rows = [{"day": "2027-03-15", "month": "2027-03-01"}, {"day": "2027-01-31"}]
    profile = msgspec.structs.replace(PROFILE, start=start)
    first, second = shown(spec, Content(tables={"lines": rows}), profile).tables["lines"]
    assert (first["day"], first["month"], second["day"]) == (day, month, last)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("start", "months"),
    [(date(2027, 1, 1), 12), (date(2028, 4, 1), 12), (date(2027, 1, 1), 6), (date(2027, 1, 1), 24)],
)
def test_the_sample_fits_every_period(kind: str, start: date, months: int) -> None:
    spec = load_spec(kind)
    profile = make_profile({**sample_profile(), "start": start, "months": months})
    new = NewWorkbook(spec=spec, profile=profile, sample=load_sample(kind, "en"))
    layout, filling = new.layout, new.filling
    assert filling.row_counts() == {name: len(values) for name, values in new.content.tables.items()}
    for name, table in filling.tables.items():
        known = layout.tables[name].by_key
        dates = [c.key for c in layout.tables[name].columns if c.spec.type in (FieldType.DATE, FieldType.MONTH)]
        for row in table:
            assert set(row) <= set(known)
            assert all(isinstance(row[key], date) for key in dates if row.get(key) is not None)


@pytest.mark.parametrize("kind", KINDS)
def test_the_sample_is_the_same_plan_in_german(kind: str) -> None:
    """Everything but free text: ids, list values, amounts and dates."""
    english, german = load_sample(kind, "en"), load_sample(kind, "de")
    assert {name: len(rows) for name, rows in english.tables.items()} == {
        name: len(rows) for name, rows in german.tables.items()
    }
    spec = load_spec(kind)
    free = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LINK}
    columns = {
        (block.id, column.id)
        for sheet in spec.sheets
        for block in sheet.blocks
        for column in getattr(block, "columns", ())
        if column.type not in free and column.choices is None
    }
    for name, rows in english.tables.items():
        for ours, theirs in zip(rows, german.tables[name], strict=True):
            assert {k: v for k, v in ours.items() if (name, k) in columns} == {
                k: v for k, v in theirs.items() if (name, k) in columns
            }


def test_channels_of_ones_own() -> None:
    profile = make_profile({"channels": ["Instagram"], "own_channels": ["Podcast", "the market"]})
    assert profile.channels == ("instagram", "Podcast", "the market")
    budget = load_spec("budget")
    filling = shown(budget, starting_content(budget, profile), profile)
    ads = [(row["line"], row["channel"], row["carry_rule"]) for row in filling.tables["lines"] if "channel" in row]
    assert ads == [
        ("Instagram", "Instagram", "unspent"),
        ("Podcast", "Podcast", "unspent"),
        ("the market", "the market", "unspent"),
    ]
    layout = place_workbook(budget, profile)
    assert layout.lists["channels"].texts == ("Instagram", "Podcast", "the market")


def test_rows_that_depend_on_the_channels() -> None:
    profile = make_profile({"channels": ["instagram"], "own_channels": ["Podcast"]})
    assert prefilled_rows(RowSource.CHANNELS, profile) == [{"channel": "instagram"}, {"channel": "Podcast"}]
    cadence = prefilled_rows(RowSource.CHANNEL_CADENCE, profile)
    assert cadence[1] == {"channel": "Podcast", "low": None, "high": None}
    assert cadence[0]["low"] is not None
    limits = prefilled_rows(RowSource.TEXT_LIMITS, profile)
    assert [(row["channel"], row["limit"]) for row in limits] == [("instagram", 2200), ("Podcast", None)]
    kpis = prefilled_rows(RowSource.CHANNEL_KPIS, profile)
    assert {row["channel"] for row in kpis} == {"instagram"}
    assert {"followers", "reach", "impressions", "comments", "saves"} <= {row["metric"] for row in kpis}


def test_a_row_for_each_month() -> None:
    profile = msgspec.structs.replace(PROFILE, start=date(2027, 11, 1), months=3)
    assert prefilled_rows(RowSource.MONTHS, profile) == [
        {"period": date(2027, 11, 1)}, {"period": date(2027, 12, 1)}, {"period": date(2028, 1, 1)},
    ]  # fmt: skip


def test_nothing_is_prefilled_without_a_source() -> None:
    assert prefilled_rows(None, PROFILE) == []


def test_public_holidays_of_a_region_in_the_workbooks_language() -> None:
    def names(country: str, language: str = "en") -> dict[object, object]:
        profile = msgspec.structs.replace(PROFILE, country=country, language=language)
        return {row["date"]: row["name"] for row in prefilled_rows(RowSource.PUBLIC_HOLIDAYS, profile)}

    bavaria, berlin = names("DE-BY", "de"), names("DE-BE", "de")
    assert len(bavaria) == 12
    assert len(berlin) == 10
    assert "Neujahr" in bavaria.values()
    assert "New Year's Day" in names("DE").values()
    assert "Independence Day" in names("US").values()


def test_a_period_over_new_year_has_the_holidays_of_both_years() -> None:
    profile = msgspec.structs.replace(PROFILE, start=date(2027, 11, 1), months=3, country="US")
    years = {str(row["date"])[:4] for row in prefilled_rows(RowSource.PUBLIC_HOLIDAYS, profile)}
    assert years == {"2027", "2028"}


@pytest.mark.parametrize("country", ["XX", "DE-XX"])
def test_a_country_that_nobody_knows(country: str) -> None:
    with pytest.raises(OptionError, match=rf"^--country {country}: no public holidays are known for it\. "):
        prefilled_rows(RowSource.PUBLIC_HOLIDAYS, msgspec.structs.replace(PROFILE, country=country))
