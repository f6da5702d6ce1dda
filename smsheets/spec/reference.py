"""The data that templates and rules share: platforms and KPI definitions, from `workbook_specs/`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from smsheets.plan.kpi_definitions import KpiDefinition
from smsheets.plan.platforms import Platform
from smsheets.spec.load import load_common, load_data


@cache
def load_platforms() -> Mapping[str, Platform]:
    """Platform id -> what is known of it."""
    return {platform.id: platform for platform in load_data("platforms.yaml", tuple[Platform, ...])}


@cache
def load_kpi_definitions() -> Mapping[str, KpiDefinition]:
    """Metric id -> its definition."""
    return {item.id: item for item in load_data("kpis.yaml", tuple[KpiDefinition, ...])}


@cache
def load_list_texts() -> Mapping[str, Mapping[str, str]]:
    """List id -> value id -> English text, for the lists that several templates share."""
    return {spec.id: {value.id: value.text for value in spec.values} for spec in load_common().lists}
