"""A report as Markdown, for a mail, a chat or a wiki."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smsheets.report.document import Entry, Picture, Section, TableView, TilesView
from smsheets.report.wording import Words, every_place
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
            if isinstance(part, Entry):
                yield from _below(part, words)
    if in_list:
        yield ""


def _entry(entry: Entry, words: Words) -> str:
    says, todo = safe_markdown(words.value(entry.says)), safe_markdown(words.value(entry.todo))
    if entry.level == "problem":
        return f"**{safe_markdown(safe_line(entry.where))}**: {says} {todo} {_name(entry)}"
    where = safe_markdown(every_place(entry, words))
    place = f" ({where})" if where else ""
    return f"**{safe_markdown(words.text(entry.level))}**: {says} {todo}{place} {_name(entry)}"


def _below(entry: Entry, words: Words) -> Iterator[str]:
    """All cells of a problem; what the same cause as that of a finding brings about."""
    if entry.level == "problem" and entry.cells:
        yield f"  - {safe_markdown(words.text('All cells: {cells}', {'cells': entry.cells}))}"
    for other in entry.also:
        says, where = safe_markdown(words.value(other.says)), safe_markdown(every_place(other, words))
        yield f"  - {words.text('Also')}: {says} ({where}) {_name(other)}"


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
