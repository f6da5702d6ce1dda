"""Budgets and KPI tables as people draw them, at random: months across or down, a sheet each, measures 1 to 4.

Every amount is there once, so an amount says what it must have become.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random
from typing import Any

from adopt.layout_grammar import DECORATIONS, LANGUAGES, STRAYS, YEAR, Sheet, add_stray, decorated, month_word

_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {
        "line": ("Item", "Expense", "Line item", "Vendor", "Description"),
        "category": ("Category", "Group", "Cost type"),
        "planned": ("Planned", "Budget", "Budgeted", "Plan"),
        "actual": ("Actual", "Spent", "Actual spend"),
        "computed": ("Difference", "Variance", "Remaining", "% of budget", "Over/under", "Left"),
        "unknown": ("Invoices", "Hours worked", "Orders placed"),
        "note": ("Notes", "Comments"),
        "total": ("Total", "Grand total"),
        "month": ("Month",),
        "metric": ("Metric", "KPI"),
        "channel": ("Platform", "Channel"),
        "target": ("Target", "Goal value"),
        "reached": ("Actual", "Result"),
        "share": ("% of target", "Change", "Growth"),
    },
    "de": {
        "line": ("Posten", "Position", "Bezeichnung", "Dienstleister"),
        "category": ("Kategorie", "Bereich", "Kostenart"),
        "planned": ("Geplant", "Budget", "Plan", "Soll"),
        "actual": ("Ist", "Ausgegeben", "Istkosten"),
        "computed": ("Abweichung", "Differenz", "Rest", "% vom Budget", "Verbleibend"),
        "unknown": ("Rechnungen", "Bestellungen"),
        "note": ("Notizen", "Bemerkung"),
        "total": ("Summe", "Gesamt"),
        "month": ("Monat",),
        "metric": ("Kennzahl", "KPI"),
        "channel": ("Kanal", "Plattform"),
        "target": ("Ziel", "Soll"),
        "reached": ("Ist", "Ergebnis"),
        "share": ("% vom Ziel", "Veränderung", "Zielerreichung"),
    },
    "fr": {
        "line": ("Poste", "Dépense", "Libellé", "Prestataire"),
        "category": ("Catégorie", "Rubrique"),
        "planned": ("Prévu", "Budget", "Budgété"),
        "actual": ("Réel", "Dépensé", "Réalisé"),
        "computed": ("Écart", "Reste", "% du budget", "Solde"),
        "unknown": ("Factures", "Commandes"),
        "note": ("Remarques", "Commentaires"),
        "total": ("Total",),
        "month": ("Mois",),
        "metric": ("Indicateur", "KPI"),
        "channel": ("Canal", "Plateforme"),
        "target": ("Objectif", "Cible"),
        "reached": ("Réel", "Résultat"),
        "share": ("% de l'objectif", "Évolution"),
    },
    "es": {
        "line": ("Concepto", "Partida", "Gasto", "Proveedor"),
        "category": ("Categoría", "Rubro"),
        "planned": ("Previsto", "Presupuesto", "Planificado"),
        "actual": ("Real", "Gastado", "Ejecutado"),
        "computed": ("Diferencia", "Restante", "% del presupuesto", "Desviación"),
        "unknown": ("Facturas", "Pedidos"),
        "note": ("Notas", "Observaciones"),
        "total": ("Total",),
        "month": ("Mes",),
        "metric": ("Métrica", "Indicador"),
        "channel": ("Canal", "Plataforma"),
        "target": ("Objetivo", "Meta"),
        "reached": ("Real", "Resultado"),
        "share": ("% del objetivo", "Variación"),
    },
}
_CATEGORIES = ("Paper goods", "Workshop room", "Market stall", "Helpers")
_THINGS = ("Scheduler", "Photographer", "Flyers", "Boosting", "Booth", "Newsletter tool", "Clay", "Courier")
_METRICS = {
    "en": {"followers": "Followers", "reach": "Reach", "impressions": "Impressions", "comments": "Comments"},
    "de": {"followers": "Follower", "reach": "Reichweite", "impressions": "Impressionen", "comments": "Kommentare"},
    "fr": {"followers": "Abonnés", "reach": "Portée", "impressions": "Impressions", "comments": "Commentaires"},
    "es": {"followers": "Seguidores", "reach": "Alcance", "impressions": "Impresiones", "comments": "Comentarios"},
}
PLATFORMS = {"instagram": "Instagram", "facebook": "Facebook", "tiktok": "TikTok", "linkedin": "LinkedIn"}
_MONTH_STYLES = ("word", "short", "word and year", "date", "slashed", "number")

BUDGET_SHAPES = ("two rows", "two rows", "measures above", "one row", "one row", "bare", "month sheets", "long")
KPI_SHAPES = ("two rows", "bare", "bare", "metrics across", "metrics across", "platform sheets", "long", "month sheets")


@dataclass
class Row:
    """A line of a budget or a figure: its names, and our column and month -> amount."""

    names: dict[str, str]
    amounts: dict[tuple[str, int], Any] = field(default_factory=dict)


@dataclass
class AmountLayout:
    """What was drawn.

    Attributes:
        named: Texts and numbers that are in no row of ours, and must be in a column of their own or be named.
    """

    shape: str
    language: str
    sheets: list[Sheet]
    rows: list[Row]
    named: list[Any] = field(default_factory=list)


class _Drawing:
    """One layout being drawn."""

    def __init__(self, kind: str, rng: Random) -> None:
        self.rng = rng
        self.kind = kind
        self.language = rng.choice(LANGUAGES)
        self.words = _WORDS[self.language]
        self.shape = rng.choice(BUDGET_SHAPES if kind == "budget" else KPI_SHAPES)
        first = rng.choice((1, 1, rng.randint(1, 12)))
        most = 13 - first
        self.months = list(range(first, first + min(most, rng.choice((1, 2, 3, 3, 4, 6, 12)))))
        self.decoration = rng.choice(DECORATIONS)
        self.numbers = count(1001)
        self.sheets: list[Sheet] = []
        self.named: list[Any] = []
        self.chosen: dict[str, str] = {}
        self.style = self._style()

    def word(self, name: str) -> str:
        """A heading; the same one in the whole workbook."""
        if name not in self.chosen:
            self.chosen[name] = self.rng.choice(self.words[name])
        return self.chosen[name]

    def _style(self) -> str:
        numbered = self.months[0] == 1 and len(self.months) > 2
        return self.rng.choice([style for style in _MONTH_STYLES if style != "number" or numbered])

    def month(self, month: int) -> Any:
        """A month as a heading or cell."""
        if self.style == "date":
            return date(YEAR, month, 1)
        if self.style == "slashed":
            return f"{month:02}/{YEAR}"
        if self.style == "number":
            return month
        name = month_word(self.language, month, short=self.style == "short")
        return f"{name} {YEAR}" if self.style == "word and year" else name

    def month_text(self, month: int) -> str:
        """A month as the name of a sheet or a part of a heading."""
        return f"{month_word(self.language, month)} {YEAR}"

    def sheet(self, name: str) -> Sheet:
        """A new sheet, with a title above its table or not."""
        sheet = Sheet(name)
        self.sheets.append(sheet)
        if self.rng.random() < 0.4:
            sheet.put_row([f"Bluebird Studio {YEAR}"])
            sheet.skip(self.rng.choice((0, 1)))
        return sheet

    def amount(self) -> Any:
        """An amount that no other cell has; blank now and then."""
        number = next(self.numbers)
        return self.rng.choice((number, number, number + 0.5)) if self.rng.random() < 0.93 else None

    def heads(self, names: Sequence[str]) -> list[str]:
        """Plain headings, as this workbook dresses them."""
        return decorated([self.word(name) for name in names], self.decoration, self.rng)


def _measures(drawing: _Drawing) -> list[str]:
    """Which measures each month has: our columns, `computed` and `unknown`."""
    ours = ("planned", "actual") if drawing.kind == "budget" else ("target", "actual")
    found = list(drawing.rng.choice((ours, ours, ours, ours[1:], ours[:1])))
    if drawing.rng.random() < 0.5:
        found.append("computed")
    if drawing.kind == "budget" and drawing.rng.random() < 0.2:
        found.append("unknown")
    return found


def _measure_word(drawing: _Drawing, measure: str) -> str:
    if drawing.kind == "budget":
        return drawing.word(measure)
    return drawing.word({"actual": "reached", "computed": "share"}.get(measure, measure))


def _lines(drawing: _Drawing) -> list[Row]:
    """The lines or figures, without amounts."""
    rng = drawing.rng
    if drawing.kind == "budget":
        things = rng.sample(_THINGS, rng.randint(2, 5))
        categories = rng.sample(_CATEGORIES, 2)
        return [
            Row({"line": thing, "category": categories[2 * number // len(things)]})
            for number, thing in enumerate(things)
        ]
    platforms, metrics = (
        rng.sample(sorted(PLATFORMS), rng.randint(1, 2)),
        rng.sample(sorted(_METRICS["en"]), rng.randint(2, 4)),
    )
    return [Row({"channel": channel, "metric": metric}) for channel in platforms for metric in metrics]


def _shown_name(drawing: _Drawing, row: Row, name: str) -> str:
    if name == "metric":
        return _METRICS[drawing.language][row.names["metric"]]
    return PLATFORMS[row.names["channel"]] if name == "channel" else row.names[name]


def _cells_of(drawing: _Drawing, row: Row, month: int, measures: Sequence[str]) -> list[Any]:
    """The cells of one month of one row; what is ours is noted as what must come over."""
    values = []
    for measure in measures:
        value = drawing.amount()
        if measure in ("computed", "unknown"):
            drawing.named.append(value)
        elif value is not None:
            row.amounts[measure, month] = value
        values.append(value)
    return values


def _total_row(drawing: _Drawing, sheet: Sheet, names: int, width: int) -> None:
    if drawing.rng.random() < 0.5:
        totals = [next(drawing.numbers) for _ in range(width)]
        drawing.named += totals
        sheet.skip(drawing.rng.choice((0, 0, 1)))
        sheet.put_row([drawing.word("total"), *[None] * (names - 1), *totals])


def _names(drawing: _Drawing) -> list[str]:
    """The columns in front; a budget's categories may be in rows of their own."""
    if drawing.kind == "kpi-report":
        return drawing.rng.choice((["metric", "channel"], ["channel", "metric"]))
    return list(drawing.rng.choice((("line", "category"), ("category", "line"), ("line",))))


