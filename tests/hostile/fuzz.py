"""Real files changed at random, read, annotated, repaired and adopted, and settings: whatever comes out is a result or
one clear line.

    python tests/hostile/fuzz.py --minutes 10 [--folder FILES] [--seed 1] [--findings FOLDER]

A case is made from a seed alone: the same seed makes the same file. What fails is kept with its seed.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import signal
import sys
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT)]

SECONDS = 30
"""Of the processor's time; a case that takes longer is a finding."""
SMALL = 3_000_000
"""Bytes; a larger file would take the time of a hundred others."""

EXTREMES = (
    "",
    " ",
    "0",
    "-1",
    "1",
    "2147483648",
    "4294967296",
    "-9223372036854775809",
    "99999999999999999999",
    "1e308",
    "-1e308",
    "1e999",
    "NaN",
    "INF",
    "-0",
    "0.1",
    "5e-324",
    "TRUE",
    "true",
    "A0",
    "A1048577",
    "XFE1",
    "XFD1048576",
    "A1:XFD1048576",
    "s",
    "str",
    "inlineStr",
    "d",
    "b",
    "e",
    "n",
    "../../x",
    "/",
    "rId999",
    "hidden",
    "visible",
    "#REF!",
    "=1+1",
    "_x0000_",
    "_xD800_",
    "_x001B_[2J",
    "\u202e",
    "{0}",
    "[red]",
    "9999-12-31",
    "0000-00-00",
    "1900-02-29",
    "31.2.2027",
    "1.234",
    "12 k",
    "x" * 300,
    "1, " * 200,
    "smsheets budget v9",
    "smsheets",
    "spec",
    "{}",
    '{"kind": 1}',
)
_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"<>]*)"')
_CELL = re.compile(r"<c [^<>]*?(?:/>|>.*?</c>)", re.DOTALL)
_TEXT = re.compile(r">([^<>]+)<")

Parts = dict[str, bytes]
Change = Callable[[str, random.Random], str]


@dataclass(frozen=True)
class Case:
    """A file to be read, and the seed it was made from."""

    seed: int
    source: Path
    data: bytes


def sample_files() -> list[Path]:
    """The project's own workbooks: filled, and those with a problem."""
    return sorted((ROOT / "samples" / "filled").glob("*.xlsx")) + sorted((ROOT / "samples" / "bad").rglob("*.xlsx"))


def make_case(seed: int, files: Sequence[Path]) -> Case:
    """One file of these, changed at random in its bytes, in its XML or in its cells."""
    chance = random.Random(seed)
    if chance.random() < OF_SETTINGS:
        return Case(seed, Path("smsheets.toml"), _changed_settings(chance))
    source = chance.choice(files)
    data = source.read_bytes()
    try:
        parts = _parts(data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        parts = {}
    kind = chance.random()
    if not parts or kind < 0.12:
        return Case(seed, source, _with_bytes_changed(data, chance))
    if kind < 0.2:
        return Case(seed, source, _zipped(_with_parts_changed(parts, chance)))
    names = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    read = [name for name in names if not re.search("theme|chart|drawing|printer|pivot", name)] or names
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        name = chance.choice(read if chance.random() < 0.9 else names)
        change = chance.choice(_CELL_CHANGES if "sheet" in name.lower() and chance.random() < 0.5 else _XML_CHANGES)
        text = parts[name].decode("utf-8", "replace")
        for _ in range(chance.choice((1, 1, 3, 20))):
            text = change(text, chance)
        parts[name] = text.encode("utf-8", "replace")
    return Case(seed, source, _zipped(parts))


OF_SETTINGS = 0.1
"""Of all cases."""
SETTINGS = """company = "Clay & Kiln"
start = "2027-01"
months = 12
currency = "EUR"
country = "DE"
language = "de"
team = ["Ana", "Ben"]
channels = ["Instagram", "TikTok"]
own_channels = ["Shop window"]
weekend = "Sat, Sun"
silenced = ["budget.idle B5"]

[thresholds]
"budget.over_share" = 0.1
"""


def _changed_settings(chance: random.Random) -> bytes:
    """The settings with other values, lines that are gone, there twice or in another place, and other bytes."""
    lines = SETTINGS.splitlines()
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(lines))
        value = chance.choice(EXTREMES)
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        match chance.randrange(6):
            case 0:
                lines[at] = f'{lines[at].partition("=")[0]}= "{quoted}"'
            case 1:
                lines[at] = f"{lines[at].partition('=')[0]}= {value or 'nan'}"
            case 2:
                lines[at] = f'{lines[at].partition("=")[0]}= ["{quoted}", "{quoted}"]'
            case 3:
                lines[at:at] = [lines[chance.randrange(len(lines))]]
            case 4:
                lines[at] = ""
            case _:
                lines[at] = (
                    f"{quoted} = {chance.choice(('1', '-1', '1e308', 'nan', '9' * 400, '2027-01-01', '[' * 200))}"
                )
    data = "\n".join(lines).encode("utf-8", "replace")
    return data if chance.random() < 0.8 else _with_bytes_changed(data, chance)


