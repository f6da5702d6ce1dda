"""The options for honest giants, shared by every command that reads a workbook."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import click

T = TypeVar("T")


def limit_options(function: Callable[..., T]) -> Callable[..., T]:
    """Adds the options to a command, which gets them as `limits`."""

    @click.option(
        "--max-mb",
        type=click.FloatRange(min=0, min_open=True),
        help="Read files up to so many megabytes when unpacked. Default: 250, and 100 for one part of a file.",
    )
    @click.option(
        "--max-cells", type=click.IntRange(min=1), help="Read files up to so many filled cells. Default: 500000."
    )
    @click.option(
        "--max-rows", type=click.IntRange(min=1), help="Read tables up to so many filled rows. Default: 5000."
    )
    @functools.wraps(function)
    def run(*args: Any, max_mb: float | None, max_cells: int | None, max_rows: int | None, **kwargs: Any) -> T:
        from smsheets.reader.file.limits import Limits

        return function(*args, limits=Limits.of(max_mb, max_cells, max_rows), **kwargs)

    return run
