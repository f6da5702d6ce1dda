"""Another workbook -> our template filled with its rows, and an account of what became of every cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from smsheets.cells import CellRef
from smsheets.errors import OptionError, WorkbookFileError, did_you_mean
from smsheets.kinds import KINDS
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout
from smsheets.profile import Profile
from smsheets.profile_file import make_profile
from smsheets.reader.file.limits import USUAL, Limits
from smsheets.reader.file.source import SourceWorkbook, given_file, open_workbook
from smsheets.reader.foreign.describe import look_at, named_kind, needed_headings
from smsheets.reader.foreign.headings import MONTH, Known, known_headings, short_label
from smsheets.reader.foreign.month_grid import MonthGrid
from smsheets.reader.foreign.tables import Block, DataLine
from smsheets.reader.identity.claims import IS_REPORT, is_report
from smsheets.reader.identity.identify import identify
from smsheets.reader.values.words import normal_label
from smsheets.rewrite.adopted_rows import RowMaker
from smsheets.rewrite.adopted_values import NotRead, Values, with_time
from smsheets.rewrite.adoption import AdoptedTable, Adoption, all_channels, all_days, all_raws, left_over
from smsheets.rewrite.mapping import (
    Match,
    match_columns,
    may_be_heading,
    require_likeness,
    sort_blocks,
)
from smsheets.rewrite.material import (
    NO_MONTH,
    Behind,
    ForeignColumn,
    Place,
    Raw,
    RawRow,
    collect,
    column_name,
    columns_of,
    currency_of,
    language_of,
    number_formats,
    period_of,
    year_said,
)
from smsheets.spec.catalogue import catalogue, languages
from smsheets.spec.load import load_spec, record_tables
from smsheets.spec.model import Table, Workbook

if TYPE_CHECKING:
    from smsheets.reader.file.source import Given

POSTS, KEY_DATES = "posts", "key_dates"

_MOST_CHANNELS = 100
"""A column with more different words names something else than platforms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptOptions:
    """The options of the command.

    Attributes:
        kind: The template; empty to let the workbook tell.
        given: What is known of the business, as `make_profile` takes it.
        corrections: `--map` texts.
        default_start: The first month where neither the user nor the workbook says one.
    """

    kind: str = ""
    given: Mapping[str, Any]
    corrections: Sequence[str] = ()
    default_start: date


def adopt_file(given: Given, options: AdoptOptions, limits: Limits = USUAL) -> Adoption:
    """Plans how the rows of a workbook come into our template, as `adopt` does. It is never changed.

    Raises:
        WorkbookFileError: It is no .xlsx workbook, or has too many rows.
        OptionError: As for `adopt`.
    """
    file = given_file(given, limits=limits, values=True)
    formats = number_formats(file.content, limits)
    return adopt(open_workbook(file.content, limits, file.name), options, formats, limits)


def adopt(
    source: SourceWorkbook, options: AdoptOptions, formats: Sequence[str] = (), limits: Limits = USUAL
) -> Adoption:
    """Plans how a workbook's rows come into our template. Nothing is written.

    Args:
        formats: The number formats of the file, which may say a currency.

    Raises:
        WorkbookFileError: It has too many rows.
        OptionError: It is one of ours, it looks like nothing we know, it has no rows that fit, or a correction
            names something that is not there.
    """
    require_likeness()
    if identify(source) is not None:
        raise OptionError(f"{source.path}: this is a workbook of smsheets already. Read it with 'smsheets analyze'.")
    if is_report(source):
        raise OptionError(f"{source.path}: {IS_REPORT}")
    looks = None if options.kind else look_at(source)
    kind = looks.kind if looks is not None else options.kind
    if not kind:
        raise OptionError(
            f"{source.path}: it does not look like any of our workbooks. If it is one, say which:"
            f" --as {', --as '.join(KINDS)}."
        )
    return _Adopting(source, options, load_spec(kind), formats, limits.rows).adoption()


_MOST_COMPARED = 10_000
"""Different texts that are compared with all headings. Where none of so many was one, a sheet is full of texts."""


