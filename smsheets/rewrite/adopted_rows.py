"""Rows of ours from their blocks and month grids, each value still as it is in their file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from smsheets.reader.file.source_cells import CellValue, SourceCell, SourceSheet, holds
from smsheets.reader.foreign.amounts import metric_named, says_income
from smsheets.reader.foreign.calendar_words import Metric, Month, day_named, is_feast, month_in, weekday_of
from smsheets.reader.foreign.headings import MONTH, Across, known_headings, platforms_named, short_label
from smsheets.reader.foreign.month_grid import MonthGrid
from smsheets.reader.foreign.tables import Block, Context, DataLine
from smsheets.reader.values.scope import plain
from smsheets.reader.values.words import normal_label, parse_yes_no
from smsheets.rewrite.adopted_values import merge_months
from smsheets.rewrite.mapping import Match
from smsheets.rewrite.material import ACROSS, NO_MONTH, Behind, Place, Raw, RawRow, Value, label_of, posts_in
from smsheets.spec.model import Column, Table


def _day_in_context(value: CellValue, context: Context, year: int) -> CellValue:
    """A day that needs its title: a weekday in a week, a number in a month, a day without a year; else None."""
    month = context.month
    if isinstance(value, int | float) and not isinstance(value, bool) and month is not None and (month.year or year):
        return _day_of_month(month.year or year, month.month, value)
    if not isinstance(value, str):
        return None
    weekday = weekday_of(value)
    if weekday is not None:
        return _day_of_week(context, year, weekday)
    number = re.fullmatch(r"(?:[^\W\d_]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?", value.strip())
    if number is not None and month is not None and (month.year or year) and _only_weekday(value):
        return _day_of_month(month.year or year, month.month, int(number[1]))
    if not year or day_named(value, 0, None) is not None:
        return None
    return day_named(value, year, None)


def _day_of_week(context: Context, year: int, weekday: int) -> date | None:
    """The day of the week that a title names (Monday = 0); None where none does."""
    monday = context.week.monday(year, None) if context.week is not None else None
    return monday + timedelta(days=weekday) if monday is not None else None


def _day_said(context: Context, year: int) -> CellValue:
    """The day that titles say for rows that have no date of their own."""
    if not context.day:
        return None
    weekday = weekday_of(context.day)
    day = _day_of_week(context, year, weekday) if weekday is not None else None
    return day or day_named(context.day, year, None) or context.day


def _only_weekday(value: str) -> bool:
    """True if the words of `Mon 5` are a weekday, or there are none."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"\d(?:st|nd|rd|th)", "", value))
    return all(weekday_of(word) is not None for word in words)


def _day_of_month(year: int, month: int, number: float) -> date | None:
    try:
        return date(year, month, int(number)) if number == int(number) else None
    except ValueError:
        return None


_SHORT = 80  # characters; a longer text of a day is the post itself
_ENOUGH_BLANK = 0.3  # of the rows, so that a blank means "as above"


class RowMaker:
    """Makes the rows of one table.

    Args:
        matches: Label -> match.
        year: The year of dates without one, where no title says it; 0 leaves them as they are.
        behind: What stays behind is added to it.
    """

    def __init__(
        self, table: Table, matches: Mapping[str, Match], sheets: Mapping[str, SourceSheet], year: int, behind: Behind
    ) -> None:
        self.table = table
        self.matches = matches
        self.sheets = sheets
        self.year = year
        self.columns: Mapping[str, Column] = {column.id: column for column in table.columns}
        self.monthly = {column.id for column in table.columns if column.each == "months" and column.formula is None}
        self.filled_down: set[str] = set()
        self.boxes: set[Place] = set()
        self.led: set[str] = set()
        self.behind = behind

    def of_block(self, block: Block, lines: Sequence[DataLine]) -> list[RawRow]:
        """The rows of a block."""
        if "planned" in self.monthly:
            lines = [line for line in lines if not self._is_income(line)]
        if block.across and "channel" in self.columns:
            lines = _without_facts(block, lines)
        above = self._merged_above(block, lines)
        bare = [heading.col for heading in block.across if isinstance(heading.across, str) and not heading.label]
        marks = [line.cells[col].value for line in lines for col in bare if col in line.cells]
        self.boxed = bool(marks) and all(_ticked(value) is not None for value in marks)
        above |= self._lead_above(block, lines) if self.monthly else {}
        rows = [row for line in lines for row in self._of_line(line, above)]
        if "date" in self.columns:
            self._fill_dates_down(rows, lines)
            rows = [row for row in rows if not _is_day_alone(row)]
        return rows

    def joined(self, rows: list[RawRow]) -> list[RawRow]:
        """The rows of all blocks; those that differ in nothing but the month of their amounts are one."""
        labels = {match.target: label for label, match in self.matches.items() if match.target}
        return merge_months(rows, labels) if self.monthly else rows

    def of_grid(self, grid: MonthGrid) -> Iterator[RawRow]:
        """A row for each text of a month's days; names of feast days are none."""
        for entry in grid.entries:
            place = (grid.sheet, entry.cell.row, entry.cell.col)
            lines = entry.text.splitlines()
            posts = "\n".join(line for line in lines if not is_feast(line)) if any(map(is_feast, lines)) else entry.text
            for channel, text in posts_in(posts) if posts else ():
                row = RawRow()
                row.fields["date", None] = Raw(entry.day if entry.day is not None else str(entry.number))
                if channel:
                    row.fields["channel", None] = Raw(channel)
                elif entry.label is not None:
                    row.fields["channel", None] = Raw(entry.label.value, (grid.sheet, entry.label.row, entry.label.col))
                row.fields[_text_columns(text)[0], None] = Raw(text, place)
                yield row

    @staticmethod
    def feasts_of(grid: MonthGrid) -> Iterator[RawRow]:
        """A key date for each feast day that a grid names."""
        for entry in grid.entries:
            for name in filter(is_feast, entry.text.splitlines()):
                day = Raw(entry.day if entry.day is not None else str(entry.number))
                name_of = Raw(name.strip(), (grid.sheet, entry.cell.row, entry.cell.col))
                yield RawRow({("date", None): day, ("name", None): name_of})

    def _of_line(self, line: DataLine, above: Mapping[tuple[int, int], SourceCell]) -> Iterator[RawRow]:
        base = RawRow()
        across: dict[Across, list[Value]] = {}
        with_months = any(isinstance(heading.across, Month) for heading in line.block.headings)
        for heading in line.block.headings:
            cell = line.cells.get(heading.col) or above.get((line.row, heading.col))
            if cell is None or not holds(cell) or cell.value is None:
                continue
            raw = Raw(cell.value, (line.block.sheet, cell.row, cell.col))
            label = label_of(heading)
            match = self.matches.get(label)
            target = match.target if match is not None else ""
            if match is not None and match.worked_out and not isinstance(cell.value, str):
                self.behind.worked_out.add((line.block.sheet, cell.row, cell.col))
            elif heading.across is not None:
                across.setdefault(heading.across, []).append(Value(target, label, raw))
            elif target in self.monthly and with_months:
                base.own[label] = raw  # one amount for all months beside the amounts of each
            elif target:
                base.fields[target, None] = raw
            elif not heading.text and "channel" in self.columns and _names_platform(cell):
                base.fields["channel", None] = raw
            else:
                base.own[label] = raw
        if self.monthly:
            yield from self._folded(base, across, line)
        elif across:
            yield from self._unfolded(base, across, line)
        elif base.fields or base.own:
            yield self._in_context(base, line.context)

    def _folded(self, base: RawRow, across: Mapping[Across, list[Value]], line: DataLine) -> Iterator[RawRow]:
        """One row with a value per month; a row for each platform where platforms are across."""
        month = self._month_of(base, line.context)
        plain_ids = {key for key, when in base.fields if key in self.monthly and when is None}
        for key in plain_ids:
            base.fields[key, month or NO_MONTH] = base.fields.pop((key, None))
        if line.context.section and ("category", None) not in base.fields and "category" in self.columns:
            base.fields["category", None] = Raw(line.context.section)
        if line.context.channel and ("channel", None) not in base.fields:
            base.fields["channel", None] = Raw(line.context.channel)
        others: dict[tuple[str, str], RawRow] = {}
        for item, values in across.items():
            when = self._with_year(item, line.context) if isinstance(item, Month) else month or NO_MONTH
            for value in values:
                if isinstance(item, Month):
                    self._put(base, value, when)
                    continue
                metric = item.name if isinstance(item, Metric) else self._metric(value)
                name = ("" if isinstance(item, Metric) else str(item), metric)
                row = others.setdefault(name, RawRow(dict(base.fields), dict(base.own)))
                if metric:
                    row.fields["metric", None] = Raw(metric)
                    value = replace(value, target="actual")
                if name[0]:
                    row.fields["channel", None] = Raw(name[0])
                self._put(row, value, when)
        with_months = any(isinstance(item, Month) for item in across)
        if (base.fields or base.own) and (not others or with_months or plain_ids):
            yield base
        yield from others.values()

    def _metric(self, value: Value) -> str:
        """The metric that the measure of a column across is, in a table of metrics."""
        known = "metric" in self.columns and not value.target and metric_named(value.label)
        return value.label if known else ""

    def _put(self, row: RawRow, value: Value, month: Month) -> None:
        """An amount of a month: in our column for its measure, else in one of their own; never in place of another."""
        if value.target not in self.monthly:
            row.own[value.label, month] = value.raw
        elif (value.target, month) not in row.fields:
            row.fields[value.target, month] = value.raw
        elif value.raw.place is not None:
            self.behind.outside.add(value.raw.place)

    def _month_of(self, base: RawRow, context: Context) -> Month | None:
        raw = base.fields.pop((MONTH, None), None)
        if raw is not None:
            value = raw.value
            month = Month(value.year, value.month) if isinstance(value, date) else month_in(plain(value))
            if month is None and (day := day_named(plain(value), context.year or self.year, None)) is not None:
                month = Month(day.year, day.month)
            if month is not None:
                if raw.place is not None:
                    self.behind.months.add(raw.place)
                return self._with_year(month, context)
            base.own[next(label for label, match in self.matches.items() if match.target == MONTH)] = raw
        return self._with_year(context.month, context) if context.month is not None else None

    def _with_year(self, month: Month, context: Context) -> Month:
        return month if month.year else Month(context.year or self.year, month.month)

    def _unfolded(self, base: RawRow, across: Mapping[Across, list[Value]], line: DataLine) -> Iterator[RawRow]:
        """A row for each thing across that has anything in this line; none for a box that is not ticked."""
        posts = {item: values for item, values in across.items() if not self._is_unticked(item, values)}
        if not posts and (base.fields or base.own):
            yield self._in_context(base, line.context)
        for item, values in posts.items():
            row = RawRow(dict(base.fields), dict(base.own))
            if isinstance(item, str):
                row.fields["channel", None] = Raw(item)
            else:
                row.fields["date", None] = Raw(self._day_across(item, base.value("date"), line.context))
            for value in values:
                if value.raw.place in self.boxes:
                    row.again.append(value.raw.place)
                    continue
                targets = (value.target,) if value.target or value.label != ACROSS else _text_columns(value.raw.value)
                target = next((target for target in targets if target and (target, None) not in row.fields), "")
                if target:
                    row.fields[target, None] = value.raw
                else:
                    row.own[value.label] = value.raw
            yield self._in_context(row, line.context)

    def _is_unticked(self, item: Across, values: Sequence[Value]) -> bool:
        """True if a platform's cell says that no post is meant; keeps what is only a mark in `boxes`."""
        marks = [value.raw for value in values if value.label == ACROSS and not value.target]
        if not isinstance(item, str) or not (marks or self.boxed):
            return False
        ticked = [_ticked(mark.value) for mark in marks]
        self.boxes |= {mark.place for mark, tick in zip(marks, ticked, strict=True) if mark.place and tick is not None}
        return not any(tick is None or tick for tick in ticked)

    def _day_across(self, item: Across, beside: CellValue, context: Context) -> CellValue:
        if isinstance(item, int):
            return _day_of_week(context, context.year or self.year, item) or _WEEKDAYS[item]
        if isinstance(item, Month):
            year = item.year or context.year or self.year
            if isinstance(beside, int) and year and (day := _day_of_month(year, item.month, beside)) is not None:
                return day
            return f"{item.year}-{item.month:02}" if item.year else str(item.month)
        return item if not isinstance(item, str | Metric) else None

    def _in_context(self, row: RawRow, context: Context) -> RawRow:
        """The row with the date and channel that titles say."""
        if "channel" in self.columns and context.channel and ("channel", None) not in row.fields:
            row.fields["channel", None] = Raw(context.channel)
        if "date" in self.columns:
            self._date_in_context(row, context)
        return row

    def _date_in_context(self, row: RawRow, context: Context) -> None:
        raw = row.fields.get(("date", None))
        year = context.year or (context.month.year if context.month is not None else 0) or self.year
        day = _day_in_context(raw.value, context, year) if raw is not None else _day_said(context, year)
        if day is not None:
            row.fields["date", None] = Raw(day, raw.place if raw is not None else None)

    def _merged_above(self, block: Block, lines: Sequence[DataLine]) -> dict[tuple[int, int], SourceCell]:
        """Cells that are empty because the cell above is merged over them -> that cell."""
        sheet = self.sheets[block.sheet]
        rows = {line.row for line in lines}
        found: dict[tuple[int, int], SourceCell] = {}
        for row1, col1, row2, _ in sheet.merges:
            if row2 > row1 and (row1, col1) in sheet.cells and row1 in rows:
                below = range(row1 + 1, min(row2, row1 + 500) + 1)
                found.update(((row, col1), sheet.cells[row1, col1]) for row in below)
        return found

    def _lead_above(self, block: Block, lines: Sequence[DataLine]) -> dict[tuple[int, int], SourceCell]:
        """Cells of the first column that are empty because their category or channel is above -> that cell."""
        lead = min(
            (heading for heading in block.headings if heading.text), key=lambda heading: heading.col, default=None
        )
        match = self.matches.get(label_of(lead)) if lead is not None else None
        if lead is None or match is None or match.target not in ("category", "channel"):
            return {}
        found: dict[tuple[int, int], SourceCell] = {}
        above: SourceCell | None = None
        for upper, line in pairwise((None, *lines)):
            cell = line.cells.get(lead.col) if line is not None else None
            if line is None or (upper is not None and line.row != upper.row + 1):
                above = None
            if cell is not None:
                above = cell
            elif line is not None and above is not None:
                found[line.row, lead.col] = above
                self.led.add(line.block.sheet)
        return found

    def _is_income(self, line: DataLine) -> bool:
        """True for a row of money that came in: it, its section or its table says so. All of it stays behind."""
        texts = [cell.value for cell in line.cells.values() if isinstance(cell.value, str)]
        if not any(says_income(text) for text in (*texts, line.context.section, line.block.sheet)):
            return False
        self.behind.income |= {(line.block.sheet, cell.row, cell.col) for cell in line.cells.values()}
        return True

    def _fill_dates_down(self, rows: list[RawRow], lines: Sequence[DataLine]) -> None:
        """Where a day is there once for several rows below each other, gives it to all of them."""
        blank = [row for row in rows if ("date", None) not in row.fields]
        if not rows or rows[0] in blank or len(blank) < _ENOUGH_BLANK * len(rows) or len(rows) != len(lines):
            return
        if any(row in blank and self._begins_anew(line) for row, line in zip(rows, lines, strict=True)):
            return
        for (above, upper), (row, line) in pairwise(zip(rows, lines, strict=True)):
            if ("date", None) not in row.fields and line.row == upper.row + 1 and ("date", None) in above.fields:
                row.fields["date", None] = Raw(above.fields["date", None].value)
                self.filled_down.add(line.block.sheet)

    def _begins_anew(self, line: DataLine) -> bool:
        """True if something is left of the column for the day: a row that hangs below another one begins with it."""
        targets = {label for label, match in self.matches.items() if match.target == "date"}
        day = next((heading.col for heading in line.block.headings if label_of(heading) in targets), 0)
        return any(col < day and holds(cell) for col, cell in line.cells.items())


