"""A chart as pygal draws it, taken apart: only its lines, bars, points and texts, with classes for our own look.

pygal's own style, script, ids, tooltips and the day it was made on stay out: the page needs no script, is light and
dark by its own style sheet, and is the same bytes every time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

_NUMBER = re.compile(r"-?\d+\.\d+")
_POINT = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
_SERIES = re.compile(r"\bserie-(\d+)\b")
NOWHERE = "nowhere"
_SHAPES = ("rect", "path", "circle")
_ABOVE = 5
"""Units between a bar and the figure above it."""


class Drawing:
    """The tree of one chart.

    Args:
        tree: What pygal's `render_tree` gives, whichever XML library it uses.
        looks: A class for each series, in their order; in legends they mean the same.
        labels: (series, place among its shapes) -> a text above that bar.
        names: A class for each name below it; NOWHERE for those that are not shown.
    """

    def __init__(
        self, tree: Any, looks: Sequence[str], labels: Mapping[tuple[int, int], str], names: Sequence[str]
    ) -> None:
        self._tree = tree
        self._looks = looks
        self._labels = labels
        self._names = names

    def markup(self, title: str, says: str, name: str) -> str:
        """The picture as an `svg` element; every text in it is escaped.

        Args:
            title: For people who cannot see it, like `says`.
            says: What one sees in it.
            name: An id that nothing else on the page has.
        """
        size = self._tree.get("viewBox")
        body = "".join(self._plots())
        return (
            f'<svg viewBox="{escape(size)}" role="img" aria-labelledby="{name}-t {name}-d">'
            f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(says)}</desc>{body}</svg>'
        )

    def _plots(self) -> Iterator[str]:
        for plot in _groups(self._tree, "plot"):
            if {"text-overlay", "tooltip-overlay"} & set(_classes(plot)):
                continue
            inside = "".join((*self._axes(plot), *self._series(plot)))
            if inside:
                yield f'<g transform="{_short(plot.get("transform"))}">{inside}</g>'

    def _axes(self, plot: Any) -> Iterator[str]:
        """The lines of the scale, and the texts beside it and below."""
        for axis in _groups(plot, "axis"):
            side = "y" if "y" in _classes(axis) else "x"
            for place, guide in enumerate(_groups(axis, "guides")):
                look = side if side == "y" else f"x {self._names[place]}".strip()
                for part in guide:
                    if _tag(part) == "path" and side == "y":
                        yield _shape(part, "zero" if "axis" in _classes(part) else "grid")
                    elif _tag(part) == "text" and NOWHERE not in look:
                        yield _text(part, look)

    def _series(self, plot: Any) -> Iterator[str]:
        groups = [(_number_of(group), group) for group in _groups(plot, "series")]
        yield from _band([group for number, group in groups if "range" in self._looks[number].split()])
        for number, group in groups:
            shapes = [part for part in group.iter() if _tag(part) in _SHAPES]
            drawn = "".join(self._labelled(part, number, place) for place, part in enumerate(shapes))
            if drawn:
                yield f'<g class="{escape(self._looks[number])}">{drawn}</g>'

    def _labelled(self, part: Any, number: int, place: int) -> str:
        label = self._labels.get((number, place), "")
        text = ""
        if label:
            middle, top = float(part.get("x")) + float(part.get("width")) / 2, _upright(part)["y"] - _ABOVE
            text = f'<text class="v" x="{middle:.1f}" y="{top:.1f}">{escape(label)}</text>'
        return _shape(part) + text


def _band(ranges: Sequence[Any]) -> Iterator[str]:
    """What lies between the lower and the upper line of a range."""
    lines = [part.get("d") for group in ranges for part in group.iter() if _tag(part) == "path"]
    if len(lines) == 2:
        there, back = (_POINT.findall(line) for line in lines)
        corners = " ".join(f"{_short(x)} {_short(y)}" for x, y in (*there, *reversed(back)))
        yield f'<path class="band" d="M{corners}Z"/>'


def _shape(part: Any, look: str = "") -> str:
    """A line, a bar or a point with nothing but its place and its class."""
    marked = f' class="{escape(look)}"' if look else ""
    if _tag(part) == "rect":
        given = "".join(f' {name}="{value:.1f}"' for name, value in _upright(part).items())
    else:
        names = ("cx", "cy", "r") if _tag(part) == "circle" else ("d",)
        given = "".join(f' {name}="{_short(part.get(name))}"' for name in names)
    return f"<{_tag(part)}{marked}{given}/>"


def _upright(part: Any) -> dict[str, float]:
    """A bar's corner and size; pygal gives bars below the ground a height below zero, which no browser draws."""
    x, y, width, height = (float(part.get(name)) for name in ("x", "y", "width", "height"))
    return {"x": x, "y": min(y, y + height), "width": width, "height": abs(height)}


def _groups(parent: Any, name: str) -> Iterator[Any]:
    """The groups of a class below a part, in order."""
    return (part for part in parent.iter() if _tag(part) == "g" and part is not parent and name in _classes(part))


def _number_of(group: Any) -> int:
    found = _SERIES.search(group.get("class") or "")
    return int(found[1]) if found else 0


def _tag(part: Any) -> str:
    """An element's name without its name space; empty for a comment."""
    return part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""


def _classes(part: Any) -> list[str]:
    return (part.get("class") or "").split()


def _text(part: Any, look: str) -> str:
    text = "".join(part.itertext()).strip()
    if not text:
        return ""
    return f'<text class="{look}" x="{_short(part.get("x"))}" y="{_short(part.get("y"))}">{escape(text)}</text>'


def _short(text: str | None) -> str:
    """Numbers with one digit after the point: finer than any screen."""
    return escape(_NUMBER.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), text or ""))
