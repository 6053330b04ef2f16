"""Edition -> EPUB 3.3 that says how accessible it is: cover, contents, a page a chapter; the same bytes each time."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from exporters import cover, fonts, markup
from exporters.validate.accessibility import claims
from lbp_content import inline
from lbp_content.model import Text
from lbp_content.translate import Edition

MIMETYPE = b"application/epub+zip"
FOLDER, PACKAGE, CONTAINER = "EPUB/", "EPUB/package.opf", "META-INF/container.xml"
XHTML = "application/xhtml+xml"
STORED = ("application/epub+zip", "image/jpeg", "font/woff2")  # packed already, or must lie open
BOOKS = uuid.UUID("7d0f5a52-6c4e-5b1d-9a57-2f7e6b0c8d31")  # the namespace of our identifiers
GROUND = "linear-gradient(#ffffff, #ffffff)"  # a ground that night modes keep: they take away colours, not images
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP file can name


class File(NamedTuple):
    """One file of the book, by its path in the package's folder, and what the manifest says of it."""

    name: str
    data: bytes
    media_type: str
    properties: str = ""

    @property
    def id(self) -> str:
        """Its id in the manifest."""
        return self.name.replace("/", "-")


class Meta(NamedTuple):
    """One `meta` of the package document; `refines` is the id of what it speaks of."""

    property: str
    value: str
    refines: str = ""


class Leaf(NamedTuple):
    """A chapter as the templates see it."""

    file: str
    kind: str
    title: str
    body: Markup


def epub(edition: Edition) -> bytes:
    """The finished book."""
    leaves = _leaves(edition)
    pages = [_cover_page(edition), _contents(edition, leaves), *(_chapter(edition, leaf) for leaf in leaves)]
    files = [*pages, *_assets(edition)]
    package = _package(edition, pages, files)
    return _zipped([_mimetype(), _container(edition), package, *files])


def _leaves(edition: Edition) -> list[Leaf]:
    pairs = zip(edition.leaflet.parts, markup.chapters(edition), strict=True)
    return [Leaf(f"text/{part.id}.xhtml", part.kind, one.title, _meant(one.body, part.kind)) for part, one in pairs]


def _meant(body: Markup, kind: str) -> Markup:
    """The chapter, named as one: its meaning for reading systems, and its role for screen readers."""
    meaning = "glossary" if kind == "glossary" else "chapter"
    named = Markup('<section epub:type="{0}" role="doc-{0}" ').format(meaning)
    return body.replace(Markup("<section "), named, 1)


def _cover_page(edition: Edition) -> File:
    return _page("cover.xhtml", _render("cover.xhtml.j2", edition))


def _contents(edition: Edition, leaves: Sequence[Leaf]) -> File:
    return _page("nav.xhtml", _render("nav.xhtml.j2", edition, chapters=leaves), "nav")


def _chapter(edition: Edition, leaf: Leaf) -> File:
    return _page(leaf.file, _render("chapter.xhtml.j2", edition, chapter=leaf), "svg" if "<svg" in leaf.body else "")


def _page(name: str, text: str, properties: str = "") -> File:
    return File(name, text.encode(), XHTML, properties)


def _render(template: str, edition: Edition, **values: object) -> str:
    return markup.render(template, edition, plain=_plain, **values)


def _plain(text: Text) -> str:
    return inline.plain(text.text)


def _assets(edition: Edition) -> Iterator[File]:
    yield File("style.css", _style().encode(), "text/css")
    yield File("cover.jpg", cover.jpeg(edition), "image/jpeg", "cover-image")
    for face in fonts.FACES:
        yield File(f"fonts/{face.name}.woff2", fonts.woff2(face), "font/woff2")
    yield File("fonts/OFL.txt", fonts.licence().encode(), "text/plain")


def _style() -> str:
    rule = '@font-face {{ font-family: "{}"; font-weight: {}; src: url("fonts/{}.woff2") }}'
    faces = (rule.format(fonts.FAMILY, face.weight, face.name) for face in fonts.FACES)
    symbols = markup.symbol_styles().replace(" }", f", {GROUND} }}")
    return "\n".join([*faces, markup.style("base.css", "narrow.css", "epub.css"), symbols])


def _package(edition: Edition, pages: Sequence[File], files: Sequence[File]) -> File:
    text = _render(
        "package.opf.j2",
        edition,
        identifier=identifier(edition),
        day=_day(edition),
        metas=[*_facts(edition), *_accessibility(edition, pages, files)],
        pages=pages,
        files=files,
    )
    return File(PACKAGE, text.encode(), "application/oebps-package+xml")


def identifier(edition: Edition) -> str:
    """The book's name for machines, one for each leaflet, version and locale; `modified` tells its states apart."""
    leaflet = edition.leaflet
    return uuid.uuid5(BOOKS, f"{leaflet.id}/{leaflet.version}/{edition.locale}").urn


def _day(edition: Edition) -> str:
    return f"{edition.leaflet.as_of.isoformat()}T00:00:00Z"


def _facts(edition: Edition) -> Iterator[Meta]:
    yield Meta("title-type", "main", "title")
    yield Meta("title-type", "subtitle", "subtitle")
    yield Meta("dcterms:modified", _day(edition))
    yield Meta("dcterms:audience", edition.label("file/audience"))


def _accessibility(edition: Edition, pages: Sequence[File], files: Sequence[File]) -> Iterator[Meta]:
    """What the book says of its accessibility: what the rules find in it, and no more."""
    found = claims({file.name: file.data for file in files}, [page.name for page in pages])
    yield from (Meta(name, value) for name, values in found.items() for value in values)
    yield Meta("schema:accessibilitySummary", edition.label("file/accessibility"))


def _mimetype() -> File:
    return File("mimetype", MIMETYPE, MIMETYPE.decode())


def _container(edition: Edition) -> File:
    text = markup.render("container.xml.j2", edition, package=PACKAGE)
    return File(CONTAINER, text.encode(), "application/xml")


def _zipped(files: Iterable[File]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file in files:
            archive.writestr(_entry(file), file.data)
    return out.getvalue()


def _entry(file: File) -> zipfile.ZipInfo:
    """How the ZIP file lists it: without the time, the user and the system it was made on."""
    outside = file.name in ("mimetype", CONTAINER, PACKAGE)
    entry = zipfile.ZipInfo(file.name if outside else FOLDER + file.name, EARLIEST)
    entry.compress_type = zipfile.ZIP_STORED if file.media_type in STORED else zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry
