"""The colours of the templates: read by everybody, told apart by colour-blind people and on a grey printer."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from smsheets.layout.cells_of import Role
from smsheets.spec.vocabulary import Look
from smsheets.writer import look as palette
from smsheets.writer.look import ACTUAL, LOOKS, PLANNED, STATUS, TARGET, UNUSED, Shade, cell_properties

READABLE = 4.5
"""The contrast that WCAG 2.2 asks of text (1.4.3)."""

IN_SIGHT = 3.0
"""The contrast that it asks of what one must see to understand a picture (1.4.11)."""

GREY_APART = 1.5
"""The contrast of two areas beside each other that are told apart without colour."""

SEEN_APART = 20.0
"""A difference of colours (CIE 1976) that is plain to see; 2.3 is just seen."""

Colour = tuple[float, float, float]

BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""How linear red, green and blue are seen: Machado, Oliveira and Fernandes 2009, at full severity."""

SERIES = {"planned": PLANNED, "actual": ACTUAL, "target": TARGET}
STATUSES = {str(look and look.value): shade for look, shade in STATUS.items()}


def linear(colour: str) -> Colour:
    """The light of a colour, as sRGB defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def seen(colour: str, kind: str) -> Colour:
    """A colour's light as people with a kind of colour blindness see it."""
    light = linear(colour)
    red, green, blue = (
        min(max(sum(a * b for a, b in zip(row, light, strict=True)), 0.0), 1.0) for row in BLINDNESS[kind]
    )
    return red, green, blue


def lab(light: Colour) -> Colour:
    """CIE L*a*b* of a light, white being D65."""
    red, green, blue = light
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
@pytest.mark.parametrize("band", [False, True])
def test_every_text_is_readable(role: Role, band: bool) -> None:
    from smsheets.writer.look import Country, Setting

    shown = cell_properties(role, None, Country(2, "yyyy-mm-dd"), Setting(band=band))
    assert contrast(shown["font_color"], shown.get("bg_color", palette.WHITE)) >= READABLE


COLOURED = [look for look in LOOKS if "num_format" not in LOOKS[look] and look is not Look.HIDDEN]


@pytest.mark.parametrize("look", COLOURED, ids=lambda look: look.value)
def test_every_look_is_readable(look: Look) -> None:
    """A look without an own ground lies on an input, on a computed cell, in either band."""
    grounds = (
        palette.INPUT_FILL, palette.INPUT_BAND_FILL, palette.COMPUTED_FILL, palette.COMPUTED_BAND_FILL,
    )  # fmt: skip
    for ground in [LOOKS[look]["bg_color"]] if "bg_color" in LOOKS[look] else grounds:
        assert contrast(LOOKS[look]["font_color"], ground) >= READABLE


@pytest.mark.parametrize("shade", [*SERIES.values(), *STATUSES.values()], ids=[*SERIES, *STATUSES])
def test_what_a_chart_draws_is_seen_on_white_paper(shade: Shade) -> None:
    assert contrast(shade.outline, palette.WHITE) >= IN_SIGHT


@pytest.mark.parametrize("shades", [SERIES, STATUSES], ids=["series", "statuses"])
def test_shades_are_told_apart_on_a_grey_printer(shades: dict[str, Shade]) -> None:
    alike = [
        (one, other)
        for one, other in combinations(shades, 2)
        if contrast(shades[one].fill, shades[other].fill) < GREY_APART
    ]
    assert alike == []


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("shades", [SERIES, STATUSES], ids=["series", "statuses"])
def test_shades_are_told_apart_by_colour_blind_people(shades: dict[str, Shade], kind: str) -> None:
    alike = [
        (one, other)
        for one, other in combinations(shades, 2)
        if math.dist(lab(seen(shades[one].fill, kind)), lab(seen(shades[other].fill, kind))) < SEEN_APART
    ]
    assert alike == []


def test_cells_to_fill_in_are_told_from_those_that_work_themselves_out() -> None:
    """By more than colour: the headings of what works itself out are in italics, too."""
    assert cell_properties(Role.HEADER_COMPUTED, None, 2)["italic"]
    assert "italic" not in cell_properties(Role.HEADER, None, 2)
    assert contrast(palette.INPUT_FILL, palette.COMPUTED_FILL) > 1.08
    assert contrast(palette.HEADER_FILL, palette.HEADER_COMPUTED_FILL) > 1.25


def test_what_stands_for_nothing_is_as_white_as_the_sheet() -> None:
    assert {UNUSED["bg_color"], UNUSED["border_color"]} == {palette.WHITE}


def test_the_measures_are_those_of_the_standards() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)
    assert lab(linear("#FF0000")) == pytest.approx((53.24, 80.09, 67.20), abs=0.05)