def _put_lines(
    drawing: _Drawing, sheet: Sheet, rows: Sequence[Row], names: Sequence[str], cells: Callable[[Row], list[Any]]
) -> None:
    """The rows of a table, with their categories beside them, above them, or nowhere."""
    in_sections = list(names) == ["line"] and drawing.rng.random() < 0.5 and len(rows) > 2
    last = ""
    lead_once = names[0] in ("category",) and drawing.rng.random() < 0.4
    for row in rows:
        if "category" not in names and drawing.kind == "budget" and not in_sections:
            row.names.pop("category", None)
        if in_sections and row.names["category"] != last:
            last = row.names["category"]
            sheet.put_row([last])
        shown: list[Any] = [_shown_name(drawing, row, name) for name in names]
        if lead_once and shown[0] == last:
            shown[0] = None
        elif lead_once:
            last = shown[0]
        amounts = cells(row)
        if in_sections and not any(amount is not None for amount in amounts):
            continue  # a name alone cannot be told from the title of a section
        sheet.put_row([*shown, *amounts])


def _across(drawing: _Drawing, rows: list[Row]) -> None:
    """Months across, in one row of headings or in two."""
    rng, shape = drawing.rng, drawing.shape
    ours = "planned" if drawing.kind == "budget" else "actual"
    measures = [ours] if shape == "bare" else _measures(drawing)
    if shape in ("measures above", "two rows") and len([m for m in measures if m != "unknown"]) < 2:
        measures = ["planned" if drawing.kind == "budget" else "target", "actual"]
    names = _names(drawing)
    sheet = drawing.sheet(rng.choice(("Overview", "Table", str(YEAR))))
    heads = drawing.heads(names)
    pairs = [(month, measure) for month in drawing.months for measure in measures]
    if shape == "measures above":
        pairs = [(month, measure) for measure in measures for month in drawing.months]
    with_total = rng.random() < 0.4
    if shape == "bare":
        sheet.put_row([*heads, *map(drawing.month, drawing.months), *([drawing.word("total")] if with_total else [])])
    elif shape == "one row":
        dressed = rng.choice(("{month} {measure}", "{measure} {month}", "{month} - {measure}"))
        texts = [
            dressed.format(month=drawing.month_text(month), measure=_measure_word(drawing, measure))
            for month, measure in pairs
        ]
        sheet.put_row([*heads, *texts])
        with_total = False
    else:
        upper, lower = [], []
        for number, (month, measure) in enumerate(pairs):
            first = number % (len(measures) if shape == "two rows" else len(drawing.months)) == 0
            shown, word = drawing.month(month), _measure_word(drawing, measure)
            upper.append((shown if shape == "two rows" else word) if first else None)
            lower.append(word if shape == "two rows" else shown)
        above = rng.random() < 0.3
        row = sheet.put_row([*(heads if above else [None] * len(heads)), *upper])
        sheet.put_row([*([None] * len(heads) if above else heads), *lower])
        if rng.random() < 0.5:
            size = len(measures) if shape == "two rows" else len(drawing.months)
            starts = range(len(heads) + 1, len(heads) + 1 + len(pairs), size)
            sheet.merges += [(row, col, row, col + size - 1) for col in starts if size > 1]
        with_total = False

    def cells(row: Row) -> list[Any]:
        found = [_cells_of(drawing, row, month, [measure])[0] for month, measure in pairs]
        if not with_total:
            return found
        total = next(drawing.numbers)
        drawing.named.append(total)
        return [*found, total]

    _put_lines(drawing, sheet, rows, names, cells)
    _total_row(drawing, sheet, len(names), len(pairs))


