"""Makes everything anew that is generated: samples, bad samples, reference pages, pictures.

    python tests/refresh.py             # all of it
    python tests/refresh.py bad docs    # only these parts

Only files that say something else than before are written, so after a run without a change to the program
`git status` shows nothing.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
SAMPLES = ROOT / "samples"
COMMAND = "python tests/refresh.py"
"""What tests tell people to run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something that is generated.

    Attributes:
        holds: In a few words, for the help text.
        refresh: Makes it anew and yields a line for each file that was written or left out.
    """

    name: str
    holds: str
    refresh: Callable[[], Iterator[str]]


def refresh_samples() -> Iterator[str]:
    """The blank and the filled samples."""
    from click.testing import CliRunner

    from smsheets.cli.main import main

    with tempfile.TemporaryDirectory() as scratch:
        CliRunner().invoke(main, ["samples", "-o", scratch], catch_exceptions=False)
        for folder in ("blank", "filled"):
            yield from replace_folder(Path(scratch) / folder, SAMPLES / folder)


def refresh_bad() -> Iterator[str]:
    """For every problem code its workbooks, and what is said about them."""
    from samples_bad.bad_samples import make

    with tempfile.TemporaryDirectory() as scratch:
        make(Path(scratch))
        yield from replace_folder(Path(scratch), SAMPLES / "bad")


def refresh_docs() -> Iterator[str]:
    """The reference pages, and the tables in the guides."""
    from generated.doc_pages import doc_pages

    for path, text in doc_pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            yield f"{path.relative_to(ROOT)} written"


def refresh_pictures() -> Iterator[str]:
    """The pictures of sheets and of reports, where the programs that draw them are installed."""
    from picture_file import look_alike
    from pictures import MAKERS

    for maker in MAKERS:
        if lacking := maker.lacking():
            yield f"skipped: {maker.holds}. {lacking}"
            continue
        with tempfile.TemporaryDirectory() as scratch:
            for made in maker.take(Path(scratch)):
                # Two computers draw letters a little differently: only what people see counts.
                kept = SAMPLES / "pictures" / made.name
                if not (kept.exists() and look_alike(made, kept)):
                    yield _write(made, kept)


PARTS = (
    Part(name="samples", holds="samples/blank and samples/filled", refresh=refresh_samples),
    Part(name="bad", holds="samples/bad, a folder for each problem code", refresh=refresh_bad),
    Part(name="docs", holds="reference pages and tables in smsheets/docs", refresh=refresh_docs),
    Part(name="pictures", holds="samples/pictures", refresh=refresh_pictures),
)
"""In this order: the pictures show the samples."""


def replace_folder(made: Path, kept: Path) -> Iterator[str]:
    """Puts the files of one folder into another; what is the same stays, what is no longer made goes."""
    names = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    for name in sorted(names):
        if not (kept / name).exists() or not _is_same(made / name, kept / name):
            yield _write(made / name, kept / name)
    for path in sorted(path for path in kept.rglob("*") if path.is_file()):
        if path.relative_to(kept) not in names:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
            yield f"{path.relative_to(ROOT)} deleted, it is no longer made"


def _is_same(made: Path, kept: Path) -> bool:
    """Whether two files hold the same; how a workbook's parts are packed differs from one zlib to the next."""
    from patch_xlsx import read_parts

    if made.suffix == ".xlsx":
        return read_parts(made) == read_parts(kept)
    return made.read_bytes() == kept.read_bytes()


def _write(made: Path, kept: Path) -> str:
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, kept)
    return f"{kept.relative_to(ROOT)} written"


def main() -> None:
    """Refreshes the parts named on the command line, or all."""
    parser = argparse.ArgumentParser(description="Makes everything anew that is generated.")
    known = "; ".join(f"{part.name}: {part.holds}" for part in PARTS)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these. {known}")
    wanted = parser.parse_args().parts or [part.name for part in PARTS]
    if unknown := set(wanted) - {part.name for part in PARTS}:
        parser.error(f"there is no part {', '.join(sorted(unknown))}. {known}")
    sys.path[:0] = [str(ROOT), *(str(TESTS / name) for name in ("", "reader", "proof"))]
    for part in PARTS:
        if part.name in wanted:
            lines = list(part.refresh())
            sys.stdout.writelines(f"{part.name}: {line}\n" for line in lines or ["nothing changed"])


if __name__ == "__main__":
    main()