def _parts(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # two parts of one name are meant
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 1)  # without the time of day
    return buffer.getvalue()


def _with_bytes_changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 40))):
        at = chance.randrange(len(changed)) if changed else 0
        match chance.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + chance.choice((1, 2, 100))]
            case 2:
                changed[at:at] = chance.randbytes(chance.choice((1, 4, 300)))
            case 3:
                changed[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"PK\x01\x02", b"PK\x05\x06"))
            case _:
                del changed[chance.randrange(len(changed) + 1) :]
    return bytes(changed)


def _with_parts_changed(parts: Parts, chance: random.Random) -> Parts:
    """Parts that are gone, exchanged, called otherwise, or are there once more."""
    one, other = chance.choice(list(parts)), chance.choice(list(parts))
    changed = dict(parts)
    match chance.randrange(5):
        case 0:
            del changed[one]
        case 1:
            changed[one], changed[other] = parts[other], parts[one]
        case 2:
            changed[one.upper()] = changed.pop(one)
        case 3:
            changed[one] = parts[one][: chance.randrange(len(parts[one]) + 1)]
        case _:
            changed[f"/{one}"] = parts[other]
    return changed


def _change_attribute(text: str, chance: random.Random) -> str:
    found = _some(_ATTRIBUTE, text, chance)
    if found is None:
        return text
    new = chance.choice((f'{found[1]}="{_escaped(chance.choice(EXTREMES))}"', "", f'x{found[1]}="{found[2]}"'))
    return text[: found.start()] + new + text[found.end() :]


def _change_text(text: str, chance: random.Random) -> str:
    found = _some(_TEXT, text, chance)
    if found is None:
        return text
    return text[: found.start(1)] + _escaped(chance.choice(EXTREMES)) + text[found.end(1) :]


def _change_tag(text: str, chance: random.Random) -> str:
    """A tag that is gone, there twice, or in the place of another; most often that is no XML any more."""
    found = _some(_TAG, text, chance)
    if found is None:
        return text
    other = _some(_TAG, text, chance) or found
    new = chance.choice(("", found[0] * 2, other[0]))
    return text[: found.start()] + new + text[found.end() :]


def _change_element(text: str, chance: random.Random) -> str:
    """A whole element that is gone or there twice: the XML stays whole."""
    found = _some(_TAG, text, chance)
    if found is None or found[0].startswith(("</", "<?")):
        return text
    name = re.match(r"<([\w:]+)", found[0])
    end = found.end()
    if not found[0].endswith("/>") and name is not None:
        closing = text.find(f"</{name[1]}>", end)
        end = closing + len(name[1]) + 3 if closing >= 0 else end
    return text[: found.start()] + text[found.start() : end] * chance.choice((0, 0, 2, 3)) + text[end:]


def _change_cell(text: str, chance: random.Random) -> str:
    """A cell with another value of any kind, its style and place kept."""
    found = _some(_CELL, text, chance)
    if found is None:
        return text
    head = re.match(r"<c [^<>]*?(?=/?>)", found[0])
    assert head is not None
    opening = re.sub(r' t="[^"]*"', "", head[0])
    value = _escaped(chance.choice(EXTREMES))
    formula = chance.choice(("", "", f"<f>{value}</f>", "<f/>", '<f t="shared" si="0"/>'))
    inside = chance.choice(
        (
            f' t="inlineStr"><is><t>{value}</t></is>',
            f">{formula}<v>{value}</v>",
            f' t="{chance.choice(("s", "str", "d", "b", "e", "n"))}">{formula}<v>{value}</v>',
            f">{formula}",
        )
    )
    return text[: found.start()] + f"{opening}{inside}</c>" + text[found.end() :]


def _swap_cells(text: str, chance: random.Random) -> str:
    one, other = sorted((_some(_CELL, text, chance), _some(_CELL, text, chance)), key=lambda m: m.start() if m else -1)
    if one is None or other is None or one.end() > other.start():
        return text
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


_XML_CHANGES: tuple[Change, ...] = (_change_attribute, _change_text, _change_element, _change_tag)
_CELL_CHANGES: tuple[Change, ...] = (_change_cell, _change_cell, _change_cell, _swap_cells, _change_attribute)