def _month_sheets(drawing: _Drawing, rows: list[Row]) -> None:
    """A sheet for each month, with a row for each line."""
    measures = [measure for measure in _measures(drawing) if measure != "unknown"]
    names = _names(drawing)
    heads = [*drawing.heads(names), *(_measure_word(drawing, measure) for measure in measures)]
    with_note = drawing.rng.random() < 0.4 and drawing.kind == "budget"
    for month in drawing.months:
        sheet = drawing.sheet(drawing.month_text(month))
        sheet.put_row([*heads, *([drawing.word("note")] if with_note else [])])
        for row in rows:
            if "category" not in names:
                row.names.pop("category", None)
            note = [f"remark {next(drawing.numbers)}"] if with_note else []
            drawing.named += note
            shown = [_shown_name(drawing, row, name) for name in names]
            sheet.put_row([*shown, *_cells_of(drawing, row, month, measures), *note])
        _total_row(drawing, sheet, len(names), len(measures))


def _long(drawing: _Drawing, rows: list[Row]) -> None:
    """A row for each month of each line."""
    measures = [measure for measure in _measures(drawing) if measure != "unknown"]
    if drawing.style == "number":
        drawing.style = "word"
    names = _names(drawing)
    sheet = drawing.sheet("List")
    first = drawing.rng.random() < 0.6
    heads = [*drawing.heads(names), *(_measure_word(drawing, measure) for measure in measures)]
    month_head = drawing.heads(["month"])
    sheet.put_row([*month_head, *heads] if first else [*heads, *month_head])
    for month in drawing.months:
        for row in rows:
            if "category" not in names:
                row.names.pop("category", None)
            cells = [_shown_name(drawing, row, name) for name in names] + _cells_of(drawing, row, month, measures)
            sheet.put_row([drawing.month(month), *cells] if first else [*cells, drawing.month(month)])


