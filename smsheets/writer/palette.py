"""The colours of all templates, by role. RGB: themes do not survive other programs.

What must be told apart differs in lightness as well as in hue, so that it holds for people with any kind of colour
blindness and on a grey printer; `tests/writer/test_palette.py` works that out.
"""

from __future__ import annotations

from dataclasses import dataclass

from smsheets.spec.model import Look, SeriesRole

WHITE = "#FFFFFF"
INK = "#1F2933"
MUTED = "#55616E"
"""Of notes and hints."""

COMPUTED_INK = "#334E68"
DEEP = "#163A56"
"""The band behind a sheet's title."""

ACCENT = "#1F5F8B"
HEADER_FILL = ACCENT
HEADER_COMPUTED_FILL = "#56728A"
LINE = "#D3DAE1"
INPUT_FILL = "#FFFCEE"
INPUT_BAND_FILL = "#FFF4D3"
COMPUTED_FILL = "#EFF3F7"
COMPUTED_BAND_FILL = "#E1E8EF"
OWN_FILL = "#E7ECEF"
"""Of headings that are not the template's."""

INPUT_TAB = "#E2A32F"
COMPUTED_TAB = ACCENT
REFERENCE_TAB = "#A7B2BD"
START_TAB = DEEP


@dataclass(frozen=True, slots=True)
class Shade:
    """How a chart fills what stands for something; the outline keeps pale shades in sight on white paper."""

    fill: str
    outline: str


PLANNED = Shade("#B5D0E3", "#4C7FA3")
ACTUAL = Shade("#1F5F8B", "#1F5F8B")
TARGET = Shade("#D97A1E", "#D97A1E")

SERIES: dict[SeriesRole | None, Shade] = {
    SeriesRole.PLANNED: PLANNED,
    SeriesRole.ACTUAL: ACTUAL,
    SeriesRole.TARGET: TARGET,
}
"""The shade of a series by what it stands for: the same in all charts."""

OTHER_SERIES = (ACTUAL, PLANNED, TARGET)
"""Shades of series that stand for nothing of that kind, in order."""

STATUS: dict[Look | None, Shade] = {
    Look.GOOD: Shade("#2E7D6B", "#2E7D6B"),
    Look.WATCH: Shade("#E2A32F", "#9A6A10"),
    Look.BAD: Shade("#8E1B1B", "#8E1B1B"),
    Look.MUTED: Shade("#DDE2E7", "#7A8793"),
}
"""The shade of a series that counts a status."""
