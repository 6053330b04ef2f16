"""Edition -> A4 PDF for reading and printing: tagged, PDF/UA-1, fonts of ours alone, the same bytes each time."""

from __future__ import annotations

from markupsafe import Markup

from exporters import markup, weasy
from lbp_content.translate import Edition


def pdf(edition: Edition) -> bytes:
    """The finished file. Raises ContentError for anything that WeasyPrint only logs."""
    page = markup.render("print.html.j2", edition, chapters=markup.chapters(edition), css=_style())
    return weasy.write(page, f"{edition.slug}.pdf", pdf_variant="pdf/ua-1", pdf_identifier=edition.slug.encode())


def _style() -> Markup:
    return Markup("\n".join([weasy.faces(), markup.style("base.css", "print.css"), markup.symbol_styles()]))