def _names_platform(cell: SourceCell | None) -> bool:
    return cell is not None and bool(platforms_named(short_label(cell.value)))


def _without_facts(block: Block, lines: Sequence[DataLine]) -> Sequence[DataLine]:
    """Without the rows that say who or how far, below platforms in a column without a heading: `Owner | Ana | Ben`."""
    for col in (heading.col for heading in block.headings if not heading.text):
        if any(_names_platform(line.cells.get(col)) for line in lines):
            known = known_headings("calendar")
            return [line for line in lines if col not in line.cells or short_label(line.cells[col].value) not in known]
    return lines


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _is_day_alone(row: RawRow) -> bool:
    """True for a day that nothing is planned for: calendars have all their days written down beforehand."""
    return row.fields.keys() == {("date", None)} and not row.own and not row.again


def _text_columns(value: CellValue) -> tuple[str, str]:
    """A few words are what a post is about, more of them are its text; second, the other one."""
    text = plain(value)
    return ("title", "copy") if len(text) <= _SHORT and "\n" not in text.strip() else ("copy", "title")


def _ticked(value: CellValue) -> bool | None:
    """True or False for what is in a box that is ticked or not; None for anything else."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return bool(value) if value in (0, 1) else None
    if not isinstance(value, str) or len(value) > _LONGEST_MARK:
        return None
    return False if normal_label(value) in _DASHES else parse_yes_no(value)


_LONGEST_MARK = 12  # characters
_DASHES = frozenset(("-", "--", "–", "—"))
