"""A report as Markdown, for a mail, a chat or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from smsheets.report.document import Entry, Section, TableView
from smsheets.report.wording import Words, plain_text

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def render_markdown(sections: Iterable[Section], words: Words) -> str:
    """Sections as Markdown; signs that mean something there are escaped."""
    return "\n".join(line for section in sections for line in _section(section, words)) + "\n"


def _section(section: Section, words: Words) -> Iterator[str]:
    yield f"{'##' if section.chapter else '###'} {_escape(words.text(section.title))}"
    yield ""
    in_list = False
    for part in section.parts:
        if isinstance(part, TableView):
            if in_list:
                yield ""
            in_list = False
            yield from _table(part, words)
        else:
            in_list = True
            yield f"- {_entry(part, words) if isinstance(part, Entry) else _escape(words.value(part))}"
    if in_list:
        yield ""


def _entry(entry: Entry, words: Words) -> str:
    says, todo = _escape(words.value(entry.says)), _escape(words.value(entry.todo))
    where, name = _escape(plain_text(entry.where)), _escape(entry.name)
    if entry.level == "problem":
        return f"**{where}**: {says} {todo} \\[{name}\\]"
    return f"**{_escape(words.text(entry.level))}**: {says} {todo} ({where}) \\[{name}\\]"


def _table(view: TableView, words: Words) -> Iterator[str]:
    if view.title:
        yield f"**{_escape(words.text(view.title))}**"
        yield ""
    yield "| " + " | ".join(_escape(words.text(header)) for header in view.headers) + " |"
    yield "|" + " --- |" * len(view.headers)
    for row in view.rows:
        yield "| " + " | ".join(_cell(cell, words) for cell in row) + " |"
    yield ""


def _cell(cell: object, words: Words) -> str:
    return _escape(words.cell(cell))  # type: ignore[arg-type]


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
