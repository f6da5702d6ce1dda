# ruff: noqa: E501 -- one case is one line, however long the error is
"""`smsheets new`, `init`, `schema` and `samples`: what they write, and what they refuse in one line."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from smsheets import read_workbook
from smsheets.kinds import KINDS

Run = Callable[..., Result]


def start_of(path: Path) -> dict[str, object]:
    """The first sheet's form as it was read."""
    return dict(read_workbook(path).forms["start"])


def test_one_workbook_into_this_folder(folder: Path, run: Run) -> None:
    result = run("new", "budget")
    assert (result.exit_code, result.output) == (0, "budget.xlsx written\n")
    assert read_workbook(folder / "budget.xlsx").kind == "budget"


def test_all_five_into_a_folder_that_is_made(folder: Path, run: Run) -> None:
    result = run("new", "--all", "-o", "plan/deep")
    assert result.output.splitlines() == [
        *(f"plan/deep/{kind}.xlsx written" for kind in KINDS),
        "Next: open plan/deep/strategy.xlsx and fill in three sheets: Company, Goals, Channels.",
        "Then see where you stand and what comes next: smsheets analyze plan/deep/",
    ]
    assert {read_workbook(path).kind for path in (folder / "plan" / "deep").glob("*.xlsx")} == set(KINDS)


def test_the_next_step_is_in_the_language_of_the_workbooks(folder: Path, run: Run) -> None:
    lines = run("new", "--all", "--lean", "--lang", "de", "-o", "my plan").output.splitlines()
    assert lines[5:] == [
        "Als Nächstes: Öffnen Sie my plan/strategy.xlsx und füllen Sie drei Blätter aus: Unternehmen, Ziele, Kanäle.",
        "Danach sehen Sie hier, wo Sie stehen und was zu tun ist: smsheets analyze 'my plan/'",
    ]
    assert read_workbook(folder / "my plan" / "budget.xlsx").layout.is_lean


def test_lean_is_a_setting_that_an_option_wins_over(folder: Path, run: Run) -> None:
    assert run("init", "--yes", "--lean").exit_code == 0
    assert tomllib.loads((folder / "smsheets.toml").read_text(encoding="utf-8"))["lean"] is True
    assert run("new", "roadmap").exit_code == 0
    assert run("new", "roadmap", "--whole", "-o", "whole.xlsx").exit_code == 0
    assert read_workbook(folder / "roadmap.xlsx").layout.is_lean
    assert not read_workbook(folder / "whole.xlsx").layout.is_lean


def test_a_file_name_for_one(folder: Path, run: Run) -> None:
    assert run("new", "calendar", "-o", "Posts 2027.XLSX").output == "Posts 2027.XLSX written\n"
    assert (folder / "Posts 2027.XLSX").is_file()


def test_the_options_reach_the_workbook(folder: Path, run: Run) -> None:
    result = run(
        "new", "budget", "--company", "Clay & Kiln", "--lang", "de", "--currency", "eur", "--country", "de-by",
        "--start", "2027-04", "--months", "6", "--channels", "Instagram, Newsletter ,instagram", "--team", "Mia,Jo",
    )  # fmt: skip
    assert result.exit_code == 0
    start = start_of(folder / "budget.xlsx")
    assert (start["business"], start["currency"], start["country"], start["months"]) == (
        "Clay & Kiln",
        "EUR",
        "DE-BY",
        6,
    )
    assert str(start["period_start"]) == "2027-04-01"
    book = openpyxl.load_workbook(folder / "budget.xlsx")
    assert book.sheetnames[0] == "Hier beginnen"
    lists = {column[3].value: [cell.value for cell in column[4:] if cell.value] for column in book["Listen"].columns}
    assert lists["Kanäle"] == ["Instagram", "Newsletter"]
    assert lists["Personen"] == ["Mia", "Jo"]


@pytest.mark.parametrize("months", [1, 24])
def test_as_many_months_as_asked_for(months: int, folder: Path, run: Run) -> None:
    assert run("new", "--all", "--months", str(months)).exit_code == 0
    assert start_of(folder / "kpi-report.xlsx")["months"] == months


