"""Calendars as people draw them, at random: long tables, platforms across, months and weeks as grids."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random
from typing import Any

from adopt.layout_grammar import (
    DAY_STYLES,
    DECORATIONS,
    LANGUAGES,
    STRAYS,
    YEAR,
    Sheet,
    add_stray,
    decorated,
    month_word,
    shown_day,
    weekday_words,
)

COLUMNS = ("date", "time", "channel", "format", "title", "copy", "owner", "status", "hashtags")
"""Our columns that are compared."""

_HEADINGS = {
    "en": {
        "date": ("Date", "Publish date", "Day", "When", "Posting date"),
        "time": ("Time", "Posting time"),
        "channel": ("Platform", "Channel", "Social network", "Network"),
        "format": ("Format", "Post type", "Content type"),
        "title": ("Topic", "Title", "Headline", "Post idea"),
        "copy": ("Caption", "Text", "Post text", "Message", "Copy"),
        "owner": ("Owner", "Assigned to", "Responsible", "Author"),
        "status": ("Status", "Stage", "State"),
        "hashtags": ("Hashtags", "Tags"),
    },
    "de": {
        "date": ("Datum", "Tag", "Veröffentlichungsdatum", "Wann"),
        "time": ("Uhrzeit", "Zeit"),
        "channel": ("Kanal", "Plattform", "Netzwerk"),
        "format": ("Format", "Beitragsart", "Art"),
        "title": ("Thema", "Titel", "Überschrift", "Idee"),
        "copy": ("Text", "Beitragstext", "Bildunterschrift", "Botschaft"),
        "owner": ("Verantwortlich", "Zuständig", "Wer"),
        "status": ("Status", "Stand"),
        "hashtags": ("Hashtags", "Schlagworte"),
    },
    "fr": {
        "date": ("Date", "Jour", "Date de publication", "Quand"),
        "time": ("Heure", "Horaire"),
        "channel": ("Canal", "Plateforme", "Réseau social", "Réseau"),
        "format": ("Format", "Type de contenu", "Type de post"),
        "title": ("Titre", "Sujet", "Thème", "Idée"),
        "copy": ("Texte", "Légende", "Message", "Texte du post"),
        "owner": ("Responsable", "Auteur", "Qui"),
        "status": ("Statut", "État"),
        "hashtags": ("Hashtags", "Mots-clés"),
    },
    "es": {
        "date": ("Fecha", "Día", "Fecha de publicación", "Cuándo"),
        "time": ("Hora", "Horario"),
        "channel": ("Canal", "Plataforma", "Red social", "Red"),
        "format": ("Formato", "Tipo de contenido", "Tipo de post"),
        "title": ("Título", "Tema", "Asunto", "Idea"),
        "copy": ("Texto", "Pie de foto", "Mensaje", "Leyenda"),
        "owner": ("Responsable", "Encargado", "Autor"),
        "status": ("Estado", "Estatus"),
        "hashtags": ("Hashtags", "Etiquetas"),
    },
}
_OWN_HEADINGS = {
    "en": ("Mood", "Ref", "Round", "Colour"),
    "de": ("Stimmung", "Runde", "Farbe"),
    "fr": ("Humeur", "Tour", "Couleur"),
    "es": ("Humor", "Ronda", "Color"),
}
_STATUSES = {
    "en": {"Draft": ("Draft", "In progress"), "Scheduled": ("Scheduled", "Queued"), "Published": ("Posted", "Live")},
    "de": {"Draft": ("Entwurf", "In Arbeit"), "Scheduled": ("Eingeplant",), "Published": ("Veröffentlicht", "Online")},
    "fr": {"Draft": ("Brouillon", "À faire"), "Scheduled": ("Programmé",), "Published": ("Publié", "En ligne")},
    "es": {"Draft": ("Borrador", "En curso"), "Scheduled": ("Programado",), "Published": ("Publicado", "Hecho")},
}
_FORMATS = {
    "en": {"Photo": ("Photo", "Image"), "Carousel": ("Carousel",), "Short video": ("Reel",), "Story": ("Story",)},
    "de": {"Photo": ("Foto", "Bild"), "Carousel": ("Karussell",), "Short video": ("Reel",), "Story": ("Story",)},
    "fr": {"Photo": ("Photo", "Visuel"), "Carousel": ("Carrousel",), "Short video": ("Reel",), "Story": ("Story",)},
    "es": {"Photo": ("Foto", "Imagen"), "Carousel": ("Carrusel",), "Short video": ("Reel",), "Story": ("Historia",)},
}
_CHANNELS = {
    "Instagram": ("Instagram", "Instagram", "IG", "instagram"),
    "Facebook": ("Facebook", "Facebook", "FB"),
    "LinkedIn": ("LinkedIn", "Linkedin"),
    "TikTok": ("TikTok", "Tik Tok"),
    "X": ("X (Twitter)", "Twitter"),
    "YouTube": ("YouTube", "Youtube"),
}
_WORDS = ("New bowls", "The kiln", "Open studio", "Glaze test", "Cups", "A plate", "Clay", "Our wheel")
_TITLES = {
    "en": "Content plan of the studio",
    "de": "Plan für unsere Beiträge",
    "fr": "Plan de nos publications",
    "es": "Plan de nuestras entradas",
}
_FEASTS = {
    "en": ("Mother's Day", "Halloween", "World Water Day"),
    "de": ("Muttertag", "Ostermontag", "Heiligabend"),
    "fr": ("Fête des mères", "Noël", "Journée mondiale de l'eau"),
    "es": ("Día de la Madre", "Navidad", "Reyes"),
}
_WEEK_OF = {"en": "Week of", "de": "Woche vom", "fr": "Semaine du", "es": "Semana del"}
_BOXES = (
    ("TRUE", True, False),
    ("x", "x", None),
    ("yes", "Yes", "No"),
    ("1", 1, 0),
    ("mark", "✓", "✗"),
    ("X", "X", "-"),
)

Post = dict[str, Any]


@dataclass
class CalendarLayout:
    """A drawn calendar and the posts that were put into it.

    Attributes:
        feasts: Feast days that are named among the posts, with their day.
        given: What the user says of the business; the words of our workbook are English, so texts can be compared.
    """

    shape: str
    sheets: list[Sheet]
    posts: list[Post] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    feasts: list[tuple[date, str]] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)


class Drawing:
    """A calendar being drawn."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.language = rng.choice(LANGUAGES)
        self.number = 0
        self.pictured_values = rng.random() < 0.15
        countries = {"en": "US", "de": "DE", "fr": "FR", "es": "ES"}
        self.layout = CalendarLayout("", [], given={"language": "en", "country": countries[self.language]})

    def text(self) -> str:
        """A text that is nowhere else."""
        self.number += 1
        return f"{self.rng.choice(_WORDS)} {self.number:03}"

    def long_text(self) -> str:
        """A text that is a post itself."""
        return f"{self.text()}: come and see what we have made this week, we are open until six #clay"

    def days(self, count: int, months: int = 3) -> list[date]:
        """Days in order, one above the twelfth of a month among them, so that day and month cannot be confused."""
        first = date(YEAR, self.rng.randint(1, 13 - months), 1)
        found = sorted(first + timedelta(days=n) for n in self.rng.sample(range(28 * months), count - 1))
        return sorted([*found, first + timedelta(days=self.rng.randint(13, 27))])

    def heading(self, column: str) -> str:
        """A heading for one of our columns."""
        return self.rng.choice(_HEADINGS[self.language][column])

    def channels(self, count: int) -> list[str]:
        """Different platforms."""
        return self.rng.sample(sorted(_CHANNELS), count)

    def said(self, words: dict[str, tuple[str, ...]]) -> tuple[str, str]:
        """A value as ours shows it and as it is typed."""
        ours = self.rng.choice(sorted(words))
        typed = self.rng.choice(words[ours])
        return ours, f"{self.rng.choice('✅🟡🔵')} {typed}" if self.pictured_values else typed

    def value(self, column: str) -> tuple[Any, Any]:
        """A value of a column, as ours shows it and as it is typed."""
        rng = self.rng
        if column == "status":
            return self.said(_STATUSES[self.language])
        if column == "format":
            return self.said(_FORMATS[self.language])
        if column == "channel":
            ours = rng.choice(sorted(_CHANNELS))
            return ours, rng.choice(_CHANNELS[ours])
        if column == "time":
            moment = time(rng.randint(8, 20), rng.choice((0, 15, 30)))
            return moment, rng.choice((moment, f"{moment:%H:%M}"))
        if column == "hashtags":
            tags = f"#clay{rng.randint(1, 99)} #kiln"
            return tags, tags
        if column == "owner":
            name = rng.choice(("Ana", "Ben", "Cleo"))
            return name, name
        text = self.long_text() if column == "copy" else self.text()
        return text, text

    def sheet(self, name: str = "Plan") -> Sheet:
        """A further sheet."""
        found = Sheet(name)
        self.layout.sheets.append(found)
        return found

    def titles(self, sheet: Sheet) -> None:
        """Title rows above a table, or none."""
        for _ in range(self.rng.choice((0, 0, 1, 2))):
            sheet.put_row([self.rng.choice((_TITLES[self.language], "Bluebird Studio", f"Version {self.number}"))])
        sheet.skip(self.rng.choice((0, 0, 1)))


