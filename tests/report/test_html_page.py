"""The report as a web page: complete, in one file, in order, in its language, and readable without eyes or a mouse."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import pairwise

import msgspec
import pytest
from made import put
from report.html_tree import Element, parse
from report.sample_analysis import sample_analysis

from smsheets import Analysis, Profile, analyze
from smsheets.cells import CellRef
from smsheets.kinds import KINDS
from smsheets.problems import Quoted, make_problem
from smsheets.report.build import findings_section, text_sections
from smsheets.report.document import Entry, TableView
from smsheets.report.html.page import render_page
from smsheets.report.html.tables import SIGNS
from smsheets.report.parts import business_topics
from smsheets.report.wording import Words

LANGUAGES = ("en", "de")
DAY = date(2027, 3, 1)


@cache
def page_of(language: str) -> str:
    return render_page(sample_analysis(language), Words(language))


@cache
def tree_of(language: str) -> Element:
    return parse(page_of(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_file_that_asks_for_nothing(language: str) -> None:
    page, tree = page_of(language), tree_of(language)
    policy = next(item for item in tree.all("meta") if "http-equiv" in item.attributes)
    assert policy.attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert not list(tree.all("script"))
    assert not [item for item in tree.all() for name in item.attributes if name.startswith("on")]
    links = [
        item.attributes[name] for item in tree.all() for name in ("href", "src", "action") if name in item.attributes
    ]
    assert links
    assert all(link.startswith("#") or link == "data:," for link in links)
    assert not re.search(r"url\(|@import|https?://", page)


def test_the_same_analysis_gives_the_same_bytes() -> None:
    assert render_page(sample_analysis("en"), Words("en")) == page_of("en")
    assert not re.search(r"2026-", page_of("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_unique_and_every_link_leads_somewhere(language: str) -> None:
    tree = tree_of(language)
    ids = [item.attributes["id"] for item in tree.all() if "id" in item.attributes]
    assert len(ids) == len(set(ids))
    links = [item.attributes["href"].removeprefix("#") for item in tree.all("a")]
    named = [name for item in tree.all() for name in item.attributes.get("aria-labelledby", "").split()]
    assert set(links) | set(named) <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_go_down_one_level_at_a_time(language: str) -> None:
    levels = [int(item.tag[1]) for item in tree_of(language).all() if re.fullmatch("h[1-6]", item.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_says_its_language_and_has_landmarks() -> None:
    for language in LANGUAGES:
        tree = tree_of(language)
        assert tree.one("html").attributes["lang"] == language
        assert tree.one("main").attributes["id"] == "main"
        assert next(tree.all("a")).attributes["href"] == "#main"
        assert tree.one("nav").attributes["aria-label"]


def test_the_parts_come_in_the_order_people_ask_for_them() -> None:
    names = [item.attributes["id"] for item in tree_of("en").one("main").all("section")]
    topics = [topic.name for topic in business_topics(sample_analysis("en").businesses[0])]
    results = ["kpis", "inbox"]
    assert set(results) < set(topics)
    others = [name for name in topics if name not in results]
    assert names == ["brief", *results, *others, "findings", "problems", "read"]


def test_it_opens_with_the_verdict_the_figures_and_three_steps() -> None:
    brief = tree_of("en").one("section", "brief")
    assert brief.one("p", "verdict").text.endswith(".")
    assert 1 <= len(list(brief.all("li", "tile"))) <= 8
    steps = [item.one("p", "todo").text for item in brief.one("ol", "steps").parts if isinstance(item, Element)]
    assert len(steps) == 3
    assert all(steps)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_a_caption_and_scopes(language: str) -> None:
    tables = list(tree_of(language).all("table"))
    assert len(tables) > 10
    for table in tables:
        assert table.one("caption").text
        assert all(item.attributes.get("scope") in ("col", "row") for item in table.all("th"))
        widths = {len([part for part in row.parts if isinstance(part, Element)]) for row in table.all("tr")}
        assert len(widths) == 1, table.one("caption").text


def test_every_picture_says_what_one_sees_in_it() -> None:
    figures = list(tree_of("en").all("figure"))
    assert len(figures) > 20
    for figure in figures:
        assert figure.one("figcaption").text
        for drawing in figure.all("svg"):
            title, says = drawing.one("title"), drawing.one("desc")
            assert drawing.attributes["role"] == "img"
            assert drawing.attributes["aria-labelledby"].split() == [title.attributes["id"], says.attributes["id"]]
            assert title.text
            assert says.text


def test_a_small_chart_says_its_months_its_target_its_change_and_its_status() -> None:
    cards = [
        figure for figure in tree_of("en").one("section", "kpis").all("figure") if list(figure.all("span", "span"))
    ]
    said = {card.one("span", "title").text: card.one("figcaption").text for card in cards}
    assert said["Instagram: Followers"] == "Instagram: Followers 6,240 Target 6,600 +550 Jan 2027 – Jun 2027 !watch"
    assert " -0.5 points Jan 2027 " in said["Instagram: Engagement rate by reach"]


def test_no_status_is_a_colour_alone() -> None:
    statuses = list(tree_of("en").all("span", "status"))
    assert {look for item in statuses for look in item.classes} == {"status", "good", "watch", "bad", "neutral"}
    for item in statuses:
        assert any(isinstance(part, str) and part.strip() for part in item.parts), item
        assert item.one("span", "sign").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_stands_there_with_what_to_do_its_cells_and_source(language: str) -> None:
    words = Words(language)
    section = findings_section(sample_analysis(language).businesses[0])
    shown = [item.text for item in tree_of(language).all("li", "entry")]
    entries = [part for part in section.parts if isinstance(part, Entry)]
    assert len(entries) == len(shown) > 20
    for entry in entries:
        assert entry.source is not None
        said = (words.value(entry.says), words.value(entry.todo), entry.where, entry.name, words.value(entry.source))
        said += (words.value(entry.cells),)
        assert [text for text in shown if all(" ".join(part.split()) in text for part in said)], entry.name
        for other in entry.also:
            also = (words.value(other.says), words.value(other.cells))
            assert [text for text in shown if all(" ".join(part.split()) in text for part in also)], other.name


def test_findings_are_grouped_by_level_gravest_first_and_all_but_errors_are_folded() -> None:
    groups = list(tree_of("en").all("details", "group"))
    levels = [item.classes[-1] for item in groups]
    assert levels == ["error", "warning", "note"]
    assert ["open" in item.attributes for item in groups] == [True, False, False]
    assert groups[0].one("h3").text.endswith(" errors")


def test_a_topic_shows_four_pictures_and_one_table_and_folds_the_others() -> None:
    for topic in tree_of("en").one("main").all("section", "topic"):
        parts = [part for part in topic.parts if isinstance(part, Element)]
        for part in parts:
            if "figures" in part.classes:
                assert len(list(part.all("figure"))) <= 4
            if "tables" in part.classes:
                seen = [card for card in part.all("div", "card") if "plain" not in card.classes]
                assert len(seen) == (0 if topic.attributes["id"] in ("roadmap", "plan", "inbox") else 1)
    calendar = tree_of("en").one("section", "calendar")
    folded = [figure.one("span", "title").text for figure in calendar.one("details", "more").all("figure")]
    assert folded == ["Facebook: posts per day", "TikTok: posts per day"]


def test_numbers_and_dates_are_those_of_the_language() -> None:
    english, german = tree_of("en").one("main").text, tree_of("de").one("main").text
    assert "8,129.90" in english
    assert "8.129,90" in german
    assert "Jul 5, 2027" in tree_of("en").one("p", "day").text
    assert "05.07.2027" in tree_of("de").one("p", "day").text


DATES = (6, 7, 9, 12, 14, 20)


def with_problems() -> Analysis:
    """Dates of one column that are typed as text, and one amount."""
    posts = [CellRef("plan/calendar.xlsx", "Posts", row, 2) for row in DATES]
    problems = [
        make_problem("cell.date-as-text", cell, column="Date", found=Quoted(f"{cell.row} May"), read="2027-05-01")
        for cell in posts
    ]
    amount = CellRef("plan/budget.xlsx", "Budget", 14, 8)
    problems.append(make_problem("cell.not-a-number", amount, column="Actual", found=Quoted("12 k"), read="12000"))
    return Analysis(as_of=DAY, files=(), businesses=(), problems=tuple(problems))


def test_problems_of_one_kind_in_one_column_are_one_entry_with_every_cell() -> None:
    problems = parse(render_page(with_problems(), Words("en"))).one("section", "problems")
    assert problems.one("h3").text.endswith("7 problems")
    dates, amount = problems.all("li", "entry")
    assert dates.text == (
        "6 dates in 'Date' are typed as text, so no formula sees them. smsheets repair turns them into dates. "
        "plan/calendar.xlsx: Posts!B6:B7, B9, B12, … B20 cell.date-as-text "
        "All cells B6 '6 May', B7 '7 May', B9 '9 May', B12 '12 May', B14 '14 May', B20 '20 May'"
    )
    assert "open" not in dates.one("details", "cells").attributes
    assert amount.text == (
        "'Actual' must be a number, found text '12 k'. Write 12000, or leave it empty. "
        "plan/budget.xlsx: Budget!H14 cell.not-a-number"
    )


def test_several_businesses_come_one_after_the_other() -> None:
    analysis = sample_analysis("en")
    names = ("Clay", "Kiln")
    businesses = tuple(msgspec.structs.replace(analysis.businesses[0], business=name) for name in names)
    tree = parse(render_page(msgspec.structs.replace(analysis, businesses=businesses), Words("en")))
    assert tree.one("h1").text == "Social media report"
    assert [item.text for item in tree.all("h2")] == ["Clay", "Kiln", "Problems", "What was read"]
    contents = [item.attributes["href"] for item in tree.one("nav").all("a")]
    assert contents == ["#b1", "#b2", "#problems", "#read"]
    ids = [item.attributes["id"] for item in tree.all() if "id" in item.attributes]
    assert len(ids) == len(set(ids))


def test_blank_workbooks_give_a_page_without_empty_pictures(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("blank")
    for kind in KINDS:
        put(kind, folder / f"{kind}.xlsx", Profile(company="Clay"))
    tree = parse(render_page(analyze(*folder.glob("*.xlsx"), as_of=DAY), Words("en")))
    assert not list(tree.all("figure"))
    assert not list(tree.all("td"))[0:0]
    assert "No problems: every cell could be read." in tree.one("main").text


def test_every_table_of_the_report_stands_on_the_page() -> None:
    words = Words("en")
    signs = dict.fromkeys(map(ord, SIGNS.values()), "")
    rows = {
        tuple(" ".join(cell.text.translate(signs).split()) for cell in row.all() if cell.tag in ("td", "th"))
        for row in tree_of("en").all("tr")
    }
    views = [
        part
        for section in text_sections(sample_analysis("en"))
        for part in section.parts
        if isinstance(part, TableView)
    ]
    assert len(views) > 20
    for view in views:
        for row in view.rows:
            assert tuple(" ".join(words.cell(cell).translate(signs).split()) for cell in row) in rows, view.title