def _known_in(kind: str) -> Known:
    """Tells the headings of a kind, and what is nearly one."""
    compared: set[str] = set()

    def known(label: str) -> bool:
        if label in known_headings(""):
            return True
        if len(compared) < _MOST_COMPARED:
            compared.add(label)
        return label in compared and may_be_heading(label, kind)

    return known


class _Adopting:
    """One workbook being adopted."""

    def __init__(
        self, source: SourceWorkbook, options: AdoptOptions, spec: Workbook, formats: Sequence[str], most_rows: int
    ) -> None:
        self.source = source
        self.most_rows = most_rows
        self.formats = formats
        self.options = options
        self.spec = spec
        self.notes: list[str] = []
        self.boxes: set[Place] = set()
        self.behind = Behind()
        theirs = (text.rpartition("=")[0] for text in options.corrections)
        self.named = frozenset(label for text in theirs if (label := short_label(text)))
        self.year = self._year()
        self.material = collect(
            source,
            _known_in(spec.kind),
            self.named,
            spec.kind,
            self.year or options.default_start.year,
        )
        self.sheets = {sheet.name: sheet for sheet in source.sheets}

    def adoption(self) -> Adoption:
        sorted_blocks = sort_blocks(self.material, self.spec, self.named)
        self.read = {(block.sheet, block.place) for blocks in sorted_blocks.values() for block, _ in blocks}
        columns = {name: columns_of(blocks) for name, blocks in sorted_blocks.items()}
        first = self._first_layout(columns)
        corrections = _read_corrections(self.options.corrections, columns, _column_names(self.spec, columns))
        tables: list[AdoptedTable] = []
        for table in record_tables(self.spec):
            blocks = sorted_blocks.get(table.id, [])
            matches = match_columns(
                table,
                columns.get(table.id, {}),
                Values(first, table.columns, []).reads,
                self.spec.kind,
                corrections.get(table.id, ()),
            )
            if raw := self._rows(table, blocks, matches, first):
                tables.append(AdoptedTable(table, matches, raw))
        if not tables:
            raise OptionError(
                f"{self.source.path}: no rows were found that fit {named_kind(self.spec.kind)}."
                f" {needed_headings(self.spec.kind)}"
            )
        return self._filled(tables, self._profile(tables))

    def _year(self) -> int:
        """The year of days without one: the user's, else what titles say, else that of most dates."""
        given = self.options.given.get("start")
        if given:
            return make_profile({"start": given}).start.year
        said = year_said(self.source)
        if said:
            return said
        cells = (cell.value for sheet in self.source.sheets for cell in sheet.cells.values())
        years = Counter(value.year for value in cells if isinstance(value, date) and 2000 < value.year < 2100)
        return years.most_common(1)[0][0] if years else 0

    def _first_layout(self, columns: Mapping[str, Mapping[str, ForeignColumn]]) -> Layout:
        """A layout to read examples with, before the period and channels are known."""
        given = {key: value for key, value in self.options.given.items() if key in ("language", "country")}
        labels = [label for table in columns.values() for label in table]
        labels += [normal_label(str(cell.value)) for grid in self.material.grids for cell in grid.header]
        self.language = str(given.get("language") or language_of(labels, self.source))
        if self.language != "en" and "language" not in given:
            said = f"The new workbook is in the language of the headings ({self.language}). Say another with --lang."
            self.notes.append(said)
        start = date(self.year or self.options.default_start.year, 1, 1)
        profile = make_profile({**given, "language": self.language, "start": start, "country": self._country()})
        return place_workbook(self.spec, profile)

    def _country(self) -> str:
        """The user's; without one, Germany for German: there, days come before months."""
        return str(self.options.given.get("country") or ("US" if self.language == "en" else self.language.upper()))

    def _rows(
        self,
        table: Table,
        blocks: Sequence[tuple[Block, list[DataLine]]],
        matches: Sequence[Match],
        layout: Layout,
    ) -> list[RawRow]:
        is_posts = table.id == POSTS  # where a line has a post for each platform or month across
        found = sum(len(lines) * max(len(block.across) if is_posts else 1, 1) for block, lines in blocks)
        found += sum(len(grid.entries) for grid in self.material.grids) if table.id == POSTS else 0
        if found > self.most_rows:
            raise WorkbookFileError(
                f"{self.source.path}: it has more than {self.most_rows:,} rows for '{layout.tables[table.id].sheet}'. "
                "Delete those that are not needed and save it again, or allow more with --max-rows."
            )
        by_label = {match.column.label: match for match in matches}
        maker = RowMaker(table, by_label, self.sheets, self.year or self.options.default_start.year, self.behind)
        rows = [row for block, lines in blocks for row in maker.of_block(block, lines)]
        rows = maker.joined(rows)
        if table.id == POSTS:
            rows += [row for grid in self.material.grids for row in maker.of_grid(grid)]
            self.notes += [_of_grid(grid) for grid in self.material.grids if grid.entries]
        if table.id == KEY_DATES and (feasts := [row for grid in self.material.grids for row in maker.feasts_of(grid)]):
            rows += feasts
            self.notes.append("Feast days that stand among the posts became key dates.")
        for row in rows:
            with_time(row, maker.columns)
        self.boxes |= maker.boxes
        if maker.boxes:
            self.notes.append("A ticked box of a platform became a post on it; one that is not ticked became none.")
        if maker.filled_down:
            self.notes.append("A date that stands once for several rows below each other was given to all of them.")
        if maker.led:
            self.notes.append("A name that stands once for several rows below each other was given to all of them.")
        return self._one_per_channel(rows, layout, table) if table.id == POSTS else rows

    def _one_per_channel(self, rows: list[RawRow], layout: Layout, table: Table) -> list[RawRow]:
        """A row for each channel of a post: each channel needs a text of its own."""
        values = Values(layout, table.columns, [])
        parted: list[RawRow] = []
        for row in rows:
            raw = row.fields.get(("channel", None))
            names = values.channels(raw.value) if raw is not None else []
            if raw is None or len(names) < 2:
                parted.append(row)
                continue
            parted += [
                RawRow({**row.fields, ("channel", None): Raw(name, raw.place)}, row.own, row.again) for name in names
            ]
        if len(parted) > len(rows):
            more = len(parted) - len(rows)
            rows_more = "1 row more" if more == 1 else f"{more} rows more"
            self.notes.append(f"A post on several channels became a row for each of them: {rows_more}.")
        return parted

    def _profile(self, tables: Sequence[AdoptedTable]) -> Profile:
        """The user's facts; what they leave open, from the workbook."""
        given = {key: value for key, value in self.options.given.items() if value not in (None, "", [], ())}
        days = list(all_days(tables))
        start = make_profile({"start": given["start"]}).start if "start" in given else None
        found: dict[str, Any] = dict(period_of(days, start))
        if not days and start is None:
            found["start"] = self.options.default_start
        elif not self.year and not any(isinstance(raw.value, date) and raw.place for raw in all_raws(tables)):
            self.notes.append(
                f"No year stands anywhere: {self.options.default_start.year} was taken. Say another with --start."
            )
        seen = (("channels", all_channels(tables)), ("currency", currency_of(self.source, self.formats)))
        found |= {name: value for name, value in seen if value}
        return make_profile({**found, "language": self.language, "country": self._country(), **given})

    def _filled(self, tables: list[AdoptedTable], profile: Profile) -> Adoption:
        layout = place_workbook(self.spec, profile)
        not_read: list[NotRead] = []
        added: dict[str, list[str]] = {}
        outside = self.behind.outside
        for item in tables:
            values = Values(layout, item.table.columns, item.raw)
            item.rows = [values.row(raw) for raw in item.raw]
            not_read += values.not_read
            outside |= {raw.place for raw in values.outside if raw.place is not None}
            for name, words in values.added.items():
                added[name] = list(dict.fromkeys((*added.get(name, ()), *words)))
        if len(added.get("channels", ())) > _MOST_CHANNELS:
            matches = [match.name for item in tables for match in item.matches if match.target == "channel"]
            raise OptionError(
                f"{self.source.path}: more than {_MOST_CHANNELS} different words stand for platforms, so they are"
                f' something else. Keep that column as one of your own: --map "{(matches or ["Platform"])[0]}="'
            )
        if any(month == NO_MONTH for item in tables for raw in item.raw for _, month in raw.fields):
            first = layout.items["months"][0].label
            self.notes.append(f"Amounts without a month stand in the first one, {first}.")
        used = {raw.place for raw in all_raws(tables) if raw.place is not None} - outside
        used |= self.boxes
        used |= {place for item in tables for row in item.raw for place in row.again}
        columns = [match.column for item in tables for match in item.matches]
        mapped = {(column.where.sheet, *place) for column in columns for place in column.cells}
        return Adoption(
            spec=self.spec,
            guessed=not self.options.kind,
            profile=profile,
            layout=layout,
            tables=tables,
            # One entry for a cell whose row became several.
            not_read=list({(item.raw.place or id(item), item.column.id): item for item in not_read}.values()),
            left=left_over(self.material, self.read, used, mapped, self.behind),
            added=added,
            notes=self.notes,
        )


