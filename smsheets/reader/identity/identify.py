"""Which template a workbook is, and the facts its layout was made from.

The facts are in several places, because no single one survives every program. Where two places say different things,
the one that fits the headings is right: people copy sheets from one workbook into another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import msgspec

from smsheets.layout.items import is_currency, month_names
from smsheets.layout.marker import split_names
from smsheets.median import median
from smsheets.periods import months_between, months_from
from smsheets.profile import Paper, Profile
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceCell, SourceSheet
from smsheets.reader.identity.claims import (
    LABEL_ROWS,
    Claim,
    claims_of,
    heading_claim,
    heading_share,
    is_marker_sheet,
    marker_sheets,
    sheet_labels,
    short_texts,
)
from smsheets.reader.lists import listed_channels
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import catalogue, languages
from smsheets.spec.load import fields_of
from smsheets.spec.model import Form, Table, Workbook
from smsheets.spec.reference import load_platforms, typed_words

_MOST_MONTHS = 24  # as many as a workbook can have
_FEWEST_WEEKS = 4  # a column of three Mondays may be dates of anything
_MOST_MISSING = 3  # months: deleted or mistyped ones in a run
_WEEK = timedelta(days=7)
_MONTH = re.compile(r"(\S+) (\d{4})(?: .*)?")
_DAY = re.compile(r"(?:(?P<day>\d{1,2})\.? )?(?P<month>\D+?)(?: (?P<behind>\d{1,2}))?")
_YEARS = range(1950, 2150)


@dataclass(frozen=True, slots=True)
class Period:
    """Months one after the other. `start` is the first day of the first one."""

    start: date
    months: int

    @property
    def days(self) -> frozenset[date]:
        """The first day of every month."""
        return frozenset(months_from(self.start, self.months))


def months_in_headings(source: SourceWorkbook) -> frozenset[date]:
    """The months that head columns, from the row that has most of them."""
    best: set[date] = set()
    for sheet in source.sheets:
        if not is_marker_sheet(sheet):
            best = max(best, *_months_by_row(sheet).values(), key=len)
    return frozenset(best)


def period_of(months: Iterable[date]) -> Period | None:
    """The longest run of months; a heading that was mistyped, or a column that was deleted, is no end of it."""
    runs: list[list[date]] = []
    for month in sorted(months):
        if runs and months_between(runs[-1][-1], month) <= _MOST_MISSING:
            runs[-1].append(month)
        else:
            runs.append([month])
    longest = max(runs, key=len, default=[])
    return _period(longest[0], longest[-1]) if longest else None


def weeks_shown(source: SourceWorkbook) -> Period | None:
    """The months whose weeks a sheet lists, by their Mondays; None where none does."""
    runs = [run for sheet in source.sheets if not is_marker_sheet(sheet) for run in _runs_of_weeks(sheet, source)]
    mondays = max(runs, key=len, default=())
    if not mondays:
        return None
    # The first week holds the first day of a month, the last one the last day of a month.
    return _period((mondays[0] + _WEEK - timedelta(days=1)).replace(day=1), mondays[-1].replace(day=1))


def _months_by_row(sheet: SourceSheet) -> Mapping[int, set[date]]:
    rows: dict[int, set[date]] = {0: set()}
    for (row, _), cell in sheet.cells.items():
        if row <= LABEL_ROWS and isinstance(cell.value, str) and len(cell.value) <= LABEL_ROWS:
            found = _MONTH.fullmatch(normal_label(cell.value))
            number = _numbers().get(found[1].rstrip(".")) if found else None
            if found and number and int(found[2]) in _YEARS:
                rows.setdefault(row, set()).add(date(int(found[2]), number, 1))
    return rows


@cache
def _numbers() -> Mapping[str, int]:
    """A month's short name in any language -> its number."""
    return {
        normal_label(name): number for language in languages() for number, name in enumerate(month_names(language), 1)
    }


def _runs_of_weeks(sheet: SourceSheet, source: SourceWorkbook) -> Iterable[Sequence[date]]:
    columns: dict[int, list[date]] = {}
    for (row, col), cell in sorted(sheet.cells.items()):
        day = _day(cell)
        if day is not None and day.isoweekday() == 1:
            weeks = columns.setdefault(col, [])
            if not weeks or day == weeks[-1] + _WEEK:
                weeks.append(day)
        if row <= LABEL_ROWS and isinstance(cell.value, str) and _is_week_heading(cell, sheet):
            yield _weeks_from_heading(sheet, row, col, source)
    yield from (weeks for weeks in columns.values() if len(weeks) >= _FEWEST_WEEKS)