def test_the_sample_is_one_business(folder: Path, run: Run) -> None:
    assert run("new", "--all", "--sample").exit_code == 0
    names = {start_of(folder / f"{kind}.xlsx")["business"] for kind in KINDS}
    assert len(names) == 1
    assert names != {None}


def channels_on_lists(path: Path) -> list[object]:
    sheet = openpyxl.load_workbook(path)["Lists"]
    (column,) = (column for column in sheet.columns if column[3].value == "Channels")
    return [cell.value for cell in column[4:] if cell.value]


def texts_of(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [cell.value for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)]


def test_the_sample_takes_another_name_in_all_five(folder: Path, run: Run) -> None:
    assert run("new", "--all", "--sample", "--company", "Bakery X").exit_code == 0
    assert {start_of(folder / f"{kind}.xlsx")["business"] for kind in KINDS} == {"Bakery X"}
    assert [text for kind in KINDS for text in texts_of(folder / f"{kind}.xlsx") if "Clay & Kiln" in text] == []


def test_every_option_reaches_all_five_of_the_sample(folder: Path, run: Run) -> None:
    """One option at a time: what is on Start here of one of the five is on all."""
    options = {"company": "Bakery X", "currency": "CHF", "country": "CH", "months": "9", "start": "2028-04"}
    for name, value in options.items():
        assert run("new", "--all", "--sample", "--force", f"--{name}", value).exit_code == 0
        found = {str(dict(start_of(folder / f"{kind}.xlsx"), as_of=None, weekend=None)) for kind in KINDS}
        assert len(found) == 1, name


@pytest.mark.parametrize("toml", ["", 'channels = ["instagram"]', 'channels = ["bluesky", "tiktok"]'])
def test_the_samples_channels_are_all_on_the_list_by_name(toml: str, folder: Path, run: Run) -> None:
    assert run("init", "--yes").exit_code == 0
    if toml:
        (folder / "smsheets.toml").write_text(toml, encoding="utf-8")
    assert run("new", "--all", "--sample").exit_code == 0
    for kind in KINDS:
        listed = channels_on_lists(folder / f"{kind}.xlsx")
        assert {"Instagram", "Facebook", "Pinterest", "TikTok", "X"} <= set(listed)
        assert [name for name in listed if str(name).islower()] == []
        assert read_workbook(folder / f"{kind}.xlsx").problems == ()


@pytest.mark.parametrize(
    ("country", "currency", "paper", "dates"),
    [
        ("US", "USD", 1, "mmm d, yyyy"), ("CA", "CAD", 1, "mmm d, yyyy"), ("MX", "MXN", 1, "d mmm yyyy"),
        ("DE", "EUR", 9, "d mmm yyyy"), ("GB", "GBP", 9, "d mmm yyyy"), ("CH", "CHF", 9, "d mmm yyyy"),
        ("JP", "JPY", 9, "d mmm yyyy"), ("SA", "SAR", 9, "d mmm yyyy"), ("NA", "NAD", 9, "d mmm yyyy"),
    ],
)  # fmt: skip
def test_the_country_decides(country: str, currency: str, paper: int, dates: str, folder: Path, run: Run) -> None:
    assert run("new", "roadmap", "--country", country).exit_code == 0
    assert start_of(folder / "roadmap.xlsx")["currency"] == currency
    assert formats_of(folder / "roadmap.xlsx") == (paper, dates)


def formats_of(path: Path) -> tuple[int, str]:
    """The paper, and how the days off are shown."""
    sheet = openpyxl.load_workbook(path)["Holidays"]
    (dates,) = {cell.number_format for cell in sheet["A"] if cell.is_date}
    return int(sheet.page_setup.paperSize), dates


def test_each_of_them_can_be_set_apart_and_is_kept_by_repair(folder: Path, run: Run) -> None:
    apart = ("--currency", "usd", "--paper", "letter", "--dates", "DD.MM.YYYY", "--weekend", "sunday")
    assert run("new", "roadmap", "--country", "DE", *apart).exit_code == 0
    assert run("repair", "roadmap.xlsx", "-o", "again.xlsx").exit_code == 0
    for name in ("roadmap.xlsx", "again.xlsx"):
        start = start_of(folder / name)
        assert (start["currency"], start["weekend"]) == ("USD", "0000001")
        assert formats_of(folder / name) == (1, "dd.mm.yyyy")


