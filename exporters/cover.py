"""Edition -> the picture on the front of an e-book, as JPEG."""

from __future__ import annotations

import io
from collections.abc import Iterator

from markupsafe import Markup

from exporters import fonts, markup, weasy
from exporters.evidence_picture import SIZE, measure
from lbp_content import inline
from lbp_content.translate import Edition

WIDTH, HEIGHT = 1600, 2560  # pixels; shops ask for 1.6 : 1
TEXT = 1360  # how wide the title may be
ROOM = 800  # how high
SIZES = range(176, 79, -4)  # pixels, the largest that fits is taken
LEADING = 1.08


def jpeg(edition: Edition) -> bytes:
    """The picture, the same bytes each time."""
    import pypdfium2

    with pypdfium2.PdfDocument(weasy.write(_page(edition), f"{edition.slug}.epub")) as document:
        image = document[0].render(scale=WIDTH / document[0].get_width()).to_pil()
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=88, subsampling=0, optimize=True)
    return out.getvalue()


def _page(edition: Edition) -> str:
    title = inline.plain(edition.leaflet.title.text)
    css = Markup("\n".join([weasy.faces(), markup.style("cover.css")]))
    return markup.render("cover-art.html.j2", edition, css=css, size=title_size(title), leading=LEADING)


def title_size(title: str) -> int:
    """The largest size at which every word fits on a line, and all lines into the upper third."""
    for size in SIZES:
        lines = list(_lines(title, size))
        if all(_width(line, size) <= TEXT for line in lines) and len(lines) * size * LEADING <= ROOM:
            return size
    return SIZES[-1]


def _lines(title: str, size: int) -> Iterator[str]:
    line = ""
    for word in title.split():
        if line and _width(f"{line} {word}", size) > TEXT:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


def _width(text: str, size: int) -> float:
    return measure(text, fonts.file(fonts.FACES[1])) * size / SIZE
