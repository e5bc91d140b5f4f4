"""Makes the pictures again: those of the READMEs, drawn by LibreOffice and pdftoppm, and those of the desk's guide.

    xlsxeval demo out && python tools/make_pictures.py out/zhuzhou-2024    # pages of the sample's workbook and report
    python tools/make_pictures.py --desk                                   # a walk over the desk in Chromium

Page numbers are counted by hand: look at the pictures before you commit them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.office import convert  # noqa: E402

RESOLUTION = "64"
MOST_BYTES = 150_000
PICTURES = (  # name, file, page
    ("workbook", "收回/*.xlsx", 3),
    ("report", "结果/*.docx", 6),
)


def make(campaign: Path) -> None:
    """Draws every picture into ``docs/images``."""
    for name, pattern, page in PICTURES:
        source = next(campaign.glob(pattern))
        target = ROOT / "docs" / "images" / name
        target.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            document = Path(folder) / "document.pdf"
            document.write_bytes(convert(source.read_bytes(), source.suffix, "pdf"))
            pages = ["-f", str(page), "-l", str(page), "-singlefile"]
            subprocess.run(["pdftoppm", "-r", RESOLUTION, "-png", *pages, document, target], check=True)
        size = target.with_suffix(".png").stat().st_size
        print(f"{name}.png {size:,} bytes{'  TOO LARGE' if size > MOST_BYTES else ''}")


def make_guide() -> None:
    """Walks over the desk and keeps what it sees in ``templates/html/guide``."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            ROOT / "tools" / "desk_walk.py",
            folder,
            "--guide",
            ROOT / "templates" / "html" / "guide",
        ]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    make_guide() if sys.argv[1:] == ["--desk"] else make(Path(sys.argv[1]))
