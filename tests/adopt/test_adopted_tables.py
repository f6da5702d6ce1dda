"""Budgets, roadmaps and KPI reports that other people made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from adopt.foreign_files import adopted, foreign, lost_texts, read_rows
from openpyxl import load_workbook

from smsheets.reader.read import read_workbook

LINE = ("category", "line", "planned#1", "actual#1", "planned#2", "actual#2", "planned#3", "actual#3")


def test_a_budget_with_planned_and_actual_below_each_month(tmp_path: Path) -> None:
    sheets = {
        "Budget 2027": [
            ["Marketing budget 2027"],
            [None, None, "January", None, "February", None, "March", None, "Total"],
            ["Item", "Category", "Planned", "Actual", "Planned", "Actual", "Planned", "Actual", None],
            ["Canva", "Software", 12, 13, 14, 15, 16, None, 42],
            ["Instagram ads", "Ads", 100, 80, 100, 120, "1.200,50 €", None, 1400.5],
            ["Total", None, 112, 93, 114, 135, None, None, None],
        ]
    }
    path = foreign(tmp_path / "budget.xlsx", sheets, merges={"Budget 2027": ["C2:D2", "E2:F2", "G2:H2"]})
    adoption, target = adopted(path)
    assert adoption.spec.kind == "budget"
    assert adoption.profile.currency == "EUR"
    assert read_rows(target, "lines", *LINE) == [
        ("software", "Canva", "12", "13", "14", "15", "16", ""),
        ("advertising", "Instagram ads", "100", "80", "100", "120", "1200.5", ""),
    ]
    assert lost_texts(target, sheets, "1.200,50 €", "Ads", "Software") == []
    left = {item.value: item.why for item in adoption.left}
    assert left[112].startswith("A total")
    assert left[42]


def test_months_across_without_a_word_for_the_amounts(tmp_path: Path) -> None:
    rows = [
        ["Marketingbudget 2027"],
        ["Posten", "Jan", "Feb", "Mär", "Summe"],
        ["Werbung"],
        ["Anzeigen", 100, 200, 300, 600],
        ["Beiträge bewerben", 10, 20, 30, 60],
        ["Gesamt", 110, 220, 330, 660],
    ]
    path = foreign(tmp_path / "budget.xlsx", {"Budget": rows}, formats={"Budget": {"B4": '#,##0.00\\ "€"'}})
    adoption, target = adopted(path)
    assert (adoption.profile.language, adoption.profile.currency) == ("de", "EUR")
    assert read_rows(target, "lines", "category", "line", "planned#1", "planned#2", "planned#3") == [
        ("advertising", "Anzeigen", "100", "200", "300"),
        ("advertising", "Beiträge bewerben", "10", "20", "30"),
    ]
    assert lost_texts(target, {"Budget": rows}) == []


def test_headings_that_name_month_and_measure(tmp_path: Path) -> None:
    rows = [
        ["Expense", "Jan 2027 Planned", "Jan 2027 Actual", "Feb 2027 Planned", "Feb 2027 Actual"],
        ["Canva", 12, 13, 14, 15],
    ]
    path = foreign(tmp_path / "budget.xlsx", {"Sheet1": rows})
    _, target = adopted(path)
    assert read_rows(target, "lines", *LINE)[0] == ("", "Canva", "12", "13", "14", "15", "", "")


def test_one_budget_sheet_per_month(tmp_path: Path) -> None:
    heads = ["Category", "Item", "Planned", "Actual"]
    sheets = {
        "Jan 2027": [heads, ["Software", "Canva", 12, 13], ["Ads", "Instagram", 100, 90]],
        "Feb 2027": [heads, ["Software", "Canva", 14, 15], ["Ads", "TikTok", 50, None]],
    }
    path = foreign(tmp_path / "budget.xlsx", sheets)
    _, target = adopted(path)
    assert read_rows(target, "lines", *LINE[:6]) == [
        ("software", "Canva", "12", "13", "14", "15"),
        ("advertising", "Instagram", "100", "90", "", ""),
        ("advertising", "TikTok", "", "", "50", ""),
    ]


def test_a_budget_with_a_month_in_each_row(tmp_path: Path) -> None:
    rows = [
        ["Month", "Vendor", "Budget", "Spent"],
        ["January 2027", "Canva", 12, 13],
        ["February 2027", "Canva", 14, 15],
        ["March 2027", "Meta", 50, None],
        ["March 2027", "Meta", 51, None],
    ]
    path = foreign(tmp_path / "budget.xlsx", {"Sheet1": rows})
    _, target = adopted(path)
    assert read_rows(target, "lines", *LINE) == [
        ("", "Canva", "12", "13", "14", "15", "", ""),
        ("", "Meta", "", "", "", "", "50", ""),
        ("", "Meta", "", "", "", "", "51", ""),
    ]


def test_amounts_without_a_month_stand_in_the_first_one_and_that_is_said(tmp_path: Path) -> None:
    rows = [["Item", "Budget", "Actual"], ["Canva", 120, 60], ["Photos", 300, None]]
    path = foreign(tmp_path / "budget.xlsx", {"Sheet1": rows})
    adoption, target = adopted(path, start="2027-03")
    assert read_rows(target, "lines", *LINE[1:4]) == [("Canva", "120", "60"), ("Photos", "300", "")]
    assert "Amounts without a month stand in the first one, Mar 2027." in adoption.notes


def test_months_that_the_new_workbook_does_not_have_are_listed(tmp_path: Path) -> None:
    rows = [["Item", "Jan 2027", "Feb 2027", "Mar 2027"], ["Canva", 11, 12, 13]]
    path = foreign(tmp_path / "budget.xlsx", {"Budget": rows})
    adoption, target = adopted(path, "budget", start="2027-02", months=1)
    assert read_rows(target, "lines", "line", "planned#1") == [("Canva", "12")]
    assert {item.value for item in adoption.left} >= {11, 13}
    assert lost_texts(target, {"Budget": rows}) == []


def test_a_project_plan(tmp_path: Path) -> None:
    sheets = {
        "Plan": [
            ["Launch plan"],
            ["Task", "Lead", "Start date", "End date", "% complete", "Status", "Effort"],
            ["Open an account", "Ana", date(2027, 3, 1), date(2027, 3, 5), 0.5, "Doing", "small"],
            ["First campaign", "Ben", "8 March 2027", "2027-03-19", "25 %", "Not started", "large"],
        ]
    }
    path = foreign(tmp_path / "plan.xlsx", sheets)
    adoption, target = adopted(path)
    assert adoption.spec.kind == "roadmap"
    assert read_rows(target, "initiatives", "initiative", "owner", "start", "due", "done_share", "status") == [
        ("Open an account", "Ana", "2027-03-01", "2027-03-05", "0.5", "in_progress"),
        ("First campaign", "Ben", "2027-03-08", "2027-03-19", "0.25", "planned"),
    ]
    assert lost_texts(target, sheets, "8 March 2027", "25 %", "Doing", "Not started", *_days(sheets)) == []


def _days(sheets: dict[str, list[list[object]]]) -> list[str]:
    return [str(value) for rows in sheets.values() for row in rows for value in row if str(value).startswith("2027-")]


def test_key_figures_with_months_across(tmp_path: Path) -> None:
    rows = [
        ["KPI", "Platform", "Jan 2027", "Feb 2027", "Mar 2027"],
        ["Followers", "Instagram", 1000, 1100, 1250],
        ["Reach", "Facebook", 5000, 4800, None],
    ]
    path = foreign(tmp_path / "kpis.xlsx", {"KPIs": rows})
    adoption, target = adopted(path)
    assert adoption.spec.kind == "kpi-report"
    assert read_rows(target, "kpis", "metric", "channel", "actual#1", "actual#2", "actual#3") == [
        ("followers", "instagram", "1000", "1100", "1250"),
        ("reach", "facebook", "5000", "4800", ""),
    ]


def test_a_swot_sheet(tmp_path: Path) -> None:
    rows = [["Strengths", "Weaknesses", "Opportunities", "Threats"], ["Handmade", "Small", "Tourists", "Chains"]]
    path = foreign(tmp_path / "swot.xlsx", {"SWOT": rows})
    adoption, target = adopted(path)
    assert adoption.spec.kind == "strategy"
    assert read_rows(target, "swot", "strength", "weakness") == [("Handmade", "Small")]
    assert read_rows(target, "swot_outside", "opportunity", "threat") == [("Tourists", "Chains")]


def test_a_swot_sheet_of_two_by_two(tmp_path: Path) -> None:
    inside, outside = [["Strengths", "Weaknesses"], ["Handmade", "Small"]], [["Opportunities", "Threats"]]
    rows = [*inside, [], *outside, ["Tourists", "Chains"]]
    target = adopted(foreign(tmp_path / "swot.xlsx", {"SWOT": rows}), "strategy")[1]
    assert read_rows(target, "swot", "strength", "weakness") == [("Handmade", "Small")]
    assert read_rows(target, "swot_outside", "opportunity", "threat") == [("Tourists", "Chains")]


def test_the_adopted_workbook_has_no_problem_but_what_was_said(tmp_path: Path) -> None:
    rows = [["Item", "Category", "Jan 2027", "Feb 2027", "Mar 2027"], ["Canva", "Software", 12, "twelve", 12]]
    path = foreign(tmp_path / "budget.xlsx", {"Budget": rows})
    adoption, target = adopted(path, "budget")
    assert [item.raw.value for item in adoption.not_read] == ["twelve"]
    problems = read_workbook(target).problems
    assert [(problem.code, problem.values["found"].text) for problem in problems] == [("cell.not-a-number", "twelve")]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "computed", ["Difference", "Variance", "Remaining", "% of budget", "Abweichung", "Écart", "Diferencia"]
)
def test_a_computed_measure_below_each_month_stays_behind(tmp_path: Path, computed: str) -> None:
    rows = [
        [None, "January", None, None, "February", None, None, "March"],
        ["Item", *["Budget", "Actual", computed] * 3],
        ["Ads", 500, 450, 50, 510, 520, -10, 505, 490, 15],
    ]
    adoption, target = adopted(foreign(tmp_path / "budget.xlsx", {"2027": rows}), "budget")
    assert read_rows(target, "lines", *LINE[1:]) == [("Ads", "500", "450", "510", "520", "505", "490")]
    assert {item.value for item in adoption.left if item.why.startswith("Calculated")} == {50, -10, 15}


def test_a_measure_that_nobody_knows_is_a_column_of_ones_own_for_each_month(tmp_path: Path) -> None:
    rows = [
        [None, "January", None, None, "February", None, None, "March"],
        ["Item", *["Budget", "Actual", "Invoices"] * 3],
        ["Ads", 500, 450, 7, 510, 520, 8, 505, 490, 9],
    ]
    adoption, target = adopted(foreign(tmp_path / "budget.xlsx", {"2027": rows}), "budget")
    assert read_rows(target, "lines", *LINE[1:]) == [("Ads", "500", "450", "510", "520", "505", "490")]
    assert (
        _own(target, "Budget").items()
        >= {"Invoices (Jan 2027)": 7, "Invoices (Feb 2027)": 8, "Invoices (Mar 2027)": 9}.items()
    )
    assert not [item for item in adoption.left if item.value in (7, 8, 9)]


def test_one_line_on_several_month_sheets_is_one_row_whatever_else_differs(tmp_path: Path) -> None:
    heads = ["Item", "Channel", "Planned", "Spent", "Remaining", "Invoice", "Notes"]
    sheets = {
        "Jan 2027": [heads, ["Ads", "Facebook", 500, 450, 50, "R-1", "started"], ["Tool", None, 20, 20, 0, "R-2"]],
        "Feb 2027": [heads, ["Ads", "Facebook", 510, 520, -10, "R-3", "too much"], ["Tool", None, 20, 20, 0, "R-4"]],
    }
    adoption, target = adopted(foreign(tmp_path / "budget.xlsx", sheets), "budget")
    assert read_rows(target, "lines", *LINE[1:6]) == [
        ("Ads", "500", "450", "510", "520"),
        ("Tool", "20", "20", "20", "20"),
    ]
    assert (
        _own(target, "Budget").items()
        >= {
            "Invoice (Jan 2027)": "R-1",
            "Invoice (Feb 2027)": "R-3",
            "Notes (Feb 2027)": "too much",
        }.items()
    )
    assert {item.value for item in adoption.left if item.why.startswith("Calculated")} == {50, -10, 0}


def test_lines_of_one_name_on_a_sheet_stay_apart(tmp_path: Path) -> None:
    heads = ["Item", "Country", "Planned"]
    sheets = {
        "Jan 2027": [heads, ["Ads", "Kenya", 1], ["Ads", "Ghana", 2]],
        "Feb 2027": [heads, ["Ads", "Ghana", 3], ["Ads", "Kenya", 4]],
    }
    _, target = adopted(foreign(tmp_path / "budget.xlsx", sheets), "budget")
    assert read_rows(target, "lines", "planned#1", "planned#2") == [("1", "4"), ("2", "3")]


@pytest.mark.parametrize(("whole", "months"), [(330, ("100", "110", "120")), (1200, None)])
def test_one_amount_for_all_months_says_what_the_months_are_only_if_it_is_their_sum(
    tmp_path: Path, whole: int, months: tuple[str, ...] | None
) -> None:
    rows = [["Item", "Budget", "Jan", "Feb", "Mar"], ["Ads", whole, 100, 110, 120]]
    _, target = adopted(foreign(tmp_path / "budget.xlsx", {"2027": rows}), "budget")
    assert read_rows(target, "lines", "planned#1", "planned#2", "planned#3") == ([months] if months else [])
    own = _own(target, "Budget")
    assert own["Budget"] == whole
    assert months or (own["Jan ... Mar (Jan 2027)"], own["Jan ... Mar (Mar 2027)"]) == (100, 120)


def test_months_beside_a_target_are_what_was_reached(tmp_path: Path) -> None:
    rows = [["KPI", "Platform", "Target", "Jan 2027", "Feb 2027", "Mar 2027"], ["Reach", "Instagram", 9000, 10, 20, 30]]
    _, target = adopted(foreign(tmp_path / "kpis.xlsx", {"KPIs": rows}), "kpi-report")
    found = read_rows(target, "kpis", "metric", "target#1", "actual#1", "actual#2", "actual#3")
    assert found == [("reach", "", "10", "20", "30")]


def test_one_or_two_months_above_their_measures(tmp_path: Path) -> None:
    two = [[None, "January", None, "February"], ["Item", "Planned", "Actual", "Planned", "Actual"], ["Ads", 5, 4, 6, 7]]
    one = [["Item", "January"], [None, "Planned", "Actual"], ["Ads", 5, 4]]
    for rows, found in ((two, ("Ads", "5", "4", "6", "7")), (one, ("Ads", "5", "4", "", ""))):
        _, target = adopted(foreign(tmp_path / "budget.xlsx", {"2027": rows}), "budget", start="2027-01")
        assert read_rows(target, "lines", *LINE[1:6]) == [found]


@pytest.mark.parametrize("where", ["a cell", "a section", "the sheet"])
def test_what_came_in_is_no_cost(tmp_path: Path, where: str) -> None:
    heads = ["Date", "Description", "Type", "Amount ($)"]
    income, cost = ["Invoice paid", "Income", 450], ["Ads", "Expense", 30]
    day = date(2027, 1, 5)
    if where == "a cell":
        sheets = {"Book": [heads, [day, *income], [day, *cost]]}
    elif where == "a section":
        across = ["Item", "Jan", "Feb", "Mar"]
        sheets = {"Book": [across, ["Income"], ["Shop", 450, 451, 452], [], ["Costs"], ["Ads", 30, None, None]]}
    else:
        sheets = {"Income": [heads, [day, "Shop", "x", 450]], "Costs": [heads, [day, *cost]]}
    adoption, target = adopted(foreign(tmp_path / "book.xlsx", sheets), "budget", start="2027-01")
    column = "planned#1" if where == "a section" else "actual#1"
    assert read_rows(target, "lines", "line", column) == [("Ads", "30")]
    assert 450 in {item.value for item in adoption.left if item.why.startswith("Money that came in")}


@pytest.mark.parametrize("heading", ["Engagement Rate", "CTR", "Share"])
def test_a_share_is_no_time_of_the_day(tmp_path: Path, heading: str) -> None:
    rows = [
        ["Date", "Platform", "Reach", heading],
        *([date(2027, 1, n), "Instagram", n, 0.03 + n / 100] for n in (1, 2, 3)),
    ]
    adoption, target = adopted(foreign(tmp_path / "kpis.xlsx", {"Posts": rows}), "kpi-report", start="2027-01")
    assert read_rows(target, "post_results", "time") == []
    assert "time" not in {match.target for item in adoption.tables for match in item.matches}


def test_a_row_for_each_month_and_a_column_for_each_metric(tmp_path: Path) -> None:
    rows = [["Month", "Followers", "Reach", "My own figure"], ["Jan 2027", 10, 20, 0.032], ["Feb 2027", 11, 21, 0.035]]
    _, target = adopted(foreign(tmp_path / "kpis.xlsx", {"Instagram": rows}), "kpi-report", start="2027-01")
    assert read_rows(target, "kpis", "channel", "metric", "actual#1", "actual#2") == [
        ("instagram", "followers", "10", "11"),
        ("instagram", "reach", "20", "21"),
        ("instagram", "My own figure", "0.032", "0.035"),
    ]


def test_a_table_without_what_its_rows_are_about_is_not_brought_over(tmp_path: Path) -> None:
    sheets = {
        "Calendar": [["Date", "Channel", "Topic"], [date(2027, 3, 1), "Instagram", "Bowls"]],
        "Prices": [["Item", "Tool", "Low ($/mo)", "High ($/mo)"], ["AI", "Writer", 0, 20], ["SEO", "Counter", 0, 9]],
    }
    adoption, _ = adopted(foreign(tmp_path / "plan.xlsx", sheets), "calendar")
    assert [item.table.id for item in adoption.tables] == ["posts"]
    assert {item.value for item in adoption.left if item.sheet == "Prices"} >= {"Writer", 20, 9}


def test_a_name_above_several_rows_is_given_to_all_and_a_rate_is_no_amount(tmp_path: Path) -> None:
    rows = [
        ["Platform", "Objective", "Place", "Budget", "Days", "Daily budget", "Audience", "Result"],
        ["Facebook", "Engagement", "page", 900, 9, 100, "15m", "likes"],
        [None, "Sales", "message", 2100, 7, 300, "13m", "messages"],
    ]
    adoption, target = adopted(foreign(tmp_path / "media.xlsx", {"Plan": rows}), "budget")
    assert read_rows(target, "lines", "channel", "line", "planned#1") == [
        ("facebook", "Engagement", "900"),
        ("facebook", "Sales", "2100"),
    ]
    assert any("was given to all of them" in note for note in adoption.notes)


def test_swedish_headings_make_no_german_workbook_and_german_ones_say_so(tmp_path: Path) -> None:
    swedish = [["Datum", "Kanal", "Text", "Status"], ["2027-05-03", "Instagram", "Vi visar våra nya skålar", "utkast"]]
    german = [
        ["Datum", "Kanal", "Text", "Status"],
        ["2027-05-03", "Instagram", "Wir zeigen die neuen Schalen", "Entwurf"],
    ]
    first, _ = adopted(foreign(tmp_path / "sv.xlsx", {"Plan": swedish}), "calendar")
    second, _ = adopted(foreign(tmp_path / "de.xlsx", {"Plan": german}), "calendar")
    assert (first.profile.language, second.profile.language) == ("en", "de")
    assert [note for note in second.notes if "--lang" in note]
    assert not [note for note in first.notes if "--lang" in note]


def _own(path: Path, sheet: str) -> Mapping[object, object]:
    """The first row below the headings of a sheet, by heading; of headings that are there twice the last."""
    rows = list(load_workbook(path)[sheet].iter_rows(values_only=True))
    heads = next(number for number, row in enumerate(rows) if "What for" in row)
    first = next(row for row in rows[heads + 1 :] if "Ads" in row)
    return dict(zip(rows[heads], first, strict=True))
