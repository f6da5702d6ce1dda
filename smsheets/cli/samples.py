"""`smsheets samples`: makes the sample workbooks again."""

from __future__ import annotations

from pathlib import Path

import click

from smsheets.cli.say import expected_errors, remark, talk_options


@click.command("samples", context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("samples"), show_default=True, help="The folder."
)
@talk_options
@expected_errors
def command(output: Path) -> None:
    """Make the blank and the filled sample workbooks: OUTPUT/blank and OUTPUT/filled."""
    from smsheets.api import new_workbook
    from smsheets.kinds import KINDS
    from smsheets.layout.content import sample_profile
    from smsheets.profile_file import make_profile

    filled = make_profile(sample_profile())
    blank = make_profile({"start": sample_profile()["start"]})
    for kind in KINDS:
        for folder, profile, sample in (("blank", blank, False), ("filled", filled, True)):
            path = output / folder / f"{kind}.xlsx"
            new_workbook(kind, path, profile, sample=sample, force=True)
            remark(f"{path} written")
