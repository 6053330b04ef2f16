"""A finished PDF and the edition it came from -> findings: structure, fonts, metadata, and every word in its place."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from exporters import fonts
from exporters.validate import text
from lbp_content.finding import Finding, Location
from lbp_content.translate import Edition

PAGES = 12  # a leaflet that is longer is no leaflet
REMEDY = "This is a fault of the exporter: see exporters/pdf.py and exporters/templates/print.html.j2."


def validate(data: bytes, edition: Edition, name: str) -> tuple[Finding, ...]:
    """Every rule of this file, tried on one PDF."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            problems = [*_catalog(document, edition), *_pages(document), *_fonts(document), *_tags(document)]
    except pikepdf.PdfError as error:
        problems = [("pdf-broken", str(error))]
        return tuple(_finding(name, code, message) for code, message in problems)
    problems += text.compare(read(data, edition), edition)
    return tuple(_finding(name, code, message) for code, message in problems)


def _finding(name: str, code: str, message: str) -> Finding:
    return Finding(code, message, REMEDY, Location(name))


def _catalog(document: pikepdf.Pdf, edition: Edition) -> Iterator[tuple[str, str]]:
    root: Any = document.Root
    if str(root.get("/Lang", "")) != edition.lang:
        yield "lang-wrong", f"the document's language is {root.get('/Lang')}, not {edition.lang}"
    if not _entry(root, "/MarkInfo", "/Marked") or "/StructTreeRoot" not in root:
        yield "pdf-untagged", "the document has no tags"
    if not _entry(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "title-hidden", "viewers would show the name of the file instead of the title"
    with document.open_metadata() as meta:
        if meta.get("pdfuaid:part") != "1":
            yield "pdfua-missing", "the document does not name itself PDF/UA-1"
        if meta.get("dc:title") != edition.leaflet.title.text:
            yield "title-wrong", f"the title is {meta.get('dc:title')!r}"
    if not _entry(root, "/Outlines", "/Count"):
        yield "bookmarks-missing", "the document has no bookmarks"


def _entry(root: Any, outer: str, inner: str) -> Any:
    """An entry of a dictionary that may not be there."""
    return root[outer].get(inner) if outer in root else None


def _pages(document: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    if len(document.pages) > PAGES:
        yield "too-many-pages", f"{len(document.pages)} pages; {PAGES} is the most"
    for number, page in enumerate(document.pages, 1):
        width, height = (float(page.mediabox[at]) / 72 * 25.4 for at in (2, 3))
        if (round(width), round(height)) != (210, 297):
            yield "page-size", f"page {number} is {width:.0f} x {height:.0f} mm, not A4"
        if page.get("/Tabs") != "/S":
            yield "tab-order", f"on page {number} the tab key does not follow the structure"


def _fonts(document: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    ours = {face.name.replace("-", "").lower() for face in fonts.FACES}
    for font in _all_fonts(document):
        name = str(font.get("/BaseFont", "?"))
        if re.sub(r"^/[A-Z]{6}\+|-", "", name).lower().removeprefix("/") not in ours:
            yield "font-foreign", f"the font {name} is not one of ours"
        if "/ToUnicode" not in font:
            yield "font-unreadable", f"the letters of {name} can't be read as text"
        inner = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor", {})
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.keys()):
            yield "font-not-embedded", f"the font {name} is not in the file"


def _all_fonts(document: pikepdf.Pdf) -> list[Any]:
    found = {}
    for page in document.pages:
        for font in page.resources.get("/Font", {}).values():
            found[font.objgen] = font
    return list(found.values())


def _tags(document: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    levels: list[int] = []
    for element in _elements(_entry(document.Root, "/StructTreeRoot", "/K")):
        kind = str(element.get("/S", ""))
        if kind == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "alt-missing", "a picture has no alternative text"
        if heading := re.fullmatch(r"/H([1-6])", kind):
            levels.append(int(heading[1]))
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            yield "heading-skipped", f"a heading of level {level} follows one of level {before}"
    if levels.count(1) != 1:
        yield "heading-first", f"{levels.count(1)} headings of level 1; there is one title"


def _elements(node: Any) -> Iterator[Any]:
    """Every structure element below `node`, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K"))


def read(data: bytes, edition: Edition) -> str:
    """The words of all pages in the order they are drawn, without footers and page numbers in the contents."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(_without_footer(page, edition) for page in pages)


def _without_footer(page: str, edition: Edition) -> str:
    label = edition.label
    number = re.escape(label("page/number")).replace(r"\{page\}", r"\d+").replace(r"\{pages\}", r"\d+")
    state = re.escape(label("state/draft" if edition.draft else "state/not-reviewed"))
    dates = re.escape(f"{label('state/dated')} · {label('state/overdue')}")
    for line in (number, rf"{state} {dates}"):
        found = list(re.finditer(re.sub(r"(\\ | )+", r"\\s+", line), page))
        if found:
            page = page[: found[-1].start()] + page[found[-1].end() :]
    return page