def _some(pattern: re.Pattern[str], text: str, chance: random.Random) -> re.Match[str] | None:
    """One of the places where a pattern fits, from a place at random on."""
    at = chance.randrange(len(text) + 1)
    return pattern.search(text, at) or pattern.search(text)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


class TookTooLongError(Exception):
    """The watchdog's: a case that does not come to an end."""


@contextmanager
def _watched(seconds: int) -> Iterator[None]:
    def bark(_signal: int, _frame: FrameType | None) -> None:
        raise TookTooLongError

    before = signal.signal(signal.SIGPROF, bark)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def read_case(path: Path) -> str:
    """Reads a file as the commands do: "read", or "refused" with one line. Anything else is raised.

    Raises:
        AssertionError: The report is not safe to print.
    """
    from datetime import date

    from smsheets.api import analyze
    from smsheets.errors import SmsheetsError
    from smsheets.report.build import text_sections
    from smsheets.report.short import render_short
    from smsheets.report.text import render_text
    from smsheets.report.wording import Words

    if path.suffix == ".toml":
        return read_settings(path)
    adopt_case(path)
    try:
        analysis = analyze(path, as_of=date(2027, 6, 15))
        text = render_text(text_sections(analysis), Words("en")) + render_short(analysis, Words("en"))
    except SmsheetsError:
        return "refused"
    assert all(line.isprintable() or "\u200d" in line for line in text.splitlines()), "not safe to print"
    write_case(path)
    return "read"


def read_settings(path: Path) -> str:
    """Settings as `new` takes them: a workbook is made of them, or one line says what is wrong."""
    from smsheets.api import workbook_bytes
    from smsheets.errors import SmsheetsError
    from smsheets.profile_file import make_profile, read_profile_file

    try:
        profile = make_profile(read_profile_file(path), str(path))
        workbook_bytes("strategy", profile)
    except SmsheetsError:
        return "refused"
    return "read"


def adopt_case(path: Path) -> None:
    """Brings the rows of a file into each template in turn, or one line says why there is none to bring."""
    from datetime import date

    from smsheets.errors import SmsheetsError
    from smsheets.kinds import KINDS
    from smsheets.rewrite.adopt import AdoptOptions, adopt_file

    kind = sorted(KINDS)[path.stat().st_size % len(KINDS)]
    try:
        adoption = adopt_file(path, AdoptOptions(kind=kind, given={}, default_start=date(2027, 1, 1)))
        adoption.workbook()
    except SmsheetsError:
        return


def write_case(path: Path) -> None:
    """Annotates and repairs a file that was read: the new files are read again, or one line says why there is none.

    Raises:
        AssertionError: A new file cannot be read.
    """
    from smsheets.api import annotate_workbook, read_workbook, repair_workbook
    from smsheets.errors import SmsheetsError

    for write in (annotate_workbook, repair_workbook):
        target = path.with_name(f"{write.__name__}.xlsx")
        try:
            write(path, target, force=True)
        except SmsheetsError:
            continue
        try:
            read_workbook(target)
        except SmsheetsError as error:
            raise AssertionError(f"{write.__name__}: {error}") from None


def run_case(case: Case, folder: Path, findings: Path | None = None) -> str:
    """What came of a case: "read", "refused", or the last line of a bug's traceback, kept in `findings`."""
    path = folder / f"case{case.source.suffix}"
    path.write_bytes(case.data)
    try:
        with _watched(SECONDS):
            return read_case(path)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        line = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"[:300]
        if findings is not None:
            findings.mkdir(parents=True, exist_ok=True)
            (findings / f"{case.seed}{case.source.suffix}").write_bytes(case.data)
            (findings / f"{case.seed}.txt").write_text(f"{case.source}\n{traceback.format_exc()}", encoding="utf-8")
        return line


def main() -> int:
    """Runs until the time is over; the exit status is 1 where something was found."""
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--folder", type=Path, help="real files to change besides the samples")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    options = parser.parse_args()
    files = sample_files()
    if options.folder is not None:
        real = (path for path in sorted(options.folder.rglob("*.xls*")) if path.stat().st_size < SMALL)
        files += [path for path in real if path.is_file()]
    end = time.monotonic() + options.minutes * 60
    counts: Counter[str] = Counter()
    seed = options.seed
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            outcome = run_case(make_case(seed, files), Path(folder), options.findings)
            if outcome not in ("read", "refused") and outcome not in counts:
                print(f"seed {seed}: {outcome}", flush=True)
            counts[outcome] += 1
            seed += 1
    found = sum(count for outcome, count in counts.items() if outcome not in ("read", "refused"))
    outcomes = f"{counts['read']} read, {counts['refused']} refused, {found} findings"
    print(f"{seed - options.seed} cases of {len(files)} files: {outcomes}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
