"""PNG pictures compared block by block, without a library for pictures."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

_HEAD = 8
_BLOCK = 16
"""Pixels of a block's side."""

_SEEN = 24
"""A difference of a block's mean brightness, of 255, that people would see."""


LIKE_ENOUGH = 0.02
"""Share of a picture's blocks that may look otherwise: fonts differ a little from one computer to the next."""

_PIXELS = 2
"""Pixels that a picture may be wider or higher, for the same reason."""


def look_alike(one: Path, other: Path) -> bool:
    """Whether two pictures show the same, as far as people see."""
    if one.read_bytes() == other.read_bytes():
        return True
    sizes = zip(read_size(one), read_size(other), strict=True)
    return all(abs(first - second) <= _PIXELS for first, second in sizes) and (
        share_that_differs(one, other) < LIKE_ENOUGH
    )


def read_size(path: Path) -> tuple[int, int]:
    """Width and height in pixels."""
    width, height = struct.unpack(">II", path.read_bytes()[_HEAD + 8 : _HEAD + 16])
    return int(width), int(height)


def share_that_differs(one: Path, other: Path) -> float:
    """The share of blocks that are brighter or darker in one picture than in the other, 0 to 1."""
    pairs = list(zip_longest(_blocks(one), _blocks(other), fillvalue=0.0))
    return sum(abs(first - second) > _SEEN for first, second in pairs) / len(pairs)


def _blocks(path: Path) -> Iterator[float]:
    """The mean brightness of each block, row by row."""
    width, height = read_size(path)
    rows = list(_rows(path))
    step = len(rows[0]) // width
    for top in range(0, height - _BLOCK + 1, _BLOCK):
        for left in range(0, width - _BLOCK + 1, _BLOCK):
            parts = [row[left * step : (left + _BLOCK) * step] for row in rows[top : top + _BLOCK]]
            yield sum(map(sum, parts)) / (_BLOCK * _BLOCK * step)


def _rows(path: Path) -> Iterator[bytearray]:
    """The bytes of each row of pixels: gray, or red, green and blue, of eight bits each."""
    data = path.read_bytes()
    width, _ = read_size(path)
    depth, colour = data[_HEAD + 16], data[_HEAD + 17]
    assert (depth, colour) in ((8, 0), (8, 2)), f"{path}: only eight bits of gray or of three colours are understood"
    step = 1 if colour == 0 else 3
    flat = zlib.decompress(b"".join(_parts(data, b"IDAT")))
    before, length = bytearray(width * step), width * step + 1
    for start in range(0, len(flat), length):
        before = _unfiltered(flat[start], bytearray(flat[start + 1 : start + length]), before, step)
        yield before


def _parts(data: bytes, wanted: bytes) -> Iterator[bytes]:
    place = _HEAD
    while place < len(data):
        size, name = struct.unpack(">I4s", data[place : place + 8])
        if name == wanted:
            yield data[place + 8 : place + 8 + size]
        place += size + 12


def _unfiltered(kind: int, row: bytearray, above: bytearray, step: int) -> bytearray:
    """A row with PNG's prediction from its neighbours undone (sections 9.2 to 9.4 of its specification)."""
    for index, value in enumerate(row) if kind else ():
        left = row[index - step] if index >= step else 0
        over = above[index]
        corner = above[index - step] if index >= step else 0
        guess = (0, left, over, (left + over) // 2, _nearest(left, over, corner))[kind]
        row[index] = (value + guess) & 0xFF
    return row


def _nearest(left: int, over: int, corner: int) -> int:
    """Paeth's prediction."""
    guess = left + over - corner
    return min((left, over, corner), key=lambda value: abs(guess - value))