def _long_table(drawing: Drawing) -> None:
    """A row for each post, below one row of headings."""
    rng = drawing.rng
    sheet = drawing.sheet()
    drawing.titles(sheet)
    columns = ["date", "channel", rng.choice(("title", "copy")), *rng.sample(("status", "format", "time", "owner"), 2)]
    columns += [column for column in ("copy", "hashtags") if column not in columns and rng.random() < 0.5]
    columns += [""] * rng.choice((0, 0, 1, 2))
    if rng.random() < 0.5:
        rng.shuffle(columns)
    _table(drawing, sheet, columns, drawing.days(rng.randint(3, 7)))


def _table(drawing: Drawing, sheet: Sheet, columns: Sequence[str], days: Sequence[date], **fixed: Any) -> None:
    rng = drawing.rng
    own = iter(rng.sample(_OWN_HEADINGS[drawing.language], 3))
    heads = [drawing.heading(column) if column else next(own) for column in columns]
    sheet.put_row(decorated(heads, rng.choice(DECORATIONS), rng))
    style = rng.choice(DAY_STYLES)
    gaps = rng.random() < 0.2
    for day in days:
        post: Post = {"date": day, **fixed}
        cells: list[Any] = []
        for column in columns:
            if column == "date":
                cells.append(day.day if "month" in fixed else shown_day(day, style, drawing.language))
            elif column:
                post[column], typed = drawing.value(column)
                cells.append(typed)
            else:
                cells.append(f"own {rng.randint(1, 9)}")
        post.pop("month", None)
        drawing.layout.posts.append(post)
        sheet.put_row(cells)
        if gaps and rng.random() < 0.2:
            sheet.skip(1)


