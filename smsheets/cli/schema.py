"""`smsheets schema`: JSON Schemas for editors and for programs that read the reports."""

from __future__ import annotations

import click

from smsheets.cli.say import expected_errors, put


@click.command("schema", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("what", type=click.Choice(["spec", "analysis", "check", "compare"]))
@expected_errors
def command(what: str) -> None:
    """Print the JSON Schema of a workbook spec, of 'smsheets analyze --format json', or of 'check' or 'compare'."""
    if what == "spec":
        from smsheets.spec.load import spec_schema

        put(spec_schema().decode(), exact=True)
    elif what == "check":
        from smsheets.report.damage import check_schema

        put(check_schema().decode(), exact=True)
    elif what == "compare":
        from smsheets.comparison.json import compare_schema

        put(compare_schema().decode(), exact=True)
    else:
        from smsheets.report.json_view import analysis_schema

        put(analysis_schema().decode(), exact=True)
