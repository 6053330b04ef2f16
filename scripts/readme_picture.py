"""leaflets/ -> docs/leaflets.png: some pages of the exported PDFs side by side, as the README shows them."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parent.parent
PAGES = (("de", 0), ("de", 2), ("en", 4), ("en", 8))  # language, page from 0
WIDTH, GAP, EDGE = 420, 24, "#c9d6d6"  # pixels


def page(locale: str, number: int) -> Image.Image:
    """One page with a hairline round it."""
    with pypdfium2.PdfDocument(ROOT / f"leaflets/{locale}/low-back-pain.{locale}.pdf") as document:
        drawn = document[number].render(scale=2 * WIDTH / document[number].get_width()).to_pil()
    small = drawn.convert("RGB").resize((WIDTH, drawn.height * WIDTH // drawn.width), Image.Resampling.LANCZOS)
    framed = Image.new("RGB", (small.width + 2, small.height + 2), EDGE)
    framed.paste(small, (1, 1))
    return framed


def main() -> None:
    """Draw the picture again."""
    pages = [page(*one) for one in PAGES]
    wide = sum(one.width for one in pages) + GAP * (len(pages) + 1)
    sheet = Image.new("RGB", (wide, pages[0].height + 2 * GAP), "#ffffff")
    for number, one in enumerate(pages):
        sheet.paste(one, (GAP + number * (one.width + GAP), GAP))
    sheet.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(ROOT / "docs/leaflets.png", optimize=True)


if __name__ == "__main__":
    main()