def _is_week_heading(cell: SourceCell, sheet: SourceSheet) -> bool:
    """True if weeks begin here: a day, and others a week apart beside it."""
    before = sheet.cells.get((cell.row, cell.col - 1))
    if before is not None and _day_and_month(before) is not None:
        return False
    beside = (sheet.cells.get((cell.row, cell.col + step)) for step in range(_FEWEST_WEEKS))
    return all(other is not None and _day_and_month(other) is not None for other in beside)


def _weeks_from_heading(sheet: SourceSheet, row: int, col: int, source: SourceWorkbook) -> Sequence[date]:
    """`28 Dec`, `Jan 4`, ... have no year: it is the one nearest to the workbook's dates in which they are Mondays."""
    found: list[tuple[int, int]] = []
    while (cell := sheet.cells.get((row, col + len(found)))) is not None and (day := _day_and_month(cell)) is not None:
        found.append(day)
    dates = (_day(cell) for sheet in source.sheets for cell in sheet.cells.values())
    years = [dated.year for dated in dates if dated is not None]
    near = median(years) if years else date.min.year
    for year in sorted(_YEARS, key=lambda year: abs(year - near)):
        try:
            monday = date(year, found[0][1], found[0][0])
        except ValueError:
            continue
        weeks = [monday + n * _WEEK for n in range(len(found))]
        if monday.isoweekday() == 1 and [(week.day, week.month) for week in weeks] == found:
            return weeks
    return ()


def _day_and_month(cell: SourceCell) -> tuple[int, int] | None:
    found = _DAY.fullmatch(normal_label(cell.value)) if isinstance(cell.value, str) and len(cell.value) < 12 else None
    number = _numbers().get(found["month"].rstrip(".")) if found else None
    day = found["day"] or found["behind"] if found else None
    return (int(day), number) if day and number else None


def _day(cell: SourceCell) -> date | None:
    value = cell.value
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def _period(first: date, last: date) -> Period:
    return Period(first, min(max(months_between(first, last) + 1, 1), _MOST_MONTHS))


def language_of(source: SourceWorkbook, spec: Workbook, found: set[str]) -> str:
    """The language most of whose words are there: names of sheets, headings, labels, words of lists."""
    names = {label for sheet in source.sheets for label in sheet_labels(sheet.name)}
    return max(languages(), key=lambda language: len(_words(spec, language) & (found | names)))


def _words(spec: Workbook, language: str) -> frozenset[str]:
    """The texts of a template in one language and in no other one."""
    said = {name: _said(spec, name) for name in languages()}
    others = [texts for name, texts in said.items() if name != language]
    return said[language].difference(*others)


def _said(spec: Workbook, language: str) -> frozenset[str]:
    words = catalogue(language, "common", "program", spec.kind)
    texts = ["Lists"]
    for sheet in spec.sheets:
        texts += [sheet.name, *(block.title for block in sheet.blocks if isinstance(block, Table | Form))]
    texts += [item.label for item in fields_of(spec)]
    for listed in spec.lists:
        texts += [listed.label, *(value.text for value in listed.values)]
    return frozenset(normal_label(words.text(text)) for text in texts if text)


def _start_values(source: SourceWorkbook, spec: Workbook) -> dict[str, object]:
    """The form of the first sheet as it is shown, by field id; found by its labels in any language."""
    form = next((b for b in spec.sheets[0].blocks if isinstance(b, Form) and b.id == "start"), None)
    if form is None:
        return {}
    wanted = {
        normal_label(catalogue(language, "common", spec.kind).text(item.label)): item.id
        for language in languages()
        for item in form.fields
    }
    best: dict[str, object] = {}
    for sheet in source.sheets:
        if not is_marker_sheet(sheet):
            best = max(best, _labelled(sheet, wanted), key=len)
        if len(best) >= len(form.fields) - 1:
            break  # nothing else looks so much like it
    return best


