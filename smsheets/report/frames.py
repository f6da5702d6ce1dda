"""Tidy pandas frames of an analysis: one per table of the plans, per table of the variance, and the findings.

Names: `budget.lines`, `calendar.posts` (records), `variance.budget.lines`, ..., `findings`, `problems`, `files`. A
column that repeats over months becomes one column per month, `planned_1` to `planned_12`. Amounts stay exact decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from smsheets.analysis.result import Analysis
from smsheets.plan.record import Record
from smsheets.safe_text import safe_cell

if TYPE_CHECKING:
    import pandas as pd

    from smsheets.report.json_view import BusinessView


class FramedAnalysis(Analysis, frozen=True, kw_only=True):
    """The analysis as `smsheets.analyze` returns it: with its frames one call away."""

    @classmethod
    def of(cls, analysis: Analysis) -> FramedAnalysis:
        """The same analysis, with frames."""
        return cls(**msgspec.structs.asdict(analysis))

    def frames(self, language: str = "en") -> dict[str, pd.DataFrame]:
        """Tidy pandas frames: name -> frame, as `make_frames` says. `language` is that of the findings."""
        return make_frames(self, language)


def make_frames(analysis: Analysis, language: str = "en") -> dict[str, pd.DataFrame]:
    """Name -> frame. Every frame has the column `business`, except `files` and `problems`."""
    import pandas as pd

    from smsheets.report.json_view import make_view
    from smsheets.report.wording import Words

    view = make_view(analysis, Words(language))
    rows: dict[str, list[dict[str, Any]]] = {"findings": [], "problems": [], "files": []}
    for business in analysis.businesses:
        lead = {"business": business.business}
        for kind, plan in msgspec.structs.asdict(business.plans).items():
            if plan is not None:
                _add_tables(rows, kind, plan, lead)
        for kind, variance in msgspec.structs.asdict(business.variance).items():
            if variance is not None:
                _add_tables(rows, f"variance.{kind}", variance, lead)
    for shown in view.businesses:
        _add_headline(rows, shown)
        for finding in shown.findings:
            several = {
                "evidence": (f"{cell.file}: {cell.sheet}!{cell.cell}" for cell in finding.evidence),
                "transfers": (f"{item.giver} -> {item.taker}: {item.amount}" for item in finding.transfers),
                "also": (f"{other.id} {other.about}" for other in finding.also),
            }
            worded = {name: "; ".join(texts) for name, texts in several.items()}
            rows["findings"].append(
                {"business": shown.business, **_flat({**msgspec.structs.asdict(finding), **worded})}
            )
    rows["problems"] = [msgspec.structs.asdict(problem) for problem in view.problems]
    for file in view.files:
        row = msgspec.structs.asdict(file)
        counts = {"records": sum(file.records.values()), "missing": len(file.missing)}
        columns = (f"{own.heading} ({own.cell.sheet}!{own.cell.cell})" for own in file.own_columns)
        own = {"own_columns": "; ".join(columns), "own_sheets": "; ".join(file.own_sheets)}
        rows["files"].append({**row, **counts, **own, "notes": " ".join(file.notes)})
    return {name: pd.DataFrame.from_records(records) for name, records in rows.items()}


def csv_files(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """One file per frame, by its name. A text that a spreadsheet would take for a formula gets an apostrophe."""
    return {f"{name}.csv": frame.map(safe_cell).to_csv(index=False).encode() for name, frame in frames.items()}


def _add_headline(rows: dict[str, list[dict[str, Any]]], shown: BusinessView) -> None:
    """The key figures and the forecasts: a row for each; the months to come are in the JSON alone."""
    lead = {"business": shown.business}
    spend = (shown.forecast.spend,) if shown.forecast.spend is not None else ()
    tables = {
        "headline.figures": shown.headline.figures,
        "forecast.spend": spend,
        "forecast.goals": shown.forecast.goals,
    }
    for name, items in tables.items():
        for item in items:
            values = msgspec.structs.asdict(item)
            cells = values.pop("cells", ())
            values.pop("months", None)
            row = {**lead, **_flat(values)}
            if name != "headline.figures":
                row["cells"] = "; ".join(f"{cell.file}: {cell.sheet}!{cell.cell}" for cell in cells)
            rows.setdefault(name, []).append(row)


def _add_tables(rows: dict[str, list[dict[str, Any]]], name: str, owner: Any, lead: Mapping[str, Any]) -> None:
    """A frame for every field that holds a tuple of structs; single structs become a frame of one row."""
    for field, value in msgspec.structs.asdict(owner).items():
        items = value if isinstance(value, tuple) else (value,)
        found = [item for item in items if isinstance(item, msgspec.Struct)]
        if found:
            rows.setdefault(f"{name}.{field}", []).extend({**lead, **_record(item)} for item in found)


def _record(item: msgspec.Struct) -> dict[str, Any]:
    values = msgspec.structs.asdict(item)
    where = values.pop("where", None)
    flat = _flat(values)
    if isinstance(item, Record) and where is not None:
        flat["sheet"], flat["row"] = where.sheet, where.row
    return flat


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for field, value in values.items():
        name = field.rstrip("_")  # `class_` is `class`, as in the JSON
        if isinstance(value, msgspec.Struct):
            flat.update((f"{name}_{key}", part) for key, part in _record(value).items())
        elif isinstance(value, tuple) and not _is_words(value):
            flat.update((f"{name}_{n}", _plain(part)) for n, part in enumerate(value, 1))
        else:
            flat[name] = _plain(value)
    return flat


def _is_words(value: Iterable[object]) -> bool:
    return all(isinstance(part, str) for part in value)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return getattr(value, "value", value) if not isinstance(value, msgspec.Struct) else str(value)