def _a_sheet_for_each_month(drawing: Drawing) -> None:
    """Sheets named by their month, with numbers for the days."""
    first = drawing.rng.randint(1, 10)
    columns = ["date", "channel", "title", "status"]
    for month in range(first, first + drawing.rng.randint(2, 3)):
        sheet = drawing.sheet(month_word(drawing.language, month).capitalize())
        sheet.put_row([f"{month_word(drawing.language, month)} {YEAR}"])
        days = [date(YEAR, month, day) for day in sorted(drawing.rng.sample(range(1, 29), 3))]
        _table(drawing, sheet, columns, days, month=True)


def _a_section_for_each_platform(drawing: Drawing) -> None:
    """The name of a platform above each table."""
    sheet = drawing.sheet()
    for channel in drawing.channels(drawing.rng.randint(2, 3)):
        sheet.put_row([channel])
        _table(drawing, sheet, ["date", "copy", "status"], drawing.days(3), channel=channel)
        sheet.skip(1)


def _platforms_across(drawing: Drawing) -> None:
    """A column for each platform, with its texts; perhaps each with a status of its own."""
    rng = drawing.rng
    sheet = drawing.sheet()
    drawing.titles(sheet)
    channels = drawing.channels(rng.randint(2, 4))
    own = rng.choice(("", "", "behind", "before", "named", "two rows"))
    status = drawing.heading("status")
    heads, below = [drawing.heading("date")], [""]
    for channel in channels:
        name = rng.choice(_CHANNELS[channel])
        pair = {"": [name], "behind": [name, status], "before": [status, name], "named": [name, f"{name} {status}"]}
        heads += pair.get(own, [name, ""])
        below += [drawing.heading("copy"), status]
    sheet.put_row(value or None for value in decorated(heads, rng.choice(DECORATIONS), rng) if own != "two rows")
    if own == "two rows":
        sheet.row -= 1
        text = drawing.heading("copy")
        sheet.put_row(value or None for value in heads)
        sheet.put_row([None, *[text, status] * len(channels)])
    style = rng.choice(DAY_STYLES)
    for day in drawing.days(rng.randint(3, 6)):
        cells: list[Any] = [shown_day(day, style, drawing.language)]
        for channel in channels:
            text = drawing.text() if own != "two rows" else drawing.long_text()
            post: Post = {"date": day, "channel": channel, "copy" if own == "two rows" else "title": text}
            if rng.random() < 0.2:
                cells += [None] if own == "" else [None, None]
                continue
            pair_of = [text]
            if own:
                post["status"], typed = drawing.said(_STATUSES[drawing.language])
                pair_of = [typed, text] if own == "before" else [text, typed]
            cells += pair_of
            drawing.layout.posts.append(post)
        sheet.put_row(cells)


