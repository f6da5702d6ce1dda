"""The whole page: the brief of each business, the parts of its plan, findings, problems and what was read.

And any page as a PDF.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from smsheets.analysis.result import Analysis, BusinessAnalysis
from smsheets.errors import OptionError
from smsheets.report.build import findings_section, problems_section, read_section
from smsheets.report.document import Line, Section, Verbatim
from smsheets.report.html.blocks import Arrangement, BlockMaker, Blocks, EntryPage, make_entry
from smsheets.report.html.tables import TilePage, make_tiles
from smsheets.report.parts import Topic, business_topics
from smsheets.report.sections.cells import finding_entry
from smsheets.report.sections.headline import tiles_view, verdict_line
from smsheets.report.wording import Words

if TYPE_CHECKING:
    from jinja2 import Environment, Template


_TEXTS = {
    "skip": Line("Skip to the report"),
    "contents": Line("On this page"),
    "brief": Line("In brief"),
    "next_steps": Line("What to do next"),
    "table": Line("Table"),
    "details": Line("Details"),
    "also": Line("Also"),
    "all_cells": Line("All cells"),
    "more": Line("More charts"),
    "target": Line("Target"),
    "as_of": Line("as of"),
    "done": Line("done"),
    "from_day": Line("from"),
    "due": Line("due"),
    "slips_to": Line("likely until"),
    "name": Line("Initiative"),
    "time": Line("When"),
    "status": Line("Status"),
}
"""The page's own texts, as its template names them."""


def page_texts(words: Words) -> dict[str, str]:
    """The page's own texts in a language."""
    return {name: words.value(line) for name, line in _TEXTS.items()}


