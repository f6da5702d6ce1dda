"""The short report, for one look at a terminal: what `smsheets analyze` prints unless told otherwise.

It has at most `MOST_LINES` for a business at 80 columns, whatever is wrong in its workbooks: errors take the room that
the fixed parts leave, then warnings; what has no room is counted, with the option that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import IO

from smsheets.analysis.finding import Finding, Level
from smsheets.analysis.key_figures import KeyFigure
from smsheets.analysis.result import Analysis, BusinessAnalysis, ReadFile
from smsheets.cells import CellRef
from smsheets.kinds import KINDS
from smsheets.problems import MissingInput, Problem, count_problems
from smsheets.report.damage import ProblemGroup, group_problems
from smsheets.report.document import Line, Shown, Verbatim
from smsheets.report.sections.headline import (
    STATES,
    business_name,
    cell_text,
    cut_words,
    figure_label,
    figure_value,
    problem_line,
    verdict_line,
)
from smsheets.report.text import BOLD, Page, fold, text_width
from smsheets.report.wording import Words, change_text
from smsheets.safe_text import safe_line

MOST_LINES = 45
"""What fits into a terminal window beside the command itself."""
_VERDICT_LINES = 4
_STEP_LINES, _STEP_LINES_MOST = 2, 4  # of what is, and as many of what to do; more where there is room
_BLANKS = 3  # sheets that are to be filled in next
_FIGURES = 5  # one for each workbook, about
_WARNINGS = 5  # the gravest
_GROUPS, _GROUP_LINES = 3, 4  # of problems: more are listed by `smsheets check`
_ERRORS_SEEN = 3  # at least, however much else there is
_HEADING_LINES = 2  # with the empty line before it
_GAP = "  "
_INDENT = "  "
_FIGURES_CHANGED = "Key figures, and the change since the period before"
_OWN_KINDS = "Made from templates of your own, so only their cells are checked: {files}."
_HANGING = "   "  # as wide as the number of a step


def render_short(analysis: Analysis, words: Words, target: IO[str] | None = None, *, codes: bool = False) -> str:
    """The short report of all businesses, in lines and styles that fit the stream it is for.

    Args:
        codes: Whether findings have their codes behind them.
    """
    page = _ShortPage(analysis, Page(words, target, codes=codes))
    return "".join(f"{line}\n" for line in page.lines())


class _ShortPage:
    """The lines of a short report, block by block."""

    def __init__(self, analysis: Analysis, page: Page) -> None:
        self._analysis = analysis
        self._page = page
        self._words = page.words
        self._sheets = _files_by_sheet(analysis)

    def lines(self) -> Iterator[str]:
        """All of it. Of several businesses each has its verdict and its steps."""
        businesses = [item for item in self._analysis.businesses if item.headline.plans]
        if len(businesses) == 1:
            yield from self._one_business(businesses[0])
            return
        for business in businesses:
            yield from self._head(business)
            yield from self._steps(business, 1)
            yield from self._left_out(business, _without_steps(business))
        yield ""
        yield from self._tail(_GROUPS)

    def _one_business(self, business: BusinessAnalysis) -> Iterator[str]:
        """All about one business: where the room is short, first the steps are cut, then problems, then errors."""
        start = [*self._head(business), *self._figures(business)]
        steps = [list(self._steps(business, most)) for most in range(_STEP_LINES_MOST, _STEP_LINES - 1, -1)]
        tails = [list(self._tail(groups)) for groups in range(_GROUPS, 0, -1)]
        counts = len(list(self._left_out(business, _without_steps(business))))
        choices = [(lines, tails[0], _lines_wanted(business)) for lines in steps]
        choices += [(steps[-1], tail, _HEADING_LINES + _ERRORS_SEEN) for tail in tails]
        for chosen, tail, needed in choices:
            room = MOST_LINES - len(start) - len(chosen) - counts - len(tail)
            if room >= needed:
                break
        yield from [*start, *chosen]
        yield from self._findings(business, room)
        yield from tail

    def _heading(self, text: str | Line) -> Iterator[str]:
        yield ""
        yield from (self._page.style(line, BOLD) for line in self._page.folded(self._words.text(text)))

    def _head(self, business: BusinessAnalysis) -> Iterator[str]:
        """Its name, the day, what was read, and how it goes in a sentence."""
        files = self._files_of(business)
        one = Verbatim(PurePath(files[0].file).name) if len(files) == 1 else None
        source = one or Line("{count} workbooks", {"count": len(files)})
        values: dict[str, Shown] = {"business": business_name(business), "day": self._analysis.as_of, "source": source}
        yield from self._heading(Line("{business}, {day}, from {source}", values))
        yield from self._in_lines(self._words.value(verdict_line(business.headline)), _VERDICT_LINES)

    def _figures(self, business: BusinessAnalysis) -> Iterator[str]:
        """The key figures that are known: first those that can be held against the time before."""
        known = [item for item in business.headline.figures if item.value is not None]
        first = sorted(known, key=lambda item: item.change is None)[:_FIGURES]
        if not first:
            return
        changed = any(item.change is not None for item in first)
        yield from self._heading(_FIGURES_CHANGED if changed else "Key figures")
        rows = [self._figure(item, business) for item in known if item in first]
        widths = [max(map(text_width, column)) for column in zip(*rows, strict=True)]
        room = self._page.width - len(_INDENT) - sum(widths[1:]) - len(_GAP) * (len(widths) - 1)
        for label, *cells in rows:
            texts = [cut_words(label, max(room, 1)), *cells]
            widths[0] = min(widths[0], room)
            parts = (text + " " * (width - text_width(text)) for text, width in zip(texts, widths, strict=True))
            yield (_INDENT + _GAP.join(parts)).rstrip()

    def _figure(self, item: KeyFigure, business: BusinessAnalysis) -> tuple[str, str, str, str]:
        words = self._words
        value = figure_value(item)
        if item.of is not None and not isinstance(value, Line):
            value = Line("{value} of {of}", {"value": value, "of": item.of})
        change = change_text(item.change, words)
        status = "" if item.state is None else words.text(STATES[item.state].word)
        return words.value(figure_label(item, business.context)), words.value(value), change, status

    def _steps(self, business: BusinessAnalysis, most: int) -> Iterator[str]:
        """What to do next: what is, with its cell, and below it what to do; without that, what to fill in."""
        if not business.headline.steps:
            yield from self._blanks(business)
            return
        yield from self._heading("What to do next")
        for number, finding in enumerate(business.headline.steps, 1):
            tail = f" ({cell_text(finding.evidence[0])})" if finding.evidence else ""
            tail += f" {self._page.code(finding.id)}".rstrip()
            says = self._in_lines(self._words.text(finding.says, finding.values), most, _HANGING, tail)
            for line in says:
                yield line if line != says[0] else f"{number}. {line.removeprefix(_HANGING)}"
            yield from self._in_lines(self._words.text(finding.todo, finding.values), most, _HANGING)

    def _blanks(self, business: BusinessAnalysis) -> Iterator[str]:
        """The first sheets on which something is still to fill in, in the order in which a plan is made."""
        files = sorted(self._files_of(business), key=lambda file: [*KINDS, file.kind].index(file.kind))
        sheets: dict[tuple[str, str], list[MissingInput]] = {}
        for item in (item for file in files for item in file.missing):
            sheets.setdefault((item.cell.file, item.cell.sheet), []).append(item)
        if sheets:
            yield from self._heading("What to fill in next")
        for number, missing in enumerate(list(sheets.values())[:_BLANKS], 1):
            labels = tuple(Verbatim(item.label) for item in missing)
            text = self._words.value(Line("{cell}: {labels}", {"cell": cell_text(missing[0].cell), "labels": labels}))
            first, *rest = self._in_lines(text, _STEP_LINES, _HANGING)
            yield from (f"{number}. {first.removeprefix(_HANGING)}", *rest)

    def _files_of(self, business: BusinessAnalysis) -> list[ReadFile]:
        name = business.business.casefold()
        return [file for file in self._analysis.files if file.business.strip().casefold() == name]

    def _findings(self, business: BusinessAnalysis, room: int) -> Iterator[str]:
        """The errors that are no step, as many as there is room for, then the gravest warnings; the others counted."""
        others = _without_steps(business)
        errors = [item for item in others if item.level is Level.ERROR]
        warnings = [item for item in others if item.level is Level.WARNING]
        shown = errors[: max(room - _HEADING_LINES, _ERRORS_SEEN)]
        if shown:
            room -= _HEADING_LINES + len(shown)
            among_steps = any(item.level is Level.ERROR for item in business.headline.steps)
            yield from self._heading("More errors" if among_steps else "Errors")
            yield from map(self._finding_line, shown)
        if room > _HEADING_LINES and warnings:
            gravest = warnings[: min(room - _HEADING_LINES, _WARNINGS)]
            title = "The most important warnings" if len(gravest) < len(warnings) else "Warnings"
            yield from self._heading(title)
            yield from map(self._finding_line, gravest)
            shown += gravest
        yield from self._left_out(business, [item for item in others if item not in shown])

    def _finding_line(self, finding: Finding) -> str:
        """One line: the cell, and what is, as far as it fits."""
        where = f"{self._cell(finding.evidence[0])}: " if finding.evidence else ""
        code = f" {self._page.code(finding.id)}".rstrip()
        says = self._words.text(finding.says, finding.values)
        return _INDENT + where + cut_words(says, max(self._page.width - len(_INDENT + where + code), 1)) + code

    def _left_out(self, business: BusinessAnalysis, findings: Iterable[Finding]) -> Iterator[str]:
        """How much more there is, and the option that shows it."""
        levels = [finding.level for finding in findings]
        missing = (item for file in self._files_of(business) for item in file.missing)
        counts = (
            ("{count} more errors", levels.count(Level.ERROR)),
            ("{count} more warnings", levels.count(Level.WARNING)),
            ("{count} notes", levels.count(Level.NOTE)),
            ("{count} fields still to fill in", sum(max(item.count, 1) for item in missing)),
        )
        parts = tuple(Line(text, {"count": count}) for text, count in counts if count)
        yield ""
        if parts:
            yield from self._page.folded(self._words.text("{counts}: see --full", {"counts": parts}))
        else:
            yield from self._page.folded(self._words.text("--full shows all tables."))

    def _tail(self, groups: int) -> Iterator[str]:
        """What is wrong in the workbooks, in so many groups, and where a report to look at comes from."""
        words, analysis = self._words, self._analysis
        problems = analysis.to_repair
        own = tuple(Verbatim(PurePath(file.file).name) for file in analysis.files if file.kind not in KINDS)
        if own:
            yield from self._in_lines(words.text(_OWN_KINDS, {"files": own}), _GROUP_LINES)
        if problems:
            yield from self._heading(Line("{count} problems", {"count": count_problems(problems)}))
            yield from self._problems(problems, groups)
        else:
            yield from self._page.folded(words.value(problem_line(())))
        hints = count_problems(problem for problem in analysis.problems if problem.is_hint)
        if hints:
            yield from self._page.folded(words.text("{count} cells understood: see smsheets check", {"count": hints}))
        yield from self._page.folded(words.text("A page to read, print or send: add --html report.html"))

    def _problems(self, problems: Sequence[Problem], most: int) -> Iterator[str]:
        groups = sorted(group_problems(problems), key=lambda group: -group.count)
        for group in groups[:most]:
            yield from self._problem_lines(group)
        left = sum(group.count for group in groups[most:])
        if left:
            yield from self._page.folded(
                self._words.text("{count} more problems: see smsheets check", {"count": left}), _INDENT
            )

    def _problem_lines(self, group: ProblemGroup) -> list[str]:
        """Where, what is wrong, cut where that is long, and what to do."""
        says, todo = (self._words.value(line) for line in group.lines)
        place = safe_line(f"{PurePath(group.file).name}: {group.place}")
        tail = f" {todo} {self._page.code(group.problems[0].kind)}".rstrip()
        return self._in_lines(f"{place}: {says}", _GROUP_LINES, _INDENT, tail)

    def _cell(self, cell: CellRef) -> str:
        """A cell by its sheet; where a sheet of that name is in several workbooks, with its file."""
        several = len(self._sheets.get(cell.sheet, ())) > 1
        return self._words.value(Verbatim(f"{PurePath(cell.file).name}: {cell}" if several else str(cell)))

    def _in_lines(self, text: str, most: int, indent: str = "", tail: str = "") -> list[str]:
        """A text in at most so many lines; where it is longer, cut between words, the tail whole."""
        width = self._page.width - len(indent)
        room = most * width
        while len(lines := fold(cut_words(text, max(room - len(tail), 1)) + tail, width)) > most and room > width // 2:
            room -= 4  # a few characters: lines end between words
        return [indent + line for line in lines]


def _without_steps(business: BusinessAnalysis) -> list[Finding]:
    """The findings that are not among what to do next."""
    steps = {(item.id, item.about) for item in business.headline.steps}
    return [item for item in business.findings if (item.id, item.about) not in steps]


def _lines_wanted(business: BusinessAnalysis) -> int:
    """How many lines all errors and the gravest warnings take."""
    levels = [finding.level for finding in _without_steps(business)]
    counts = (levels.count(Level.ERROR), min(levels.count(Level.WARNING), _WARNINGS))
    return sum(count + _HEADING_LINES for count in counts if count)


def _files_by_sheet(analysis: Analysis) -> dict[str, set[str]]:
    """The workbooks in which findings name a sheet of that name."""
    found: dict[str, set[str]] = {}
    for finding in analysis.findings:
        for cell in finding.evidence[:1]:
            found.setdefault(cell.sheet, set()).add(cell.file)
    return found
