"""Edition -> A4 PDF for reading and printing: tagged, fonts of ours alone, the same bytes each time.

PDF/UA-1 and PDF/UA-2 name themselves in the same place, and so are two files: their pages are the same.
"""

from __future__ import annotations

from markupsafe import Markup

from exporters import markup, weasy
from lbp_content.translate import Edition


def pdf(edition: Edition) -> bytes:
    """The finished file, PDF/UA-1. Raises ContentError for anything that WeasyPrint only logs."""
    return _written(edition, "pdf", "pdf/ua-1")


def pdf_ua2(edition: Edition) -> bytes:
    """The same pages as PDF 2.0 and PDF/UA-2, for readers that know these."""
    return _written(edition, "ua2.pdf", "pdf/ua-2")


def _written(edition: Edition, ending: str, variant: str) -> bytes:
    page = markup.render("print.html.j2", edition, chapters=markup.chapters(edition), css=_style())
    name = f"{edition.slug}.{ending}"
    return weasy.write(page, name, pdf_variant=variant, pdf_identifier=edition.slug.encode())


def _style() -> Markup:
    return Markup("\n".join([weasy.faces(), markup.style("base.css", "print.css"), markup.symbol_styles()]))
