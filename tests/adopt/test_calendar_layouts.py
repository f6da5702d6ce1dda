"""Calendars drawn at random: what comes over is what was put in, or it is named. See `layout_grammar.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from adopt.calendar_layouts import COLUMNS, CalendarLayout, Post, draw_calendar
from adopt.layout_grammar import (
    CASES,
    CHUNKS,
    Outcome,
    Record,
    Sheet,
    check_chunk,
    outcome_of,
    rng_of,
    said_texts,
    values_of,
)

from smsheets.rewrite.adoption import Adoption


@pytest.mark.parametrize("chunk", CHUNKS)
def test_what_comes_over_is_what_was_put_in(chunk: int, record_property: Record) -> None:
    check_chunk(chunk, CASES, _outcome, record_property)


def _outcome(number: int) -> tuple[Outcome, Sequence[Sheet]]:
    layout = draw_calendar(rng_of("calendar", number))
    return outcome_of("calendar", layout, layout.posts, _compared)


def _compared(layout: CalendarLayout, adoption: Adoption) -> Outcome:
    """Each row that came over is looked up by its text; what is missing of a post must be named somewhere."""
    wanted = {(text, post.get("channel", "")): post for post in layout.posts for text in _texts(post)}
    by_text: dict[str, list[Post]] = {}
    for (text, _), post in wanted.items():
        by_text.setdefault(text, []).append(post)
    wrong: list[str] = []
    found: list[tuple[Post, dict[str, str]]] = []
    for table in adoption.tables:
        for row in table.rows:
            cells = dict(values_of(row.cells, COLUMNS)) if table.table.id == "posts" else {}
            said = [text for value in (*row.cells.values(), *row.own.values()) if (text := str(value)) in by_text]
            if table.table.id != "posts" and not said:
                key_date = row.cells.get("date"), row.cells.get("name")
                if key_date not in layout.feasts and "holidays" not in layout.strays:
                    wrong.append(f"{layout.shape}: a row of {table.table.id} out of nothing: {row.cells}")
                continue
            posts = by_text[said[0]] if said else []
            post = next((post for post in posts if cells.get("channel", "") == post.get("channel", "")), None)
            if post is None:
                wrong.append(f"{layout.shape}: not put in, but came over: {row.cells}")
                continue
            truth = dict(values_of(post, COLUMNS))
            wrong += [
                f"{layout.shape}: {key} is {value!r}, not {truth.get(key)!r}, in {row.cells}"
                for key, value in cells.items()
                if truth.get(key) != value and not _is_named(adoption, key, value)
            ]
            found.append((post, cells))
    key_dates = [row.cells for table in adoption.tables if table.table.id == "key_dates" for row in table.rows]
    wrong += [
        f"{layout.shape}: no key date: {feast}"
        for feast in layout.feasts
        if feast not in [(row.get("date"), row.get("name")) for row in key_dates]
    ]
    everything = set(said_texts(adoption))
    for post in layout.posts:
        if not any(post is other for other, _ in found):
            lost = [text for text in _texts(post) if not any(text in said for said in everything)]
            wrong += [f"{layout.shape}: gone without a word: {text!r}" for text in lost]
    brought = sum(dict(values_of(post, COLUMNS)) == cells for post, cells in found)
    return Outcome("calendar", len(layout.posts), brought, wrong)


def _texts(post: Post) -> list[str]:
    return [post[key] for key in ("title", "copy") if key in post]


def _is_named(adoption: Adoption, column: str, value: Any) -> bool:
    """True for a cell that is named as one that could not be read."""
    return any(item.column.id == column and item.found == value for item in adoption.not_read)
