"""Edition -> one self-contained HTML page: fonts, styles and pictures inside, no request to anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from exporters import fonts, markup
from lbp_content import inline
from lbp_content.translate import Edition


def html(edition: Edition) -> bytes:
    """The page as UTF-8."""
    css = "\n".join([faces(), markup.style("base.css", "narrow.css", "html.css"), markup.symbol_styles()])
    page = markup.render(
        "page.html.j2", edition, chapters=markup.chapters(edition), css=Markup(css), style_hash=Markup(hashed(css))
    )
    return page.encode()


def index(editions: Sequence[Edition], files: Mapping[str, Sequence[str]]) -> bytes:
    """The page that greets readers in their own language and leads to the files of each locale."""
    css = "\n".join([faces(), markup.style("base.css", "html.css", "index.css").rstrip()])
    page = markup.render(
        "index.html.j2",
        editions[0],
        editions=editions,
        files=files,
        titles=[inline.plain(edition.leaflet.title.text) for edition in editions],
        css=Markup(css),
        style_hash=Markup(hashed(css)),
    )
    return page.encode()


def faces() -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{fonts.FAMILY}"; font-weight: {face.weight}; font-display: swap; '
        f'src: url("data:font/woff2;base64,{base64.b64encode(fonts.woff2(face)).decode()}") format("woff2") }}'
        for face in fonts.FACES
    )


def hashed(css: str) -> str:
    """The style sheet as a CSP source: one changed byte, and the browser refuses it (CSP 3, 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}"
