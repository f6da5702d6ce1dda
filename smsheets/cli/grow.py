"""`smsheets grow`: makes a whole workbook of a lean one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsheets.cli.repair import rewrite_files, rewrite_options

if TYPE_CHECKING:
    from smsheets.reader.file.limits import Limits


@click.command("grow", context_settings={"help_option_names": ["-h", "--help"]})
@rewrite_options
def command(files: tuple[Path, ...], output: Path, force: bool, limits: Limits) -> None:
    """Add the other sheets and metrics to your lean workbook, or to each in a folder.

    It is written anew as 'smsheets repair' does, with everything that you typed.
    """
    from smsheets.api import grow_workbook

    rewrite_files(files, output, grow_workbook, "Growing", force=force, limits=limits)
