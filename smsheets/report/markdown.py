"""A report as Markdown, for a mail, a chat or a wiki."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smsheets.report.document import Entry, Picture, Section, TableView, TilesView
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line, safe_markdown


def render_markdown(sections: Iterable[Section], words: Words) -> str:
    """Sections as Markdown; characters that mean something there are escaped."""
    return "\n".join(line for section in sections for line in _section(section, words)) + "\n"


def _section(section: Section, words: Words) -> Iterator[str]:
    title = safe_markdown(words.text(section.title))
    if title:
        yield f"{'##' if section.chapter else '###'} {title}"
        yield ""
    in_list = False
    for part in section.parts:
        if isinstance(part, Picture):
            continue
        if isinstance(part, TableView | TilesView):
            if in_list:
                yield ""
            in_list = False
            yield from _table(part.table if isinstance(part, TilesView) else part, words)
        else:
            in_list = True
            yield f"- {_entry(part, words) if isinstance(part, Entry) else safe_markdown(words.value(part))}"
            if isinstance(part, Entry) and part.cells_line is not None:
                yield f"  - {safe_markdown(words.value(part.cells_line))}"
            for other in part.also if isinstance(part, Entry) else ():
                says, where = safe_markdown(words.value(other.says)), safe_markdown(safe_line(other.where))
                yield f"  - {words.text('Also')}: {says} ({where}) {_name(other)}"
    if in_list:
        yield ""


def _entry(entry: Entry, words: Words) -> str:
    says, todo = safe_markdown(words.value(entry.says)), safe_markdown(words.value(entry.todo))
    where = safe_markdown(safe_line(entry.where))
    if entry.level == "problem":
        return f"**{where}**: {says} {todo} {_name(entry)}"
    place = f" ({where})" if where else ""
    return f"**{safe_markdown(words.text(entry.level))}**: {says} {todo}{place} {_name(entry)}"


def _name(entry: Entry) -> str:
    """Its stable name, as code: copied from there it is whole."""
    return f"`{safe_line(entry.name).replace('`', '')}`"


def _table(view: TableView, words: Words) -> Iterator[str]:
    if view.title:
        yield f"**{safe_markdown(words.text(view.title))}**"
        yield ""
    yield "| " + " | ".join(safe_markdown(words.text(header)) for header in view.headers) + " |"
    yield "|" + " --- |" * len(view.headers)
    for row in view.rows:
        yield "| " + " | ".join(_cell(cell, words) for cell in row) + " |"
    yield ""


def _cell(cell: object, words: Words) -> str:
    return safe_markdown(words.cell(cell))  # type: ignore[arg-type]