def _boxes_across(drawing: Drawing) -> None:
    """A box for each platform, ticked where a post goes out."""
    rng = drawing.rng
    sheet = drawing.sheet()
    drawing.titles(sheet)
    channels = drawing.channels(rng.randint(2, 4))
    columns = ["date", "title", "copy"]
    heads = [drawing.heading(column) for column in columns] + [rng.choice(_CHANNELS[name]) for name in channels]
    with_status = rng.random() < 0.5
    heads += [drawing.heading("status")] if with_status else []
    sheet.put_row(decorated(heads, rng.choice(DECORATIONS), rng))
    _, yes, no = rng.choice(_BOXES)
    style = rng.choice(DAY_STYLES)
    for day in drawing.days(rng.randint(3, 6)):
        title, copy = drawing.text(), drawing.long_text()
        ticked = rng.sample(channels, rng.randint(1, len(channels)))
        cells = [shown_day(day, style, drawing.language), title, copy]
        cells += [yes if channel in ticked else no for channel in channels]
        post: Post = {"date": day, "title": title, "copy": copy}
        if with_status:
            post["status"], typed = drawing.said(_STATUSES[drawing.language])
            cells.append(typed)
        sheet.put_row(cells)
        drawing.layout.posts += [{**post, "channel": channel} for channel in channels if channel in ticked]


def _status_under_platforms(drawing: Drawing) -> None:
    """A column for each platform, with how far its post is."""
    rng = drawing.rng
    sheet = drawing.sheet()
    channels = drawing.channels(rng.randint(2, 3))
    sheet.put_row([drawing.heading("date"), drawing.heading("copy"), *channels])
    for day in drawing.days(rng.randint(3, 5)):
        copy = drawing.long_text()
        typed = []
        for channel in channels:
            ours, word = drawing.said(_STATUSES[drawing.language])
            typed.append(word)
            drawing.layout.posts.append({"date": day, "copy": copy, "channel": channel, "status": ours})
        sheet.put_row([day, copy, *typed])


class _Grid:
    """How the months of one workbook are drawn."""

    def __init__(self, drawing: Drawing) -> None:
        rng = drawing.rng
        self.drawing = drawing
        self.first = rng.choice((0, 6))
        kept = rng.choice((range(7), range(7), range(5), range(6), sorted(rng.sample(range(7), rng.randint(3, 5)))))
        week = [(self.first + n) % 7 for n in range(7)]
        self.weekdays = [day for day in week if day in kept]
        self.words = weekday_words(drawing.language, short=rng.random() < 0.4)
        self.in_cell = rng.choice(("below", "below", "dot", "line", "colon"))
        self.dates = self.in_cell == "below" and rng.random() < 0.3
        self.rows = rng.randint(1, 3) if self.in_cell == "below" else 0
        self.channel = rng.choice(("", "", "prefix", "second line", "first line", "brackets"))
        self.upper = rng.random() < 0.3

    def header(self) -> list[str]:
        """The row of weekdays."""
        return [self.words[day].upper() if self.upper else self.words[day] for day in self.weekdays]

    def weeks(self, month: int) -> list[list[date | None]]:
        """The days of a month, week by week, those of other months left out."""
        weeks = Calendar(self.first).monthdatescalendar(YEAR, month)
        lines = [
            [day if day.month == month else None for day in week if day.weekday() in self.weekdays] for week in weeks
        ]
        return [line for line in lines if any(line)]

    def draw_week(self, sheet: Sheet, row: int, col: int, week: Sequence[date | None]) -> int:
        """A week at a place; the next free row."""
        for at, day in enumerate(week, col):
            if day is None:
                continue
            texts = [self._entry(day) for _ in range(self._how_many())]
            if not texts and self.drawing.rng.random() < 0.03:
                texts = [self.drawing.rng.choice(_FEASTS[self.drawing.language])]
                self.drawing.layout.feasts.append((day, texts[0]))
            if self.in_cell == "below":
                sheet.put(row, at, day if self.dates else day.day)
                for number, text in enumerate(texts, 1):
                    sheet.put(row + number, at, text)
                continue
            joint = {"dot": ". ", "line": "\n", "colon": ": "}[self.in_cell]
            sheet.put(row, at, f"{day.day}{joint}{texts[0]}" if texts else day.day)
        return row + 1 + self.rows

    def _how_many(self) -> int:
        if self.drawing.rng.random() > 0.25:
            return 0
        return self.drawing.rng.randint(1, max(self.rows, 1))

    def _entry(self, day: date) -> str:
        """The text of a post as it is in the grid."""
        drawing = self.drawing
        text = drawing.text()
        post: Post = {"date": day, "title": text}
        drawing.layout.posts.append(post)
        if not self.channel or drawing.rng.random() < 0.2:
            return text
        post["channel"] = drawing.rng.choice(sorted(_CHANNELS))
        name = drawing.rng.choice([name for name in _CHANNELS[post["channel"]] if "(" not in name] or ["Twitter"])
        shapes = {"prefix": f"{name}: {text}", "second line": f"{text}\n{name}", "first line": f"{name}\n{text}"}
        return shapes.get(self.channel, f"{text} ({name})")


