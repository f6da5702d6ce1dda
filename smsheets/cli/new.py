"""`smsheets new`: makes workbooks."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from smsheets.cli.options import default_start, lean_option, profile_options, profile_values
from smsheets.cli.say import expected_errors, remark, say, talk_options, watch


@click.command("new", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("kinds", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All five workbooks.")
@click.option("--sample", is_flag=True, help="Fill them with a sample business, to look around.")
@click.option(
    "--spec",
    "specs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A spec of your own (.yaml). May be repeated.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder, or a file name for one workbook.")
@click.option("--force", is_flag=True, help="Overwrite files that exist.")
@lean_option
@profile_options
@talk_options
@expected_errors
def command(
    kinds: tuple[str, ...],
    every: bool,
    sample: bool,
    specs: tuple[Path, ...],
    output: Path | None,
    force: bool,
    **options: Any,
) -> None:
    """Make blank workbooks, ready to fill: strategy, roadmap, budget, calendar, kpi-report."""
    from smsheets.api import workbook_bytes
    from smsheets.errors import OptionError, did_you_mean
    from smsheets.files import check_targets, save_files
    from smsheets.kinds import KINDS
    from smsheets.profile_file import make_profile

    wanted = [*(KINDS if every else kinds), *map(str, specs)]
    for kind in kinds:
        if kind not in KINDS:
            hint = did_you_mean(kind, KINDS) or f"; there are: {', '.join(KINDS)}"
            raise OptionError(f"There is no template '{kind}'{hint}")
    if not wanted:
        raise OptionError(f"Say which workbook: {', '.join(KINDS)}, or --all for all five.")
    if sample and specs:
        raise OptionError("--sample fills the five templates of the program; make your own from --spec without it.")
    values = profile_values(options)
    if sample:
        from smsheets.layout.content import sample_profile

        given = {key: value for key, value in values.items() if value not in ("", [], ())}
        sample_values = sample_profile(values.get("language", "en"))
        values = {**sample_values, **given}
        values["channels"] = [*given.get("channels", ()), *sample_values["channels"]]
    else:
        from datetime import date

        values.setdefault("start", default_start(date.today()))
    profile = make_profile(values)
    targets = _targets(wanted, output)
    check_targets(targets, specs, force=force)
    made = [workbook_bytes(kind, profile, sample=sample) for kind in watch(wanted, "Making")]
    save_files({path: data for path, (data, _) in zip(targets, made, strict=True)}, new_folders=True)
    for path in targets:
        remark(f"{path} written")
    if not all(computed for _, computed in made):
        say(
            "The formulas show their values once you open a workbook: the engine that computes them beforehand"
            " is not available for this computer.",
            err=True,
        )
    if every:
        _say_what_is_next(profile.language, targets, sample=sample)


_FIRST_SHEETS = 3
"""The sheets of the strategy to begin with: a goal, and where it is to be reached, are what all others refer to."""


def _say_what_is_next(language: str, targets: Sequence[Path], *, sample: bool) -> None:
    """The next step, in the language of the workbooks."""
    from smsheets.report.document import Verbatim
    from smsheets.report.wording import Words
    from smsheets.spec.catalogue import catalogue
    from smsheets.spec.load import load_spec

    words, folder = Words(language), targets[0].parent
    shown = {"file": Verbatim(str(targets[0])), "command": Verbatim(f"smsheets analyze {shlex.quote(f'{folder}/')}")}
    if sample:
        remark(words.text("Next: look around in them, then see how things are going: {command}", shown))
        return
    names = [sheet.name for sheet in load_spec("strategy").sheets if sheet.essential][:_FIRST_SHEETS]
    sheets = tuple(catalogue(language, "strategy").text(name) for name in names)
    remark(words.text("Next: open {file} and fill in three sheets: {sheets}.", {**shown, "sheets": sheets}))
    remark(words.text("Then see where you stand and what comes next: {command}", shown))


def _targets(kinds: list[str], output: Path | None) -> list[Path]:
    from smsheets.errors import OptionError

    if output is not None and output.suffix.lower() == ".xlsx":
        if len(kinds) > 1:
            raise OptionError(f"-o {output}: is one file, but {len(kinds)} workbooks are wanted; name a folder")
        return [output]
    folder = output or Path()
    targets = [folder / f"{Path(kind).stem}.xlsx" for kind in kinds]
    for target in targets:
        if targets.count(target) > 1:
            raise OptionError(f"{target}: two of the workbooks would have this name; make them one after the other")
    return targets
