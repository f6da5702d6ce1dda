"""Texts of a workbook that try to be HTML, a formula, a command or a picture are just texts on the page."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from report.hostile_report import BUSINESS, write_hostile_workbooks
from report.html_tree import Element, parse

from smsheets import Analysis, analyze
from smsheets.periods import Period
from smsheets.report.client import client_report, read_comment
from smsheets.report.html.client import Look, render_client
from smsheets.report.html.page import render_page
from smsheets.report.wording import Words

ELEMENTS = """
html head meta title link style body a header h1 h2 h3 h4 p nav ul ol li main section div span b figure figcaption
details summary table caption thead tbody tfoot tr th td code svg desc g path rect circle text
"""
ATTRIBUTES = """
lang charset http-equiv content name rel href class id aria-label aria-labelledby aria-hidden style tabindex role
scope open viewbox transform d x y width height cx cy r
"""

WRITTEN = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "{{ 7 * 7 }} {% raw %} {0} {name} %s",
    "javascript:alert(4)//",
    "<b onmouseover=alert(5)>Owner</b>",
    "]]> <!-- --> &lt;b&gt; &#60;i&#62;",
    "مرحبا שלום 你好 🏺",
)


@cache
def hostile() -> Analysis:
    with TemporaryDirectory() as folder:
        analysis = analyze(*write_hostile_workbooks(Path(folder)))
    assert len(analysis.businesses) == 1
    return analysis


@cache
def page() -> str:
    return render_page(hostile(), Words("en"))


@cache
def tree() -> Element:
    return parse(page())


def test_no_text_becomes_an_element_or_an_attribute() -> None:
    elements = list(tree().all())
    assert {item.tag for item in elements} <= set(ELEMENTS.split())
    assert {name for item in elements for name in item.attributes} <= set(ATTRIBUTES.split())


def test_no_address_leads_out_of_the_page() -> None:
    links = [item.attributes["href"] for item in tree().all() if "href" in item.attributes]
    assert all(link.startswith("#") or link == "data:," for link in links)


def test_every_style_is_a_length_of_ours() -> None:
    for item in tree().all():
        for part in item.attributes.get("style", "").split(";"):
            name, _, value = part.partition(":")
            assert (name, value[-1:]) in {("left", "%"), ("width", "%"), ("", "")}, part


def test_the_texts_are_still_to_be_read() -> None:
    text = tree().text
    for written in WRITTEN:
        assert written in text, written
    assert tree().one("h1").text == BUSINESS
    assert tree().one("head").one("title").text == BUSINESS


def test_no_sign_commands_a_terminal_or_turns_letters_around() -> None:
    assert not set(page()) & set("\x1b\x07\u202e\u2066\u2069")
    assert "\ufffd[31mred\ufffd[0m" in tree().text


CLIENT_ELEMENTS = """
html head meta title link style body a header h1 h2 h3 p ul ol li main section div span b figure figcaption table
caption thead tbody tfoot tr th td svg desc g path circle text footer
"""


def test_the_report_for_a_client_is_as_safe() -> None:
    (business,) = hostile().businesses
    comment = read_comment("<script>alert(1)</script>\n\n- <img src=x onerror=alert(2)>")
    made = client_report(business.business, business.context, Period(first=date(2027, 6, 1)), comment, budget=True)
    look = Look(prepared_by="</style><script>alert(3)</script>")
    html = render_client(made, "USD", date(2027, 7, 5), look, Words("en"))
    items = list(parse(html).all())
    assert {item.tag for item in items} <= set(CLIENT_ELEMENTS.split())
    assert not [name for item in items for name in item.attributes if name.startswith("on") or name == "src"]
    assert {item.attributes["href"] for item in items if "href" in item.attributes} == {"#main", "data:,"}
    assert parse(html).one("h1").text == BUSINESS
    assert not set(html) & set("\x1b\x07\u202e\u2066\u2069")