def _metrics_across(drawing: _Drawing, rows: list[Row]) -> None:
    """A row for each month, a column for each metric; platforms in a column, or a sheet each."""
    if drawing.style == "number":
        drawing.style = "word"
    channels = list(dict.fromkeys(row.names["channel"] for row in rows))
    metrics = list(dict.fromkeys(row.names["metric"] for row in rows))
    by_name = {(row.names["channel"], row.names["metric"]): row for row in rows}
    texts = [_METRICS[drawing.language][metric] for metric in metrics]
    apart = drawing.shape == "platform sheets"
    sheet = None if apart else drawing.sheet("Figures")
    for number, channel in enumerate(channels):
        if apart:
            sheet = drawing.sheet(PLATFORMS[channel])
        assert sheet is not None
        if apart or number == 0:
            sheet.put_row([*drawing.heads(["month"] if apart else ["month", "channel"]), *texts])
        for month in drawing.months:
            cells = [_cells_of(drawing, by_name[channel, metric], month, ["actual"])[0] for metric in metrics]
            sheet.put_row([drawing.month(month), *([] if apart else [PLATFORMS[channel]]), *cells])


_SHAPES: Mapping[str, Callable[[_Drawing, list[Row]], None]] = {
    "month sheets": _month_sheets,
    "long": _long,
    "metrics across": _metrics_across,
    "platform sheets": _metrics_across,
}


def draw_amounts(kind: str, rng: Random) -> AmountLayout:
    """A budget or a KPI table."""
    drawing = _Drawing(kind, rng)
    rows = _lines(drawing)
    _SHAPES.get(drawing.shape, _across)(drawing, rows)
    if rng.random() < 0.3:
        add_stray(drawing.sheets, rng.choice(sorted(STRAYS)), rng, next(drawing.numbers))
    rows = [row for row in rows if row.amounts]
    return AmountLayout(
        drawing.shape, drawing.language, drawing.sheets, rows, [v for v in drawing.named if v is not None]
    )


def amounts_of(rows: Sequence[Row]) -> Iterator[tuple[Any, Row, str, int]]:
    """Each amount with its row, our column and its month."""
    for row in rows:
        for (column, month), value in row.amounts.items():
            yield value, row, column, month