def test_they_can_be_set_in_smsheets_toml(folder: Path, run: Run) -> None:
    text = 'country = "US"\npaper = "A4"\ndates = "iso"\nweekend = ["Sunday", "Monday"]\ncurrency = "EUR"\n'
    (folder / "smsheets.toml").write_text(text, encoding="utf-8")
    assert run("new", "roadmap").exit_code == 0
    start = start_of(folder / "roadmap.xlsx")
    assert (start["currency"], start["weekend"]) == ("EUR", "1000001")
    assert formats_of(folder / "roadmap.xlsx") == (9, "yyyy-mm-dd")


def test_a_channel_of_ones_own_is_meant(folder: Path, run: Run) -> None:
    own = ("--own-channel", "Market, Saturday", "--own-channel", 'The "Corner"', "--own-channel", "insta")
    assert run("new", "budget", "--channels", "Facebook", *own).exit_code == 0
    names = ["Facebook", "Market, Saturday", 'The "Corner"', "Instagram"]
    assert channels_on_lists(folder / "budget.xlsx") == names
    read = read_workbook(folder / "budget.xlsx")
    assert read.layout.profile.channels == ("facebook", "Market, Saturday", 'The "Corner"', "instagram")
    assert read.problems == ()


@pytest.mark.parametrize(("name", "guess"), [("zzzz", ""), ("instagrm", "; did you mean 'instagram'?")])
def test_a_channel_nobody_knows_is_asked_back(name: str, guess: str, folder: Path, run: Run) -> None:
    result = run("new", "budget", "--channels", f"facebook,{name}")
    start = f"--channels {name}: no channel is known by this name{guess}; there are: instagram, facebook, x, "
    assert result.exit_code == 2
    assert result.stderr.startswith(start)
    end = f"Then write --own-channel {name}, or own_channels in smsheets.toml.\n"
    assert result.stderr.endswith(end)
    assert list(folder.iterdir()) == []


def wanted_of(path: Path) -> dict[object, tuple[object, object]]:
    rows = read_workbook(path).rows["cadence_wanted"]
    return {row.values["channel"]: (row.values["low"], row.values["high"]) for row in rows}


ALL_WITH_A_RHYTHM = "instagram,facebook,x,linkedin,tiktok,google_business"


def test_posts_a_week_begin_with_those_of_the_guidance(folder: Path, run: Run) -> None:
    assert run("new", "calendar", "--channels", ALL_WITH_A_RHYTHM).exit_code == 0
    assert wanted_of(folder / "calendar.xlsx") == {
        "instagram": (3, 5), "facebook": (7, 14), "x": (14, 21), "linkedin": (7, 14), "tiktok": (3, 5),
        "google_business": (1, 1),
    }  # fmt: skip


