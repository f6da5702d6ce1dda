"""The README's pictures, rendered by LibreOffice from the filled samples: `python tests/proof/make_pictures.py`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "samples" / "pictures"
DOTS_PER_INCH = 110


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: the page that begins with a heading, cut to shares of its width and height."""

    name: str
    kind: str
    heading: str
    width: float = 1.0
    height: float = 1.0


PICTURES = (
    Picture("start-here", "budget", "Social media budget", 0.8, 0.45),
    Picture("budget-dashboard", "budget", "Dashboard", 1.0, 0.95),
    Picture("roadmap-timeline", "roadmap", "Timeline", 1.0, 0.6),
    Picture("calendar-month", "calendar", "Month view", 1.0, 0.55),
    Picture("kpi-dashboard", "kpi-report", "Dashboard", 1.0, 0.95),
    Picture("strategy-goals", "strategy", "Goals", 1.0, 0.6),
)


def make_pictures(samples: Path, folder: Path) -> list[Path]:
    """Renders every picture and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for kind in sorted({picture.kind for picture in PICTURES}):
            profile = f"-env:UserInstallation={(Path(scratch) / 'profile').as_uri()}"
            command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", scratch]
            subprocess.run([*command, str(samples / f"{kind}.xlsx")], check=True, capture_output=True)
        return [_render(picture, Path(scratch) / f"{picture.kind}.pdf", folder) for picture in PICTURES]


def _render(picture: Picture, pdf: Path, folder: Path) -> Path:
    page = _page_of(picture.heading, pdf)
    size = subprocess.run(["pdfinfo", "-f", page, "-l", page, str(pdf)], check=True, capture_output=True, text=True)
    points = next(line for line in size.stdout.splitlines() if line.startswith("Page") and "size:" in line)
    across, down = (float(part) for part in points.split("size:")[1].split("pts")[0].split("x"))
    crop = [
        "-x", "0", "-y", "0",
        "-W", str(int(across * picture.width / 72 * DOTS_PER_INCH)),
        "-H", str(int(down * picture.height / 72 * DOTS_PER_INCH)),
    ]  # fmt: skip
    target = folder / picture.name
    command = ["pdftoppm", "-f", page, "-l", page, "-r", str(DOTS_PER_INCH), *crop, "-png", "-singlefile"]
    subprocess.run([*command, str(pdf), str(target)], check=True, capture_output=True)
    return target.with_suffix(".png")


def _page_of(heading: str, pdf: Path) -> str:
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    for number, page in enumerate(text.split("\f"), 1):
        if page.strip().startswith(heading):
            return str(number)
    raise SystemExit(f"{pdf.name}: no page begins with '{heading}'")


if __name__ == "__main__":
    for path in make_pictures(ROOT / "samples" / "filled", FOLDER):
        sys.stdout.write(f"{path.relative_to(ROOT)} written\n")
