"""The list of the report's parts: their order, and that each report shows every one of them."""

from __future__ import annotations

import pytest
from sample_analysis import sample_analysis

from smsheets.report.build import report_sections
from smsheets.report.document import Part, Picture
from smsheets.report.parts import PARTS, business_topics, detail_sections, summary_sections

FIRST = ["plan", "budget", "roadmap", "calendar", "kpis", "inbox", "forecast"]
"""The order people ask for them; what is added stands anywhere between or after them."""


def test_the_parts_keep_their_order() -> None:
    assert [part.name for part in PARTS if part.name in FIRST] == FIRST


def test_every_part_has_a_name_and_a_title_of_its_own() -> None:
    assert len({part.name for part in PARTS}) == len({part.title for part in PARTS}) == len(PARTS)
    assert {part.inside for part in PARTS} <= {"", *(part.name for part in PARTS)}


def test_the_plan_summary_goes_by_the_order_in_which_a_plan_is_made() -> None:
    business = sample_analysis("en").businesses[0]
    made = [section.title for section in summary_sections(business)]
    known = ["Strategy", "Roadmap", "Budget", "Calendar", "KPI report"]
    assert [title for title in made if title in known] == known


@pytest.mark.parametrize("language", ["en", "de"])
def test_pages_and_text_hold_the_same_parts(language: str) -> None:
    analysis = sample_analysis(language)
    business = analysis.businesses[0]
    on_pages: list[Part] = []
    for topic in business_topics(business):
        for section in (*topic.summary, *topic.details):
            on_pages += section.parts
    below: list[Part] = []
    for section in (*summary_sections(business), *detail_sections(business)):
        below += section.parts
    assert all(part in below for part in on_pages)
    assert all(part in on_pages for part in below)
    shown = [part for section in report_sections(analysis) for part in section.parts]
    assert all(part in shown for part in below if not isinstance(part, Picture))
