"""The client report as a page of its own, and the list of several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.kpi_standards import rounded
from smsheets.money import Share
from smsheets.periods import DAYS_IN_WEEK
from smsheets.report.client import ClientDay, ClientEntry, ClientPost, ClientReport, Remark
from smsheets.report.client_figures import HEADERS, ChannelRow, Figure
from smsheets.report.document import Line, Shown
from smsheets.report.html.charts import ChartPage, draw_chart
from smsheets.report.html.page import load_template, packed
from smsheets.report.html.tables import CellPage, TablePage, TilePage, make_cell, make_table, make_tiles
from smsheets.report.sections.headline import STATES
from smsheets.report.wording import Words, change_text, signed
from smsheets.safe_text import safe_line


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """Whose page it is; what is empty is left out.

    Attributes:
        logo: A picture as a `data:` address.
        colour: `#rrggbb`.
        prepared_by: Who sends it.
    """

    logo: str = ""
    colour: str = ""
    prepared_by: str = ""


_COLOUR = "#1f5f8b"
"""Of a page without a brand: the blue of the other pages."""
_CARD, _DARK_CARD = "#ffffff", "#1b222b"
"""What letters of the colour stand on, by day and in the dark; as in report.css."""
_READABLE = 4.5
"""Contrast of letters with their ground, by WCAG 2.2, level AA."""
_STEPS = 20  # from a colour to black or white, fine enough to stay close to it


def _red_green_blue(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _luminance(colour: str) -> float:
    """Relative luminance, by WCAG."""
    parts = [value / 255 for value in _red_green_blue(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, by WCAG."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, ground: str) -> str:
    """The colour, moved towards black or white until it can be read on a ground."""
    end = 0 if _luminance(ground) > 0.5 else 255
    for step in range(_STEPS + 1):
        mixed = [round(value + (end - value) * step / _STEPS) for value in _red_green_blue(colour)]
        found = "#" + "".join(f"{value:02x}" for value in mixed)
        if contrast(found, ground) >= _READABLE:
            return found
    return f"#{end:02x}{end:02x}{end:02x}"


def _colours(colour: str) -> str:
    """The style of a brand: the head in its colour, letters and lines in what can be read of it."""
    chosen = colour or _COLOUR
    ink = max("#ffffff", "#000000", key=lambda other: contrast(chosen, other))
    day, dark = readable(chosen, _CARD), readable(chosen, _DARK_CARD)
    return (
        f":root {{ --band: {chosen}; --band-ink: {ink}; --accent: {day}; --o1: {day}; }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; --o1: {dark}; }} }}"
    )


class _CellPage(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a channel in words: its value or a dash, what it is measured by or why it is blank, its changes."""

    text: str
    note: str
    change: str
    arrow: str
    year: str


