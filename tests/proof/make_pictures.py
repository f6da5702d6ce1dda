"""The pictures of the templates, rendered by LibreOffice from the filled samples.

`python tests/proof/make_pictures.py` writes them to samples/pictures; the README shows some.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from printed import PrintedPage, printed_pages

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "filled"
FOLDER = ROOT / "samples" / "pictures"
DOTS_PER_INCH = 110
_INCH = 72


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: a sheet's first page, cut to shares of its width and height; `dots`: per inch."""

    name: str
    kind: str
    sheet: str
    height: float = 0.94
    width: float = 1.0
    dots: int = DOTS_PER_INCH


PICTURES = (
    Picture("start-here", "budget", "Start here", 0.87),
    Picture("budget-plan", "budget", "Budget", 0.4),
    Picture("budget-dashboard", "budget", "Dashboard", 0.88),
    Picture("budget-own-time", "budget", "Own time", 0.42),
    Picture("strategy-goals", "strategy", "Goals", 0.75),
    Picture("strategy-channels", "strategy", "Channels", 0.42),
    Picture("strategy-readiness", "strategy", "Readiness", 0.6),
    Picture("roadmap-initiatives", "roadmap", "Initiatives", 0.7),
    Picture("roadmap-timeline", "roadmap", "Timeline", 0.36),
    Picture("roadmap-tasks", "roadmap", "Tasks", 0.48),
    Picture("calendar-posts", "calendar", "Posts", 0.7, dots=90),
    Picture("calendar-month", "calendar", "Month view", 0.6),
    Picture("calendar-mix", "calendar", "Mix", 0.6),
    Picture("kpi-plan", "kpi-report", "KPIs", 0.55, dots=90),
    Picture("kpi-dashboard", "kpi-report", "Dashboard", 0.8),
    Picture("kpi-inbox", "kpi-report", "Inbox", 0.55),
)


def make_pictures(samples: Path, folder: Path) -> list[Path]:
    """Renders every picture and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = sorted({picture.kind for picture in PICTURES})
    with tempfile.TemporaryDirectory() as scratch:
        profile = f"-env:UserInstallation={(Path(scratch) / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", scratch]
        files = [str(samples / f"{kind}.xlsx") for kind in kinds]
        subprocess.run([*command, *files], check=True, capture_output=True)
        pages = {kind: printed_pages(Path(scratch) / f"{kind}.pdf") for kind in kinds}
        return [_render(picture, Path(scratch), pages[picture.kind], folder) for picture in PICTURES]


def _render(picture: Picture, scratch: Path, pages: list[PrintedPage], folder: Path) -> Path:
    number = next(number for number, page in enumerate(pages, 1) if page.sheet == picture.sheet)
    page, target = pages[number - 1], folder / picture.name
    dots = picture.dots / _INCH
    crop = [
        "-x", "0", "-y", "0",
        "-W", str(int(page.width * picture.width * dots)), "-H", str(int(page.height * picture.height * dots)),
    ]  # fmt: skip
    command = ["pdftoppm", "-f", str(number), "-l", str(number), "-r", str(picture.dots), *crop, "-png", "-singlefile"]
    subprocess.run([*command, str(scratch / f"{picture.kind}.pdf"), str(target)], check=True, capture_output=True)
    return target.with_suffix(".png")


if __name__ == "__main__":
    for path in make_pictures(SAMPLES, FOLDER):
        sys.stdout.write(f"{path.relative_to(ROOT)} written\n")