@pytest.mark.parametrize("toml", [False, True])
def test_fewer_of_them_are_asked_for(toml: bool, folder: Path, run: Run) -> None:
    (folder / "smsheets.toml").write_text('cadence = "light"\n' if toml else "", encoding="utf-8")
    option = () if toml else ("--cadence", "light")
    assert run("new", "calendar", "--channels", ALL_WITH_A_RHYTHM, *option).exit_code == 0
    assert wanted_of(folder / "calendar.xlsx") == {
        "instagram": (3, 5), "facebook": (3, 5), "x": (5, 10), "linkedin": (2, 5), "tiktok": (2, 5),
        "google_business": (1, 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ([], "Say which workbook: strategy, roadmap, budget, calendar, kpi-report, or --all for all five."),
        (["budgt"], "There is no template 'budgt'; did you mean 'budget'?"),
        (["zzz"], "There is no template 'zzz'; there are: strategy, roadmap, budget, calendar, kpi-report"),
        (["budget", "--start", "soon"], "--start soon: write a year and a month, for example 2027-01"),
        (["budget", "--start", "2027-13"], "--start 2027-13: write a year and a month, for example 2027-01"),
        (["budget", "--months", "0"], "--months 0: a workbook holds 1 to 24 months"),
        (["budget", "--months", "25"], "--months 25: a workbook holds 1 to 24 months"),
        (["budget", "--currency", "euro"], "--currency EURO: write the three letters of a currency, for example EUR"),
        (["budget", "--currency", "EUU"], "--currency EUU: write the three letters of a currency, for example EUR"),
        (["budget", "--country", "D"], "--country D: write two letters, for example DE, or DE-BY with a region"),
        (["budget", "--lang", "fr"], "--lang fr: there is no such language; use en or de"),
        (["budget", "--channels", " , "], "--channels: name at least one channel, for example instagram,facebook"),
        (["budget", "--dates", "long"], "--dates long: write how days are shown, for example dd.mm.yyyy, mmm d, yyyy or iso"),
        (["budget", "--config", "none.toml"], "none.toml: cannot be read: No such file or directory"),
        (["budget", "roadmap", "-o", "x.xlsx"], "-o x.xlsx: is one file, but 2 workbooks are wanted; name a folder"),
        (["budget", "budget"], "budget.xlsx: two of the workbooks would have this name; make them one after the other"),
        (["budget", "--spec", "budget.yaml"], "budget.xlsx: two of the workbooks would have this name; make them one after the other"),
        (["--spec", "x.yaml", "--lean"], "x.yaml: --lean is for the five templates; leave sheets out of your own spec instead."),
        (["--spec", "x.yaml", "--sample"], "--sample fills the five templates of the program; make your own from --spec without it."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_in_one_line(words: list[str], line: str, folder: Path, run: Run) -> None:
    result = run("new", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", line + "\n")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("friday,saturday", "0000110"), ("Sun", "0000001"), ("Sonntag und Montag", "1000001"), ("none", "0000000"),
        ("mo, di, mi", "1110000"), ("Sat & Sun", "0000011"),
    ],
)  # fmt: skip
def test_a_weekend_of_ones_own(words: str, digits: str, folder: Path, run: Run) -> None:
    assert run("new", "roadmap", "--weekend", words).exit_code == 0
    read = read_workbook(folder / "roadmap.xlsx")
    assert (read.forms["start"]["weekend"], read.layout.profile.weekend, read.problems) == (digits, digits, ())


@pytest.mark.parametrize("words", ["fryday", "mo di mi do fr sa so"])
def test_a_weekend_that_is_none(words: str, run: Run) -> None:
    result = run("new", "roadmap", "--weekend", words)
    line = f"--weekend {words}: write the days off, for example friday,saturday; or none\n"
    assert (result.exit_code, result.stderr) == (2, line)


@pytest.mark.parametrize("country", ["XX", "DE-XX"])
def test_nothing_is_written_when_one_of_five_cannot_be_made(country: str, folder: Path, run: Run) -> None:
    result = run("new", "--all", "--country", country, "-o", "plan")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"--country {country}: no public holidays are known for it. ")
    assert result.stderr.count("\n") == 1
    assert list(folder.iterdir()) == []


def test_a_file_that_exists_is_not_overwritten(folder: Path, run: Run) -> None:
    (folder / "budget.xlsx").write_text("mine", encoding="utf-8")
    (folder / "calendar.xlsx").write_text("mine too", encoding="utf-8")
    result = run("new", "--all")
    assert result.exit_code == 2
    assert result.stderr == (
        "budget.xlsx, calendar.xlsx: exist already. Use --force to overwrite them, or choose another folder.\n"
    )
    result = run("new", "budget", "strategy")
    assert result.stderr == "budget.xlsx: exists already. Use --force to overwrite it, or choose another name.\n"
    assert sorted(path.name for path in folder.iterdir()) == ["budget.xlsx", "calendar.xlsx"]
    assert (folder / "budget.xlsx").read_text(encoding="utf-8") == "mine"
    assert run("new", "--all", "--force").exit_code == 0
    assert read_workbook(folder / "budget.xlsx").kind == "budget"


def test_a_folder_that_cannot_be_made(folder: Path, run: Run) -> None:
    (folder / "plan").write_text("a file", encoding="utf-8")
    result = run("new", "budget", "-o", "plan")
    assert result.exit_code == 2
    assert result.stderr.startswith("plan/budget.xlsx: cannot be written: ")
    assert result.stderr.count("\n") == 1


TOML = """\
company = "Clay & Kiln"
language = "de"
currency = "EUR"
country = "DE"
start = "2027-04"
months = 6
channels = ["Instagram", "Newsletter"]
team = ["Mia"]
[thresholds]
"budget.watch_share" = 0.1
budget.over_share = 0.2
"""


def test_smsheets_toml_is_read(folder: Path, run: Run) -> None:
    (folder / "smsheets.toml").write_text(TOML, encoding="utf-8")
    assert run("new", "budget").exit_code == 0
    read = read_workbook(folder / "budget.xlsx")
    start = read.forms["start"]
    assert (start["business"], start["currency"], start["language"], start["months"]) == ("Clay & Kiln", "EUR", "de", 6)
    assert read.layout.profile.channels == ("instagram", "newsletter")
    settings = read.forms["settings"]
    assert (str(settings["watch_share"]), str(settings["over_share"])) == ("0.1", "0.2")


def test_an_option_wins_over_it(folder: Path, run: Run) -> None:
    (folder / "smsheets.toml").write_text(TOML, encoding="utf-8")
    assert run("new", "budget", "--months", "3", "--lang", "en", "--company", "Other").exit_code == 0
    start = start_of(folder / "budget.xlsx")
    assert (start["business"], start["language"], start["months"], start["currency"]) == ("Other", "en", 3, "EUR")


def test_another_file_by_name(folder: Path, run: Run) -> None:
    (folder / "client.toml").write_text(TOML, encoding="utf-8")
    assert run("new", "budget", "--config", "client.toml").exit_code == 0
    assert start_of(folder / "budget.xlsx")["business"] == "Clay & Kiln"


def test_the_sample_keeps_its_name_beside_an_empty_profile(folder: Path, run: Run) -> None:
    assert run("init", "--yes").exit_code == 0
    assert run("new", "budget", "--sample").exit_code == 0
    assert start_of(folder / "budget.xlsx")["business"] == "Clay & Kiln"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("compny = 'x'", "smsheets.toml: unknown key 'compny'; did you mean 'company'?"),
        ("zzz = 1", "smsheets.toml: unknown key 'zzz'; there are: company, language, country, currency, weekend, paper, dates, start, months, channels, own_channels, cadence, team, thresholds, silenced, lean, brand"),
        ("months = '12'", "smsheets.toml: months: expected a whole number, got a text"),
        ("company = 5", "smsheets.toml: company: expected a text, got a whole number; put it in quotes"),
        ("channels = [1, 2]", "--channels [1, 2]: write names, with commas between them"),
        ("[thresholds]\n'budget.watch_shar' = 1", "thresholds: unknown threshold 'budget.watch_shar'; did you mean 'budget.watch_share'?"),
        ("[thresholds]\n'budget.watch_share' = 'x'", "smsheets.toml: thresholds: expected a number, got a text"),
        ("thresholds = 5", "smsheets.toml: thresholds: expected a group of keys, got a whole number"),
        ("start = 2027", "--start 2027: write a year and a month, for example 2027-01"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_in_smsheets_toml(text: str, line: str, folder: Path, run: Run) -> None:
    (folder / "smsheets.toml").write_text(text + "\n", encoding="utf-8")
    result = run("new", "budget")
    assert (result.exit_code, result.stderr) == (2, line + "\n")


def test_a_file_that_is_no_toml(folder: Path, run: Run) -> None:
    (folder / "smsheets.toml").write_text("company = \n", encoding="utf-8")
    result = run("new", "budget")
    assert result.exit_code == 2
    assert result.stderr.startswith("smsheets.toml: cannot be read as TOML: ")
    (folder / "smsheets.toml").write_bytes(b"company = '\xff'\n")
    assert run("new", "budget").stderr.startswith("smsheets.toml: is not saved as UTF-8. ")


def test_channels_as_one_text(folder: Path, run: Run) -> None:
    (folder / "smsheets.toml").write_text("channels = 'Instagram, TikTok'\nstart = 2027-02-01\n", encoding="utf-8")
    assert run("new", "budget").exit_code == 0
    profile = read_workbook(folder / "budget.xlsx").layout.profile
    assert (profile.channels, str(profile.start)) == (("instagram", "tiktok"), "2027-02-01")


def test_init_takes_defaults(folder: Path, run: Run) -> None:
    result = run("init", "--yes", "--company", 'Clay "&" Kiln', "--start", "2027-01")
    assert (result.exit_code, result.output) == (0, "smsheets.toml written. Next: smsheets new --all -o plan/\n")
    assert tomllib.loads((folder / "smsheets.toml").read_text(encoding="utf-8")) == {
        "company": 'Clay "&" Kiln', "language": "en", "currency": "USD", "country": "US", "start": "2027-01",
        "months": 12, "channels": ["instagram", "facebook", "tiktok", "google_business"], "team": [],
    }  # fmt: skip
    assert run("new", "budget").exit_code == 0


def test_init_asks_five_questions(folder: Path, run: Run) -> None:
    result = run("init", typed="Töpferei\nde\nde\neur\nInstagram, the market\ny\n")
    assert result.exit_code == 0
    assert result.output.count(":") >= 5
    written = tomllib.loads((folder / "smsheets.toml").read_text(encoding="utf-8"))
    assert (written["company"], written["language"], written["currency"], written["country"]) == (
        "Töpferei", "de", "EUR", "DE",
    )  # fmt: skip
    assert (written["channels"], written["own_channels"]) == (["instagram"], ["the market"])
    assert run("new", "budget").exit_code == 0
    assert read_workbook(folder / "budget.xlsx").layout.profile.channels == ("instagram", "the market")


def test_init_takes_the_currency_of_the_country_and_asks_about_a_channel_nobody_knows(folder: Path, run: Run) -> None:
    result = run("init", typed="\n\nch\n\nlist\nn\n")
    assert "No channel is known as 'list'. Is it one of your own?" in result.output
    assert (result.exit_code, (folder / "smsheets.toml").exists()) == (2, False)
    assert run("init", typed="\n\nch\n\ninstagram\n").exit_code == 0
    written = tomllib.loads((folder / "smsheets.toml").read_text(encoding="utf-8"))
    assert (written["country"], written["currency"]) == ("CH", "CHF")


def test_init_takes_a_default_for_each_empty_answer(folder: Path, run: Run) -> None:
    assert run("init", typed="\n\n\n\n\n").exit_code == 0
    written = tomllib.loads((folder / "smsheets.toml").read_text(encoding="utf-8"))
    assert (written["company"], written["currency"]) == ("", "USD")


def test_init_does_not_overwrite(folder: Path, run: Run) -> None:
    (folder / "mine.toml").write_text("company = 'x'\n", encoding="utf-8")
    result = run("init", "--yes", "-o", "mine.toml")
    assert (result.exit_code, result.stderr) == (
        2, "mine.toml: exists already. Use --force to overwrite it, or choose another name.\n",
    )  # fmt: skip
    assert (folder / "mine.toml").read_text(encoding="utf-8") == "company = 'x'\n"
    assert run("init", "--yes", "-o", "mine.toml", "--force").exit_code == 0


def test_init_refuses_what_new_would_refuse(folder: Path, run: Run) -> None:
    result = run("init", "--yes", "--lang", "fr")
    assert (result.exit_code, result.stderr) == (2, "--lang fr: there is no such language; use en or de\n")
    assert run("init", "--yes", "-o", "no/folder.toml").stderr == (
        "no/folder.toml: cannot be written: No such file or directory\n"
    )
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("what", "title"), [("spec", "Workbook"), ("analysis", "AnalysisView")])
def test_schemas_are_printed(what: str, title: str, run: Run) -> None:
    result = run("schema", what)
    assert result.exit_code == 0
    assert title in json.loads(result.output)["$defs"]


def test_the_samples_are_made(folder: Path, run: Run) -> None:
    result = run("samples", "-o", "out")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 2 * len(KINDS)
    for kind in KINDS:
        assert start_of(folder / "out" / "blank" / f"{kind}.xlsx")["business"] is None
        assert start_of(folder / "out" / "filled" / f"{kind}.xlsx")["business"] == "Clay & Kiln"
