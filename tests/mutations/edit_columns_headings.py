"""Headings in other words, misspelt, wiped out, and written twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import msgspec
from edit import edit
from grid import Cell, Place
from hand import Hand

from smsheets.layout.items import month_items
from smsheets.spec.catalogue import catalogue


def _retype(hand: Hand, change: Callable[[str], str], most: int = 2, monthly: bool = False) -> bool:
    """Writes headings of columns that people fill in another way."""
    table = hand.table(lambda table: any("#" in key or not monthly for key in table.inputs()))
    if table is None:
        return False
    keys = hand.rng.sample(table.inputs(), min(len(table.inputs()), hand.rng.randint(1, most)))
    done = False
    for key in keys:
        place = (table.header, table.cols[key])
        cell = hand.book.find(table.sheet.name).cells[place]
        if not isinstance(cell.value, str) or cell.formula is not None or change(cell.value) == cell.value:
            continue
        hand.notes.append(f"heading {cell.value!r} -> {change(cell.value)!r}")
        hand.book = hand.book.put(table.sheet.name, {place: replace(cell, value=change(cell.value), typed=True)})
        done = True
    return done


@edit("headings in capitals")
def capital_headings(hand: Hand) -> bool:
    return _retype(hand, str.upper, 9)


@edit("headings in small letters")
def small_headings(hand: Hand) -> bool:
    return _retype(hand, str.lower, 9)


@edit("a colon after headings")
def colon_headings(hand: Hand) -> bool:
    return _retype(hand, lambda text: f"{text}:", 9)


@edit("spaces around headings")
def spaced_headings(hand: Hand) -> bool:
    return _retype(hand, lambda text: f" {text}\u00a0 ", 9)


@edit("a line break in headings")
def broken_headings(hand: Hand) -> bool:
    return _retype(hand, lambda text: text.replace("\n", " ").replace(" ", "\n"), 9)


@edit("a line break inside a word of a heading")
def hyphened_heading(hand: Hand) -> bool:
    return _retype(
        hand, lambda text: text[: len(text) // 2] + "-\n" + text[len(text) // 2 :] if len(text) > 7 else text
    )


@edit("a unit behind headings")
def unit_headings(hand: Hand) -> bool:
    return _retype(hand, lambda text: f"{text} (EUR)")


@edit("a typo in a heading")
def typo_heading(hand: Hand) -> bool:
    at = hand.rng.random()

    def swap(text: str) -> str:
        if len(text) < 4:
            return text + text[-1]
        place = 1 + int(at * (len(text) - 3))
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    return _retype(hand, swap)


@edit("a letter left out of a heading")
def short_heading(hand: Hand) -> bool:
    return _retype(hand, lambda text: text[:-1] if len(text) > 3 else text)


@edit("a heading in one's own words")
def own_heading(hand: Hand) -> bool:
    words = [hand.word("My thing", "Mein Ding"), "xyz", hand.word("to be filled in", "noch auszufüllen")]
    return _retype(hand, lambda text: hand.rng.choice(words), 1)


@edit("a number or a date as a heading")
def number_heading(hand: Hand) -> bool:
    table = hand.table(lambda table: bool(table.inputs()))
    if table is None:
        return False
    place = (table.header, table.cols[hand.rng.choice(table.inputs())])
    cell = table.sheet.cells[place]
    hand.book = hand.book.put(table.sheet.name, {place: replace(cell, value=2027, formula=None, typed=True)})
    return True


@edit("headings in the other language")
def translated_headings(hand: Hand) -> bool:
    table = hand.table(lambda table: bool(table.inputs()))
    if table is None:
        return False
    other = "en" if hand.german else "de"
    words = catalogue(other, "common", hand.filled.kind)
    months = month_items(msgspec.structs.replace(hand.layout.profile, language=other))
    cells: dict[Place, Cell | None] = {}
    for key, col in table.cols.items():
        column, cell = table.placed.by_key[key], table.sheet.cells[table.header, col]
        if cell.formula is not None or not isinstance(cell.value, str):
            continue
        label = words.text(column.spec.label)
        if column.item is not None:
            if column.spec.each != "months":
                continue
            label = f"{months[column.item.n - 1].label}\n{label}"
        cells[table.header, col] = replace(cell, value=label, typed=True)
    hand.book = hand.book.put(table.sheet.name, cells)
    return True


@edit("months without the year in headings")
def headings_without_year(hand: Hand) -> bool:
    return _retype(hand, lambda text: re.sub(r" 2027\b", "", text), 9, monthly=True)


@edit("a heading wiped out")
def blank_heading(hand: Hand) -> bool:
    table = hand.table(lambda table: len(table.inputs()) > 2)
    if table is None:
        return False
    place = (table.header, table.cols[hand.rng.choice(table.inputs())])
    hand.book = hand.book.put(table.sheet.name, {place: None})
    return True


@edit("a heading written over its neighbour's")
def same_heading_twice(hand: Hand) -> bool:
    table = hand.table(lambda table: len(table.inputs()) > 2)
    if table is None:
        return False
    one, two = (table.cols[key] for key in hand.rng.sample(table.inputs(), 2))
    first, second = (table.sheet.cells[table.header, col] for col in (one, two))
    hand.book = hand.book.put(table.sheet.name, {(table.header, two): replace(second, value=first.value, typed=True)})
    return True
