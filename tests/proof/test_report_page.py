"""The report page in a real browser: silent, alone, as wide as the window, accessible, and whole on paper.

Chromium opens it as people do - on a desktop, on a phone, on paper, light and dark - and axe-core looks for what keeps
people out. A page that was broken on purpose proves that all of it is seen.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from programs import NODE_FOLDER
from report.hostile_report import write_hostile_workbooks

from smsheets import Analysis, analyze
from smsheets.analysis.plan_states import State
from smsheets.cells import CellRef
from smsheets.periods import Period
from smsheets.problems import Quoted, make_problem
from smsheets.report.build import report_sections
from smsheets.report.client import ClientEntry, Remark, client_report, worst_first
from smsheets.report.document import Entry, Line, Part, TableView
from smsheets.report.html.client import Look, render_client, render_index
from smsheets.report.html.page import print_page, render_page
from smsheets.report.html.tables import SIGNS
from smsheets.report.wording import Words

SAMPLES = Path(__file__).parents[2] / "samples" / "filled"
SECONDS = 900
SCREEN = 1_000  # pixels: what a usual window shows
PAGES = ("report", "german", "hostile", "client", "list")
READABLE = ("report", "german", "client", "list")
BREAKS = (
    '<p style="width: 3000px">wide</p><img src="https://example.invalid/picture.png">'
    '<p style="color: #ccc; background: #fff">pale</p><script>console.log("said"); alert("shown")</script>'
)

Seen = list[Mapping[str, Any]]


@pytest.fixture(scope="module")
def seen(node: str, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What the browser saw of all pages, in one run."""
    folder = tmp_path_factory.mktemp("pages")
    samples = analyze(*sorted(SAMPLES.glob("*.xlsx")))
    hostile = analyze(*write_hostile_workbooks(folder))
    report = render_page(samples, Words("en"))
    pages = {
        "report": report,
        "german": render_page(samples, Words("de")),
        "hostile": render_page(hostile, Words("en")),
        "client": _client(samples),
        "list": _list(samples),
        "broken": _without_policy(report).replace("</main>", f"{BREAKS}</main>"),
    }
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    command = [node, "report_page.cjs", chromium, *(str(folder / f"{name}.html") for name in pages)]
    done = subprocess.run(command, cwd=NODE_FOLDER, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    found: Seen = json.loads(done.stdout)
    return found


LOOK = Look(logo="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=", colour="#f2c14e")
JUNE = Period(first=date(2027, 6, 1))


def _client(samples: Analysis) -> str:
    """The report for a client with all that can be in it, in a colour that letters cannot be read in."""
    business = samples.businesses[0]
    comment = (Remark("heading", "June"), Remark("text", "A good month."), Remark("item", "Orders rose."))
    report = client_report(business.business, business.context, JUNE, comment, budget=True)
    linked = tuple(msgspec.structs.replace(post, link="https://clayandkiln.example/p/1") for post in report.best)
    report = msgspec.structs.replace(report, best=linked)
    return render_client(report, business.currency, samples.as_of, LOOK, Words("en"))


def _list(samples: Analysis) -> str:
    """The list of several reports."""
    business = samples.businesses[0]
    report = client_report(business.business, business.context, JUNE)
    entries = [ClientEntry(report=report, file=f"{state.value}.html", state=state) for state in State]
    return render_index(worst_first(entries), LOOK, Words("de"))


def _without_policy(page: str) -> str:
    """The page without the line that forbids it to load anything."""
    lines = page.splitlines()
    return "\n".join(line for line in lines if "Content-Security-Policy" not in line)


def _views(seen: Seen, *names: str) -> Iterator[Mapping[str, Any]]:
    found = [view for view in seen if view["page"].removesuffix(".html") in names]
    assert {view["page"].removesuffix(".html") for view in found} == set(names)
    return iter(found)


def test_all_ways_of_looking_were_taken(seen: Seen) -> None:
    assert [view["view"] for view in _views(seen, "report")] == [
        "desktop light",
        "desktop dark",
        "phone light",
        "phone dark",
        "paper",
        "paper of a dark screen",
    ]


def test_the_console_stays_silent_and_no_window_opens(seen: Seen) -> None:
    for view in _views(seen, *PAGES):
        assert (view["console"], view["dialogs"]) == ([], []), view["page"]


def test_nothing_is_asked_of_the_network(seen: Seen) -> None:
    assert [view["requests"] for view in _views(seen, *PAGES) if view["requests"]] == []


def test_no_page_is_wider_than_its_window(seen: Seen) -> None:
    for view in _views(seen, *PAGES):
        for state in ("folded", "unfolded"):
            assert view[state]["content"] <= view[state]["window"], (view["page"], view["view"], state)


def test_no_text_covers_another_and_what_is_cut_shows_that_it_goes_on(seen: Seen) -> None:
    for view in _views(seen, *READABLE):
        if view["view"].startswith(("desktop", "phone")):
            assert (view["overlaps"], view["cut"]) == ([], 0), (view["page"], view["view"])


def test_axe_finds_no_violation(seen: Seen) -> None:
    looked = [view for view in _views(seen, *PAGES) if "axe" in view]
    assert len(looked) == len(list(_views(seen, *PAGES))) - 2  # a dark screen's paper is as white as the other
    assert [(view["page"], view["view"], view["axe"]) for view in looked if view["axe"]] == []


def test_it_is_dark_on_a_dark_screen_and_white_on_paper(seen: Seen) -> None:
    colours = {view["view"]: view["background"] for view in _views(seen, "report")}
    assert colours["paper"] == colours["paper of a dark screen"] == "rgb(255, 255, 255)"
    assert colours["desktop dark"] == colours["phone dark"] != colours["desktop light"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_finding_every_problem_and_every_table_is_on_paper(
    language: str, chromium: str, carlito: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("smsheets.report.html.page.BROWSERS", (chromium,))
    analysis, words, pdf = analyze(*sorted(SAMPLES.glob("*.xlsx"))), Words(language), tmp_path / "report.pdf"
    cells = [CellRef("plan/calendar.xlsx", "Posts", row, 2) for row in range(6, 86, 2)]
    dates = (
        make_problem("cell.date-as-text", cell, column="Date", found=Quoted(f"{cell.row} May"), read="2027-05-01")
        for cell in cells
    )
    analysis = msgspec.structs.replace(analysis, problems=tuple(dates))
    pdf.write_bytes(print_page(render_page(analysis, words), analysis.as_of))
    # As the page has it, not column by column; a line may end inside of a text.
    done = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True)
    paper = _letters(done.stdout)
    texts = [text for section in report_sections(analysis) for part in section.parts for text in _texts(part, words)]
    assert [text for text in texts if _letters(text) not in paper] == []
    assert len(texts) > 600
    assert any(text.startswith(words.text("Followers") + "6") for text in texts)  # the last month of the KPI report
    assert sum("B84 '84 May'" in text for text in texts) == 1


_SIGNS = str.maketrans("", "", "".join(SIGNS.values()))


def _letters(text: str) -> str:
    """A text without the signs before status words and without what parts words and lines."""
    return "".join(text.translate(_SIGNS).split())


def _texts(part: Part, words: Words) -> Iterator[str]:
    """The sentences of a part, or the rows of a table."""
    if isinstance(part, Entry):
        yield from (words.value(part.says), words.value(part.todo), part.where, words.value(part.source))
        yield words.value(part.cells)
        for other in part.also:
            yield from (words.value(other.says), other.where, words.value(other.cells))
    elif isinstance(part, TableView):
        yield from ("".join(words.cell(cell) for cell in row) for row in part.rows)
    elif isinstance(part, Line):
        yield words.value(part)


@pytest.mark.parametrize("name", ["report", "german"])
def test_the_sample_takes_at_most_twelve_screens(name: str, seen: Seen) -> None:
    heights = [view["folded"]["height"] for view in _views(seen, name) if view["view"] == "desktop light"]
    assert len(heights) == 1
    assert heights[0] <= 12 * SCREEN


def test_the_report_for_a_client_takes_at_most_six_sheets_of_paper(seen: Seen) -> None:
    sheets = [view["sheets"] for view in _views(seen, "client") if view["view"] == "paper"]
    assert len(sheets) == 1
    assert 1 <= sheets[0] <= 6


_DATE = re.compile(rb"/\w*Date \(D:\d+")


def test_a_report_for_a_client_is_printed_as_pdf(chromium: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smsheets.report.html.page.BROWSERS", (chromium,))
    page = _client(analyze(SAMPLES / "kpi-report.xlsx", SAMPLES / "calendar.xlsx"))
    one, other = (print_page(page, date(2027, 7, 5)) for _ in range(2))
    assert _DATE.findall(one) == _DATE.findall(other)
    assert one.startswith(b"%PDF-")
    assert b"/CreationDate (D:20270705000000" in one


def test_a_broken_page_is_seen_to_be_broken(seen: Seen) -> None:
    for view in _views(seen, "broken"):
        assert view["requests"] == ["https://example.invalid/picture.png"]
        assert any("said" in line for line in view["console"])
        assert view["dialogs"] == ["shown"]
        assert view["folded"]["content"] >= 3000
        assert {"color-contrast", "image-alt"} <= {violation["id"] for violation in view["axe"]}