class TopicPage(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the page: its id there, its name for the style sheet, its heading, and the blocks below it."""

    id: str
    name: str
    title: str
    blocks: Blocks


class _BriefPage(msgspec.Struct, frozen=True, kw_only=True):
    """The brief, seen first: the verdict in a sentence, what to do next, the key figures."""

    id: str
    verdict: str
    steps: tuple[EntryPage, ...]
    tiles: tuple[TilePage, ...]


class _BusinessPage(msgspec.Struct, frozen=True, kw_only=True):
    """One business; its name is a heading of its own where there are several.

    Attributes:
        money: The currency of its amounts, in a sentence.
    """

    id: str
    name: str
    money: str
    brief: _BriefPage | None
    topics: tuple[TopicPage, ...]


class PageView(msgspec.Struct, frozen=True, kw_only=True):
    """The page before it is HTML; all its texts are in the reader's language.

    Attributes:
        tail: Of all businesses together: problems, and the files that were read.
    """

    language: str
    title: str
    day: str
    businesses: tuple[_BusinessPage, ...]
    tail: tuple[TopicPage, ...]
    texts: dict[str, str]

    @property
    def several(self) -> bool:
        """True where it holds more than one business."""
        return len(self.businesses) > 1


def render_page(analysis: Analysis, words: Words) -> str:
    """The analysis as one HTML file; the same analysis gives the same text."""
    return render_view(_make_page(analysis, words))


def render_view(page: PageView) -> str:
    """Any page as one HTML file."""
    return load_template("page.html.j2").render(page=page, css=packed("report.css"))


def _make_page(analysis: Analysis, words: Words) -> PageView:
    """The page before it is HTML."""
    maker = BlockMaker(words)
    names = [words.value(Verbatim(business.business)) for business in analysis.businesses]
    return PageView(
        language=words.language,
        title=names[0] if len(names) == 1 and names[0] else words.text("Social media report"),
        day=words.text("Figures up to {day}.", {"day": analysis.as_of}),
        businesses=tuple(
            _BusinessPage(
                id=f"b{number}",
                name=name or words.text("Business without a name"),
                money=words.text("All amounts in {currency}.", {"currency": business.currency})
                if business.currency
                else "",
                brief=_brief(business, words, _prefix(number, names)),
                topics=tuple(_topics(business, words, maker, _prefix(number, names))),
            )
            for number, (name, business) in enumerate(zip(names, analysis.businesses, strict=True), 1)
        ),
        tail=(
            _topic(_alone("problems", problems_section(analysis)), words, maker),
            _topic(_alone("read", read_section(analysis)), words, maker),
        ),
        texts=page_texts(words),
    )


def _prefix(number: int, names: list[str]) -> str:
    """The beginning of all ids of one business, where there are several."""
    return f"b{number}-" if len(names) > 1 else ""


def _brief(business: BusinessAnalysis, words: Words, prefix: str) -> _BriefPage | None:
    headline = business.headline
    if not headline.plans:
        return None
    return _BriefPage(
        id=f"{prefix}brief",
        verdict=words.value(verdict_line(headline)),
        steps=tuple(make_entry(finding_entry(finding), words) for finding in headline.steps),
        tiles=make_tiles(tiles_view(headline, business.context), words),
    )


_FIRST = ("kpis", "inbox")
"""Topics of results: they are what one looks for first."""


def _topics(business: BusinessAnalysis, words: Words, maker: BlockMaker, prefix: str) -> Iterator[TopicPage]:
    topics = sorted(business_topics(business), key=lambda topic: topic.name not in _FIRST)
    topics.append(_alone("findings", findings_section(business)))
    return (_topic(topic, words, maker, prefix) for topic in topics)


def _alone(name: str, section: Section) -> Topic:
    """A section that is a part of the page by itself."""
    assert isinstance(section.title, str)
    return Topic(name=name, title=section.title, details=(section,))


def _topic(topic: Topic, words: Words, maker: BlockMaker, prefix: str = "") -> TopicPage:
    return TopicPage(
        id=prefix + topic.name,
        name=topic.name,
        title=words.text(topic.title),
        blocks=maker.blocks(Arrangement(topic.summary, topic.details)),
    )


def load_template(name: str) -> Template:
    """A template that comes with the program; every text put into it is escaped."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader

    return Environment(loader=FunctionLoader(packed), autoescape=True, trim_blocks=True, lstrip_blocks=True)


@cache
def packed(name: str) -> str:
    """A file that comes with the program: a template or the style sheet."""
    from importlib.resources import files

    return (files("smsheets.report.html") / "templates" / name).read_text(encoding="utf-8")


BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
"""Programs that print a page, by their names."""
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
"""Where they are on computers that do not look for programs by name."""
_SECONDS = 120
"""A page takes two or three; a computer with much to do a little longer."""
_DATES = re.compile(rb"/(Creation|Mod)Date \(D:\d{14}")
_NO_BROWSER = (
    "a PDF needs Chromium, Chrome or Edge, and none was found. Write an .html file and print it from your browser"
)


def print_page(page: str, day: date) -> bytes:
    """A page as a PDF; nothing in it tells when it was printed, but Chromium may number its parts otherwise each time.

    Args:
        day: The day that the PDF says it was made on.

    Raises:
        OptionError: There is no browser, or it does not print.
    """
    import shutil
    import subprocess
    import tempfile

    found = [path for name in BROWSERS if (path := shutil.which(name))]
    found += [path for path in ELSEWHERE if os.path.isfile(path)]
    if not found:
        raise OptionError(f"PDF: {_NO_BROWSER}.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "report.html", Path(folder) / "report.pdf"
        source.write_text(page, encoding="utf-8")
        command = [
            found[0], "--headless=new", "--disable-gpu", "--no-first-run", f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri(),
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # it does not start for root with one
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
            data = target.read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise OptionError(
                f"PDF: {found[0]} does not print. Write an .html file and print it from your browser."
            ) from None
    stamp = f"{day:%Y%m%d}000000".encode()
    return _DATES.sub(lambda match: b"/" + match[1] + b"Date (D:" + stamp, data)
