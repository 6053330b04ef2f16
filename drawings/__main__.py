"""Writes every drawing into the folder of the leaflet's figures, or into the folder that is named."""

from __future__ import annotations

import sys
from pathlib import Path

from drawings.scenes import SCENES

FIGURES = Path(__file__).parents[1] / "lbp_content/data/low_back_pain/figures"


def main(folder: Path) -> None:
    """Draw all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in SCENES.items():
        (folder / name).write_text(draw(), "utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FIGURES)
