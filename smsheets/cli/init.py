"""`smsheets init`: asks a few questions and writes smsheets.toml."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from smsheets.cli.options import default_start, lean_option, profile_options, profile_values
from smsheets.cli.say import expected_errors, remark


@click.command("init", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write. Default: smsheets.toml.")
@click.option("--yes", is_flag=True, help="Take the defaults instead of asking.")
@click.option("--force", is_flag=True, help="Overwrite a file that exists.")
@lean_option
@profile_options
@expected_errors
def command(output: Path | None, yes: bool, force: bool, **options: Any) -> None:
    """Write smsheets.toml: your business in one file, so that 'smsheets new' needs no options."""
    from smsheets.files import check_target, save_files
    from smsheets.profile_file import FILE_NAME, find_platform, make_profile

    path = output or Path(FILE_NAME)
    check_target(path, (), force=force)
    values = {"start": default_start(date.today()), **profile_values(options)}
    if not yes:
        values = _ask(values)
    profile = make_profile(values)
    own = [name for name in profile.channels if find_platform(name) is None]
    lines = [
        "# Your business. Every command in this folder reads this file; an option on the command line wins over it.",
        f"company = {_quoted(profile.company)}",
        f"language = {_quoted(profile.language)}",
        f"country = {_quoted(profile.country)}",
        f"currency = {_quoted(profile.currency)}",
        *(f"{key} = {_quoted(str(values[key]))}" for key in _APART if values.get(key)),
        *(["lean = true"] if profile.lean else []),
        f"start = {_quoted(profile.start.strftime('%Y-%m'))}",
        f"months = {profile.months}",
        f"channels = [{', '.join(_quoted(name) for name in profile.channels if name not in own)}]",
        *([f"own_channels = [{', '.join(map(_quoted, own))}]"] if own else []),
        f"team = [{', '.join(_quoted(name) for name in profile.team)}]",
        "",
        "# Where findings draw their lines; 'smsheets explain' shows those of a finding. For example:",
        "# [thresholds]",
        '# "calendar.dormant_days" = 45',
    ]
    save_files({path: "".join(f"{line}\n" for line in lines).encode()})
    remark(f"{path} written. Next: smsheets new --all -o plan/")


_APART = ("weekend", "paper", "dates", "cadence")
"""Settings that a file has only where they are not as usual."""


def _ask(values: dict[str, Any]) -> dict[str, Any]:
    """The five things that differ from business to business; the rest keeps its default."""
    from smsheets.profile import Profile, currency_of_country
    from smsheets.profile_file import find_platform

    usual, answers = Profile(), dict(values)
    answers["company"] = click.prompt("Name of the business", default=values.get("company", ""), show_default=False)
    language = values.get("language", usual.language)
    answers["language"] = click.prompt("Language of the workbooks (en, de)", default=language)
    answers["country"] = click.prompt("Country, two letters", default=values.get("country", usual.country)).upper()
    currency = values.get("currency") or currency_of_country(answers["country"], values["start"]) or usual.currency
    answers["currency"] = click.prompt("Currency, three letters", default=currency).upper()
    channels = click.prompt("Channels, with commas", default=",".join(values.get("channels", usual.channels)))
    names = [name.strip() for name in channels.split(",") if name.strip()]
    unknown = [name for name in names if find_platform(name) is None]
    kept = [name for name in unknown if click.confirm(f"No channel is known as '{name}'. Is it one of your own?")]
    answers["channels"] = [name for name in names if name not in kept]
    answers["own_channels"] = [*values.get("own_channels", ()), *kept]
    return answers


def _quoted(text: str) -> str:
    """A TOML text; JSON's way of quoting is one of TOML's, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
