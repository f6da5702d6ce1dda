"""English texts with typed values -> words, number and date formats of one language."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal, localcontext

from smsheets.analysis.context import Term
from smsheets.analysis.kpi_standards import rounded
from smsheets.kinds import KINDS
from smsheets.money import Money, Share
from smsheets.periods import MonthOfYear, Period, Weekday, add_months
from smsheets.problems import NOTHING, QUOTED, SOME_NUMBER, Problem, ProblemValue, Quoted
from smsheets.report.document import Cell, Entry, Line, Month, Shown, Status, Verbatim, number_of
from smsheets.safe_text import safe_line
from smsheets.spec.catalogue import Catalogue, catalogue, keep_percent, noun_forms

_QUOTED = 500
"""Characters of a person's text that are shown, at most: a cell can hold a whole book."""


_DIGITS = 400
"""Digits that are enough to round any number that a cell can hold; Python's own 28 are not."""


_OTHER = "other"
"""The plural category that every language has, and whose form all texts are written in."""


class Words:
    """Puts sentences and values into a language."""

    def __init__(self, language: str) -> None:
        self.language = language
        views = ("report", "headline", "charts", "page", "compare", "explain", "report-workbook", "client")
        self._catalogue: Catalogue = catalogue(language, "common", *KINDS, *views, "problems", "program")
        self._nouns = noun_forms(language)

    def text(self, english: str | Line | Verbatim | Month, values: Mapping[str, Shown | None] | None = None) -> str:
        """A sentence in this language, its `{names}` filled in.

        A title or a heading of a table may be a Line, a person's own text or a month instead.
        """
        if not isinstance(english, str):
            return self.value(english)
        template = self._catalogue.text(english)
        return self._filled(template, values) if values else keep_percent(safe_line(template))

    def _filled(self, template: str, values: Mapping[str, Shown | None]) -> str:
        """A template with its values; the noun behind a number agrees with it, and what nobody gave is left out."""
        parts: list[str] = []
        category = _OTHER
        for literal, name, _, _ in string.Formatter().parse(template):
            parts.append(literal if category == _OTHER else self._nouns.agreeing(literal, category))
            category = _OTHER
            if name is not None:
                value = values.get(name)
                parts.append(self.value(value))
                category = self._category(value)
        return "".join(parts)

    def _category(self, value: object) -> str:
        """The plural category of a whole number, as Babel knows the language's rule; `other` for everything else."""
        if not isinstance(value, int | Decimal) or value != int(value):
            return _OTHER
        from babel import Locale

        return str(Locale.parse(self.language).plural_form(int(value)))

    def value(self, value: Shown | None) -> str:
        """A value as a person reads it. A plain text is a person's own; the program's words are a Term or a Line."""
        if value is None:
            return ""
        if isinstance(value, Verbatim):
            return safe_line(_cut(value.text))
        if isinstance(value, Line):
            return self.text(value.text, value.values)
        if isinstance(value, Month):
            from babel import dates

            return safe_line(dates.format_skeleton("yMMM", value.first_day, locale=self.language))
        if isinstance(value, Period):
            return self._period(value)
        if isinstance(value, tuple):
            return ", ".join(self.value(item) for item in value)
        if isinstance(value, str):
            return safe_line(_cut(self._catalogue.text(value) if isinstance(value, Term) else value))
        return self._formatted(value)

    def cell(self, value: Cell) -> str:
        """A value in a table: amounts without their currency, which is said once above."""
        if isinstance(value, Status):
            return self.text(value.word)
        if isinstance(value, Money):
            return self._plain_amount(value)
        return self.value(value)

    def _plain_amount(self, value: Money) -> str:
        from babel import numbers

        with localcontext(prec=_DIGITS):
            digits = numbers.get_currency_precision(value.currency) if value.currency else 2
            pattern = "#,##0." + "0" * digits if digits else "#,##0"
            return safe_line(numbers.format_decimal(value.amount, pattern, locale=self.language))

    def _formatted(self, value: int | Decimal | date | time | Money | Share | MonthOfYear | Weekday) -> str:
        if isinstance(value, date | time | MonthOfYear | Weekday):
            return self._moment(value)
        with localcontext(prec=_DIGITS):
            return keep_percent(safe_line(self._number(value)))

    def _period(self, value: Period) -> str:
        """`June 2027`; a quarter as `Q2 2027`, other months from the first to the last."""
        from babel import dates

        if value.months == 1:
            return safe_line(dates.format_skeleton("yMMMM", value.first, locale=self.language))
        if value.months == 3 and value.first.month % 3 == 1:
            return safe_line(dates.format_skeleton("yQQQ", value.first, locale=self.language))
        return f"{self.value(Month(value.first))} – {self.value(Month(add_months(value.first, value.months - 1)))}"

    def _share_pattern(self) -> str:
        """A share in percent, as the language writes it, with a decimal where there is one."""
        from babel import Locale

        return str(Locale.parse(self.language).percent_formats[None].pattern).replace("#,##0", "#,##0.#")

    def _moment(self, value: date | time | MonthOfYear | Weekday) -> str:
        from babel import dates

        if isinstance(value, MonthOfYear):
            return safe_line(dates.get_month_names("wide", "stand-alone", self.language)[value.number])
        if isinstance(value, Weekday):  # Babel counts weekdays from 0
            return safe_line(dates.get_day_names("wide", "stand-alone", self.language)[value.number - 1])
        if isinstance(value, time):
            return safe_line(dates.format_time(value, "short", locale=self.language))
        return safe_line(dates.format_date(value, "medium", locale=self.language))

    def _number(self, value: int | Decimal | Money | Share) -> str:
        from babel import numbers

        if isinstance(value, Money):
            if not value.currency:
                return str(numbers.format_decimal(value.amount, "#,##0.00", locale=self.language))
            return str(numbers.format_currency(value.amount, value.currency, locale=self.language))
        if isinstance(value, Share):
            return str(numbers.format_percent(value.value, self._share_pattern(), locale=self.language))
        return str(numbers.format_decimal(value, "#,##0.##", locale=self.language))


