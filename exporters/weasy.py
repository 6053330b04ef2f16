"""HTML -> PDF by WeasyPrint, shut in: no network, no fonts of the system, and every warning is a finding."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exporters import fonts, pdf_tags
from lbp_content.finding import ContentError, Finding, Location, ToolMissing

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

PANGO = "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FONTCONFIG = Path(__file__).parent / "styles" / "fonts.conf"  # lists no folder: a missing glyph can't fall back


def write(page: str, name: str, **options: Any) -> bytes:
    """The PDF of a page; `name` is the file that a finding names. Raises ContentError for what WeasyPrint only logs."""
    weasyprint = _weasyprint()
    from weasyprint.urls import FatalURLFetchingError

    data = b""
    with _nothing_logged(name), suppress(FatalURLFetchingError):  # it was logged
        document = weasyprint.HTML(string=page, url_fetcher=_fetcher(), base_url="").render(font_config=_fonts())
        data = document.write_pdf(**options)
    return data


def faces() -> str:
    """The `@font-face` rules that `write` can follow."""
    rule = '@font-face {{ font-family: "{}"; font-weight: {}; src: url("{}") }}'
    return "\n".join(rule.format(fonts.FAMILY, face.weight, fonts.file(face).as_uri()) for face in fonts.FACES)


@cache
def _weasyprint() -> Any:
    os.environ["FONTCONFIG_FILE"] = str(FONTCONFIG)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "No fonts configured")  # that is the point of FONTCONFIG
            import weasyprint
    except OSError as error:
        raise ToolMissing(f"WeasyPrint can't start ({error}).\n    Install Pango: {PANGO}") from None
    pdf_tags.install(weasyprint)
    return weasyprint


@cache
def _fonts() -> FontConfiguration:
    from weasyprint.text.fonts import FontConfiguration

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "No fonts configured")
        return FontConfiguration()


@cache
def _fetcher() -> Any:
    """Fetch our fonts and what is written in the page itself; refuse everything else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Closed(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            allowed = {fonts.file(face).as_uri() for face in fonts.FACES}
            if url not in allowed and not url.startswith("data:"):
                logging.getLogger("weasyprint").error("the page asks for %s", url)  # a drawing swallows what is raised
                raise FatalURLFetchingError(url)
            return super().fetch(url, headers)

    return Closed(allowed_protocols={"file", "data"}, allow_redirects=False)


@contextmanager
def _nothing_logged(name: str) -> Iterator[None]:
    """Turn what WeasyPrint logs as a warning into findings: it writes a PDF all the same."""
    records: list[str] = []
    listener = logging.Handler(logging.WARNING)
    listener.emit = lambda record: records.append(record.getMessage())  # type: ignore[method-assign]
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    for logger in loggers:
        logger.addHandler(listener)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(listener)
    if records:
        raise ContentError(_logged(name, message) for message in dict.fromkeys(records))


def _logged(name: str, message: str) -> Finding:
    remedy = "Correct the template, the style sheet or the picture that it speaks of."
    return Finding("pdf-warning", f"WeasyPrint: {message}", remedy, Location(name))
