"""Roadmaps as people draw them, at random: lists of tasks with phases, and with bars of a chart beside them."""

from __future__ import annotations

from datetime import date, timedelta
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
)

COLUMNS = ("initiative", "owner", "start", "due", "done_share", "status", "channel")
"""Our columns that are compared."""

_HEADINGS = {
    "en": {
        "initiative": ("Task", "Initiative", "Project", "Activity", "Milestone"),
        "owner": ("Owner", "Assigned to", "Responsible", "Lead"),
        "start": ("Start", "Start date", "Begin", "From"),
        "due": ("End", "Due date", "Deadline", "End date"),
        "done_share": ("% done", "Progress", "% complete"),
        "status": ("Status", "State"),
    },
    "de": {
        "initiative": ("Aufgabe", "Maßnahme", "Projekt", "Vorhaben"),
        "owner": ("Verantwortlich", "Zuständig", "Wer"),
        "start": ("Start", "Beginn", "Anfang", "Startdatum"),
        "due": ("Ende", "Frist", "Bis", "Enddatum"),
        "done_share": ("Fortschritt", "% erledigt"),
        "status": ("Status", "Stand"),
    },
    "fr": {
        "initiative": ("Tâche", "Projet", "Action", "Initiative"),
        "owner": ("Responsable", "Pilote", "Qui"),
        "start": ("Début", "Date de début"),
        "due": ("Fin", "Échéance", "Date de fin"),
        "done_share": ("Avancement", "% réalisé"),
        "status": ("Statut", "État"),
    },
    "es": {
        "initiative": ("Tarea", "Proyecto", "Iniciativa", "Acción"),
        "owner": ("Responsable", "Encargado"),
        "start": ("Inicio", "Fecha de inicio"),
        "due": ("Fin", "Fecha límite", "Fecha de fin"),
        "done_share": ("Progreso", "Avance"),
        "status": ("Estado", "Estatus"),
    },
}
_STATUSES = {
    "en": {"In progress": ("In progress", "On track"), "Done": ("Done", "Completed"), "On hold": ("On hold",)},
    "de": {"In progress": ("In Arbeit", "Läuft"), "Done": ("Erledigt", "Fertig"), "On hold": ("Pausiert",)},
    "fr": {"In progress": ("En cours",), "Done": ("Terminé",), "On hold": ("En pause",)},
    "es": {"In progress": ("En curso",), "Done": ("Terminado", "Hecho"), "On hold": ("En pausa",)},
}
_PHASES = ("Phase A", "Phase B", "Launch phase")
_WORDS = ("Shop photos", "New site", "Reels series", "Market stall", "Kiln tour", "Gift cards")


class RoadmapLayout:
    """A roadmap being drawn: its sheets, and the rows that were put into it."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.language = rng.choice(LANGUAGES)
        self.sheets: list[Sheet] = []
        self.rows: list[dict[str, Any]] = []
        self.number = 0
        self.pictured = rng.random() < 0.15
        countries = {"en": "US", "de": "DE", "fr": "FR", "es": "ES"}
        self.given = {"language": "en", "country": countries[self.language]}
        self._draw()
        for tag in range(rng.choice((0, 0, 0, 1, 2))):
            add_stray(self.sheets, rng.choice(sorted(STRAYS)), rng, tag)

    def _draw(self) -> None:
        rng = self.rng
        sheet = Sheet("Roadmap")
        self.sheets.append(sheet)
        for _ in range(rng.choice((0, 0, 1, 2))):
            sheet.put_row([rng.choice(("Bluebird Studio", "Roadmap"))])
        sheet.skip(rng.choice((0, 0, 1)))
        columns = ["initiative", "start", "due", *rng.sample(("owner", "status", "done_share"), 2)]
        columns += [""] * rng.choice((0, 0, 1))
        if rng.random() < 0.4:
            rng.shuffle(columns)
        months = range(1, 13) if rng.random() < 0.25 else range(0)
        words = _HEADINGS[self.language]
        heads = [rng.choice(words[column]) if column else "Colour" for column in columns]
        short = rng.random() < 0.5
        sheet.put_row(
            [
                *decorated(heads, rng.choice(DECORATIONS), rng),
                *(month_word(self.language, month, short=short) for month in months),
            ]
        )
        style = rng.choice(DAY_STYLES)
        phases = rng.random() < 0.3 and columns[0] == "initiative"
        for phase in _PHASES if phases else ("",):
            if phase:
                sheet.put_row([phase])
            for _ in range(rng.randint(2, 4)):
                self._row(sheet, columns, style, months)
            if phase:
                sheet.skip(1)

    def _row(self, sheet: Sheet, columns: list[str], style: str, months: range) -> None:
        rng = self.rng
        start = date(YEAR, rng.randint(1, 9), rng.randint(13, 27))
        due = start + timedelta(days=rng.randint(20, 60))
        self.number += 1
        row: dict[str, Any] = {"initiative": f"{rng.choice(_WORDS)} {self.number:03}", "start": start, "due": due}
        typed: dict[str, Any] = {key: shown_day(row[key], style, self.language) for key in ("start", "due")}
        typed["initiative"] = row["initiative"]
        if "owner" in columns:
            row["owner"] = typed["owner"] = rng.choice(("Ana", "Ben", "Cleo"))
        if "status" in columns:
            row["status"] = rng.choice(sorted(_STATUSES[self.language]))
            word = rng.choice(_STATUSES[self.language][row["status"]])
            typed["status"] = f"{rng.choice('✅🟡🔵')} {word}" if self.pictured else word
        if "done_share" in columns:
            row["done_share"] = rng.choice((0.1, 0.25, 0.5, 0.75))
            typed["done_share"] = rng.choice((row["done_share"], f"{row['done_share']:.0%}"))
        bars = ["x" if start.month <= month <= due.month else None for month in months]
        sheet.put_row([*(typed[column] if column else f"own {rng.randint(1, 9)}" for column in columns), *bars])
        self.rows.append(row)