class _RowPage(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    cells: tuple[_CellPage, ...]


class _PostPage(msgspec.Struct, frozen=True, kw_only=True):
    head: str
    text: str
    link: str
    says: tuple[str, ...]


class _DayPage(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the calendar; `place` is its column, from 1."""

    name: str
    number: str
    place: int
    dates: tuple[str, ...]
    posts: tuple[tuple[str, str], ...]
    more: str


class _ClientPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page before it is HTML; all its texts are in the reader's language."""

    language: str
    business: str
    period: str
    against: str
    look: Look
    day: str
    tiles: tuple[TilePage, ...]
    moves: tuple[tuple[str, tuple[str, ...]], ...]
    comment: tuple[Remark, ...]
    headers: tuple[str, ...]
    rows: tuple[_RowPage, ...]
    row_notes: tuple[str, ...]
    posts: tuple[tuple[str, tuple[_PostPage, ...]], ...]
    charts: tuple[ChartPage, ...]
    budget: TablePage | None
    currency: str
    weekdays: tuple[str, ...]
    days: tuple[_DayPage, ...]
    month: str
    texts: dict[str, str]


_TEXTS = {
    "skip": Line("Skip to the report"),
    "report": Line("Social media report"),
    "prepared": Line("Prepared by"),
    "summary": Line("Summary"),
    "comment": Line("Comment"),
    "channels": Line("Channels"),
    "channel": Line("Channel"),
    "posts": Line("Posts"),
    "post_note": Line("Compared with what is usual on the channel, by engagement or clicks, whichever is better."),
    "see": Line("See the post"),
    "trends": Line("Trends"),
    "budget": Line("Budget"),
    "target": Line("Target"),
    "status": Line("Status"),
    "list": Line("Client reports"),
    "list_note": Line("This list is only for you. It is not part of any report."),
    "business": Line("Business"),
    "period": Line("Period"),
    "result": Line("Result"),
    "up": Line("Went up"),
    "down": Line("Went down"),
}
_DASH = "–"


def render_client(report: ClientReport, currency: str, day: date, look: Look, words: Words) -> str:
    """The report of a client as one HTML file; the same report gives the same text.

    Args:
        day: Figures are worked out up to it.
    """
    return load_template("client.html.j2").render(page=_page(report, currency, day, look, words), css=_style(look))


def _style(look: Look) -> str:
    return f"{packed('report.css')}\n{packed('client.css')}\n{_colours(look.colour)}"


def _page(report: ClientReport, currency: str, day: date, look: Look, words: Words) -> _ClientPage:
    year = report.period.year_before
    values: dict[str, Shown] = {"before": report.period.before, "year": year}
    against = Line("Compared with {before} and {year}.") if report.has_year else Line("Compared with {before}.")
    notes = [_NOTE]
    if report.period.months > 1:
        notes.append(_REACH_NOTE)
    if not report.has_year:
        notes.append(Line("There are no figures for {year} to compare with.", values))
    first = _week_start(report.country, words.language)
    return _ClientPage(
        language=words.language,
        business=safe_line(report.business) or words.text("Business without a name"),
        period=words.value(report.period),
        against=words.text(against.text, values),
        look=msgspec.structs.replace(look, prepared_by=safe_line(look.prepared_by)),
        day=words.text("Figures up to {day}.", {"day": min(day, report.period.last)}),
        tiles=make_tiles(report.tiles, words),
        moves=tuple(_moves(report, words)),
        comment=tuple(Remark(remark.look, safe_line(remark.text)) for remark in report.comment),
        headers=tuple(words.value(header) for header in HEADERS),
        rows=tuple(_row(row, words) for row in report.channels),
        row_notes=tuple(map(words.value, notes)),
        posts=tuple(
            (words.value(title), tuple(_post(post, words) for post in posts))
            for title, posts in ((Line("Best posts"), report.best), (Line("Weakest posts"), report.weakest))
            if posts
        ),
        charts=tuple(draw_chart(chart, words, f"c{number}") for number, chart in enumerate(report.trends, 1)),
        budget=make_table(report.budget, words) if report.budget is not None else None,
        currency=words.text("All amounts in {currency}.", {"currency": currency}),
        weekdays=tuple(_weekdays(first, words.language)),
        days=tuple(_day(one, first, words) for one in report.days),
        month=words.text("What is planned for {month}", {"month": report.period.month_after}),
        texts={name: words.value(line) for name, line in _TEXTS.items()},
    )


_NOTE = Line("Below each figure: the change from the period before.")
_REACH_NOTE = Line("Reach counts each person once, so it cannot be added up over months.")


def _moves(report: ClientReport, words: Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The month in sentences, each kind under its heading; one sentence where there is nothing to tell."""
    if not report.known:
        none = words.text("There are no figures for {period} yet.", {"period": report.period})
        yield words.text("What went up"), (none,)
    else:
        for title, lines, nothing in (
            (Line("What went up"), report.up, Line("Nothing rose by 2% or more.")),
            (Line("What went down"), report.down, Line("Nothing fell by 2% or more.")),
        ):
            yield words.value(title), tuple(words.value(line) for line in lines or (nothing,))
    for title, lines in ((Line("What we did"), report.done), (Line("What comes next"), report.next)):
        if lines:
            yield words.value(title), tuple(words.value(line) for line in lines)


def _row(row: ChannelRow, words: Words) -> _RowPage:
    return _RowPage(name=words.value(row.name), cells=tuple(_cell(figure, words) for figure in row.figures))


def _cell(figure: Figure, words: Words) -> _CellPage:
    change, year = figure.change, figure.year_share
    return _CellPage(
        text=_DASH if figure.value is None else words.cell(figure.value),
        note=words.value(figure.note),
        change="" if change is None else _change(figure, change, words),
        arrow="" if not change else "▲" if change > 0 else "▼",
        year="" if year is None else f"{signed(Share(year), words)} {words.text('year on year')}",
    )


def _change(figure: Figure, change: Decimal, words: Words) -> str:
    """The change, and what share of the period before it is; of a rate in percentage points."""
    if not change:
        return words.text("unchanged")
    if isinstance(figure.value, Share):
        return change_text(Share(change), words)
    share = figure.change_share if figure.shows_share else None
    shown = signed(rounded(change), words)
    return shown if share is None else f"{shown} ({signed(Share(share), words)})"


def _post(post: ClientPost, words: Words) -> _PostPage:
    return _PostPage(
        head=words.text("{channel}, {day}", {"channel": post.channel, "day": post.day}),
        text=words.value(post.text),
        link=_safe_link(post.link),
        says=tuple(words.value(line) for line in post.says),
    )


_WEB = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)


def _safe_link(link: str) -> str:
    """An address of the web; nothing else may be opened by a click."""
    address = link.strip()
    return address if _WEB.fullmatch(address) and address.isprintable() else ""


def _week_start(country: str, language: str) -> int:
    """The first day of the week where the business is, 0 = Monday."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(f"und_{country[:2].upper()}")
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(language)
    return int(locale.first_week_day)


def _weekdays(first: int, language: str) -> Iterator[str]:
    from babel import dates

    names = dates.get_day_names("abbreviated", "stand-alone", language)
    yield from (safe_line(names[(first + place) % DAYS_IN_WEEK]) for place in range(DAYS_IN_WEEK))


_MOST_OF_A_DAY = 6  # posts: what a day of a calendar has room for on paper


def _day(one: ClientDay, first: int, words: Words) -> _DayPage:
    hidden = len(one.posts) - _MOST_OF_A_DAY
    return _DayPage(
        name=words.value(one.day),
        number=str(one.day.day),
        place=(one.day.weekday() - first) % DAYS_IN_WEEK + 1,
        dates=tuple(words.value(name) for name in one.dates),
        posts=tuple((words.value(channel), words.value(title)) for channel, title in one.posts[:_MOST_OF_A_DAY]),
        more=words.text("{count} more posts", {"count": hidden}) if hidden > 0 else "",
    )


class _EntryPage(msgspec.Struct, frozen=True, kw_only=True):
    """One business of the list, with the file of its report."""

    name: str
    file: str
    period: str
    status: CellPage
    tile: TilePage | None
    up: int
    down: int


def render_index(entries: Sequence[ClientEntry], look: Look, words: Words) -> str:
    """The list of several reports, in the order given."""
    shown = tuple(
        _EntryPage(
            name=safe_line(entry.report.business) or words.text("Business without a name"),
            file=entry.file,
            period=words.value(entry.report.period),
            status=make_cell(STATES[entry.state], words),
            tile=next(iter(make_tiles(entry.report.tiles, words)), None),
            up=len(entry.report.up),
            down=len(entry.report.down),
        )
        for entry in entries
    )
    texts = {name: words.value(line) for name, line in _TEXTS.items()}
    template = load_template("client_list.html.j2")
    return template.render(entries=shown, texts=texts, language=words.language, look=look, css=_style(look))