def _of_grid(grid: MonthGrid) -> str:
    row, col = min((cell.row, cell.col) for cell in (*grid.numbers, *(entry.cell for entry in grid.entries)))
    where = CellRef("", grid.sheet, row, col)
    count = len(grid.entries)
    texts = "its text became a row with its date" if count == 1 else f"its {count} texts became rows with their dates"
    return f"{where}: a month with its days; {texts}."


def _column_names(spec: Workbook, columns: Mapping[str, Mapping[str, ForeignColumn]]) -> dict[str, dict[str, str]]:
    """Table id -> what a user may call our columns -> column id."""
    names: dict[str, dict[str, str]] = {}
    for table in record_tables(spec):
        if table.id not in columns:
            continue
        known = names.setdefault(table.id, {})
        fields = [column for column in table.columns if column.formula is None]
        for column in fields:
            for alias in column.aliases:
                known.setdefault(normal_label(alias), column.id)
        for column in fields:
            for language in languages():
                known[normal_label(catalogue(language, "common", spec.kind).text(column.label))] = column.id
        known.update((column.id, column.id) for column in fields)
        if any(column.each == "months" for column in fields):
            known[MONTH] = MONTH
    return names


def _read_corrections(
    given: Sequence[str], columns: Mapping[str, Mapping[str, ForeignColumn]], names: Mapping[str, Mapping[str, str]]
) -> dict[str, list[tuple[str, str]]]:
    """`--map` texts as corrections by table: their heading = our heading or column.

    Args:
        columns: Table id -> label -> their column.
        names: Table id -> normalised name -> column id of ours.

    Raises:
        OptionError: One names no column of theirs, or none of ours; the text says what is meant most likely.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for text in given:
        theirs, sign, ours = text.rpartition("=")
        if not sign or not theirs.strip():
            raise OptionError(f'--map "{text}": write their heading = our heading, for example --map "Caption=copy"')
        tables = [name for name, known in columns.items() if _label_of(theirs, known)]
        if not tables:
            known = sorted({column_name(column) for table in columns.values() for column in table.values()})
            hint = did_you_mean(theirs.strip(), known) or f"; there are: {', '.join(known)}"
            raise OptionError(f"--map \"{text}\": the workbook has no column '{theirs.strip()}'{hint}")
        targets = {name: names[name].get(normal_label(ours), "") for name in tables}
        if ours.strip() and not any(targets.values()):
            ids = sorted({name for table in tables for name in names[table].values()})
            labels = [name for table in tables for name in names[table]]
            hint = did_you_mean(normal_label(ours), labels) or f"; there are: {', '.join(ids)}"
            raise OptionError(f"--map \"{text}\": there is no column '{ours.strip()}' of ours{hint}")
        for name, target in targets.items():
            if target or not ours.strip():
                found.setdefault(name, []).append((_label_of(theirs, columns[name]), target))
    return found


def _label_of(heading: str, columns: Mapping[str, ForeignColumn]) -> str:
    wanted = normal_label(heading)
    if wanted in columns:
        return wanted
    return next((label for label, column in columns.items() if normal_label(column_name(column)) == wanted), "")
