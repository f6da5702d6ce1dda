"""`smsheets samples`: makes the sample workbooks again."""

from __future__ import annotations

from pathlib import Path

import click

from smsheets.cli.say import expected_errors, remark, talk_options


@click.command("samples", context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("samples"), show_default=True, help="The folder."
)
@click.option("--force", is_flag=True, help="Overwrite workbooks that exist.")
@talk_options
@expected_errors
def command(output: Path, force: bool) -> None:
    """Make the blank and the filled sample workbooks: OUTPUT/blank and OUTPUT/filled."""
    from smsheets.api import workbook_bytes
    from smsheets.files import check_target, save_files
    from smsheets.kinds import KINDS
    from smsheets.layout.content import sample_profile
    from smsheets.profile_file import make_profile

    filled = make_profile(sample_profile())
    blank = make_profile({"start": sample_profile()["start"]})
    folders = {output / "blank": blank, output / "filled": filled}
    targets = {folder / f"{kind}.xlsx": (kind, profile) for kind in KINDS for folder, profile in folders.items()}
    for path in targets:
        check_target(path, (), force=force)
    made = {
        path: workbook_bytes(kind, profile, sample=profile is filled)[0] for path, (kind, profile) in targets.items()
    }
    save_files(made, new_folders=True)
    for path in made:
        remark(f"{path} written")
