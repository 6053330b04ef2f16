"""A PDF as a file, and its edition -> problems: what it says of itself, its pages and fonts, what it may not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from exporters import fonts
from exporters.validate.pdf_opened import Opened
from exporters.validate.text import Problem
from lbp_content import inline
from lbp_content.translate import Edition

PAGES = 12  # a leaflet that is longer is no leaflet
VERSIONS = {1: "1.7", 2: "2.0"}  # of PDF, by the part of PDF/UA
ACTIVE = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Named", "/Rendition"})
PDF_2 = "http://iso.org/pdf2/ssn"


def catalog(file: Opened, edition: Edition) -> Iterator[Problem]:
    """Language, tags and title, as a viewer looks for them first."""
    root = file.catalog
    if str(root.get("/Lang", "")) != edition.lang:
        yield "lang-wrong", f"the document's language is {root.get('/Lang')}, not {edition.lang}"
    if not _entry(root, "/MarkInfo", "/Marked") or "/StructTreeRoot" not in root:
        yield "pdf-untagged", "the document has no tags"
    if _entry(root, "/MarkInfo", "/Suspects"):
        yield "pdf-untagged", "the document calls its own tags suspect"
    if not _entry(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "title-hidden", "viewers would show the name of the file instead of the title"
    if file.document.is_encrypted:
        yield "pdf-encrypted", "the document is encrypted: a screen reader may be shut out"


def _entry(root: Any, outer: str, inner: str) -> Any:
    """An entry of a dictionary that may not be there."""
    return root[outer].get(inner) if outer in root else None


def metadata(file: Opened, edition: Edition) -> Iterator[Problem]:
    """Title, description, publisher and dates are the edition's, said twice; and which part of PDF/UA this is."""
    leaflet = edition.leaflet
    title, description = inline.plain(leaflet.title.text), inline.plain(leaflet.description.text)
    day = leaflet.as_of.isoformat()
    meta = file.document.open_metadata()
    if meta.get("pdfuaid:part") != str(file.part) or file.document.pdf_version != VERSIONS[file.part]:
        yield "pdfua-missing", f"the document does not name itself PDF/UA-{file.part}, in PDF {VERSIONS[file.part]}"
    if file.part == 2 and meta.get("pdfuaid:rev") != "2024":
        yield "pdfua-missing", "the document does not name the year of PDF/UA-2"
    if meta.get("dc:title") != title:
        yield "title-wrong", f"the title is {meta.get('dc:title')!r}"
    publisher = edition.label("file/publisher")
    wanted = {
        "dc:description": description,
        "dc:creator": [publisher],
        "xmp:CreateDate": day,
        "xmp:ModifyDate": day,
    }
    for name in (name for name, value in wanted.items() if meta.get(name) != value):
        yield "metadata-wrong", f"{name} is {meta.get(name)!r}, not {wanted[name]!r}"
    date = f"D:{day.replace('-', '')}"
    info = {"/Title": title, "/Subject": description, "/Author": publisher, "/CreationDate": date, "/ModDate": date}
    for name in (name for name, value in info.items() if str(file.document.docinfo.get(name, "")) != value):
        code = "title-wrong" if name == "/Title" else "metadata-wrong"
        yield code, f"{name[1:]} is {str(file.document.docinfo.get(name, ''))!r}, not {info[name]!r}"


def said(file: Opened) -> dict[str, tuple[str, ...]]:
    """What the file says of its accessibility."""
    with file.document.open_metadata() as meta:
        return {"pdfuaid:part": (str(meta.get("pdfuaid:part", "")),)}


def pages(file: Opened, _edition: Edition) -> Iterator[Problem]:
    """A4, not too many, and the tab key follows the tags."""
    if len(file.document.pages) > PAGES:
        yield "too-many-pages", f"{len(file.document.pages)} pages; {PAGES} is the most"
    for number, page in enumerate(file.document.pages, 1):
        width, height = (float(page.cropbox[at + 2] - page.cropbox[at]) / 72 * 25.4 for at in (0, 1))
        if (round(width), round(height)) != (210, 297) or page.obj.get("/Rotate"):
            yield "page-size", f"page {number} is {width:.0f} x {height:.0f} mm, not A4 upright"
        if page.get("/Tabs") != "/S":
            yield "tab-order", f"on page {number} the tab key does not follow the structure"


def typefaces(file: Opened, _edition: Edition) -> Iterator[Problem]:
    """Only our fonts, inside of the file, and readable as text."""
    ours = {_spelled(face.name) for face in fonts.FACES}
    for font in _fonts(file.document):
        name = str(font.get("/BaseFont", "?"))
        if _spelled(re.sub(r"^/[A-Z]{6}\+", "", name)) not in ours:
            yield "font-foreign", f"the font {name} is not one of ours"
        if "/ToUnicode" not in font:
            yield "font-unreadable", f"the letters of {name} can't be read as text"
        inner = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor", {})
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.keys()):
            yield "font-not-embedded", f"the font {name} is not in the file"


def _spelled(name: str) -> str:
    """Pango and the font's own files spell the name of a face in different ways."""
    return re.sub(r"[^a-z]", "", name.lower()).removesuffix("regular")


def _fonts(document: pikepdf.Pdf) -> Iterator[Any]:
    for one in document.objects:
        descendant = isinstance(one, pikepdf.Dictionary) and str(one.get("/Subtype", "")).startswith("/CIDFont")
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font" and not descendant:
            yield one


def nothing_active(file: Opened, _edition: Edition) -> Iterator[Problem]:
    """No program, no other file, no form, nothing that happens by itself."""
    for one in file.document.objects:
        for dictionary in _dictionaries(one):
            if str(dictionary.get("/S", "")) in ACTIVE or "/AA" in dictionary or "/JS" in dictionary:
                yield "pdf-active", "the document does something by itself"
            if "/EF" in dictionary or "/EmbeddedFiles" in dictionary or "/AF" in dictionary:
                yield "pdf-attachment", "another file is attached"
    for name in ("/OpenAction", "/AcroForm", "/OCProperties", "/Collection"):
        if name in file.catalog:
            yield "pdf-active", f"the document has an entry {name[1:]}"


def _dictionaries(one: Any) -> Iterator[Any]:
    """A dictionary and those written inside of it."""
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        yield one
        for value in one.values():
            if isinstance(value, pikepdf.Dictionary) and not value.is_indirect:
                yield from _dictionaries(value)


def namespaces(file: Opened, _edition: Edition) -> Iterator[Problem]:
    """In PDF 2.0 each tag says that its name is meant as PDF 2.0 means it; no tag is renamed by a role map."""
    if _entry(file.catalog, "/StructTreeRoot", "/RoleMap"):
        yield "tag-foreign", "the document maps names of tags; ours need no map"
    for tag in file.root.tags() if file.part == 2 else ():
        if str(tag.object.get("/NS", {}).get("/NS", "")) != PDF_2:
            yield "namespace-missing", f"a tag {tag.kind} is not in the namespace of PDF 2.0"


RULES = (catalog, metadata, pages, typefaces, nothing_active, namespaces)
