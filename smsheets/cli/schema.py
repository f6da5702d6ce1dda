"""`smsheets schema`: JSON Schemas for editors and for programs that read the reports."""

from __future__ import annotations

import click

from smsheets.cli.say import expected_errors


@click.command("schema", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("what", type=click.Choice(["spec", "analysis", "check", "compare"]))
@expected_errors
def command(what: str) -> None:
    """Print the JSON Schema of a workbook spec, of 'smsheets analyze --format json', or of 'check' or 'compare'."""
    if what == "spec":
        from smsheets.spec.load import spec_schema

        click.echo(spec_schema(), nl=False)
    elif what == "check":
        from smsheets.report.damage import check_schema

        click.echo(check_schema(), nl=False)
    elif what == "compare":
        from smsheets.comparison.json import compare_schema

        click.echo(compare_schema(), nl=False)
    else:
        from smsheets.report.json_view import analysis_schema

        click.echo(analysis_schema(), nl=False)
