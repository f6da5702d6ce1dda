"""`smsheets adopt`: another workbook's rows in our template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smsheets.cli.options import default_start, limit_options, profile_options, profile_values
from smsheets.cli.say import expected_errors, remark, say, talk_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from smsheets.reader.file.limits import Limits
    from smsheets.rewrite.adoption import Adoption

_MOST_LISTED = 10  # cells that cannot be read: about half a screen
_EXAMPLE = 40  # characters of an example beside its column
_ROOM = 110  # characters of the table of columns, which has five of them


@click.command("adopt", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--as", "kind", help="What it is: calendar, budget, roadmap, kpi-report or strategy. Default: a guess.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The workbook to write, for example mine.xlsx.")
@click.option(
    "--map",
    "corrections",
    multiple=True,
    metavar='"THEIRS=OURS"',
    help='Correct one column, "Caption=Text"; "Mood=" keeps it as a column of your own. May be repeated.',
)
@click.option("--dry-run", is_flag=True, help="Only show which column would become which; write nothing.")
@click.option("--force", is_flag=True, help="Overwrite a file that exists.")
@profile_options
@limit_options
@talk_options
@expected_errors
def command(
    file: Path,
    kind: str | None,
    output: Path | None,
    corrections: tuple[str, ...],
    dry_run: bool,
    force: bool,
    limits: Limits,
    **options: Any,
) -> None:
    """Bring the rows of a workbook that smsheets did not make into a template. Columns are found by their headings."""
    from datetime import date

    from smsheets.files import save_files
    from smsheets.rewrite.adopt import AdoptOptions, adopt_file

    _check_kind(kind)
    values = profile_values(options)
    if not dry_run:
        _check_output(file, output, force=force)
    start = default_start(date.today())
    asked = AdoptOptions(kind=kind or "", given=values, corrections=corrections, default_start=start)
    adoption = adopt_file(file, asked, limits)
    data = None if dry_run else adoption.workbook()
    for line in _lines(adoption, str(file)):
        say(line)
    if data is not None and output is not None:
        save_files({output: data}, new_folders=True)
        remark(f"{output} written. Look through it, then: smsheets analyze {output}")


def _check_kind(kind: str | None) -> None:
    from smsheets.errors import OptionError, did_you_mean
    from smsheets.kinds import KINDS

    if kind is not None and kind not in KINDS:
        hint = did_you_mean(kind, KINDS) or f"; there are: {', '.join(KINDS)}"
        raise OptionError(f"--as {kind}: there is no such template{hint}")


def _check_output(file: Path, output: Path | None, *, force: bool) -> None:
    from smsheets.errors import OptionError
    from smsheets.files import check_target

    if output is None:
        raise OptionError("Say which file to write, for example -o mine.xlsx; or --dry-run to look first.")
    if output.suffix.lower() != ".xlsx":
        raise OptionError(f"-o {output}: write a name that ends in .xlsx")
    check_target(output, (file,), force=force)


def _lines(adoption: Adoption, file: str) -> Iterator[str]:
    """Lines about what was found, which column becomes which, what could not be read, what stays behind."""
    from smsheets.report.text import set_table
    from smsheets.rewrite.adoption import our_name
    from smsheets.safe_text import safe_line

    title = adoption.spec.title
    rows = ", ".join(f"{adoption.layout.tables[item.table.id].sheet}: {len(item.rows)}" for item in adoption.tables)
    yield safe_line(f"{file}: {'looks like' if adoption.guessed else 'read as'} {title}. Rows for {rows}.")
    words = adoption.layout.words
    heads = ("Their column", "Cell", "Our column", "Sure", "Example")
    lines = [
        (
            safe_line(match.name),
            safe_line(f"{match.column.where.sheet}!{match.column.where.a1}"),
            our_name(item.table, match, words),
            f"{match.confidence:.0%}" if match.confidence else "",
            safe_line(match.example)[:_EXAMPLE],
        )
        for item in adoption.tables
        for match in item.matches
    ]
    if lines:
        table = set_table(heads, lines, (False, False, False, True, False), _ROOM)
        yield from (*table.head, *table.body, *table.total, "")
    yield from adoption.notes
    yield from _not_read(adoption)
    if adoption.left:
        name = words.text("Not brought over")
        cells = "1 cell is" if len(adoption.left) == 1 else f"{len(adoption.left)} cells are"
        yield f"{cells} in no row (titles, totals, notes): listed on the sheet '{name}'."
    yield from _hint(adoption)


def _hint(adoption: Adoption) -> Iterator[str]:
    """How to correct the column that is least sure."""
    matches = [(match.confidence, match, item.table) for item in adoption.tables for match in item.matches]
    if not matches:
        return
    _, match, table = min(matches, key=lambda entry: entry[0])
    texts = (
        column for column in table.columns if column.type.value == "text" and not (column.choices or column.formula)
    )
    other = next((column.label for column in texts if column.id != match.target), table.columns[-1].label)
    ours = adoption.layout.words.text(other)
    yield f'To change a column: --map "{match.name}={ours}"; to keep it as one of your own: --map "{match.name}=".'


def _not_read(adoption: Adoption) -> Iterator[str]:
    from smsheets.safe_text import safe_line

    for item in adoption.not_read[:_MOST_LISTED]:
        label = adoption.layout.words.text(item.column.label)
        yield safe_line(f"{item.where}'{item.found}' cannot be read as '{label}'; it stays as it was typed.")
    if len(adoption.not_read) > _MOST_LISTED:
        more = len(adoption.not_read) - _MOST_LISTED
        yield f"... and {more} more: 'smsheets analyze' names each in the new workbook."