def _labelled(sheet: SourceSheet, wanted: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for (row, col), cell in sheet.cells.items():
        if isinstance(cell.value, str) and row <= LABEL_ROWS:
            field = wanted.get(normal_label(cell.value))
            beside = sheet.cells.get((row, col + 1))
            if field is not None and beside is not None:
                found.setdefault(field, beside.value)
    return found


def _channel_ids(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Channels as people read them -> platform ids, or their own names."""
    known = {
        normal_label(word): platform.id
        for platform in load_platforms().values()
        for word in (platform.name, *platform.aliases)
    }
    return tuple(known.get(normal_label(text), text) for text in texts if text)


_FITS = 0.6
"""With this many of a template's headings its claim needs no comparison with others; templates share some headings."""

_WEEKEND = re.compile(r"(?=.*0)[01]{7}")
_NUMBER = re.compile(r"([0-9]{1,5})(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class Identity:
    """The template that a workbook claims to be. `spec` is the one it was made from, whether ours or a user's own."""

    spec: Workbook
    version: int
    profile: Profile
    own_spec: bool = False


def identify(source: SourceWorkbook) -> Identity | None:
    """The workbook's identity; None where it is not one of ours."""
    claims = claims_of(source, marker_sheets(source))
    found = short_texts(source)
    chosen = _choose(claims, found)
    if chosen is None:
        return None
    facts: dict[str, str] = {}
    for claim in claims:
        if claim.spec.kind == chosen.spec.kind:
            facts = {**claim.facts, **facts}
    version = _as_number(facts.get("version")) or chosen.spec.version
    return Identity(chosen.spec, version, _profile(facts, source, chosen.spec, found), chosen.own)


def _choose(claims: Sequence[Claim], found: set[str]) -> Claim | None:
    """The first claim where all agree and its headings are there; else the one that fits the headings best."""
    kinds = {claim.spec.kind for claim in claims}
    if len(kinds) == 1 and heading_share(claims[0].spec, found) >= _FITS:
        return claims[0]
    by_headings = heading_claim(found)
    rated = [*claims, by_headings] if by_headings is not None else claims
    return max(rated, key=lambda claim: heading_share(claim.spec, found), default=None)


def _profile(facts: Mapping[str, str], source: SourceWorkbook, spec: Workbook, found: set[str]) -> Profile:
    """The profile the layout was made for: from the facts, else from what the sheets show, else the defaults."""
    language = facts.get("language", "")
    if language not in languages():
        language = language_of(source, spec, found)
    shown = _start_values(source, spec)
    period = _period_of(facts, shown, source)
    words = typed_words()[language]
    usual = Profile(country=words.country, currency=words.currency)
    channels = _channel_ids(split_names(facts.get("channels", "")))
    profile = Profile(
        language=language,
        currency=_currency(shown.get("currency"), facts.get("currency") or usual.currency),
        country=facts.get("country") or str(shown.get("country") or usual.country),
        weekend=_weekend(facts.get("weekend", "")),
        paper=next((paper for paper in Paper if paper.value == facts.get("paper")), None),
        dates=facts.get("dates", ""),
        start=period.start,
        months=period.months,
        channels=channels or usual.channels,
    )
    if channels:
        return profile
    listed = _channel_ids(listed_channels(source, spec, profile))
    return msgspec.structs.replace(profile, channels=listed) if listed else profile


def _currency(shown: object, otherwise: str) -> str:
    """The currency of the first sheet, if it is one: no amount is read in `dollars?`."""
    text = str(shown or "").strip().upper()
    return text if is_currency(text) else otherwise.strip().upper()


def _period_of(facts: Mapping[str, str], shown: Mapping[str, object], source: SourceWorkbook) -> Period:
    """The months as given; headings with mostly other months show a workbook that was made anew from an old one."""
    start = _as_date(facts.get("start")) or _as_date(shown.get("period_start"))
    given_months = _as_number(facts.get("months")) or _as_number(shown.get("months"))
    number = min(given_months, _MOST_MONTHS) if given_months else None
    headed = months_in_headings(source)
    if start is not None and number is not None:
        given = Period(start.replace(day=1), number)
        agree = 2 * len(given.days & headed) >= len(headed)
        return given if agree else period_of(headed) or given
    seen = period_of(headed) or weeks_shown(source)
    if seen is not None:
        return seen
    return Period((start or Profile().start).replace(day=1), number or Profile().months)


def _as_date(value: object) -> date | None:
    """A day of a year that a workbook may plan."""
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
    return date(day.year, day.month, day.day) if day.year in _YEARS else None


def _weekend(text: str) -> str:
    """A weekend as the facts have it; some programs read the digits as a number."""
    digits = text.partition(".")[0].zfill(7) if text else ""
    return digits if _WEEKEND.fullmatch(digits) else ""


def _as_number(value: object) -> int | None:
    """A small whole number, also as `12.0`."""
    found = _NUMBER.fullmatch(str(value).strip())
    return int(found[1]) if found else None