def _month_grids(drawing: Drawing) -> None:
    """Months one below another, side by side, or each on a sheet of its own; weekdays once, by month or by week."""
    rng = drawing.rng
    grid = _Grid(drawing)
    months = rng.choice((1, 1, 2, 3, 12))
    first = rng.randint(1, 13 - months)
    place = rng.choice(("below", "below", "sheets", "beside")) if months < 12 else "below"
    once = place == "below" and rng.random() < 0.5
    by_week = not once and place != "beside" and grid.in_cell == "below" and rng.random() < 0.2
    beside = once and rng.random() < 0.5
    sheet = drawing.sheet(f"{YEAR} plan") if place != "sheets" else None
    col, top = 2, 1
    if once and sheet is not None:
        sheet.row = grid_top = 1
        for number, word in enumerate(grid.header()):
            sheet.put(grid_top, col + number, word)
        sheet.row = 2
    for month in range(first, first + months):
        name = month_word(drawing.language, month).capitalize()
        if place == "sheets":
            sheet = drawing.sheet(name)
        assert sheet is not None
        row = top if place == "beside" else sheet.row
        if beside:
            sheet.put(row, 1, name)
        else:
            sheet.put(row, col, f"{name} {YEAR}" if rng.random() < 0.7 or place == "sheets" else name)
            row += 1
        if not once and not by_week:
            row = _put_header(sheet, row, col, grid)
        for week in grid.weeks(month):
            if by_week:
                row = _put_header(sheet, row, col, grid)
            row = grid.draw_week(sheet, row, col, week)
        if place == "beside":
            col += len(grid.weekdays) + 1
            sheet.row = max(place[0] for place in sheet.cells) + 1
        else:
            sheet.row = row + 1


def _put_header(sheet: Sheet, row: int, col: int, grid: _Grid) -> int:
    for number, word in enumerate(grid.header()):
        sheet.put(row, col + number, word)
    return row + 1


def _week_plans(drawing: Drawing) -> None:
    """Weeks one below another: weekdays across, platforms down."""
    rng = drawing.rng
    sheet = drawing.sheet()
    words = weekday_words(drawing.language)
    days = rng.choice((range(5), range(7), (0, 2, 4)))
    monday = date(YEAR, rng.randint(1, 11), 14)
    monday -= timedelta(days=monday.weekday())
    channels = drawing.channels(rng.randint(1, 3))
    for _ in range(rng.randint(1, 4)):
        sheet.put_row([f"{_WEEK_OF[drawing.language]} {shown_day(monday, 'named', drawing.language)}"])
        sheet.put_row([None, *(words[day] for day in days)])
        for channel in channels:
            cells: list[Any] = [channel]
            for day in days:
                text = drawing.text() if rng.random() < 0.6 else None
                cells.append(text)
                if text:
                    date_of = monday + timedelta(days=day)
                    drawing.layout.posts.append({"date": date_of, "channel": channel, "title": text})
            sheet.put_row(cells)
        sheet.skip(1)
        monday += timedelta(days=7)


_SHAPES: tuple[Callable[[Drawing], None], ...] = (
    *(_long_table, _long_table, _long_table, _a_sheet_for_each_month, _a_section_for_each_platform),
    *(_platforms_across, _platforms_across, _boxes_across, _status_under_platforms),
    *(_month_grids, _month_grids, _month_grids, _week_plans),
)


def draw_calendar(rng: Random) -> CalendarLayout:
    """A calendar of any shape, perhaps with tables beside it that hold no posts."""
    while True:
        drawing = Drawing(rng)
        shape = rng.choice(_SHAPES)
        shape(drawing)
        if drawing.layout.posts:
            break
    drawing.layout.shape = shape.__name__.strip("_")
    for tag in range(rng.choice((0, 0, 0, 1, 2))):
        drawing.layout.strays.append(rng.choice(sorted(STRAYS)))
        add_stray(drawing.layout.sheets, drawing.layout.strays[-1], rng, tag)
    return drawing.layout