def _cut(text: str) -> str:
    """A person's text as a report quotes it: a cell can hold a whole book."""
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "..."


def signed(value: Cell, words: Words, *, bare: bool = False) -> str:
    """A number with its sign: `+3`; empty where there is none.

    Args:
        bare: An amount is without its currency, as in a table.
    """
    shown = words.cell(value) if bare or not isinstance(value, Money) else words.value(value)
    return f"+{shown}" if (number_of(value) or 0) > 0 else shown


def change_text(change: Cell, words: Words, *, bare: bool = False) -> str:
    """A change with its sign; that of a rate is in percentage points, as its share would be a share of a share."""
    if not isinstance(change, Share):
        return signed(change, words, bare=bare)
    points = rounded(change.value * 100, 1)
    return f"{'+' if points > 0 else ''}{words.text('{points} points', {'points': points})}"


def every_place(finding: Entry, words: Words) -> str:
    """The cells of a finding, all of them, for where there is room."""
    return words.value(finding.cells) if finding.cells else safe_line(finding.where)


def problem_lines(problem: Problem) -> tuple[Line, Line]:
    """The sentences of a problem: what is expected and was found, and what to do."""
    values = {name: _shown(value) for name, value in problem.values.items()}
    says, todo = problem.words
    return Line(says, values), Line(todo, values)


def _shown(value: ProblemValue) -> Shown:
    """A value that a text names: words of the sheet stay as they are, only those of the program are translated."""
    if isinstance(value, Quoted):
        return Line(QUOTED, {"text": Verbatim(value.text)})
    return Line(value) if value in (NOTHING, SOME_NUMBER) else Verbatim(value)
