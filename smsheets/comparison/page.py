"""A comparison as one HTML file: each of its sections is a part of the page."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.comparison.report import compare_sections, days_line
from smsheets.comparison.run import Comparison
from smsheets.report.html.blocks import Arrangement, BlockMaker
from smsheets.report.html.page import PageView, TopicPage, page_texts, render_view
from smsheets.report.wording import Words


def render_comparison(comparison: Comparison, words: Words) -> str:
    """The comparison as one HTML file; the same comparison gives the same text."""
    return render_view(
        PageView(
            language=words.language,
            title=words.text("What has changed"),
            day=words.value(days_line(comparison)),
            businesses=(),
            tail=tuple(_topics(comparison, words)),
            texts=page_texts(words),
        )
    )


def _topics(comparison: Comparison, words: Words) -> Iterator[TopicPage]:
    """One part for each section; a table is named with its workbook."""
    maker = BlockMaker(words)
    chapter = ""
    for number, section in enumerate(compare_sections(comparison), 1):
        title = words.text(section.title)
        chapter = title if section.chapter else chapter
        if not section.parts:
            continue  # a workbook of which there is nothing to say but its tables
        yield TopicPage(
            id=f"c{number}",
            name="changes",
            title=title if section.chapter else f"{chapter}: {title}",
            blocks=maker.blocks(Arrangement((), (section,))),
        )
